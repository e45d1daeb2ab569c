//! Copying and pasting: within a diagram, between diagrams, and between models that know nothing of each other.

use crate::support::dsl::{MAIN, id, model};
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::geometry::{rect, vec2};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{self, assess};
use palisade::scene::lay_out;
use palisade::storage::save;
use palisade::tool::{Clip, Outcome, Selection, Tool, ToolCx, paste, paste_originals};
use proptest::prelude::*;

/// Runs tool code on a diagram and commits what it asks for; what is selected afterwards.
fn run(document: &mut Document, diagram: &str, tool: impl FnOnce(&mut ToolCx<'_>) -> Vec<Outcome>) -> Selection {
    let model = document.model().clone();
    let diagram = Id::from(diagram);
    let (layout, mut selection) = (lay_out(&model, &diagram), Selection::default());
    let mut number = model.keys().len();
    let mut fresh = || {
        number += 1;
        Id::from(format!("new{number}"))
    };
    let mut cx = ToolCx {
        model: &model,
        diagram: &diagram,
        layout: &layout,
        selection: &selection.clone(),
        tool: Tool::Select,
        scale: 1.0,
        seen: palisade::geometry::rect(-2000.0, -2000.0, 4000.0, 4000.0),
        grid: true,
        touch: false,
        fresh: &mut fresh,
    };
    for outcome in tool(&mut cx) {
        match outcome {
            Outcome::Commit(edit) => drop(document.commit(&edit).expect("it can be pasted")),
            Outcome::Select(selected) => selection = selected,
            _ => {}
        }
    }
    assert_eq!(check(document.model()), []);
    selection
}

fn paste_into(document: &mut Document, diagram: &str, clip: &Clip) -> Selection {
    let clip = Clip::from_text(&clip.to_text()).expect("reads what it wrote");
    run(document, diagram, |cx| paste(&clip, vec2(0.0, 0.0), cx))
}

fn shop() -> ThreatModel {
    let shop = model("Shop").process("Web").tagged("web-app").store("DB").flow("Web", "DB");
    let shop = shop.asset("Card data", [4, 3, 2]).kept_in("DB").carried_by("Web>DB").also(|m| {
        m.people.insert(id("Ann"), Person { name: "Ann".into(), ..Person::default() });
        m.assets.get_mut(&id("Card data")).unwrap().owner = Some(id("Ann"));
        m.controls.insert(id("Vault"), Control { name: "Card vault".into(), ..Control::default() });
        let at = [Site::At(id("DB"))].into();
        let vault = ControlInstance { control: "vault".into(), at, owner: Some(id("Ann")), ..ControlInstance::default() };
        m.instances.insert(id("Vault at DB"), vault);
        let threat = Threat { title: "Backups leak".into(), targets: [id("DB")].into(), ..Threat::default() };
        m.threats.insert(id("Backups"), Threat { controls: [("vault".to_owned(), Link::Primary)].into(), ..threat });
        let accepted = Decision { disposition: Disposition::Accept, approver: Some(id("Ann")), ..Decision::default() };
        m.decisions.insert(ThreatKey::new("backups", "db"), accepted);
    });
    shop.build()
}

#[test]
fn into_another_model_everything_needed_comes_along() {
    let shop = shop();
    let clip = Clip::copy(&shop, &MAIN.into(), &[id("Web"), id("DB")].into());
    let mut bank = model("Bank").process("Teller").open();
    let copies = paste_into(&mut bank, MAIN, &clip);
    assert_eq!(copies.items.len(), 3);
    let bank = bank.model();
    let db = bank.elements.iter().find(|(_, e)| e.name == "DB").unwrap();
    let holds: Vec<&str> = db.1.holds.iter().map(|a| bank.name_of(a)).collect();
    assert_eq!(holds, ["Card data"]);
    let flow = bank.flows.values().next().unwrap();
    assert_eq!(flow.assets, db.1.holds);
    let instance = bank.instances.values().next().unwrap();
    assert_eq!(bank.controls[&Id::from(instance.control.as_str())].name, "Card vault");
    assert_eq!(bank.name_of(instance.owner.as_ref().unwrap()), "Ann");
    let threat = bank.threats.values().next().unwrap();
    assert_eq!(threat.targets, [db.0.clone()].into());
    assert_eq!(bank.assets.values().next().unwrap().owner, instance.owner);
}

#[test]
fn what_the_other_model_has_is_used_by_name() {
    let shop = shop();
    let clip = Clip::copy(&shop, &MAIN.into(), &[id("DB")].into());
    let bank = model("Bank").process("Teller").asset("card data", [1, 1, 1]);
    let mut bank = bank.also(|m| {
        // The same ids mean other things here.
        let asset = m.assets.remove(&id("card data")).unwrap();
        m.assets.insert(Id::from("plastic"), asset);
        m.people.insert(id("Vault"), Person { name: "Ann".into(), ..Person::default() });
        m.elements.get_mut(&id("Teller")).unwrap().holds.insert(Id::from("plastic"));
        m.notes.insert(id("Backups"), Note { text: "Ask about backups".into(), ..Note::default() });
    });
    bank = bank.also(|m| m.elements.get_mut(&id("Teller")).unwrap().name = "Teller".into());
    let mut bank = bank.open();
    paste_into(&mut bank, MAIN, &clip);
    let bank = bank.model();
    let db = bank.elements.values().find(|e| e.name == "DB").unwrap();
    assert_eq!(db.holds, [Id::from("plastic")].into(), "the asset of this name");
    assert_eq!((bank.assets.len(), bank.people.len()), (1, 1), "nothing twice");
    let instance = bank.instances.values().next().unwrap();
    assert_eq!(instance.owner, Some(id("Vault")), "Ann has another id here");
    assert_ne!(instance.control, "vault", "that id is taken by a person");
    assert_eq!(bank.controls[&Id::from(instance.control.as_str())].name, "Card vault");
    let (threat, written) = bank.threats.iter().next().unwrap();
    assert_ne!(*threat, id("Backups"));
    assert!(written.controls.contains_key(&instance.control), "the threat is answered by the control under its new id");
    assert!(bank.decisions.keys().any(|key| key.rule == *threat), "the decision follows its threat");
}

#[test]
fn a_copied_decision_is_inherited_until_somebody_decides() {
    let mut document = Document::new(shop());
    let clip = Clip::copy(document.model(), &MAIN.into(), &[id("DB")].into());
    let copies = paste_into(&mut document, MAIN, &clip);
    let copy = copies.items.iter().next().unwrap().clone();
    let key = ThreatKey::new("backups", copy);
    let assessment = assess(document.model(), Library::builtin());
    let (original, copied) = (&assessment.findings[&ThreatKey::new("backups", "db")], &assessment.findings[&key]);
    assert!(!original.needs_review());
    assert!(copied.inherited && copied.needs_review());
    assert_eq!((copied.disposition, assessment.totals.inherited), (Disposition::Accept, 1));
    let before = document.model().decisions[&key].clone();
    let basis = risk::basis_of(document.model(), Library::builtin(), &key);
    let decision = Decision { inherited: false, basis, ..before };
    document.commit(&Edit::Decide { threat: key.clone(), decision }).unwrap();
    assert!(!assess(document.model(), Library::builtin()).findings[&key].needs_review());
    assert!(!save(document.model()).unwrap().contains("inherited"), "a file says so only where it is so");
}

#[test]
fn a_flow_pasted_without_its_elements_keeps_its_course() {
    let shop = shop();
    let clip = Clip::copy(&shop, &MAIN.into(), &[id("Web>DB")].into());
    let mut bank = model("Bank").process("Teller").open();
    let copies = paste_into(&mut bank, MAIN, &clip);
    let flow = copies.items.iter().next().unwrap();
    assert_eq!((&bank.model().flows[flow].from, &bank.model().flows[flow].to), (&None, &None));
    let drawn = &lay_out(bank.model(), &MAIN.into()).flows[flow];
    let web = shop.rect_of(&MAIN.into(), &id("Web")).unwrap();
    assert!(web.contains(drawn.start.at), "it begins where the other model has its web: {:?}", drawn.start);
}

#[test]
fn pasted_as_the_same_elements_nothing_is_copied() {
    let mut document = Document::new(shop());
    let second = Diagram { name: "Second".into(), ..Diagram::default() };
    document.commit(&Edit::put(Key::Diagram(id("second")), second)).unwrap();
    let clip = Clip::copy(document.model(), &MAIN.into(), &[id("Web"), id("DB")].into());
    let shown = run(&mut document, "second", |cx| paste_originals(&clip, cx));
    assert_eq!(shown.items, [id("Web"), id("DB"), id("Web>DB")].into());
    assert_eq!(document.model().elements.len(), 2);
    assert_eq!(document.model().rect_of(&id("second"), &id("Web")), document.model().rect_of(&MAIN.into(), &id("Web")));
    let nothing = run(&mut document, "second", |cx| paste_originals(&clip, cx));
    assert!(nothing.items.is_empty(), "they are here already");
    document.undo();
    assert_eq!(lay_out(document.model(), &id("second")).boxes.len(), 0, "one step takes it back");
}

#[test]
fn copies_join_the_whole_that_the_diagram_details() {
    let mut document = model("Shop").boundary("DMZ", 2).process("Web").inside("DMZ").process("Job").entity("User").open();
    let detail = Diagram { of: Some(id("Web")), ..Diagram::default() };
    document.commit(&Edit::put(Key::Diagram(id("inside")), detail)).unwrap();
    let clip = Clip::copy(document.model(), &MAIN.into(), &[id("Job"), id("User")].into());
    let copies = paste_into(&mut document, "inside", &clip);
    for copy in &copies.items {
        let element = &document.model().elements[copy];
        let is_part = element.kind == ElementKind::Process;
        assert_eq!(element.parent, is_part.then(|| id("Web")), "{}", element.name);
        assert_eq!(element.boundary, is_part.then(|| id("DMZ")), "{}", element.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Any part of any model can be pasted into any other: nothing dangles, and one undo takes it all back.
    #[test]
    fn any_part_of_any_model_fits_into_any_other(a in sound_model(), b in sound_model(), wanted in any::<u64>()) {
        let Some(from) = a.diagram_order().into_iter().next() else { return Ok(()) };
        let near = |p: &Placement| match p {
            Placement::Box(r) => r.x.abs() < 1e6 && r.y.abs() < 1e6,
            _ => true,
        };
        let placed: Vec<&Id> = a.placed(&from).filter(|(_, p)| near(p)).map(|(id, _)| id).collect();
        let items = placed.iter().enumerate().filter(|(n, _)| wanted >> (n % 64) & 1 == 1).map(|(_, id)| (*id).clone()).collect();
        let clip = Clip::copy(&a, &from, &items);
        let Some(into) = b.diagram_order().into_iter().next() else { return Ok(()) };
        let before = save(&b).unwrap();
        let mut document = Document::new(b);
        let ids = clip.fresh_ids(&mut {
            let mut n = 0;
            move || { n += 1; Id::from(format!("fresh-{n}")) }
        });
        let edits = clip.edits(document.model(), &into, &ids, vec2(0.0, 0.0));
        let pasted = document.commit(&Edit::Batch { label: "paste".into(), edits });
        prop_assert!(pasted.is_ok(), "{pasted:?}");
        prop_assert_eq!(check(document.model()), []);
        prop_assert_eq!(lay_out(document.model(), &into), lay_out(document.model(), &into));
        document.undo();
        prop_assert_eq!(save(document.model()).unwrap(), before);
    }
}

#[test]
fn a_copy_made_by_an_earlier_version_is_read() {
    let element = Element { name: "Old".into(), ..Element::default() };
    let record = ron::to_string(&Record::from(element)).unwrap();
    let place = ron::to_string(&Placement::Box(rect(0.0, 0.0, 120.0, 60.0))).unwrap();
    let text = format!("(items:{{\"x\":{record}}},places:{{\"x\":{place}}})");
    let clip = Clip::from_text(&text).expect("fields added later have defaults");
    let mut bank = model("Bank").open();
    assert_eq!(paste_into(&mut bank, MAIN, &clip).items.len(), 1);
    assert_eq!(Clip::from_text("user > web: log in"), None, "any other text is left to others");
}

#[test]
fn a_decomposed_process_is_copied_with_its_detail_diagram() {
    let shop = model("Shop").process("Web").process("Cart").process("Till").store("DB").flow("Cart", "Till").flow("Web", "DB");
    let mut m = shop.build();
    m.diagrams.insert(id("Inside"), Diagram { name: "Inside".into(), of: Some(id("Web")), ..Diagram::default() });
    let mut move_in = |item: &str, place: Placement| {
        m.placements.remove(&PlacementKey::new(MAIN, Id::from(item)));
        m.placements.insert(PlacementKey::new("inside", Id::from(item)), place);
    };
    move_in("cart", Placement::Box(rect(0.0, 0.0, 120.0, 60.0)));
    move_in("till", Placement::Box(rect(300.0, 0.0, 120.0, 60.0)));
    move_in("cart>till", Placement::Route(Route::default()));
    // A neighbour shown inside stays what it is.
    m.placements.insert(PlacementKey::new("inside", id("DB")), Placement::Box(rect(600.0, 0.0, 120.0, 60.0)));
    for part in ["Cart", "Till"] {
        m.elements.get_mut(&id(part)).unwrap().parent = Some(id("Web"));
    }
    assert_eq!(check(&m), []);
    let clip = Clip::copy(&m, &MAIN.into(), &[id("Web")].into());
    let before = save(&m);
    let mut document = Document::new(m);
    let copy = paste_into(&mut document, MAIN, &clip).single().expect("only the whole is selected, the rest is not here").clone();
    let now = document.model();
    assert_eq!(now.parts_of(&copy).map(|p| now.name_of(p)).collect::<std::collections::BTreeSet<_>>(), ["Cart", "Till"].into());
    let (detail, record) = now.diagrams.iter().find(|(_, d)| d.of.as_ref() == Some(&copy)).expect("it has its own detail");
    assert_eq!(record.name, "Inside");
    assert_eq!(now.placed(detail).count(), 3, "two parts and the flow between them");
    assert!(now.placed(detail).all(|(item, _)| now.placement(&id("Inside"), item).is_none()), "none of them the originals");
    assert_eq!(now.elements.len(), 7);
    assert!(document.undo());
    assert_eq!(save(document.model()), before, "one step");
}
