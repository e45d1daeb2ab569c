//! Vulnerabilities: what is likely where, and findings of other tools that come in from a table.

use crate::support::dsl::{id, model};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use palisade::vulnerabilities::{Findings, FindingsError, Import, LIMIT, csv_text, linked, suspects};
use std::process::Command;

fn library() -> &'static Library {
    Library::builtin()
}

/// A web application in front of a database.
fn shop() -> ThreatModel {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Backend", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web shop")
        .inside("Backend")
        .tagged("web-app")
        .store("Orders")
        .inside("Backend")
        .tagged("sql")
        .flow("Customer", "Web shop")
        .set(|f| (f.name, f.protocol, f.channel) = ("Browse".into(), Protocol::Https, Channel::Internet))
        .flow("Web shop", "Orders")
        .set(|f| (f.protocol, f.authn) = (Protocol::Sql, Authn::Password))
        .asset("Order data", [3, 3, 3])
        .kept_in("Orders")
        .build()
}

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, library())
}

fn import(model: &ThreatModel, table: &str) -> Import {
    let findings = Findings::read(table.as_bytes()).unwrap();
    Import::of(&findings, model, library(), &assessed(model))
}

fn with(model: &ThreatModel, import: &Import) -> ThreatModel {
    let mut document = palisade::edit::Document::new(model.clone());
    if let Some(edit) = import.edit() {
        document.commit(&edit).unwrap();
    }
    document.model().clone()
}

#[test]
fn every_weakness_behind_a_rule_is_known_by_name_and_kind() {
    let missing: Vec<u32> = library()
        .rules()
        .flat_map(|(_, rule)| &rule.cwe)
        .filter(|cwe| !library().weaknesses.contains_key(cwe))
        .copied()
        .collect();
    assert_eq!(missing, [0; 0]);
    for weakness in library().weaknesses.values() {
        assert!(!weakness.name.is_empty() && weakness.kind != VulnerabilityKind::Other, "CWE-{}", weakness.cwe);
    }
}

#[test]
fn what_is_likely_is_suggested_and_one_click_links_its_threats_and_raises_them() {
    let mut model = shop();
    let before = assessed(&model);
    let web = id("Web shop");
    let found = suspects(&model, library(), &before, &web);
    // Injection is carried out at the database, but the hole is in the application.
    let patch = found.iter().find(|s| s.tag.is_some()).expect("something typical of a web application");
    assert!(library().tags.any_is(&model.elements[&web].tags, patch.tag.as_ref().unwrap()));
    let worst = found.iter().find(|s| !s.threats.is_empty()).unwrap();
    assert!(found.windows(2).all(|w| w[0].worst >= w[1].worst), "the worst first");
    let record = worst.record(&web);
    assert_eq!((record.status, record.at.clone()), (VulnerabilityStatus::Suspected, web.clone()));
    assert_eq!(record.threats, linked(library(), &before, &web, worst.weakness.cwe));
    model.vulnerabilities.insert("v".into(), record.clone());
    let after = assessed(&model);
    for threat in &record.threats {
        let (was, is) = (before.findings[threat].current.p, after.findings[threat].current.p);
        assert!(is >= was, "{threat}");
    }
    assert!(record.threats.iter().any(|t| after.findings[t].current.p > before.findings[t].current.p));
    let again = suspects(&model, library(), &after, &web);
    assert!(again.iter().all(|s| s.weakness.cwe != worst.weakness.cwe), "what is recorded is not suggested again");
}

#[test]
fn sql_injection_in_the_application_raises_the_threat_at_the_database() {
    let model = shop();
    let assessment = assessed(&model);
    let threats = linked(library(), &assessment, &id("Web shop"), 89);
    assert!(threats.iter().any(|t| t.anchor == id("Orders")), "{threats:?}");
    assert!(linked(library(), &assessment, &id("Customer"), 89).is_empty());
}

