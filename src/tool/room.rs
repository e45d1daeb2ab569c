//! Room made within a diagram: everything beyond a line moves away from it, or back as far as the way is empty.
//!
//! Edges keep their order, so everything stays in its boundary and out of the others: a boundary across the line
//! stretches, one beyond it moves with its content. What is locked stays, with all it contains.

use super::ToolCx;
use super::context::GRID;
use super::operation::size;
use super::snapping::{Axis, Span};
use crate::edit::{Edit, PADDING_ABOVE};
use crate::geometry::{Point, Rect};
use crate::model::{Attach, Id, Key, Placement, PlacementKey};
use crate::scene::{BoxKind, PlacedBox};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Room {
    axis: Axis,
    line: f32,
    edges: BTreeMap<Id, Edges>,
    /// What collapsed boundaries hide goes with their boxes.
    hidden: BTreeSet<Id>,
    /// Where everything that may move was.
    before: Vec<(Id, Placement)>,
    /// How far things come back, at most zero, and go away, at least zero.
    limits: (f32, f32),
    /// How many places the model had.
    placed: usize,
}

/// What a box takes up along the axis, and which of its two edges move.
#[derive(Clone, Copy, Debug)]
struct Edges {
    span: Span,
    across: Span,
    least: f32,
    low: bool,
    high: bool,
}

impl Room {
    pub fn new(axis: Axis, at: Point, cx: &ToolCx<'_>) -> Room {
        let line = axis.of(at - Point::default());
        let locked = cx.model.diagrams.get(cx.diagram).map(|d| cx.model.with_content(&d.locked)).unwrap_or_default();
        let edges: BTreeMap<Id, Edges> =
            cx.layout.boxes.iter().map(|(id, b)| (id.clone(), edges(axis, line, id, b, &locked, cx))).collect();
        let folded = edges.iter().filter(|(id, e)| e.low && cx.model.is_collapsed(cx.diagram, id));
        let hidden = cx.model.with_content_and_flows(&folded.map(|(id, _)| id.clone()).collect());
        let free = cx.model.placed(cx.diagram).filter(|(id, _)| !locked.contains(*id));
        let before: Vec<(Id, Placement)> = free.map(|(id, p)| (id.clone(), p.clone())).collect();
        let placed = cx.model.placements.len();
        let mut room = Room { axis, line, edges, hidden, before, limits: (0.0, 0.0), placed };
        room.limits = (room.back(), room.forth());
        room
    }

    /// False when something it pushes is gone.
    pub fn stands(&self, cx: &ToolCx<'_>) -> bool {
        cx.model.placements.len() >= self.placed
    }

    /// How far things go when pulled this far: in steps of the grid, and never over each other.
    pub fn along(&self, wanted: f32, cx: &ToolCx<'_>) -> f32 {
        let step = if cx.grid { GRID } else { 1.0 };
        let whole = |by: f32| (by / step).trunc() * step;
        ((wanted / step).round() * step).clamp(whole(self.limits.0), whole(self.limits.1))
    }

