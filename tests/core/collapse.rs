//! Boundaries collapsed to small boxes: what is seen, what is hidden, and that nothing but the picture changes.

use crate::support::dsl::{MAIN, id};
use crate::support::hand::{Hand, shop};
use crate::support::scripts::faults;
use palisade::geometry::{Rect, pt, rect, vec2};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::assess;
use palisade::scene::{BoxKind, DiagramLayout, LiveLayout, Look, draw, lay_out, to_svg};
use palisade::tool::{Key, *};

fn fold(hand: &mut Hand, names: &[&str]) {
    hand.select(names);
    hand.with_tools(|_, cx| perform(Operation::Fold, cx));
}

fn seen(hand: &Hand) -> DiagramLayout {
    lay_out(hand.model(), &MAIN.into())
}

/// What the drawing says about an item.
fn sentence(hand: &Hand, item: &str) -> String {
    let assessment = assess(hand.model(), Library::builtin());
    let scene = draw(hand.model(), &assessment, &seen(hand), &Look::default());
    let of = |key: &Option<palisade::model::Key>| key.as_ref().and_then(|k| k.id()).is_some_and(|i| i.as_str() == item);
    scene.items.iter().find(|i| of(&i.key) && !i.alt.is_empty()).map(|i| i.alt.clone()).unwrap_or_default()
}

#[test]
fn a_collapsed_boundary_is_a_small_box_and_its_content_is_hidden() {
    let mut hand = shop();
    fold(&mut hand, &["dmz"]);
    let layout = seen(&hand);
    assert_eq!(layout.boxes[&id("DMZ")].kind, BoxKind::Folded);
    assert_eq!(layout.boxes[&id("DMZ")].rect, rect(360.0, 48.0, FOLDED.0, FOLDED.1));
    assert!(!layout.boxes.contains_key(&id("Web")) && layout.boxes.contains_key(&id("DB")), "the rest stays put");
    assert!(!layout.flows.contains_key(&Id::from("web>api")), "flows wholly inside are hidden");
    let flow = &layout.flows[&Id::from("customer>web")];
    assert_eq!(flow.end.element, Some(id("DMZ")), "flows that cross it end at its outline");
    assert!(layout.boxes[&id("DMZ")].rect.expand(1.0).contains(flow.end.at));
    hand.undo();
    assert_eq!(seen(&hand).boxes.len(), 6, "one step");
}

#[test]
fn flows_between_the_same_two_run_as_one_and_are_selected_as_one() {
    let mut hand = shop();
    let more = [("f1", "customer", "api"), ("f2", "customer", "web"), ("f3", "api", "customer")];
    let edits = more.map(|(flow, from, to)| palisade::edit::Edit::Connect {
        id: flow.into(),
        flow: Flow { from: Some(from.into()), to: Some(to.into()), ..Flow::default() },
        diagram: MAIN.into(),
        route: Route::default(),
    });
    hand.document.commit(&palisade::edit::Edit::Batch { label: "flows".into(), edits: edits.into() }).unwrap();
    fold(&mut hand, &["dmz"]);
    let layout = seen(&hand);
    let bundle = &layout.bundles[&Id::from("customer>web")];
    assert_eq!(bundle.iter().map(Id::as_str).collect::<Vec<_>>(), ["customer>web", "f1", "f2"]);
    assert_eq!(layout.flows.len(), 2, "one each way");
    let label = layout.flows[&Id::from("customer>web")].label.as_ref().expect("it says how many");
    assert_eq!(label.lines[0].text, "3 flows");
    assert!(sentence(&hand, "customer>web").starts_with("3 data flows, from Customer to DMZ"));
    let at = label.text.center();
    hand.selection = Selection::default();
    hand.click(at);
    assert_eq!(hand.selected(), ["customer>web", "f1", "f2"], "all of them, and so is what a key does to them");
    hand.key(Key::Delete);
    assert_eq!(hand.model().flows.len(), 2);
    hand.undo().undo();
    assert_eq!(seen(&hand).flows.len(), 5);
}

