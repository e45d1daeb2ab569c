//! Trust boundaries drawn as open lines: drawing, shaping, moving and naming them, and which flows they separate.

use crate::support::curves::{distance, fine};
use crate::support::dsl::{MAIN, id, model};
use crate::support::hand::{Hand, shop};
use crate::support::scripts::scripts;
use palisade::edit::Edit;
use palisade::geometry::{Point, Rect, pt, rect, segment_crossing, vec2};
use palisade::library::Library;
use palisade::model::{Key as Record, *};
use palisade::risk::assess;
use palisade::scene::{DiagramLayout, Look, draw, lay_out};
use palisade::tool::{CanvasEvent, Key, Modifiers, Operation, Selection, Tool, perform};
use proptest::prelude::*;

fn line(hand: &Hand, item: &Id) -> BoundaryLine {
    match hand.model().placement(&MAIN.into(), item) {
        Some(Placement::Line(line)) => line.clone(),
        other => panic!("drawn as {other:?}"),
    }
}

fn points(hand: &Hand) -> Vec<Point> {
    line(hand, &hand.made()).points
}

fn lines(hand: &Hand) -> usize {
    hand.model().placements.values().filter(|p| matches!(p, Placement::Line(_))).count()
}

fn double_click(hand: &mut Hand, at: Point) {
    hand.click(at).click(at);
    let pointer = hand.pointer(at);
    hand.event(CanvasEvent::DoubleClick(pointer));
}

/// The shop with a line between customer and DMZ, drawn by a drag and selected.
fn walled() -> Hand {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.drag(pt(240.0, -40.0), pt(240.0, 480.0));
    hand
}

#[test]
fn shift_b_takes_the_tool() {
    let mut hand = shop();
    hand.holding(Modifiers::SHIFT).letter('B');
    assert_eq!(hand.tool, Tool::Line);
    hand.holding(Modifiers::NONE).key(Key::Escape);
    assert_eq!(hand.tool, Tool::Select);
}

#[test]
fn a_drag_draws_a_line_at_once() {
    let hand = walled();
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(240.0, 480.0)]);
    assert_eq!(line(&hand, &hand.made()).style, LineStyle::Curved);
    assert_eq!((hand.label.as_ref(), hand.tool), (Some(&hand.made()), Tool::Select), "its label is open, the tool put away");
    assert!(!hand.gesture.is_active());
    let before = shop().model().clone();
    let mut hand = hand;
    assert_eq!(hand.undo().model(), &before, "one step takes it all back");
}

#[test]
fn clicks_draw_it_point_by_point_and_enter_ends_it() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.click(pt(240.0, -40.0)).to(pt(200.0, 100.0));
    assert_eq!(lines(&hand), 1, "it is seen while it is drawn");
    hand.click(pt(200.0, 100.0)).to(pt(221.0, 303.0)).click(pt(241.0, 481.0)).to(pt(300.0, 600.0)).key(Key::Enter);
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(200.0, 104.0), pt(240.0, 480.0)], "on the grid, and only what was clicked");
    assert_eq!(hand.undo().model(), shop().model());
}

#[test]
fn a_double_click_ends_it_and_quick_clicks_apart_do_not() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.click(pt(240.0, -40.0)).click(pt(200.0, 104.0));
    let pointer = hand.pointer(pt(200.0, 104.0));
    hand.event(CanvasEvent::DoubleClick(pointer));
    assert!(hand.gesture.is_active(), "two points, one after the other");
    double_click(&mut hand, pt(240.0, 480.0));
    assert!(!hand.gesture.is_active());
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(200.0, 104.0), pt(240.0, 480.0)]);
    assert_eq!(hand.model().elements.len(), shop().model().elements.len(), "and makes no process there");
}

#[test]
fn escape_leaves_no_trace_and_delete_takes_back_a_point() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.click(pt(240.0, -40.0)).click(pt(200.0, 104.0)).to(pt(240.0, 480.0));
    hand.event(CanvasEvent::Cancel);
    assert_eq!((hand.model(), hand.document.undo_label()), (shop().model(), None));
    hand.click(pt(240.0, -40.0)).click(pt(200.0, 104.0)).key(Key::Delete).click(pt(240.0, 480.0)).key(Key::Enter);
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(240.0, 480.0)]);
}

#[test]
fn dragging_a_piece_adds_a_corner_and_dragging_it_straight_takes_it_away() {
    let mut hand = walled();
    hand.drag(pt(240.0, 30.0), pt(280.0, 24.0));
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(280.0, 24.0), pt(240.0, 480.0)]);
    hand.drag(pt(280.0, 24.0), pt(200.0, 240.0));
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(200.0, 240.0), pt(240.0, 480.0)], "the corner itself moves");
    hand.undo();
    hand.drag(pt(280.0, 24.0), pt(242.0, 240.0));
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(240.0, 480.0)]);
}

