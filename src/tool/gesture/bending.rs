//! Shaping a line by hand: way-points and labels of flows, corners of line boundaries.

use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, pt, segment_distance};
use crate::model::{Attach, BoundaryLine, Id, Key, LineStyle, Placement, PlacementKey, Route};
use crate::scene::FlowEnd;
use crate::tool::grip::Grip;
use crate::tool::{Outcome, Pointer, ToolCx};

#[derive(Debug)]
pub struct Bending {
    item: Id,
    shape: Shape,
}

/// What is dragged, and the line as it was.
#[derive(Debug)]
enum Shape {
    /// A way-point; `ends` are the points before and after all bends.
    Bend {
        route: Route,
        index: usize,
        ends: (Point, Point),
    },
    /// A level or upright piece of an orthogonal flow, between these two way-points, moves across itself.
    Piece {
        route: Route,
        first: Option<usize>,
        second: Option<usize>,
        level: bool,
        ends: (Point, Point),
        line: (Point, Point),
        /// What it begins and ends at, where it is the first and the last piece.
        elements: [Option<Rect>; 2],
    },
    /// An orthogonal flow that runs straight, between these two elements if it has them at both ends.
    Straight {
        route: Route,
        line: (Point, Point),
        level: bool,
        elements: Option<(Rect, Rect)>,
    },
    /// The label, along the line or beside it.
    Label {
        route: Route,
        points: Vec<Point>,
    },
    Corner {
        line: BoundaryLine,
        index: usize,
    },
}

/// So near to the corners of its elements a straight flow that is taken aside does not end, and so far from them it bends.
const CORNER: f32 = 10.0;
const JOG: f32 = 24.0;

/// A bend this near, in pixels, to the line between its neighbours is taken away.
const STRAIGHT: f32 = 6.0;

/// Further than this from its line, in world units, a label stays where it is put instead of finding its place at the line.
const BESIDE: f32 = 30.0;

impl Bending {
    pub fn item(&self) -> &Id {
        &self.item
    }

    pub fn begin(grip: &Grip, at: Point, cx: &ToolCx<'_>) -> Turn {
        let shape = grip.item().and_then(|id| shape(grip, id, at, cx));
        match (grip.item(), shape) {
            (Some(item), Some(shape)) => (Gesture::Bending(Bending { item: item.clone(), shape }), Vec::new()),
            _ => done(Vec::new()),
        }
    }

    pub fn moved(self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let edit = self.edit(pointer, cx, false);
        (Gesture::Bending(self), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        vec![Outcome::Commit(self.edit(pointer, cx, true))]
    }

    fn edit(&self, pointer: Pointer, cx: &ToolCx<'_>, tidy: bool) -> Edit {
        let to = cx.snap(pointer.at, pointer.modifiers);
        let placement = match &self.shape {
            Shape::Bend { route, index, ends } => {
                let mut route = route.clone();
                if let Some(bend) = route.bends.get_mut(*index) {
                    *bend = to;
                }
                if tidy && is_straight(&route.bends, *index, *ends, cx.px(STRAIGHT)) {
                    route.bends.remove(*index);
                }
                if tidy {
                    without_needless(&mut route, *ends, cx.px(STRAIGHT));
                }
                Placement::Route(route)
            }
            Shape::Straight { route, line, level, elements } => {
                Placement::Route(aside(route, *line, *level, *elements, to, cx.px(STRAIGHT)))
            }
            Shape::Piece { route, first, second, level, ends, line, elements } => {
                let mut route = route.clone();
                let across = if *level { to.y } else { to.x };
                for index in [first, second].into_iter().flatten() {
                    if let Some(bend) = route.bends.get_mut(*index) {
                        *bend = moved(*bend, *level, across);
                    }
                }
                // Beyond its element it goes out and back, instead of along the edge of that.
                let is_beyond = |r: &Option<Rect>| r.is_some_and(|r| !reaches(r, *level, across));
                let jog = jog(*line, *level, across);
                if is_beyond(&elements[0]) {
                    route.bends.splice(..0, [jog[0], jog[1]]);
                }
                if is_beyond(&elements[1]) {
                    route.bends.extend([jog[2], jog[3]]);
                }
                if tidy {
                    without_needless(&mut route, *ends, cx.px(STRAIGHT));
                }
                Placement::Route(route)
            }
            Shape::Label { route, points } => {
                let share = share_along(points, pointer.at);
                let by = point_along(points, share).map(|at| pointer.at - at).filter(|by| by.length() > BESIDE);
                Placement::Route(Route { label: Some(share), label_by: by, ..route.clone() })
            }
            Shape::Corner { line, index } => {
                let mut line = line.clone();
                if let Some(corner) = line.points.get_mut(*index) {
                    *corner = to;
                }
                if tidy && is_needless(&line.points, *index, cx.px(STRAIGHT)) {
                    line.points.remove(*index);
                }
                Placement::Line(line)
            }
        };
        let key = Key::Placement(PlacementKey::new(cx.diagram.clone(), self.item.clone()));
        let label = if matches!(self.shape, Shape::Label { .. }) { "move label" } else { "bend" };
        Edit::Batch { label: label.into(), edits: vec![Edit::put(key, placement)] }
    }
}

/// A line without the corner under the pointer; `None` when there is none that can go.
pub fn without_corner(grip: &Grip, cx: &ToolCx<'_>) -> Option<Edit> {
    match grip {
        Grip::Bend(id, index) => without_bend(id, *index, cx),
        Grip::LineCorner(id, index) => {
            let Placement::Line(line) = cx.model.placement(cx.diagram, id)? else { return None };
            let mut line = line.clone();
            (line.points.len() > 2 && *index < line.points.len()).then(|| line.points.remove(*index))?;
            let key = Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone()));
            Some(Edit::Batch { label: "remove corner".into(), edits: vec![Edit::put(key, Placement::Line(line))] })
        }
        _ => None,
    }
}

