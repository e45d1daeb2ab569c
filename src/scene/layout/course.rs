//! The course of flows and line boundaries: attachment to outlines, bends, curves.

use super::outline::Side;
use super::parallel::Fans;
use super::routing::{End, Job, Routing, Scope, Terrain, elbow, pieces};
use super::{BoundaryCurve, BoxKind, DiagramLayout, FlowEnd, Outline, PlacedBox, RoutedFlow, Step, TextBlock};
use crate::geometry::{Cubic, Point, Rect, Vec2, flatten, pt, smooth, squared};
use crate::model::{Attach, BoundaryLine, Flow, Id, LineStyle, Placement, Route, ThreatModel};
use crate::progress::Progress;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// Radius of the bends of orthogonal flows.
const BEND: f32 = 8.0;
/// Where more way-points of a course lead nowhere, all are left out.
const MOST_LEFT_OUT: usize = 8;

pub(super) fn boundary_line(line: &BoundaryLine) -> BoundaryCurve {
    let (points, steps) = match line.style {
        LineStyle::Orthogonal => drawn(line.style, &squared(&line.points)),
        LineStyle::Straight | LineStyle::Curved => drawn(line.style, &line.points),
    };
    BoundaryCurve { corners: line.points.clone(), points, steps, tab: None }
}

/// The courses of those of the flows that have two places to run between. The terrain learns where they run.
pub(super) fn route_flows<'a>(
    model: &ThreatModel,
    flows: impl Iterator<Item = (&'a Id, &'a Placement)>,
    layout: &DiagramLayout,
    terrain: &mut Terrain,
    progress: &dyn Progress,
) -> BTreeMap<Id, RoutedFlow> {
    let mut courses = Courses::begin(model, flows, layout, terrain, Scope::Whole);
    courses.advance(terrain, progress);
    courses.end(terrain)
}

/// Flows that are being given their courses.
pub(super) struct Courses {
    /// Those people drew.
    drawn: BTreeMap<Id, RoutedFlow>,
    two_heads: BTreeSet<Id>,
    /// Those left to us.
    routing: Routing,
}

impl Courses {
    /// Gives those that people drew their course, which the terrain learns, and makes ready for the others.
    pub fn begin<'a>(
        model: &ThreatModel,
        flows: impl Iterator<Item = (&'a Id, &'a Placement)>,
        layout: &DiagramLayout,
        terrain: &mut Terrain,
        scope: Scope,
    ) -> Courses {
        let (mut jobs, mut drawn, mut two_heads) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        let fans = LazyCell::new(|| layout.diagram.as_ref().map(|diagram| Fans::of(model, diagram)).unwrap_or_default());
        for (id, placement) in flows {
            let (Placement::Route(route), Some(flow)) = (placement, model.flows.get(id)) else { continue };
            let Some([start, stop]) = ends(model, layout, flow) else { continue };
            let (from, to) = (start.map(|(_, b)| b), stop.map(|(_, b)| b));
            let (start, stop) = (start.map(|(id, _)| id), stop.map(|(id, _)| id));
            if route.two_heads {
                two_heads.insert(id.clone());
            }
            let is_loop = flow.from.is_some() && flow.from == flow.to;
            if route.bends.is_empty() && (route.style == LineStyle::Orthogonal || is_loop) {
                let ends = end(route.start, start, from).zip(end(route.end, stop, to));
                jobs.extend(ends.map(|(from, to)| Job { flow: id.clone(), style: route.style, from, to, via: Vec::new() }));
                continue;
            }
            // Those with way-points run alone.
            let beside = if route.bends.is_empty() { fans.ends(id, route, from, to) } else { None };
            let fanned = beside.map(|corners| (Cow::Borrowed(route), corners));
            let Some((route, corners)) = fanned.or_else(|| sensible(route, from, to)) else { continue };
            if let (LineStyle::Orthogonal, [first, .., last]) = (route.style, corners.as_slice())
                && (route.bends.is_empty() || terrain.stands_on(&corners, *first, *last))
                && let Some((from, to)) = end(route.start, start, from).zip(end(route.end, stop, to))
            {
                // Something came to stand on it: around that, but still by way of the points people chose, as far as
                // they can be had.
                let via = route.bends.iter().copied().filter(|p| !terrain.covers(*p)).collect();
                jobs.push(Job { flow: id.clone(), style: route.style, from, to, via });
                continue;
            }
            if let Some(routed) = finish(route.style, corners, start.cloned(), stop.cloned()) {
                terrain.learn(&routed);
                drawn.insert(id.clone(), routed);
            }
        }
        Courses { drawn, two_heads, routing: Routing::of(jobs, terrain, scope) }
    }

    /// Goes on until all have their course, or it is said to be enough. True when all have.
    pub fn advance(&mut self, terrain: &Terrain, progress: &dyn Progress) -> bool {
        self.routing.advance(terrain, progress)
    }

    /// All courses, plain ones for flows that were not reached. The terrain learns where they run.
    pub fn end(self, terrain: &mut Terrain) -> BTreeMap<Id, RoutedFlow> {
        let mut out = self.drawn;
        for (job, corners) in self.routing.courses() {
            if let Some(routed) = finish(job.style, corners, job.from.element, job.to.element) {
                terrain.learn(&routed);
                out.insert(job.flow, routed);
            }
        }
        for (id, course) in &mut out {
            course.two_heads = self.two_heads.contains(id);
        }
        out
    }

    /// Leaves it, with the terrain as it was before.
    pub fn drop_from(self, terrain: &mut Terrain) {
        self.drawn.values().for_each(|flow| terrain.forget(flow));
    }
}

