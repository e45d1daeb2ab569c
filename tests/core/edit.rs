//! Every change can be taken back and done again, to the byte, and leaves the model sound.

use crate::support::dsl::{Draft, MAIN, id, model};
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit, EditError, Transaction, plan};
use palisade::geometry::{rect, vec2};
use palisade::model::*;
use palisade::storage;
use proptest::collection::vec;
use proptest::prelude::*;

fn file(document: &Document) -> String {
    storage::save(document.model()).unwrap()
}

fn open(model: ThreatModel) -> Document {
    Document::new(model)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_restores_the_file_and_redoing_all_too(start in sound_model(), edits in vec(any_edit(), 0..16)) {
        let mut document = open(start);
        let mut files = vec![file(&document)];
        for edit in &edits {
            let before = file(&document);
            match document.commit(edit) {
                Ok(true) => files.push(file(&document)),
                Ok(false) | Err(_) => prop_assert_eq!(&before, &file(&document)),
            }
            prop_assert_eq!(check(document.model()), []);
        }
        for expected in files.iter().rev().skip(1) {
            prop_assert!(document.undo());
            prop_assert_eq!(expected, &file(&document));
        }
        prop_assert!(document.undo_label().is_none() && !document.undo() && !document.is_dirty());
        for expected in &files[1..] {
            prop_assert!(document.redo());
            prop_assert_eq!(expected, &file(&document));
        }
        prop_assert!(document.redo_label().is_none() && !document.redo());
    }

    #[test]
    fn a_cancelled_preview_leaves_no_trace_and_a_committed_one_is_the_edit(start in sound_model(), shown in any_edit(), meant in any_edit()) {
        let mut document = open(start.clone());
        let before = file(&document);
        let previewed = document.preview(&shown);
        prop_assert_eq!(check(document.model()), []);
        prop_assert_eq!(previewed.is_ok(), plan(&shown, &start).is_ok());
        prop_assert!(!document.is_dirty());
        document.cancel_preview();
        prop_assert_eq!(&before, &file(&document));

        let _ = document.preview(&shown);
        let _ = document.preview(&meant);
        let committed = document.commit(&meant);
        let mut plain = open(start);
        prop_assert_eq!(committed, plain.commit(&meant));
        prop_assert_eq!(file(&document), file(&plain));
        document.undo();
        prop_assert_eq!(&before, &file(&document));
    }

    #[test]
    fn merged_steps_undo_as_one(start in sound_model(), edits in vec(any_edit(), 1..6)) {
        let mut document = open(start.clone());
        let mut plain = open(start);
        let before = file(&document);
        for edit in &edits {
            let _ = document.commit_merged(edit, "typing");
            let _ = plain.commit(edit);
        }
        let changed = file(&document) != before;
        prop_assert_eq!(file(&document), file(&plain));
        prop_assert_eq!(document.undo(), changed);
        prop_assert_eq!(&before, &file(&document));
        prop_assert!(!document.undo());
        prop_assert_eq!(document.redo(), changed);
        prop_assert_eq!(file(&document), file(&plain));
    }

    #[test]
    fn edits_and_transactions_survive_a_file(start in sound_model(), edit in any_edit()) {
        if let Ok(transaction) = plan(&edit, &start) {
            let text = ron::to_string(&transaction).unwrap();
            prop_assert_eq!(&ron::from_str::<Transaction>(&text).unwrap(), &transaction);
            let text = serde_json::to_string(&transaction).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Transaction>(&text).unwrap(), &transaction);
            prop_assert_eq!(transaction.inverse().inverse(), transaction.clone());
            prop_assert!(transaction.clone().then(transaction.inverse()).is_empty());
            let text = ron::to_string(&edit).unwrap();
            let again = ron::from_str::<Edit>(&text).unwrap();
            prop_assert_eq!(plan(&again, &start), Ok(transaction));
        }
    }
}

/// A shop with something of everything that can hang on something else.
fn shop() -> Draft {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Data centre", 3)
        .boundary("Inner zone", 4)
        .inside("Data centre")
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .inside("Data centre")
        .store("DB")
        .inside("Inner zone")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .control("C-APP-PARAM", ControlStatus::Implemented)
        .asset("Card data", [4, 3, 2])
        .kept_in("DB")
        .carried_by("Web>DB")
        .also(|m| {
            m.vulnerabilities.insert("v".into(), sql_injection(id("DB")));
            let assumed = Assumption { about: [id("DB"), id("Card data")].into(), ..Assumption::default() };
            m.assumptions.insert("s".into(), assumed);
            m.threats.insert("t".into(), Threat { targets: [id("DB"), id("Web")].into(), ..Threat::default() });
            m.people.insert("ann".into(), Person { name: "Ann".into(), ..Person::default() });
            m.assets.get_mut(&id("Card data")).unwrap().owner = Some("ann".into());
        })
}

fn sql_injection(at: Id) -> Vulnerability {
    Vulnerability {
        visibility: None,
        name: "SQL injection".into(),
        kind: VulnerabilityKind::CodingError,
        at,
        cwe: Some(89),
        description: String::new(),
        evidence: String::new(),
        status: VulnerabilityStatus::Confirmed,
        threats: [].into(),
    }
}

