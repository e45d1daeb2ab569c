//! Flows under the hand: put in between, split, turned, restyled, reset.

use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use palisade::edit::{Document, Edit};
use palisade::geometry::{Rect, pt, rect};
use palisade::model::*;
use palisade::scene::{BoxKind, lay_out};
use palisade::tool::{Button, CanvasEvent, Key as Pressed, Modifiers, Operation, Pointer, Selection, Tool, perform, show_all};

fn does(hand: &mut Hand, operation: Operation) {
    hand.with_tools(|_, cx| perform(operation, cx));
}

fn ends(hand: &Hand, flow: &Id) -> (Option<Id>, Option<Id>) {
    let flow = &hand.model().flows[flow];
    (flow.from.clone(), flow.to.clone())
}

/// Customer → Web runs level at 136, free between 144 and 400.
const ON_FLOW: palisade::geometry::Point = pt(272.0, 136.0);

#[test]
fn an_element_dropped_on_a_flow_is_put_into_it() {
    let mut hand = shop();
    let data = hand.model().flows[&id("Customer>Web")].clone();
    hand.document.commit(&Edit::put(Key::Flow(id("Customer>Web")), Flow { protocol: Protocol::Https, ..data })).unwrap();
    hand.down("DB").to(pt(400.0, 300.0)).to(ON_FLOW);
    assert_eq!(hand.gesture.splits(), Some(&id("Customer>Web")), "it is shown before it is done");
    hand.up(ON_FLOW);
    assert_eq!(ends(&hand, &id("Customer>Web")), (Some(id("Customer")), Some(id("DB"))));
    let second = hand.flow_between(&id("DB"), &id("Web")).expect("it goes on").clone();
    assert_eq!(hand.model().flows[&second].protocol, Protocol::Https, "with what it carries");
    assert_eq!(hand.model().flows[&second].name, "Customer to Web");
    hand.undo();
    assert_eq!(hand.model().flows.len(), 2, "one step");
    assert_eq!(hand.rect("DB").x, 640.0);
}

#[test]
fn the_flow_that_made_way_for_an_element_is_still_split_through_its_middle_half() {
    let splits = |by: f32| {
        let mut hand = shop();
        let there = pt(ON_FLOW.x, ON_FLOW.y + by);
        hand.down("DB").to(pt(300.0, 260.0)).to(pt(there.x, there.y + 10.0)).to(there).up(there);
        hand.flow_between(&id("DB"), &id("Web")).is_some()
    };
    assert!([-14.0, 0.0, 14.0].map(splits).into_iter().all(|split| split));
    assert!(![-24.0, 24.0].map(splits).into_iter().any(|split| split), "nearer to its edge the flow goes around it");
}

#[test]
fn ctrl_drops_on_a_flow_without_splitting_it_and_escape_leaves_no_trace() {
    let mut hand = shop();
    hand.down("DB").holding(Modifiers::CTRL).to(pt(400.0, 300.0)).to(ON_FLOW).up(ON_FLOW);
    assert_eq!(hand.model().flows.len(), 2);
    let mut hand = shop();
    let before = hand.model().clone();
    hand.down("DB").to(pt(400.0, 300.0)).to(ON_FLOW).key(Pressed::Escape);
    assert!(*hand.model() == before);
}

#[test]
fn what_is_made_on_a_flow_is_put_into_it_and_an_end_never_splits_its_own_flow() {
    let mut hand = shop();
    hand.to(ON_FLOW).letter('P');
    let made = hand.made();
    assert_eq!(ends(&hand, &id("Customer>Web")), (Some(id("Customer")), Some(made.clone())));
    assert!(hand.flow_between(&made, &id("Web")).is_some());
    hand.undo();
    assert_eq!(hand.model().flows.len(), 2, "making and splitting is one step");
    hand.tool = Tool::Store;
    hand.drag(pt(220.0, 100.0), pt(324.0, 172.0));
    let made = hand.made();
    assert!(hand.flow_between(&id("Customer"), &made).is_some() && hand.flow_between(&made, &id("Web")).is_some());
    let mut hand = shop();
    hand.drag("Web", ("Web", -100.0, 0.0));
    assert_eq!(hand.model().flows.len(), 2);
}

