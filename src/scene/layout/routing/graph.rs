//! The ways flows may take: lanes along the sides of elements and seams and in front of the ends, and the places where they
//! meet.
#![expect(
    clippy::indexing_slicing,
    reason = "places and lanes are numbered by the lists they are in, which only grow while it is made"
)]

use super::ground::{BUFFER, Ground};
use super::lanes::{Lane, Pin, lanes};
use crate::geometry::{Point, pt};
use crate::scene::layout::outline::Side;

/// A lane this near to a seam it runs along is dear.
const ALONG: f32 = 7.0;
/// A lane so near to a seam has no room for others between.
const BESIDE: f32 = 20.0;
/// Nor one so near to the room that is kept around an element.
const BY: f32 = 12.0;
/// So near to its corner a seam is not crossed where it can be helped.
const CORNER: f32 = 12.0;
/// No place.
const NONE: u32 = u32::MAX;

/// A boundary crossed on the way from a place to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wall {
    pub zone: u32,
    pub at_corner: bool,
    /// No other is crossed on the same way after it.
    is_last: bool,
}

/// Places joined by lanes. The way from a place to the right has twice its number, the one down one more.
pub(super) struct Graph {
    places: Vec<Point>,
    /// The places to the left and to the right.
    level_next: Vec<[u32; 2]>,
    /// Whether a place is the first of its upright lane, whose places follow each other; one more at the end.
    begins: Vec<bool>,
    upright: Vec<Lane>,
    level: Vec<Lane>,
    /// First place of each upright lane; one more at the end.
    first: Vec<u32>,
    /// Places of each level lane.
    rows: Vec<Vec<u32>>,
    pins: Vec<u32>,
    walls: Vec<Wall>,
    ways: Vec<Way>,
    /// Flows that pass each place level, and upright.
    passed: Vec<[u16; 2]>,
}

/// What is known of the way from a place to the next.
#[derive(Clone, Copy, Default)]
struct Way {
    /// Where its walls begin, counted from one; 0 where there are none.
    walls: u32,
    /// Flows that cross it between its places, and that run along it.
    crossed: u16,
    load: u8,
    /// What it runs along: of [`ON_SEAM`], [`BY_SEAM`] and [`BY_SOLID`].
    along: u8,
}

const ON_SEAM: u8 = 1;
const BY_SEAM: u8 = 2;
const BY_SOLID: u8 = 4;
const TIGHT: u8 = BY_SEAM | BY_SOLID;

impl Graph {
    pub fn new(ground: &Ground, pins: &[Pin]) -> Graph {
        let upright = lanes(ground, pins, true);
        let level = lanes(ground, pins, false);
        let mut g = Graph {
            places: Vec::new(),
            level_next: Vec::new(),
            begins: Vec::new(),
            first: Vec::with_capacity(upright.len() + 1),
            rows: vec![Vec::new(); level.len()],
            upright,
            level,
            pins: Vec::new(),
            walls: Vec::new(),
            ways: Vec::new(),
            passed: Vec::new(),
        };
        g.join();
        g.pins = pins.iter().map(|pin| g.place_of(pin)).collect();
        (g.ways, g.passed) = (vec![Way::default(); 2 * g.places.len()], vec![[0, 0]; g.places.len()]);
        g.cross_seams(ground);
        g.pass_solids(ground);
        g
    }

