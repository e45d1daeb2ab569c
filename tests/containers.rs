//! Boundaries hold what lies in them, and what lies in them is theirs: by scripts of gestures.

mod support;

use palisade::geometry::{Point, Rect, pt, rect, vec2};
use palisade::model::*;
use palisade::scene::{BoxKind, lay_out};
use palisade::tool::{Key, *};
use proptest::prelude::*;
use support::dsl::{MAIN, id};
use support::hand::{Hand, shop};

fn main_diagram() -> Id {
    MAIN.into()
}

/// The picture does not lie: every element lies with its middle in its innermost drawn boundary and in no stranger's,
/// every boundary as a whole in the one around it and over none beside it.
fn faults(model: &ThreatModel) -> Vec<String> {
    let diagram = main_diagram();
    let layout = lay_out(model, &diagram);
    let boundaries: Vec<(&Id, Rect)> = layout
        .boxes
        .iter()
        .filter(|(_, b)| matches!(b.kind, BoxKind::Boundary | BoxKind::Folded))
        .map(|(i, b)| (i, b.rect))
        .collect();
    let mut out = Vec::new();
    for (id, b) in layout.boxes.iter().filter(|(_, b)| b.kind != BoxKind::Note) {
        let around = model.boundaries_around(id);
        for (boundary, frame) in boundaries.iter().filter(|(other, _)| *other != id) {
            let inside = frame.contains(b.rect.center());
            if around.contains(boundary) != inside && !model.boundaries_around(boundary).contains(id) {
                let verb = if inside { "lies in" } else { "lies outside of" };
                out.push(format!("{id} {:?} {verb} {boundary} {frame:?}", b.rect));
            }
            if b.kind == BoxKind::Boundary && around.contains(boundary) && !frame.contains_rect(b.rect) {
                out.push(format!("{id} {:?} reaches over {boundary} {frame:?}", b.rect));
            }
        }
    }
    out
}

#[track_caller]
fn assert_true_picture(hand: &Hand) {
    assert_eq!(faults(hand.model()), Vec::<String>::new());
}

#[test]
fn a_boundary_grows_around_what_is_dropped_over_its_seam_as_one_step() {
    let mut hand = shop();
    let (dmz, cloud) = (hand.rect("DMZ"), hand.rect("Cloud"));
    hand.drag("Web", pt(364.0, 136.0));
    assert_eq!(hand.boundary_of("Web"), Some("dmz"), "its middle is still inside");
    let grown = hand.rect("DMZ");
    assert_eq!(grown.x, hand.rect("Web").x - 16.0, "16 px of room");
    assert_eq!((grown.right(), grown.y, grown.bottom()), (dmz.right(), dmz.y, dmz.bottom()), "nowhere else");
    assert_eq!(hand.rect("Cloud").x, grown.x - 16.0, "and what is around it as well");
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!((hand.rect("DMZ"), hand.rect("Cloud")), (dmz, cloud), "one step");
    hand.drag("Web", pt(300.0, 136.0));
    assert_eq!((hand.boundary_of("Web"), hand.rect("DMZ")), (None, dmz), "with its middle outside it leaves, and nothing grows");
}

#[test]
fn a_seam_grows_live_and_the_way_there_does_not_matter() {
    let mut hand = shop();
    hand.down("Web").to(pt(364.0, 136.0));
    assert_eq!(hand.rect("DMZ").x, hand.rect("Web").x - 16.0, "seen while it is dragged");
    // Now the seam is further out; what counts is where it was.
    hand.to(pt(330.0, 136.0));
    assert_eq!(hand.boundary_of("Web"), Some("cloud"));
    assert_eq!(hand.rect("DMZ").x, 360.0);
    hand.key(Key::Escape);
    assert!(!hand.document.is_dirty());
}

