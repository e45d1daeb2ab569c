//! The cheapest way from one end to the other: A* over places and the direction they are reached in.
#![expect(clippy::indexing_slicing, reason = "states are numbered by the places of the graph the search was made for")]

use super::graph::Graph;
use super::ground::NEEDLESS;
use super::trodden::{Known, Trodden};
use crate::geometry::Point;
use crate::scene::layout::outline::Side;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A bend costs as much as this length.
const BEND: f32 = 50.0;
/// Crossing another flow.
const CROSS: f32 = 65.0;
/// Crossing a seam near its corner.
const AT_CORNER: f32 = 120.0;
/// How much further along a seam seems.
const DEAR: f32 = 4.0;
/// How much further a way seems for each flow that runs there already.
const CROWDED: f32 = 0.04;
/// How much further it seems between an element and a seam close to it, and for each flow there more.
const TIGHT: f32 = 0.2;
const TIGHT_FOR_TWO: f32 = 0.5;
/// How hard one looks.
#[derive(Clone, Copy)]
struct Effort {
    /// Whether boundaries that need not be crossed are closed.
    closed: bool,
    /// How much the way that is left counts against the way that was gone: more finds a way sooner, but not the best.
    eager: f32,
    /// Steps after which one gives up.
    patience: usize,
}

const TRIES: [Effort; 3] = [
    Effort { closed: true, eager: 1.0, patience: 20_000 },
    Effort { closed: true, eager: 2.0, patience: 100_000 },
    Effort { closed: false, eager: 2.0, patience: 200_000 },
];

/// Where a way may begin.
pub(super) struct Start {
    /// Its own number among those the end has.
    pub number: usize,
    pub pin: usize,
    pub heading: Side,
    pub cost: f32,
}

/// Where it may end.
pub(super) struct Goal {
    pub pin: usize,
    pub heading: Side,
    pub cost: f32,
}

/// A way that was found.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Which of the starts and of the goals it uses.
    pub start: usize,
    pub goal: usize,
    pub places: Vec<u32>,
}

/// One search after another over the same graph.
pub(super) struct Search {
    /// Of the search under way; where a way begins, the start stands for the state before, with the highest bit set.
    known: Trodden,
    now: Option<Hunt>,
}

/// A search under way.
struct Hunt {
    from: Vec<Start>,
    targets: Vec<Option<Target>>,
    /// What each boundary costs.
    seams: Vec<f32>,
    /// Which of the [`TRIES`] it is at, and how many steps that may still take.
    effort: usize,
    patience: usize,
    open: BinaryHeap<Open>,
}

const FIRST: u32 = 1 << 31;

struct Open {
    /// What it costs at least by way of it, which is never less than nothing, so that the bits are in the order of the
    /// numbers; then its state, or a goal with the highest bit set, so that equals have an order.
    key: u64,
    cost: f32,
}

struct Target {
    at: Point,
    state: u32,
    heading: Side,
    cost: f32,
}

impl Search {
    pub fn new(graph: &Graph) -> Search {
        Search { known: Trodden::new(4 * graph.count()), now: None }
    }

    pub fn find(&mut self, graph: &Graph, from: Vec<Start>, to: &[Goal], seams: Vec<f32>) -> Option<Way> {
        self.begin(graph, from, to, seams);
        loop {
            if let Some(found) = self.go_on(graph, usize::MAX) {
                return found;
            }
        }
    }

    /// Sets out for a way; [`go_on`](Search::go_on) finds it.
    pub fn begin(&mut self, graph: &Graph, from: Vec<Start>, to: &[Goal], seams: Vec<f32>) {
        let target = |g: &Goal| {
            let place = graph.pin(g.pin)?;
            Some(Target { at: graph.at(place)?, state: 4 * place + g.heading as u32, heading: g.heading, cost: g.cost })
        };
        let mut hunt =
            Hunt { from, targets: to.iter().map(target).collect(), seams, effort: 0, patience: 0, open: BinaryHeap::new() };
        self.set_out(graph, &mut hunt);
        self.now = Some(hunt);
    }

    /// Goes on for so many steps at most. `None` while it is not known yet whether there is a way.
    pub fn go_on(&mut self, graph: &Graph, steps: usize) -> Option<Option<Way>> {
        let Some(mut hunt) = self.now.take() else { return Some(None) };
        for _ in 0..steps {
            let Some(effort) = TRIES.get(hunt.effort) else { return Some(None) };
            let next = if hunt.patience > 0 { hunt.open.pop() } else { None };
            let Some((state, cost)) = next.map(|open| (open.state(), open.cost)) else {
                // First only across the boundaries it must cross; where that is impossible, whatever it takes.
                hunt.effort += 1;
                self.set_out(graph, &mut hunt);
                continue;
            };
            hunt.patience -= 1;
            if state & FIRST != 0 {
                return Some(self.unwind((state & !FIRST) as usize, &hunt.targets));
            }
            if cost <= self.known.get(state).cost + 1e-3 {
                self.spread(graph, &mut hunt, *effort, state, cost);
            }
        }
        self.now = Some(hunt);
        None
    }

