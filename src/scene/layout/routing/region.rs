//! The flows of one area on the way to their courses: begun, gone on with, and left for another time where it takes long.

use super::ends::{Job, Taken};
use super::graph::Graph;
use super::ground::{Ground, Seams};
use super::lanes::Pin;
use super::nudge::{Course, nudge};
use super::search::{Goal, Search, Start, Way};
use super::terrain::Terrain;
use super::without_straight;
use crate::geometry::{Point, Rect};
use crate::scene::layout::outline::Side;

/// Costs more than any other way there is.
const CLOSED: f32 = 1e6;
/// Up to so many flows those that cross others are routed once more when all are known.
const SECOND_TRY: usize = 400;
/// Steps of a search in one go: about a tenth of a millisecond.
const STEPS: usize = 500;

pub(super) struct Region {
    flows: Vec<Open>,
    ground: Ground,
    /// Pieces of flows that stay.
    taken: Vec<(Point, Point)>,
    graph: Graph,
    search: Search,
    used: Taken,
    /// How many flows had their first and their second turn.
    turns: [usize; 2],
    /// The one a way is being searched for, with the way it had before its second turn.
    now: Option<(usize, Option<Way>)>,
}

/// A flow with the places it may use, and what was found for it.
struct Open {
    job: Job,
    from: Vec<Exit>,
    to: Vec<Exit>,
    via: Vec<Vec<Exit>>,
    /// Between the points people chose, where nothing stands.
    straight: Vec<Option<(Point, Point)>>,
    way: Option<Way>,
    leg: Vec<Point>,
}

impl Region {
    pub fn new(jobs: Vec<Job>, terrain: &Terrain, area: Rect) -> Region {
        let (ground, taken) = (Ground::new(terrain, area), terrain.taken(area));
        let mut pins: Vec<Pin> = Vec::new();
        let mut flows: Vec<Open> = jobs.into_iter().map(|job| Open::new(job, &mut pins)).collect();
        for flow in &mut flows {
            flow.via = flow.job.via.iter().map(|p| around(*p, &mut pins)).collect();
            let is_clear = |(a, b): &(Point, Point)| !terrain.stands_on(&[*a, *b], *a, *b);
            flow.straight = flow.job.legs().into_iter().map(|leg| leg.filter(is_clear)).collect();
        }
        let mut graph = Graph::new(&ground, &pins);
        taken.iter().for_each(|(a, b)| graph.mark(*a, *b));
        let search = Search::new(&graph);
        Region { flows, ground, taken, graph, search, used: Taken::default(), turns: [0, 0], now: None }
    }

    /// Goes on a little. False when all flows have their way.
    pub fn advance(&mut self) -> bool {
        if let Some((n, before)) = self.now.take() {
            match (self.search.go_on(&self.graph, STEPS), before) {
                (None, before) => self.now = Some((n, before)),
                (Some(found), None) => self.take(n, found),
                (Some(found), Some(old)) => self.take_better(n, old, found),
            }
            return true;
        }
        let [first, second] = self.turns;
        if first < self.flows.len() {
            self.turns[0] += 1;
            self.set_out(first);
            return true;
        }
        if second < self.flows.len() && self.flows.len() <= SECOND_TRY {
            self.turns[1] += 1;
            self.set_out_again(second);
            return true;
        }
        false
    }

    fn set_out(&mut self, n: usize) {
        let Some(flow) = self.flows.get_mut(n) else { return };
        let Open { job, from, to, via, .. } = flow;
        let seams = Seams { crowd: [self.used.over(&job.from), self.used.over(&job.to)], ..self.ground.seams_for(job) };
        if !via.is_empty() {
            flow.leg = flow.through(&self.graph, &mut self.search, &seams).unwrap_or_default();
            return;
        }
        let (mut starts, mut goals) = (starts(from, &seams.crowd[0]), goals(to, &seams.crowd[1]));
        if self.used.is_full(job) {
            let faces = |pin: usize| from.iter().chain(to.iter()).any(|exit| exit.pin == pin && exit.faces);
            starts.retain(|start| !faces(start.pin));
            // The goals keep their numbers.
            goals.iter_mut().filter(|goal| faces(goal.pin)).for_each(|goal| goal.cost = CLOSED);
        }
        self.search.begin(&self.graph, starts, &goals, seams.cost);
        self.now = Some((n, None));
    }

    fn take(&mut self, n: usize, found: Option<Way>) {
        let Some(Open { job, from, to, way, .. }) = self.flows.get_mut(n) else { return };
        *way = found;
        if let Some(way) = way {
            self.graph.pass(&way.places, true);
            self.used.take(&job.from, from.get(way.start).map(|e| e.side));
            self.used.take(&job.to, to.get(way.goal).map(|e| e.side));
            if from.get(way.start).is_some_and(|e| e.faces) {
                self.used.take_straight(job);
            }
        }
    }

    /// Once more for one that crosses others, now that those are known.
    fn set_out_again(&mut self, n: usize) {
        let Some(Open { job, from, to, way, .. }) = self.flows.get_mut(n) else { return };
        let Some(old) = way.take() else { return };
        self.graph.pass(&old.places, false);
        if self.graph.crossed(&old.places) == 0 {
            self.graph.pass(&old.places, true);
            *way = Some(old);
            return;
        }
        let none = [0.0; 4];
        self.search.begin(&self.graph, starts(from, &none), &goals(to, &none), self.ground.seams_for(job).cost);
        self.now = Some((n, Some(old)));
    }

