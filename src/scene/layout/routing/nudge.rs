//! Moves apart what runs on one lane, and into the middle of what room there is.
#![expect(clippy::indexing_slicing, reason = "pieces are numbered by the list they are in")]

use super::ends::{End, Job};
use super::ground::Ground;
use super::order::order;
use super::separate::{Pair, Thing, separate};
use super::{GAP, STUB, without_straight};
use crate::geometry::{Point, Rect};
use crate::scene::layout::outline::Side;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Distance kept from a seam one runs along.
const SEAM: f32 = 10.0;
/// Pieces whose ends are nearer than this to each other are in each other's way.
const NEAR: f32 = 6.0;
/// A piece across shorter than this is taken out where that can be.
const JOG: f32 = 15.0;
/// How far around a corner a flow runs outside of what the corner is there for.
const WIDE: f32 = 8.0;

/// A course that is being put right.
pub(super) struct Course {
    pub corners: Vec<Point>,
    /// People chose where it runs.
    fixed: bool,
    /// What the first and the last piece may be moved in, where they may.
    play: [Option<(f32, f32)>; 2],
}

impl Course {
    pub fn new(job: &Job, corners: Vec<Point>, fixed: bool) -> Course {
        let play = |end: &End, ends: Option<(&Point, &Point)>| {
            let (at, next) = ends?;
            let level = (at.y - next.y).abs() < 0.05;
            let forward = if level { next.x > at.x } else { next.y > at.y };
            let side = match (level, forward) {
                (true, true) => Side::Right,
                (true, false) => Side::Left,
                (false, true) => Side::Bottom,
                (false, false) => Side::Top,
            };
            end.play(side, *at)
        };
        let first = play(&job.from, corners.first().zip(corners.get(1)));
        let last = play(&job.to, corners.last().zip(corners.iter().rev().nth(1)));
        Course { corners, fixed, play: [first, last] }
    }
}

/// A straight piece of a course, seen across its direction: at `u`, from `v0` to `v1`.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub upright: bool,
    /// Course and number in it; `None` for a flow that stays.
    pub at: Option<(usize, usize)>,
    pub u: f32,
    pub v0: f32,
    pub v1: f32,
    /// Where the piece that follows at `v0`, and that at `v1`, leads to.
    pub low: Option<f32>,
    pub high: Option<f32>,
    pub min: f32,
    pub max: f32,
    pub wish: f32,
    weight: f32,
}

pub(super) fn nudge(courses: &mut [Course], ground: &Ground, taken: &[(Point, Point)]) {
    for upright in [true, false, true, false] {
        let pieces = all(courses, ground, taken, upright);
        for (piece, u) in pieces.iter().zip(apart(&pieces, courses)) {
            set(piece, u, courses);
        }
    }
    for upright in [true, false] {
        straighten(courses, ground, taken, upright);
    }
}

fn set(piece: &Piece, u: f32, courses: &mut [Course]) {
    let Some((course, n)) = piece.at else { return };
    for corner in courses[course].corners.iter_mut().skip(n).take(2) {
        *(if piece.upright { &mut corner.x } else { &mut corner.y }) = u;
    }
}

/// All pieces of a direction, with the room each has.
fn all(courses: &[Course], ground: &Ground, taken: &[(Point, Point)], upright: bool) -> Vec<Piece> {
    let mut out = Vec::new();
    for (n, course) in courses.iter().enumerate() {
        for k in 0..course.corners.len().saturating_sub(1) {
            out.extend(piece(n, course, k, ground, upright));
        }
    }
    out.extend(taken.iter().filter_map(|(a, b)| straight(*a, *b, upright)));
    out
}

/// A piece that stays where it is; `None` for one of another direction.
fn straight(a: Point, b: Point, upright: bool) -> Option<Piece> {
    let ((u, v), (w, t)) = if upright { ((a.x, a.y), (b.x, b.y)) } else { ((a.y, a.x), (b.y, b.x)) };
    let is_one = (u - w).abs() < 0.05 && (v - t).abs() > 0.05;
    let (v0, v1) = (v.min(t), v.max(t));
    is_one.then_some(Piece { upright, at: None, u, v0, v1, low: None, high: None, min: u, max: u, wish: u, weight: 1000.0 })
}

