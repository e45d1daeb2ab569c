//! An element that is let go of across the seam of a boundary it does not belong to goes on until it is clear of it: the
//! picture says what is inside.

use super::GRID;
use super::ground::Ground;
use crate::geometry::{Rect, Vec2, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use std::collections::BTreeSet;

/// Room left between a seam and an element beside it.
const GAP: f32 = GRID;
/// Seams on its way that it goes on over, at most.
const MOST: usize = 8;

const WAYS: [Vec2; 4] = [vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0), vec2(0.0, -1.0)];

/// Whether an element at a place reaches over no seam but of what it is in.
pub fn is_clear(ground: &Ground, place: Rect, ignoring: &BTreeSet<Id>) -> bool {
    let home = ground.boundary_at(place.center(), ignoring);
    strangers(ground, place, &home, ignoring).next().is_none()
}

/// The ways on, shortest first, for an element at a place; none when it is clear of what it is not in. Those that end in
/// another boundary, or on another element, are none.
pub fn ways_clear(ground: &Ground, place: Rect, ignoring: &BTreeSet<Id>) -> Vec<Vec2> {
    if is_clear(ground, place, ignoring) {
        return Vec::new();
    }
    let home = ground.boundary_at(place.center(), ignoring);
    let over = |r: Rect| strangers(ground, r, &home, ignoring).next();
    let stands_on = |r: Rect| {
        let others = ground.nested().filter(|(id, kind, _)| matches!(kind, BoxKind::Element(_)) && !ignoring.contains(*id));
        others.filter(|(.., other)| other.intersects(r)).count()
    };
    let fits =
        |r: Rect| over(r).is_none() && ground.boundary_at(r.center(), ignoring) == home && stands_on(r) <= stands_on(place);
    let clear = |way: Vec2| {
        let mut by = 0.0;
        for _ in 0..MOST {
            let there = place.translate(way * by);
            let Some(seam) = over(there) else { break };
            by += ((there.way_out_of(seam, way) + GAP) / GRID).ceil() * GRID;
        }
        Some(way * by).filter(|by| fits(place.translate(*by)))
    };
    let mut ways: Vec<Vec2> = WAYS.into_iter().filter_map(clear).collect();
    ways.sort_by(|a, b| a.length().total_cmp(&b.length()));
    ways
}

/// The boundaries, open or collapsed, that a place reaches over without being in them.
fn strangers<'a>(
    ground: &'a Ground,
    place: Rect,
    home: &'a Option<Id>,
    ignoring: &'a BTreeSet<Id>,
) -> impl Iterator<Item = Rect> + 'a {
    let around = |id: &Id| home.iter().any(|home| home == id || ground.path(home).any(|b| b == id));
    let frames = ground.nested().filter(|(_, kind, _)| matches!(kind, BoxKind::Boundary | BoxKind::Folded));
    let others = frames.filter(move |(id, ..)| !ignoring.contains(*id) && !around(id));
    others.map(|(.., frame)| frame).filter(move |frame| frame.intersects(place) && !frame.contains(place.center()))
}
