//! Smart guides: what is moved or sized is pulled to the edges, centres, gaps and sizes of what stands around it.

mod axis;
mod row;

use super::handle::Handle;
use super::{Modifiers, ToolCx};
use crate::geometry::{Point, Rect, Vec2, pt};
use crate::model::Id;
use crate::scene::BoxKind;
pub use axis::{Axis, Span};
use row::{Gap, Row};
use std::collections::BTreeSet;

/// How far guides pull, in pixels.
const PULL: f32 = 8.0;
/// Of two pulls, that to a box so many times nearer wins over one that is a pixel shorter.
const FAR: f32 = 80.0;
/// Coordinates that differ less than this, in world units, are the same.
const SAME: f32 = 0.1;

/// Why something stands where it does, for the eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guide {
    /// Edges or centres are on this line.
    Line(Point, Point),
    /// One of several equal gaps or sizes.
    Measure(Point, Point),
}

/// The boxes that stay while others are moved, as they were when it began.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    boxes: Vec<Neighbour>,
    /// Boundaries keep equal distances to boundaries, everything else to everything else.
    pub for_boundary: bool,
}

#[derive(Clone, Copy, Debug)]
struct Neighbour {
    rect: Rect,
    is_boundary: bool,
}

/// The edges that move along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moves {
    Both,
    Low,
    High,
}

impl Surroundings {
    /// Everything on the diagram but what is carried.
    pub fn of(cx: &ToolCx<'_>, carried: &BTreeSet<Id>) -> Surroundings {
        let is_boundary = |kind: BoxKind| kind == BoxKind::Boundary;
        let boxes = cx.layout.boxes.iter().filter(|(id, _)| !carried.contains(*id));
        let boxes = boxes.map(|(_, b)| Neighbour { rect: b.rect, is_boundary: is_boundary(b.kind) });
        let for_boundary = carried.iter().any(|id| cx.model.boundaries.contains_key(id));
        Surroundings { boxes: boxes.collect(), for_boundary }
    }

    /// The displacement near `by` that puts the box in line with others, or else on the grid.
    pub fn shift(&self, rect: Rect, by: Vec2, modifiers: Modifiers, cx: &ToolCx<'_>) -> Vec2 {
        let gridded = cx.snap_by(rect.min(), by, modifiers);
        Axis::BOTH.into_iter().fold(by, |by, axis| {
            // An axis hardly touched stays as it is.
            let free = modifiers.ctrl || axis.of(by).abs() < 1.0;
            let pull = if free { None } else { self.pull(axis, rect.translate(by), Moves::Both, cx) };
            axis.with(by, pull.map_or(axis.of(gridded), |pull| axis.of(by) + pull))
        })
    }

    /// The place near `to` for a handle of the box that puts its edges in line with others, or else on the grid.
    pub fn handle(&self, rect: Rect, handle: Handle, to: Point, modifiers: Modifiers, cx: &ToolCx<'_>) -> Point {
        let gridded = cx.snap(to, modifiers);
        if modifiers.ctrl || modifiers.shift {
            return gridded;
        }
        let drawn = handle.drag(rect, to, (0.0, 0.0), modifiers);
        let pull = |axis: Axis, sign: i8, to: f32, gridded: f32| {
            let pull = Moves::of(sign).and_then(|moves| self.pull(axis, drawn, moves, cx));
            pull.map_or(gridded, |pull| to + pull)
        };
        pt(pull(Axis::X, handle.x, to.x, gridded.x), pull(Axis::Y, handle.y, to.y, gridded.y))
    }

    /// What a box that was moved stands in line with.
    pub fn guides(&self, rect: Rect, cx: &ToolCx<'_>) -> Vec<Guide> {
        Axis::BOTH.into_iter().flat_map(|axis| self.guides_along(axis, rect, Moves::Both, cx)).collect()
    }

