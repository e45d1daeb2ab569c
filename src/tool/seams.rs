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
/// Seams it is led out of one after another, at most.
const MOST: usize = 3;

const WAYS: [Vec2; 4] = [vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0), vec2(0.0, -1.0)];

/// Whether an element at a place reaches over no seam but of what it is in.
pub fn is_clear(ground: &Ground, place: Rect, ignoring: &BTreeSet<Id>) -> bool {
    let home = ground.boundary_at(place.center(), ignoring);
    strangers(ground, place, &home, ignoring).next().is_none()
}

/// The ways on, shortest first, for an element at a place; none when it is clear of what it is not in. Those that end in
/// another boundary, on another element, or further away than the element is long, are none.
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
    // Out of one seam, and from there out of the next: in a corner between two it takes a step each way.
    let furthest = place.w.max(place.h);
    let (mut ways, mut open) = (Vec::new(), vec![Vec2::ZERO]);
    for _ in 0..MOST {
        let mut next = Vec::new();
        for so_far in open {
            let there = place.translate(so_far);
            let Some(seam) = over(there) else { continue };
            for way in WAYS {
                let by = so_far + way * (((there.way_out_of(seam, way) + GAP) / GRID).ceil() * GRID);
                match place.translate(by) {
                    _ if by.length() > furthest => {}
                    there if fits(there) => ways.push(by),
                    _ => next.push(by),
                }
            }
        }
        open = next;
    }
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
