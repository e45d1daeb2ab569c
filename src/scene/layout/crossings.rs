//! Where the drawn line of a flow meets the seam of a boundary.

use super::{BoxKind, Crossing, DiagramLayout};
use crate::geometry::{Point, Rect, segment_crossing};
use crate::model::Id;

/// Two crossings of the same seam closer than this are one (a line through a corner).
const SAME: f32 = 1.0;

/// Marks the crossings of every flow, in the order of the flow.
pub(super) fn mark(layout: &mut DiagramLayout) {
    let seams: Vec<(Id, Rect, Vec<Point>, bool)> = seams(layout);
    for flow in layout.flows.values_mut() {
        let Some(extent) = Rect::around(flow.points.iter().copied()).map(|r| r.expand(1.0)) else { continue };
        let mut found: Vec<(f32, Crossing)> = Vec::new();
        for (boundary, around, seam, closed) in &seams {
            if !around.intersects(extent) {
                continue;
            }
            for (n, w) in flow.points.windows(2).enumerate() {
                let [a, b] = w else { continue };
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

/// Boundary, extent, seam as a polyline, and whether it is closed.
fn seams(layout: &DiagramLayout) -> Vec<(Id, Rect, Vec<Point>, bool)> {
    let closed = layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary).map(|(id, b)| {
        let seam: Vec<Point> = b.rect.corners().into_iter().chain([b.rect.min()]).collect();
        (id.clone(), b.rect, seam, true)
    });
    let open = layout.lines.iter().filter_map(|(id, l)| {
        Rect::around(l.points.iter().copied()).map(|r| (id.clone(), r.expand(1.0), l.points.clone(), false))
    });
    closed.chain(open).collect()
}