fn piece(number: usize, course: &Course, k: usize, ground: &Ground, upright: bool) -> Option<Piece> {
    let c = &course.corners;
    let mut p = Piece { at: Some((number, k)), ..straight(c[k], c[k + 1], upright)? };
    let u = |p: Point| if upright { p.x } else { p.y };
    let forward = if upright { c[k + 1].y > c[k].y } else { c[k + 1].x > c[k].x };
    let (before, after) = (k.checked_sub(1).map(|n| u(c[n])), c.get(k + 2).map(|p| u(*p)));
    (p.low, p.high) = if forward { (before, after) } else { (after, before) };
    let play = [(k == 0).then_some(course.play[0]), (k + 2 == c.len()).then_some(course.play[1])];
    if course.fixed || play.contains(&Some(None)) {
        return Some(p);
    }
    p.weight = 1.0;
    (p.min, p.max) = room(&p, ground);
    let ends: Vec<(f32, f32)> = play.into_iter().flatten().flatten().collect();
    for (low, high) in &ends {
        (p.min, p.max) = (p.min.max(*low).min(p.u.max(*low)), p.max.min(*high).max(p.u.min(*high)));
    }
    match (ends.as_slice(), before, after) {
        ([(low, high)], ..) => p.wish = (low + high) / 2.0,
        ([], Some(before), Some(after)) => {
            // Room for heads and bends in front of what it leads to.
            let keeps = [(before, k == 1), (after, k + 3 == c.len())].map(|(far, ends)| (far, if ends { STUB } else { WIDE }));
            let middle = (p.min.max(p.u - 400.0) + p.max.min(p.u + 400.0)) / 2.0;
            for (far, keep) in keeps {
                if far < p.u {
                    p.min = p.min.max((far + keep).min(middle.max(far)));
                } else {
                    p.max = p.max.min((far - keep).max(middle.min(far)));
                }
            }
            if (before < p.u) == (after < p.u) {
                let (near, way) = if before < p.u { (p.min, 1.0) } else { (p.max, -1.0) };
                let half = ((p.max - p.min) / 2.0).max(0.0);
                p.wish = near + way * half.min(WIDE);
            } else {
                (p.wish, p.weight) = ((p.min + p.max) / 2.0, 0.3);
            }
        }
        _ => {}
    }
    if p.min > p.max {
        (p.min, p.max) = (p.u, p.u);
    }
    p.wish = p.wish.clamp(p.min, p.max);
    Some(p)
}

/// How far a piece may be moved to both sides until something stands there.
fn room(p: &Piece, ground: &Ground) -> (f32, f32) {
    let turned = |r: &Rect| if p.upright { *r } else { Rect { x: r.y, y: r.x, w: r.h, h: r.w } };
    let area = turned(&ground.area);
    let (mut min, mut max) = (area.x, area.right());
    let strips = if p.upright { &ground.by_y } else { &ground.by_x };
    for r in strips.over(p.v0, p.v1).map(|n| turned(&ground.solid[n as usize])) {
        if r.y < p.v1 - 0.1 && r.bottom() > p.v0 + 0.1 {
            if r.right() <= p.u + 0.2 {
                min = min.max(r.right());
            } else if r.x >= p.u - 0.2 {
                max = max.min(r.x);
            }
        }
    }
    for z in ground.zones.iter().map(turned).filter(|z| z.y <= p.v1 + 1.0 && z.bottom() >= p.v0 - 1.0) {
        for seam in [z.x, z.right()] {
            if seam <= p.u {
                min = min.max((seam + SEAM).min(p.u));
            } else {
                max = max.min((seam - SEAM).max(p.u));
            }
        }
    }
    (min.min(p.u), max.max(p.u))
}

/// Where each piece goes.
fn apart(pieces: &[Piece], courses: &[Course]) -> Vec<f32> {
    let pairs = pairs(pieces, courses);
    let sequence = sequence(pieces, &pairs);
    let mut position = vec![0; pieces.len()];
    sequence.iter().enumerate().for_each(|(n, piece)| position[*piece] = n);
    // What hangs together is put apart together.
    let mut group: Vec<usize> = (0..pieces.len()).collect();
    for (a, b) in &pairs {
        let (a, b) = (root(&mut group, *a), root(&mut group, *b));
        group[a.max(b)] = a.min(b);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); pieces.len()];
    for piece in sequence {
        members[root(&mut group, piece)].push(piece);
    }
    let mut inside = vec![0; pieces.len()];
    for list in &members {
        list.iter().enumerate().for_each(|(n, piece)| inside[*piece] = n);
    }
    let mut bound: Vec<Vec<Pair>> = vec![Vec::new(); pieces.len()];
    for (a, b) in pairs {
        let (before, after) = if position[a] < position[b] { (a, b) } else { (b, a) };
        bound[root(&mut group, a)].push(Pair { before: inside[before], after: inside[after], gap: GAP });
    }
    let mut out: Vec<f32> = pieces.iter().map(|p| p.wish).collect();
    for (list, bound) in members.iter().zip(&bound).filter(|(list, _)| list.len() > 1) {
        let thing = |p: &Piece| Thing { wish: p.wish, weight: p.weight, min: p.min, max: p.max };
        let things: Vec<Thing> = list.iter().map(|n| thing(&pieces[*n])).collect();
        for (piece, u) in list.iter().zip(separate(&things, bound)) {
            out[*piece] = u;
        }
    }
    out
}

fn root(group: &mut [usize], mut n: usize) -> usize {
    while group[n] != n {
        group[n] = group[group[n]];
        n = group[n];
    }
    n
}