#[test]
fn strangers_step_aside_with_all_they_contain() {
    let mut hand = shop();
    let (customer, cloud) = (hand.rect("Customer"), hand.rect("Cloud"));
    hand.drag("DB", pt(330.0, 352.0));
    assert!(hand.rect("Cloud").x < 260.0);
    assert_eq!((hand.boundary_of("DB"), hand.rect("Customer")), (Some("cloud"), customer), "it is not in the way yet");
    hand.undo();
    // The DMZ grows to the right over nothing; moved down, it grows into the DB, which belongs to the cloud.
    let db = hand.rect("DB");
    hand.drag("API", ("API", 0.0, 80.0));
    assert_eq!(hand.boundary_of("API"), Some("dmz"));
    assert!(!hand.rect("DMZ").intersects(hand.rect("DB")) && hand.rect("DB") == db, "there is room");
    hand.undo();
    hand.select(&["dmz"]).holding(Modifiers::CTRL).drag(pt(592.0, 228.0), pt(592.0, 380.0));
    assert_eq!(hand.boundary_of("DB"), Some("cloud"), "not taken in");
    assert!(!hand.rect("DMZ").contains(hand.middle("DB")), "so it steps aside");
    assert!(hand.rect("Cloud").contains_rect(hand.rect("DB")) && hand.rect("Cloud").area() > cloud.area());
    assert_true_picture(&hand);
}

#[test]
fn a_boundary_drawn_or_wrapped_over_others_never_lies() {
    let mut hand = shop();
    hand.select(&["customer", "db"]).letter('B');
    let made = hand.made();
    assert_eq!(hand.model().boundaries[&made].parent, None);
    assert_true_picture(&hand);
    hand.undo();
    hand.tool = Tool::Boundary;
    hand.drag(pt(600.0, -100.0), pt(1000.0, 250.0));
    assert_true_picture(&hand);
}

#[test]
fn a_frame_moved_alone_takes_in_and_leaves_behind_what_it_passes_over() {
    let mut hand = shop();
    hand.holding(Modifiers::ALT).drag(pt(560.0, 48.0), pt(560.0, 240.0));
    assert_eq!(hand.rect("Web").y, 104.0, "content stays");
    assert_eq!((hand.boundary_of("Web"), hand.boundary_of("DB")), (Some("cloud"), Some("dmz")));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.boundary_of("Web"), Some("dmz"));
}

#[test]
fn pulled_out_things_go_the_shortest_way_into_the_boundary_around() {
    let mut hand = shop();
    let before = hand.rect("Web");
    hand.select(&["web"]).holding(Modifiers { ctrl: true, shift: true, alt: false }).key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), Some("cloud"));
    let (web, dmz) = (hand.rect("Web"), hand.rect("DMZ"));
    assert!(!web.intersects(dmz) && web.y > dmz.bottom() && web.x == before.x, "straight down is nearest: {web:?}");
    assert_true_picture(&hand);
    hand.key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), None);
    assert_true_picture(&hand);
    hand.key(Key::Arrow(Direction::Up));
    assert_eq!(hand.boundary_of("Web"), None, "there is nothing further out");
    hand.undo().undo();
    assert_eq!((hand.boundary_of("Web"), hand.rect("Web")), (Some("dmz"), before));
}

#[test]
fn fitting_draws_seams_close_and_inner_ones_first() {
    let mut hand = shop();
    hand.select(&["cloud", "dmz"]);
    hand.with_tools(|_, cx| perform(Operation::FitToContent, cx));
    assert_eq!(hand.rect("DMZ"), rect(384.0, 80.0, 416.0, 104.0));
    assert_eq!(hand.rect("Cloud"), rect(368.0, 56.0, 448.0, 344.0));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.rect("Cloud"), rect(320.0, 0.0, 560.0, 440.0), "one step");
}

#[test]
fn what_lies_wrong_already_is_not_put_right_by_edits_elsewhere() {
    let mut hand = shop();
    let stray = |r: Rect| palisade::edit::Edit::Resize { diagram: MAIN.into(), item: id("Customer"), rect: r };
    // As an imported file may have it: drawn in the DMZ, a member of nothing.
    hand.document.commit(&stray(rect(500.0, 120.0, 80.0, 40.0))).unwrap();
    hand.drag("DB", ("DB", 96.0, 24.0));
    assert_eq!(hand.rect("Customer"), rect(500.0, 120.0, 80.0, 40.0));
    hand.drag("API", ("API", 72.0, 0.0));
    assert!(hand.rect("DMZ").right() > 824.0, "it grew");
    assert_eq!((hand.rect("Customer"), hand.boundary_of("Customer")), (rect(500.0, 120.0, 80.0, 40.0), None));
}

#[test]
fn boundaries_nest_as_deep_as_a_model_may() {
    let mut hand = shop();
    hand.select(&["web"]);
    for _ in 0..60 {
        hand.letter('B');
    }
    assert_true_picture(&hand);
    assert_eq!(hand.model().boundaries_around(&id("Web")).len(), 62);
    // Dragged against the innermost seam, all of them grow.
    let before = hand.rect("Cloud");
    hand.drag("Web", ("Web", 60.0, 0.0));
    assert_true_picture(&hand);
    hand.undo();
    assert_eq!(hand.rect("Cloud"), before);
}

