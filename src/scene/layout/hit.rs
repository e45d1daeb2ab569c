//! What is under the pointer or inside a marquee.

use super::{BoundaryCurve, BoxKind, DiagramLayout, PlacedBox, RoutedFlow};
use crate::geometry::{Point, Rect, segment_crossing, segment_distance};
use crate::model::{Id, LineStyle};
use std::collections::BTreeSet;

/// A hit item and which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: Id,
    pub part: Part,
}

/// Parts a pointer can take hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The inside of an element or note.
    Body,
    /// The seam of a boundary.
    Frame,
    /// The name tab of a boundary.
    Title,
    /// The label of a flow.
    Label,
    /// The piece of a flow between corner `i` and the next ([`RoutedFlow::corners`]).
    Segment(usize),
    /// Within reach of the first or last point of a flow.
    Start,
    End,
}

/// What a marquee takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What lies inside as a whole.
    Contain,
    /// What it touches.
    Touch,
}

impl DiagramLayout {
    /// The topmost part within `tolerance` world units of the point; the ground inside a boundary is not a hit.
    pub fn hit(&self, p: Point, tolerance: f32) -> Option<Hit> {
        let of = |id: &Id, part| Some(Hit { id: id.clone(), part });
        let near = self.near(Rect::from_center(p, 2.0 * tolerance, 2.0 * tolerance));
        let bodies = || self.boxes_of(&near).filter(|(_, b)| b.kind != BoxKind::Boundary);
        if let Some((id, _)) = bodies().filter(|(_, b)| b.covers(p)).min_by(|a, b| a.1.rect.area().total_cmp(&b.1.rect.area())) {
            return of(id, Part::Body);
        }
        let labelled = |f: &RoutedFlow| f.label.as_ref().is_some_and(|l| l.text.contains(p) || l.pill.contains(p));
        if let Some((id, _)) = self.flows_of(&near).find(|(_, f)| labelled(f)) {
            return of(id, Part::Label);
        }
        let tab = |id: &Id| {
            let of_box = self.boxes.get(id).map(|b| b.tab);
            of_box.or_else(|| self.lines.get(id).map(|l| l.tab)).flatten()
        };
        if let Some(id) = near.iter().find(|id| tab(id).is_some_and(|tab| tab.contains(p))) {
            return of(id, Part::Title);
        }
        if let Some((id, part)) = self.nearest_flow(&near, p, tolerance) {
            return of(id, part);
        }
        if let Some((id, _)) = bodies().find(|(_, b)| b.rect.expand(tolerance / 2.0).contains(p)) {
            return of(id, Part::Body);
        }
        self.seam_at(&near, p, tolerance).and_then(|id| of(id, Part::Frame))
    }

    /// The flow nearest to a point, within `tolerance` world units.
    pub fn flow_at(&self, p: Point, tolerance: f32) -> Option<Id> {
        let near = self.near(Rect::from_center(p, 2.0 * tolerance, 2.0 * tolerance));
        self.nearest_flow(&near, p, tolerance).map(|(id, _)| id.clone())
    }

    /// The innermost closed boundary around a point, leaving some out (those being dragged).
    pub fn boundary_at(&self, p: Point, ignoring: &BTreeSet<Id>) -> Option<Id> {
        let near = self.near(Rect::from_center(p, 0.0, 0.0));
        let boundaries = self.boxes_of(&near).filter(|(_, b)| matches!(b.kind, BoxKind::Boundary | BoxKind::Folded));
        let around = boundaries.filter(|(id, b)| b.rect.contains(p) && !ignoring.contains(*id));
        around.min_by(|a, b| a.1.rect.area().total_cmp(&b.1.rect.area())).map(|(id, _)| id.clone())
    }

    /// Items inside a marquee, or touched by it. A boundary counts by its seam, so a marquee inside takes only content.
    pub fn within(&self, area: Rect, reach: Reach) -> BTreeSet<Id> {
        let taken = |id: &Id| {
            if let Some(b) = self.boxes.get(id) {
                return match (reach, b.kind) {
                    (Reach::Contain, _) => area.contains_rect(b.rect),
                    (Reach::Touch, BoxKind::Boundary) => b.rect.intersects(area) && !b.rect.contains_rect(area),
                    (Reach::Touch, _) => b.rect.intersects(area),
                };
            }
            let course = self.flows.get(id).map(|f| &f.points).or_else(|| self.lines.get(id).map(|l| &l.points));
            course.is_some_and(|points| takes(area, points, reach))
        };
        self.near(area).into_iter().filter(|id| taken(id)).flat_map(|id| self.all_of(id)).collect()
    }

