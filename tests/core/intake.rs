//! A file becomes a part of a model, and guesses of its reader are put right before.

use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::geometry::rect;
use palisade::intake::{Counts, How, Incoming, Known, correct, merge};
use palisade::interchange::Taken;
use palisade::model::*;
use palisade::open::{Opened, open};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A drawing with a rectangle of round corners “2”, a drum “3” and an arrow between them.
fn drawing(first: &str, second: &str) -> Opened {
    let text = format!(
        r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
        <mxCell id="2" value="{first}" style="rounded=1" vertex="1" parent="1"><mxGeometry x="40" y="40" width="120" height="60" as="geometry"/></mxCell>
        <mxCell id="3" value="{second}" style="shape=cylinder3" vertex="1" parent="1"><mxGeometry x="400" y="40" width="60" height="80" as="geometry"/></mxCell>
        <mxCell id="4" value="reads" edge="1" source="2" target="3" parent="1"><mxGeometry as="geometry"/></mxCell>
        </root></mxGraphModel>"#
    );
    open(text.as_bytes(), "drawing").unwrap()
}

fn incoming<'a>(opened: &'a Opened, name: &'a str) -> Incoming<'a> {
    let guessed = opened.guesses.iter().map(|guess| guess.at.clone()).collect();
    Incoming { model: &opened.model, name, is_drawn: opened.is_drawn, guessed }
}

fn ids() -> impl FnMut() -> Id {
    let mut source = IdSource::seeded(3);
    move || source.fresh()
}

/// Takes a file in; the model afterwards.
fn take_in(document: &mut Document, opened: &Opened, name: &str, how: How) -> (usize, usize) {
    let merged = merge(document.model(), &incoming(opened, name), how, &mut ids());
    document.commit(&merged.edit).unwrap();
    assert_eq!(check(document.model()), []);
    (merged.added, merged.updated)
}

fn names(model: &ThreatModel) -> Vec<&str> {
    let mut names: Vec<&str> = model.elements.values().map(|e| e.name.as_str()).collect();
    names.sort();
    names
}

#[test]
fn a_file_taken_in_twice_is_there_once() {
    let file = drawing("Web", "Orders");
    let mut document = Document::new(ThreatModel::default());
    assert_eq!(take_in(&mut document, &file, "a", How::Update).0, 4, "two elements, a flow, a diagram");
    let once = document.model().clone();
    assert!(once.elements.contains_key("2") && once.flows.contains_key("4"), "foreign ids stay");
    assert_eq!(take_in(&mut document, &file, "a", How::Update), (0, 0));
    assert!(*document.model() == once);
    document.undo();
    assert!(*document.model() == ThreatModel::default(), "one step for all of it");
}

#[test]
fn another_file_with_the_same_ids_comes_beside_it_and_is_known_again() {
    let mut document = Document::new(ThreatModel::default());
    take_in(&mut document, &drawing("Web", "Orders"), "a", How::Update);
    let other = drawing("Pump", "Valves");
    assert_eq!(Known::find(document.model(), &other.model).drawn(), 0);
    take_in(&mut document, &other, "b", How::Update);
    let m = document.model().clone();
    assert_eq!(names(&m), ["Orders", "Pump", "Valves", "Web"]);
    assert_eq!(m.diagrams.len(), 2);
    let diagrams: Vec<&str> =
        m.diagram_order().iter().map(|id| m.name_of(id)).map(|n| if n == "Page 1" { "first" } else { n }).collect();
    assert_eq!(diagrams, ["first", "Page 1 (b)"], "beside the first, under a name of its own");
    let (id, pump) = m.elements.iter().find(|(_, e)| e.name == "Pump").unwrap();
    assert_eq!((id.as_str().len(), pump.extra["imported.id"].as_str()), (10, "2"));
    let (_, flow) = m.flows.iter().find(|(id, _)| id.as_str() != "4").unwrap();
    assert_eq!(flow.from.as_ref(), Some(id), "ends follow");
    assert_eq!(take_in(&mut document, &other, "b", How::Update), (0, 0), "known by the id it had in its file");
    assert!(*document.model() == m);
    take_in(&mut document, &other, "b", How::AddAll);
    assert_eq!(document.model().elements.len(), 6, "unless it is wanted once more");
}