fn remove(document: &mut Document, key: Key) {
    document.commit(&Edit::Remove { keys: [key].into() }).unwrap();
    assert_eq!(check(document.model()), []);
}

#[test]
fn deleting_an_element_takes_what_cannot_stand_without_it() {
    let mut shop = shop().open();
    remove(&mut shop, Key::Element(id("DB")));
    let m = shop.model();
    assert_eq!(m.flows.keys().collect::<Vec<_>>(), [&id("Customer>Web")], "its flows go");
    assert_eq!(m.rect_of(&MAIN.into(), &id("DB")), None, "its place goes");
    assert_eq!(m.placement(&MAIN.into(), &id("Web>DB")), None, "the place of its flow goes");
    assert!(m.vulnerabilities.is_empty(), "its vulnerabilities go");
    assert!(m.instances.is_empty(), "a control attached to nothing else goes");
    assert_eq!(m.threats[&Id::from("t")].targets, [id("Web")].into(), "a threat keeps its other targets");
    assert_eq!(m.assumptions[&Id::from("s")].about, [id("Card data")].into());
    assert!(m.assets.contains_key(&id("Card data")), "an asset outlives the store that held it");
    shop.undo();
    assert_eq!(shop.model(), &self::shop().build());
}

#[test]
fn deleting_a_boundary_hands_its_content_to_its_parent() {
    let mut shop = shop().open();
    remove(&mut shop, Key::Boundary(id("Inner zone")));
    assert_eq!(shop.model().elements[&id("DB")].boundary, Some(id("Data centre")));
    remove(&mut shop, Key::Boundary(id("Data centre")));
    assert_eq!(shop.model().elements[&id("DB")].boundary, None);
    assert_eq!(shop.model().elements[&id("Web")].boundary, None);
    assert_eq!(shop.model().elements.len(), 3);
}

#[test]
fn deleting_nested_boundaries_at_once_hands_content_to_what_remains() {
    let mut shop = shop().also(|m| m.boundaries.get_mut(&id("Data centre")).unwrap().parent = Some(id("Internet"))).open();
    let keys = [Key::Boundary(id("Inner zone")), Key::Boundary(id("Data centre"))].into();
    shop.commit(&Edit::Remove { keys }).unwrap();
    assert_eq!(shop.model().elements[&id("DB")].boundary, Some(id("Internet")));
    assert_eq!(shop.model().elements[&id("Web")].boundary, Some(id("Internet")));
}

#[test]
fn deleting_an_asset_or_person_drops_the_references_only() {
    let mut shop = shop().open();
    remove(&mut shop, Key::Person("ann".into()));
    assert_eq!(shop.model().assets[&id("Card data")].owner, None);
    remove(&mut shop, Key::Asset(id("Card data")));
    assert!(shop.model().elements[&id("DB")].holds.is_empty());
    assert!(shop.model().flows[&id("Web>DB")].assets.is_empty());
    assert_eq!(shop.model().assumptions[&Id::from("s")].about, [id("DB")].into());
}

#[test]
fn deleting_a_diagram_deletes_pictures_not_things() {
    let mut shop = shop().open();
    remove(&mut shop, Key::Diagram(MAIN.into()));
    assert!(shop.model().placements.is_empty());
    assert_eq!((shop.model().elements.len(), shop.model().flows.len(), shop.model().boundaries.len()), (3, 2, 3));
}

#[test]
fn a_moved_boundary_carries_its_content_and_the_flows_inside() {
    let mut shop = shop();
    shop = shop.also(|m| {
        let bent = Route { bends: vec![palisade::geometry::pt(300.0, 100.0)], ..Route::default() };
        m.placements.insert(PlacementKey::new(MAIN, id("Web>DB")), Placement::Route(bent));
    });
    let mut shop = shop.open();
    let before = shop.model().clone();
    let by = vec2(50.0, -20.0);
    let edit = Edit::Move { diagram: MAIN.into(), items: [id("Data centre")].into(), by };
    shop.commit(&edit).unwrap();
    let place = |m: &ThreatModel, name: &str| m.rect_of(&MAIN.into(), &id(name)).unwrap();
    for name in ["Data centre", "Inner zone", "Web", "DB"] {
        assert_eq!(place(shop.model(), name), place(&before, name).translate(by), "{name}");
    }
    for name in ["Internet", "Customer"] {
        assert_eq!(place(shop.model(), name), place(&before, name), "{name}");
    }
    let Some(Placement::Route(route)) = shop.model().placement(&MAIN.into(), &id("Web>DB")) else { panic!("no route") };
    assert_eq!(route.bends, [palisade::geometry::pt(350.0, 80.0)]);
    assert_eq!(shop.model().elements, before.elements, "moving changes no membership by itself");
}