/// A course whose ends went elsewhere, with as few changes as that takes: something to look at until it is routed.
pub(super) fn stretched(was: &RoutedFlow, start: Point, stop: Point) -> Option<RoutedFlow> {
    let mut corners = was.corners.clone();
    let level = |a: Option<&Point>, b: Option<&Point>| a.zip(b).is_some_and(|(a, b)| (a.y - b.y).abs() < (a.x - b.x).abs());
    let count = corners.len();
    let square = was.style == LineStyle::Orthogonal;
    let (first, last) = (level(corners.first(), corners.get(1)), level(corners.iter().rev().nth(1), corners.last()));
    if square && count == 2 {
        corners = elbow(start, stop, first);
    } else if square {
        for (near, at, is_level) in [(1, start, first), (count.saturating_sub(2), stop, last)] {
            if let Some(corner) = corners.get_mut(near) {
                *corner = if is_level { Point { y: at.y, ..*corner } } else { Point { x: at.x, ..*corner } };
            }
        }
    }
    corners.first_mut().into_iter().for_each(|end| *end = start);
    corners.last_mut().into_iter().for_each(|end| *end = stop);
    let routed = finish(was.style, corners, was.start.element.clone(), was.end.element.clone())?;
    Some(RoutedFlow { two_heads: was.two_heads, ..routed })
}

/// The flows that have two places to run between as straight lines, whatever stands there.
pub(super) fn straight_flows<'a>(
    model: &ThreatModel,
    flows: impl Iterator<Item = (&'a Id, &'a Placement)>,
    layout: &DiagramLayout,
) -> BTreeMap<Id, RoutedFlow> {
    let straight = |(id, placement): (&Id, &Placement)| {
        let (Placement::Route(route), Some(flow)) = (placement, model.flows.get(id)) else { return None };
        let [start, stop] = ends(model, layout, flow)?;
        let plain = Route { style: LineStyle::Straight, ..route.clone() };
        let corners = corners(&plain, start.map(|(_, b)| b), stop.map(|(_, b)| b))?;
        let routed = finish(LineStyle::Straight, corners, start.map(|(id, _)| id.clone()), stop.map(|(id, _)| id.clone()))?;
        Some((id.clone(), RoutedFlow { two_heads: route.two_heads, ..routed }))
    };
    flows.filter_map(straight).collect()
}

/// What is drawn at the ends of a flow; `None` for one that begins and ends within the same thing.
fn ends<'a>(model: &'a ThreatModel, layout: &'a DiagramLayout, flow: &'a Flow) -> Option<[Option<(&'a Id, &'a PlacedBox)>; 2]> {
    // What ends at a part is drawn to the whole where only that is shown.
    let both = [&flow.from, &flow.to].map(|end| shown(model, layout, end.as_ref()));
    let [start, stop] = &both;
    let is_inside = start.is_some() && start == stop && flow.from != flow.to;
    (!is_inside).then_some(both)
}

/// An element that is drawn, or the innermost whole it is a part of that is.
fn shown<'a>(model: &'a ThreatModel, layout: &'a DiagramLayout, element: Option<&'a Id>) -> Option<(&'a Id, &'a PlacedBox)> {
    let element = element?;
    match layout.boxes.get_key_value(element) {
        Some(drawn) => Some(drawn),
        None => model.wholes(element).into_iter().find_map(|id| layout.boxes.get_key_value(id)),
    }
}

