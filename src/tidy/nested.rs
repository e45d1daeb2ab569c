//! Levels within levels: each is arranged on its own, inner ones first, and is then one box in the one around it.
//!
//! Flows that leave a level pull at its boxes from outside. Where to is known only when the outer levels are arranged, so
//! all is done a few times over, each time with the places of the time before, and the best drawing is kept.

use super::Direction;
use super::flat::{Flat, Link, Node, Port, Spacing};
use super::levels::{End, Level, Plan};
use super::numbered::{Lists, Of};
use super::{drawing, pinned};
use crate::geometry::{Point, Rect, pt, rect};
use crate::progress::Progress;

/// Room between a frame and what it holds; above also for the name.
pub(super) const SIDE: f32 = 28.0;
pub(super) const ABOVE: f32 = 44.0;
const ROUNDS: usize = 4;

impl Direction {
    /// A pair along and across as width and height, and back.
    fn turned(self, (a, b): (f32, f32)) -> (f32, f32) {
        match self {
            Direction::Right => (a, b),
            Direction::Down => (b, a),
        }
    }

    fn spacing(self) -> Spacing {
        match self {
            Direction::Right => Spacing { along: 72.0, across: 44.0, beside: 24.0, lane: 16.0 },
            Direction::Down => Spacing { along: 64.0, across: 56.0, beside: 28.0, lane: 18.0 },
        }
    }
}

/// How the boxes of a plan are to be arranged.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    /// Of each level.
    pub directions: &'a Of<Direction>,
    /// How many times as wide as high the whole should be.
    pub shape: f32,
    /// Whether the places so far say anything.
    pub keeps: bool,
}

/// The places of all boxes of the plan's levels, others where they are, and what the drawing costs the eye.
pub(super) fn arrange(plan: &Plan, way: Way<'_>, share: &dyn Progress) -> (Of<Rect>, f32) {
    let was: Of<Rect> = plan.items.iter().map(|i| i.was).collect();
    let mut best: Option<(Of<Rect>, f32)> = None;
    let mut now = was.clone();
    for round in 0..ROUNDS {
        let nest =
            Nest { plan, way, was: &was, now: &now, is_first: round == 0, sizes: Of::new(was.len()), at: Of::new(was.len()) };
        let next = nest.run(share);
        if share.cancelled() {
            break;
        }
        let cost = drawing::cost(plan, &next);
        if best.as_ref().is_none_or(|(_, least)| cost < *least) {
            best = Some((next.clone(), cost));
        }
        now = next;
    }
    best.unwrap_or((was, f32::INFINITY))
}

struct Nest<'a> {
    plan: &'a Plan,
    way: Way<'a>,
    was: &'a Of<Rect>,
    /// Places of the round before.
    now: &'a Of<Rect>,
    is_first: bool,
    /// Sizes of what is arranged so far, and corners seen from the corner of the frame around.
    sizes: Of<(f32, f32)>,
    at: Of<(f32, f32)>,
}

