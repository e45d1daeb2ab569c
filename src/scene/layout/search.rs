//! The way around what stands in the way: A* over the interesting coordinates (edges of obstacles with a margin, ends,
//! lanes between them), as in Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (2009), without their final
//! ordering of shared lanes.

use super::outline::Side;
use super::router::{BEND, DEAR, Exit, Ground, thin, without_straight};
use crate::geometry::{Point, Rect, pt};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

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
    /// What the way from every place to the right and downwards is like, row by row.
    ways: [Vec<Way>; 2],
}

/// What stands on the way from one place of the grid to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    #[default]
    Free,
    Dear,
    Blocked,
}

/// A place in the grid and the direction it was reached in.
type State = (usize, usize, Side);

/// How a state was reached at the least cost so far.
#[derive(Clone, Copy, Default)]
struct Reached {
    cost: f32,
    /// Number of the state before plus two; 1 where the search began, 0 when not reached.
    before: u32,
}

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
        let ways = ways(ground, &xs, &ys);
        Search { ground, from, to, xs, ys, ways }
    }

    fn run(&self) -> Option<Vec<Point>> {
        let goals: Vec<State> = self.to.iter().filter_map(|(s, p)| self.entry(*p, s.1.opposite())).collect();
        let mut open = BinaryHeap::new();
        let mut best = vec![Reached::default(); self.xs.len() * self.ys.len() * Side::ALL.len()];
        for state in self.from.iter().filter_map(|(s, p)| self.entry(*p, s.1)) {
            if let Some(reached) = best.get_mut(self.number(state)) {
                *reached = Reached { cost: 0.0, before: 1 };
            }
            open.push(Open { estimate: self.estimate(state, &goals), cost: 0.0, state });
        }
        for _ in 0..PATIENCE {
            let Open { cost, state, .. } = open.pop()?;
            if goals.contains(&state) {
                return self.unwind(state, &best);
            }
            let number = self.number(state);
            if best.get(number).is_some_and(|known| cost > known.cost + 1e-3) {
                continue;
            }
            for side in Side::ALL.into_iter().filter(|side| *side != state.2.opposite()) {
                let Some((next, step)) = self.step(state, side) else { continue };
                let cost = cost + step;
                let Some(known) = best.get_mut(self.number(next)) else { continue };
                if known.before == 0 || cost < known.cost - 1e-3 {
                    *known = Reached { cost, before: u32::try_from(number + 2).unwrap_or(u32::MAX) };
                    open.push(Open { estimate: cost + self.estimate(next, &goals), cost, state: next });
                }
            }
        }
        None
    }

    fn number(&self, (x, y, side): State) -> usize {
        (y * self.xs.len() + x) * Side::ALL.len() + side as usize
    }

    /// The state with a number.
    fn state(&self, number: usize) -> Option<State> {
        let side = [Side::Left, Side::Right, Side::Top, Side::Bottom].into_iter().find(|s| *s as usize == number % 4)?;
        let place = number / Side::ALL.len();
        Some((place % self.xs.len(), place / self.xs.len(), side))
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
        let (x, y, _) = state;
        // Where the way begins, seen from the left or from above.
        let (next, begin) = match side {
            Side::Left => ((x.checked_sub(1)?, y), (x - 1, y)),
            Side::Right => ((x + 1, y), (x, y)),
            Side::Top => ((x, y.checked_sub(1)?), (x, y - 1)),
            Side::Bottom => ((x, y + 1), (x, y)),
        };
        let next = (next.0, next.1, side);
        let length = self.at(state)?.distance(self.at(next)?);
        let [level, upright] = &self.ways;
        let ways = if side.is_level() { level } else { upright };
        let cost = match ways.get(begin.1 * self.xs.len() + begin.0)? {
            Way::Free => length,
            Way::Dear => length * DEAR,
            Way::Blocked => return None,
        };
        Some((next, cost + if side == state.2 { 0.0 } else { BEND }))
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
    fn unwind(&self, goal: State, best: &[Reached]) -> Option<Vec<Point>> {
        let mut places = vec![goal];
        while let Some(before) = places.last().and_then(|s| best.get(self.number(*s))?.before.checked_sub(2)) {
            places.push(self.state(usize::try_from(before).ok()?)?);
        }
        places.reverse();
        let inner: Vec<Point> = places.iter().filter_map(|s| self.at(*s)).collect();
        let behind = |spots: &[Exit], p: &Point| spots.iter().find(|(_, stub)| stub.distance(*p) < 1.0).map(|(s, _)| s.0);
        let (start, end) = (behind(self.from, inner.first()?)?, behind(self.to, inner.last()?)?);
        Some(without_straight(std::iter::once(start).chain(inner).chain([end])))
    }
}

/// Marks every way of the grid by what it leads through, so that the search only looks it up.
fn ways(ground: &Ground, xs: &[f32], ys: &[f32]) -> [Vec<Way>; 2] {
    let mut ways = [vec![Way::Free; xs.len() * ys.len()], vec![Way::Free; xs.len() * ys.len()]];
    let (across, down) = (Spans::new(xs), Spans::new(ys));
    let [level, upright] = &mut ways;
    let mut mark = |r: &Rect, kind: Way, both: [bool; 2]| {
        let (in_x, in_y) = ((r.x, r.right()), (r.y, r.bottom()));
        if both[0] {
            fill(level, xs.len(), within(&across.steps, in_x), within(&down.dots, in_y), kind);
        }
        if both[1] {
            fill(upright, xs.len(), within(&across.dots, in_x), within(&down.steps, in_y), kind);
        }
    };
    let [lanes_level, lanes_upright] = &ground.lanes;
    ground.foreign.iter().for_each(|r| mark(r, Way::Dear, [true, true]));
    lanes_level.iter().for_each(|r| mark(r, Way::Dear, [true, false]));
    lanes_upright.iter().for_each(|r| mark(r, Way::Dear, [false, true]));
    ground.solid.iter().for_each(|r| mark(r, Way::Blocked, [true, true]));
    ways
}

fn fill(ways: &mut [Way], width: usize, columns: Range<usize>, rows: Range<usize>, kind: Way) {
    for row in rows {
        let row = ways.get_mut(row * width + columns.start..row * width + columns.end.max(columns.start));
        row.into_iter().flatten().for_each(|way| *way = kind.max(*way));
    }
}

/// From where to where thin pieces of the grid reach on one axis: from each coordinate to the next, and at it.
struct Spans {
    steps: Vec<(f32, f32)>,
    dots: Vec<(f32, f32)>,
}

impl Spans {
    fn new(coordinates: &[f32]) -> Spans {
        let span = |a: f32, b: f32| {
            let piece = thin(pt(a, 0.0), pt(b, 0.0));
            (piece.x, piece.right())
        };
        Spans {
            steps: coordinates.windows(2).filter_map(|w| if let [a, b] = w { Some(span(*a, *b)) } else { None }).collect(),
            dots: coordinates.iter().map(|c| span(*c, *c)).collect(),
        }
    }
}

/// Those of the spans, which are in order, that share more than an edge with a range.
fn within(spans: &[(f32, f32)], (low, high): (f32, f32)) -> Range<usize> {
    spans.partition_point(|(_, end)| *end <= low)..spans.partition_point(|(start, _)| *start < high)
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