#[test]
fn what_the_file_says_anew_wins_and_what_was_added_here_stays() {
    let mut document = Document::new(ThreatModel::default());
    take_in(&mut document, &drawing("Web", "Orders"), "a", How::Update);
    let worked_on = Element {
        kind: ElementKind::ExternalEntity,
        tags: BTreeSet::from(["web-app".to_owned()]),
        notes: "checked".into(),
        ..document.model().elements["2"].clone()
    };
    document.commit(&Edit::put(Key::Element("2".into()), worked_on)).unwrap();
    let mut file = drawing("Web", "Invoices");
    file.model.elements.get_mut("2").unwrap().description = "Serves pages".into();
    let diagram = file.model.diagram_order().remove(0);
    file.model.placements.insert(PlacementKey::new(diagram.clone(), "2"), Placement::Box(rect(0.0, 300.0, 90.0, 60.0)));
    assert_eq!(take_in(&mut document, &file, "a", How::Update), (0, 2));
    let m = document.model();
    let web = &m.elements["2"];
    assert_eq!((web.description.as_str(), web.notes.as_str(), web.tags.len()), ("Serves pages", "checked", 1));
    assert_eq!(web.kind, ElementKind::ExternalEntity, "a guess does not undo what people said");
    assert_eq!(m.elements["3"].name, "Invoices", "half of the names are enough to know the file");
    assert_eq!(m.rect_of(&diagram, &"2".into()), Some(rect(0.0, 300.0, 90.0, 60.0)), "it is drawn where the file has it");
}

#[test]
fn what_belongs_to_a_name_is_shared_and_decisions_made_here_stay() {
    let model = |who: &str, why: &str| {
        let mut m = ThreatModel::default();
        m.people.insert("p".into(), Person { name: who.into(), ..Person::default() });
        m.elements.insert("e".into(), Element { name: "Web".into(), owner: Some("p".into()), ..Element::default() });
        m.controls.insert("c".into(), Control { name: "Seal".into(), ..Control::default() });
        let at = BTreeSet::from([Site::At("e".into())]);
        m.instances.insert("i".into(), ControlInstance { control: "c".into(), at, ..ControlInstance::default() });
        let decision = Decision { justification: why.into(), number: Some(1), by: Some("p".into()), ..Decision::default() };
        m.decisions.insert(ThreatKey::new("T-1", "e"), decision);
        m
    };
    let here = model("Ann", "ours");
    let opened = |model| Opened { model, ..drawing("", "") };
    let same = opened(model("ann ", "theirs"));
    let merged = merge(&here, &incoming(&same, "x"), How::Update, &mut ids());
    let mut document = Document::new(here.clone());
    document.commit(&merged.edit).unwrap();
    let m = document.model();
    assert_eq!((m.people.len(), m.controls.len(), m.instances.len(), m.decisions.len()), (1, 1, 1, 1));
    assert_eq!(m.decisions[&ThreatKey::new("T-1", "e")].justification, "ours");

    let mut document = Document::new(here);
    take_in(&mut document, &opened(model("Bob", "theirs")), "x", How::AddAll);
    let m = document.model();
    assert_eq!((m.elements.len(), m.people.len(), m.controls.len(), m.instances.len()), (2, 2, 1, 2));
    let (_, second) = m.decisions.iter().find(|(_, d)| d.justification == "theirs").unwrap();
    assert_eq!(second.number, Some(2), "numbers that are given stay");
    assert_eq!(m.name_of(second.by.as_ref().unwrap()), "Bob");
}

