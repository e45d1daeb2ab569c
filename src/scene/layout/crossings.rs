//! Where the drawn line of a flow meets the seam of a boundary.

use super::nearby::Nearby;
use super::routing::pieces;
use super::{BoundaryCurve, BoxKind, Crossing, DiagramLayout, PlacedBox, RoutedFlow};
use crate::geometry::{Cubic, Point, Rect, segment_crossing, segment_distance};
use crate::model::{Id, Lines, ThreatModel};
use crate::scene::Step;
use std::collections::{BTreeMap, BTreeSet};

/// Two crossings of the same seam closer than this are one (a line through a corner).
const SAME: f32 = 1.0;
/// How far off the drawn line a crossing may be.
const OFF: f32 = 0.1;

/// The seam of a boundary.
#[derive(PartialEq)]
pub(super) struct Seam {
    boundary: Id,
    around: Rect,
    points: Vec<Point>,
    is_closed: bool,
}

impl Seam {
    pub fn boundary(&self) -> &Id {
        &self.boundary
    }

    pub fn around(&self) -> Rect {
        self.around
    }
}

/// Marks the crossings of every flow, in the order of the flow.
pub(super) fn mark(model: &ThreatModel, diagram: &Id, layout: &mut DiagramLayout) {
    let seams: Nearby<Seam> = seams(layout).map(|seam| (seam.around, seam)).collect();
    for flow in layout.flows.values_mut() {
        let Some(extent) = Rect::around(flow.points.iter().copied()).map(|r| r.expand(1.0)) else { continue };
        flow.crossings = crossings(flow, seams.near(extent).filter(|s| s.around.intersects(extent)));
    }
    if !layout.lines.is_empty() {
        let lines = Lines::on(model, diagram);
        let DiagramLayout { flows, lines: curves, .. } = layout;
        for (id, flow) in flows {
            let separating = lines.separating(model, diagram, id);
            separating.into_iter().for_each(|scored| agree(flow, &scored, curves));
        }
    }
}

/// Makes the markers say what is scored. Where a line ends between the course that is drawn and the one that counts, or runs
/// through an element, the two meet it another number of times: then a marker goes, or stands where the flow is nearest.
pub(super) fn agree(flow: &mut RoutedFlow, scored: &BTreeSet<Id>, lines: &BTreeMap<Id, BoundaryCurve>) {
    for (boundary, line) in lines {
        let seen: Vec<usize> = (0..).zip(&flow.crossings).filter(|(_, c)| c.boundary == *boundary).map(|(n, _)| n).collect();
        if seen.len() % 2 == usize::from(scored.contains(boundary)) {
            continue;
        }
        let ends = [flow.start.at, flow.end.at];
        let from_end = |n: &usize| {
            let at = flow.crossings.get(*n).map_or(Point::default(), |c| c.at);
            ends.iter().map(|end| end.distance(at)).fold(f32::INFINITY, f32::min)
        };
        match seen.iter().min_by(|a, b| from_end(a).total_cmp(&from_end(b))) {
            Some(n) => drop(flow.crossings.remove(*n)),
            None => {
                let Some(at) = nearest(&flow.points, &line.points) else { continue };
                flow.crossings.push(Crossing { boundary: boundary.clone(), at, enters: None });
                flow.crossings.sort_by(|a, b| along(&flow.points, a.at).total_cmp(&along(&flow.points, b.at)));
            }
        }
    }
}

/// The point of a course that is nearest to another.
fn nearest(course: &[Point], other: &[Point]) -> Option<Point> {
    let off = |p: Point| pieces(other).map(|(a, b)| segment_distance(p, a, b)).fold(f32::INFINITY, f32::min);
    let foot = |p: Point| pieces(course).map(move |(a, b)| foot(p, a, b));
    let places = course.iter().copied().chain(other.iter().flat_map(|p| foot(*p)));
    places.min_by(|a, b| off(*a).total_cmp(&off(*b)))
}

/// The point of a piece nearest to `p`.
fn foot(p: Point, a: Point, b: Point) -> Point {
    let (along, whole) = ((p - a).dot(b - a), (b - a).dot(b - a));
    a.lerp(b, if whole > 0.0 { (along / whole).clamp(0.0, 1.0) } else { 0.0 })
}

