//! Orthogonal courses of flows: around every element, across no boundary that need not be crossed, side by side where they
//! share a way.
//!
//! After Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (2009): lanes along everything that stands make a
//! graph ([`graph`]), a search finds the way of least length, bends and crossings in it ([`search`]), and what runs on one
//! lane is put in the order with fewest crossings and moved apart ([`nudge`]).

mod ends;
mod graph;
mod ground;
mod lanes;
mod loops;
mod nudge;
mod order;
mod region;
mod search;
mod separate;
mod strips;
mod terrain;
mod trodden;

pub(super) use ends::{End, Job};
pub(super) use terrain::{Terrain, pieces};

use crate::geometry::{Point, Rect, pt, squared};
use crate::progress::Progress;
use region::Region;

/// Distance flows keep between each other where there is room.
const GAP: f32 = 16.0;
/// Length of line in front of an element before a flow turns, where there is room: an arrow head and a bend.
const STUB: f32 = 18.0;
/// How far around their ends flows are led when only some are routed anew.
const DETOUR: f32 = 160.0;
/// Most elements looked at together for some flows.
const TOGETHER: usize = 90;

/// How much of a diagram is routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All flows that are left to us: nothing else stands in their way but what people drew.
    Whole,
    /// Some of them: the others stay.
    Some,
}

/// Flows on the way to their courses, one area after another: all in one go, or as far as time allows.
pub(super) struct Routing {
    /// Areas with their flows, the next one last.
    waiting: Vec<(Rect, Vec<Job>)>,
    now: Option<Region>,
    done: Vec<(Job, Vec<Point>)>,
    /// From elements to themselves: they find their corners when the others have their ways.
    loops: Vec<(Job, Vec<Point>)>,
}

impl Routing {
    pub fn of(mut jobs: Vec<Job>, terrain: &Terrain, scope: Scope) -> Routing {
        // Near ones first: they have fewest choices.
        jobs.sort_by(|a, b| a.distance().total_cmp(&b.distance()).then_with(|| a.flow.cmp(&b.flow)));
        let (loops, jobs): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(Job::is_loop);
        let mut waiting = regions(jobs, terrain, scope);
        waiting.reverse();
        let loops = loops.into_iter().map(|job| (job, Vec::new())).collect();
        let mut routing = Routing { waiting, now: None, done: Vec::new(), loops };
        routing.place_loops(terrain);
        routing
    }

    fn place_loops(&mut self, terrain: &Terrain) {
        if self.loops.is_empty() {
            return;
        }
        let ways: Vec<(Point, Point)> = self.done.iter().flat_map(|(_, corners)| pieces(corners)).collect();
        let mut around = loops::courses(self.loops.iter().map(|(job, _)| job), terrain, &ways);
        self.loops.iter_mut().for_each(|(job, corners)| *corners = around.remove(&job.flow).unwrap_or_default());
    }

    /// Goes on until all have their course, or it is said to be enough. True when all have.
    pub fn advance(&mut self, terrain: &Terrain, progress: &dyn Progress) -> bool {
        loop {
            match self.now.take() {
                Some(mut region) => {
                    if region.advance() {
                        self.now = Some(region);
                    } else {
                        self.done.extend(region.courses());
                    }
                }
                None => match self.waiting.pop() {
                    Some((area, jobs)) => self.now = Some(Region::new(jobs, terrain, area)),
                    None => {
                        self.place_loops(terrain);
                        return true;
                    }
                },
            }
            if progress.cancelled() && (self.now.is_some() || !self.waiting.is_empty()) {
                return false;
            }
        }
    }

    /// The corners of all; plain ones where it was given up.
    pub fn courses(self) -> Vec<(Job, Vec<Point>)> {
        let mut out = self.done;
        out.extend(self.loops);
        out.extend(self.now.into_iter().flat_map(Region::plain));
        let left = self.waiting.into_iter().flat_map(|(_, jobs)| jobs);
        out.extend(left.map(|job| (job.plain(), job)).map(|(corners, job)| (job, corners)));
        out
    }
}

/// The flows with the area that is looked at for them.
fn regions(jobs: Vec<Job>, terrain: &Terrain, scope: Scope) -> Vec<(Rect, Vec<Job>)> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let of = |job: &Job| job.around().expand(DETOUR);
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

/// The points at which a line turns, and its ends.
fn without_straight(points: impl Iterator<Item = Point>) -> Vec<Point> {
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
pub(super) fn elbow(a: Point, b: Point, level: bool) -> Vec<Point> {
    let middle = a.lerp(b, 0.5);
    let turns = if level { [pt(middle.x, a.y), pt(middle.x, b.y)] } else { [pt(a.x, middle.y), pt(b.x, middle.y)] };
    without_straight(squared(&[a, turns[0], turns[1], b]).into_iter())
}