    /// What the edges moved by a handle are in line with.
    pub fn guides_of_handle(&self, rect: Rect, handle: Handle, cx: &ToolCx<'_>) -> Vec<Guide> {
        let moved = [(Axis::X, handle.x), (Axis::Y, handle.y)].into_iter();
        let moved = moved.filter_map(|(axis, sign)| Moves::of(sign).map(|moves| (axis, moves)));
        moved.flat_map(|(axis, moves)| self.guides_along(axis, rect, moves, cx)).collect()
    }

    fn near<'s>(&'s self, cx: &ToolCx<'_>) -> impl Iterator<Item = &'s Neighbour> + use<'s> {
        let seen = cx.seen;
        self.boxes.iter().filter(move |n| n.rect.intersects(seen))
    }

    fn row(&self, axis: Axis, rect: Rect, cx: &ToolCx<'_>) -> Row {
        let peers = self.near(cx).filter(|n| n.is_boundary == self.for_boundary && !n.rect.contains_rect(rect));
        Row::of(axis, rect, peers.map(|n| n.rect), cx.px(PULL))
    }

    /// The best of all ways to be in line; `None` when nothing is within reach.
    fn pull(&self, axis: Axis, rect: Rect, moves: Moves, cx: &ToolCx<'_>) -> Option<f32> {
        let (mine, reach) = (axis.span(rect), cx.px(PULL));
        let mut pulls: Vec<(f32, f32)> = Vec::new();
        for n in self.near(cx) {
            let far = axis.across(n.rect).distance(axis.across(rect)) + axis.span(n.rect).distance(mine);
            let size = (n.is_boundary == self.for_boundary).then(|| moves.to_size(mine, axis.span(n.rect).length())).flatten();
            pulls.extend(lines(axis, rect, n.rect, moves).chain(size).map(|pull| (pull, far)));
        }
        pulls.extend(to_gaps(axis, mine, moves, &self.row(axis, rect, cx)).into_iter().map(|pull| (pull, 0.0)));
        let within = pulls.into_iter().filter(|(pull, _)| pull.abs() < reach);
        let cost = |(pull, far): &(f32, f32)| pull.abs() + far / FAR;
        within.min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|(pull, _)| pull)
    }

    fn guides_along(&self, axis: Axis, rect: Rect, moves: Moves, cx: &ToolCx<'_>) -> Vec<Guide> {
        let (mine, across) = (axis.span(rect), axis.across(rect));
        let mut guides = Vec::new();
        // One line for all that is in line; where the middles are, the edges need no lines of their own.
        let mut at_lines: Vec<(f32, Span)> = Vec::new();
        let fits = |pull: f32| pull.abs() <= SAME;
        for n in self.near(cx) {
            let centred = moves == Moves::Both && fits(axis.span(n.rect).middle() - mine.middle());
            for (at, to) in meetings(axis, rect, n.rect, moves) {
                if !fits(to - at) || (centred && at != mine.middle()) {
                    continue;
                }
                match at_lines.iter_mut().find(|(line, _)| *line == at) {
                    Some((_, extent)) => *extent = extent.union(axis.across(n.rect)),
                    None => at_lines.push((at, across.union(axis.across(n.rect)))),
                }
            }
        }
        guides.extend(at_lines.into_iter().map(|(at, e)| Guide::Line(axis.point(at, e.low), axis.point(at, e.high))));
        guides.extend(self.equal_gaps(axis, rect, moves, cx));
        if moves != Moves::Both {
            guides.extend(self.equal_sizes(axis, rect, cx));
        }
        guides
    }

    fn equal_gaps(&self, axis: Axis, rect: Rect, moves: Moves, cx: &ToolCx<'_>) -> Vec<Guide> {
        let row = self.row(axis, rect, cx);
        let before = row.before.and_then(|b| Gap::between(axis, b, rect));
        let after = row.after.and_then(|b| Gap::between(axis, rect, b));
        let all: Vec<Gap> = row.gaps.iter().copied().chain(before).chain(after).collect();
        let mut equal: Vec<Gap> = Vec::new();
        let moved = [before.filter(|_| moves != Moves::High), after.filter(|_| moves != Moves::Low)];
        for own in moved.into_iter().flatten() {
            let same: Vec<Gap> = all.iter().filter(|g| (g.along.length() - own.along.length()).abs() <= SAME).copied().collect();
            let new = same.iter().filter(|g| !equal.iter().any(|e| e.along == g.along));
            equal.extend(if same.len() > 1 { new.copied().collect() } else { Vec::new() });
        }
        let measure = |g: &Gap| Guide::Measure(axis.point(g.along.low, g.across), axis.point(g.along.high, g.across));
        equal.iter().map(measure).collect()
    }

    /// The nearest box of the same size, measured below or right of both.
    fn equal_sizes(&self, axis: Axis, rect: Rect, cx: &ToolCx<'_>) -> Vec<Guide> {
        let length = axis.span(rect).length();
        let same = |n: &&Neighbour| n.is_boundary == self.for_boundary && (axis.span(n.rect).length() - length).abs() <= SAME;
        let distance = |n: &&Neighbour| n.rect.center().distance(rect.center());
        let nearest = self.near(cx).filter(same).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let measure = |r: Rect| {
            let (span, beside) = (axis.span(r), axis.across(r).high + cx.px(PULL));
            Guide::Measure(axis.point(span.low, beside), axis.point(span.high, beside))
        };
        nearest.map_or_else(Vec::new, |n| vec![measure(rect), measure(n.rect)])
    }
}