#[test]
fn a_piece_of_a_long_curve_gets_its_corner_in_the_right_place() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    for y in [0.0, 160.0, 320.0, 480.0] {
        hand.click(pt(240.0, y));
    }
    hand.key(Key::Enter);
    for style in [LineStyle::Curved, LineStyle::Straight, LineStyle::Orthogonal] {
        assert_eq!(line(&hand, &hand.made()).style, style);
        hand.drag(pt(240.0, 400.0), pt(288.0, 400.0));
        assert_eq!(points(&hand).get(3), Some(&pt(288.0, 400.0)), "between the last two as {style:?}");
        hand.undo();
        hand.with_tools(|_, cx| perform(Operation::CycleLineStyle, cx));
    }
}

#[test]
fn delete_or_a_double_click_removes_a_corner_but_never_the_last_two() {
    let mut hand = walled();
    hand.drag(pt(240.0, 30.0), pt(280.0, 24.0));
    hand.to(pt(280.0, 24.0)).key(Key::Delete);
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(240.0, 480.0)]);
    hand.undo();
    double_click(&mut hand, pt(280.0, 24.0));
    assert_eq!(points(&hand), [pt(240.0, -40.0), pt(240.0, 480.0)]);
    double_click(&mut hand, pt(240.0, -40.0));
    assert_eq!(points(&hand).len(), 2, "a line has two ends");
    hand.to(pt(500.0, 600.0)).key(Key::Delete);
    assert_eq!(hand.model(), shop().model(), "away from its corners the whole line goes");
}

#[test]
fn it_moves_as_a_whole_by_its_tab_and_with_what_else_is_selected() {
    let mut hand = walled();
    let wall = hand.made();
    let named = Boundary { name: "Perimeter".into(), ..Boundary::default() };
    let edit = Edit::put(Record::Boundary(wall.clone()), named);
    hand.document.commit(&edit).expect("it has a name");
    let tab = lay_out(hand.model(), &MAIN.into()).lines[&wall].tab.expect("and so a tab").center();
    hand.drag(tab, pt(tab.x + 40.0, tab.y));
    assert_eq!(points(&hand), [pt(280.0, -40.0), pt(280.0, 480.0)]);
    hand.selection.items.insert(id("Customer"));
    hand.drag(pt(280.0, -20.0), pt(320.0, -20.0));
    assert_eq!(line(&hand, &wall).points, [pt(320.0, -40.0), pt(320.0, 480.0)]);
    assert_eq!(hand.rect("Customer").x, 40.0);
}

#[test]
fn what_it_separates_is_crossed_and_said() {
    let mut hand = walled();
    let wall = hand.made();
    assert!(line_crossings(hand.model())[&id("Customer>Web")].contains(&wall));
    assert!(!line_crossings(hand.model()).contains_key(&id("Web>API")));
    let named = Boundary { name: "Perimeter".into(), trust: Some(1), ..Boundary::default() };
    let edit = Edit::put(Record::Boundary(wall.clone()), named);
    hand.document.commit(&edit).expect("it has a name");
    let (model, main) = (hand.model(), Id::from(MAIN));
    let scene = draw(model, &assess(model, Library::builtin()), &lay_out(model, &main), &Look::default());
    let said = |start: &str| scene.items.iter().find(|i| i.alt.starts_with(start)).map(|i| i.alt.clone()).expect("it is said");
    assert!(said("Trust boundary Perimeter, trust 1").ends_with("a line that separates the ends of 1 data flow"));
    assert!(said("Data flow Customer to Web").contains("Perimeter"));
}

#[test]
fn a_flow_through_a_corner_of_the_line_crosses_it_once() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.click(pt(240.0, -40.0)).click(pt(240.0, 136.0)).click(pt(240.0, 480.0)).key(Key::Enter);
    let wall = hand.made();
    for _ in 0..3 {
        let style = line(&hand, &wall).style;
        assert!(line_crossings(hand.model())[&id("Customer>Web")].contains(&wall), "{style:?}");
        hand.with_tools(|_, cx| perform(Operation::CycleLineStyle, cx));
    }
}

fn styles() -> impl Strategy<Value = LineStyle> {
    prop_oneof![Just(LineStyle::Straight), Just(LineStyle::Orthogonal), Just(LineStyle::Curved)]
}