/// Pieces that could come to lie on each other, the one that is to come first at first.
fn pairs(pieces: &[Piece], courses: &[Course]) -> Vec<(usize, usize)> {
    let mut by_min: Vec<usize> = (0..pieces.len()).collect();
    by_min.sort_by(|a, b| pieces[*a].min.total_cmp(&pieces[*b].min).then(a.cmp(b)));
    let mut out = Vec::new();
    for (n, i) in by_min.iter().enumerate() {
        let a = &pieces[*i];
        for j in by_min[n + 1..].iter().take_while(|j| pieces[**j].min <= a.max + GAP) {
            let b = &pieces[*j];
            let apart = a.v0 > b.v1 + NEAR || b.v0 > a.v1 + NEAR;
            if apart || a.weight.min(b.weight) > 100.0 {
                continue;
            }
            let before = match order(a, b, courses) {
                Ordering::Less => true,
                Ordering::Greater => false,
                Ordering::Equal => i < j,
            };
            // Only where there is room for it: rather across than on one another.
            let (room, turned) = (b.max - a.min, a.max - b.min);
            let before = if before { room >= NEAR || room >= turned } else { turned < NEAR && turned < room };
            out.push(if before { (*i, *j) } else { (*j, *i) });
        }
    }
    out
}

/// All pieces in an order that keeps the pairs, as far as those agree with each other.
fn sequence(pieces: &[Piece], pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut by_place: Vec<usize> = (0..pieces.len()).collect();
    let (u, wish) = (|n: usize| pieces[n].u, |n: usize| pieces[n].wish);
    by_place.sort_by(|a, b| u(*a).total_cmp(&u(*b)).then(wish(*a).total_cmp(&wish(*b))).then(a.cmp(b)));
    let mut rank = vec![0; pieces.len()];
    by_place.iter().enumerate().for_each(|(n, piece)| rank[*piece] = n);
    let (mut waits, mut then) = (vec![0usize; pieces.len()], vec![Vec::new(); pieces.len()]);
    for (a, b) in pairs {
        waits[*b] += 1;
        then[*a].push(*b);
    }
    let mut free: BinaryHeap<Reverse<usize>> = (0..pieces.len()).filter(|n| waits[*n] == 0).map(|n| Reverse(rank[n])).collect();
    let (mut out, mut done, mut first) = (Vec::with_capacity(pieces.len()), vec![false; pieces.len()], 0);
    while out.len() < pieces.len() {
        let next = free.pop().map(|Reverse(rank)| by_place[rank]).unwrap_or_else(|| {
            // Those that are left wait for each other.
            while done[by_place[first]] {
                first += 1;
            }
            by_place[first]
        });
        if std::mem::replace(&mut done[next], true) {
            continue;
        }
        out.push(next);
        for after in &then[next] {
            waits[*after] = waits[*after].saturating_sub(1);
            if waits[*after] == 0 && !done[*after] {
                free.push(Reverse(rank[*after]));
            }
        }
    }
    out
}

/// Takes out short pieces across where the pieces before and after can run on one line.
fn straighten(courses: &mut [Course], ground: &Ground, taken: &[(Point, Point)], upright: bool) {
    let mut pieces = all(courses, ground, taken, upright);
    for n in 0..courses.len() {
        let mut k = 0;
        while !courses[n].fixed && k + 3 < courses[n].corners.len() {
            let c = &courses[n].corners;
            let short = c[k + 1].distance(c[k + 2]) < JOG;
            let (a, b) = (piece(n, &courses[n], k, ground, upright), piece(n, &courses[n], k + 2, ground, upright));
            k += 1;
            let (Some(a), Some(b), true) = (a, b, short) else { continue };
            // Both the same way, or there would be nothing to join.
            let onward = |k: usize| if upright { c[k + 1].y - c[k].y } else { c[k + 1].x - c[k].x };
            let same_way = (onward(k - 1) > 0.0) == (onward(k + 1) > 0.0);
            let (low, high) = (a.min.max(b.min), a.max.min(b.max));
            let whole = Piece { v0: a.v0.min(b.v0), v1: a.v1.max(b.v1), ..a.clone() };
            let clear = |u: &f32| {
                let near = |p: &&Piece| p.at.is_none_or(|(m, _)| m != n) && (p.u - u).abs() < 7.0;
                (low..=high).contains(u) && !pieces.iter().filter(near).any(|p| p.v0 < whole.v1 + NEAR && whole.v0 < p.v1 + NEAR)
            };
            let Some(u) = [(a.u + b.u) / 2.0, a.u, b.u].into_iter().filter(|_| same_way).find(clear) else { continue };
            set(&a, u, courses);
            set(&b, u, courses);
            let corners = std::mem::take(&mut courses[n].corners);
            courses[n].corners = without_straight(corners.into_iter());
            pieces.retain(|p| p.at.is_none_or(|(m, _)| m != n));
            let again = (0..courses[n].corners.len().saturating_sub(1)).filter_map(|k| piece(n, &courses[n], k, ground, upright));
            pieces.extend(again);
            k = 0;
        }
    }
}