#[test]
fn a_flow_is_put_back_together_by_deleting_what_was_put_into_it() {
    let mut hand = shop();
    hand.to(ON_FLOW).letter('P');
    hand.holding(Modifiers::SHIFT).key(Pressed::Delete);
    assert_eq!(ends(&hand, &id("Customer>Web")), (Some(id("Customer")), Some(id("Web"))));
    assert_eq!(hand.model().flows.len(), 2);
}

#[test]
fn line_style_heads_and_direction_change_for_all_that_is_selected() {
    let mut hand = shop();
    hand.select(&["Customer>Web", "Web>API"]);
    for style in [LineStyle::Curved, LineStyle::Straight, LineStyle::Orthogonal] {
        does(&mut hand, Operation::CycleLineStyle);
        assert_eq!((hand.route("customer>web").style, hand.route("web>api").style), (style, style));
    }
    does(&mut hand, Operation::ToggleHeads);
    assert!(hand.route("customer>web").two_heads && hand.route("web>api").two_heads);
    hand.select(&["Customer>Web"]);
    does(&mut hand, Operation::ToggleHeads);
    assert!(!hand.route("customer>web").two_heads && hand.route("web>api").two_heads);
    does(&mut hand, Operation::ReverseFlow);
    assert_eq!(ends(&hand, &id("Customer>Web")), (Some(id("Web")), Some(id("Customer"))));
    hand.undo();
    assert_eq!(ends(&hand, &id("Customer>Web")), (Some(id("Customer")), Some(id("Web"))));
}

#[test]
fn a_reversed_flow_keeps_its_line_and_a_reset_one_gives_it_up() {
    let mut hand = shop();
    let bent = Route {
        style: LineStyle::Straight,
        start: Attach::At(pt(1.0, 0.25)),
        bends: vec![pt(200.0, 60.0), pt(300.0, 80.0)],
        label: Some(0.25),
        two_heads: true,
        ..Route::default()
    };
    let key = Key::Placement(PlacementKey::new(MAIN, id("Customer>Web")));
    hand.document.commit(&Edit::put(key, Placement::Route(bent.clone()))).unwrap();
    hand.select(&["Customer>Web"]);
    does(&mut hand, Operation::ReverseFlow);
    let turned = hand.route("customer>web");
    assert_eq!((turned.end, turned.label), (bent.start, Some(0.75)));
    assert_eq!(turned.bends, [pt(300.0, 80.0), pt(200.0, 60.0)]);
    does(&mut hand, Operation::ResetRoute);
    let reset = Route { style: LineStyle::Straight, two_heads: true, ..Route::default() };
    assert_eq!(hand.route("customer>web"), reset, "looks stay, the course is free again");
}

#[test]
fn new_flows_are_drawn_in_the_style_of_the_diagram() {
    let mut hand = shop();
    let main = Diagram { line_style: LineStyle::Curved, ..hand.model().diagrams[&Id::from(MAIN)].clone() };
    hand.document.commit(&Edit::put(Key::Diagram(MAIN.into()), main)).unwrap();
    hand.tool = Tool::Flow;
    hand.drag("API", "DB");
    let made = hand.made();
    assert_eq!(hand.route(made.as_str()).style, LineStyle::Curved);
    hand.select(&["Customer", "DB"]).letter('F');
    let made = hand.made();
    assert_eq!(hand.route(made.as_str()).style, LineStyle::Curved);
}

