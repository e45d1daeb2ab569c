//! Threat Dragon 2 files open with everything they hold, and tell what they could not bring.

use palisade::geometry::{Point, Rect, pt};
use palisade::interchange::{Format, Import, LossKind, Source, import, recognise};
use palisade::model::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn read(path: &Path) -> (Import, Value) {
    let bytes = std::fs::read(path).unwrap();
    let (format, text) = recognise(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(format, Format::ThreatDragon2, "{}", path.display());
    let import = import(format, &Source::alone(&text, "untitled")).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    (import, serde_json::from_str(&text).unwrap())
}

fn fixture(name: &str) -> Import {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2").join(name)).0
}

/// Reads a model given as JSON text.
fn from_text(text: &str) -> Import {
    let (format, text) = recognise(text.as_bytes()).unwrap();
    import(format, &Source::alone(&text, "untitled")).unwrap()
}

/// A file of one diagram with these cells.
fn with_cells(cells: &str) -> Import {
    from_text(&format!(
        r#"{{"version":"2.3.0","summary":{{"title":"T"}},"detail":{{"diagrams":[{{"id":0,"title":"D","cells":[{cells}]}}]}}}}"#
    ))
}

fn losses(import: &Import) -> String {
    import.losses.iter().map(|l| format!("{l}\n")).collect()
}

fn id(text: &str) -> Id {
    Id::from(text)
}

// ---- files of other writers ----

#[test]
fn what_has_the_wrong_shape_is_told_not_passed_over() {
    for (text, words) in [
        (r#"{"version":"2.3.0","summary":{},"detail":{"diagrams":{"0":{"cells":[]}}}}"#, "its “diagrams” is no list"),
        (r#"{"version":"2.3.0","summary":{},"detail":null}"#, "it has no “detail”"),
    ] {
        let told = losses(&from_text(text));
        assert!(told.contains(words), "{told}");
    }
    let store = |more: &str| format!(r#"{{"id":"s","shape":"store","position":{{"x":0,"y":0}},"data":{{"name":"DB"{more}}}}}"#);
    let told = losses(&with_cells(&store(r#","threats":{"0":{"title":"T"}}"#)));
    assert!(told.contains("data store “DB”: its “threats” is no list and was not read"), "{told}");
    let told = losses(&with_cells(&store(r#","threats":[]"#)));
    assert!(!told.contains("was not read"), "{told}");
}

#[test]
fn the_type_is_found_wherever_it_is_written() {
    let place = r#""position":{"x":0,"y":0}"#;
    let import = with_cells(&format!(
        r#"{{"id":"a","type":"tm.Store","shape":"custom",{place}}},{{"id":"b","shape":"tm.Process",{place}}}"#
    ));
    let kinds: Vec<ElementKind> = import.model.elements.values().map(|e| e.kind).collect();
    assert_eq!(kinds, [ElementKind::DataStore, ElementKind::Process]);
}

#[test]
fn flows_end_at_the_element_where_a_note_has_its_id_too() {
    let place = r#""position":{"x":0,"y":0}"#;
    let import = with_cells(&format!(
        r#"{{"id":"n","shape":"td-text-block",{place}}},{{"id":"n","shape":"store",{place}}},{{"id":"a","shape":"actor",{place}}},
           {{"id":"f","shape":"flow","source":{{"cell":"a"}},"target":{{"id":"n"}}}}"#
    ));
    let target = import.model.flows[&id("f")].to.clone().unwrap();
    assert_eq!(import.model.elements[&target].kind, ElementKind::DataStore);
}

// ---- the corpus ----

struct Expected {
    path: PathBuf,
    counts: BTreeMap<&'static str, usize>,
}

/// The rows of the manifest for Threat Dragon 2, with what each file holds.
fn manifest() -> Vec<Expected> {
    let Some(folder) = crate::support::corpus("td2") else { return Vec::new() };
    let root = folder.parent().unwrap();
    let manifest = std::fs::read_to_string(root.join("MANIFEST.tsv")).unwrap();
    let mut rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let counted = ["diagrams", "elements", "flows", "boundaries", "threats"];
    rows.filter(|row| row[0].starts_with("td2/"))
        .map(|row| {
            let mut counts: BTreeMap<_, _> = counted.iter().map(|name| (*name, row[column(name)].parse().unwrap())).collect();
            let texts = row[column("extra_counts")].split(' ').find_map(|c| c.strip_prefix("Text="));
            counts.insert("notes", texts.map_or(0, |t| t.parse().unwrap()));
            Expected { path: root.join(row[0]), counts }
        })
        .collect()
}

#[test]
fn every_corpus_file_opens_with_all_it_holds() {
    let rows = manifest();
    assert!(rows.is_empty() || rows.len() >= 18);
    for Expected { path, counts } in rows {
        let (import, _) = read(&path);
        let m = &import.model;
        let found = BTreeMap::from([
            ("diagrams", m.diagrams.len()),
            ("elements", m.elements.len()),
            ("flows", m.flows.len()),
            ("boundaries", m.boundaries.len()),
            ("threats", m.threats.len()),
            ("notes", m.notes.len()),
        ]);
        assert_eq!(found, counts, "{}", path.display());
        assert_eq!(check(m), vec![], "{}", path.display());
        assert_eq!(
            m.placements.len(),
            m.elements.len() + m.flows.len() + m.boundaries.len() + m.notes.len(),
            "{}",
            path.display()
        );
        assert!(!m.info.name.is_empty(), "{}", path.display());
        assert_eq!(read(&path).0, import, "{}: the same file gives the same model", path.display());
    }
}

#[test]
fn every_corpus_file_keeps_its_geometry_and_threat_texts() {
    for Expected { path, .. } in manifest() {
        let (import, file) = read(&path);
        let m = &import.model;
        for (order, diagram) in file["detail"]["diagrams"].as_array().unwrap().iter().enumerate() {
            let on = m.diagram_order()[order].clone();
            for cell in diagram["cells"].as_array().into_iter().flatten() {
                let item = id(cell["id"].as_str().unwrap());
                match m.placement(&on, &item).unwrap_or_else(|| panic!("{}: {item} is not drawn", path.display())) {
                    Placement::Box(rect) => assert_eq!(*rect, rect_of(cell), "{}: {item}", path.display()),
                    Placement::Route(route) => {
                        assert_eq!(route.bends, points(&cell["vertices"]), "{}: {item}", path.display());
                        assert_eq!(route.style == LineStyle::Curved, cell["connector"] == "smooth");
                        let flow = &m.flows[&item];
                        for (raw, end, attach) in
                            [(&cell["source"], &flow.from, route.start), (&cell["target"], &flow.to, route.end)]
                        {
                            match raw["cell"].as_str() {
                                Some(cell) => assert_eq!(end.as_ref().map(Id::as_str), Some(cell)),
                                None => assert_eq!((end, attach), (&None, Attach::Loose(point(raw)))),
                            }
                            assert_eq!(matches!(attach, Attach::At(_)), raw["port"].is_string(), "{}: {item}", path.display());
                        }
                    }
                    Placement::Line(line) => {
                        let expected: Vec<Point> = std::iter::once(point(&cell["source"]))
                            .chain(points(&cell["vertices"]))
                            .chain([point(&cell["target"])])
                            .collect();
                        assert_eq!(line.points, expected, "{}: {item}", path.display());
                    }
                }
                for threat in cell["data"]["threats"].as_array().into_iter().flatten() {
                    let found = m.threats.values().find(|t| {
                        t.title == threat["title"].as_str().unwrap()
                            && t.targets.contains(&item)
                            && rated(t) == threat["severity"].as_str()
                    });
                    let status = threat["status"].as_str().unwrap();
                    let found = found.unwrap_or_else(|| panic!("{}: {threat}", path.display()));
                    let key = m.threats.iter().find(|(_, t)| std::ptr::eq(*t, found)).unwrap().0;
                    let decided = m.decisions.get(&ThreatKey::new(key.clone(), item.clone())).map(|d| d.disposition);
                    let expected = match status {
                        "Mitigated" => Disposition::Mitigate,
                        "NotApplicable" => Disposition::NotApplicable,
                        _ => Disposition::Open,
                    };
                    assert_eq!(decided.unwrap_or(Disposition::Open), expected, "{}: {threat}", path.display());
                }
            }
        }
    }
}

fn rated(threat: &Threat) -> Option<&'static str> {
    Some(threat.severity_override.as_ref().map_or("TBA", |s| s.band.label()))
}

fn number(v: &Value) -> f32 {
    v.as_f64().unwrap() as f32
}

fn point(v: &Value) -> Point {
    pt(number(&v["x"]), number(&v["y"]))
}

fn points(v: &Value) -> Vec<Point> {
    v.as_array().into_iter().flatten().map(point).collect()
}

fn rect_of(cell: &Value) -> Rect {
    let (p, s) = (&cell["position"], &cell["size"]);
    Rect { x: number(&p["x"]), y: number(&p["y"]), w: number(&s["width"]), h: number(&s["height"]) }
}

// ---- our own files: every quirk met in real ones ----

#[test]
fn names_come_from_wherever_they_are() {
    let m = fixture("quirks.json").model;
    for (item, name) in [
        ("outer", "Outer"),
        ("inner", "Inner"),
        ("web", "Web\nserver"),
        ("log", "Log"),
        ("note", "Do not forget"),
        ("edge", "internal"),
        ("straight", ""),
        ("f1", "write"),
        ("f2", "read"),
        ("f3", "nowhere"),
    ] {
        assert_eq!(m.name_of(&id(item)), name, "{item}");
    }
    assert_eq!(m.info.name, "Quirks of real files");
    assert_eq!((m.info.owner.as_str(), m.info.reviewer.as_str()), ("Bea", "Dora"));
    assert_eq!(m.people.values().map(|p| p.name.as_str()).collect::<std::collections::BTreeSet<_>>(), ["Ada", "Carl"].into());
    let names: Vec<&str> = m.diagram_order().iter().map(|d| m.diagrams[d].name.as_str()).collect();
    assert_eq!(names, ["Old names", "Same ids again", "No cells at all"]);
    assert_eq!(with_cells("").model.info.name, "T");
    assert_eq!(from_text(r#"{"version":"2.0","summary":{},"detail":{}}"#).model.info.name, "untitled");
}

#[test]
fn boxes_hold_what_lies_in_them_and_lines_stay_lines() {
    let m = fixture("quirks.json").model;
    let home = |e: &str| m.elements[e].boundary.as_ref().map(Id::as_str);
    let parent = |b: &str| m.boundaries[b].parent.as_ref().map(Id::as_str);
    assert_eq!((home("web"), home("log")), (Some("inner"), Some("outer")));
    assert_eq!((parent("outer"), parent("inner"), parent("twin")), (None, Some("outer"), Some("inner")));
    assert_eq!((parent("edge"), m.boundaries["edge"].trust), (None, None));
    let on = id("diagram-0");
    let line = |b: &str| match m.placement(&on, &id(b)) {
        Some(Placement::Line(line)) => line.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(line("edge").points, [pt(350.0, -20.0), pt(380.0, 300.0), pt(350.0, 620.0)]);
    assert_eq!((line("edge").style, line("straight").style), (LineStyle::Curved, LineStyle::Straight));
    assert_eq!(m.rect_of(&on, &id("log")).unwrap().y, 270.0);
    assert!(line_crossings(&m)[&id("f1")].contains(&id("edge")));
}

#[test]
fn flows_keep_their_ends_course_and_facts() {
    let import = fixture("quirks.json");
    let m = &import.model;
    let on = id("diagram-0");
    let route = |f: &str| match m.placement(&on, &id(f)) {
        Some(Placement::Route(route)) => route.clone(),
        other => panic!("{other:?}"),
    };
    let f1 = &m.flows["f1"];
    assert_eq!((f1.from.clone(), f1.to.clone()), (Some(id("web")), Some(id("log"))));
    assert_eq!((f1.protocol, f1.channel, f1.bidirectional), (Protocol::Https, Channel::Internet, true));
    assert_eq!(
        (route("f1").start, route("f1").end, route("f1").style, route("f1").two_heads),
        (Attach::At(pt(1.0, 0.5)), Attach::Auto, LineStyle::Curved, true)
    );

    let f2 = &m.flows["f2"];
    assert_eq!((f2.from.clone(), f2.to.clone(), f2.protocol), (None, Some(id("web")), Protocol::Unknown));
    assert!(!f2.bidirectional && !route("f2").two_heads);
    assert_eq!(f2.extra["td2.protocol"], "UPnP");
    assert_eq!(
        (route("f2").start, route("f2").bends, route("f2").style),
        (Attach::Loose(pt(-100.0, 200.0)), vec![pt(10.0, 20.5)], LineStyle::Straight)
    );
    assert_eq!((route("f2").label, route("f1").label), (Some(0.25), None));

    assert_eq!((m.flows["f3"].from.clone(), m.flows["f3"].to.clone()), (None, None));
    assert!(matches!((route("f3").start, route("f3").end), (Attach::Loose(a), Attach::Loose(b)) if a != b));
    assert_eq!((m.flows["f4"].to.clone(), route("f4").end), (None, Attach::Loose(pt(200.0, 200.0))));
    assert_eq!(m.flows["f4"].protocol, Protocol::Tls);
    let told = losses(&import);
    for words in [
        "data flow “f2”: its protocol “UPnP” is not known",
        "data flow “nowhere”: its source says nothing; that end is loose now",
        "data flow “nowhere”: its target is “nobody”, which is not on the diagram",
        "data flow “to a box”: its target is the trust boundary “Inner”, which is no element",
        "data flow “to a box”: marked as encrypted without naming a protocol; read as TLS",
        "its protocol “HTTP”, marked as encrypted, is read as HTTPS",
    ] {
        assert!(told.contains(words) || told.contains(&words.replace("“f2”", "“read”")), "{words}\n{told}");
    }
}

#[test]
fn an_id_used_twice_names_one_thing_and_nothing_is_lost() {
    let import = fixture("quirks.json");
    let m = &import.model;
    assert_eq!(m.elements.values().filter(|e| e.name == "Copied by hand").count(), 1);
    let (again, _) = m.elements.iter().find(|(_, e)| e.name == "Web again").unwrap();
    let (out, flow) = m.flows.iter().find(|(_, f)| f.name == "out").unwrap();
    assert_eq!(flow.from.as_ref(), Some(again), "the flow of the second diagram stays on it");
    assert_eq!(m.flows["f1"].to, Some(id("log")), "the first of two with the same id is meant");
    assert_eq!((m.elements[again].extra["td2.id"].as_str(), m.flows[out].extra["td2.id"].as_str()), ("web", "f1"));
    assert_eq!(losses(&import).matches("was already taken").count(), 3);
}

#[test]
fn what_has_no_counterpart_is_kept_with_its_object_and_told() {
    let import = fixture("quirks.json");
    let m = &import.model;
    let log = &m.elements["log"];
    assert_eq!(log.out_of_scope.as_deref(), Some("Run by the bank"));
    assert_eq!((log.extra["td2.isALog"].as_str(), log.extra["td2.storesCredentials"].as_str()), ("true", "true"));
    assert_eq!(log.extra["td2.colour"], r#"{"deep":[1]}"#);
    assert!(log.tags.is_empty() && m.assets.is_empty(), "nothing is invented");
    let web = &m.elements["web"];
    assert_eq!(web.capabilities, BTreeMap::from([(Capability::ServesHtml, Tri::Yes), (Capability::HandlesPayment, Tri::Yes)]));
    assert_eq!(web.extra["td2.privilegeLevel"], r#""root""#);
    assert_eq!(m.info.extra["td2.tagline"], r#""kept""#);
    assert!(m.diagrams["diagram-0"].extra.values().any(|v| v.contains("tm.Star")));
    let told = losses(&import);
    for words in [
        "process “Web server”: has a privilege level",
        "data store “Log”: marked as a log: choose the technology tag",
        "data store “Log”: marked as storing credentials: add the asset",
        "the field “colour” has no counterpart",
        "external entity “Copied by hand”: marked as providing authentication",
        "the model: the field “tagline” has no counterpart: \"kept\"",
        "note “Do not forget”: it was hidden on the diagram and is shown now",
        "shape “star” on diagram “Old names”: it is of no kind that is known",
        "the drawing: colours, ports",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert_eq!(import.losses.iter().filter(|l| l.kind == LossKind::Dropped).count(), 1, "{told}");
    assert_eq!(check(m), vec![]);
}

#[test]
fn threats_keep_text_state_and_severity() {
    let import = fixture("threats.json");
    let m = &import.model;
    assert_eq!(m.threats.len(), 10);
    let decided = |threat: &str| m.decisions.get(&ThreatKey::new(threat, "p")).map(|d| d.disposition);
    let severity = |threat: &str| m.threats[threat].severity_override.as_ref().map(|s| s.band);
    for (threat, categories, disposition, band) in [
        ("open", vec![Category::S], Some(Disposition::Open), Some(Band::High)),
        ("done", vec![Category::D], Some(Disposition::Mitigate), Some(Band::Critical)),
        ("prompt", vec![Category::T], Some(Disposition::Mitigate), None),
        ("na", vec![Category::R], Some(Disposition::NotApplicable), Some(Band::Low)),
        ("accepted", vec![Category::T], Some(Disposition::Accept), Some(Band::Medium)),
        ("transferred", vec![Category::S], Some(Disposition::Transfer), Some(Band::Medium)),
        ("eliminated", vec![Category::E], Some(Disposition::Avoid), None),
        ("odd", vec![], None, None),
    ] {
        assert_eq!(m.threats[threat].categories, categories, "{threat}");
        assert_eq!(m.threats[threat].targets, [id("p")].into(), "{threat}");
        assert_eq!((decided(threat), severity(threat)), (disposition, band), "{threat}");
    }
    let open = &m.threats["open"];
    assert_eq!(
        (open.title.as_str(), open.description.as_str(), open.source.as_str()),
        ("Guessing", "Weak passwords.", "Threat Dragon #1")
    );
    let rating = open.severity_override.as_ref().unwrap();
    assert_eq!((rating.score.as_str(), rating.source.as_str()), ("7.5", "Threat Dragon"));
    assert_eq!(m.decisions[&ThreatKey::new("open", "p")].number, Some(1));
    assert_eq!(m.decisions[&ThreatKey::new("na", "p")].justification, "There is no log.");
    assert_eq!(
        m.decisions[&ThreatKey::new("transferred", "p")].justification,
        "Marked “transfer” in Threat Dragon, without a reason."
    );
    assert_eq!(m.threats["prompt"].description, "", "the tool's own prompt is no description");
    let odd = &m.threats["odd"];
    assert_eq!(odd.title, "Accessibility");
    for (field, value) in [
        ("status", "Parked"),
        ("severity", "Severe"),
        ("score", "50"),
        ("type", "Accessibility"),
        ("eopGameId", "\"cornucopia\""),
    ] {
        assert_eq!(odd.extra[&format!("td2.{field}")], value);
    }
    assert!(
        m.threats.values().any(|t| t.title == "Flat network" && t.targets == [id("b")].into()),
        "a boundary can be threatened"
    );
    let told = losses(&import);
    for words in [
        "its status “Parked” is not known",
        "its severity “Severe” is not known",
        "its score “50” comes without",
        "its type “Accessibility” is none",
        "its id “open” was already taken",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn a_mitigation_becomes_a_control_where_the_threat_is() {
    let m = fixture("threats.json").model;
    let control_of = |threat: &str| m.threats[threat].controls.keys().next().map(|c| (c.clone(), m.controls[c.as_str()].clone()));
    let instance_of = |control: &str| m.instances.values().find(|i| i.control == control).unwrap();
    let (todo, control) = control_of("open").unwrap();
    assert_eq!((control.name.as_str(), control.description.as_str()), ("Lock accounts", "After ten tries."));
    assert_eq!(instance_of(&todo).status, ControlStatus::Proposed);
    assert_eq!(instance_of(&todo).at, [Site::At(id("p"))].into());
    let (done, _) = control_of("done").unwrap();
    assert_ne!(todo, done, "the same words once done and once to do are two controls");
    assert_eq!(
        (instance_of(&done).status, instance_of(&done).evidence.level),
        (ControlStatus::Implemented, EvidenceLevel::Assumed)
    );
    for without in ["prompt", "na", "accepted", "transferred"] {
        assert_eq!(control_of(without), None, "{without}");
    }
    assert!(m.controls.values().any(|c| c.name == "Use TLS" && c.site == ControlSite::Flow));
    assert_eq!((m.controls.len(), m.instances.len()), (3, 3));
}

#[test]
fn a_template_is_a_model_in_a_wrapper() {
    let text = r#"{"templateMetadata":{"id":"x","name":"Web template","description":"Start here","tags":["web"]},
        "model":{"version":"2.6.0","summary":{"title":""},"detail":{"diagrams":[{"id":0,"title":"D","cells":[
          {"id":"e1","shape":"actor","position":{"x":"40","y":40},"data":{"name":"User"}}]}]}}}"#;
    let m = from_text(text).model;
    assert_eq!((m.info.name.as_str(), m.info.description.as_str()), ("Web template", "Start here"));
    assert_eq!(m.info.extra["td2.template.tags"], r#"["web"]"#);
    assert_eq!(m.rect_of(&id("diagram-0"), &id("e1")), Some(Rect { x: 40.0, y: 40.0, w: 150.0, h: 80.0 }));
}

/// Every place of a value, replaced by values of every other kind.
fn disfigured(file: &Value) -> Vec<Value> {
    fn paths(value: &Value, at: String, out: &mut Vec<String>) {
        out.push(at.clone());
        match value {
            Value::Object(o) => o.iter().for_each(|(k, v)| paths(v, format!("{at}/{k}"), out)),
            Value::Array(a) => a.iter().enumerate().for_each(|(i, v)| paths(v, format!("{at}/{i}"), out)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    paths(file, String::new(), &mut all);
    let others = [Value::Null, true.into(), (-1e30).into(), "x".into(), Value::Array(vec![]), serde_json::json!({"x": 1})];
    let mut out = Vec::new();
    for path in all.iter().filter(|p| !p.is_empty()) {
        for other in &others {
            let mut copy = file.clone();
            *copy.pointer_mut(path).unwrap() = other.clone();
            out.push(copy);
        }
    }
    out
}

#[test]
fn no_value_of_the_wrong_kind_is_too_much() {
    for name in ["quirks.json", "threats.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2").join(name);
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for disfigured in disfigured(&file) {
            let text = disfigured.to_string();
            if let Ok(import) = import(Format::ThreatDragon2, &Source::alone(&text, "x")) {
                assert_eq!(check(&import.model), vec![], "{text}");
            }
        }
    }
}

// ---- a bare diagram comes alive ----

mod alive {
    use super::*;
    use palisade::edit::{Document, Edit};
    use palisade::library::Library;
    use palisade::risk::{Finding, FindingSource, FindingStatus, assess};

    /// Confirmed threats of packs that know the technology, not of the generic one.
    fn specific(model: &ThreatModel) -> Vec<Finding> {
        let found = assess(model, Library::builtin()).findings.into_values();
        found
            .filter(|f| {
                f.status == FindingStatus::Applies
                    && matches!(&f.about.source, FindingSource::Rule { pack } if **pack != *"generic-stride")
            })
            .collect()
    }

    #[test]
    fn within_three_edits() {
        let kinds = [AssetKind::PersonalData].into();
        let customers = Asset { name: "Customers".into(), kinds, c: 3, i: 3, a: 2, ..Asset::default() };
        for (boundary, trust, element, tag, expected) in [
            ("b-inet", 0, "p-shop", "web-app", &["T-INJ-10@p-shop", "T-ACC-11@p-shop", "T-DAT-03@s-orders"]),
            ("b-inet", 0, "s-orders", "sql", &["T-INJ-01@s-orders", "T-DAT-01@s-orders", "T-PRV-09@s-orders"]),
            ("b-dc", 3, "s-orders", "backup", &["T-DAT-04@s-orders", "T-ACC-09@s-orders", "T-NET-09@b-dc"]),
        ] {
            let mut document = Document::new(fixture("bare-shop.json").model);
            assert_eq!(specific(document.model()), vec![], "a bare diagram says nothing specific");

            let zone = Boundary { trust: Some(trust), ..document.model().boundaries[boundary].clone() };
            document.commit(&Edit::put(Key::Boundary(id(boundary)), zone)).unwrap();

            let tagged = Element { tags: [tag.to_owned()].into(), ..document.model().elements[element].clone() };
            document.commit(&Edit::put(Key::Element(id(element)), tagged)).unwrap();

            let asset = Id::new("customers");
            let orders = Element { holds: [asset.clone()].into(), ..document.model().elements["s-orders"].clone() };
            let edits = vec![Edit::put(Key::Asset(asset), customers.clone()), Edit::put(Key::Element(id("s-orders")), orders)];
            document.commit(&Edit::Batch { label: "store an asset".into(), edits }).unwrap();

            let found = specific(document.model());
            let keys: Vec<String> = found.iter().map(|f| f.key.to_string()).collect();
            for key in expected {
                assert!(keys.iter().any(|k| k == key), "{tag}: {key} is not among {keys:?}");
            }
            assert!(found.iter().filter(|f| f.band() <= Band::Medium).count() >= 3, "{tag}: real risk, not noise");
            assert_eq!(check(document.model()), vec![]);
        }
    }
}
