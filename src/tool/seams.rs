//! An element that is let go of across the seam of a boundary it does not belong to goes on until it is clear of it: the
//! picture says what is inside.

use super::GRID;
use super::ground::{Ground, innermost};
use crate::geometry::{Rect, Vec2, WAYS};
use crate::model::Id;
use crate::scene::BoxKind;
use std::collections::BTreeSet;

/// Room left between a seam and an element beside it.
const GAP: f32 = GRID;
/// Seams it is led out of one after another, at most.
const MOST: usize = 3;

/// What an element may come to lie across.
pub struct Seams<'a> {
    ground: &'a Ground,
    /// Boundaries, open or collapsed.
    frames: Vec<(&'a Id, Rect)>,
    elements: Vec<Rect>,
}

impl<'a> Seams<'a> {
    /// All but those of what moves itself.
    pub fn of(ground: &'a Ground, ignoring: &BTreeSet<Id>) -> Seams<'a> {
        let others = || ground.nested().filter(|(id, ..)| !ignoring.contains(*id));
        let is_element = |kind: BoxKind| matches!(kind, BoxKind::Element(_));
        Seams {
            ground,
            frames: others().filter(|(_, kind, _)| !is_element(*kind)).map(|(id, _, r)| (id, r)).collect(),
            elements: others().filter(|(_, kind, _)| is_element(*kind)).map(|(.., r)| r).collect(),
        }
    }

    /// The innermost boundary around the middle of a place.
    pub fn home(&self, place: Rect) -> Option<&'a Id> {
        innermost(self.frames.iter().copied().filter(|(_, frame)| frame.contains(place.center())))
    }

    /// Whether an element at a place reaches over no seam but of what it is in.
    pub fn is_clear(&self, place: Rect) -> bool {
        self.over(place).is_none()
    }

    /// The ways on, shortest first, for an element at a place; none when it is clear. Those that end in another boundary, on
    /// more elements than it stands on now, or further away than the element is long, are none.
    pub fn ways_clear(&self, place: Rect) -> Vec<Vec2> {
        let furthest = place.w.max(place.h);
        if self.is_clear(place) {
            return Vec::new();
        }
        let reached = place.expand(furthest);
        let near: Vec<&Rect> = self.elements.iter().filter(|r| r.intersects(reached)).collect();
        let stands_on = |r: Rect| near.iter().filter(|other| other.intersects(r)).count();
        let home = self.home(place);
        let fits = |r: Rect| self.is_clear(r) && self.home(r) == home && stands_on(r) <= stands_on(place);
        // Out of one seam, and from there out of the next: in a corner between two it takes a step each way.
        let (mut ways, mut open) = (Vec::new(), vec![Vec2::ZERO]);
        for _ in 0..MOST {
            let mut next = Vec::new();
            for so_far in open {
                let there = place.translate(so_far);
                let Some(seam) = self.over(there) else { continue };
                for way in WAYS {
                    let by = so_far + way * there.steps_out_of(seam, way, GAP, GRID);
                    match place.translate(by) {
                        _ if by.length() > furthest => {}
                        there if fits(there) => ways.push(by),
                        _ => next.push(by),
                    }
                }
            }
            open = next;
        }
        shortest_first(&mut ways);
        ways
    }

    /// The first boundary that a place reaches over without being in it.
    fn over(&self, place: Rect) -> Option<Rect> {
        let met = self.frames.iter().filter(|(_, frame)| frame.intersects(place) && !frame.contains(place.center()));
        let home = self.home(place);
        let is_around = |id: &Id| home.is_some_and(|home| home == id || self.ground.path(home).any(|b| b == id));
        met.filter(|(id, _)| !is_around(id)).map(|(_, frame)| *frame).next()
    }
}

/// Each once.
pub fn shortest_first(ways: &mut Vec<Vec2>) {
    ways.sort_by(|a, b| a.length().total_cmp(&b.length()).then(b.x.total_cmp(&a.x)).then(b.y.total_cmp(&a.y)));
    ways.dedup();
}
