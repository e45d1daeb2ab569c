//! What a drawing costs the eye before flows have their courses: crossings, boxes in the way, length, flows that run back.

use super::levels::{End, Plan};
use super::numbered::Of;
use crate::geometry::{Point, Rect, goes_across, pt};

const CROSSING: f32 = 160.0;
const IN_THE_WAY: f32 = 120.0;
const BACKWARDS: f32 = 60.0;
/// Most flows among which crossings are counted; among more, length has to do.
const MANY: usize = 4_000;

pub(super) fn cost(plan: &Plan, places: &Of<Rect>) -> f32 {
    let end = |end: End| {
        let r = places.get(end.item);
        end.at.map_or(r.center(), |(x, y)| pt(r.x + x, r.y + y))
    };
    let lines: Vec<(Point, Point)> = plan.lines.iter().map(|l| (end(l.from), end(l.to))).collect();
    let length: f32 = lines.iter().map(|(a, b)| (a.x - b.x).abs() + (a.y - b.y).abs()).sum();
    // From right to left, or from below upwards.
    let back = |(a, b): &&(Point, Point)| {
        let by = *b - *a;
        if by.x.abs() > by.y.abs() { by.x < -20.0 } else { by.y < -20.0 }
    };
    let backwards = lines.iter().filter(back).count() as f32;
    length + CROSSING * crossings(&lines) + IN_THE_WAY * in_the_way(plan, places, &lines) + BACKWARDS * backwards
}

/// Lines from left to right, so that those further on need not be compared.
fn crossings(lines: &[(Point, Point)]) -> f32 {
    if lines.len() > MANY {
        return 0.0;
    }
    let mut sorted: Vec<(f32, f32, (Point, Point))> = lines.iter().map(|l| (l.0.x.min(l.1.x), l.0.x.max(l.1.x), *l)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0;
    for (n, (_, end, a)) in sorted.iter().enumerate() {
        let near = sorted.iter().skip(n + 1).take_while(|(begin, ..)| begin < end);
        let meets = |b: &(Point, Point)| a.0 == b.0 || a.0 == b.1 || a.1 == b.0 || a.1 == b.1;
        sum += near.filter(|(_, _, b)| !meets(b) && goes_across(*a, *b)).count();
    }
    sum as f32
}

/// Boxes that straight lines run through.
fn in_the_way(plan: &Plan, places: &Of<Rect>, lines: &[(Point, Point)]) -> f32 {
    let mut solid: Vec<(usize, Rect)> =
        plan.items.iter().enumerate().filter(|(_, i)| !i.is_frame).map(|(n, _)| (n, places.get(n))).collect();
    solid.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
    let widest = solid.iter().map(|s| s.1.w).fold(0.0, f32::max);
    let mut sum = 0;
    for (line, (a, b)) in plan.lines.iter().zip(lines) {
        let (low, high) = (a.x.min(b.x), a.x.max(b.x));
        let first = solid.partition_point(|s| s.1.x < low - widest);
        let near = solid.iter().skip(first).take_while(|s| s.1.x < high);
        let blocks = |r: Rect| r.right() > low && cuts(r, *a, *b);
        sum += near.filter(|(n, r)| *n != line.from.item && *n != line.to.item && blocks(*r)).count();
    }
    sum as f32
}

/// Whether a line runs through a box.
pub(super) fn cuts(r: Rect, a: Point, b: Point) -> bool {
    if r.contains(a) || r.contains(b) {
        return true;
    }
    let [p, q, s, t] = r.corners();
    goes_across((a, b), (p, s)) || goes_across((a, b), (q, t))
}
