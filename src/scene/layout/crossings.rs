//! Where the drawn line of a flow meets the seam of a boundary.

use super::{BoxKind, Crossing, DiagramLayout};
use crate::geometry::{Cubic, Point, Rect, segment_crossing};
use crate::model::Id;
use crate::scene::Step;

/// Two crossings of the same seam closer than this are one (a line through a corner).
const SAME: f32 = 1.0;
/// How far off the drawn line a crossing may be.
const OFF: f32 = 0.1;

/// Marks the crossings of every flow, in the order of the flow.
pub(super) fn mark(layout: &mut DiagramLayout) {
    let seams: Vec<(Id, Rect, Vec<Point>, bool)> = seams(layout);
    for flow in layout.flows.values_mut() {
        let Some(extent) = Rect::around(flow.points.iter().copied()).map(|r| r.expand(1.0)) else { continue };
        let mut found: Vec<(f32, Crossing)> = Vec::new();
        let line = drawn_line(&flow.steps);
        for (boundary, around, seam, closed) in &seams {
            if !around.intersects(extent) {
                continue;
            }
            let inside = around.expand(-1.0);
            for (n, w) in line.windows(2).enumerate() {
                let [a, b] = w else { continue };
                if *closed && inside.contains(*a) && inside.contains(*b) {
                    continue;
                }
                for s in seam.windows(2) {
                    let [c, d] = s else { continue };
                    if let Some((t, at)) = segment_crossing((*a, *b), (*c, *d)) {
                        let same = |f: &(f32, Crossing)| f.1.boundary == *boundary && f.1.at.distance(at) < SAME;
                        if !found.iter().any(same) {
                            let enters = closed.then(|| around.expand(-1.0).contains(at + (*b - *a).unit() * 2.0));
                            found.push((n as f32 + t, Crossing { boundary: boundary.clone(), at, enters }));
                        }
                    }
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        flow.crossings = found.into_iter().map(|(_, c)| c).collect();
    }
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

/// Boundary, extent, seam as a polyline, and whether it is closed.
fn seams(layout: &DiagramLayout) -> Vec<(Id, Rect, Vec<Point>, bool)> {
    let closed = layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary).map(|(id, b)| {
        let seam: Vec<Point> = b.rect.corners().into_iter().chain([b.rect.min()]).collect();
        (id.clone(), b.rect, seam, true)
    });
    let open = layout.lines.iter().filter_map(|(id, l)| {
        Rect::around(l.points.iter().copied()).map(|r| (id.clone(), r.expand(1.0), drawn_line(&l.steps), false))
    });
    closed.chain(open).collect()
}