/// The flow without one of the bends people gave it.
fn without_bend(id: &Id, index: usize, cx: &ToolCx<'_>) -> Option<Edit> {
    let Placement::Route(route) = cx.model.placement(cx.diagram, id)? else { return None };
    if route.bends.is_empty() || cx.is_locked(id) {
        return None;
    }
    let (mut route, _) = with_drawn_bends(route, id, cx)?;
    (index < route.bends.len()).then(|| route.bends.remove(index))?;
    let key = Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone()));
    Some(Edit::Batch { label: "remove bend".into(), edits: vec![Edit::put(key, Placement::Route(route))] })
}

fn shape(grip: &Grip, id: &Id, at: Point, cx: &ToolCx<'_>) -> Option<Shape> {
    match (grip, cx.model.placement(cx.diagram, id)?) {
        (Grip::LineCorner(_, index), Placement::Line(line)) => Some(Shape::Corner { line: line.clone(), index: *index }),
        (Grip::LineSegment(_, piece), Placement::Line(line)) => {
            let mut line = line.clone();
            let index = (piece + 1).min(line.points.len());
            line.points.insert(index, at);
            Some(Shape::Corner { line, index })
        }
        (Grip::Label(_), Placement::Route(route)) => {
            Some(Shape::Label { route: route.clone(), points: cx.layout.flows.get(id)?.points.clone() })
        }
        (Grip::Bend(_, index), Placement::Route(route)) => {
            let (route, ends) = with_drawn_bends(route, id, cx)?;
            Some(Shape::Bend { route, index: *index, ends })
        }
        (Grip::Segment(_, piece), Placement::Route(route)) => segment(*piece, route, id, at, cx),
        _ => None,
    }
}

/// The piece of a flow between corners `piece` and `piece + 1`.
fn segment(piece: usize, route: &Route, id: &Id, at: Point, cx: &ToolCx<'_>) -> Option<Shape> {
    let (mut route, ends) = with_drawn_bends(route, id, cx)?;
    let flow = cx.layout.flows.get(id)?;
    let element = |end: &FlowEnd| end.element.as_ref().and_then(|id| cx.rect_of(id));
    if let Some(index) = route.bends.iter().position(|b| b.distance(at) <= cx.reach()) {
        return Some(Shape::Bend { route, index, ends });
    }
    let (a, b) = (*flow.corners.get(piece)?, *flow.corners.get(piece + 1)?);
    let upright = (a.x - b.x).abs() < 0.5 && (a.y - b.y).abs() > 0.5;
    let level = (a.y - b.y).abs() < 0.5 && !upright;
    // Way-point n is corner n + 1.
    let (first, second) = (piece.checked_sub(1), Some(piece).filter(|n| *n < route.bends.len()));
    if route.style == LineStyle::Orthogonal && (level || upright) && (first.is_some() || second.is_some()) {
        let elements = [element(&flow.start).filter(|_| first.is_none()), element(&flow.end).filter(|_| second.is_none())];
        return Some(Shape::Piece { route, first, second, level, ends, line: (a, b), elements });
    }
    if route.style == LineStyle::Orthogonal && (level || upright) {
        let elements = element(&flow.start).zip(element(&flow.end)).filter(|_| flow.start.element != flow.end.element);
        return Some(Shape::Straight { route, line: (a, b), level, elements });
    }
    route.bends.insert(piece.min(route.bends.len()), at);
    Some(Shape::Bend { route, index: piece, ends })
}

/// The route with its way-points as drawn, so that a line laid by the router can be shaped from where it is seen.
fn with_drawn_bends(route: &Route, id: &Id, cx: &ToolCx<'_>) -> Option<(Route, (Point, Point))> {
    let flow = cx.layout.flows.get(id)?;
    let bends = flow.corners.get(1..flow.corners.len().checked_sub(1)?)?.to_vec();
    // An end that finds its own place aims at the middle of its element, whatever the bends are now.
    let aim = |end: &FlowEnd, attach: Attach| {
        let element = end.element.as_ref().filter(|_| attach == Attach::Auto);
        element.and_then(|e| cx.rect_of(e)).map_or(end.at, |r| r.center())
    };
    let ends = (aim(&flow.start, route.start), aim(&flow.end, route.end));
    Some((Route { bends, ..route.clone() }, ends))
}