#[test]
fn an_end_is_fixed_exactly_where_alt_or_a_resting_hand_put_it() {
    let drawn = |hand: &mut Hand, rest: f32| {
        hand.down(("API", 0.0, 36.0)).to(("DB", 0.0, -60.0)).to(("DB", 40.0, -30.0));
        hand.event(CanvasEvent::Wait(rest));
        hand.up(("DB", 40.0, -30.0));
        let made = hand.made();
        hand.route(made.as_str())
    };
    let mut hand = shop();
    hand.select(&["API"]);
    assert_eq!(drawn(&mut hand, 0.5).end, Attach::Auto, "the router chooses");
    let mut hand = shop();
    hand.select(&["API"]);
    let Attach::At(spot) = drawn(&mut hand, 0.8).end else { panic!("a resting hand means this very spot") };
    assert_eq!((spot.x, spot.y), (112.0 / 144.0, 0.0), "on the outline");
    let mut hand = shop();
    hand.select(&["API"]);
    hand.down(("API", 0.0, 36.0)).holding(Modifiers::ALT).to(("DB", 30.0, 0.0)).to(("DB", 5.0, -30.0)).up(("DB", 5.0, -30.0));
    let made = hand.made();
    assert_eq!(hand.route(made.as_str()).end, Attach::At(pt(0.5, 0.0)), "the middle of a side pulls");
    // The same for an end that is dragged; without Alt it is free again.
    hand.holding(Modifiers::NONE).select(&["Customer>Web"]);
    hand.down(pt(400.0, 136.0)).holding(Modifiers::ALT).to(("Web", -60.0, 0.0)).to(("Web", 0.0, 25.0)).up(("Web", 0.0, 25.0));
    assert_eq!(hand.route("customer>web").end, Attach::At(pt(0.5, 1.0)));
    hand.holding(Modifiers::NONE).drag(("Web", 0.0, 32.0), ("Web", 10.0, 10.0));
    assert_eq!(hand.route("customer>web").end, Attach::Auto);
}

#[test]
fn a_flow_begun_by_key_and_clicked_where_it_began_leads_back() {
    let mut hand = shop();
    hand.to("API").letter('F').click("API");
    let flow = hand.flow_between(&id("API"), &id("API")).expect("to itself").clone();
    hand.undo();
    assert!(!hand.model().flows.contains_key(&flow));
    // Two clicks on its edge are for its name.
    hand.select(&["API"]);
    hand.click(("API", 0.0, 33.0)).click(("API", 0.0, 33.0));
    assert!(hand.flow_between(&id("API"), &id("API")).is_none());
}

#[test]
fn a_flow_begun_by_key_is_one_from_where_a_drag_begins() {
    let between = |hand: &Hand, from: &str, to: &str| hand.flow_between(&id(from), &id(to)).is_some();
    // The pointer rests where the last flow led, or that is selected; the drag is from elsewhere all the same.
    for selected in [&[][..], &["API"]] {
        let mut hand = shop();
        let flows = hand.model().flows.len();
        hand.select(selected).to("API").letter('F').down("Customer").to(("Customer", 3.0, 2.0)).to("DB").up("DB");
        assert!(between(&hand, "Customer", "DB") && !between(&hand, "API", "Customer") && !between(&hand, "API", "DB"));
        assert_eq!(hand.model().flows.len(), flows + 1);
        hand.undo();
        // A click, however unsteady, ends the one that was begun.
        hand.select(selected).to("API").letter('F').down("Customer").to(("Customer", 9.0, 4.0)).up(("Customer", 9.0, 4.0));
        assert!(between(&hand, "API", "Customer"));
        hand.undo();
        // From itself it goes where the drag leads, and Escape on the way leaves nothing.
        hand.select(selected).to("API").letter('F').down("API").to("Customer").up("Customer");
        assert!(between(&hand, "API", "Customer") && !between(&hand, "API", "API"));
        hand.undo();
        hand.select(selected).to("API").letter('F');
        // The middle button only moves the view.
        let middle = Pointer { button: Button::Middle, ..hand.pointer(hand.middle("Customer")) };
        hand.event(CanvasEvent::Down(middle));
        hand.event(CanvasEvent::Up(middle));
        hand.to("DB").click("DB");
        assert!(between(&hand, "API", "DB") && !between(&hand, "Customer", "DB"));
        hand.undo();
        hand.select(selected).to("API").letter('F').down("Customer").to("DB").key(Pressed::Escape).up("DB");
        assert_eq!(hand.model().flows.len(), flows);
    }
}

