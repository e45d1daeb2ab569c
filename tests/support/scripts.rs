//! Random scripts of gestures: what a hand might do, one thing after the other, and what has to hold whatever it did.

use super::dsl::MAIN;
use super::hand::Hand;
use palisade::geometry::{Rect, pt, vec2};
use palisade::model::*;
use palisade::scene::{BoxKind, DiagramLayout, RoutedFlow, lay_out};
use palisade::tool::{Key, *};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// As many scripts as a test usually runs, always the same; `SCRIPTS=5000 SEED=3` runs more of them, and others.
pub fn scripts(usual: u32) -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    ProptestConfig {
        cases: number("SCRIPTS").map_or(usual, |n| n as u32),
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(7)),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Everything that is wrong with the picture.
pub fn faults(model: &ThreatModel) -> Vec<String> {
    let layout = lay_out(model, &MAIN.into());
    [misplaced(model, &layout), loose_flows(&layout), lost_markers(&layout)].concat()
}

/// The picture does not lie: every element lies with its middle in its innermost drawn boundary and in no stranger's,
/// every boundary as a whole in the one around it.
fn misplaced(model: &ThreatModel, layout: &DiagramLayout) -> Vec<String> {
    let is_seam = |kind: BoxKind| matches!(kind, BoxKind::Boundary | BoxKind::Folded);
    let boundaries: Vec<(&Id, Rect)> = layout.boxes.iter().filter(|(_, b)| is_seam(b.kind)).map(|(i, b)| (i, b.rect)).collect();
    let mut out = Vec::new();
    for (id, b) in layout.boxes.iter().filter(|(_, b)| b.kind != BoxKind::Note) {
        let around = model.boundaries_around(id);
        for (boundary, frame) in boundaries.iter().filter(|(other, _)| *other != id) {
            let inside = frame.contains(b.rect.center());
            if around.contains(boundary) != inside && !model.boundaries_around(boundary).contains(id) {
                let verb = if inside { "lies in" } else { "lies outside of" };
                out.push(format!("{id} {:?} {verb} {boundary} {frame:?}", b.rect));
            }
            let held = layout.boxes[*boundary].kind == BoxKind::Boundary && around.contains(boundary);
            if held && !frame.contains_rect(b.rect) {
                out.push(format!("{id} {:?} reaches over {boundary} {frame:?}", b.rect));
            }
        }
    }
    out
}

/// Flows end at the outlines of their elements.
fn loose_flows(layout: &DiagramLayout) -> Vec<String> {
    let ends = layout.flows.iter().flat_map(|(id, f)| [(id, &f.start), (id, &f.end)]);
    let off = ends.filter(|(_, end)| {
        let at = end.element.as_ref().and_then(|e| layout.boxes.get(e));
        at.is_some_and(|b| {
            !b.rect.expand(1.0).contains(end.at) || b.rect.expand(-b.rect.w.min(b.rect.h) / 2.0 + 1.0).contains(end.at)
        })
    });
    off.map(|(id, end)| format!("{id} ends at {:?}, not at {:?}", end.at, end.element)).collect()
}