/// The points before and after a bend.
fn neighbours(bends: &[Point], index: usize, ends: (Point, Point)) -> (Point, Point) {
    let before = index.checked_sub(1).and_then(|n| bends.get(n)).copied().unwrap_or(ends.0);
    (before, bends.get(index + 1).copied().unwrap_or(ends.1))
}

/// True when a bend is as good as on the line between its neighbours.
fn is_straight(bends: &[Point], index: usize, ends: (Point, Point), tolerance: f32) -> bool {
    let (before, after) = neighbours(bends, index, ends);
    bends.get(index).is_some_and(|b| segment_distance(*b, before, after) <= tolerance)
}

/// A flow that ran straight, taken aside: as long as both elements reach there it goes on running straight; further out it
/// goes out to there and back.
fn aside(route: &Route, (a, b): (Point, Point), level: bool, elements: Option<(Rect, Rect)>, to: Point, tolerance: f32) -> Route {
    let across = if level { to.y } else { to.x };
    if (across - if level { a.y } else { a.x }).abs() <= tolerance {
        return route.clone();
    }
    let spot = |r: Rect, end: Point| {
        let c = r.center();
        Attach::At(match level {
            true => pt(if end.x < c.x { 0.0 } else { 1.0 }, (across - r.y) / r.h),
            false => pt((across - r.x) / r.w, if end.y < c.y { 0.0 } else { 1.0 }),
        })
    };
    match elements.filter(|(from, to)| reaches(*from, level, across) && reaches(*to, level, across)) {
        Some((from, to)) => Route { start: spot(from, a), end: spot(to, b), ..route.clone() },
        None => Route { bends: jog((a, b), level, across).to_vec(), ..route.clone() },
    }
}

/// Whether a piece there still ends at the side of an element, clear of its corners.
fn reaches(r: Rect, level: bool, across: f32) -> bool {
    let (low, high) = if level { (r.y, r.bottom()) } else { (r.x, r.right()) };
    let inset = CORNER.min((high - low) / 4.0);
    (low + inset..=high - inset).contains(&across)
}

/// From one end of a piece out to there, and back to the other.
fn jog((a, b): (Point, Point), level: bool, across: f32) -> [Point; 4] {
    let step = (b - a) * (JOG / a.distance(b).max(1.0)).min(0.25);
    [a + step, moved(a + step, level, across), moved(b - step, level, across), b - step]
}

fn moved(p: Point, level: bool, across: f32) -> Point {
    if level { pt(p.x, across) } else { pt(across, p.y) }
}

/// Takes bends of an orthogonal flow away that lie on one line with those before and after them: they bend nothing, or are
/// the tip of a spur that leads nowhere.
fn without_needless(route: &mut Route, ends: (Point, Point), tolerance: f32) {
    let is_needless = |bends: &[Point], n: usize| {
        let (before, after) = neighbours(bends, n, ends);
        let near = |a: f32, b: f32, c: f32| (a - b).abs() <= tolerance && (c - b).abs() <= tolerance;
        bends.get(n).is_some_and(|at| near(before.x, at.x, after.x) || near(before.y, at.y, after.y))
    };
    while let Some(n) = (0..route.bends.len()).find(|n| route.style == LineStyle::Orthogonal && is_needless(&route.bends, *n)) {
        route.bends.remove(n);
    }
}

/// True for an inner corner of a line boundary that is as good as on the line between its neighbours.
fn is_needless(points: &[Point], index: usize, tolerance: f32) -> bool {
    let neighbours = index.checked_sub(1).and_then(|n| points.get(n)).zip(points.get(index + 1));
    neighbours.zip(points.get(index)).is_some_and(|((a, b), at)| segment_distance(*at, *a, *b) <= tolerance)
}

/// The point a share of the way along a polyline.
fn point_along(points: &[Point], share: f32) -> Option<Point> {
    let pieces = || points.iter().zip(points.iter().skip(1));
    let mut left = share * pieces().map(|(a, b)| a.distance(*b)).sum::<f32>();
    for (a, b) in pieces() {
        let size = a.distance(*b);
        if left <= size && size > 0.0 {
            return Some(a.lerp(*b, left / size));
        }
        left -= size;
    }
    points.last().copied()
}

/// The place nearest to `p` along a polyline, 0 to 1 of its length.
fn share_along(points: &[Point], p: Point) -> f32 {
    let pieces: Vec<(Point, Point)> = points.windows(2).filter_map(|w| Some((*w.first()?, *w.last()?))).collect();
    let length: f32 = pieces.iter().map(|(a, b)| a.distance(*b)).sum();
    let (mut walked, mut nearest, mut share) = (0.0, f32::MAX, 0.5);
    for (a, b) in pieces {
        let size = a.distance(b);
        let t = if size > 0.0 { ((p - a).dot(b - a) / (size * size)).clamp(0.0, 1.0) } else { 0.0 };
        let off = p.distance(a.lerp(b, t));
        if off < nearest {
            (nearest, share) = (off, (walked + t * size) / length.max(1e-3));
        }
        walked += size;
    }
    share.clamp(0.0, 1.0)
}