    /// Makes a place wherever two lanes meet.
    fn join(&mut self) {
        for lane in &self.upright {
            let start = self.places.len();
            self.first.push(start as u32);
            let begin = self.level.partition_point(|l| l.at < lane.from - 0.02);
            for (n, l) in self.level.iter().enumerate().skip(begin).take_while(|(_, l)| l.at <= lane.to + 0.02) {
                if l.from - 0.02 > lane.at || lane.at > l.to + 0.02 {
                    continue;
                }
                let number = self.places.len();
                self.places.push(pt(lane.at, l.at));
                let before = self.rows[n].last().copied().unwrap_or(NONE);
                if before != NONE {
                    self.level_next[before as usize][1] = number as u32;
                }
                self.level_next.push([before, NONE]);
                self.begins.push(number == start);
                self.rows[n].push(number as u32);
            }
        }
        self.first.push(self.places.len() as u32);
        self.begins.push(true);
        // It stays as it is for as long as there are flows to route, and is large.
        self.places.shrink_to_fit();
        self.level_next.shrink_to_fit();
        self.begins.shrink_to_fit();
        self.rows.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// The first place in front of a pin.
    fn place_of(&self, pin: &Pin) -> u32 {
        let near = |a: f32, b: f32| (a - b).abs() < 0.02;
        let (at, along) = if pin.side.is_level() { (pin.at.y, pin.at.x) } else { (pin.at.x, pin.at.y) };
        let lanes = if pin.side.is_level() { &self.level } else { &self.upright };
        let begin = lanes.partition_point(|l| l.at < at - 0.02);
        let forward = matches!(pin.side, Side::Right | Side::Bottom);
        let mut best = (f32::INFINITY, NONE);
        for (n, _) in lanes.iter().enumerate().skip(begin).take_while(|(_, l)| near(l.at, at)) {
            let places: &mut dyn Iterator<Item = u32> =
                if pin.side.is_level() { &mut self.rows[n].iter().copied() } else { &mut (self.first[n]..self.first[n + 1]) };
            for place in places {
                let p = self.places[place as usize];
                let ahead = (if pin.side.is_level() { p.x } else { p.y } - along) * if forward { 1.0 } else { -1.0 };
                if ahead > -0.1 && ahead < best.0 {
                    best = (ahead, place);
                }
            }
        }
        // Nothing else stands between the element and the place.
        let edge = pin.inside.map_or(f32::INFINITY, |r| match pin.side {
            Side::Right => r.right() - along,
            Side::Left => along - r.x,
            Side::Bottom => r.bottom() - along,
            Side::Top => along - r.y,
        });
        if best.0 <= edge + BUFFER + 0.5 { best.1 } else { NONE }
    }

    /// Notes which ways cross or follow the seams of boundaries.
    fn cross_seams(&mut self, ground: &Ground) {
        let mut met: Vec<(u32, Wall)> = Vec::new();
        for (zone, z) in (0..).zip(&ground.zones) {
            for upright in [true, false] {
                // Seen so that the lanes run along v, at a place on u.
                let (u0, u1, v0, v1) =
                    if upright { (z.x, z.right(), z.y, z.bottom()) } else { (z.y, z.bottom(), z.x, z.right()) };
                let lanes = if upright { &self.upright } else { &self.level };
                let begin = lanes.partition_point(|l| l.at < u0 - BESIDE);
                let end = lanes.partition_point(|l| l.at <= u1 + BESIDE);
                for n in begin..end {
                    let lane = if upright { self.upright[n] } else { self.level[n] };
                    let at_corner = (lane.at - u0).min(u1 - lane.at) < CORNER;
                    for v in [v0, v1] {
                        if lane.from < v && v < lane.to && lane.at > u0 && lane.at < u1 {
                            met.extend(self.way_over(n, upright, v).map(|way| (way, Wall { zone, at_corner, is_last: false })));
                        }
                    }
                    let off = (lane.at - u0).abs().min((lane.at - u1).abs());
                    if off < BESIDE {
                        self.runs(n, upright, (v0, v1), if off < ALONG { ON_SEAM | BY_SEAM } else { BY_SEAM });
                    }
                }
            }
        }
        met.sort_by_key(|(way, wall)| (*way, wall.zone));
        for n in 0..met.len() {
            let way = met[n].0;
            met[n].1.is_last = met.get(n + 1).is_none_or(|(next, _)| *next != way);
            let walls = &mut self.ways[way as usize].walls;
            *walls = if *walls == 0 { n as u32 + 1 } else { *walls };
        }
        self.walls = met.into_iter().map(|(_, wall)| wall).collect();
    }

    /// Notes which ways run close by elements.
    fn pass_solids(&mut self, ground: &Ground) {
        for s in &ground.solid {
            for upright in [true, false] {
                let (u0, u1, v0, v1) =
                    if upright { (s.x, s.right(), s.y, s.bottom()) } else { (s.y, s.bottom(), s.x, s.right()) };
                for (from, to) in [(u0 - BY, u0), (u1, u1 + BY)] {
                    let lanes = if upright { &self.upright } else { &self.level };
                    let begin = lanes.partition_point(|l| l.at < from - 0.1);
                    let end = lanes.partition_point(|l| l.at <= to + 0.1);
                    (begin..end).for_each(|n| self.runs(n, upright, (v0, v1), BY_SOLID));
                }
            }
        }
    }

    fn runs(&mut self, lane: usize, upright: bool, (v0, v1): (f32, f32), along: u8) {
        for way in self.ways_within(lane, upright, v0, v1) {
            self.ways[way as usize].along |= along;
        }
    }

    fn places_on(&self, lane: usize, upright: bool) -> (usize, impl Fn(usize) -> u32 + '_) {
        let count = if upright { (self.first[lane + 1] - self.first[lane]) as usize } else { self.rows[lane].len() };
        (count, move |n: usize| if upright { self.first[lane] + n as u32 } else { self.rows[lane][n] })
    }

    /// How many places of a lane lie before a coordinate.
    fn before(&self, lane: usize, upright: bool, v: f32) -> usize {
        let (count, place) = self.places_on(lane, upright);
        let at = |n: usize| if upright { self.places[place(n) as usize].y } else { self.places[place(n) as usize].x };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if at(middle) < v { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The way on a lane that leads over a coordinate.
    fn way_over(&self, lane: usize, upright: bool, v: f32) -> Option<u32> {
        let (count, place) = self.places_on(lane, upright);
        let n = self.before(lane, upright, v);
        (n > 0 && n < count).then(|| 2 * place(n - 1) + u32::from(upright))
    }

    fn ways_within(&self, lane: usize, upright: bool, v0: f32, v1: f32) -> Vec<u32> {
        let (count, place) = self.places_on(lane, upright);
        let (from, to) = (self.before(lane, upright, v0).saturating_sub(1), self.before(lane, upright, v1).min(count));
        (from..to).map(|n| 2 * place(n) + u32::from(upright)).collect()
    }

    /// A flow that stays runs along this piece.
    pub fn mark(&mut self, a: Point, b: Point) {
        for upright in [true, false] {
            let (u0, u1) = if upright { (a.x.min(b.x), a.x.max(b.x)) } else { (a.y.min(b.y), a.y.max(b.y)) };
            if u1 - u0 < 0.05 {
                continue;
            }
            let lanes = if upright { &self.upright } else { &self.level };
            let begin = lanes.partition_point(|l| l.at <= u0);
            let end = lanes.partition_point(|l| l.at < u1);
            for n in begin..end {
                let lane = if upright { self.upright[n] } else { self.level[n] };
                let t = if upright { (lane.at - a.x) / (b.x - a.x) } else { (lane.at - a.y) / (b.y - a.y) };
                let p = a.lerp(b, t);
                let v = if upright { p.y } else { p.x };
                if v < lane.from || v > lane.to {
                    continue;
                }
                let Some(way) = self.way_over(n, upright, v) else { continue };
                let (place, after) = (way / 2, self.beside(way / 2, if upright { Side::Bottom } else { Side::Right }));
                let on = [place, after].into_iter().find(|p| {
                    let q = self.places[*p as usize];
                    (if upright { q.y } else { q.x } - v).abs() < 0.3
                });
                match on {
                    // What runs upright is crossed by what passes level.
                    Some(place) => self.passed[place as usize][usize::from(!upright)] += 1,
                    None => self.ways[way as usize].crossed += 1,
                }
            }
        }
    }

    /// A flow takes a way through these places, or gives it up.
    pub fn pass(&mut self, places: &[u32], takes: bool) {
        let change = |n: &mut u16| *n = if takes { n.saturating_add(1) } else { n.saturating_sub(1) };
        for w in places.windows(2) {
            if let Some(way) = self.way(w[0], w[1]) {
                let load = &mut self.ways[way].load;
                *load = if takes { load.saturating_add(1) } else { load.saturating_sub(1) };
            }
        }
        for w in places.windows(3) {
            let (a, b, c) = (self.places[w[0] as usize], self.places[w[1] as usize], self.places[w[2] as usize]);
            if a.x == b.x && b.x == c.x {
                change(&mut self.passed[w[1] as usize][1]);
            } else if a.y == b.y && b.y == c.y {
                change(&mut self.passed[w[1] as usize][0]);
            }
        }
    }

    /// How often a course crosses others.
    pub fn crossed(&self, places: &[u32]) -> usize {
        let between: usize =
            places.windows(2).filter_map(|w| self.way(w[0], w[1])).map(|way| usize::from(self.ways[way].crossed)).sum();
        let at = places.windows(3).map(|w| {
            let (a, b, c) = (self.places[w[0] as usize], self.places[w[1] as usize], self.places[w[2] as usize]);
            let straight = if a.x == b.x && b.x == c.x { Some(0) } else { (a.y == b.y && b.y == c.y).then_some(1) };
            straight.map_or(0, |across| usize::from(self.passed[w[1] as usize][across]))
        });
        between + at.sum::<usize>()
    }

    fn way(&self, a: u32, b: u32) -> Option<usize> {
        let side = Side::ALL.into_iter().find(|side| self.beside(a, *side) == b)?;
        self.way_number(a, side, b)
    }

    fn way_number(&self, place: u32, side: Side, next: u32) -> Option<usize> {
        Some(match side {
            Side::Right => 2 * place as usize,
            Side::Bottom => 2 * place as usize + 1,
            Side::Left => 2 * next as usize,
            Side::Top => 2 * next as usize + 1,
        })
    }

    /// The next place on a side.
    #[inline]
    fn beside(&self, place: u32, side: Side) -> u32 {
        let n = place as usize;
        match side {
            Side::Left => self.level_next[n][0],
            Side::Right => self.level_next[n][1],
            Side::Top => {
                if self.begins[n] {
                    NONE
                } else {
                    place - 1
                }
            }
            Side::Bottom => {
                if self.begins[n + 1] {
                    NONE
                } else {
                    place + 1
                }
            }
        }
    }

    pub fn count(&self) -> usize {
        self.places.len()
    }

    pub fn at(&self, place: u32) -> Option<Point> {
        self.places.get(place as usize).copied()
    }

    /// The place in front of a pin, if it can be reached.
    pub fn pin(&self, pin: usize) -> Option<u32> {
        self.pins.get(pin).copied().filter(|place| *place != NONE)
    }

    /// The next place on a side, with what speaks against going there.
    #[inline]
    pub fn step(&self, place: u32, side: Side) -> Option<Step<'_>> {
        let next = self.beside(place, side);
        if next == NONE {
            return None;
        }
        let Way { walls, crossed, load, along } = self.ways[self.way_number(place, side, next)?];
        let walls = match walls as usize {
            0 => &[],
            first => {
                let rest = &self.walls[first - 1..];
                &rest[..rest.iter().position(|wall| wall.is_last).map_or(rest.len(), |last| last + 1)]
            }
        };
        let (a, b) = (self.places[place as usize], self.places[next as usize]);
        let length = (a.x - b.x).abs() + (a.y - b.y).abs();
        Some(Step { next, length, walls, dear: along & ON_SEAM != 0, tight: along & TIGHT == TIGHT, crossed, load })
    }

    /// How many flows cross one that passes a place straight on.
    pub fn passed(&self, place: u32, heading: Side) -> u16 {
        self.passed[place as usize][usize::from(heading.is_level())]
    }
}

/// The way from a place to the next.
pub(super) struct Step<'a> {
    pub next: u32,
    pub length: f32,
    pub walls: &'a [Wall],
    /// It runs along a seam.
    pub dear: bool,
    /// It runs between an element and a seam that are close to each other.
    pub tight: bool,
    pub crossed: u16,
    pub load: u8,
}