#[test]
fn impossible_edits_say_why_and_change_nothing() {
    let mut shop = shop().open();
    let before = file(&shop);
    let taken = Edit::AddElement {
        id: id("Card data"),
        element: Element::default(),
        diagram: MAIN.into(),
        rect: rect(0.0, 0.0, 10.0, 10.0),
    };
    assert_eq!(shop.commit(&taken), Err(EditError::IdTaken(id("Card data"))));
    let circle = Edit::Reparent { items: [id("Data centre")].into(), into: Some(id("Inner zone")) };
    assert_eq!(shop.commit(&circle).unwrap_err().to_string(), "trust boundary “Data centre” contains itself through its parents");
    let nowhere = Edit::Reparent { items: [id("Web")].into(), into: Some("moon".into()) };
    assert_eq!(shop.commit(&nowhere).unwrap_err().to_string(), "the trust boundary “moon” is no longer in the model");
    let misfit = Edit::put(Key::Element(id("Web")), Note::default());
    assert!(matches!(shop.commit(&misfit), Err(EditError::WrongKind { .. })));
    let half = Edit::Batch { label: "both".into(), edits: vec![Edit::put(Key::Note("n".into()), Note::default()), nowhere] };
    assert!(shop.commit(&half).is_err(), "a batch is done as a whole or not at all");
    assert_eq!(file(&shop), before);
    assert!(!shop.is_dirty() && shop.undo_label().is_none());
}

#[test]
fn saving_ends_a_run_of_typing_and_undo_past_it_is_dirty_again() {
    let mut shop = shop().open();
    let rename = |name: &str| Edit::put(Key::Person("ann".into()), Person { name: name.into(), ..Person::default() });
    shop.commit_merged(&rename("B"), "name of ann").unwrap();
    shop.mark_saved();
    assert!(!shop.is_dirty());
    shop.commit_merged(&rename("Bo"), "name of ann").unwrap();
    assert!(shop.is_dirty());
    shop.undo();
    assert!(!shop.is_dirty());
    assert_eq!(shop.model().people[&Id::from("ann")].name, "B");
    shop.undo();
    assert!(shop.is_dirty());
    shop.redo();
    assert!(!shop.is_dirty());
}

#[test]
fn steps_that_cancel_out_leave_nothing_to_undo_or_save() {
    let mut shop = shop().open();
    let nudge = |by| Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by };
    shop.commit_merged(&nudge(vec2(1.0, 0.0)), "nudge web").unwrap();
    assert!(shop.is_dirty());
    shop.commit_merged(&nudge(vec2(-1.0, 0.0)), "nudge web").unwrap();
    assert!(!shop.is_dirty() && !shop.undo(), "there and back again");
    shop.commit_merged(&nudge(vec2(1.0, 0.0)), "nudge web").unwrap();
    assert!(shop.is_dirty() && shop.undo());
}

#[test]
fn the_first_decision_gives_the_number_and_it_stays() {
    let mut shop = shop().open();
    let decide = |rule: &str, disposition| Edit::Decide {
        threat: ThreatKey::new(rule, id("DB")),
        decision: Decision { disposition, ..Decision::default() },
    };
    shop.commit(&decide("T-INJ-01", Disposition::Mitigate)).unwrap();
    shop.commit(&decide("T-ACC-01", Disposition::Accept)).unwrap();
    shop.commit(&decide("T-INJ-01", Disposition::Accept)).unwrap();
    let number = |d: &Document, rule: &str| d.model().decisions[&ThreatKey::new(rule, id("DB"))].number;
    assert_eq!((number(&shop, "T-INJ-01"), number(&shop, "T-ACC-01")), (Some(1), Some(2)));
    remove(&mut shop, Key::Element(id("DB")));
    assert_eq!(number(&shop, "T-INJ-01"), Some(1), "a decision outlives its threat");

    shop.commit(&decide("t", Disposition::Accept)).unwrap();
    remove(&mut shop, Key::Threat("t".into()));
    assert_eq!(shop.model().decisions.len(), 2, "with a hand-written threat its decisions go");
    shop.undo();
    assert_eq!(number(&shop, "t"), Some(3));
}

#[test]
fn the_random_edits_try_every_kind_both_ways() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tried: std::collections::BTreeMap<String, [usize; 3]> = Default::default();
    for _ in 0..600 {
        let draw = (sound_model(), vec(any_edit(), 8)).new_tree(&mut runner).unwrap();
        let (start, edits) = proptest::strategy::ValueTree::current(&draw);
        let mut document = open(start);
        for edit in edits {
            let kind: String = format!("{edit:?}").chars().take_while(|c| c.is_alphanumeric()).collect();
            let outcome = match document.commit(&edit) {
                Ok(true) => 0,
                Ok(false) => 1,
                Err(_) => 2,
            };
            tried.entry(kind).or_default()[outcome] += 1;
        }
    }
    assert_eq!(tried.len(), 15, "{tried:?}");
    for (kind, [done, _, refused]) in &tried {
        // Room is made for what has just been put somewhere: alone it finds nothing to do.
        assert!(*done > 10 || kind == "Settle", "{kind} seldom changes anything: {tried:?}");
        // Removing and moving what is not there does nothing; only a move out of the world is refused.
        assert!(*refused > 5 || matches!(kind.as_str(), "Remove" | "Move"), "{kind} is seldom refused: {tried:?}");
    }
}
