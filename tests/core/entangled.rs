//! Gestures that get in one another's way: undone in the middle, given up, reconnected across nested boundaries, made with
//! mixed selections. Whatever happens the picture stays true, and undoing everything leads back to the byte.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use crate::support::scripts::faults;
use palisade::geometry::{Point, Rect, pt, rect, vec2};
use palisade::model::*;
use palisade::scene::lay_out;
use palisade::storage::save;
use palisade::tool::{Key, *};

fn bytes(hand: &Hand) -> String {
    save(hand.model()).unwrap()
}

#[track_caller]
fn is_true(hand: &Hand, what: &str) {
    assert_eq!(check(hand.model()), [], "{what}");
    assert_eq!(faults(hand.model()), Vec::<String>::new(), "{what}");
}

fn end_of(hand: &Hand, flow: &str) -> Point {
    lay_out(hand.model(), &MAIN.into()).flows[&Id::from(flow)].end.at
}

fn start_of(hand: &Hand, flow: &str) -> Point {
    lay_out(hand.model(), &MAIN.into()).flows[&Id::from(flow)].start.at
}

/// Every gesture begun and on its way, by name.
fn begun() -> Vec<(&'static str, fn(&mut Hand))> {
    vec![
        ("moving an element", |h| so(h.select(&[]).down("Web").to(("Web", 60.0, 20.0)))),
        ("moving a boundary", |h| so(h.select(&[]).down(pt(460.0, 48.0)).to(pt(460.0, 90.0)))),
        ("moving a frame alone", |h| so(h.select(&["dmz"]).holding(Modifiers::ALT).down(pt(460.0, 48.0)).to(pt(460.0, 60.0)))),
        ("copying by a drag", |h| so(h.select(&[]).holding(Modifiers::ALT).down("DB").to(("DB", -160.0, 20.0)))),
        ("sizing an element", |h| so(h.select(&["db"]).down(pt(788.0, 388.0)).to(pt(820.0, 400.0)))),
        ("sizing a boundary", |h| so(h.select(&["cloud"]).down(pt(316.0, -4.0)).to(pt(-44.0, -4.0)))),
        ("drawing a flow", |h| so(h.select(&["api"]).down(pt(712.0, 172.0)).to(pt(712.0, 200.0)).to("DB"))),
        ("drawing a flow into the open", |h| so(h.select(&["db"]).down(pt(712.0, 388.0)).to(pt(700.0, 560.0)))),
        ("reconnecting", |h| {
            let end = end_of(h, "web>api");
            h.select(&["web>api"]).down(end).to("DB");
        }),
        ("taking an end off", |h| {
            let end = end_of(h, "web>api");
            h.select(&["web>api"]).down(end).to(pt(600.0, 600.0));
        }),
        ("drawing a boundary", |h| {
            h.select(&[]).tool = Tool::Boundary;
            h.down(pt(-40.0, 40.0)).to(pt(200.0, 240.0));
        }),
        ("making a store", |h| {
            h.select(&[]).tool = Tool::Store;
            h.down(pt(1000.0, 0.0)).to(pt(1200.0, 100.0));
        }),
        ("a marquee", |h| so(h.select(&[]).down(pt(-100.0, -100.0)).to(pt(900.0, 500.0)))),
        ("making room", |h| so(h.select(&[]).holding(Modifiers::ALL).down(pt(600.0, 20.0)).to(pt(700.0, 20.0)))),
        ("drawing a line", |h| {
            h.select(&[]).tool = Tool::Line;
            h.down(pt(-40.0, 480.0)).to(pt(300.0, 480.0));
        }),
    ]
}

/// Nothing more is to be done with the hand.
fn so(_: &mut Hand) {}

/// Lets go of whatever is in the hand somewhere else.
fn goes_on(hand: &mut Hand) {
    hand.to(pt(520.0, 300.0)).to(pt(540.0, 330.0)).up(pt(540.0, 330.0));
    hand.holding(Modifiers::NONE).tool = Tool::Select;
}