impl Nest<'_> {
    fn run(mut self, progress: &dyn Progress) -> Of<Rect> {
        for (n, item) in self.plan.items.iter().enumerate() {
            let held = self.plan.levels.iter().any(|l| l.home == Some(n)) && item.is_frame;
            self.sizes.set(
                n,
                if held {
                    item.size
                } else if item.is_frame && item.was.w > 0.0 {
                    (item.was.w.max(item.size.0), item.was.h.max(item.size.1))
                } else {
                    item.size
                },
            );
        }
        let flats = self.flats();
        let mut pinned: Of<Option<Point>> = self.plan.items.iter().map(|i| i.is_fixed.then(|| i.was.min())).collect();
        let mut corners: Vec<Point> = Vec::new();
        for (n, level) in self.plan.levels.iter().enumerate() {
            let corner = self.arrange(level, self.way.directions.get(n), flats.get(n), &mut pinned, progress);
            corners.push(corner);
        }
        self.absolute(&corners)
    }

    /// The flows of each level: between two of its boxes, or to the outside.
    fn flats(&self) -> Vec<Wires> {
        let mut wires: Vec<Wires> = self.plan.levels.iter().map(|_| Wires::default()).collect();
        for (n, line) in self.plan.lines.iter().enumerate() {
            let member = |end: End| -> Vec<(usize, usize)> {
                let around = self.plan.around(end.item);
                around.filter_map(|item| self.plan.level_of.get(item).map(|level| (level, item))).collect()
            };
            let (from, to) = (member(line.from), member(line.to));
            let at = |list: &[(usize, usize)], level: usize| list.iter().find(|(l, _)| *l == level).map(|(_, item)| *item);
            for (level, item) in &from {
                let Some(wires) = wires.get_mut(*level) else { continue };
                match at(&to, *level) {
                    Some(other) if other == *item => {}
                    Some(other) => wires.links.push((n, *item, other)),
                    None => wires.ports.push((n, *item, true)),
                }
            }
            for (level, item) in &to {
                if at(&from, *level).is_none() {
                    wires.get_mut(*level).into_iter().for_each(|w| w.ports.push((n, *item, false)));
                }
            }
        }
        wires
    }

    /// Arranges one level; returns the corner of what it holds, for levels on the open diagram and pinned ones in the world.
    fn arrange(
        &mut self,
        level: &Level,
        direction: Direction,
        wires: Option<&Wires>,
        pinned: &mut Of<Option<Point>>,
        progress: &dyn Progress,
    ) -> Point {
        let way = self.way;
        let spacing = direction.spacing();
        let keeps = way.keeps || !self.is_first;
        let mut number: Of<Option<usize>> = Of::new(self.plan.items.len());
        level.members.iter().enumerate().for_each(|(k, item)| number.set(*item, Some(k)));
        let node = |item: &usize| {
            let (along, across) = direction.turned(self.sizes.get(*item));
            let middle = self.now.get(*item).center();
            Node { along, across, was: direction.turned((middle.x, middle.y)) }
        };
        let mut flat = Flat { nodes: level.members.iter().map(node).collect(), has_places: keeps, ..Flat::default() };
        for (line, from, to) in wires.into_iter().flat_map(|w| &w.links) {
            let (Some(line), Some(a), Some(b)) = (self.plan.lines.get(*line), number.get(*from), number.get(*to)) else {
                continue;
            };
            let room = direction.turned(line.label);
            let (from_at, to_at) = (self.offset(line.from, *from, direction), self.offset(line.to, *to, direction));
            flat.links.push(Link { from: a, to: b, weight: 1.0, room, from_at, to_at });
        }
        for (line, item, leaves) in wires.into_iter().flat_map(|w| &w.ports) {
            let (Some(line), Some(node)) = (self.plan.lines.get(*line), number.get(*item)) else { continue };
            let (own, other) = if *leaves { (line.from, line.to) } else { (line.to, line.from) };
            let (is_before, toward) = self.outside(level, direction, other.item, *leaves);
            flat.ports.push(Port { node, is_before, at: self.offset(own, *item, direction), toward, weight: 1.0 });
        }
        let shape = if direction == Direction::Right { way.shape } else { 1.0 / way.shape };
        let placed = flat.place(&spacing, shape, progress);
        let rects: Vec<Rect> = level
            .members
            .iter()
            .enumerate()
            .map(|(k, item)| {
                let ((x, y), (w, h)) = (direction.turned(placed.corners.get(k)), self.sizes.get(*item));
                rect(x, y, w, h)
            })
            .collect();
        let pins: Vec<Option<Point>> = level.members.iter().map(|item| pinned.get(*item)).collect();
        let rects = pinned::respected(rects, &pins, spacing.across);
        let whole = rects.iter().copied().reduce(Rect::union).unwrap_or_default();
        let is_pinned = pins.iter().any(Option::is_some);
        for (item, r) in level.members.iter().zip(&rects) {
            self.at.set(*item, (r.x - whole.x, r.y - whole.y));
        }
        if let Some(home) = level.home.filter(|h| self.is_whole(level, *h)) {
            let least = self.plan.item(home).map(|i| i.size).unwrap_or_default();
            let (w, h) = if level.members.is_empty() { least } else { (whole.w + 2.0 * SIDE, whole.h + ABOVE + SIDE) };
            self.sizes.set(home, (w.max(least.0), h.max(least.1)));
            if is_pinned {
                pinned.set(home, Some(pt(whole.x - SIDE, whole.y - ABOVE)));
            }
        }
        if is_pinned { whole.min() } else { self.corner(level) }
    }

    /// Whether a level is all that its frame holds, so that the frame follows it.
    fn is_whole(&self, level: &Level, home: usize) -> bool {
        self.plan.items.iter().filter(|i| i.home == Some(home)).count() == level.members.len()
    }

    /// Where the drawing of a level that nothing carries begins: where it began before.
    fn corner(&self, level: &Level) -> Point {
        let before = level.members.iter().map(|item| self.was.get(*item)).filter(|_| self.way.keeps).reduce(Rect::union);
        match level.home.filter(|h| self.is_whole(level, *h)) {
            Some(home) if self.way.keeps => pt(self.was.get(home).x + SIDE, self.was.get(home).y + ABOVE),
            _ => before.map_or(pt(0.0, 0.0), Rect::min),
        }
    }

    /// Where an end is across, from the middle of a box it is in.
    fn offset(&self, end: End, within: usize, direction: Direction) -> f32 {
        let (w, h) = self.sizes.get(end.item);
        let (mut x, mut y) = end.at.unwrap_or((w / 2.0, h / 2.0));
        for item in self.plan.around(end.item).take_while(|item| *item != within) {
            let at = self.at.get(item);
            (x, y) = (x + at.0 + SIDE, y + at.1 + ABOVE);
        }
        let (w, h) = self.sizes.get(within);
        direction.turned((x - w / 2.0, y - h / 2.0)).1
    }

    /// On which side of a level something outside is, and where across. Before the first round that follows from how flows
    /// run.
    fn outside(&self, level: &Level, direction: Direction, other: usize, leaves: bool) -> (bool, Option<f32>) {
        let is_arranged = self.plan.level_of.get(other).is_some();
        if self.is_first && (is_arranged || !self.way.keeps) {
            return (!leaves, None);
        }
        let frame = match level.home {
            Some(home) => self.now.get(home),
            None => level.members.iter().map(|m| self.now.get(*m)).reduce(Rect::union).unwrap_or_default(),
        };
        let there = self.now.get(other).center();
        let (along, across) = direction.turned((there.x, there.y));
        let (begin, _) = direction.turned((frame.x, frame.y));
        let (end, _) = direction.turned((frame.right(), frame.bottom()));
        let is_before = if along < begin {
            true
        } else if along > end {
            false
        } else {
            !leaves
        };
        (is_before, Some(across))
    }

    /// Places in the world, from the outside in.
    fn absolute(&self, corners: &[Point]) -> Of<Rect> {
        let mut out = self.was.clone();
        let mut content: Lists<usize> = Lists::new(self.plan.items.len());
        for (n, level) in self.plan.levels.iter().enumerate() {
            level.home.iter().for_each(|home| content.push(*home, n));
        }
        for (n, level) in self.plan.levels.iter().enumerate().rev() {
            // A level is carried by its frame when that is arranged itself.
            let carried = level.home.filter(|h| self.plan.level_of.get(*h).is_some());
            let corner = match carried {
                Some(home) => pt(out.get(home).x + SIDE, out.get(home).y + ABOVE),
                None => corners.get(n).copied().unwrap_or_default(),
            };
            for item in &level.members {
                let ((x, y), (w, h)) = (self.at.get(*item), self.sizes.get(*item));
                out.set(*item, rect((corner.x + x).round(), (corner.y + y).round(), w.round(), h.round()));
            }
            if let Some(home) = level.home.filter(|h| carried.is_none() && self.is_whole(level, *h)) {
                let (w, h) = self.sizes.get(home);
                out.set(home, rect(corner.x - SIDE, corner.y - ABOVE, w, h));
            }
        }
        out
    }
}

/// Flows of a level by their numbers: between two boxes, and to the outside (with whether they leave).
#[derive(Clone, Debug, Default)]
struct Wires {
    links: Vec<(usize, usize, usize)>,
    ports: Vec<(usize, usize, bool)>,
}