/// The markers of crossings lie on the seams.
fn lost_markers(layout: &DiagramLayout) -> Vec<String> {
    let all = layout.flows.iter().flat_map(|(id, f)| f.crossings.iter().map(move |c| (id, c)));
    let off = all.filter(|(_, c)| {
        let frame = layout.boxes.get(&c.boundary).map(|b| b.rect);
        frame.is_some_and(|r| !r.expand(0.5).contains(c.at) || r.expand(-0.5).contains(c.at))
    });
    off.map(|(id, c)| format!("{id} has a marker at {:?}, off the seam of {}", c.at, c.boundary)).collect()
}
/// Something a hand does. Numbers choose among what is drawn, bits of a number several of it.
#[derive(Clone, Debug)]
pub enum Act {
    Drag(usize, f32, f32, Modifiers),
    DragFrame(usize, f32, f32, Modifiers),
    /// Several things at once, from whatever boundaries.
    DragSeveral(usize, f32, f32, Modifiers),
    Resize(usize, f32, f32, Modifiers),
    Draw(Tool, f32, f32, f32, f32),
    Wrap(usize, usize),
    QuickAdd(usize, Direction),
    Place(Tool, usize),
    PullOut(usize),
    Fit(usize),
    Fold(usize),
    Duplicate(usize),
    Nudge(usize, Direction),
    Arrange(Arrangement, usize),
    Lock(usize),
    UnlockAll,
    Delete(usize),
    Connect(usize, usize),
    /// An end of a flow to an element, or into the open.
    Reconnect(usize, End, Option<usize>, f32, f32),
    /// A flow is taken in its middle.
    Bend(usize, f32, f32),
    /// An element is dropped on a flow.
    PutIntoFlow(usize, usize),
    /// A drag undone in the middle, and one given up.
    Interrupted(usize, f32, f32),
    /// Undo and then a step back into it.
    Undo,
    Redo,
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let any = any::<usize>;
    let far = || -400.0..400.0f32;
    let place = (-200.0..1000.0f32, -100.0..600.0f32);
    let modifiers = || prop_oneof![6 => Just(Modifiers::NONE), 1 => Just(Modifiers::ALT), 1 => Just(Modifiers::CTRL)];
    let way = || prop_oneof![Just(Direction::Left), Just(Direction::Right), Just(Direction::Up), Just(Direction::Down)];
    let tool = prop_oneof![Just(Tool::Process), Just(Tool::Boundary)];
    let arrangement = proptest::sample::select(vec![
        Arrangement::Left,
        Arrangement::Bottom,
        Arrangement::Centre,
        Arrangement::Middle,
        Arrangement::SpreadAcross,
        Arrangement::SpreadDown,
        Arrangement::SameWidth,
        Arrangement::SameSize,
        Arrangement::Row,
        Arrangement::Column,
    ]);
    let end = prop_oneof![Just(End::From), Just(End::To)];
    let taken = prop_oneof![
        6 => (any(), far(), far(), modifiers()).prop_map(|(n, x, y, m)| Act::Drag(n, x, y, m)),
        3 => (any(), far(), far(), modifiers()).prop_map(|(n, x, y, m)| Act::DragFrame(n, x, y, m)),
        3 => (any(), far(), far(), modifiers()).prop_map(|(n, x, y, m)| Act::DragSeveral(n, x, y, m)),
        3 => (any(), far(), far(), modifiers()).prop_map(|(n, x, y, m)| Act::Resize(n, x, y, m)),
        1 => (any(), way()).prop_map(|(n, d)| Act::Nudge(n, d)),
        2 => (arrangement, any()).prop_map(|(how, n)| Act::Arrange(how, n)),
        1 => (any(), far(), far()).prop_map(|(n, x, y)| Act::Interrupted(n, x, y)),
    ];
    let made = prop_oneof![
        3 => (tool.clone(), place, 30.0..400.0f32, 30.0..300.0f32).prop_map(|(t, (x, y), w, h)| Act::Draw(t, x, y, w, h)),
        1 => (any(), any()).prop_map(|(a, b)| Act::Wrap(a, b)),
        1 => (any(), way()).prop_map(|(n, d)| Act::QuickAdd(n, d)),
        1 => (tool, any()).prop_map(|(tool, n)| Act::Place(tool, n)),
        1 => any().prop_map(Act::Duplicate),
        1 => any().prop_map(Act::Delete),
    ];
    let nested = prop_oneof![
        2 => any().prop_map(Act::PullOut),
        1 => any().prop_map(Act::Fit),
        3 => any().prop_map(Act::Fold),
        1 => any().prop_map(Act::Lock),
        1 => Just(Act::UnlockAll),
    ];
    let flows = prop_oneof![
        1 => (any(), any()).prop_map(|(a, b)| Act::Connect(a, b)),
        2 => (any(), end, proptest::option::of(any()), far(), far()).prop_map(|(n, e, to, x, y)| Act::Reconnect(n, e, to, x, y)),
        1 => (any(), far(), far()).prop_map(|(n, x, y)| Act::Bend(n, x, y)),
        1 => (any(), any()).prop_map(|(n, f)| Act::PutIntoFlow(n, f)),
    ];
    let back = prop_oneof![2 => Just(Act::Undo), 1 => Just(Act::Redo)];
    proptest::collection::vec(prop_oneof![19 => taken, 8 => made, 8 => nested, 5 => flows, 2 => back], 1..9)
}