/// Something a hand does.
#[derive(Clone, Debug)]
enum Act {
    Drag(usize, f32, f32, Modifiers),
    DragFrame(usize, f32, f32, Modifiers),
    Resize(usize, f32, f32, Modifiers),
    Draw(Tool, f32, f32, f32, f32),
    Wrap(usize, usize),
    QuickAdd(usize, Direction),
    PullOut(usize),
    Fit(usize),
    Fold(usize),
    Duplicate(usize),
    Nudge(usize, Direction),
    /// A drag undone in the middle, and one given up.
    Interrupted(usize, f32, f32),
    Undo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let far = -400.0..400.0f32;
    let place = (-200.0..1000.0f32, -100.0..600.0f32);
    let modifiers = prop_oneof![6 => Just(Modifiers::NONE), 1 => Just(Modifiers::ALT), 1 => Just(Modifiers::CTRL)];
    let way = prop_oneof![Just(Direction::Left), Just(Direction::Right), Just(Direction::Up), Just(Direction::Down)];
    let tool = prop_oneof![Just(Tool::Process), Just(Tool::Boundary)];
    let act = prop_oneof![
        6 => (any::<usize>(), far.clone(), far.clone(), modifiers.clone()).prop_map(|(n, x, y, m)| Act::Drag(n, x, y, m)),
        3 => (any::<usize>(), far.clone(), far.clone(), modifiers.clone()).prop_map(|(n, x, y, m)| Act::DragFrame(n, x, y, m)),
        3 => (any::<usize>(), far.clone(), far.clone(), modifiers).prop_map(|(n, x, y, m)| Act::Resize(n, x, y, m)),
        3 => (tool, place, 30.0..400.0f32, 30.0..300.0f32).prop_map(|(t, (x, y), w, h)| Act::Draw(t, x, y, w, h)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Act::Wrap(a, b)),
        1 => (any::<usize>(), way.clone()).prop_map(|(n, d)| Act::QuickAdd(n, d)),
        2 => any::<usize>().prop_map(Act::PullOut),
        1 => any::<usize>().prop_map(Act::Fit),
        2 => any::<usize>().prop_map(Act::Fold),
        1 => any::<usize>().prop_map(Act::Duplicate),
        1 => (any::<usize>(), way).prop_map(|(n, d)| Act::Nudge(n, d)),
        1 => (any::<usize>(), far.clone(), far).prop_map(|(n, x, y)| Act::Interrupted(n, x, y)),
        1 => Just(Act::Undo),
    ];
    proptest::collection::vec(act, 1..9)
}

/// The nth thing drawn of a kind.
fn nth(hand: &Hand, n: usize, boundary: bool) -> Option<(Id, Rect)> {
    let layout = lay_out(hand.model(), &main_diagram());
    let is = |kind: BoxKind| matches!(kind, BoxKind::Boundary | BoxKind::Folded) == boundary && kind != BoxKind::Note;
    let all: Vec<_> = layout.boxes.into_iter().filter(|(_, b)| is(b.kind)).map(|(id, b)| (id, b.rect)).collect();
    (!all.is_empty()).then(|| all[n % all.len()].clone())
}

fn select(hand: &mut Hand, id: Id) {
    hand.selection = Selection::one(id);
}