#[test]
fn a_guess_is_put_right_with_all_that_hangs_on_it() {
    let file = drawing("Area", "Orders");
    let diagram = file.model.diagram_order().remove(0);
    let mut m = file.model.clone();
    m.placements.insert(PlacementKey::new(diagram.clone(), "2"), Placement::Box(rect(300.0, 0.0, 400.0, 300.0)));
    correct(&mut m, &"2".into(), Taken::Boundary);
    assert_eq!(check(&m), []);
    assert_eq!(m.boundaries["2"].name, "Area");
    assert_eq!(m.elements["3"].boundary, Some("2".into()), "what lies in it belongs to it");
    assert_eq!(m.flows["4"].from, None);
    let Some(Placement::Route(route)) = m.placement(&diagram, &"4".into()) else { panic!("the flow is drawn") };
    let Attach::Loose(end) = route.start else { panic!("its end is loose") };
    assert!(rect(299.0, -1.0, 402.0, 302.0).contains(end));

    correct(&mut m, &"2".into(), Taken::Element(ElementKind::ExternalEntity));
    assert_eq!((m.elements["2"].kind, m.elements["3"].boundary.clone()), (ElementKind::ExternalEntity, None));
    correct(&mut m, &"3".into(), Taken::Note);
    assert_eq!((m.notes["3"].text.as_str(), m.flows["4"].to.clone(), check(&m)), ("Orders", None, vec![]));
    assert!(m.rect_of(&diagram, &"3".into()).is_some(), "it stays where it is");
    let mut kinds = file.model.clone();
    correct(&mut kinds, &"2".into(), Taken::Element(ElementKind::DataStore));
    assert_eq!((kinds.elements["2"].kind, kinds.flows == file.model.flows), (ElementKind::DataStore, true));
}

#[test]
fn counts_say_what_there_is() {
    assert_eq!(Counts::of(&drawing("a", "b").model).words(), ["2 elements", "1 data flow", "1 diagram"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever comes into whatever: sound, whole, one step, and known when it comes again.
    #[test]
    fn any_model_becomes_a_part_of_any_other(here in sound_model(), file in sound_model()) {
        let opened = Opened { model: file, ..drawing("", "") };
        let whole = |m: &ThreatModel| (m.elements.len(), m.flows.len(), m.boundaries.len(), m.threats.len(), m.diagrams.len(), m.notes.len());
        let mut document = Document::new(here.clone());
        take_in(&mut document, &opened, "x", How::AddAll);
        let (a, b, both) = (whole(&here), whole(&opened.model), whole(document.model()));
        prop_assert_eq!((a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3, a.4 + b.4, a.5 + b.5), both);
        prop_assert!(document.model().placements.len() <= here.placements.len() + opened.model.placements.len());
        document.undo();
        prop_assert!(*document.model() == here, "one step");

        let mut document = Document::new(here);
        take_in(&mut document, &opened, "x", How::Update);
        let all = document.model().clone();
        for (id, element) in &opened.model.elements {
            prop_assert!(all.elements.values().any(|e| e.name == element.name), "{id} is there by its name");
        }
    }

    /// Any thing may be taken for any other.
    #[test]
    fn any_guess_can_be_put_right(model in sound_model()) {
        let things: Vec<Id> = model.elements.keys().chain(model.boundaries.keys()).chain(model.notes.keys()).cloned().collect();
        for id in things {
            for to in Taken::ALL {
                let mut m = model.clone();
                correct(&mut m, &id, *to);
                prop_assert!(check(&m).is_empty(), "{} as {}", id, to.label());
                let total = |m: &ThreatModel| m.elements.len() + m.boundaries.len() + m.notes.len();
                prop_assert_eq!(total(&m), total(&model));
                let is_so = match to {
                    Taken::Element(kind) => m.elements.get(&id).is_some_and(|e| e.kind == *kind),
                    Taken::Boundary => m.boundaries.contains_key(&id),
                    Taken::Note => m.notes.contains_key(&id),
                };
                prop_assert!(is_so);
            }
        }
    }
}

#[test]
fn every_real_file_becomes_a_part_of_a_model_and_is_known_again() {
    let Some(folder) = crate::support::corpus("td2") else { return };
    let shop = open(include_bytes!("../../sample_models/web-shop.ron"), "shop").unwrap().model;
    let mut tried = 0;
    for kind in std::fs::read_dir(folder.parent().unwrap()).unwrap().filter_map(|f| std::fs::read_dir(f.unwrap().path()).ok()) {
        for path in kind.map(|f| f.unwrap().path()) {
            let Ok(opened) = open(&std::fs::read(&path).unwrap(), "file") else { continue };
            let mut document = Document::new(shop.clone());
            take_in(&mut document, &opened, "file", How::Update);
            let (added, _) = take_in(&mut document, &opened, "file", How::Update);
            assert_eq!(added, 0, "{}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 70, "only {tried} files");
}