#[test]
fn dialects_of_tables_are_read() {
    let model = shop();
    // Written by hand, with semicolons and a byte order mark.
    let by_hand = import(
        &model,
        "\u{feff}Title;CWE;Component;Status;Evidence\nSQL injection;CWE-89: Improper…;Web shop;confirmed;sqlmap\n",
    );
    let (_, v) = &by_hand.new[0];
    assert_eq!(
        (v.cwe, v.kind, v.status, v.at.clone()),
        (Some(89), VulnerabilityKind::CodingError, VulnerabilityStatus::Confirmed, id("Web shop"))
    );
    assert_eq!(v.evidence, "sqlmap");
    assert!(!v.threats.is_empty());
    // DefectDojo: yes and no in columns of their own.
    let dojo = import(
        &model,
        "id,title,severity,cwe,component_name,active,verified,false_p,is_mitigated,description\n\
         7,Weak TLS,High,326,WEB-SHOP,True,True,False,False,\"two, with\nlines and \"\"quotes\"\"\"\n\
         8,Old one,Low,79,web shop,False,True,False,True,\n\
         9,Not so,Low,79,web shop,True,True,True,False,\n",
    );
    let statuses: Vec<_> = dojo.new.iter().map(|(_, v)| v.status).collect();
    assert_eq!(statuses, [VulnerabilityStatus::Confirmed, VulnerabilityStatus::Fixed]);
    assert!(dojo.new[0].1.description.starts_with("two, with\nlines and \"quotes\""));
    assert!(dojo.new[0].1.description.contains("Severity where it was found: High"));
    assert_eq!(dojo.left_out, ["line 5, Not so: is marked as a false alarm"]);
    // Nessus: hosts, tabs, and remarks without a risk.
    let nessus = import(
        &model,
        "Plugin ID\tRisk\tHost\tName\tSynopsis\n1\tCritical\thttps://orders:5432/x\tUnsupported database version\told\n2\tNone\torders\tOS seen\tit\n",
    );
    assert_eq!(nessus.new.len(), 1);
    assert_eq!(nessus.new[0].1.kind, VulnerabilityKind::MissingPatch);
    assert_eq!(nessus.left_out, ["line 3, OS seen: is a remark without a risk"]);
    // A flow by its name.
    let flow = import(&model, "finding,asset\nPlain text,Browse\n");
    assert_eq!(flow.new[0].1.at, id("Customer>Web shop"));
}

#[test]
fn nothing_is_lost_silently() {
    let model = shop();
    let import = import(&model, "title,component\nA,Nowhere\nB,\n,Web shop\nC,Web shop\nC,Web shop\n");
    assert_eq!(import.new.len(), 1);
    assert_eq!(
        import.left_out,
        [
            "line 2, A: nothing in the model is called “Nowhere”",
            "line 3, B: does not say where it was found",
            "line 4, a finding without a title: says nothing about what was found",
            "line 6, C: is listed twice",
        ]
    );
    assert_eq!(import.told(), "1 finding imported, 4 to look at");
    let mut twins = shop();
    let twin = twins.elements[&id("Web shop")].clone();
    twins.elements.insert("other".into(), twin);
    let import = self::import(&twins, "title,component\nA,WEB SHOP\nB,other\n");
    assert_eq!(import.new.len(), 1, "an id tells twins apart");
    assert!(import.left_out[0].contains("2 things are called “WEB SHOP”"), "{:?}", import.left_out);
}

#[test]
fn importing_twice_changes_nothing_and_keeps_what_people_decided() {
    let table = "title,cwe,component,status\nXSS,79,Web shop,open\nSQLi,89,Web shop,open\n";
    let model = shop();
    let mut once = with(&model, &import(&model, table));
    assert_eq!(once.vulnerabilities.len(), 2);
    let again = import(&once, table);
    assert_eq!((again.edit(), again.known, again.left_out.len()), (None, 2, 0));
    once.vulnerabilities.values_mut().next().unwrap().status = VulnerabilityStatus::Fixed;
    let again = import(&once, table);
    assert_eq!((again.edit(), again.known), (None, 2));
    assert!(again.left_out[0].contains("is fixed in the model and stays so, though the table says confirmed"));
}