fn act(hand: &mut Hand, act: &Act) {
    hand.modifiers = Modifiers::NONE;
    hand.tool = Tool::Select;
    match act.clone() {
        Act::Drag(n, x, y, m) => {
            let Some((_, r)) = nth(hand, n, false) else { return };
            hand.selection = Selection::default();
            hand.down(r.center());
            hand.holding(m).to(r.center() + vec2(x, y) * 0.5).to(r.center() + vec2(x, y)).up(r.center() + vec2(x, y));
        }
        Act::DragFrame(n, x, y, m) => {
            let Some((id, r)) = nth(hand, n, true) else { return };
            select(hand, id);
            let at = pt(r.x + r.w * 0.7, r.y);
            hand.holding(m).drag(at, at + vec2(x, y));
        }
        Act::Resize(n, x, y, m) => {
            let Some((id, r)) = nth(hand, n, n % 3 > 0) else { return };
            select(hand, id);
            let at = r.max() + vec2(4.0, 4.0);
            hand.holding(m).drag(at, at + vec2(x, y));
        }
        Act::Draw(tool, x, y, w, h) => {
            hand.tool = tool;
            hand.drag(pt(x, y), pt(x + w, y + h));
        }
        Act::Wrap(a, b) => {
            let both = [nth(hand, a, false), nth(hand, b, a % 2 == 0)];
            hand.selection.items = both.into_iter().flatten().map(|(id, _)| id).collect();
            hand.letter('B');
        }
        Act::QuickAdd(n, d) => {
            let Some((id, _)) = nth(hand, n, false) else { return };
            select(hand, id);
            hand.holding(Modifiers::CTRL).key(Key::Arrow(d));
        }
        Act::PullOut(n) => {
            let Some((id, _)) = nth(hand, n, n % 2 == 0) else { return };
            select(hand, id);
            hand.with_tools(|_, cx| perform(Operation::PullOut, cx));
        }
        Act::Fit(n) => {
            let Some((id, _)) = nth(hand, n, true) else { return };
            select(hand, id);
            hand.with_tools(|_, cx| perform(Operation::FitToContent, cx));
        }
        Act::Fold(n) => {
            let Some((id, _)) = nth(hand, n, true) else { return };
            select(hand, id);
            hand.with_tools(|_, cx| perform(Operation::Fold, cx));
        }
        Act::Duplicate(n) => {
            let Some((id, _)) = nth(hand, n, n % 2 == 0) else { return };
            select(hand, id);
            hand.with_tools(|_, cx| perform(Operation::Duplicate, cx));
        }
        Act::Nudge(n, d) => {
            let Some((id, _)) = nth(hand, n, false) else { return };
            select(hand, id);
            for _ in 0..12 {
                hand.holding(Modifiers::SHIFT).key(Key::Arrow(d));
            }
        }
        Act::Interrupted(n, x, y) => {
            let Some((_, r)) = nth(hand, n, false) else { return };
            hand.selection = Selection::default();
            hand.down(r.center()).to(r.center() + vec2(x, y));
            // What the window makes of undo in the middle of a drag.
            hand.event(CanvasEvent::Cancel);
            hand.to(r.center() + vec2(y, x)).key(Key::Escape).up(r.center());
        }
        Act::Undo => {
            hand.document.undo();
        }
    }
    hand.gesture = Gesture::default();
    hand.selection.prune(hand.document.model());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_gestures_the_picture_is_true_and_undo_leads_back(acts in acts()) {
        let mut hand = shop();
        let before = hand.model().clone();
        for one in &acts {
            act(&mut hand, one);
            let found = faults(hand.model());
            prop_assert!(found.is_empty(), "after {one:?}: {found:#?}");
        }
        while hand.document.undo() {}
        prop_assert_eq!(hand.model(), &before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn making_room_keeps_every_true_picture_true(
        acts in acts(),
        locked in proptest::option::of(any::<usize>()),
        rooms in proptest::collection::vec((-200.0..1000.0f32, -100.0..600.0f32, -400.0..400.0f32, -400.0..400.0f32), 1..4),
    ) {
        let mut hand = shop();
        acts.iter().for_each(|one| act(&mut hand, one));
        if let Some((id, _)) = locked.and_then(|n| nth(&hand, n, n % 2 == 0)) {
            select(&mut hand, id);
            hand.with_tools(|_, cx| perform(Operation::ToggleLock, cx));
        }
        hand.tool = Tool::Select;
        prop_assume!(faults(hand.model()).is_empty());
        for (x, y, w, h) in rooms {
            let before = hand.model().clone();
            hand.holding(Modifiers::ALL).drag(pt(x, y), pt(x + w, y + h));
            let found = faults(hand.model());
            prop_assert!(found.is_empty(), "from {x}, {y} by {w}, {h}: {found:#?}");
            prop_assert_eq!(&hand.model().elements, &before.elements);
            prop_assert_eq!(&hand.model().boundaries, &before.boundaries);
        }
    }
}

#[test]
fn mixed_selections_go_each_where_their_own_middle_is() {
    let mut hand = shop();
    hand.select(&["customer", "db"]);
    let to: Point = hand.middle("Customer") + vec2(480.0, 0.0);
    hand.drag("Customer", to);
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DB")), (Some("dmz"), None));
    hand.undo();
    assert_eq!((hand.boundary_of("Customer"), hand.boundary_of("DB")), (None, Some("cloud")));
}
