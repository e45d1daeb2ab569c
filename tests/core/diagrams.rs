//! Several diagrams of one model: details of a process, the same element in several places, and what the levels tell.

use crate::support::dsl::{MAIN, id, model};
use palisade::edit::{Document, Edit};
use palisade::geometry::{pt, rect};
use palisade::library::Library;
use palisade::model::{Key, *};
use palisade::risk::assess;
use palisade::scene::{self, Look, lay_out};
use palisade::storage::save;
use palisade::tool::{Key as Press, *};
use std::collections::BTreeSet;

fn key(diagram: &str, item: &str) -> Key {
    Key::Placement(PlacementKey::new(id(diagram), id(item)))
}

/// Context: user → payments → bank, payments in the DMZ. Its detail diagram: gate → ledger.
fn payments() -> Document {
    let draft = model("Shop").boundary("DMZ", 2).entity("User").process("Payments").inside("DMZ").entity("Bank");
    let draft = draft.flow("User", "Payments").flow("Payments", "Bank");
    let mut document = draft.open();
    let (detail, edit) = detail(document.model(), &id("Payments"), &MAIN.into(), || id("inside")).unwrap();
    assert_eq!(detail, id("inside"));
    document.commit(&edit.unwrap()).unwrap();
    for (n, name) in ["Gate", "Ledger"].into_iter().enumerate() {
        let at = pt(100.0 + 240.0 * n as f32, 100.0);
        with_tools(&mut document, "inside", &BTreeSet::new(), name, |cx| {
            perform(Operation::Create(if n == 0 { Tool::Process } else { Tool::Store }, at), cx)
        });
        let element = Element { name: name.into(), ..document.model().elements[&id(name)].clone() };
        document.commit(&Edit::put(Key::Element(id(name)), element)).unwrap();
    }
    document
}

