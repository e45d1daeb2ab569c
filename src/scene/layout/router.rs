//! Finds an orthogonal course between two spots around the elements in the way.
//!
//! A* over the interesting coordinates (edges of obstacles with a margin, spots, middles of gaps), as in Wybrow, Marriott
//! and Stuckey, "Orthogonal Connector Routing" (2009), without their final ordering of shared lanes: running along
//! another flow or a seam just costs.

use super::outline::Side;
use crate::geometry::{Point, Rect, pt};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Distance kept from elements; flows leave and enter at right angles over this length.
pub(super) const MARGIN: f32 = 14.0;
/// How far around the two ends a detour may lead.
const DETOUR: f32 = 180.0;
/// A bend costs as much as this length.
const BEND: f32 = 45.0;
/// Running along a seam or another flow, or through a boundary one has no business in, costs this many times its length.
const UNWANTED: f32 = 2.5;
const NEAR: f32 = 7.0;
/// Steps of the search after which the plain course is taken.
const PATIENCE: usize = 6000;

/// What stands in the way.
pub(super) struct Terrain {
    /// Elements: not to be crossed.
    pub solid: Vec<Rect>,
    /// Boundaries.
    pub zones: Vec<Rect>,
    /// Pieces of flows that have their course.
    pub taken: Vec<(Point, Point)>,
}

/// A spot on an outline and the side it is on.
pub(super) type Spot = (Point, Side);

/// The corners from one of the first spots to one of the second; the plain elbow when there is no way through.
pub(super) fn route(terrain: &Terrain, from: &[Spot], to: &[Spot]) -> Vec<Point> {
    if let Some(straight) = straight(terrain, from, to) {
        return straight;
    }
    Search::new(terrain, from, to).and_then(|search| search.run()).unwrap_or_else(|| elbow(from, to))
}

/// A straight line between two facing spots with nothing between them.
fn straight(terrain: &Terrain, from: &[Spot], to: &[Spot]) -> Option<Vec<Point>> {
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let facing = |&(a, b): &(&Spot, &Spot)| {
        let (d, n) = (b.0 - a.0, a.1.normal());
        a.1.opposite() == b.1 && d.dot(n) > 1.0 && (d.x * n.y - d.y * n.x).abs() < 1.0
    };
    let own = |r: &Rect, p: Point| r.expand(0.5).contains(p);
    let clear = |&(a, b): &(&Spot, &Spot)| {
        let mut others = terrain.solid.iter().filter(|r| !own(r, a.0) && !own(r, b.0));
        !others.any(|r| r.expand(-1.0).intersects(thin(a.0, b.0)))
    };
    pairs.into_iter().filter(facing).find(clear).map(|(a, b)| vec![a.0, b.0])
}

fn elbow(from: &[Spot], to: &[Spot]) -> Vec<Point> {
    let (Some(a), Some(b)) = (from.first(), to.first()) else { return Vec::new() };
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let (a, b) = pairs.min_by(|p, q| p.0.0.distance(p.1.0).total_cmp(&q.0.0.distance(q.1.0))).unwrap_or((a, b));
    let middle = a.0.lerp(b.0, 0.5);
    if a.1.is_level() == b.1.is_level() {
        let (p, q) =
            if a.1.is_level() { (pt(middle.x, a.0.y), pt(middle.x, b.0.y)) } else { (pt(a.0.x, middle.y), pt(b.0.x, middle.y)) };
        vec![a.0, p, q, b.0]
    } else {
        vec![a.0, if a.1.is_level() { pt(b.0.x, a.0.y) } else { pt(a.0.x, b.0.y) }, b.0]
    }
}

/// The rectangle of an axis-parallel piece.
fn thin(a: Point, b: Point) -> Rect {
    Rect::from_corners(a, b).expand(0.25)
}

/// The place in front of a spot from where a flow may turn: clear of the element, also where its outline is round.
fn stub(terrain: &Terrain, spot: &Spot) -> Point {
    let own = terrain.solid.iter().filter(|r| r.expand(0.5).contains(spot.0)).min_by(|a, b| a.area().total_cmp(&b.area()));
    let r = own.copied().unwrap_or(Rect { x: spot.0.x, y: spot.0.y, w: 0.0, h: 0.0 });
    match spot.1 {
        Side::Left => pt(r.x - MARGIN, spot.0.y),
        Side::Right => pt(r.right() + MARGIN, spot.0.y),
        Side::Top => pt(spot.0.x, r.y - MARGIN),
        Side::Bottom => pt(spot.0.x, r.bottom() + MARGIN),
    }
}

