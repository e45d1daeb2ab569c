//! Two models that come from one, brought together.

use crate::support::dsl::{Draft, MAIN, id, model};
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::compare::{Choices, Conflict, Merged, Side, edit_to, merge, resolve};
use palisade::edit::{Document, Edit};
use palisade::geometry::vec2;
use palisade::model::*;
use proptest::collection::vec;
use proptest::prelude::*;

/// What edits make of a model.
fn edited(base: &ThreatModel, edits: &[Edit]) -> ThreatModel {
    let mut document = Document::new(base.clone());
    for edit in edits {
        let _ = document.commit(edit);
    }
    document.model().clone()
}

/// Everything decided for theirs, also what comes up by that.
fn for_theirs(base: &ThreatModel, ours: &ThreatModel, theirs: &ThreatModel) -> Merged {
    let mut choices = Choices::new();
    loop {
        let merged = resolve(base, ours, theirs, &choices);
        let known = choices.len();
        choices.extend(merged.conflicts.iter().map(|c| (c.at.clone(), Side::Theirs)));
        if choices.len() == known {
            return merged;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_happens_where_only_one_changed(base in sound_model(), changed in sound_model()) {
        for (ours, theirs) in [(&changed, &base), (&base, &changed), (&changed, &changed)] {
            let merged = merge(&base, ours, theirs);
            prop_assert!(merged.conflicts.is_empty() && merged.notes.is_empty(), "{:?} {:?}", merged.conflicts, merged.notes);
            prop_assert!(merged.model == changed);
        }
    }

    #[test]
    fn whatever_is_merged_is_sound(base in sound_model(), ours in sound_model(), theirs in sound_model(), pick in any::<u64>()) {
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(check(&merged.model), []);
        let side = |n: usize| if pick >> (n % 64) & 1 == 1 { Side::Theirs } else { Side::Ours };
        let choices = merged.conflicts.iter().enumerate().map(|(n, c)| (c.at.clone(), side(n))).collect();
        prop_assert_eq!(check(&resolve(&base, &ours, &theirs, &choices).model), []);
    }

    #[test]
    fn it_does_not_matter_who_is_called_ours(base in sound_model(), x in vec(any_edit(), 0..6), y in vec(any_edit(), 0..6)) {
        let (x, y) = (edited(&base, &x), edited(&base, &y));
        let (one, other) = (merge(&base, &x, &y), merge(&base, &y, &x));
        prop_assert_eq!(check(&one.model), []);
        let places = |merged: &Merged| merged.conflicts.iter().map(|c| c.at.clone()).collect::<Vec<_>>();
        if one.conflicts.is_empty() {
            prop_assert!(other.conflicts.is_empty() && one.model == other.model);
        }
        // Who wins is all that differs.
        let turned = for_theirs(&base, &y, &x);
        prop_assert_eq!(places(&one), places(&turned));
        prop_assert!(one.model == turned.model);
    }

    #[test]
    fn what_only_one_changed_is_as_that_one_left_it(base in sound_model(), x in vec(any_edit(), 0..4), y in vec(any_edit(), 0..4)) {
        let (x, y) = (edited(&base, &x), edited(&base, &y));
        let merged = merge(&base, &x, &y);
        if merged.conflicts.is_empty() && merged.notes.is_empty() {
            for key in base.keys().into_iter().chain(x.keys()).chain(y.keys()) {
                let (b, o, t, m) = (base.get(&key), x.get(&key), y.get(&key), merged.model.get(&key));
                prop_assert!(t != b || m == o, "ours of {key:?} is lost");
                prop_assert!(o != b || m == t, "theirs of {key:?} is lost");
            }
        }
    }

    #[test]
    fn the_way_there_is_one_step_and_back(from in sound_model(), to in sound_model()) {
        let to = ThreatModel { log: from.log.clone(), ..to };
        let mut document = Document::new(from.clone());
        if let Some(edit) = edit_to(&from, &to, "merge").unwrap() {
            prop_assert_eq!(document.commit(&edit), Ok(true));
        }
        prop_assert!(*document.model() == to);
        document.undo();
        prop_assert!(*document.model() == from && document.undo_label().is_none());
    }
}

fn shop() -> Draft {
    model("Shop")
        .boundary("Internet", 0)
        .boundary("Data centre", 3)
        .boundary("Inner zone", 4)
        .inside("Data centre")
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .tagged("web-app")
        .inside("Data centre")
        .store("DB")
        .inside("Inner zone")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .asset("Card data", [4, 3, 2])
        .kept_in("DB")
        .also(|m| {
            m.people.insert("ann".into(), Person { name: "Ann".into(), ..Person::default() });
        })
}

fn with(change: impl FnOnce(&mut ThreatModel)) -> ThreatModel {
    shop().also(change).build()
}

fn without(keys: impl IntoIterator<Item = Key>) -> ThreatModel {
    edited(&shop().build(), &[Edit::Remove { keys: keys.into_iter().collect() }])
}

fn element<'a>(m: &'a mut ThreatModel, name: &str) -> &'a mut Element {
    m.elements.get_mut(&id(name)).unwrap()
}