#[test]
fn expanding_puts_everything_back_and_strangers_step_aside() {
    let mut hand = shop();
    let before = hand.model().clone();
    fold(&mut hand, &["cloud"]);
    assert_eq!(seen(&hand).boxes.len(), 2, "nested boundaries are hidden with the rest");
    fold(&mut hand, &["cloud"]);
    assert_eq!(hand.model(), &before, "exactly as it was");
    fold(&mut hand, &["cloud"]);
    hand.drag("Customer", pt(700.0, 300.0));
    assert_eq!(hand.boundary_of("Customer"), None, "there is nothing to be seen there");
    fold(&mut hand, &["cloud"]);
    assert_eq!(hand.rect("Cloud"), before.rect_of(&MAIN.into(), &id("Cloud")).unwrap());
    assert!(!hand.rect("Cloud").intersects(hand.rect("Customer")), "what came to stand there makes way");
    assert_eq!(hand.boundary_of("Customer"), None);
}

#[test]
fn what_is_dropped_on_the_small_box_is_put_away_in_a_free_place() {
    let mut hand = shop();
    fold(&mut hand, &["cloud"]);
    let customer = hand.rect("Customer");
    hand.selection = Selection::default();
    hand.down(customer.center()).to(pt(410.0, 30.0));
    assert_eq!(hand.gesture.overlay(), Overlay::Drop(Crossed { into: [id("Cloud")].into(), ..Crossed::default() }));
    assert!(seen(&hand).boxes.contains_key(&id("Customer")), "still in the hand");
    hand.up(pt(410.0, 30.0));
    assert_eq!(hand.boundary_of("Customer"), Some("cloud"));
    assert!(!seen(&hand).boxes.contains_key(&id("Customer")));
    let others = ["DMZ", "DB"].map(|name| hand.rect(name));
    let placed = hand.rect("Customer");
    assert!(hand.rect("Cloud").contains_rect(placed) && others.iter().all(|r: &Rect| !r.intersects(placed)), "{placed:?}");
    hand.undo();
    assert_eq!((hand.boundary_of("Customer"), hand.rect("Customer")), (None, customer), "one step");
}

#[test]
fn the_small_box_carries_its_content_and_cannot_be_sized() {
    let mut hand = shop();
    fold(&mut hand, &["cloud"]);
    let (web, db) = (hand.rect("Web"), hand.rect("DB"));
    hand.drag(pt(420.0, 20.0), pt(420.0, 820.0));
    assert_eq!((hand.rect("Web").y, hand.rect("DB").y), (web.y + 800.0, db.y + 800.0));
    assert_eq!((hand.boundary_of("DMZ"), hand.boundary_of("Web")), (Some("cloud"), Some("dmz")));
    let frame = hand.rect("Cloud");
    hand.select(&["cloud"]).drag(pt(frame.x + FOLDED.0 + 4.0, frame.y + FOLDED.1 + 4.0), pt(1200.0, 1200.0));
    assert_eq!(hand.rect("Cloud").w, frame.w);
}

#[test]
fn nothing_but_the_picture_changes() {
    let mut hand = shop();
    let before = assess(hand.model(), Library::builtin());
    fold(&mut hand, &["dmz"]);
    let after = assess(hand.model(), Library::builtin());
    assert_eq!(before, after, "no rating, no crossing");
}

#[test]
fn the_sentence_the_picture_and_paper_agree() {
    let mut hand = shop();
    fold(&mut hand, &["cloud"]);
    let words = sentence(&hand, "cloud");
    assert!(words.starts_with("Trust boundary Cloud, collapsed, 3 elements, trust 2"), "{words}");
    let assessment = assess(hand.model(), Library::builtin());
    let scene = draw(hand.model(), &assessment, &seen(&hand), &Look::default());
    let svg = to_svg(&scene, palisade::theme::Theme::Light, palisade::scene::Words::Text);
    assert!(svg.contains("3 elements") && !svg.contains("DMZ"), "what is hidden is on no paper either");
}