struct Search {
    /// Spots with the places in front of them.
    from: Vec<(Spot, Point)>,
    to: Vec<(Spot, Point)>,
    xs: Vec<f32>,
    ys: Vec<f32>,
    solid: Vec<Rect>,
    /// Boundaries with none of the two ends inside.
    foreign: Vec<Rect>,
    seams: Vec<(Point, Point)>,
    taken: Vec<(Point, Point)>,
}

/// A place in the grid and the direction it was reached in.
type State = (usize, usize, Side);

struct Open {
    estimate: f32,
    cost: f32,
    state: State,
}

impl Search {
    fn new(terrain: &Terrain, from: &[Spot], to: &[Spot]) -> Option<Search> {
        let around = Rect::around(from.iter().chain(to).map(|s| s.0))?;
        let window = around.expand(DETOUR);
        let solid: Vec<Rect> = terrain.solid.iter().filter(|r| r.intersects(window)).map(|r| r.expand(MARGIN - 1.0)).collect();
        let inside = |zone: &Rect| from.iter().chain(to).any(|s| zone.contains(s.0));
        let zones: Vec<Rect> = terrain.zones.iter().filter(|z| z.intersects(window)).copied().collect();
        let taken = terrain.taken.iter().filter(|(a, b)| thin(*a, *b).intersects(window)).copied().collect();
        let stubbed = |spots: &[Spot]| spots.iter().map(|s| (*s, stub(terrain, s))).collect::<Vec<_>>();
        let (starts, ends) = (stubbed(from), stubbed(to));
        let (mut xs, mut ys): (Vec<f32>, Vec<f32>) = starts.iter().chain(&ends).map(|(_, p)| (p.x, p.y)).unzip();
        for r in &solid {
            xs.extend([r.x - 1.0, r.right() + 1.0]);
            ys.extend([r.y - 1.0, r.bottom() + 1.0]);
        }
        // Lanes in the gap between the ends.
        for share in [0.25, 0.5, 0.75] {
            let p = around.min().lerp(around.max(), share);
            xs.push(p.x);
            ys.push(p.y);
        }
        for coordinates in [&mut xs, &mut ys] {
            coordinates.sort_by(f32::total_cmp);
            coordinates.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        }
        let foreign = zones.iter().filter(|z| !inside(z)).copied().collect();
        let seams = zones
            .iter()
            .flat_map(|z| {
                let [a, b, c, d] = z.corners();
                [(a, b), (b, c), (c, d), (d, a)]
            })
            .collect();
        Some(Search { from: starts, to: ends, xs, ys, solid, foreign, seams, taken })
    }

    fn run(&self) -> Option<Vec<Point>> {
        let goals: Vec<State> = self.to.iter().filter_map(|(s, p)| self.entry(*p, s.1.opposite())).collect();
        let mut open = BinaryHeap::new();
        let mut best: BTreeMap<State, (f32, Option<State>)> = BTreeMap::new();
        for state in self.from.iter().filter_map(|(s, p)| self.entry(*p, s.1)) {
            best.insert(state, (0.0, None));
            open.push(Open { estimate: self.estimate(state, &goals), cost: 0.0, state });
        }
        for _ in 0..PATIENCE {
            let Open { cost, state, .. } = open.pop()?;
            if goals.contains(&state) {
                return self.unwind(state, &best);
            }
            if best.get(&state).is_some_and(|(known, _)| cost > *known + 1e-3) {
                continue;
            }
            for side in Side::ALL.into_iter().filter(|side| *side != state.2.opposite()) {
                let Some((next, step)) = self.step(state, side) else { continue };
                let cost = cost + step;
                if best.get(&next).is_none_or(|(known, _)| cost < *known - 1e-3) {
                    best.insert(next, (cost, Some(state)));
                    open.push(Open { estimate: cost + self.estimate(next, &goals), cost, state: next });
                }
            }
        }
        None
    }

    /// The grid place in front of a spot, if nothing stands there.
    fn entry(&self, p: Point, heading: Side) -> Option<State> {
        let index = |coordinates: &[f32], v: f32| coordinates.iter().position(|c| (c - v).abs() < 0.6);
        let state = (index(&self.xs, p.x)?, index(&self.ys, p.y)?, heading);
        (!self.solid.iter().any(|r| r.contains(p))).then_some(state)
    }

    fn at(&self, state: State) -> Option<Point> {
        Some(pt(*self.xs.get(state.0)?, *self.ys.get(state.1)?))
    }