fn place(m: &mut ThreatModel, name: &str, to: Placement) {
    m.placements.insert(PlacementKey::new(MAIN, id(name)), to);
}

/// A flow from A to B through way-points, and a line called Wall.
fn crossed(style: LineStyle, at: (f32, f32), bends: &[(f32, f32)], wall: BoundaryLine) -> ThreatModel {
    let mut m = model("M").process("A").process("B").flow("A", "B").build();
    place(&mut m, "A", Placement::Box(rect(0.0, 0.0, 120.0, 60.0)));
    place(&mut m, "B", Placement::Box(rect(at.0, at.1, 120.0, 60.0)));
    let bends = bends.iter().map(|(x, y)| pt(*x, *y)).collect();
    place(&mut m, "A>B", Placement::Route(Route { style, bends, ..Route::default() }));
    m.boundaries.insert(id("Wall"), Boundary { name: "Wall".into(), ..Boundary::default() });
    place(&mut m, "Wall", Placement::Line(wall));
    m
}

/// Whether a line meets one of the elements, or ends in it.
fn runs_through_an_end(layout: &DiagramLayout, wall: &[Point]) -> bool {
    let boxes = ["A", "B"].map(|name| layout.boxes[&id(name)].rect.expand(2.0));
    let meets = |w: &[Point], r: &Rect| {
        let c = r.corners();
        r.contains(w[0]) || (0..4).any(|n| segment_crossing((w[0], w[1]), (c[n], c[(n + 1) % 4])).is_some())
    };
    wall.windows(2).any(|w| boxes.iter().any(|r| meets(w, r)))
}

/// How often two lines meet; parts that are nowhere near each other are passed over.
fn meetings(a: &[Point], b: &[Point]) -> usize {
    let parts = |line: &[Point]| -> Vec<(Rect, Vec<Point>)> {
        let part = |from: usize| line[from..line.len().min(from + 41)].to_vec();
        let around = |points: Vec<Point>| (Rect::around(points.iter().copied()).unwrap_or_default().expand(0.1), points);
        (0..line.len() - 1).step_by(40).map(|from| around(part(from))).collect()
    };
    let (a, b) = (parts(a), parts(b));
    let near = a.iter().flat_map(|u| b.iter().filter(|v| u.0.intersects(v.0)).map(move |v| (&u.1, &v.1)));
    let pieces = near.flat_map(|(u, v)| u.windows(2).flat_map(move |p| v.windows(2).map(move |q| (p, q))));
    pieces.filter(|(p, q)| segment_crossing((p[0], p[1]), (q[0], q[1])).is_some()).count()
}

proptest! {
    #![proptest_config(scripts(64))]

    #[test]
    fn crossings_lie_on_both_drawn_lines(
        style in styles(),
        drawn in styles(),
        at in (250.0..900.0f32, -400.0..400.0f32),
        bends in prop::collection::vec((-600.0..900.0f32, -500.0..500.0f32), 0..4),
        wall in prop::collection::vec((-100.0..900.0f32, -500.0..500.0f32), 2..6),
    ) {
        let points = wall.iter().map(|(x, y)| pt(*x, *y)).collect();
        let m = crossed(style, at, &bends, BoundaryLine { points, style: drawn });
        let layout = lay_out(&m, &MAIN.into());
        let (flow, wall) = (&layout.flows[&id("A>B")], &layout.lines[&id("Wall")]);
        let (flow_line, wall_line) = (fine(&flow.steps), fine(&wall.steps));
        // Through an element a line may count without being met: its marker then stands where the flow is nearest.
        prop_assume!(!runs_through_an_end(&layout, &wall_line));
        for crossing in &flow.crossings {
            let off = (distance(crossing.at, &flow_line), distance(crossing.at, &wall_line));
            prop_assert!(off.0 < 0.5 && off.1 < 0.5, "{off:?} off {style:?} and {drawn:?}");
        }
    }

    #[test]
    fn a_line_that_separates_counts_just_when_it_is_seen_to_be_crossed_an_odd_number_of_times(
        style in styles(),
        drawn in styles(),
        at in (250.0..900.0f32, -400.0..400.0f32),
        bends in prop::collection::vec((-600.0..900.0f32, -500.0..500.0f32), 1..4),
        ends in (-900.0..1200.0f32, -900.0..1200.0f32),
        inner in prop::collection::vec((-300.0..900.0f32, -500.0..500.0f32), 0..4),
    ) {
        // Its ends are clear of the flow, as those of a line that parts a diagram in two are.
        let (top, foot) = (pt(ends.0, -4000.0), pt(ends.1, 4000.0));
        let points = std::iter::once(top).chain(inner.iter().map(|(x, y)| pt(*x, *y))).chain([foot]).collect();
        let m = crossed(style, at, &bends, BoundaryLine { points, style: drawn });
        let layout = lay_out(&m, &MAIN.into());
        let wall = fine(&layout.lines[&id("Wall")].steps);
        prop_assume!(!runs_through_an_end(&layout, &wall));
        let seen = meetings(&fine(&layout.flows[&id("A>B")].steps), &wall);
        let counts = line_crossings(&m).get(&id("A>B")).is_some_and(|walls| walls.contains(&id("Wall")));
        prop_assert_eq!(counts, seen % 2 == 1, "{} crossings are seen", seen);
    }

    #[test]
    fn markers_say_what_is_scored_wherever_a_line_ends_and_whatever_it_runs_through(
        style in styles(),
        drawn in styles(),
        at in (250.0..900.0f32, -400.0..400.0f32),
        bends in prop::collection::vec((-600.0..900.0f32, -500.0..500.0f32), 0..4),
        wall in prop::collection::vec((-300.0..1100.0f32, -500.0..500.0f32), 2..6),
    ) {
        let points = wall.iter().map(|(x, y)| pt(*x, *y)).collect();
        let m = crossed(style, at, &bends, BoundaryLine { points, style: drawn });
        let layout = lay_out(&m, &MAIN.into());
        let flow = &layout.flows[&id("A>B")];
        let counts = line_crossings(&m).get(&id("A>B")).is_some_and(|walls| walls.contains(&id("Wall")));
        prop_assert_eq!(counts, flow.crossings.len() % 2 == 1, "{:?}", &flow.crossings);
        let course = fine(&flow.steps);
        prop_assert!(flow.crossings.iter().all(|c| distance(c.at, &course) < 4.0), "{:?} is off the flow", &flow.crossings);
    }
}