#[test]
fn a_click_on_the_chevron_folds_and_deleting_a_box_keeps_its_content() {
    let mut hand = shop();
    let chevron = chevron_at(&seen(&hand).boxes[&id("DMZ")]).expect("it has a name tab");
    hand.click(chevron);
    assert!(hand.model().is_collapsed(&MAIN.into(), &id("DMZ")));
    assert_eq!(hand.selected(), ["dmz"]);
    hand.key(Key::Delete);
    assert_eq!((hand.boundary_of("Web"), hand.boundary_of("API")), (Some("cloud"), Some("cloud")));
    assert!(seen(&hand).boxes.contains_key(&id("Web")));
    hand.undo();
    let chevron = chevron_at(&seen(&hand).boxes[&id("DMZ")]).expect("inside the box");
    hand.click(chevron);
    assert!(!hand.model().is_collapsed(&MAIN.into(), &id("DMZ")));
}

#[test]
fn something_hidden_that_is_selected_expands_what_hides_it() {
    let mut hand = shop();
    fold(&mut hand, &["cloud"]);
    fold(&mut hand, &["web"]);
    assert!(seen(&hand).boxes.contains_key(&id("Web")));
}

#[test]
fn a_small_box_steps_aside_for_an_element_that_grows_over_it() {
    let mut hand = shop();
    hand.drag("API", ("API", -216.0, -320.0));
    assert_eq!(hand.boundary_of("API"), None);
    fold(&mut hand, &["dmz"]);
    let cloud = hand.rect("Cloud");
    let corner = hand.select(&["api"]).rect("API").max();
    hand.drag(corner + vec2(4.0, 4.0), corner + vec2(4.0, 460.0));
    assert_eq!(hand.boundary_of("API"), Some("cloud"), "with its middle in the cloud, and not put away");
    let layout = seen(&hand);
    let (api, small) = (layout.boxes[&id("API")].rect, layout.boxes[&id("DMZ")].rect);
    assert!(!small.contains(api.center()), "{api:?} lies over {small:?}");
    assert!(hand.rect("Cloud").contains_rect(small) && hand.rect("Cloud").contains_rect(api));
    assert!(small.y >= cloud.y, "what is hidden does not lead it elsewhere: {small:?}");
    assert_eq!(faults(hand.model()), Vec::<String>::new());
}

#[test]
fn notes_in_a_frame_go_with_it_open_or_collapsed() {
    let mut hand = shop();
    hand.tool = Tool::Note;
    hand.drag(pt(560.0, 176.0), pt(640.0, 216.0));
    let note = hand.made();
    let place = |hand: &Hand| hand.model().rect_of(&MAIN.into(), &note).unwrap();
    let before = place(&hand);
    fold(&mut hand, &["dmz"]);
    assert!(!seen(&hand).boxes.contains_key(&note), "hidden with the rest");
    // What lies where nothing is to be seen is seen.
    hand.tool = Tool::Note;
    hand.drag(pt(660.0, 120.0), pt(740.0, 160.0));
    assert!(seen(&hand).boxes.contains_key(&hand.made()));
    hand.undo();
    let small = seen(&hand).boxes[&id("DMZ")].rect.center();
    hand.selection = Selection::default();
    hand.drag(small, small + vec2(0.0, 160.0));
    fold(&mut hand, &["dmz"]);
    assert!(seen(&hand).boxes.contains_key(&note));
    assert_eq!(place(&hand), before.translate(vec2(0.0, 160.0)), "carried while hidden");
    let seam = pt(600.0, hand.rect("DMZ").y);
    hand.select(&["dmz"]).drag(seam, seam + vec2(-8.0, -160.0));
    assert_eq!(place(&hand), before.translate(vec2(-8.0, 0.0)), "and in the open");
    fold(&mut hand, &["cloud"]);
    assert!(!seen(&hand).boxes.contains_key(&note));
    hand.key(Key::Delete);
    assert!(seen(&hand).boxes.contains_key(&note), "it outlives the boundary");
}

