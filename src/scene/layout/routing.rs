//! Orthogonal courses of flows: around every element, across no boundary that need not be crossed, side by side where they
//! share a way.
//!
//! After Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (2009): lanes along everything that stands make a
//! graph ([`graph`]), a search finds the way of least length, bends and crossings in it ([`search`]), and what runs on one
//! lane is put in the order with fewest crossings and moved apart ([`nudge`]).

mod ends;
mod graph;
mod ground;
mod loops;
mod nudge;
mod order;
mod search;
mod separate;
mod strips;
mod terrain;

pub(super) use ends::{End, Job};
pub(super) use terrain::{Terrain, pieces};

use super::outline::Side;
use crate::geometry::{Point, Rect, pt, squared};
use crate::model::Id;
use crate::progress::Progress;
use ends::Taken;
use graph::{Graph, Pin};
use ground::Ground;
use nudge::{Course, nudge};
use search::{Goal, Search, Start, Way};
use std::collections::BTreeMap;

/// Distance flows keep between each other where there is room.
const GAP: f32 = 16.0;
/// Length of line in front of an element before a flow turns, where there is room: an arrow head and a bend.
const STUB: f32 = 18.0;
/// How far around their ends flows are led when only some are routed anew.
const DETOUR: f32 = 160.0;
/// Most elements looked at together for some flows.
const TOGETHER: usize = 90;
/// Costs more than any other way there is.
const CLOSED: f32 = 1e6;
/// Up to so many flows those that cross others are routed once more when all are known.
const SECOND_TRY: usize = 400;

/// How much of a diagram is routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All flows that are left to us: nothing else stands in their way but what people drew.
    Whole,
    /// Some of them: the others stay.
    Some,
}

/// The corners of every job.
pub(super) fn courses(jobs: &[Job], terrain: &Terrain, scope: Scope, progress: &dyn Progress) -> BTreeMap<Id, Vec<Point>> {
    let mut out = loops::courses(jobs, terrain);
    let mut jobs: Vec<&Job> = jobs.iter().filter(|job| !job.is_loop()).collect();
    // Near ones first: they have fewest choices.
    jobs.sort_by(|a, b| a.distance().total_cmp(&b.distance()).then_with(|| a.flow.cmp(&b.flow)));
    for (area, jobs) in regions(jobs, terrain, scope) {
        let taken: Vec<(Point, Point)> = terrain.taken(area);
        let ground = Ground::new(terrain, area);
        for (job, corners) in jobs.iter().zip(region(&jobs, &ground, &taken, progress)) {
            out.insert(job.flow.clone(), corners);
        }
    }
    out
}

/// The flows with the area that is looked at for them.
fn regions<'a>(jobs: Vec<&'a Job>, terrain: &Terrain, scope: Scope) -> Vec<(Rect, Vec<&'a Job>)> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let of = |job: &&Job| job.around().expand(DETOUR);
    let all = match scope {
        Scope::Whole => terrain.extent().into_iter().chain(jobs.iter().map(of)).reduce(Rect::union).map(|r| r.expand(DETOUR)),
        Scope::Some => {
            let all = jobs.iter().map(of).reduce(Rect::union);
            all.filter(|area| jobs.len() == 1 || terrain.count(*area) <= TOGETHER)
        }
    };
    match all {
        Some(area) => vec![(area, jobs)],
        None => jobs.into_iter().map(|job| (of(&job), vec![job])).collect(),
    }
}