#[test]
fn a_hand_that_rests_in_the_middle_of_an_element_means_no_spot() {
    let mut hand = shop();
    hand.select(&["API"]);
    hand.down(("API", 0.0, 36.0)).to(("DB", 0.0, -60.0)).to(("DB", 4.0, 2.0));
    hand.event(CanvasEvent::Wait(5.0));
    hand.up(("DB", 4.0, 2.0));
    let made = hand.made();
    assert_eq!(hand.route(made.as_str()).end, Attach::Auto);
}

/// Two elements one below the other and a flow that runs straight down from the one to the other.
fn upright() -> Hand {
    let mut model = ThreatModel::default();
    for (name, y) in [("a", 0.0), ("b", 300.0)] {
        model.elements.insert(name.into(), Element { name: name.into(), ..Element::default() });
        let place = Placement::Box(palisade::geometry::rect(0.0, y, 160.0, 64.0));
        model.placements.insert(PlacementKey::new(MAIN, name), place);
    }
    model.diagrams.insert(MAIN.into(), Diagram::default());
    model.flows.insert("a>b".into(), Flow { from: Some("a".into()), to: Some("b".into()), ..Flow::default() });
    model.placements.insert(PlacementKey::new(MAIN, "a>b"), Placement::Route(Route::default()));
    let mut hand = Hand::at(Document::new(model));
    hand.select(&["a>b"]);
    hand
}

#[test]
fn a_straight_flow_taken_aside_slides_along_its_elements_and_bends_only_further_out() {
    let mut hand = upright();
    hand.drag(pt(80.0, 200.0), pt(120.0, 200.0));
    let route = hand.route("a>b");
    assert_eq!((route.start, route.end), (Attach::At(pt(0.75, 1.0)), Attach::At(pt(0.75, 0.0))));
    assert!(route.bends.is_empty(), "still straight");
    hand.drag(pt(120.0, 200.0), pt(240.0, 200.0));
    let route = hand.route("a>b");
    let across: Vec<f32> = route.bends.iter().map(|b| b.x).collect();
    assert_eq!(across, [120.0, 240.0, 240.0, 120.0], "past their sides it goes out to there and back");
    hand.drag(pt(240.0, 200.0), pt(120.0, 200.0));
    assert_eq!(hand.route("a>b").bends, [], "back in line it has none");
}

#[test]
fn the_first_and_the_last_piece_taken_beyond_their_element_go_out_and_back() {
    let bent = || {
        let mut hand = shop();
        let data = Flow { to: Some(id("DB")), ..hand.model().flows[&id("Customer>Web")].clone() };
        hand.document.commit(&Edit::put(Key::Flow(id("Customer>Web")), data)).unwrap();
        hand.document.commit(&Edit::Remove { keys: ["Web", "API"].map(|n| Key::Element(id(n))).into() }).unwrap();
        let bends = vec![pt(400.0, 136.0), pt(400.0, 352.0)];
        let key = Key::Placement(PlacementKey::new(MAIN, id("Customer>Web")));
        let route = Route { style: LineStyle::Orthogonal, bends, ..Route::default() };
        hand.document.commit(&Edit::put(key, Placement::Route(route))).unwrap();
        hand.select(&["Customer>Web"]);
        hand
    };
    for (from, to) in [(pt(270.0, 136.0), 40.0), (pt(270.0, 136.0), 240.0), (pt(600.0, 352.0), 424.0), (pt(600.0, 352.0), 256.0)]
    {
        let mut hand = bent();
        hand.drag(from, pt(from.x, to));
        let corners = lay_out(hand.model(), &MAIN.into()).flows[&id("Customer>Web")].corners.clone();
        let what = format!("{from:?} to {to}: {corners:?}");
        let pieces: Vec<_> = corners.windows(2).map(|w| w[1] - w[0]).collect();
        assert!(pieces.iter().all(|v| v.x == 0.0 || v.y == 0.0), "{what}");
        assert!(pieces.windows(2).all(|w| w[0].dot(w[1]) >= 0.0), "no spur: {what}");
        assert!(corners.iter().any(|c| c.y == to), "where it was put: {what}");
        let upright = corners.windows(2).filter(|w| w[0].x == w[1].x).map(|w| w[0].x);
        assert!(upright.into_iter().all(|x| x > 150.0 && x < 634.0), "beside its elements: {what}");
    }
}