/// One end for the router; `None` when it has no place.
fn end(attach: Attach, element: Option<&Id>, placed: Option<&PlacedBox>) -> Option<End> {
    match (attach, placed) {
        (Attach::At(u), Some(b)) => Some(End { element: element.cloned(), pinned: Some(pinned(b, u)), placed: b.without_text() }),
        (_, Some(b)) => Some(End { element: element.cloned(), pinned: None, placed: b.without_text() }),
        (Attach::Loose(p), None) => {
            let spot = PlacedBox {
                kind: BoxKind::Note,
                rect: Rect { x: p.x, y: p.y, w: 0.0, h: 0.0 },
                outline: Outline::Rounded(0.0),
                depth: 0,
                text: TextBlock::default(),
                tab: None,
            };
            Some(End { element: None, pinned: None, placed: spot })
        }
        _ => None,
    }
}

/// The spot of the outline at a place in unit coordinates of the box.
fn pinned(placed: &PlacedBox, unit: Point) -> (Point, Side) {
    let (side, r) = (PlacedBox::side_near(unit), placed.rect);
    let along = if side.is_level() { r.y + unit.y * r.h } else { r.x + unit.x * r.w };
    (placed.on_side(side, along), side)
}

/// Start, way-points and end of a flow; `None` when an end has no place.
fn corners(route: &Route, from: Option<&PlacedBox>, to: Option<&PlacedBox>) -> Option<Vec<Point>> {
    let aim = |attach: Attach, at: Option<&PlacedBox>| match (attach, at) {
        (Attach::Loose(p), None) => Some(p),
        (Attach::At(u), Some(b)) => Some(pt(b.rect.x + u.x * b.rect.w, b.rect.y + u.y * b.rect.h)),
        (_, Some(b)) => Some(b.rect.center()),
        _ => None,
    };
    let (start, end) = (aim(route.start, from)?, aim(route.end, to)?);
    let start = attach(route, route.start, from, route.bends.first().copied().unwrap_or(end)).unwrap_or(start);
    let end = attach(route, route.end, to, route.bends.last().copied().unwrap_or(start)).unwrap_or(end);
    let square = route.style == LineStyle::Orthogonal;
    let out = |attach, at, bend: Option<&Point>| square_out(attach, at?, *bend.filter(|_| square)?);
    let ways = [out(route.start, from, route.bends.first()), out(route.end, to, route.bends.last())];
    let bends = ways[0].into_iter().chain(route.bends.iter().copied()).chain(ways[1]);
    let mut corners: Vec<Point> = std::iter::once(start).chain(bends).chain([end]).collect();
    if square && !route.bends.is_empty() {
        corners = squared(&corners);
    }
    Some(corners)
}

/// The course with the way-points that still lead somewhere, and its corners: elements may have been moved since they were set, so that it
/// would lead back on itself or through what it begins or ends at. From its ends inwards as few as possible are left out,
/// and they count again when things are moved back.
fn sensible<'a>(route: &'a Route, from: Option<&PlacedBox>, to: Option<&PlacedBox>) -> Option<(Cow<'a, Route>, Vec<Point>)> {
    let count = route.bends.len();
    let all = corners(route, from, to)?;
    if route.style != LineStyle::Orthogonal || count == 0 || !is_astray(&all, [from, to]) {
        return Some((Cow::Borrowed(route), all));
    }
    let without = |first: usize, last: usize| {
        let bends = route.bends.get(first..count - last).unwrap_or_default().to_vec();
        let fewer = Route { bends, ..route.clone() };
        corners(&fewer, from, to).map(|corners| (Cow::Owned(fewer), corners))
    };
    let fewer = (1..=count.min(MOST_LEFT_OUT)).flat_map(|n| (0..=n).map(move |first| (first, n - first)));
    fewer
        .filter_map(|(first, last)| without(first, last))
        .find(|(_, corners)| !is_astray(corners, [from, to]))
        .or_else(|| without(count, 0))
}

/// Whether a course turns back on itself, or leads through one of the boxes at its ends.
fn is_astray(corners: &[Point], ends: [Option<&PlacedBox>; 2]) -> bool {
    let back = |w: &[Point]| matches!(w, [a, b, c] if (*b - *a).unit().dot((*c - *b).unit()) < -0.5);
    let last = corners.len().saturating_sub(2);
    let is_at = |end: usize, placed: &PlacedBox| ends.get(end).copied().flatten().is_some_and(|at| at.rect == placed.rect);
    let through = |placed: &PlacedBox| {
        pieces(corners).enumerate().any(|(n, (a, b))| match n {
            // They begin on the outline, which may be far inside of the box.
            0 if is_at(0, placed) => leads_in(placed, a, b),
            _ if n == last && is_at(1, placed) => leads_in(placed, b, a),
            _ => Rect::from_corners(a, b).expand(0.1).intersects(placed.rect.expand(-2.0)),
        })
    };
    corners.windows(3).any(back) || ends.into_iter().flatten().any(through)
}

