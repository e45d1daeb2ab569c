//! Threagile models open with assets, boundaries, links and decisions, and raise what Threagile itself raises.

use palisade::interchange::{Format, Import, ImportError, Source, import, recognise};
use palisade::library::Library;
use palisade::model::*;
use palisade::open::{open, open_beside};
use palisade::risk::{FindingStatus, assess};
use std::collections::{BTreeMap, BTreeSet};

const SHOP: &str = r#"
threagile_version: 1.0.0
title: <b>Web</b> Shop
author: {name: Ann, homepage: example.com}
business_criticality: important
questions:
  Who patches it?: ""
data_assets:
  Orders: &data
    id: orders
    description: What people buy
    owner: Sales
    quantity: many
    confidentiality: confidential
    integrity: mission-critical
    availability: operational
    justification_cia_rating: the law
  Catalogue:
    <<: *data
    id: catalogue
    confidentiality: public
technical_assets:
  Customer's browser:
    id: browser
    type: external-entity
    used_as_client_by_human: true
    out_of_scope: true
    justification_out_of_scope: not ours
    technology: browser
    internet: true
    communication_links:
      Buys & pays:
        target: shop
        protocol: https
        authentication: session-id
        vpn: false
        data_assets_sent: [orders]
        data_assets_received: [catalogue]
      Calls nobody: {target: ghost, protocol: pigeon-post, authentication: externalized}
  Shop:
    id: shop
    type: process
    technologies: [web-application, moon-base]
    machine: container
    multi_tenant: yes
    redundant: true
    data_formats_accepted: [json, xml, serialization]
    communication_links:
      Stores:
        {target: db, protocol: jdbc-encrypted, authentication: credentials, vpn: true, data_assets_sent: [orders, nothing]}
  Order DB:
    id: db
    type: datastore
    technology: database
    encryption: transparent
    data_assets_stored: [orders]
trust_boundaries:
  Cloud: {id: cloud, type: network-cloud-provider, technical_assets_inside: [shop], trust_boundaries_nested: [inner]}
  Data: {id: inner, type: execution-environment, technical_assets_inside: [db, shop]}
shared_runtimes:
  Cluster: {id: cluster, technical_assets_running: [shop, db]}
individual_risk_categories:
  Odd things:
    id: odd
    description: Something odd
    stride: repudiation
    action: Log more
    mitigation: Write a log that nobody can change
    cwe: 778
    risks_identified:
      <b>Nobody knows</b> who bought: {severity: elevated, exploitation_likelihood: likely, most_relevant_technical_asset: shop}
      At a link: {exploitation_likelihood: frequent, exploitation_impact: very-high, most_relevant_communication_link: browser>buys-pays}
risk_tracking:
  odd@*: {status: accepted, justification: We can live with it, ticket: T-1, date: 2026-01-04, checked_by: Ann}
  sql-nosql-injection@shop@db@shop>stores: {status: mitigated, justification: Bound everywhere}
  missing-hardening@*: {status: in-progress}
"#;

fn read(text: &str) -> Import {
    let (format, text) = recognise(text.as_bytes()).unwrap();
    assert_eq!(format, Format::Threagile);
    let import = import(format, &Source::alone(&text, "untitled")).unwrap();
    assert_eq!(check(&import.model), vec![]);
    import
}

fn told(import: &Import) -> String {
    import.losses.iter().map(|l| format!("{l}\n")).collect()
}

#[test]
fn a_model_comes_over_with_what_it_says() {
    let import = read(SHOP);
    let m = &import.model;
    assert_eq!((m.info.name.as_str(), m.info.owner.as_str()), ("Web Shop", "Ann"));
    assert!(m.info.description.contains("- Who patches it?: not answered"));
    let orders = &m.assets["orders"];
    assert_eq!((orders.name.as_str(), orders.c, orders.i, orders.a), ("Orders", 3, 4, 1));
    assert!(orders.description.contains("Rated so because: the law") && orders.extra["threagile.quantity"] == "\"many\"");
    assert_eq!((m.assets["catalogue"].c, m.assets["catalogue"].i), (0, 4), "merged, and its own word wins");

    let (browser, shop, db) = (&m.elements["browser"], &m.elements["shop"], &m.elements["db"]);
    assert_eq!((browser.kind, shop.kind, db.kind), (ElementKind::ExternalEntity, ElementKind::Process, ElementKind::DataStore));
    assert_eq!((browser.name.as_str(), browser.out_of_scope.as_deref()), ("Customer's browser", Some("not ours")));
    assert_eq!(shop.tags, ["container".to_owned(), "web-app".to_owned()].into());
    assert_eq!(shop.capabilities[&Capability::ParsesXml], Tri::Yes);
    assert_eq!(shop.capabilities.get(&Capability::AcceptsUploads), None, "what is not said stays open");
    assert_eq!((shop.facts[&Fact::MultiTenant], shop.facts[&Fact::SinglePoint]), (Tri::Yes, Tri::No));
    assert_eq!(db.holds, [Id::new("orders")].into());
    assert_eq!((shop.boundary.clone(), db.boundary.clone()), (Some("cloud".into()), Some("inner".into())));
    assert!(shop.notes.contains("Runs on the shared runtime “Cluster”"));
    assert_eq!(m.boundaries["inner"].parent, Some("cloud".into()));
    assert_eq!(m.boundaries["cloud"].trust, None, "nobody said how far it is trusted");

    let (buys, stores) = (&m.flows["browser>buys-pays"], &m.flows["shop>stores"]);
    assert_eq!((buys.protocol, buys.authn, buys.channel), (Protocol::Https, Authn::Session, Channel::Internet));
    assert!(buys.bidirectional && !stores.bidirectional);
    assert_eq!(buys.assets, ["catalogue".into(), "orders".into()].into());
    assert_eq!((stores.protocol, stores.authn, stores.channel), (Protocol::SqlTls, Authn::Password, Channel::Unknown));
    let in_place = |control: &str| m.instances.values().find(|i| i.control == control).map(|i| i.at.clone());
    assert_eq!(in_place("C-DAT-REST"), Some([Site::At("db".into())].into()));
    assert_eq!(in_place("C-NET-VPN"), Some([Site::At("shop>stores".into())].into()));
    assert_eq!(m.flows["browser>calls-nobody"].to, None);
}