fn layout(hand: &Hand) -> DiagramLayout {
    lay_out(hand.model(), &MAIN.into())
}

/// The nth thing drawn of a kind.
pub fn nth(hand: &Hand, n: usize, boundary: bool) -> Option<(Id, Rect)> {
    let is = |kind: BoxKind| matches!(kind, BoxKind::Boundary | BoxKind::Folded) == boundary && kind != BoxKind::Note;
    let all: Vec<_> = layout(hand).boxes.into_iter().filter(|(_, b)| is(b.kind)).map(|(id, b)| (id, b.rect)).collect();
    (!all.is_empty()).then(|| all[n % all.len()].clone())
}

/// The nth flow drawn.
fn nth_flow(hand: &Hand, n: usize) -> Option<(Id, RoutedFlow)> {
    let all: Vec<_> = layout(hand).flows.into_iter().collect();
    (!all.is_empty()).then(|| all[n % all.len()].clone())
}

/// Elements and boundaries, each by a bit.
fn several(hand: &Hand, bits: usize) -> Vec<(Id, Rect)> {
    let all = layout(hand).boxes.into_iter().filter(|(_, b)| b.kind != BoxKind::Note);
    all.enumerate().filter(|(n, _)| bits >> (n % 60) & 1 == 1).map(|(_, (id, b))| (id, b.rect)).collect()
}

pub fn select(hand: &mut Hand, id: Id) {
    hand.selection = Selection::one(id);
}

fn operate(hand: &mut Hand, operation: Operation) {
    hand.with_tools(|_, cx| perform(operation, cx));
}

pub fn act(hand: &mut Hand, act: &Act) {
    hand.modifiers = Modifiers::NONE;
    hand.tool = Tool::Select;
    script(hand, act);
    hand.gesture = Gesture::default();
    hand.selection.prune(hand.document.model());
}

