//! Which of two flows that run beside each other comes first, so that they cross as little as possible.

use super::nudge::{Course, Piece};
use crate::geometry::{Point, Vec2};
use std::cmp::Ordering;

/// The order of two pieces across their direction.
pub(super) fn order(a: &Piece, b: &Piece, courses: &[Course]) -> Ordering {
    let apart = a.u.total_cmp(&b.u);
    let same = (a.u - b.u).abs() < 0.5;
    if same && let (Some(p), Some(q)) = (a.at, b.at) {
        let parted = parted(a, p, q, courses, true) + parted(a, p, q, courses, false);
        if parted != 0 {
            return parted.cmp(&0);
        }
    }
    let (first, second) = (crossings(a, b), crossings(b, a));
    let fewer = first.cmp(&second);
    if fewer.is_ne() {
        return fewer;
    }
    let by_wish = a.wish.total_cmp(&b.wish);
    if same { by_wish.then_with(|| a.at.cmp(&b.at)) } else { apart.then(by_wish).then_with(|| a.at.cmp(&b.at)) }
}

/// How often two pieces and what follows them would cross with `a` before `b`.
fn crossings(a: &Piece, b: &Piece) -> usize {
    let meets = |v: f32, of: &Piece| v > of.v0 + 0.5 && v < of.v1 - 0.5;
    let out = [(a.low, a.v0), (a.high, a.v1)]
        .into_iter()
        .filter(|(far, v)| far.is_some_and(|u| u > a.u && u > b.u - 0.5) && meets(*v, b));
    let back = [(b.low, b.v0), (b.high, b.v1)]
        .into_iter()
        .filter(|(far, v)| far.is_some_and(|u| u < b.u && u < a.u + 0.5) && meets(*v, a));
    out.count() + back.count()
}

/// On which side of the other a course leaves the way they share, followed beyond one end of a piece: before it (-1), after
/// it (1), or together (0).
fn parted(piece: &Piece, a: (usize, usize), b: (usize, usize), courses: &[Course], high: bool) -> i32 {
    let upright = piece.upright;
    let ahead = |(course, n): (usize, usize)| {
        let corners = courses.get(course).map_or(&[][..], |c| &c.corners);
        let v = |p: Option<&Point>| p.map_or(0.0, |p| if upright { p.y } else { p.x });
        let forward = (v(corners.get(n + 1)) > v(corners.get(n))) == high;
        let walk: Vec<Point> = if forward {
            corners.iter().skip(n + 1).copied().collect()
        } else {
            corners.iter().take(n + 1).rev().copied().collect()
        };
        walk
    };
    let (p, q) = (ahead(a), ahead(b));
    let sign = if high { 1.0 } else { -1.0 };
    let mut heading = if upright { Vec2 { x: 0.0, y: sign } } else { Vec2 { x: sign, y: 0.0 } };
    let turn = |walk: &[Point], n: usize, heading: Vec2| match (walk.get(n), walk.get(n + 1)) {
        (Some(a), Some(b)) => {
            let d = *b - *a;
            let across = heading.x * d.y - heading.y * d.x;
            if across > 0.1 {
                1
            } else if across < -0.1 {
                -1
            } else {
                0
            }
        }
        _ => 0,
    };
    // To the left of the way ahead comes first, seen upwards or to the right.
    let first = if upright == high { -1 } else { 1 };
    for n in 0..p.len().min(q.len()) {
        let (Some(at), Some(other)) = (p.get(n), q.get(n)) else { break };
        let further = (*at - *other).dot(heading);
        let (turned, other_turned) = (turn(&p, n, heading), turn(&q, n, heading));
        let side: i32 = if further.abs() < 0.6 {
            if turned == other_turned {
                if turned == 0 {
                    return 0;
                }
                heading = heading.perp() * turned as f32;
                continue;
            }
            turned - other_turned
        } else if further < 0.0 {
            turned
        } else {
            -other_turned
        };
        return side.signum() * first;
    }
    0
}