#[test]
fn a_flow_fixed_to_a_side_leaves_it_at_a_right_angle_on_its_way_to_a_bend() {
    let mut hand = upright();
    let bends = vec![pt(240.0, 200.0)];
    let route = Route { start: Attach::At(pt(0.5, 1.0)), end: Attach::At(pt(1.0, 0.5)), bends, ..Route::default() };
    hand.document.commit(&Edit::put(Key::Placement(PlacementKey::new(MAIN, "a>b")), Placement::Route(route))).unwrap();
    let layout = lay_out(hand.model(), &MAIN.into());
    let corners = &layout.flows[&Id::new("a>b")].corners;
    assert_eq!(corners, &[pt(80.0, 64.0), pt(80.0, 200.0), pt(240.0, 200.0), pt(240.0, 332.0), pt(160.0, 332.0)]);
}

#[test]
fn a_bend_goes_with_a_double_click_or_delete_and_the_flow_stays() {
    let mut hand = shop();
    let route = Route { style: LineStyle::Straight, bends: vec![pt(200.0, 40.0), pt(300.0, 40.0)], ..Route::default() };
    let key = Key::Placement(PlacementKey::new(MAIN, id("Customer>Web")));
    hand.document.commit(&Edit::put(key, Placement::Route(route))).unwrap();
    hand.select(&["Customer>Web"]);
    hand.event(CanvasEvent::DoubleClick(Pointer { at: pt(200.0, 40.0), button: Button::Primary, modifiers: Modifiers::NONE }));
    assert_eq!(hand.route("customer>web").bends, [pt(300.0, 40.0)]);
    hand.to(pt(300.0, 40.0)).key(Pressed::Delete);
    assert!(hand.route("customer>web").bends.is_empty());
    hand.key(Pressed::Delete);
    assert!(!hand.model().flows.contains_key(&id("Customer>Web")), "away from bends Delete deletes");
}

#[test]
fn no_flow_ends_at_a_note() {
    let mut hand = shop();
    let (note, place) = (Note { text: "Later".into(), ..Note::default() }, palisade::geometry::rect(0.0, 500.0, 160.0, 72.0));
    hand.document.commit(&Edit::AddNote { id: id("note"), note, diagram: MAIN.into(), rect: place }).unwrap();
    hand.select(&["Customer"]);
    let elements = hand.model().elements.len();
    hand.drag(("Customer", 0.0, 36.0), pt(80.0, 530.0));
    assert_eq!((hand.model().elements.len(), hand.model().flows.len()), (elements, 2));
}

/// A column of four close to the seam of their boundary, each with a flow to something outside further down.
fn column() -> Hand {
    let names = ["One", "Two", "Three", "Four"];
    let outside = ["Lab", "Archive", "Pharmacy", "Bank"];
    let inner = names.iter().fold(model("Column").boundary("Clinic", 2), |m, name| m.process(name).inside("Clinic"));
    let with = outside.iter().fold(inner, |m, name| m.entity(name));
    let mut m = names.iter().zip(outside).fold(with, |m, (from, to)| m.flow(from, to)).build();
    let mut place = |name: &str, r| m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(r));
    place("Clinic", rect(392.0, 0.0, 400.0, 440.0));
    for n in 0..4 {
        place(names[n], rect(416.0, 24.0 + 104.0 * n as f32, 144.0, 64.0));
        place(outside[n], rect(0.0, 180.0 + 104.0 * n as f32, 144.0, 64.0));
    }
    Hand::at(Document::new(m))
}

