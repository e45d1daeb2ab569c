//! Where on its target a flow ends: wherever suits it, or exactly where the pointer rested.

use crate::geometry::{Point, Rect, pt};
use crate::model::{Attach, Id};
use crate::tool::{Modifiers, ToolCx};

/// Resting over a target so long, in seconds, means this very spot.
const RESTED: f32 = 0.7;
/// A hand at rest moves no more than this, in pixels.
const STILL: f32 = 4.0;
/// Only so near to its edge, in pixels, and in the outer quarter of it: in the middle nobody points at a spot.
const EDGE: f32 = 16.0;
/// How far the middle of a side pulls, in pixels.
const MIDDLE: f32 = 8.0;

#[derive(Debug, Default)]
pub struct Anchoring {
    target: Option<Id>,
    at: Point,
    rested: f32,
    is_by_edge: bool,
}

impl Anchoring {
    /// The pointer moved; over another target it begins anew.
    pub fn moved(&mut self, target: Option<&Id>, at: Point, cx: &ToolCx<'_>) {
        let same = self.target.as_ref() == target;
        if !same || (self.is_waiting() && at.distance(self.at) > cx.px(STILL)) {
            *self = Anchoring { target: target.cloned(), at, ..Anchoring::default() };
        }
        let inner = target.and_then(|id| cx.rect_of(id)).map(|r| r.expand(-cx.px(EDGE).min(r.w.min(r.h) / 4.0)));
        self.is_by_edge = inner.is_some_and(|inner| !inner.contains(at));
    }

    /// Time passed. True when the spot has just become an exact one.
    pub fn waited(&mut self, seconds: f32) -> bool {
        let was = self.is_waiting();
        self.rested += if was { seconds } else { 0.0 };
        was && !self.is_waiting()
    }

    /// True while resting on would change something.
    pub fn is_waiting(&self) -> bool {
        self.is_by_edge && self.rested < RESTED
    }

    /// The attachment for a pointer there.
    pub fn attach(&self, at: Point, modifiers: Modifiers, cx: &ToolCx<'_>) -> Attach {
        let exact = self.rested >= RESTED || modifiers.alt;
        let rect = self.target.as_ref().filter(|_| exact).and_then(|id| cx.rect_of(id));
        rect.map_or(Attach::Auto, |rect| Attach::At(spot(rect, at, cx)))
    }
}

/// The place on the outline nearest to a point, in unit coordinates of the box; the middles of its sides pull.
pub fn spot(rect: Rect, at: Point, cx: &ToolCx<'_>) -> Point {
    let share = |v: f32, low: f32, size: f32| if size > 0.0 { ((v - low) / size).clamp(0.0, 1.0) } else { 0.5 };
    let unit = pt(share(at.x, rect.x, rect.w), share(at.y, rect.y, rect.h));
    let middle = |u: f32, size: f32| if ((u - 0.5) * size).abs() <= cx.px(MIDDLE) { 0.5 } else { u };
    let sides = [
        (unit.x * rect.w, pt(0.0, middle(unit.y, rect.h))),
        ((1.0 - unit.x) * rect.w, pt(1.0, middle(unit.y, rect.h))),
        (unit.y * rect.h, pt(middle(unit.x, rect.w), 0.0)),
        ((1.0 - unit.y) * rect.h, pt(middle(unit.x, rect.w), 1.0)),
    ];
    sides.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(unit, |(_, spot)| spot)
}