#[test]
fn whatever_is_in_the_hand_a_step_undone_meanwhile_stays_undone() {
    for (what, begin) in begun() {
        let mut hand = shop();
        let start = bytes(&hand);
        hand.drag("Customer", pt(72.0, 300.0));
        let moved = bytes(&hand);
        begin(&mut hand);
        hand.undo();
        assert_eq!(bytes(&hand), start, "{what}: the preview goes and the step before it");
        goes_on(&mut hand);
        is_true(&hand, what);
        assert_eq!(hand.rect("Customer").y, 104.0, "{what}: nothing brings the step back");
        while hand.document.undo() {}
        assert_eq!(bytes(&hand), start, "{what}: undone it is as in the beginning");
        // And redone in the middle of it.
        let mut hand = shop();
        hand.drag("Customer", pt(72.0, 300.0));
        hand.undo();
        begin(&mut hand);
        assert!(hand.document.redo(), "{what}: the step can be done again");
        assert_eq!(bytes(&hand), moved, "{what}");
        goes_on(&mut hand);
        is_true(&hand, what);
        while hand.document.undo() {}
        assert_eq!(bytes(&hand), start, "{what}: redone and undone");
    }
}

#[test]
fn a_gesture_given_up_leaves_no_trace_and_what_was_undone_can_be_redone() {
    for (what, begin) in begun() {
        let mut hand = shop();
        hand.drag("Customer", pt(72.0, 300.0));
        let moved = bytes(&hand);
        hand.undo();
        let start = bytes(&hand);
        begin(&mut hand);
        hand.key(Key::Escape);
        assert_eq!(bytes(&hand), start, "{what}");
        hand.holding(Modifiers::NONE).tool = Tool::Select;
        hand.to(pt(540.0, 330.0)).up(pt(540.0, 330.0));
        assert_eq!(bytes(&hand), start, "{what}: letting go afterwards does nothing");
        assert!(hand.document.redo(), "{what}: Escape forgets nothing");
        assert_eq!(bytes(&hand), moved, "{what}");
    }
}

#[test]
fn what_is_in_the_hand_may_vanish_under_it() {
    // Made a moment ago, and undone while it is moved, sized, connected or reconnected.
    type Grab = fn(&mut Hand, &Id, Rect);
    let grabs: [(&str, Grab); 6] = [
        ("moved", |h, _, r| so(h.select(&[]).down(r.center()).to(r.center() + vec2(60.0, 20.0)))),
        ("copied", |h, _, r| so(h.select(&[]).holding(Modifiers::ALT).down(r.center()).to(r.center() + vec2(60.0, 20.0)))),
        ("sized", |h, id, r| {
            h.selection = Selection::one(id.clone());
            let corner = r.max() + vec2(4.0, 4.0);
            h.down(corner).to(corner + vec2(40.0, 40.0));
        }),
        ("connected from", |h, id, r| {
            h.selection = Selection::one(id.clone());
            let handle = pt(r.center().x, r.bottom() + 4.0);
            h.down(handle).to(handle + vec2(0.0, 30.0)).to("DB");
        }),
        ("connected to", |h, _, r| so(h.select(&["db"]).down(pt(712.0, 388.0)).to(pt(700.0, 560.0)).to(r.center()))),
        ("reconnected to", |h, _, r| {
            let end = end_of(h, "web>api");
            h.select(&["web>api"]).down(end).to(r.center());
        }),
    ];
    for (what, grab) in grabs {
        let mut hand = shop();
        let start = bytes(&hand);
        hand.tool = Tool::Store;
        hand.click(pt(460.0, 560.0));
        let made = hand.made();
        let place = hand.model().rect_of(&MAIN.into(), &made).unwrap();
        grab(&mut hand, &made, place);
        hand.undo();
        assert!(!hand.model().elements.contains_key(&made), "{what}");
        hand.selection.prune(hand.document.model());
        goes_on(&mut hand);
        is_true(&hand, what);
        while hand.document.undo() {}
        assert_eq!(bytes(&hand), start, "{what}");
    }
    // A boundary drawn and undone while its frame is moved, with what it took in.
    let mut hand = shop();
    let start = bytes(&hand);
    hand.tool = Tool::Boundary;
    hand.drag(pt(-40.0, 40.0), pt(200.0, 240.0));
    hand.down(pt(100.0, 40.0)).to(pt(100.0, 80.0));
    hand.undo();
    goes_on(&mut hand);
    is_true(&hand, "a boundary");
    while hand.document.undo() {}
    assert_eq!(bytes(&hand), start);
}