#[test]
fn flows_do_not_crowd_between_elements_and_a_seam_while_there_is_room_outside() {
    let hand = column();
    let layout = lay_out(hand.model(), &MAIN.into());
    let runs = |id: &Id| layout.flows[id].corners.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>();
    let upright = layout.flows.keys().flat_map(runs).filter(|(a, b)| a.x == b.x && (a.y - b.y).abs() > 60.0);
    let mut at: Vec<f32> = upright.map(|(a, _)| a.x).collect();
    at.sort_by(f32::total_cmp);
    assert!(at.iter().all(|x| !(392.0..416.0).contains(x)), "there is room outside: {at:?}");
    assert!(at.windows(2).all(|w| w[1] - w[0] >= 8.0), "{at:?}");
}

#[test]
fn a_piece_taken_over_another_element_goes_around_it_and_not_through_its_own() {
    let text = std::fs::read_to_string("sample_models/web-shop.ron").unwrap();
    let mut hand = Hand::at(Document::new(palisade::storage::load(&text).unwrap().model));
    let flow = hand.model().flows.iter().find(|(_, f)| f.name == "Administration queries").unwrap().0.clone();
    let diagram = hand.model().diagram_order().remove(0);
    let drawn = |hand: &Hand| lay_out(hand.model(), &diagram);
    let corners = drawn(&hand).flows[&flow].corners.clone();
    let at = corners[0].lerp(corners[1], 0.9);
    hand.selection = Selection::one(flow.clone());
    // Its bend comes to lie clear of the store for backups, on it, and below it.
    for by in [30.0, 60.0, 82.0, 150.0] {
        hand.down(at).to(pt(at.x, at.y + by / 2.0)).up(pt(at.x, at.y + by));
        let layout = drawn(&hand);
        let course = &layout.flows[&flow];
        for (id, placed) in layout.boxes.iter().filter(|(_, b)| matches!(b.kind, BoxKind::Element(_))) {
            let inner = placed.rect.expand(-2.0);
            let through = course.corners.windows(2).any(|w| Rect::from_corners(w[0], w[1]).intersects(inner));
            assert!(!through, "{by}: {:?} through {id}", course.corners);
        }
        // What was taken runs where it was put, as far as nothing stands there.
        let put = course.corners.windows(2).any(|w| (w[0].y - w[1].y).abs() < 0.1 && (w[0].y - at.y - by).abs() <= 4.0);
        assert!(put && course.corners.len() <= 6, "{by}: {:?}", course.corners);
        hand.undo();
    }
}

#[test]
fn bends_that_lead_nowhere_any_more_are_left_out_until_they_lead_somewhere_again() {
    let mut hand = upright();
    // Out to the right of both, down, and back.
    let bends = vec![pt(300.0, 32.0), pt(300.0, 332.0)];
    let route = Route { bends: bends.clone(), ..Route::default() };
    let key = Key::Placement(PlacementKey::new(MAIN, "a>b"));
    hand.document.commit(&Edit::put(key, Placement::Route(route))).unwrap();
    let corners = |hand: &Hand| lay_out(hand.model(), &MAIN.into()).flows[&Id::new("a>b")].corners.clone();
    let drawn = corners(&hand);
    assert_eq!(drawn[1..3], bends);
    // The lower one goes up beyond the bends: they would lead down and back up through it.
    hand.select(&["b"]).down(pt(80.0, 332.0)).to(pt(300.0, 80.0)).up(pt(300.0, -220.0));
    let moved = corners(&hand);
    let turns_back = |w: &[palisade::geometry::Point]| (w[1] - w[0]).unit().dot((w[2] - w[1]).unit()) < -0.5;
    assert!(!moved.windows(3).any(turns_back), "{moved:?}");
    let own = lay_out(hand.model(), &MAIN.into()).boxes[&Id::new("b")].rect.expand(-2.0);
    assert!(!moved.windows(2).any(|w| Rect::from_corners(w[0], w[1]).intersects(own)), "{moved:?}");
    // Nothing is lost.
    assert_eq!(hand.route("a>b").bends, bends);
    hand.select(&["b"]).down(pt(300.0, -220.0)).to(pt(200.0, 80.0)).up(pt(80.0, 332.0));
    assert_eq!(corners(&hand)[..3], drawn[..3]);
}