    fn take_better(&mut self, n: usize, old: Way, found: Option<Way>) {
        let Some(Open { job, from, to, way, .. }) = self.flows.get_mut(n) else { return };
        let better = found.filter(|new| {
            let same_side = |exits: &[Exit], a: usize, b: usize| exits.get(a).map(|e| e.side) == exits.get(b).map(|e| e.side);
            same_side(from, new.start, old.start) && same_side(to, new.goal, old.goal) || self.used.has_room(job, from, to, new)
        });
        let kept = better.unwrap_or(old);
        self.graph.pass(&kept.places, true);
        *way = Some(kept);
    }

    /// The courses, moved apart; plain ones for flows that had no turn yet.
    pub fn courses(self) -> Vec<(Job, Vec<Point>)> {
        let Region { flows, ground, taken, graph, .. } = self;
        let mut courses: Vec<Course> = flows.iter().map(|flow| flow.course(&graph)).collect();
        nudge(&mut courses, &ground, &taken);
        let attached = |(flow, course): (Open, Course)| {
            let corners = flow.job.attached(course.corners);
            (flow.job, corners)
        };
        flows.into_iter().zip(courses).map(attached).collect()
    }

    /// The plain courses of all: nobody waits for better ones.
    pub fn plain(self) -> impl Iterator<Item = (Job, Vec<Point>)> {
        self.flows.into_iter().map(|Open { job, .. }| {
            let corners = job.plain();
            (job, corners)
        })
    }
}

impl Open {
    fn new(job: Job, pins: &mut Vec<Pin>) -> Open {
        let [from, to] = exits(&job, pins);
        Open { job, from, to, via: Vec::new(), straight: Vec::new(), way: None, leg: Vec::new() }
    }

    fn course(&self, graph: &Graph) -> Course {
        let Open { job, from, to, way, leg, .. } = self;
        let corners = match way {
            Some(way) => {
                let spot = |exits: &[Exit], n: usize| exits.get(n).map(|e| e.at);
                let inner = way.places.iter().filter_map(|n| graph.at(*n));
                without_straight(spot(from, way.start).into_iter().chain(inner).chain(spot(to, way.goal)))
            }
            None if leg.is_empty() => job.plain(),
            None => leg.clone(),
        };
        Course::new(job, corners, !job.via.is_empty() || way.is_none())
    }

    /// The way through the points people chose, one after another: straight from each to the next where nothing stands.
    fn through(&self, graph: &Graph, search: &mut Search, seams: &Seams) -> Option<Vec<Point>> {
        let mut corners: Vec<Point> = Vec::new();
        let mut left: Vec<Exit> = self.from.clone();
        for (n, stop) in self.via.iter().chain([&self.to]).enumerate() {
            let reached = if let Some((a, b)) = self.straight.get(n).copied().flatten() {
                corners.extend([a, b]);
                Side::toward(a - b)
            } else {
                let way = search.find(graph, starts(&left, &[0.0; 4]), &goals(stop, &[0.0; 4]), seams.cost.clone())?;
                corners.extend(left.get(way.start).map(|e| e.at));
                corners.extend(way.places.iter().filter_map(|p| graph.at(*p)));
                let reached = stop.get(way.goal)?;
                corners.push(reached.at);
                reached.side
            };
            // Not back the way it came.
            left = stop.iter().filter(|e| e.side != reached).copied().collect();
        }
        Some(without_straight(corners.into_iter()))
    }
}

/// A place at which a flow may leave an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exit {
    at: Point,
    pub side: Side,
    /// Straight opposite is the other end.
    faces: bool,
    /// Number of the pin in the graph.
    pin: usize,
}

/// What the flow may use at both ends.
fn exits(job: &Job, pins: &mut Vec<Pin>) -> [Vec<Exit>; 2] {
    let facing = job.facing();
    [&job.from, &job.to].map(|end| {
        let spots = end.spots().into_iter().map(|spot| (spot, false));
        let turned = |side: Side| if std::ptr::eq(end, &job.from) { side } else { side.opposite() };
        let opposite = facing.map(|(side, at)| (turned(side), at));
        let opposite = opposite.map(|(side, at)| ((end.placed.on_side(side, at), side), true));
        let exit = |((at, side), faces)| {
            pins.push(Pin { at, side, inside: end.element.as_ref().map(|_| end.placed.rect) });
            Exit { at, side, faces, pin: pins.len() - 1 }
        };
        // Of two at one place the search takes the first.
        opposite.into_iter().chain(spots).map(exit).collect()
    })
}

/// All ways from a point in the open.
fn around(at: Point, pins: &mut Vec<Pin>) -> Vec<Exit> {
    let exit = |side| {
        pins.push(Pin { at, side, inside: None });
        Exit { at, side, faces: false, pin: pins.len() - 1 }
    };
    Side::ALL.into_iter().map(exit).collect()
}

fn starts(exits: &[Exit], crowd: &[f32; 4]) -> Vec<Start> {
    let cost = |e: &Exit| crowd.get(e.side as usize).copied().unwrap_or(0.0);
    let start = |(number, e): (usize, &Exit)| Start { number, pin: e.pin, heading: e.side, cost: cost(e) };
    exits.iter().enumerate().map(start).collect()
}

fn goals(exits: &[Exit], crowd: &[f32; 4]) -> Vec<Goal> {
    let cost = |e: &Exit| crowd.get(e.side as usize).copied().unwrap_or(0.0);
    exits.iter().map(|e| Goal { pin: e.pin, heading: e.side.opposite(), cost: cost(e) }).collect()
}
