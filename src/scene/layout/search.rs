//! The way around what stands in the way: A* over the interesting coordinates (edges of obstacles with a margin, ends,
//! lanes between them), as in Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (2009), without their final
//! ordering of shared lanes.

use super::outline::Side;
use super::router::{BEND, Exit, Ground, without_straight};
use crate::geometry::{Point, pt};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

/// Steps after which the search gives up.
const PATIENCE: usize = 3000;

/// The corners of the cheapest course from one exit to another; `None` when there is none or it is too hard to find.
pub(super) fn around(ground: &Ground, from: &[Exit], to: &[Exit]) -> Option<Vec<Point>> {
    let search = Search::new(ground, from, to);
    search.run()
}

struct Search<'a> {
    ground: &'a Ground,
    from: &'a [Exit],
    to: &'a [Exit],
    xs: Vec<f32>,
    ys: Vec<f32>,
}

/// A place in the grid and the direction it was reached in.
type State = (usize, usize, Side);

/// The least cost at which states were reached, and from where.
type Reached = HashMap<State, (f32, Option<State>)>;

struct Open {
    estimate: f32,
    cost: f32,
    state: State,
}

impl Search<'_> {
    fn new<'a>(ground: &'a Ground, from: &'a [Exit], to: &'a [Exit]) -> Search<'a> {
        let (mut xs, mut ys): (Vec<f32>, Vec<f32>) = from.iter().chain(to).map(|(_, p)| (p.x, p.y)).unzip();
        for r in &ground.solid {
            xs.extend([r.x - 1.0, r.right() + 1.0]);
            ys.extend([r.y - 1.0, r.bottom() + 1.0]);
        }
        // Lanes in the gap between the ends.
        for share in [0.25, 0.5, 0.75] {
            let p = ground.around.min().lerp(ground.around.max(), share);
            xs.push(p.x);
            ys.push(p.y);
        }
        for coordinates in [&mut xs, &mut ys] {
            coordinates.sort_by(f32::total_cmp);
            coordinates.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        }
        Search { ground, from, to, xs, ys }
    }

    fn run(&self) -> Option<Vec<Point>> {
        let goals: Vec<State> = self.to.iter().filter_map(|(s, p)| self.entry(*p, s.1.opposite())).collect();
        let mut open = BinaryHeap::new();
        let mut best: Reached = HashMap::new();
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
        (!self.ground.solid.iter().any(|r| r.contains(p))).then_some(state)
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
        let length = self.ground.cost(self.at(state)?, self.at(next)?)?;
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
    fn unwind(&self, goal: State, best: &Reached) -> Option<Vec<Point>> {
        let mut places = vec![goal];
        while let Some((_, Some(before))) = places.last().and_then(|s| best.get(s)) {
            places.push(*before);
        }
        places.reverse();
        let inner: Vec<Point> = places.iter().filter_map(|s| self.at(*s)).collect();
        let behind = |spots: &[Exit], p: &Point| spots.iter().find(|(_, stub)| stub.distance(*p) < 1.0).map(|(s, _)| s.0);
        let (start, end) = (behind(self.from, inner.first()?)?, behind(self.to, inner.last()?)?);
        Some(without_straight(std::iter::once(start).chain(inner).chain([end])))
    }
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
