//! What is under the pointer or inside a marquee.

use super::{BoxKind, DiagramLayout, PlacedBox, RoutedFlow};
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
        if let Some((id, _)) =
            self.bodies().filter(|(_, b)| b.covers(p)).min_by(|a, b| a.1.rect.area().total_cmp(&b.1.rect.area()))
        {
            return of(id, Part::Body);
        }
        if let Some((id, _)) =
            self.flows.iter().find(|(_, f)| f.label.as_ref().is_some_and(|l| l.text.contains(p) || l.pill.contains(p)))
        {
            return of(id, Part::Label);
        }
        if let Some((id, _)) = self.tabs().find(|(_, tab)| tab.contains(p)) {
            return of(id, Part::Title);
        }
        if let Some((id, part)) = self.nearest_flow(p, tolerance) {
            return of(id, part);
        }
        if let Some((id, _)) = self.bodies().find(|(_, b)| b.rect.expand(tolerance / 2.0).contains(p)) {
            return of(id, Part::Body);
        }
        self.seam_at(p, tolerance).and_then(|id| of(id, Part::Frame))
    }

    /// The innermost closed boundary around a point, leaving some out (those being dragged).
    pub fn boundary_at(&self, p: Point, ignoring: &BTreeSet<Id>) -> Option<Id> {
        let around = self.boundaries().filter(|(id, b)| b.rect.contains(p) && !ignoring.contains(*id));
        around.min_by(|a, b| a.1.rect.area().total_cmp(&b.1.rect.area())).map(|(id, _)| id.clone())
    }

    /// Items inside a marquee, or touched by it. A boundary counts by its seam, so a marquee inside takes only content.
    pub fn within(&self, area: Rect, reach: Reach) -> BTreeSet<Id> {
        let boxes = self.boxes.iter().filter(|(_, b)| match (reach, b.kind) {
            (Reach::Contain, _) => area.contains_rect(b.rect),
            (Reach::Touch, BoxKind::Boundary) => b.rect.intersects(area) && !b.rect.contains_rect(area),
            (Reach::Touch, _) => b.rect.intersects(area),
        });
        let flows = self.flows.iter().filter(|(_, f)| takes(area, &f.points, reach)).map(|(id, _)| id);
        let lines = self.lines.iter().filter(|(_, l)| takes(area, &l.points, reach)).map(|(id, _)| id);
        boxes.map(|(id, _)| id).chain(flows).chain(lines).cloned().collect()
    }

    /// Elements and notes.
    fn bodies(&self) -> impl Iterator<Item = (&Id, &PlacedBox)> {
        self.boxes.iter().filter(|(_, b)| b.kind != BoxKind::Boundary)
    }

    fn boundaries(&self) -> impl Iterator<Item = (&Id, &PlacedBox)> {
        self.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary)
    }

    fn tabs(&self) -> impl Iterator<Item = (&Id, Rect)> {
        let boxes = self.boxes.iter().filter_map(|(id, b)| b.tab.map(|t| (id, t)));
        boxes.chain(self.lines.iter().filter_map(|(id, l)| l.tab.map(|t| (id, t))))
    }

    fn nearest_flow(&self, p: Point, tolerance: f32) -> Option<(&Id, Part)> {
        let reached =
            self.flows.iter().filter_map(|(id, f)| f.nearest(p).filter(|(d, _)| *d <= tolerance).map(|(d, n)| (d, id, f, n)));
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
    fn seam_at(&self, p: Point, tolerance: f32) -> Option<&Id> {
        let boxes =
            self.boundaries().filter(|(_, b)| b.rect.expand(tolerance).contains(p) && !b.rect.expand(-tolerance).contains(p));
        let closed = boxes.max_by_key(|(_, b)| b.depth).map(|(id, _)| id);
        closed.or_else(|| {
            self.lines.iter().find(|(_, l)| nearest_piece(&l.points, p).is_some_and(|(d, _)| d <= tolerance)).map(|(id, _)| id)
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