/// Does it, as far as there is anything to do it to.
fn script(hand: &mut Hand, act: &Act) -> Option<()> {
    match act.clone() {
        Act::Drag(n, x, y, m) => {
            let (_, r) = nth(hand, n, false)?;
            hand.selection = Selection::default();
            hand.down(r.center());
            hand.holding(m).to(r.center() + vec2(x, y) * 0.5).to(r.center() + vec2(x, y)).up(r.center() + vec2(x, y));
        }
        Act::DragFrame(n, x, y, m) => {
            let (id, r) = nth(hand, n, true)?;
            select(hand, id);
            let at = pt(r.x + r.w * 0.7, r.y);
            hand.holding(m).drag(at, at + vec2(x, y));
        }
        Act::DragSeveral(bits, x, y, m) => {
            let picked = several(hand, bits);
            hand.selection.items = picked.iter().map(|(id, _)| id.clone()).collect();
            let (_, r) = picked.iter().find(|(id, _)| hand.model().elements.contains_key(id))?;
            hand.down(r.center());
            hand.holding(m).to(r.center() + vec2(x, y) * 0.5).to(r.center() + vec2(x, y)).up(r.center() + vec2(x, y));
        }
        Act::Resize(n, x, y, m) => {
            let (id, r) = nth(hand, n, n % 3 > 0)?;
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
            let (id, _) = nth(hand, n, false)?;
            select(hand, id);
            hand.holding(Modifiers::CTRL).key(Key::Arrow(d));
        }
        Act::Place(tool, n) => {
            let (id, r) = nth(hand, n, n % 2 == 0)?;
            select(hand, id);
            operate(hand, Operation::Place(tool, r.center()));
        }
        Act::PullOut(n) => {
            let (id, _) = nth(hand, n, n % 2 == 0)?;
            select(hand, id);
            operate(hand, Operation::PullOut);
        }
        Act::Fit(n) => {
            let (id, _) = nth(hand, n, true)?;
            select(hand, id);
            operate(hand, Operation::FitToContent);
        }
        Act::Fold(n) => {
            let (id, _) = nth(hand, n, true)?;
            select(hand, id);
            operate(hand, Operation::Fold);
        }
        Act::Duplicate(n) => {
            let (id, _) = nth(hand, n, n % 2 == 0)?;
            select(hand, id);
            operate(hand, Operation::Duplicate);
        }
        Act::Nudge(n, d) => {
            let (id, _) = nth(hand, n, false)?;
            select(hand, id);
            for _ in 0..12 {
                hand.holding(Modifiers::SHIFT).key(Key::Arrow(d));
            }
        }
        Act::Arrange(how, bits) => {
            hand.selection.items = several(hand, bits).into_iter().map(|(id, _)| id).collect();
            operate(hand, Operation::Arrange(how));
        }
        Act::Lock(n) => {
            let (id, _) = nth(hand, n, n % 2 == 0)?;
            select(hand, id);
            operate(hand, Operation::ToggleLock);
        }
        Act::UnlockAll => operate(hand, Operation::UnlockAll),
        Act::Delete(n) => {
            let (id, _) = nth(hand, n, n % 2 == 0)?;
            select(hand, id);
            hand.key(Key::Delete);
        }
        Act::Connect(a, b) => {
            hand.selection.items = [nth(hand, a, false)?.0, nth(hand, b, false)?.0].into();
            operate(hand, Operation::Connect);
        }
        Act::Reconnect(n, end, to, x, y) => {
            let (id, flow) = nth_flow(hand, n)?;
            let at = if end == End::From { flow.start.at } else { flow.end.at };
            let to = to.and_then(|to| nth(hand, to, false)).map(|(_, r)| r.center());
            select(hand, id);
            hand.drag(at, to.unwrap_or(at + vec2(x, y)));
        }
        Act::Bend(n, x, y) => {
            let (id, flow) = nth_flow(hand, n)?;
            let at = flow.points[flow.points.len() / 2];
            select(hand, id);
            hand.drag(at, at + vec2(x, y));
        }
        Act::PutIntoFlow(n, f) => {
            let ((_, r), (_, flow)) = (nth(hand, n, false)?, nth_flow(hand, f)?);
            let piece = flow.points.windows(2).max_by(|a, b| a[0].distance(a[1]).total_cmp(&b[0].distance(b[1])))?;
            hand.selection = Selection::default();
            hand.drag(r.center(), piece[0].lerp(piece[1], 0.5));
        }
        Act::Interrupted(n, x, y) => {
            let (_, r) = nth(hand, n, false)?;
            let before = hand.model().clone();
            hand.selection = Selection::default();
            hand.down(r.center()).to(r.center() + vec2(x, y));
            // What the window makes of undo in the middle of a drag.
            hand.event(CanvasEvent::Cancel);
            assert_eq!(*hand.model(), before, "undo in the middle of a drag takes back the drag, and no more");
            hand.to(r.center() + vec2(y, x)).up(r.center() + vec2(y, x));
            hand.down(r.center()).to(r.center() + vec2(y, x)).key(Key::Escape).up(r.center());
            assert_eq!(*hand.model(), before, "Escape leaves no trace");
        }
        Act::Undo => return hand.document.undo().then_some(()),
        Act::Redo => return hand.document.redo().then_some(()),
    }
    Some(())
}