#[test]
fn an_element_made_on_a_small_box_expands_it_with_its_label_open() {
    let mut hand = shop();
    fold(&mut hand, &["dmz"]);
    let at = seen(&hand).boxes[&id("DMZ")].rect.center();
    let folded = hand.model().clone();
    hand.tool = Tool::Process;
    hand.down(at).to(at + vec2(80.0, 40.0));
    assert!(hand.model().is_collapsed(&MAIN.into(), &id("DMZ")), "as long as it is only drawn");
    hand.up(at + vec2(80.0, 40.0));
    let made = hand.made();
    let layout = seen(&hand);
    assert!(!hand.model().is_collapsed(&MAIN.into(), &id("DMZ")));
    assert_eq!(hand.model().boundaries_around(&made).first(), Some(&id("DMZ")));
    assert_eq!(hand.label, Some(made.clone()), "ready to be named");
    let others = ["Web", "API"].map(|name| layout.boxes[&id(name)].rect);
    assert!(others.iter().all(|r| !r.intersects(layout.boxes[&made].rect)), "in a free place");
    assert_eq!(faults(hand.model()), Vec::<String>::new());
    hand.undo();
    assert_eq!(*hand.model(), folded, "one step");
    hand.to(at).letter('P');
    assert!(seen(&hand).boxes.contains_key(&hand.made()));
}

/// What of a layout does not depend on where there was room: boxes, which flows are drawn, between what, and for which.
fn bones(layout: &DiagramLayout) -> String {
    let boxes: Vec<_> = layout.boxes.iter().map(|(id, b)| (id, b.kind, b.rect, b.depth)).collect();
    let flows: Vec<_> = layout.flows.iter().map(|(id, f)| (id, &f.start.element, &f.end.element)).collect();
    format!("{boxes:#?}{flows:#?}{:#?}", layout.bundles)
}

#[test]
fn a_layout_that_follows_shows_beside_what_is_collapsed_what_one_from_scratch_shows() {
    let mut hand = shop();
    fold(&mut hand, &["dmz"]);
    let mut live = LiveLayout::new(hand.model(), &MAIN.into());
    hand.document.take_changes();
    let mut drift = palisade::edit::Transaction::default();
    let within = |boundary: Option<&str>, item: &str| {
        let mut element = hand.model().elements[&Id::from(item)].clone();
        element.boundary = boundary.map(Id::from);
        palisade::edit::Edit::Put { key: palisade::model::Key::Element(item.into()), record: element.into() }
    };
    let moved = |item: &str, x: f32| palisade::edit::Edit::Move {
        diagram: MAIN.into(),
        items: [Id::from(item)].into(),
        by: vec2(x, 24.0),
    };
    let steps = [moved("db", 40.0), moved("dmz", 80.0), within(Some("dmz"), "db"), within(None, "web"), within(None, "api")];
    for step in steps {
        hand.document.preview(&step).unwrap();
        let changes = hand.document.take_changes();
        drift = drift.then(changes);
        assert!(live.follow(hand.model(), drift.changes.keys()), "{step:?} asks for no whole layout");
        assert!(bones(live.layout()) == bones(&seen(&hand)), "{step:?}");
    }
    hand.document.cancel_preview();
    assert!(live.follow(hand.model(), [].iter()));
    assert!(*live.layout() == seen(&hand), "nothing is left of it");
    fold(&mut hand, &["dmz"]);
    let changes = hand.document.take_changes();
    assert!(!live.follow(hand.model(), changes.changes.keys()), "expanding changes everything");
}