/// Rooms five deep, a store in each, and somebody outside who calls the innermost one.
fn rooms() -> Hand {
    let mut draft = model("Rooms");
    for n in 0..5 {
        draft = draft.boundary(&format!("Room {n}"), 2);
        if n > 0 {
            draft = draft.inside(&format!("Room {}", n - 1));
        }
    }
    for n in 0..5 {
        draft = draft.store(&format!("Store {n}")).inside(&format!("Room {n}"));
    }
    let mut m = draft.process("Caller").flow("Caller", "Store 4").build();
    let mut place = |name: &str, r: Rect| {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(r));
    };
    for n in 0..5 {
        let by = 40.0 * n as f32;
        place(&format!("Room {n}"), rect(by, by, 1200.0 - 2.0 * by, 720.0 - 2.0 * by));
    }
    // In a row at the left edge of each room, clear of the one inside of it, but for the innermost.
    place("Room 4", rect(560.0, 320.0, 480.0, 200.0));
    place("Room 3", rect(440.0, 240.0, 640.0, 320.0));
    place("Room 2", rect(320.0, 160.0, 800.0, 440.0));
    place("Room 1", rect(200.0, 80.0, 960.0, 560.0));
    place("Room 0", rect(80.0, 0.0, 1120.0, 680.0));
    for n in 0..5 {
        place(&format!("Store {n}"), rect(96.0 + 120.0 * n as f32, 400.0, 88.0, 40.0));
    }
    place("Caller", rect(-160.0, 388.0, 144.0, 64.0));
    Hand::at(palisade::edit::Document::new(m))
}

fn crossed(hand: &Hand, flow: &str) -> Vec<String> {
    let layout = lay_out(hand.model(), &MAIN.into());
    let mut all: Vec<String> = layout.flows[&Id::from(flow)].crossings.iter().map(|c| c.boundary.to_string()).collect();
    all.sort();
    all
}

#[test]
fn a_flow_reconnected_room_by_room_crosses_what_lies_between_and_nothing_else() {
    let mut hand = rooms();
    let start = bytes(&hand);
    is_true(&hand, "as drawn");
    let rooms = |n: usize| (0..n).map(|n| format!("room-{n}")).collect::<Vec<_>>();
    assert_eq!(crossed(&hand, "caller>store-4"), rooms(5));
    for n in (0..4).rev() {
        let end = end_of(&hand, "caller>store-4");
        hand.select(&["caller>store-4"]).drag(end, format!("Store {n}").as_str());
        assert_eq!(hand.model().flows[&Id::from("caller>store-4")].to, Some(id(&format!("Store {n}"))));
        assert_eq!(crossed(&hand, "caller>store-4"), rooms(n + 1), "to store {n}");
        is_true(&hand, "reconnected");
    }
    // The other end into the innermost: out of rooms 1 to 4.
    let from = start_of(&hand, "caller>store-4");
    hand.drag(from, "Store 4");
    assert_eq!(crossed(&hand, "caller>store-4"), ["room-1", "room-2", "room-3", "room-4"]);
    // Both ends at one: a loop that crosses nothing.
    let to = end_of(&hand, "caller>store-4");
    hand.drag(to, "Store 4");
    let flow = &hand.model().flows[&Id::from("caller>store-4")];
    assert_eq!((flow.from.clone(), flow.to.clone()), (Some(id("Store 4")), Some(id("Store 4"))));
    assert_eq!(crossed(&hand, "caller>store-4"), Vec::<String>::new());
    is_true(&hand, "a loop");
    // A flow is let go of over a seam, which is no end for it.
    let to = end_of(&hand, "caller>store-4");
    hand.drag(to, pt(80.0, 200.0));
    assert_eq!(hand.model().flows[&Id::from("caller>store-4")].to, None);
    while hand.document.undo() {}
    assert_eq!(bytes(&hand), start);
}

