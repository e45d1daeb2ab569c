//! What is shown beside a model follows every change of it, however little work that takes: it is always what working it
//! out from scratch gives.
use crate::support::dsl::{MAIN, id, model};
use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::app::{Assessed, LaidOut};
use palisade::edit::{Document, Edit};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::{Point, Rect, pt, segment_distance, vec2};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{assess, assess_on};
use palisade::scene::{BoxKind, DiagramLayout, lay_out};
use proptest::collection::vec;
use proptest::prelude::*;

/// What a hand does to a document.
#[derive(Clone, Debug)]
enum Act {
    Commit(Edit),
    Preview(Edit),
    Cancel,
    Undo,
    Redo,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        any_edit().prop_map(Act::Commit),
        any_edit().prop_map(Act::Preview),
        any_edit().prop_map(Act::Preview),
        Just(Act::Cancel),
        Just(Act::Undo),
        Just(Act::Redo),
    ]
}

fn perform(act: &Act, document: &mut Document) {
    match act {
        Act::Commit(edit) => drop(document.commit(edit)),
        Act::Preview(edit) => drop(document.preview(edit)),
        Act::Cancel => drop(document.cancel_preview()),
        Act::Undo => drop(document.undo()),
        Act::Redo => drop(document.redo()),
    }
}

/// What holds of every layout, whole or not: the same things in the same places, ends at the same elements and on their
/// outlines, crossings exactly where courses meet seams.
fn assert_valid(shown: &DiagramLayout, whole: &DiagramLayout) {
    assert!(shown.boxes.keys().eq(whole.boxes.keys()) && shown.flows.keys().eq(whole.flows.keys()));
    assert!(shown.lines.keys().eq(whole.lines.keys()));
    // A copy looks everything up afresh.
    let (fresh, all) = (shown.clone(), shown.bounds);
    for n in 0..16 {
        let part = Rect {
            x: all.x + all.w * (n % 4) as f32 / 4.0,
            y: all.y + all.h * (n / 4) as f32 / 4.0,
            w: all.w / 4.0,
            h: all.h / 4.0,
        };
        assert_eq!(shown.near(part), fresh.near(part), "what is near is found after every step");
    }
    for (id, b) in &shown.boxes {
        let w = &whole.boxes[id];
        assert_eq!((b.kind, b.rect, b.depth, b.tab.is_some()), (w.kind, w.rect, w.depth, w.tab.is_some()), "{id}");
        let words = |b: &palisade::scene::PlacedBox| b.text.lines.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(b), words(w), "{id}");
        assert!(b.tab.is_none_or(|tab| tab.intersects(b.rect.expand(11.0))), "{id}: the tab is at its seam");
    }
    for (id, flow) in &shown.flows {
        let w = &whole.flows[id];
        assert_eq!((&flow.start.element, &flow.end.element), (&w.start.element, &w.end.element), "{id}");
        assert_eq!((flow.style, flow.two_heads, flow.label.is_some()), (w.style, w.two_heads, w.label.is_some()), "{id}");
        assert_eq!((flow.points.first(), flow.points.last()), (Some(&flow.start.at), Some(&flow.end.at)));
        for end in [&flow.start, &flow.end] {
            let Some(placed) = end.element.as_ref().map(|e| &shown.boxes[e]) else { continue };
            if placed.rect.w.min(placed.rect.h) > 40.0 {
                assert!(placed.rect.expand(0.6).contains(end.at), "{id}: {:?} {:?}", end.at, placed.rect);
                let spot = placed.outline_toward(end.at);
                assert!(spot.distance(end.at) < 1.5, "{id}: {:?} is not on the outline near {spot:?}", end.at);
            }
        }
        for c in &flow.crossings {
            // Bends are drawn round, so the line runs a little beside its corners.
            let on_course = flow.points.windows(2).any(|w| segment_distance(c.at, w[0], w[1]) < 4.0);
            assert!(on_course, "{id} crosses {} beside its course", c.boundary);
        }
        for (boundary, b) in shown.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary) {
            let [p, q, r, s] = b.rect.corners();
            let at: Vec<_> = flow.crossings.iter().filter(|c| c.boundary == *boundary).map(|c| c.at).collect();
            let on_seam = |c: Point| [(p, q), (q, r), (r, s), (s, p)].iter().any(|(a, b)| segment_distance(c, *a, *b) < 0.1);
            assert!(at.iter().all(|c| on_seam(*c)), "{id} crosses {boundary} beside its seam");
            let inside = |p: Point| b.rect.expand(-3.0).contains(p);
            let apart = |p: Point| !b.rect.expand(3.0).contains(p);
            let (from, to) = (flow.start.at, flow.end.at);
            if (inside(from) && apart(to)) || (apart(from) && inside(to)) {
                assert!(!at.is_empty(), "{id} goes over the seam of {boundary}");
            }
        }
    }
}