    /// `None` when nothing moves.
    pub fn edit(&self, by: f32, cx: &ToolCx<'_>) -> Option<Edit> {
        let moved = self.before.iter().map(|(id, place)| (id, place, self.moved(id, place, by)));
        let changed = moved.filter(|(_, before, after)| *before != after);
        let put = |(id, _, after): (&Id, _, Placement)| {
            Edit::put(Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone())), after)
        };
        let edits: Vec<Edit> = changed.map(put).collect();
        (!edits.is_empty()).then(|| Edit::Batch { label: "make room".into(), edits })
    }

    fn moved(&self, id: &Id, place: &Placement, by: f32) -> Placement {
        let goes = self.hidden.contains(id);
        let shift = |p: Point| if goes || self.is_beyond(p) { p + self.axis.with(Default::default(), by) } else { p };
        match place {
            Placement::Box(r) => Placement::Box(match self.edges.get(id) {
                _ if goes => r.translate(self.axis.with(Default::default(), by)),
                Some(Edges { low: true, .. }) => r.translate(self.axis.with(Default::default(), by)),
                Some(Edges { high: true, .. }) => match self.axis {
                    Axis::X => Rect { w: r.w + by, ..*r },
                    Axis::Y => Rect { h: r.h + by, ..*r },
                },
                _ => *r,
            }),
            Placement::Line(line) => {
                let mut line = line.clone();
                line.points.iter_mut().for_each(|p| *p = shift(*p));
                Placement::Line(line)
            }
            Placement::Route(route) => {
                let mut route = route.clone();
                route.bends.iter_mut().for_each(|p| *p = shift(*p));
                for end in [&mut route.start, &mut route.end] {
                    if let Attach::Loose(p) = end {
                        *p = shift(*p);
                    }
                }
                Placement::Route(route)
            }
        }
    }

    fn is_beyond(&self, p: Point) -> bool {
        self.axis.of(p - Point::default()) >= self.line
    }

    /// As far as the strip before the first thing that moves is empty, and the boundaries across it stay large enough.
    fn back(&self) -> f32 {
        let (mut first, mut last, mut spare) = (f32::INFINITY, f32::NEG_INFINITY, f32::INFINITY);
        for e in self.edges.values() {
            match (e.low, e.high) {
                (true, _) => first = first.min(e.span.low),
                (false, true) => {
                    (first, last) = (first.min(e.span.high), last.max(e.span.low));
                    spare = spare.min(e.span.length() - e.least);
                }
                (false, false) => last = last.max(e.span.high),
            }
        }
        let drawn = self.before.iter().filter(|(id, _)| !self.hidden.contains(id));
        for p in drawn.flat_map(|(_, place)| corners(place)) {
            let along = self.axis.of(p - Point::default());
            let side = if self.is_beyond(p) { &mut first } else { &mut last };
            *side = if self.is_beyond(p) { side.min(along) } else { side.max(along) };
        }
        -(first - last - PADDING_ABOVE).min(spare).max(0.0)
    }

    /// As far as nothing comes to lie over what stays beyond the line because it is locked.
    fn forth(&self) -> f32 {
        let staying: Vec<&Edges> = self.edges.values().filter(|e| !e.low && e.span.low >= self.line).collect();
        let ways = self.edges.values().filter(|e| e.high).flat_map(|e| {
            let is_before = move |k: &Edges| e.span.high <= k.span.low || (e.low && e.span.middle() < k.span.low);
            let before = move |k: &&&Edges| is_before(k) && e.across.common(k.across).length() > 0.0;
            // What lies across a seam already goes no further.
            staying.iter().filter(before).map(|k| (k.span.low - e.span.high).max(0.0))
        });
        ways.fold(f32::INFINITY, f32::min)
    }
}

/// A boundary's edges move each by itself, but the near one only with all that is inside. Anything else is on the side of
/// its middle.
fn edges(axis: Axis, line: f32, id: &Id, placed: &PlacedBox, locked: &BTreeSet<Id>, cx: &ToolCx<'_>) -> Edges {
    let (span, across) = (axis.span(placed.rect), axis.across(placed.rect));
    let least = size::least(placed.kind);
    let least = if axis == Axis::X { least.0 } else { least.1 };
    let free = !locked.contains(id);
    let (low, high) = if placed.kind == BoxKind::Boundary {
        let holds_locked = || locked.iter().any(|l| cx.model.is_inside(l, &BTreeSet::from([id.clone()])));
        let high = free && span.high >= line;
        (high && span.low >= line && !holds_locked(), high)
    } else {
        let goes = free && span.middle() >= line;
        (goes, goes)
    };
    Edges { span, across, least, low, high }
}

/// The points a course was given.
fn corners(place: &Placement) -> Vec<Point> {
    match place {
        Placement::Box(_) => Vec::new(),
        Placement::Line(line) => line.points.clone(),
        Placement::Route(route) => {
            let loose = |end: &Attach| if let Attach::Loose(p) = end { Some(*p) } else { None };
            route.bends.iter().copied().chain(loose(&route.start)).chain(loose(&route.end)).collect()
        }
    }
}