impl Moves {
    /// By the sign of a handle.
    fn of(sign: i8) -> Option<Moves> {
        match sign {
            0 => None,
            1 => Some(Moves::High),
            _ => Some(Moves::Low),
        }
    }

    /// Where the box may be in line with something.
    fn edges(self, span: Span) -> impl Iterator<Item = f32> {
        let both = (self == Moves::Both).then(|| span.middle());
        let (low, high) = ((self != Moves::High).then_some(span.low), (self != Moves::Low).then_some(span.high));
        [both, low, high].into_iter().flatten()
    }

    /// The pull that makes a span as long as another.
    fn to_size(self, span: Span, length: f32) -> Option<f32> {
        match self {
            Moves::Both => None,
            Moves::Low => Some(span.length() - length),
            Moves::High => Some(length - span.length()),
        }
    }
}

/// Pairs of an edge or middle of a box and that of another it can be in line with.
fn meetings(axis: Axis, rect: Rect, other: Rect, moves: Moves) -> impl Iterator<Item = (f32, f32)> {
    let (mine, theirs) = (axis.span(rect), axis.span(other));
    let middle = (moves == Moves::Both).then(|| (mine.middle(), theirs.middle()));
    // What is inside a boundary does not stand on its seam.
    let edges = (!other.contains_rect(rect)).then_some([theirs.low, theirs.high]);
    let own = moves.edges(mine).filter(move |at| moves != Moves::Both || *at != mine.middle());
    own.flat_map(move |at| edges.into_iter().flatten().map(move |to| (at, to))).chain(middle)
}

fn lines(axis: Axis, rect: Rect, other: Rect, moves: Moves) -> impl Iterator<Item = f32> {
    meetings(axis, rect, other, moves).map(|(from, to)| to - from)
}

/// Pulls that make a gap beside the box as wide as another of its row.
fn to_gaps(axis: Axis, mine: Span, moves: Moves, row: &Row) -> Vec<f32> {
    let before = row.before.map(|r| axis.span(r).high);
    let after = row.after.map(|r| axis.span(r).low);
    let mut pulls = Vec::new();
    if let (Some(before), Some(after)) = (before, after) {
        pulls.push(match moves {
            Moves::Both => (before + after) / 2.0 - mine.middle(),
            Moves::Low => before + (after - mine.high) - mine.low,
            Moves::High => after - (mine.low - before) - mine.high,
        });
    }
    for gap in &row.gaps {
        let width = gap.along.length();
        pulls.extend(before.filter(|_| moves != Moves::High).map(|b| b + width - mine.low));
        pulls.extend(after.filter(|_| moves != Moves::Low).map(|a| a - width - mine.high));
    }
    pulls
}