#[test]
fn what_is_pulled_out_again_and_again_ends_outside_of_everything() {
    let mut hand = rooms();
    let start = bytes(&hand);
    let out = Modifiers { shift: true, ctrl: true, alt: false };
    for wanted in [Some("room-3"), Some("room-2"), Some("room-1"), Some("room-0"), None, None] {
        hand.select(&["store-4"]).holding(out).key(Key::Arrow(Direction::Up));
        assert_eq!(hand.boundary_of("Store 4"), wanted);
        is_true(&hand, "pulled out");
    }
    // A whole room with what is inside of it.
    for wanted in [Some("room-1"), Some("room-0"), None] {
        hand.select(&["room-3"]).holding(out).key(Key::Arrow(Direction::Up));
        assert_eq!(
            (hand.boundary_of("Room 3"), hand.boundary_of("Room 4"), hand.boundary_of("Store 3")),
            (wanted, Some("room-3"), Some("room-3"))
        );
        is_true(&hand, "a room pulled out");
    }
    while hand.document.undo() {}
    assert_eq!(bytes(&hand), start);
}

#[test]
fn a_room_that_is_deleted_hands_its_content_to_the_one_around_it() {
    let mut hand = rooms();
    let start = bytes(&hand);
    hand.select(&["room-2"]).key(Key::Delete);
    assert_eq!((hand.boundary_of("Room 3"), hand.boundary_of("Store 2")), (Some("room-1"), Some("room-1")));
    is_true(&hand, "one in the middle");
    hand.select(&["room-0", "room-1"]).key(Key::Delete);
    assert_eq!(
        (hand.boundary_of("Room 3"), hand.boundary_of("Store 0"), hand.boundary_of("Store 4")),
        (None, None, Some("room-4"))
    );
    is_true(&hand, "the two around it");
    assert_eq!(crossed(&hand, "caller>store-4"), ["room-3", "room-4"]);
    hand.undo().undo();
    assert_eq!(bytes(&hand), start);
}

#[test]
fn a_boundary_is_never_dropped_into_itself_or_what_is_inside_of_it() {
    let mut hand = rooms();
    // Room 1 by its seam to where room 4 is, which goes along with it.
    hand.drag(pt(600.0, 80.0), pt(640.0, 420.0));
    is_true(&hand, "dragged onto its own content");
    assert_eq!((hand.boundary_of("Room 2"), hand.boundary_of("Room 4")), (Some("room-1"), Some("room-3")));
    assert_ne!(hand.boundary_of("Room 1"), Some("room-4"));
    hand.undo();
    // An inner and an outer one at once: the inner goes along once, not twice.
    let inner = hand.rect("Room 3");
    hand.select(&["room-1", "room-3", "store-4"]).drag(pt(600.0, 80.0), pt(600.0, 880.0));
    let by = hand.rect("Room 3").y - inner.y;
    assert_eq!((by, hand.boundary_of("Room 3"), hand.boundary_of("Store 4")), (800.0, Some("room-2"), Some("room-4")));
    is_true(&hand, "an inner and an outer one");
}