#[test]
fn a_line_through_an_element_is_marked_where_the_flow_leaves_it() {
    // The line is right of the middle, so that the flow to the right crosses it; what is drawn begins at the outline.
    let wall = BoundaryLine { points: vec![pt(90.0, -300.0), pt(90.0, 300.0)], style: LineStyle::Straight };
    let m = crossed(LineStyle::Orthogonal, (500.0, 0.0), &[], wall);
    let layout = lay_out(&m, &MAIN.into());
    let flow = &layout.flows[&id("A>B")];
    let a = layout.boxes[&id("A")].rect;
    assert!(a.center().x < 90.0 && a.right() > 90.0, "{a:?}");
    assert_eq!(flow.crossings.iter().map(|c| c.at).collect::<Vec<_>>(), [flow.start.at]);
}

#[test]
fn a_line_belongs_to_the_frame_around_it_and_goes_with_it() {
    let mut hand = shop();
    hand.tool = Tool::Line;
    hand.drag(pt(592.0, 72.0), pt(592.0, 208.0));
    let wall = hand.made();
    let home = |hand: &Hand| hand.model().boundaries[&wall].parent.clone();
    assert_eq!(home(&hand), Some(id("DMZ")));
    let seam = pt(500.0, 48.0);
    hand.selection = Selection::default();
    hand.drag(seam, seam + vec2(0.0, 16.0));
    assert_eq!(line(&hand, &wall).points, [pt(592.0, 88.0), pt(592.0, 224.0)]);
    hand.select(&["dmz"]);
    hand.with_tools(|_, cx| perform(Operation::Fold, cx));
    assert!(!lay_out(hand.model(), &MAIN.into()).lines.contains_key(&wall), "and is hidden with it");
}

#[test]
fn a_line_is_carried_by_any_piece_until_it_is_selected() {
    let mut hand = walled();
    hand.selection = Selection::default();
    hand.drag(pt(240.0, 30.0), pt(272.0, 38.0));
    assert_eq!(points(&hand), [pt(272.0, -32.0), pt(272.0, 488.0)], "as a whole");
    hand.drag(pt(272.0, 38.0), pt(304.0, 40.0));
    assert_eq!(points(&hand).len(), 3, "then it is shaped");
}

#[test]
fn even_an_unnamed_line_has_a_tab_to_take_it_by() {
    let mut hand = walled();
    let layout = lay_out(hand.model(), &MAIN.into());
    let tab = layout.lines[&hand.made()].tab.expect("a tab");
    hand.drag(tab.center(), tab.center() + vec2(-40.0, 8.0));
    assert_eq!(points(&hand), [pt(200.0, -32.0), pt(200.0, 488.0)]);
}