/// Runs tool code on a diagram; the first new id is that of `name`.
fn with_tools(
    document: &mut Document,
    diagram: &str,
    selected: &BTreeSet<Id>,
    name: &str,
    run: impl FnOnce(&mut ToolCx<'_>) -> Vec<Outcome>,
) {
    let model = document.model().clone();
    let layout = lay_out(&model, &id(diagram));
    let mut n = 0;
    let mut fresh = || {
        n += 1;
        if n == 1 { id(name) } else { Id::from(format!("{name}-{n}")) }
    };
    let selection = Selection { items: selected.clone(), threat: None };
    let mut cx = ToolCx {
        model: &model,
        diagram: &id(diagram),
        layout: &layout,
        selection: &selection,
        tool: Tool::Select,
        scale: 1.0,
        touch: false,
        grid: true,
        seen: rect(-2000.0, -2000.0, 4000.0, 4000.0),
        fresh: &mut fresh,
    };
    for outcome in run(&mut cx) {
        match outcome {
            Outcome::Commit(edit) | Outcome::CommitMerged(edit, _) => drop(document.commit(&edit).unwrap()),
            _ => {}
        }
    }
    assert_eq!(check(document.model()), []);
}

fn press(key: Press, modifiers: Modifiers, cx: &ToolCx<'_>) -> Option<Operation> {
    of_key(KeyPress { key, modifiers, pointer: None }, cx)
}

#[test]
fn what_is_drawn_on_a_detail_diagram_is_inside() {
    let document = payments();
    let model = document.model();
    assert_eq!(model.diagrams[&id("inside")].name, "Payments");
    for part in ["Gate", "Ledger"] {
        let element = &model.elements[&id(part)];
        assert_eq!((&element.parent, &element.boundary), (&Some(id("Payments")), &Some(id("DMZ"))), "{part}");
    }
    assert_eq!(model.trail(&id("inside")), [Id::from(MAIN), id("inside")]);
    let (known, edit) = detail(model, &id("Payments"), &MAIN.into(), || id("another")).unwrap();
    assert_eq!((known, edit), (id("inside"), None), "there is one detail diagram");
}

#[test]
fn an_external_entity_on_a_detail_diagram_is_outside() {
    let mut document = payments();
    with_tools(&mut document, "inside", &BTreeSet::new(), "Auditor", |cx| {
        perform(Operation::Create(Tool::Entity, pt(500.0, 400.0)), cx)
    });
    let auditor = &document.model().elements[&id("Auditor")];
    assert_eq!((&auditor.parent, &auditor.boundary), (&None, &None));
}

#[test]
fn parts_of_a_boundary_on_a_detail_diagram_fall_back_into_that_of_the_whole() {
    let mut document = payments();
    with_tools(&mut document, "inside", &[id("Gate")].into(), "Vault", |cx| perform(Operation::Wrap, cx));
    let model = document.model();
    assert_eq!(model.boundaries[&id("Vault")].parent, Some(id("DMZ")), "it nests in the boundary of the whole");
    assert_eq!(model.elements[&id("Gate")].boundary, Some(id("Vault")));
    let gate = model.rect_of(&id("inside"), &id("Gate")).unwrap().center();
    let mut gesture = Gesture::default();
    let pointer = |at| Pointer { at, button: Button::Primary, modifiers: Modifiers::NONE };
    let away = pt(gate.x, gate.y + 600.0);
    with_tools(&mut document, "inside", &BTreeSet::new(), "x", |cx| {
        gesture.on(CanvasEvent::Down(pointer(gate)), cx);
        gesture.on(CanvasEvent::Move(pointer(away)), cx);
        gesture.on(CanvasEvent::Up(pointer(away)), cx)
    });
    assert_eq!(document.model().elements[&id("Gate")].boundary, Some(id("DMZ")));
}

#[test]
fn a_flow_to_a_part_is_drawn_at_the_whole_one_level_up() {
    let mut document = payments();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    let open_end = lay_out(document.model(), &id("inside")).flows[&id("User>Payments")].end.at;
    let drop = Edit::Reconnect {
        flow: id("User>Payments"),
        end: palisade::edit::End::To,
        to: Some(id("Gate")),
        diagram: id("inside"),
        at: open_end,
    };
    let outer = lay_out(document.model(), &MAIN.into());
    document.commit(&drop).unwrap();
    let after = lay_out(document.model(), &MAIN.into());
    assert_eq!(after.flows[&id("User>Payments")].end.element, Some(id("Payments")), "above it leads to the whole");
    assert_eq!(after.flows[&id("User>Payments")].points, outer.flows[&id("User>Payments")].points, "the picture stays");
    let inner = lay_out(document.model(), &id("inside"));
    assert_eq!(inner.flows[&id("User>Payments")].end.element, Some(id("Gate")));
    assert_eq!(balance(document.model(), &id("inside")).unwrap().loose, [id("Payments>Bank")].into());
}

#[test]
fn levels_that_tell_different_things_are_named() {
    let mut document = payments();
    let missing = balance(document.model(), &id("inside")).unwrap().missing;
    let named: Vec<_> = missing.iter().map(|e| (e.neighbour.as_str(), e.way)).collect();
    assert_eq!(named, [("bank", Way::Out), ("user", Way::In)]);
    assert_eq!(balance(document.model(), &MAIN.into()), None, "a diagram that details nothing has no level above");
    let before = save(document.model()).unwrap();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    let inner = lay_out(document.model(), &id("inside"));
    let parts = inner.boxes[&id("Gate")].rect.union(inner.boxes[&id("Ledger")].rect);
    assert!(inner.boxes[&id("User")].rect.right() < parts.x, "what comes in stands at the left");
    assert!(inner.boxes[&id("Bank")].rect.x > parts.right(), "what goes out stands at the right");
    assert!(balance(document.model(), &id("inside")).unwrap().missing.is_empty());
    document.undo();
    assert_eq!(save(document.model()).unwrap(), before);
}

#[test]
fn a_flow_that_only_the_detail_shows_is_extra_until_shown_above() {
    let mut document = payments();
    let record = Element { name: "Auditor".into(), kind: ElementKind::ExternalEntity, ..Element::default() };
    let add = Edit::AddElement { id: id("Auditor"), element: record, diagram: id("inside"), rect: rect(900.0, 0.0, 120.0, 60.0) };
    let flow = Flow { from: Some(id("Ledger")), to: Some(id("Auditor")), ..Flow::default() };
    let connect = Edit::Connect { id: id("Audit"), flow, diagram: id("inside"), route: Route::default() };
    document.commit(&add).unwrap();
    document.commit(&connect).unwrap();
    let extra = balance(document.model(), &id("inside")).unwrap().extra;
    assert_eq!((extra.len(), &extra[0].neighbour, extra[0].way), (1, &id("Auditor"), Way::Out));
    document.commit(&show_outside(document.model(), &id("inside")).unwrap()).unwrap();
    assert!(balance(document.model(), &id("inside")).unwrap().extra.is_empty());
    assert_eq!(lay_out(document.model(), &MAIN.into()).flows[&id("Audit")].start.element, Some(id("Payments")));
}

#[test]
fn several_flows_in_detail_may_be_one_above() {
    let mut document = payments();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    document.commit(&Edit::Remove { keys: [key("inside", "User>Payments")].into() }).unwrap();
    assert_eq!(balance(document.model(), &id("inside")).unwrap().missing_flows(), 1);
    let flow = Flow { from: Some(id("User")), to: Some(id("Gate")), ..Flow::default() };
    document.commit(&Edit::Connect { id: id("Pay"), flow, diagram: id("inside"), route: Route::default() }).unwrap();
    assert_eq!(balance(document.model(), &id("inside")).unwrap().missing_flows(), 0, "same neighbour, same direction");
}

#[test]
fn deleting_takes_what_is_shown_elsewhere_off_this_diagram_only() {
    let mut document = payments();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    let before = save(document.model()).unwrap();
    with_tools(&mut document, "inside", &[id("User")].into(), "x", |cx| perform(Operation::Delete, cx));
    let model = document.model();
    assert!(model.elements.contains_key(&id("User")) && model.flows.contains_key(&id("User>Payments")));
    assert!(!model.contains(&key("inside", "User")) && !model.contains(&key("inside", "User>Payments")));
    assert!(model.contains(&key(MAIN, "User>Payments")));
    assert_eq!(document.undo_label(), Some("remove from this diagram"));
    document.undo();
    assert_eq!(save(document.model()).unwrap(), before);
    with_tools(&mut document, "inside", &[id("User")].into(), "x", |cx| {
        let everywhere = press(Press::Delete, Modifiers { ctrl: true, ..Modifiers::NONE }, cx).unwrap();
        perform(everywhere, cx)
    });
    assert!(!document.model().elements.contains_key(&id("User")));
}

#[test]
fn what_is_shown_once_is_deleted_and_a_flow_left_without_an_end_goes_with_it() {
    let mut document = payments();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    let flow = Flow { from: Some(id("User")), to: Some(id("Gate")), ..Flow::default() };
    document.commit(&Edit::Connect { id: id("Pay"), flow, diagram: id("inside"), route: Route::default() }).unwrap();
    with_tools(&mut document, "inside", &[id("User"), id("Ledger")].into(), "x", |cx| perform(Operation::Delete, cx));
    let model = document.model();
    assert!(model.elements.contains_key(&id("User")) && !model.elements.contains_key(&id("Ledger")));
    assert!(!model.flows.contains_key(&id("Pay")), "it was drawn nowhere else");
}

#[test]
fn hiding_keeps_everything_in_the_model() {
    let mut document = payments();
    let hide = hide_here(document.model(), &MAIN.into(), &[id("Bank")].into()).unwrap();
    document.commit(&hide).unwrap();
    let model = document.model();
    assert!(model.elements.contains_key(&id("Bank")) && model.flows.contains_key(&id("Payments>Bank")));
    assert!(!model.contains(&key(MAIN, "Bank")) && !model.contains(&key(MAIN, "Payments>Bank")));
    document.commit(&show_here(document.model(), &MAIN.into(), &id("Bank")).unwrap()).unwrap();
    assert!(document.model().contains(&key(MAIN, "Payments>Bank")), "it comes back with its flows");
}

#[test]
fn a_deleted_whole_hands_its_parts_up_or_takes_them_along() {
    let document = payments();
    let delete = Edit::Remove { keys: [Key::Element(id("Payments"))].into() };
    let inside = inside_of_deleted(document.model(), &delete);
    let expected = [Key::Element(id("Gate")), Key::Element(id("Ledger")), Key::Diagram(id("inside"))];
    assert_eq!(inside, expected.into());
    assert!(inside_of_deleted(document.model(), &Edit::Remove { keys: [Key::Element(id("User"))].into() }).is_empty());

    let mut kept = document.clone();
    kept.commit(&delete).unwrap();
    assert_eq!((&kept.model().elements[&id("Gate")].parent, &kept.model().diagrams[&id("inside")].of), (&None, &None));
    let mut gone = document.clone();
    gone.commit(&Edit::Batch { label: "delete".into(), edits: vec![delete, Edit::Remove { keys: inside }] }).unwrap();
    assert_eq!((gone.model().elements.len(), gone.model().diagrams.len()), (2, 1));
    for mut document in [kept, gone] {
        assert_eq!(check(document.model()), []);
        document.undo();
        assert_eq!(save(document.model()).unwrap(), save(payments().model()).unwrap());
    }
}

#[test]
fn the_whole_shows_the_risk_of_everything_inside() {
    let mut document = payments();
    let whole = |document: &Document| assess(document.model(), Library::builtin()).own_and_inside(&id("Payments"));
    let (own, inside) = whole(&document);
    assert!(own > 0 && inside > 0, "{own} and {inside}");
    let flow = Flow { from: Some(id("Gate")), to: Some(id("Ledger")), ..Flow::default() };
    document.commit(&Edit::Connect { id: id("Book"), flow, diagram: id("inside"), route: Route::default() }).unwrap();
    let threat = Threat { title: "Bookings are changed".into(), targets: [id("Book")].into(), ..Threat::default() };
    document.commit(&Edit::put(Key::Threat(id("T")), threat)).unwrap();
    let assessment = assess(document.model(), Library::builtin());
    let at_parts = ["Gate", "Ledger"].map(|part| assessment.own_and_inside(&id(part)).0).iter().sum::<usize>();
    let at_flow = assessment.at(&id("Book")).filter(|f| f.counts()).count();
    assert!(at_flow > 0);
    assert_eq!(assessment.own_and_inside(&id("Payments")).1, at_parts + at_flow, "parts and the flows between them");
    let worst = |of: &str| assessment.elements[&id(of)].risk.peak;
    assert!(worst("Payments") >= worst("Ledger"));
    let layout = lay_out(document.model(), &MAIN.into());
    let scene = scene::draw(document.model(), &assessment, &layout, &Look::default());
    let said = scene.items.iter().find(|i| i.alt.starts_with("Process Payments")).unwrap();
    let (own, inside) = assessment.own_and_inside(&id("Payments"));
    assert!(said.alt.contains(&format!("{own} its own and {inside} inside")), "{}", said.alt);
    assert!(said.alt.ends_with("detailed on Payments"), "{}", said.alt);
}

#[test]
fn what_stands_outside_is_told_and_drawn_lighter() {
    let mut document = payments();
    document.commit(&show_connected(document.model(), &id("inside")).unwrap()).unwrap();
    let assessment = assess(document.model(), Library::builtin());
    let layout = lay_out(document.model(), &id("inside"));
    let scene = scene::draw(document.model(), &assessment, &layout, &Look::default());
    let said = |name: &str| {
        let of = |i: &&scene::Item| i.key == Some(Key::Element(id(name))) && !i.alt.is_empty();
        scene.items.iter().find(of).map(|i| i.alt.clone()).unwrap()
    };
    assert!(said("User").contains("outside of what this diagram details"), "{}", said("User"));
    assert!(!said("Gate").contains("outside"), "{}", said("Gate"));
}

#[test]
fn pages_are_copied_and_put_in_order() {
    let mut document = payments();
    let copy = duplicate(document.model(), &MAIN.into(), &id("copy")).unwrap();
    document.commit(&copy).unwrap();
    let model = document.model();
    assert_eq!(model.diagram_order(), [Id::from(MAIN), id("copy"), id("inside")], "beside its original");
    assert_eq!(model.diagrams[&id("copy")].name, "Main (copy)");
    let of = |diagram: &Id| model.placed(diagram).map(|(id, p)| (id.clone(), p.clone())).collect::<Vec<_>>();
    assert_eq!(of(&id("copy")), of(&MAIN.into()));
    assert_eq!(model.elements.len(), payments().model().elements.len(), "the same elements");
    document.commit(&reorder(document.model(), &id("inside"), 0).unwrap()).unwrap();
    assert_eq!(document.model().diagram_order(), [id("inside"), Id::from(MAIN), id("copy")]);
    assert_eq!(reorder(document.model(), &id("inside"), 0), None);
    assert_eq!(reorder(document.model(), &id("copy"), 99), None, "it is the last one");
}