#[test]
fn what_runs_in_a_boundary_goes_with_it() {
    let mut hand = shop();
    let rect_of = |hand: &Hand, id: &Id| lay_out(hand.model(), &MAIN.into()).boxes[id].rect;
    hand.select(&["API"]).letter('B');
    let frame = hand.made();
    let inner = rect_of(&hand, &frame);
    let (outside, inside) = (pt(inner.x - 40.0, inner.bottom() - 10.0), pt(inner.x + 10.0, inner.bottom() - 10.0));
    let key = Key::Placement(PlacementKey::new(MAIN, "web>api"));
    let route = Route { bends: vec![outside, inside], ..Route::default() };
    hand.document.commit(&Edit::put(key, Placement::Route(route))).unwrap();
    let seam = pt(inner.x + 0.3 * inner.w, inner.bottom());
    hand.select(&[]).down(seam).to(pt(seam.x, seam.y + 30.0)).up(pt(seam.x + 96.0, seam.y + 64.0));
    let by = rect_of(&hand, &frame).min() - inner.min();
    assert!(by.length() > 50.0, "{by:?}");
    assert_eq!(hand.route("web>api").bends, [outside, inside + by]);
}

#[test]
fn heads_at_both_ends_are_drawn_on_every_diagram_and_on_those_to_come() {
    let mut hand = shop();
    let show = |hand: &mut Hand, name: &str| {
        let diagram = Id::new(name);
        hand.document.commit(&Edit::put(Key::Diagram(diagram.clone()), Diagram::default())).unwrap();
        let edit = show_all(hand.model(), &diagram, [&id("Customer"), &id("Web")]).expect("neither is there yet");
        hand.document.commit(&edit).unwrap();
    };
    let heads = |hand: &Hand, name: &str| match hand.model().placement(&Id::new(name), &id("Customer>Web")) {
        Some(Placement::Route(route)) => route.two_heads,
        other => panic!("{name}: {other:?}"),
    };
    show(&mut hand, "second");
    hand.select(&["Customer>Web"]);
    does(&mut hand, Operation::ToggleHeads);
    assert!(heads(&hand, MAIN) && heads(&hand, "second"));
    show(&mut hand, "third");
    assert!(heads(&hand, "third"));
    does(&mut hand, Operation::ToggleHeads);
    assert!(![MAIN, "second", "third"].iter().any(|diagram| heads(&hand, diagram)));
    // One step for all.
    hand.undo();
    assert!(heads(&hand, MAIN) && heads(&hand, "second") && heads(&hand, "third"));
}

#[test]
fn bends_set_at_round_outlines_are_kept() {
    for notation in [Notation::YourdonDeMarco, Notation::GaneSarson, Notation::Rounded] {
        for kind in [ElementKind::Process, ElementKind::DataStore, ElementKind::ExternalEntity] {
            for off in [-18.0, -16.0, 0.0, 16.0, 18.0] {
                let mut model = upright().model().clone();
                model.elements.values_mut().for_each(|element| element.kind = kind);
                model.info.notation = notation;
                let from_sides = vec![pt(300.0, 32.0 + off), pt(300.0, 332.0 + off)];
                let from_ends =
                    vec![pt(80.0 + 2.5 * off, -60.0), pt(300.0, -60.0), pt(300.0, 440.0), pt(80.0 + 2.5 * off, 440.0)];
                for bends in [from_sides, from_ends] {
                    let route = Route { bends: bends.clone(), ..Route::default() };
                    model.placements.insert(PlacementKey::new(MAIN, "a>b"), Placement::Route(route));
                    let corners = lay_out(&model, &MAIN.into()).flows[&Id::new("a>b")].corners.clone();
                    assert_eq!(corners[1..corners.len() - 1], bends, "{notation:?} {kind:?} {off}");
                }
            }
        }
    }
}
