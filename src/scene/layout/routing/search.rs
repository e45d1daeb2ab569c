//! The cheapest way from one end to the other: A* over places and the direction they are reached in.
#![expect(clippy::indexing_slicing, reason = "states are numbered by the places of the graph the search was made for")]

use super::graph::Graph;
use super::ground::{NEEDLESS, Seams};
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

/// What a search knows about every state, kept from one search to the next: entries of earlier rounds do not count.
pub(super) struct Search {
    known: Vec<Known>,
    round: u32,
}

#[derive(Clone, Copy, Default)]
struct Known {
    round: u32,
    cost: f32,
    /// The state before, or the start, with the highest bit set.
    before: u32,
}

const FIRST: u32 = 1 << 31;

struct Open {
    estimate: f32,
    cost: f32,
    /// A state, or a goal, with the highest bit set.
    state: u32,
}

struct Target {
    at: Point,
    state: u32,
    heading: Side,
    cost: f32,
}

impl Search {
    pub fn new(graph: &Graph) -> Search {
        Search { known: vec![Known::default(); 4 * graph.count()], round: 0 }
    }

    pub fn find(&mut self, graph: &Graph, from: &[Start], to: &[Goal], seams: &Seams) -> Option<Way> {
        let target = |g: &Goal| {
            let place = graph.pin(g.pin)?;
            Some(Target { at: graph.at(place)?, state: 4 * place + g.heading as u32, heading: g.heading, cost: g.cost })
        };
        let targets: Vec<Option<Target>> = to.iter().map(target).collect();
        // First only across the boundaries it must cross; where that is impossible, whatever it takes.
        TRIES.into_iter().find_map(|effort| self.run(graph, from, &targets, seams, effort))
    }

    fn run(
        &mut self,
        graph: &Graph,
        from: &[Start],
        targets: &[Option<Target>],
        seams: &Seams,
        Effort { closed, eager, patience }: Effort,
    ) -> Option<Way> {
        self.round += 1;
        let estimate = |place: u32, heading: Side| {
            let here = graph.at(place).unwrap_or_default();
            let far = targets.iter().flatten().map(|t| {
                (here.x - t.at.x).abs() + (here.y - t.at.y).abs() + BEND * bends(here, heading, t.at, t.heading) + t.cost
            });
            eager * far.fold(f32::INFINITY, f32::min)
        };
        let mut open = BinaryHeap::new();
        for start in from {
            let Some(place) = graph.pin(start.pin) else { continue };
            let state = 4 * place + start.heading as u32;
            if self.improves(state, start.cost, FIRST | start.number as u32) {
                open.push(Open { estimate: start.cost + estimate(place, start.heading), cost: start.cost, state });
            }
        }
        for _ in 0..patience {
            let Open { cost, state, .. } = open.pop()?;
            if state & FIRST != 0 {
                return self.unwind((state & !FIRST) as usize, targets);
            }
            if cost > self.known[state as usize].cost + 1e-3 {
                continue;
            }
            for (n, target) in (0..).zip(targets) {
                if let Some(t) = target.as_ref().filter(|t| t.state == state) {
                    open.push(Open { estimate: cost + t.cost, cost: cost + t.cost, state: FIRST | n });
                }
            }
            let (place, heading) = (state / 4, side(state % 4));
            for turn in Side::ALL.into_iter().filter(|turn| *turn != heading.opposite()) {
                let Some(step) = graph.step(place, turn) else { continue };
                if closed && step.walls.iter().any(|wall| seams.cost[wall.zone as usize] >= NEEDLESS) {
                    continue;
                }
                let mut cost = cost + step.length * (1.0 + CROWDED * f32::from(step.load.min(20)));
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
                    cost += seams.cost[wall.zone as usize] + if wall.at_corner { AT_CORNER } else { 0.0 };
                }
                let next = 4 * step.next + turn as u32;
                if self.improves(next, cost, state) {
                    open.push(Open { estimate: cost + estimate(step.next, turn), cost, state: next });
                }
            }
        }
        None
    }

    fn improves(&mut self, state: u32, cost: f32, before: u32) -> bool {
        let known = &mut self.known[state as usize];
        let better = known.round != self.round || cost < known.cost - 1e-3;
        if better {
            *known = Known { round: self.round, cost, before };
        }
        better
    }

    fn unwind(&self, goal: usize, targets: &[Option<Target>]) -> Option<Way> {
        let mut state = targets.get(goal)?.as_ref()?.state;
        let mut places = vec![state / 4];
        loop {
            let before = self.known[state as usize].before;
            if before & FIRST != 0 {
                places.reverse();
                return Some(Way { start: (before & !FIRST) as usize, goal, places });
            }
            state = before;
            places.push(state / 4);
        }
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
    let ahead = d.dot(heading.normal());
    let aside = d.dot(heading.normal().perp()).abs();
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
    /// The heap gives the greatest first, so the cheapest is the greatest; ties by number keep it deterministic.
    fn cmp(&self, other: &Open) -> Ordering {
        other.estimate.total_cmp(&self.estimate).then_with(|| other.state.cmp(&self.state))
    }
}