    /// What selecting an item takes: all flows that are drawn as one.
    pub fn all_of(&self, id: &Id) -> BTreeSet<Id> {
        self.bundles.get(id).map_or_else(|| [id.clone()].into(), |ids| ids.iter().cloned().collect())
    }

    fn boxes_of<'a>(&'a self, ids: &'a [&Id]) -> impl Iterator<Item = (&'a Id, &'a PlacedBox)> {
        ids.iter().filter_map(|id| self.boxes.get_key_value(*id))
    }

    fn boundaries_of<'a>(&'a self, ids: &'a [&Id]) -> impl Iterator<Item = (&'a Id, &'a PlacedBox)> {
        self.boxes_of(ids).filter(|(_, b)| b.kind == BoxKind::Boundary)
    }

    fn flows_of<'a>(&'a self, ids: &'a [&Id]) -> impl Iterator<Item = (&'a Id, &'a RoutedFlow)> {
        ids.iter().filter_map(|id| self.flows.get_key_value(*id))
    }

    fn nearest_flow<'a>(&'a self, near: &'a [&Id], p: Point, tolerance: f32) -> Option<(&'a Id, Part)> {
        let flows = self.flows_of(near);
        let reached = flows.filter_map(|(id, f)| f.nearest(p).filter(|(d, _)| *d <= tolerance).map(|(d, n)| (d, id, f, n)));
        let (_, id, flow, piece) = reached.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let part = if p.distance(flow.start.at) <= tolerance {
            Part::Start
        } else if p.distance(flow.end.at) <= tolerance {
            Part::End
        } else {
            Part::Segment(piece)
        };
        Some((id, part))
    }

    /// The boundary whose seam is within reach, the innermost first.
    fn seam_at<'a>(&'a self, near: &'a [&Id], p: Point, tolerance: f32) -> Option<&'a Id> {
        let on_seam = |r: Rect| r.expand(tolerance).contains(p) && !r.expand(-tolerance).contains(p);
        let closed = self.boundaries_of(near).filter(|(_, b)| on_seam(b.rect)).max_by_key(|(_, b)| b.depth).map(|(id, _)| id);
        closed.or_else(|| {
            let mut lines = near.iter().filter_map(|id| self.lines.get_key_value(*id));
            lines.find(|(_, l)| nearest_piece(&l.points, p).is_some_and(|(d, _)| d <= tolerance)).map(|(id, _)| id)
        })
    }
}

impl RoutedFlow {
    /// Distance of a point from the line, and the piece between corners it is nearest to.
    pub fn nearest(&self, p: Point) -> Option<(f32, usize)> {
        let (distance, piece) = nearest_piece(&self.points, p)?;
        let pieces_per_corner = if self.style == LineStyle::Curved { crate::geometry::FLATTENED } else { 1 };
        Some((distance, piece / pieces_per_corner))
    }
}

impl BoundaryCurve {
    /// Distance of a point from the line, and the piece between corners it is nearest to.
    pub fn nearest(&self, p: Point) -> Option<(f32, usize)> {
        let (distance, piece) = nearest_piece(&self.points, p)?;
        let mut passed = 0;
        for drawn in self.points.iter().take(piece + 1) {
            passed += usize::from(self.corners.get(passed).is_some_and(|c| c.distance(*drawn) < 0.05));
        }
        Some((distance, passed.clamp(1, self.corners.len().max(2) - 1) - 1))
    }
}

fn nearest_piece(points: &[Point], p: Point) -> Option<(f32, usize)> {
    let distances = points.windows(2).enumerate().filter_map(|(n, w)| match w {
        [a, b] => Some((segment_distance(p, *a, *b), n)),
        _ => None,
    });
    distances.min_by(|a, b| a.0.total_cmp(&b.0))
}

fn takes(area: Rect, points: &[Point], reach: Reach) -> bool {
    match reach {
        Reach::Contain => points.iter().all(|p| area.contains(*p)),
        Reach::Touch => points.iter().any(|p| area.contains(*p)) || cuts(area, points),
    }
}

/// True when a polyline crosses an edge of the rectangle.
pub(super) fn cuts(area: Rect, points: &[Point]) -> bool {
    let [a, b, c, d] = area.corners();
    let edges = [(a, b), (b, c), (c, d), (d, a)];
    points.windows(2).any(|w| matches!(w, [p, q] if edges.iter().any(|e| segment_crossing((*p, *q), *e).is_some())))
}
