//! Flows from an element to itself: around one of its corners, where nothing else stands.

use super::ends::{BETWEEN_LOOPS, End, Job};
use super::terrain::{Terrain, pieces};
use crate::geometry::{Point, Rect, pt};
use crate::model::Id;
use crate::scene::layout::outline::Side;
use std::collections::BTreeMap;

/// How far the innermost one stands out.
const OUT: f32 = 28.0;
/// Of a side, what all loops at a corner may use.
const SHARE: f32 = 0.4;

/// The two sides of each corner, the one preferred first. At the last the pill lies over the heads of flows.
const CORNERS: [(Side, Side); 4] =
    [(Side::Left, Side::Top), (Side::Right, Side::Bottom), (Side::Left, Side::Bottom), (Side::Right, Side::Top)];
/// As bad as so many flows in the way.
const UNDER_PILL: usize = 20;

/// The courses of loops, beside the ways that others have just found.
pub(super) fn courses<'j>(
    loops: impl Iterator<Item = &'j Job>,
    terrain: &Terrain,
    ways: &[(Point, Point)],
) -> BTreeMap<Id, Vec<Point>> {
    let mut at: BTreeMap<&Id, Vec<&Job>> = BTreeMap::new();
    for job in loops {
        at.entry(job.from.element.as_ref().unwrap_or(&job.flow)).or_default().push(job);
    }
    let mut out = BTreeMap::new();
    for (_, loops) in at {
        let count = loops.len();
        let Some(end) = loops.first().map(|job| &job.from) else { continue };
        let all = |corner: (Side, Side)| (0..count).map(move |n| around(end, corner, n, count)).collect::<Vec<_>>();
        let cost = |(corner, courses): &((Side, Side), Vec<Vec<Point>>)| {
            let pill = if *corner == (Side::Right, Side::Top) { UNDER_PILL } else { 0 };
            pill + courses.iter().map(|c| covers(c, end, terrain, ways)).sum::<usize>()
        };
        let best = CORNERS.map(|corner| (corner, all(corner))).into_iter().min_by_key(cost);
        for (job, corners) in loops.iter().zip(best.map(|(_, courses)| courses).unwrap_or_default()) {
            out.insert(job.flow.clone(), corners);
        }
    }
    out
}

/// Around a corner, the `n`th from inside.
fn around(end: &End, (level, upright): (Side, Side), n: usize, count: usize) -> Vec<Point> {
    let (r, n) = (end.placed.rect, n as f32);
    let gap = |length: f32| BETWEEN_LOOPS.min(SHARE * length / count as f32);
    let out = OUT + BETWEEN_LOOPS * n;
    // From near the corner, the further out the further from it.
    let from_corner = |length: f32| (length / 4.0).min(20.0) + gap(length) * n;
    let y = if upright == Side::Top { r.y + from_corner(r.h) } else { r.bottom() - from_corner(r.h) };
    let x = if level == Side::Right { r.right() - from_corner(r.w) } else { r.x + from_corner(r.w) };
    let beside = if level == Side::Right { r.right() + out } else { r.x - out };
    let beyond = if upright == Side::Top { r.y - out } else { r.bottom() + out };
    let (start, stop) = (end.placed.on_side(level, y), end.placed.on_side(upright, x));
    vec![start, pt(beside, start.y), pt(beside, beyond), pt(stop.x, beyond), stop]
}

/// How much else is in its way: elements, then seams, then other flows.
fn covers(corners: &[Point], end: &End, terrain: &Terrain, ways: &[(Point, Point)]) -> usize {
    let own = end.placed.rect;
    let Some(area) = Rect::around(corners.iter().copied()) else { return 0 };
    let thin = |(a, b): (Point, Point)| Rect::from_corners(a, b).expand(4.0);
    let meets = |r: &Rect| pieces(corners).any(|p| r.intersects(thin(p)));
    let solid = terrain.solid(area.expand(4.0)).iter().filter(|r| **r != own && meets(r)).count();
    let seam = |z: &Rect| meets(z) && pieces(corners).any(|p| !z.contains_rect(thin(p)));
    let seams = terrain.zones(area.expand(4.0)).iter().filter(|z| seam(z)).count();
    let others = terrain.taken(area);
    let near = others.iter().chain(ways).map(|(a, b)| Rect::from_corners(*a, *b).expand(0.1)).filter(|r| r.intersects(area));
    let flows = near.filter(|r| meets(r)).count();
    1000 * solid + 100 * seams + flows
}