/// The courses of flows in one area; `taken` are pieces of others.
fn region(jobs: &[&Job], ground: &Ground, taken: &[(Point, Point)], progress: &dyn Progress) -> Vec<Vec<Point>> {
    let mut pins: Vec<Pin> = Vec::new();
    let exits: Vec<[Vec<Exit>; 2]> = jobs.iter().map(|job| exits(job, &mut pins)).collect();
    let vias: Vec<Vec<Vec<Exit>>> = jobs.iter().map(|job| job.via.iter().map(|p| around(*p, &mut pins)).collect()).collect();
    let mut graph = Graph::new(ground, &pins);
    taken.iter().for_each(|(a, b)| graph.mark(*a, *b));
    let mut used = Taken::default();
    let mut search = Search::new(&graph);
    let mut ways: Vec<Option<Way>> = Vec::with_capacity(jobs.len());
    let mut legs: Vec<Vec<Point>> = Vec::with_capacity(jobs.len());
    for ((job, [from, to]), via) in jobs.iter().zip(&exits).zip(&vias) {
        if progress.cancelled() {
            return jobs.iter().map(|job| job.plain()).collect();
        }
        let mut seams = ground.seams_for(job);
        seams.crowd = [used.over(&job.from), used.over(&job.to)];
        if via.is_empty() {
            let (mut starts, mut goals) = (starts(from, &seams.crowd[0]), goals(to, &seams.crowd[1]));
            if used.is_full(job) {
                let faces = |pin: usize| from.iter().chain(to).any(|exit| exit.pin == pin && exit.faces);
                starts.retain(|start| !faces(start.pin));
                // The goals keep their numbers.
                goals.iter_mut().filter(|goal| faces(goal.pin)).for_each(|goal| goal.cost = CLOSED);
            }
            let way = search.find(&graph, &starts, &goals, &seams);
            if let Some(way) = &way {
                graph.pass(&way.places, true);
                used.take(&job.from, from.get(way.start).map(|e| e.side));
                used.take(&job.to, to.get(way.goal).map(|e| e.side));
                if from.get(way.start).is_some_and(|e| e.faces) {
                    used.take_straight(job);
                }
            }
            ways.push(way);
            legs.push(Vec::new());
        } else {
            ways.push(None);
            legs.push(through(&graph, &mut search, from, via, to, &seams).unwrap_or_default());
        }
    }
    if jobs.len() <= SECOND_TRY {
        for ((job, [from, to]), way) in jobs.iter().zip(&exits).zip(&mut ways) {
            let Some(old) = way.take() else { continue };
            graph.pass(&old.places, false);
            let seams = ground.seams_for(job);
            let again = if progress.cancelled() || graph.crossed(&old.places) == 0 {
                None
            } else {
                let none = [0.0; 4];
                search.find(&graph, &starts(from, &none), &goals(to, &none), &seams)
            };
            let better = again.filter(|new| {
                let same_side = |exits: &[Exit], a: usize, b: usize| exits.get(a).map(|e| e.side) == exits.get(b).map(|e| e.side);
                same_side(from, new.start, old.start) && same_side(to, new.goal, old.goal) || used.has_room(job, from, to, new)
            });
            let kept = better.unwrap_or(old);
            graph.pass(&kept.places, true);
            *way = Some(kept);
        }
    }
    let mut courses: Vec<Course> = Vec::with_capacity(jobs.len());
    for (((job, [from, to]), way), leg) in jobs.iter().zip(&exits).zip(&ways).zip(legs) {
        let corners = match way {
            Some(way) => {
                let spot = |exits: &[Exit], n: usize| exits.get(n).map(|e| e.at);
                let inner = way.places.iter().filter_map(|n| graph.at(*n));
                without_straight(spot(from, way.start).into_iter().chain(inner).chain(spot(to, way.goal)))
            }
            None if leg.is_empty() => job.plain(),
            None => leg,
        };
        courses.push(Course::new(job, corners, !job.via.is_empty() || way.is_none()));
    }
    nudge(&mut courses, ground, taken);
    jobs.iter().zip(courses).map(|(job, course)| job.attached(course.corners)).collect()
}

/// A place at which a flow may leave an element.
#[derive(Clone, Copy, Debug)]
struct Exit {
    at: Point,
    side: Side,
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

/// The way through the points people chose, one after another.
fn through(
    graph: &Graph,
    search: &mut Search,
    from: &[Exit],
    via: &[Vec<Exit>],
    to: &[Exit],
    seams: &ground::Seams,
) -> Option<Vec<Point>> {
    let mut corners: Vec<Point> = Vec::new();
    let mut left: Vec<Exit> = from.to_vec();
    for (n, stop) in via.iter().map(Vec::as_slice).chain([to]).enumerate() {
        let way = search.find(graph, &starts(&left, &[0.0; 4]), &goals(stop, &[0.0; 4]), seams)?;
        corners.extend(left.get(way.start).map(|e| e.at));
        corners.extend(way.places.iter().filter_map(|p| graph.at(*p)));
        let reached = stop.get(way.goal)?;
        corners.push(reached.at);
        // Not back the way it came.
        left = if n < via.len() { stop.iter().filter(|e| e.side != reached.side).copied().collect() } else { Vec::new() };
    }
    Some(without_straight(corners.into_iter()))
}

/// The points at which a line turns, and its ends.
pub(super) fn without_straight(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for p in points {
        if let [.., a, b] = out.as_slice() {
            let straight =
                ((a.x - b.x).abs() < 0.05 && (b.x - p.x).abs() < 0.05) || ((a.y - b.y).abs() < 0.05 && (b.y - p.y).abs() < 0.05);
            if straight {
                out.pop();
            }
        }
        if out.last().is_none_or(|last| last.distance(p) > 0.05 || out.len() == 1) {
            out.push(p);
        }
    }
    out
}

/// Corners joined at right angles whatever stands there.
fn elbow(a: Point, b: Point, level: bool) -> Vec<Point> {
    let middle = a.lerp(b, 0.5);
    let turns = if level { [pt(middle.x, a.y), pt(middle.x, b.y)] } else { [pt(a.x, middle.y), pt(b.x, middle.y)] };
    without_straight(squared(&[a, turns[0], turns[1], b]).into_iter())
}