    /// Begins the next of the tries, if there is one.
    fn set_out(&mut self, graph: &Graph, hunt: &mut Hunt) {
        let Some(Effort { eager, patience, .. }) = TRIES.get(hunt.effort) else { return };
        self.known.forget();
        hunt.patience = *patience;
        hunt.open.clear();
        for start in &hunt.from {
            let Some(place) = graph.pin(start.pin) else { continue };
            let state = 4 * place + start.heading as u32;
            if self.improves(state, start.cost, FIRST | start.number as u32) {
                let estimate = start.cost + eager * hunt.far(graph.at(place).unwrap_or_default(), start.heading);
                hunt.open.push(Open::new(estimate, start.cost, state));
            }
        }
    }

    /// Takes note of where one can go from a state.
    fn spread(&mut self, graph: &Graph, hunt: &mut Hunt, Effort { closed, eager, .. }: Effort, state: u32, cost: f32) {
        for (n, target) in (0..).zip(&hunt.targets) {
            if let Some(t) = target.as_ref().filter(|t| t.state == state) {
                hunt.open.push(Open::new(cost + t.cost, cost + t.cost, FIRST | n));
            }
        }
        let (place, heading) = (state / 4, side(state % 4));
        for turn in Side::ALL.into_iter().filter(|turn| *turn != heading.opposite()) {
            let Some(step) = graph.step(place, turn) else { continue };
            let seams = &hunt.seams;
            if closed && step.walls.iter().any(|wall| seams[wall.zone as usize] >= NEEDLESS) {
                continue;
            }
            let others = f32::from(step.load.min(20));
            let mut cost = cost + step.length * (1.0 + CROWDED * others);
            if step.tight {
                cost += step.length * (TIGHT + TIGHT_FOR_TWO * others);
            }
            if step.dear {
                cost += step.length * (DEAR - 1.0);
            }
            if turn == heading {
                cost += CROSS * f32::from(graph.passed(place, heading));
            } else {
                cost += BEND;
            }
            cost += CROSS * f32::from(step.crossed);
            for wall in step.walls {
                cost += seams[wall.zone as usize] + if wall.at_corner { AT_CORNER } else { 0.0 };
            }
            let next = 4 * step.next + turn as u32;
            if self.improves(next, cost, state) {
                let estimate = cost + eager * hunt.far(graph.at(step.next).unwrap_or_default(), turn);
                hunt.open.push(Open::new(estimate, cost, next));
            }
        }
    }

    fn improves(&mut self, state: u32, cost: f32, before: u32) -> bool {
        let known = self.known.at(state);
        let better = cost < known.cost - 1e-3;
        if better {
            *known = Known { cost, before };
        }
        better
    }

    fn unwind(&self, goal: usize, targets: &[Option<Target>]) -> Option<Way> {
        let mut state = targets.get(goal)?.as_ref()?.state;
        let mut places = vec![state / 4];
        loop {
            let before = self.known.get(state).before;
            if before & FIRST != 0 {
                places.reverse();
                return Some(Way { start: (before & !FIRST) as usize, goal, places });
            }
            state = before;
            places.push(state / 4);
        }
    }
}

impl Hunt {
    /// The least it can cost from a place to the nearest of the ends.
    fn far(&self, here: Point, heading: Side) -> f32 {
        let mut least = f32::INFINITY;
        for t in self.targets.iter().flatten() {
            let straight = (here.x - t.at.x).abs() + (here.y - t.at.y).abs();
            // Bends only make it further.
            if straight + t.cost < least {
                least = least.min(straight + BEND * bends(here, heading, t.at, t.heading) + t.cost);
            }
        }
        least
    }
}

fn side(number: u32) -> Side {
    match number {
        0 => Side::Left,
        1 => Side::Right,
        2 => Side::Top,
        _ => Side::Bottom,
    }
}

/// The fewest bends from a place, heading somewhere, to another that is to be reached heading somewhere.
fn bends(from: Point, heading: Side, to: Point, arriving: Side) -> f32 {
    let d = to - from;
    let (ahead, aside) = match heading {
        Side::Left => (-d.x, d.y.abs()),
        Side::Right => (d.x, d.y.abs()),
        Side::Top => (-d.y, d.x.abs()),
        Side::Bottom => (d.y, d.x.abs()),
    };
    if arriving == heading {
        if ahead >= -0.1 { if aside < 0.1 { 0.0 } else { 2.0 } } else { 4.0 }
    } else if arriving == heading.opposite() {
        if aside < 0.1 { 4.0 } else { 2.0 }
    } else if ahead >= -0.1 && d.dot(arriving.normal()) >= -0.1 {
        1.0
    } else {
        3.0
    }
}

impl Open {
    fn new(estimate: f32, cost: f32, state: u32) -> Open {
        Open { key: u64::from(estimate.to_bits()) << 32 | u64::from(state), cost }
    }

    fn state(&self) -> u32 {
        self.key as u32
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Open) -> bool {
        self.key == other.key
    }
}
impl Eq for Open {}
impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Open) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Open {
    /// The heap gives the greatest first, so the cheapest is the greatest.
    fn cmp(&self, other: &Open) -> Ordering {
        other.key.cmp(&self.key)
    }
}