    /// One place further in a direction, and what that costs.
    fn step(&self, state: State, side: Side) -> Option<(State, f32)> {
        let next = match side {
            Side::Left => (state.0.checked_sub(1)?, state.1, side),
            Side::Right => (state.0 + 1, state.1, side),
            Side::Top => (state.0, state.1.checked_sub(1)?, side),
            Side::Bottom => (state.0, state.1 + 1, side),
        };
        let (a, b) = (self.at(state)?, self.at(next)?);
        let piece = thin(a, b);
        if self.solid.iter().any(|r| r.intersects(piece)) {
            return None;
        }
        let along = |(p, q): &(Point, Point)| {
            let near = thin(*p, *q).expand(NEAR);
            let parallel = ((p.x - q.x).abs() < 0.5) == ((a.x - b.x).abs() < 0.5);
            parallel && near.intersects(piece)
        };
        let unwanted =
            self.foreign.iter().any(|z| z.intersects(piece)) || self.seams.iter().any(along) || self.taken.iter().any(along);
        let length = a.distance(b) * if unwanted { 1.0 + UNWANTED } else { 1.0 };
        Some((next, length + if side == state.2 { 0.0 } else { BEND }))
    }

    /// Never more than the way really costs.
    fn estimate(&self, state: State, goals: &[State]) -> f32 {
        let Some(p) = self.at(state) else { return 0.0 };
        let far = goals.iter().filter_map(|g| {
            self.at(*g).map(|q| {
                let bend = if g.2 != state.2 { BEND } else { 0.0 };
                (p.x - q.x).abs() + (p.y - q.y).abs() + bend
            })
        });
        far.fold(f32::INFINITY, f32::min)
    }

    /// The corners back from the goal, without the places passed straight.
    fn unwind(&self, goal: State, best: &BTreeMap<State, (f32, Option<State>)>) -> Option<Vec<Point>> {
        let mut places = vec![goal];
        while let Some((_, Some(before))) = places.last().and_then(|s| best.get(s)) {
            places.push(*before);
        }
        places.reverse();
        let inner: Vec<Point> = places.iter().filter_map(|s| self.at(*s)).collect();
        let behind =
            |spots: &[(Spot, Point)], p: &Point| spots.iter().find(|(_, stub)| stub.distance(*p) < 1.0).map(|(s, _)| s.0);
        let (start, end) = (behind(&self.from, inner.first()?)?, behind(&self.to, inner.last()?)?);
        Some(without_straight(std::iter::once(start).chain(inner).chain([end])))
    }
}

/// The points at which a line turns, and its ends.
pub(super) fn without_straight(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for p in points {
        if let [.., a, b] = out.as_slice() {
            let straight =
                ((a.x - b.x).abs() < 0.6 && (b.x - p.x).abs() < 0.6) || ((a.y - b.y).abs() < 0.6 && (b.y - p.y).abs() < 0.6);
            if straight {
                out.pop();
            }
        }
        out.push(p);
    }
    out
}

impl PartialEq for Open {
    fn eq(&self, other: &Open) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Open {}
impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Open) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Open {
    /// The heap gives the greatest first, so the cheapest is the greatest; ties by place keep it deterministic.
    fn cmp(&self, other: &Open) -> Ordering {
        other.estimate.total_cmp(&self.estimate).then_with(|| other.state.cmp(&self.state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::rect;

    #[test]
    fn a_course_goes_around_what_stands_in_the_way() {
        let wall = rect(150.0, -40.0, 60.0, 120.0);
        let terrain = Terrain {
            solid: vec![rect(0.0, 0.0, 100.0, 40.0), wall, rect(260.0, 0.0, 100.0, 40.0)],
            zones: vec![],
            taken: vec![],
        };
        let corners = route(&terrain, &[(pt(100.0, 20.0), Side::Right)], &[(pt(260.0, 20.0), Side::Left)]);
        assert!(corners.len() >= 4, "{corners:?}");
        for w in corners.windows(2) {
            assert!((w[0].x - w[1].x).abs() < 0.6 || (w[0].y - w[1].y).abs() < 0.6, "square: {corners:?}");
            assert!(!wall.intersects(thin(w[0], w[1])), "{corners:?}");
        }
    }

    #[test]
    fn a_free_way_is_straight_and_an_impossible_one_an_elbow() {
        let free = Terrain { solid: vec![], zones: vec![], taken: vec![] };
        assert_eq!(route(&free, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 0.0), Side::Left)]).len(), 2);
        let walled = Terrain { solid: vec![rect(-200.0, -200.0, 600.0, 600.0)], ..free };
        assert!(route(&walled, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 80.0), Side::Top)]).len() >= 3);
    }
}
