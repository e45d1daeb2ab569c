//! The drawn course of flows: crossings lie on both lines, and flows between the same elements run beside each other.

use crate::support::curves::{distance, fine};
use crate::support::dsl::{MAIN, id, model};
use palisade::geometry::{Point, Rect, pt, rect};
use palisade::model::*;
use palisade::scene::lay_out;
use proptest::prelude::*;

fn seam(r: Rect) -> Vec<Point> {
    let c = r.corners();
    vec![c[0], c[1], c[2], c[3], c[0]]
}

fn place(m: &mut ThreatModel, name: &str, to: Placement) {
    m.placements.insert(PlacementKey::new(MAIN, id(name)), to);
}

fn styles() -> impl Strategy<Value = LineStyle> {
    prop_oneof![Just(LineStyle::Straight), Just(LineStyle::Orthogonal), Just(LineStyle::Curved)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn crossings_lie_on_the_drawn_flow_and_on_the_seam(
        style in styles(),
        at in (-900.0..900.0f32, -700.0..700.0f32),
        bends in prop::collection::vec((-600.0..900.0f32, -500.0..500.0f32), 0..4),
        zone in (-300.0..0.0f32, -200.0..0.0f32, 160.0..500.0f32, 120.0..400.0f32),
    ) {
        let mut m = model("M").boundary("Zone", 2).process("Inside").inside("Zone").process("Outside").flow("Inside", "Outside").build();
        place(&mut m, "Zone", Placement::Box(rect(zone.0, zone.1, zone.2, zone.3)));
        place(&mut m, "Inside", Placement::Box(rect(0.0, 0.0, 120.0, 60.0)));
        place(&mut m, "Outside", Placement::Box(rect(at.0, at.1, 120.0, 60.0)));
        let bends = bends.into_iter().map(|(x, y)| pt(x, y)).collect();
        place(&mut m, "Inside>Outside", Placement::Route(Route { style, bends, ..Route::default() }));
        let layout = lay_out(&m, &MAIN.into());
        let flow = &layout.flows[&id("Inside>Outside")];
        let (line, seam) = (fine(&flow.steps), seam(layout.boxes[&id("Zone")].rect));
        for crossing in &flow.crossings {
            prop_assert!(distance(crossing.at, &line) < 0.5, "{} off the flow", distance(crossing.at, &line));
            prop_assert!(distance(crossing.at, &seam) < 0.05, "{} off the seam", distance(crossing.at, &seam));
        }
    }

    #[test]
    fn flows_between_the_same_elements_never_cover_each_other(
        style in styles(),
        at in (250.0..700.0f32, -400.0..400.0f32),
        turned in prop::collection::vec(any::<bool>(), 2..5),
        to_itself in any::<bool>(),
    ) {
        let covered = covered(style, at, &turned, to_itself);
        prop_assert!(covered.is_empty(), "covered, of: {covered:?}");
    }
}

#[test]
fn where_there_is_room_for_one_straight_flow_the_others_go_another_way() {
    for turned in [vec![false; 2], vec![true; 3], vec![false, true, false]] {
        for down in [75.6, 75.9, 76.0, -75.8, 70.0] {
            let covered = covered(LineStyle::Orthogonal, (250.0, down), &turned, false);
            assert!(covered.is_empty(), "{turned:?} {down}: {covered:?}");
        }
    }
}

/// Flows between A and B, or from A to itself, of which a quarter or more lies on another, with that and their length.
fn covered(style: LineStyle, at: (f32, f32), turned: &[bool], to_itself: bool) -> Vec<(f32, f32)> {
    let mut m = model("M").process("A").store("B").build();
    place(&mut m, "A", Placement::Box(rect(0.0, 0.0, 140.0, 96.0)));
    place(&mut m, "B", Placement::Box(rect(at.0, at.1, 140.0, 96.0)));
    for (n, back) in turned.iter().enumerate() {
        let (from, to) = if to_itself {
            ("A", "A")
        } else if *back {
            ("B", "A")
        } else {
            ("A", "B")
        };
        let flow = Flow { from: Some(id(from)), to: Some(id(to)), ..Flow::default() };
        m.flows.insert(id(&format!("f{n}")), flow);
        place(&mut m, &format!("f{n}"), Placement::Route(Route { style, ..Route::default() }));
    }
    let layout = lay_out(&m, &MAIN.into());
    let lines: Vec<Vec<Point>> = layout.flows.values().map(|f| fine(&f.steps)).collect();
    assert_eq!(lines.len(), turned.len());
    let mut out = Vec::new();
    for (n, a) in lines.iter().enumerate() {
        for b in &lines[n + 1..] {
            // They may cross, but not run on one another: most of each is clear of the other.
            let length: f32 = a.windows(2).map(|w| w[0].distance(w[1])).sum();
            let on = |w: &[Point]| distance(w[0].lerp(w[1], 0.5), b) < 3.0;
            let covered: f32 = a.windows(2).flat_map(|w| pieces(w[0], w[1])).filter(|w| on(w)).map(|w| w[0].distance(w[1])).sum();
            out.extend((covered >= 0.25 * length).then_some((covered, length)));
        }
    }
    out
}

/// A straight piece in steps of about two units.
fn pieces(a: Point, b: Point) -> Vec<[Point; 2]> {
    let n = (a.distance(b) / 2.0).ceil().max(1.0);
    (0..n as usize).map(|k| [a.lerp(b, k as f32 / n), a.lerp(b, (k + 1) as f32 / n)]).collect()
}