/// Whether a line from a spot of the outline leads into the box instead of away from it.
fn leads_in(placed: &PlacedBox, spot: Point, next: Point) -> bool {
    let r = placed.rect;
    let side = PlacedBox::side_near(pt((spot.x - r.x) / r.w.max(1.0), (spot.y - r.y) / r.h.max(1.0)));
    let core = Rect::from_center(r.center(), 0.4 * r.w, 0.4 * r.h);
    (next - spot).dot(side.normal()) < -1.0 || Rect::from_corners(spot, next).expand(0.1).intersects(core)
}

/// Where a flow turns that leaves the side it is fixed to at a right angle, on its way to a point out there.
fn square_out(attach: Attach, placed: &PlacedBox, to: Point) -> Option<Point> {
    let Attach::At(unit) = attach else { return None };
    let (spot, side) = pinned(placed, unit);
    let is_aside = (to.x - spot.x).abs() > 0.5 && (to.y - spot.y).abs() > 0.5;
    let is_outward = (to - spot).dot(side.normal()) > 0.0;
    (is_aside && is_outward).then(|| if side.is_level() { pt(to.x, spot.y) } else { pt(spot.x, to.y) })
}

/// Where a line coming from `toward` stops at a box.
fn attach(route: &Route, attach: Attach, at: Option<&PlacedBox>, toward: Point) -> Option<Point> {
    let placed = at?;
    if let Attach::At(u) = attach {
        return Some(pinned(placed, u).0);
    }
    let r = placed.rect;
    if route.style == LineStyle::Orthogonal {
        // Enter at a right angle wherever the way-point is beside or above the box.
        if toward.y > r.y && toward.y < r.bottom() {
            let side = if toward.x < r.center().x { Side::Left } else { Side::Right };
            return Some(placed.on_side(side, toward.y));
        }
        if toward.x > r.x && toward.x < r.right() {
            let side = if toward.y < r.center().y { Side::Top } else { Side::Bottom };
            return Some(placed.on_side(side, toward.x));
        }
    }
    Some(placed.outline_toward(toward))
}

/// A course with its drawn steps and ends; `None` for fewer than two corners or no length.
pub(super) fn finish(style: LineStyle, corners: Vec<Point>, from: Option<Id>, to: Option<Id>) -> Option<RoutedFlow> {
    let (points, steps) = drawn(style, &corners);
    let (first, last) = (*points.first()?, *points.last()?);
    if points.len() < 2 || !points.iter().all(|p| p.is_finite()) {
        return None;
    }
    let into_start = direction(points.iter().copied());
    let into_end = direction(points.iter().rev().copied());
    let start = FlowEnd { element: from, at: first, direction: into_start };
    let end = FlowEnd { element: to, at: last, direction: into_end };
    Some(RoutedFlow { style, two_heads: false, corners, points, steps, start, end, label: None, crossings: Vec::new() })
}

/// Unit vector towards the first point from the line a little further on.
fn direction(points: impl Iterator<Item = Point>) -> Vec2 {
    let mut points = points;
    let Some(tip) = points.next() else { return Vec2::ZERO };
    let mut direction = Vec2::ZERO;
    for p in points {
        direction = (tip - p).unit();
        if tip.distance(p) >= 6.0 {
            break;
        }
    }
    direction
}

/// The flattened polyline and the steps of a course.
pub(super) fn drawn(style: LineStyle, corners: &[Point]) -> (Vec<Point>, Vec<Step>) {
    match style {
        LineStyle::Curved => {
            let cubics = smooth(corners);
            (flatten(&cubics), cubic_steps(&cubics))
        }
        LineStyle::Straight => (corners.to_vec(), rounded(corners, 0.0)),
        LineStyle::Orthogonal => (corners.to_vec(), rounded(corners, BEND)),
    }
}

fn cubic_steps(cubics: &[Cubic]) -> Vec<Step> {
    let first = cubics.first().map(|c| Step::Move(c.0));
    first.into_iter().chain(cubics.iter().map(|c| Step::Cubic(c.1, c.2, c.3))).collect()
}

/// A polyline whose bends are rounded, less where a segment is short.
fn rounded(corners: &[Point], radius: f32) -> Vec<Step> {
    let mut steps: Vec<Step> = corners.first().map(|p| Step::Move(*p)).into_iter().collect();
    for w in corners.windows(3) {
        let [a, b, c] = w else { continue };
        let r = radius.min(a.distance(*b) / 2.0).min(b.distance(*c) / 2.0);
        if r < 0.5 {
            steps.push(Step::Line(*b));
        } else {
            steps.push(Step::Line(*b + (*a - *b).unit() * r));
            steps.push(Step::Quad(*b, *b + (*c - *b).unit() * r));
        }
    }
    if corners.len() > 1 {
        steps.extend(corners.last().map(|p| Step::Line(*p)));
    }
    steps
}