#[test]
fn a_mixed_selection_across_boundaries_is_moved_wrapped_copied_and_deleted_as_one_step_each() {
    let mixed = ["store-0", "store-3", "store-4", "room-4", "caller", "caller>store-4"];
    let mut hand = rooms();
    let start = bytes(&hand);
    // Far to the left: all but what goes along with room 4 ends where it is dropped, outside.
    hand.select(&mixed).drag("Store 0", ("Store 0", -1600.0, 0.0));
    is_true(&hand, "moved");
    let at: Vec<_> = ["Store 0", "Store 3", "Room 4", "Caller", "Store 4"].iter().map(|n| hand.boundary_of(n)).collect();
    assert_eq!(at, [None, None, None, None, Some("room-4")]);
    hand.undo();
    assert_eq!(bytes(&hand), start, "one step");
    hand.select(&["store-3", "store-1", "caller>store-4"]).letter('B');
    let made = hand.selection.items.iter().find(|id| hand.model().boundaries.contains_key(*id)).unwrap().clone();
    assert_eq!(hand.model().boundaries[&made].parent, Some(id("Room 1")), "in the innermost they have in common");
    is_true(&hand, "wrapped");
    hand.undo();
    assert_eq!(bytes(&hand), start);
    hand.select(&mixed).holding(Modifiers::CTRL).letter('D');
    is_true(&hand, "duplicated");
    let (elements, flows) = (hand.model().elements.len(), hand.model().flows.len());
    assert_eq!((elements, flows), (6 + 4, 2), "each once, and the flow between them");
    hand.undo();
    assert_eq!(bytes(&hand), start);
    hand.holding(Modifiers::NONE).select(&mixed).key(Key::Delete);
    is_true(&hand, "deleted");
    assert_eq!((hand.model().elements.len(), hand.model().boundaries.len(), hand.model().flows.len()), (2, 4, 0));
    hand.undo();
    assert_eq!(bytes(&hand), start);
}

#[test]
fn bends_go_with_both_ends_and_stay_when_one_end_moves() {
    let mut hand = rooms();
    let flow = "caller>store-4";
    let key = palisade::model::Key::Placement(PlacementKey::new(MAIN, flow));
    let bends = vec![pt(-40.0, 740.0), pt(620.0, 740.0)];
    let route = Route { bends: bends.clone(), ..Route::default() };
    hand.document.commit(&palisade::edit::Edit::put(key, Placement::Route(route))).unwrap();
    hand.select(&[]).drag("Caller", ("Caller", 0.0, -80.0));
    assert_eq!(hand.route(flow).bends, bends, "what is drawn by hand stays");
    hand.undo();
    // With all it joins, it goes along.
    hand.select(&["caller", "room-0", flow]).drag("Caller", ("Caller", 80.0, 160.0));
    let wanted: Vec<Point> = bends.iter().map(|p| *p + vec2(80.0, 160.0)).collect();
    assert_eq!(hand.route(flow).bends, wanted);
    is_true(&hand, "moved as a whole");
}

#[test]
fn an_end_dragged_off_and_on_again_in_one_go_is_where_it_was() {
    let mut hand = rooms();
    let start = bytes(&hand);
    let end = end_of(&hand, "caller>store-4");
    let select = |hand: &mut Hand| so(hand.select(&["caller>store-4"]));
    select(&mut hand);
    hand.down(end).to(pt(0.0, 0.0)).to("Store 1").to(pt(1500.0, 900.0)).to("Store 4").up("Store 4");
    let flow = &hand.model().flows[&Id::from("caller>store-4")];
    assert_eq!(flow.to, Some(id("Store 4")));
    is_true(&hand, "there and back");
    while hand.document.undo() {}
    assert_eq!(bytes(&hand), start);
    // By way of the other kind of end, and undone while the hand is still out.
    select(&mut hand);
    hand.down(end).to("Store 1");
    assert_eq!(crossed(&hand, "caller>store-4").len(), 2, "crossings are seen while it is dragged");
    hand.event(CanvasEvent::Cancel);
    assert_eq!(bytes(&hand), start);
    assert_eq!(crossed(&hand, "caller>store-4").len(), 5);
}