#[test]
fn what_is_written_out_is_known_when_it_comes_back_and_formulas_are_harmless() {
    let table = "title,cwe,component,status,evidence\n\"=cmd|' /C calc'!A0\",79,Web shop,open,\"@SUM(1)\"\nXSS,79,Web shop,suspected,\"a \"\"b\"\", c\"\n";
    let model = shop();
    let model = with(&model, &import(&model, table));
    let text = csv_text(&model, library(), &assessed(&model));
    for line in text.lines().skip(1) {
        assert!(line.split(',').all(|cell| !cell.trim_start_matches('"').starts_with(['=', '+', '-', '@'])), "{line}");
    }
    let back = import(&model, &text);
    assert_eq!((back.edit(), back.known, back.left_out.len()), (None, 2, 0), "{:?}", back.left_out);
    // Into a model without them they come over whole, apostrophe and all.
    let fresh = with(&shop(), &import(&shop(), &text));
    let names = |m: &ThreatModel| {
        m.vulnerabilities.values().map(|v| (v.name.clone(), v.evidence.clone())).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names(&fresh), names(&model));
}

#[test]
fn tables_that_cannot_be_read_say_why_in_one_sentence() {
    let read = |bytes: &[u8]| Findings::read(bytes).unwrap_err();
    assert_eq!(read(b""), FindingsError::Empty);
    assert_eq!(read(b" \n \n"), FindingsError::Empty);
    assert_eq!(read(b"title,component\nA\xff,B\n"), FindingsError::NotText(18));
    assert_eq!(read(&vec![b'a'; LIMIT + 1]), FindingsError::TooLarge);
    assert!(read(b"title,severity\nA,High\n").to_string().contains("no column for where it was found"));
    assert!(read(b"component\nA\n").to_string().contains("no column for what was found"));
    assert!(
        read(b"title,component\nA,\"B\nC,D\n")
            .to_string()
            .contains("line 2 of the table cannot be read: a quotation mark is not closed")
    );
    for error in [read(b""), read(b"a,b\n"), read(b"\xff")] {
        assert!(!error.to_string().contains('\n') && error.to_string().len() < 200);
    }
    // Ten megabytes are read, and quickly enough to wait for.
    let mut table = String::from("title,component,description\n");
    while table.len() < LIMIT - 200 {
        table.push_str("Finding,Web shop,\"a long description of what was found, with a comma and more words than needed\"\n");
    }
    assert!(Findings::read(table.as_bytes()).unwrap().found.len() > 90_000);
}

#[test]
fn the_command_lists_imports_and_writes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (file, table) = (path("shop.ron"), path("found.csv"));
    std::fs::write(&file, palisade::storage::Encoding::Ron.write(&shop()).unwrap()).unwrap();
    std::fs::write(&table, "title,cwe,component,status\nSQL injection,89,web_shop,open\nX,79,Elsewhere,open\n").unwrap();
    assert_eq!(run(&["vulnerabilities", &file]).1, "No vulnerabilities are recorded.\n");
    let (code, out, told) = run(&["vulnerabilities", &file, "--import", &table, "-o", &path("out.ron")]);
    assert_eq!(code, Some(0), "{told}");
    assert!(out.contains("Confirmed  SQL injection  (coding error, CWE-89)  at Web shop"), "{out}");
    assert!(told.contains("line 3, X: nothing in the model is called “Elsewhere”"), "{told}");
    assert!(told.contains("1 finding imported, 1 to look at"), "{told}");
    let bytes = std::fs::read(path("out.ron")).unwrap();
    let (_, _, told) = run(&["vulnerabilities", &path("out.ron"), "--import", &table]);
    assert!(told.contains("0 findings imported, 1 there already"), "{told}");
    assert_eq!(std::fs::read(path("out.ron")).unwrap(), bytes, "importing twice changes nothing");
    let (_, csv, _) = run(&["vulnerabilities", &path("out.ron"), "--format", "csv"]);
    assert!(csv.starts_with("id,title,kind,cwe,"), "{csv}");
    std::fs::write(&table, b"title,component\n\xff,B\n").unwrap();
    let (code, _, told) = run(&["vulnerabilities", &file, "--import", &table]);
    assert_eq!(code, Some(1));
    assert!(told.contains("found.csv: the table is not UTF-8 text"), "{told}");
}