#[test]
fn what_does_not_come_over_as_it_was_is_told() {
    let told = told(&read(SHOP));
    for words in [
        "communication link “Calls nobody”: its target “ghost” is not in the file; its end is loose",
        "its protocol “pigeon-post” is not known",
        "its authentication “externalized” has no counterpart",
        "technical asset “Shop”: its technology “moon-base” is none of the tags here",
        "“nothing” in its data_assets_sent is not in the file",
        "technical asset “Shop”: it is in “Cloud” already, not in trust boundary “Data”",
        "the field “business_criticality” has no counterpart",
        "shared runtime “Cluster”: it is a note at each of the 2 assets",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn risks_and_their_tracking_become_threats_with_decisions() {
    let import = read(SHOP);
    let m = &import.model;
    let odd = &m.threats["odd@shop"];
    assert_eq!((odd.title.as_str(), odd.categories.as_slice()), ("Nobody knows who bought", [Category::R].as_slice()));
    let rating = odd.severity_override.as_ref().unwrap();
    assert_eq!((rating.band, rating.score.as_str(), rating.source.as_str()), (Band::Medium, "likely × ", "Threagile"));
    assert_eq!(odd.extra["threagile.category.cwe"], "778");
    let link = &m.threats["odd@browser>buys-pays"];
    assert_eq!(link.severity_override.as_ref().unwrap().band, Band::Critical, "by likelihood and impact");
    assert_eq!(link.targets, ["browser>buys-pays".into()].into());
    let decision = &m.decisions[&ThreatKey::new("odd@shop", "shop")];
    assert_eq!((decision.disposition, decision.ticket.as_str()), (Disposition::Accept, "T-1"));
    assert_eq!((decision.on, decision.by.as_ref().map(|id| m.people[id].name.as_str())), (Date::new(2026, 1, 4), Some("Ann")));
    let control = m.controls.values().find(|c| c.name == "Log more").unwrap();
    assert_eq!(control.description, "Write a log that nobody can change");

    // What only Threagile finds keeps what was decided, where its id names the place.
    let key = "sql-nosql-injection@shop@db@shop>stores";
    assert_eq!(m.threats[key].title, "Tracked: sql nosql injection");
    assert_eq!(m.decisions[&ThreatKey::new(key, "shop>stores")].disposition, Disposition::Mitigate);
    assert!(m.threats["missing-hardening@*"].targets.is_empty());
    assert!(told(&import).contains("it is about every such risk"));
}

#[test]
fn categories_may_be_a_list() {
    let map = "individual_risk_categories:\n  Odd things:\n";
    let list = SHOP.replace(map, "custom_risk_categories:\n  - title: Odd things\n");
    assert_ne!(list, SHOP);
    assert_eq!(read(&list).model.threats.len(), read(SHOP).model.threats.len());
}

#[test]
fn included_files_of_the_folder_are_read_and_no_others() {
    let main = "threagile_version: 1.0.0\ntitle: Main\nincludes: [data.yaml, ../../etc/passwd, data.yaml]\ntechnical_assets:\n  A: {id: a, type: process}\n";
    let data = "title: Other\nincludes: [main.yaml, deep.yaml]\ndata_assets:\n  D: {id: d}\ntechnical_assets:\n  A: {id: b, type: process}\n  B: {id: b, type: datastore}\n";
    let asked = std::cell::RefCell::new(Vec::new());
    let beside = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        match name {
            "data.yaml" => Some(data.as_bytes().to_vec()),
            "main.yaml" => Some(main.as_bytes().to_vec()),
            "deep.yaml" => Some(b"risk_tracking: [1, 2\n".to_vec()),
            _ => None,
        }
    };
    let opened = open_beside(main.as_bytes(), "x", &beside).unwrap();
    let m = &opened.model;
    assert_eq!((m.info.name.as_str(), m.elements.len(), m.assets.len()), ("Main", 2, 1));
    let told = opened.told().join("\n");
    for words in [
        "included file “../../etc/passwd”: there is no such file in the folder",
        "included file “data.yaml”: its “A” in “technical_assets” is there before",
        "included file “data.yaml”: its “title” is said before",
        "included file “deep.yaml”: the file is not sound YAML: line 1, column 16: unclosed bracket",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("“main.yaml”"), "what is the same is not told: {told}");
    assert_eq!(asked.borrow().len(), 4, "each once: {asked:?}");
}

#[test]
fn every_cut_and_every_oddity_is_answered() {
    for end in (0..SHOP.len()).filter(|end| SHOP.is_char_boundary(*end)) {
        if let Ok(opened) = open(&SHOP.as_bytes()[..end], "x") {
            assert_eq!(check(&opened.model), vec![]);
        }
    }
    for key in ["data_assets", "technical_assets", "trust_boundaries", "shared_runtimes", "risk_tracking", "questions"] {
        for odd in ["5", "[1, {a: b}]", "{x: 5}", "{x: {id: [1]}}", "text", "{x: {communication_links: 7}}", "{'': {}}"] {
            let import = read(&format!("threagile_version: 1.0.0\n{key}: {odd}\n"));
            assert!(import.model.info.name == "untitled");
        }
    }
    let (format, text) = recognise(b"threagile_version: 1.0.0\ntechnical_assets: [1, 2").unwrap();
    let error = import(format, &Source::alone(&text, "x")).unwrap_err();
    assert!(matches!(error, ImportError::Syntax { line: 2, column: 19, .. }), "{error}");
}

// ---- beside Threagile itself ----

/// Threagile's kinds of risk in terms of our rules; kinds that are a missing control there are such here.
const RULES: &[(&str, &[&str])] = &[
    ("accidental-secret-leak", &["T-DAT-06"]),
    ("code-backdooring", &["T-SUP-03", "T-SUP-04"]),
    ("container-baseimage-backdooring", &["T-SUP-10"]),
    ("dos-risky-access-across-trust-boundary", &["T-DOS-01", "T-DOS-02"]),
    ("ldap-injection", &["T-INJ-04"]),
    ("missing-authentication", &["T-AUT-04"]),
    ("missing-authentication-second-factor", &["T-AUT-03", "T-AUT-01"]),
    ("missing-cloud-hardening", &["T-CLD-06"]),
    ("missing-file-validation", &["T-INJ-14"]),
    ("missing-identity-propagation", &["T-ACC-07"]),
    ("missing-vault", &["T-DAT-06"]),
    ("mixed-targets-on-shared-runtime", &["T-CLD-03", "T-NET-08"]),
    ("path-traversal", &["T-INJ-08"]),
    ("push-instead-of-pull-deployment", &["T-SUP-13"]),
    ("server-side-request-forgery", &["T-INJ-09"]),
    ("sql-nosql-injection", &["T-INJ-01", "T-INJ-02"]),
    ("unchecked-deployment", &["T-SUP-03", "T-SUP-05"]),
    ("unencrypted-asset", &["T-DAT-01"]),
    ("unencrypted-communication", &["T-NET-01", "T-NET-02", "T-NET-10"]),
    ("unguarded-access-from-internet", &["T-ACC-05", "T-AUT-04"]),
    ("untrusted-deserialization", &["T-INJ-07"]),
    ("xml-external-entity", &["T-INJ-06"]),
];

#[test]
fn most_of_what_threagile_finds_in_its_own_example_is_found_here() {
    let Some(folder) = crate::support::corpus("threagile") else { return };
    let model = open(&std::fs::read(folder.join("example.yaml")).unwrap(), "x").unwrap().model;
    let found = assess(&model, Library::builtin()).findings;
    let mut at: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, finding) in &found {
        // What asks a question first is raised as well.
        if matches!(finding.status, FindingStatus::Applies | FindingStatus::Possible) {
            at.entry(key.rule.as_str()).or_default().insert(key.anchor.as_str());
        }
    }
    let risks = include_str!("../data/oracle/threagile_demo_risks.txt");
    let (mut all, mut raised, mut missed) = (0, 0, Vec::new());
    for risk in risks.lines().filter_map(|l| l.split_whitespace().next()) {
        let mut parts = risk.split('@');
        let kind = parts.next().unwrap();
        let places: BTreeSet<&str> = parts.collect();
        let rules = RULES.iter().find(|(k, _)| *k == kind).map_or(&[][..], |(_, rules)| rules);
        all += 1;
        if rules.iter().any(|rule| at.get(rule).is_some_and(|anchors| !anchors.is_disjoint(&places))) {
            raised += 1;
        } else {
            missed.push(risk);
        }
    }
    println!("{raised} of {all} raised; missed:\n{}", missed.join("\n"));
    assert_eq!(all, 63);
    assert!(raised >= 30, "{raised} of {all}; missed:\n{}", missed.join("\n"));
}