fn both(ours: &ThreatModel, theirs: &ThreatModel) -> Merged {
    let merged = merge(&shop().build(), ours, theirs);
    assert_eq!(check(&merged.model), []);
    merged
}

fn words(conflict: &Conflict) -> String {
    let Conflict { record, field, base, ours, theirs, .. } = conflict;
    format!("{record} {field}: {base} | {ours} | {theirs}")
}

#[test]
fn different_fields_of_one_record_come_together() {
    let ours = with(|m| {
        element(m, "Web").name = "Web shop".into();
        element(m, "Web").tags.insert("rest-api".into());
        element(m, "Web").facts.insert(Fact::Privileged, Tri::Yes);
    });
    let theirs = with(|m| {
        element(m, "Web").description = "Sells".into();
        element(m, "Web").tags = ["spa".to_owned()].into();
        element(m, "Web").facts.insert(Fact::MultiTenant, Tri::No);
    });
    let merged = both(&ours, &theirs);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    let web = &merged.model.elements[&id("Web")];
    assert_eq!((web.name.as_str(), web.description.as_str()), ("Web shop", "Sells"));
    assert_eq!(web.tags, ["rest-api".to_owned(), "spa".to_owned()].into(), "one took a tag away, one added one");
    assert_eq!(web.facts.len(), 2);
}

#[test]
fn a_field_both_changed_is_a_conflict_that_either_wins() {
    let ours = with(|m| element(m, "Web").name = "Web shop".into());
    let theirs = with(|m| element(m, "Web").name = "Front end".into());
    let merged = both(&ours, &theirs);
    assert_eq!(merged.conflicts.iter().map(words).collect::<Vec<_>>(), ["element “Web shop” name: Web | Web shop | Front end"]);
    assert_eq!(merged.model.elements[&id("Web")].name, "Web shop");
    let choices = [(merged.conflicts[0].at.clone(), Side::Theirs)].into();
    let resolved = resolve(&shop().build(), &ours, &theirs, &choices);
    assert_eq!((resolved.model.elements[&id("Web")].name.as_str(), resolved.conflicts[0].taken), ("Front end", Side::Theirs));
}

#[test]
fn a_decision_is_taken_as_a_whole() {
    let key = ThreatKey::new("T-INJ-01", id("DB"));
    let base = with(|m| drop(m.decisions.insert(key.clone(), Decision { number: Some(1), ..Decision::default() })));
    let decided = |disposition, reason: &str, due: Option<Date>| {
        let mut model = base.clone();
        let decision = Decision { disposition, justification: reason.into(), number: Some(1), due, ..Decision::default() };
        model.decisions.insert(key.clone(), decision);
        model
    };
    let ours = decided(Disposition::Accept, "small", None);
    let theirs = decided(Disposition::Mitigate, "large", Date::new(2026, 9, 1));
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    let told = words(&merged.conflicts[0]);
    assert!(told.ends_with("decision: Open | Accept, small | Mitigate, large"), "{told}");
    let decision = &merged.model.decisions[&key];
    assert_eq!((decision.disposition, decision.justification.as_str()), (Disposition::Accept, "small"));
    assert_eq!(decision.due, Date::new(2026, 9, 1), "what only they said stays");
}

#[test]
fn what_one_deleted_and_the_other_changed_is_named() {
    let ours = without([Key::Element(id("DB"))]);
    let theirs = with(|m| element(m, "DB").name = "Orders".into());
    let merged = both(&ours, &theirs);
    assert_eq!(
        merged.conflicts.iter().map(words).collect::<Vec<_>>(),
        ["element “Orders” : there | deleted | changed: name DB → Orders"]
    );
    assert!(!merged.model.elements.contains_key(&id("DB")));
    let back = for_theirs(&shop().build(), &ours, &theirs).model;
    assert_eq!(back.elements[&id("DB")].name, "Orders");
    assert!(back.rect_of(&MAIN.into(), &id("DB")).is_some(), "it is drawn where it was");
}