/// Something of a generated model moves, alone or with others, within a boundary or out of it.
fn any_drag() -> impl Strategy<Value = (Vec<usize>, bool, f32, f32)> {
    (vec(0usize..1000, 1..4), any::<bool>(), -600.0..600.0f32, -400.0..400.0f32)
}

fn drag_of(model: &ThreatModel, (items, is_boundary, x, y): &(Vec<usize>, bool, f32, f32)) -> Edit {
    let ids: Vec<&Id> = if *is_boundary { model.boundaries.keys().collect() } else { model.elements.keys().collect() };
    let items = items.iter().map(|n| ids[n % ids.len()].clone()).collect();
    Edit::Move { diagram: DIAGRAM.into(), items, by: vec2(*x, *y) }
}

/// Runs the errands beside the window at once. Whatever was shown until then is the whole layout afterwards.
fn finish(laid_out: &mut LaidOut, document: &Document) {
    while let Some(errand) = laid_out.send(|| document.share()) {
        laid_out.take(errand.run(), document.model());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn while_something_is_dragged_the_picture_is_sound_and_then_the_whole_one(seed in 0u64..50, drags in vec(any_drag(), 1..5)) {
        let mut document = Document::new(generate(Size { elements: 60, flows: 80 }, seed));
        let diagram = Id::new(DIAGRAM);
        let mut laid_out = LaidOut::default();
        laid_out.start(document.model(), &diagram);
        let before = laid_out.layout().clone();
        let drags: Vec<Edit> = drags.iter().map(|drag| drag_of(document.model(), drag)).collect();
        for drag in &drags {
            document.preview(drag).unwrap();
            let changes = document.take_changes();
            laid_out.follow(document.model(), &changes, true);
            assert_valid(laid_out.layout(), &lay_out(document.model(), &diagram));
        }
        // Where things are decides, not how they came there.
        let last = drags.last().unwrap();
        let mut straight = LaidOut::default();
        let mut other = Document::new(generate(Size { elements: 60, flows: 80 }, seed));
        straight.start(other.model(), &diagram);
        other.preview(last).unwrap();
        let changes = other.take_changes();
        straight.follow(other.model(), &changes, true);
        prop_assert_eq!(straight.layout(), laid_out.layout());

        document.cancel_preview();
        let changes = document.take_changes();
        laid_out.follow(document.model(), &changes, false);
        prop_assert_eq!(laid_out.layout(), &before);
        document.preview(last).unwrap();
        let changes = document.take_changes();
        laid_out.follow(document.model(), &changes, true);
        document.commit(last).unwrap();
        let changes = document.take_changes();
        laid_out.follow(document.model(), &changes, false);
        assert_valid(laid_out.layout(), &lay_out(document.model(), &diagram));
        finish(&mut laid_out, &document);
        prop_assert_eq!(laid_out.layout(), &lay_out(document.model(), &diagram));
    }

    #[test]
    fn whatever_is_done_the_layout_shown_fits_the_model(start in sound_model(), acts in vec(any_act(), 1..12)) {
        let mut document = Document::new(start);
        let diagram = document.model().diagrams.keys().next().cloned().unwrap_or_else(|| Id::new("none"));
        let mut laid_out = LaidOut::default();
        laid_out.start(document.model(), &diagram);
        for act in &acts {
            perform(act, &mut document);
            let changes = document.take_changes();
            laid_out.follow(document.model(), &changes, document.is_previewing());
            let whole = lay_out(document.model(), &diagram);
            if !document.is_previewing() {
                prop_assert_eq!(laid_out.layout(), &whole);
            } else {
                let shown = laid_out.layout();
                prop_assert!(shown.boxes.keys().eq(whole.boxes.keys()) && shown.flows.keys().eq(whole.flows.keys()));
                prop_assert!(shown.boxes.iter().all(|(id, b)| (b.rect, b.depth) == (whole.boxes[id].rect, whole.boxes[id].depth)));
                for (id, flow) in &shown.flows {
                    let ends = |f: &palisade::scene::RoutedFlow| (f.start.element.clone(), f.end.element.clone(), f.two_heads);
                    prop_assert_eq!(ends(flow), ends(&whole.flows[id]));
                }
            }
        }
    }
}

#[test]
fn what_is_not_touched_stays_where_it_was() {
    let mut document = Document::new(generate(Size::elements(200), 3));
    let diagram = Id::new(DIAGRAM);
    let mut laid_out = LaidOut::default();
    laid_out.start(document.model(), &diagram);
    let before = laid_out.layout().clone();
    let moved = Id::new("e00050");
    document.preview(&Edit::Move { diagram: diagram.clone(), items: [moved.clone()].into(), by: vec2(60.0, 30.0) }).unwrap();
    let changes = document.take_changes();
    laid_out.follow(document.model(), &changes, true);
    let after = laid_out.layout();
    let swept = before.boxes[&moved].rect.union(after.boxes[&moved].rect).expand(220.0);
    let mut away = 0;
    for (id, flow) in &before.flows {
        let near = Rect::around(flow.points.iter().copied()).is_some_and(|r| r.intersects(swept));
        let hangs = [&flow.start, &flow.end].iter().any(|e| e.element.as_ref() == Some(&moved));
        if !near && !hangs {
            away += 1;
            assert_eq!(flow, &after.flows[id]);
        }
    }
    assert!(away > 100, "{away}");
    assert_ne!(&before, after);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_assessment_shown_is_the_one_from_scratch(start in sound_model(), acts in vec(any_act(), 1..12), looks in vec(any::<bool>(), 12)) {
        let mut document = Document::new(start);
        let mut assessed = Assessed::default();
        let today = "2026-01-01".parse().unwrap();
        assessed.start(document.model(), today);
        for (act, is_looked_at) in acts.iter().zip(looks) {
            perform(act, &mut document);
            if is_looked_at {
                let changes = document.take_changes();
                assessed.follow(document.model(), &changes);
                let afresh = assess_on(document.model(), Library::builtin(), today);
                prop_assert!(assessed.assessment() == &afresh, "not what is found from scratch");
            }
        }
    }
}

#[test]
fn a_drag_assesses_only_when_it_goes_over_a_seam() {
    let mut shop = model("Shop")
        .boundary("Internet", 0)
        .boundary("Data centre", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .inside("Data centre")
        .flow("Customer", "Web")
        .open();
    let mut assessed = Assessed::default();
    assessed.start(shop.model(), "2026-01-01".parse().unwrap());
    let apart = |by: f32| Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by: vec2(by, 0.0) };
    let across = |by: f32| {
        let joins = Edit::Reparent { items: [id("Web")].into(), into: Some(id("Internet")) };
        Edit::Batch { label: "move".into(), edits: vec![apart(by), joins] }
    };
    let mut runs = |edit: &Edit, is_committed: bool| {
        if is_committed { shop.commit(edit).map(drop) } else { shop.preview(edit) }.unwrap();
        let changes = shop.take_changes();
        assessed.follow(shop.model(), &changes);
        assessed.runs
    };
    assert_eq!((1..9).map(|n| runs(&apart(n as f32 * 5.0), false)).max(), Some(1), "within its boundary nothing is assessed");
    assert_eq!((1..9).map(|n| runs(&across(n as f32 * 50.0), false)).max(), Some(2), "over the seam once");
    assert_eq!(runs(&across(500.0), true), 2, "and dropped it is what was shown");
    assert_eq!(runs(&apart(10.0), true), 2);
}

#[test]
fn a_drag_over_a_line_boundary_assesses() {
    let mut shop = model("Shop")
        .entity("Customer")
        .process("Web")
        .flow("Customer", "Web")
        .also(|m| {
            m.boundaries.insert("edge".into(), Boundary { name: "Edge".into(), trust: Some(3), ..Boundary::default() });
            let line = BoundaryLine { points: vec![pt(2000.0, -500.0), pt(2000.0, 500.0)], style: LineStyle::Straight };
            m.placements.insert(PlacementKey::new(MAIN, "edge"), Placement::Line(line));
        })
        .open();
    let mut assessed = Assessed::default();
    assessed.start(shop.model(), "2026-01-01".parse().unwrap());
    for (by, runs) in [(100.0, 1), (900.0, 1), (4000.0, 2), (4100.0, 2), (200.0, 3)] {
        shop.preview(&Edit::Move { diagram: MAIN.into(), items: [id("Web")].into(), by: vec2(by, 0.0) }).unwrap();
        let changes = shop.take_changes();
        assessed.follow(shop.model(), &changes);
        assert_eq!(assessed.runs, runs, "{by}");
        assert_eq!(*assessed.assessment(), assess(shop.model(), Library::builtin()));
    }
}