/// How far along a course a point on it is.
fn along(course: &[Point], at: Point) -> f32 {
    let (mut walked, mut best) = (0.0, (f32::INFINITY, 0.0));
    for (a, b) in pieces(course) {
        let foot = foot(at, a, b);
        let off = foot.distance(at);
        best = if off < best.0 { (off, walked + a.distance(foot)) } else { best };
        walked += a.distance(b);
    }
    best.1
}

/// The seams a course meets, in its order.
pub(super) fn crossings<'a>(flow: &RoutedFlow, seams: impl Iterator<Item = &'a Seam>) -> Vec<Crossing> {
    let mut found: Vec<(f32, Crossing)> = Vec::new();
    let line = drawn_line(&flow.steps);
    for seam in seams {
        let inside = seam.around.expand(-1.0);
        for (n, w) in line.windows(2).enumerate() {
            let [a, b] = w else { continue };
            if seam.is_closed && inside.contains(*a) && inside.contains(*b) {
                continue;
            }
            for s in seam.points.windows(2) {
                let [c, d] = s else { continue };
                let Some((t, at)) = segment_crossing((*a, *b), (*c, *d)) else { continue };
                let same = |f: &(f32, Crossing)| f.1.boundary == seam.boundary && f.1.at.distance(at) < SAME;
                if !found.iter().any(same) {
                    let enters = seam.is_closed.then(|| seam.around.expand(-1.0).contains(at + (*b - *a).unit() * 2.0));
                    found.push((n as f32 + t, Crossing { boundary: seam.boundary.clone(), at, enters }));
                }
            }
        }
    }
    found.sort_by(|a, b| {
        a.0.total_cmp(&b.0).then_with(|| (a.1.enters.is_none(), &a.1.boundary).cmp(&(b.1.enters.is_none(), &b.1.boundary)))
    });
    found.into_iter().map(|(_, c)| c).collect()
}

fn seams(layout: &DiagramLayout) -> impl Iterator<Item = Seam> {
    let closed = layout.boxes.iter().filter_map(|(id, b)| closed_seam(id, b));
    closed.chain(layout.lines.iter().filter_map(|(id, line)| open_seam(id, line)))
}

/// The seam of a boundary drawn as a box.
pub(super) fn closed_seam(id: &Id, placed: &PlacedBox) -> Option<Seam> {
    let points = placed.rect.corners().into_iter().chain([placed.rect.min()]).collect();
    (placed.kind == BoxKind::Boundary).then(|| Seam { boundary: id.clone(), around: placed.rect, points, is_closed: true })
}

/// The seam of a boundary drawn as a line.
pub(super) fn open_seam(id: &Id, line: &BoundaryCurve) -> Option<Seam> {
    let around = Rect::around(line.points.iter().copied())?.expand(1.0);
    Some(Seam { boundary: id.clone(), around, points: drawn_line(&line.steps), is_closed: false })
}

/// The line as it is drawn, curves and rounded bends included.
fn drawn_line(steps: &[Step]) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::with_capacity(steps.len());
    for step in steps {
        match (*step, line.last().copied()) {
            (Step::Move(p) | Step::Line(p), _) => line.push(p),
            (Step::Quad(c, p), Some(a)) => extend(&mut line, Cubic(a, a.lerp(c, 2.0 / 3.0), p.lerp(c, 2.0 / 3.0), p)),
            (Step::Cubic(b, c, p), Some(a)) => extend(&mut line, Cubic(a, b, c, p)),
            (Step::Quad(..) | Step::Cubic(..) | Step::Close, _) => {}
        }
    }
    line
}

/// Adds a curve as chords that are nowhere further off than [`OFF`].
fn extend(line: &mut Vec<Point>, curve: Cubic) {
    let Cubic(a, b, c, d) = curve;
    let bend = |p: Point, q: Point, r: Point| ((p - q) + (r - q)).length();
    let turning = 6.0 * bend(a, b, c).max(bend(b, c, d));
    let pieces = (turning / (8.0 * OFF)).sqrt().ceil().clamp(1.0, 128.0) as usize;
    line.extend((1..=pieces).map(|n| curve.at(n as f32 / pieces as f32)));
}