#[test]
fn what_one_deleted_and_the_other_needs_is_named_and_never_dangles() {
    let ours = without([Key::Element(id("DB")), Key::Person("ann".into())]);
    let theirs = with(|m| {
        let flow = Flow { name: "Backup".into(), from: Some(id("DB")), to: Some(id("Web")), ..Flow::default() };
        m.flows.insert("backup".into(), flow);
        m.assets.get_mut(&id("Card data")).unwrap().owner = Some("ann".into());
    });
    let merged = both(&ours, &theirs);
    assert_eq!(
        merged.conflicts.iter().map(words).collect::<Vec<_>>(),
        [
            "person “Ann” : there | deleted | needed by asset “Card data”",
            "element “DB” : there | deleted | needed by data flow “Backup”"
        ]
    );
    assert_eq!(merged.model.flows[&Id::from("backup")].from, None);
    let back = for_theirs(&shop().build(), &ours, &theirs).model;
    assert_eq!(back.flows[&Id::from("backup")].from, Some(id("DB")));
    assert_eq!(back.assets[&id("Card data")].owner, Some("ann".into()));
}

#[test]
fn members_of_a_deleted_boundary_move_up() {
    let ours = without([Key::Boundary(id("Inner zone"))]);
    let theirs = with(|m| {
        m.elements.insert("new".into(), Element { name: "New".into(), boundary: Some(id("Inner zone")), ..Element::default() });
    });
    let merged = both(&ours, &theirs);
    assert_eq!(merged.model.elements[&Id::from("new")].boundary, Some(id("Data centre")));
    assert!(words(&merged.conflicts[0]).starts_with("trust boundary “Inner zone”"), "{:?}", merged.conflicts);
}

#[test]
fn a_deleted_diagram_on_which_the_other_drew_is_named() {
    let ours = without([Key::Diagram(MAIN.into())]);
    let by = vec2(30.0, 0.0);
    let theirs = edited(&shop().build(), &[Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by }]);
    let merged = both(&ours, &theirs);
    assert!(merged.model.placements.is_empty());
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    let back = for_theirs(&shop().build(), &ours, &theirs);
    assert!(back.model == theirs);
}

#[test]
fn boundaries_moved_into_each_other_are_a_conflict() {
    let into = |inner: &str, outer: &str| {
        let edit = Edit::Reparent { items: [id(inner)].into(), into: Some(id(outer)) };
        edited(&shop().build(), &[edit])
    };
    let (ours, theirs) = (into("Internet", "Data centre"), into("Data centre", "Internet"));
    let merged = both(&ours, &theirs);
    assert_eq!(merged.conflicts.len(), 2, "{:?}", merged.conflicts);
    assert!(merged.notes.is_empty(), "{:?}", merged.notes);
    assert_eq!(merged.model.boundaries[&id("Internet")].parent, Some(id("Data centre")));
    assert_eq!(merged.model.boundaries[&id("Data centre")].parent, None);
    let back = for_theirs(&shop().build(), &ours, &theirs).model;
    assert_eq!(back.boundaries[&id("Data centre")].parent, Some(id("Internet")));
}

#[test]
fn moves_are_conflicts_of_places_only_where_both_moved_the_same() {
    let moved = |name: &str, by: f32| {
        edited(&shop().build(), &[Edit::Move { diagram: MAIN.into(), items: [id(name)].into(), by: vec2(by, 0.0) }])
    };
    assert!(both(&moved("Web", 10.0), &moved("DB", 10.0)).conflicts.is_empty());
    let merged = both(&moved("Web", 10.0), &moved("Web", 20.0));
    assert!(merged.conflicts.len() == 1 && merged.conflicts[0].is_place());
}

#[test]
fn numbers_both_gave_are_told_apart() {
    let decide = |rule: &str, number| {
        with(|m| {
            let decision = Decision { disposition: Disposition::Mitigate, number: Some(number), ..Decision::default() };
            m.decisions.insert(ThreatKey::new(rule, id("DB")), decision);
            m.info.disclosure.aliases.insert(id(if rule == "T-INJ-01" { "DB" } else { "Web" }), 1);
        })
    };
    let (ours, theirs) = (decide("T-INJ-01", 1), decide("T-ACC-01", 1));
    let merged = both(&ours, &theirs);
    assert!(merged.conflicts.is_empty());
    let numbers: Vec<_> = merged.model.decisions.values().map(|d| d.number).collect();
    assert_eq!(numbers, [Some(1), Some(2)]);
    assert_eq!(merged.notes.len(), 1, "{:?}", merged.notes);
    assert_eq!(merged.model.info.disclosure.aliases.values().collect::<Vec<_>>(), [&1, &2]);
    assert!(merged.model == both(&theirs, &ours).model);
}

#[test]
fn logs_are_put_together() {
    let entry = |who: &str| LogEntry { who: who.into(), after: ["root".into()].into(), ..LogEntry::default() };
    let base = with(|m| drop(m.log.insert("root".into(), LogEntry::default())));
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.log.insert("x".into(), entry("Ann"));
    theirs.log.insert("y".into(), entry("Bo"));
    let merged = merge(&base, &ours, &theirs).model;
    assert_eq!(merged.log_heads(), ["x".into(), "y".into()].into(), "the next entry follows both");
}
