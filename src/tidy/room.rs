//! Room for a part that was arranged: what it would lie over steps aside, and the boundaries around it grow.

use super::levels::{Level, Plan};
use super::nested::{ABOVE, SIDE};
use super::numbered::Of;
use super::pinned;
use crate::geometry::{Rect, Vec2, rect};
use std::collections::BTreeSet;

/// Distance that is kept.
const GAP: f32 = 28.0;

/// Makes everything around the levels fit to them, from the inside out.
pub(super) fn make(plan: &Plan, roots: &[Level], places: &mut Of<Rect>) {
    for level in roots {
        let is_whole = |home: usize| plan.items.iter().filter(|i| i.home == Some(home)).count() == level.members.len();
        let frame = level.home.filter(|h| is_whole(*h));
        let (mut changed, mut home) = match frame {
            Some(frame) => (BTreeSet::from([frame]), plan.item(frame).and_then(|i| i.home)),
            None => (level.members.iter().copied().collect(), level.home),
        };
        loop {
            step_aside(plan, home, &changed, places);
            let Some(frame) = home else { break };
            let children = (0..plan.items.len()).filter(|n| plan.item(*n).is_some_and(|i| i.home == Some(frame)));
            let Some(content) = children.map(|n| places.get(n)).reduce(Rect::union) else { break };
            let least = rect(content.x - SIDE, content.y - ABOVE, content.w + 2.0 * SIDE, content.h + ABOVE + SIDE);
            let now = places.get(frame);
            if now.expand(0.5).contains_rect(least) {
                break;
            }
            places.set(frame, now.union(least));
            (changed, home) = (BTreeSet::from([frame]), plan.item(frame).and_then(|i| i.home));
        }
    }
}

/// Whatever lies over what changed, among what is in one frame, goes to the nearest free place.
fn step_aside(plan: &Plan, home: Option<usize>, changed: &BTreeSet<usize>, places: &mut Of<Rect>) {
    let siblings: Vec<usize> = (0..plan.items.len()).filter(|n| plan.item(*n).is_some_and(|i| i.home == home)).collect();
    let rects: Vec<Rect> = siblings.iter().map(|n| places.get(*n)).collect();
    let is_hit = |r: Rect| changed.iter().any(|c| places.get(*c).intersects(r));
    let pins: Vec<_> = siblings.iter().zip(&rects).map(|(n, r)| (changed.contains(n) || !is_hit(*r)).then(|| r.min())).collect();
    for (n, now) in siblings.iter().zip(pinned::respected(rects, &pins, GAP)) {
        let by = now.min() - places.get(*n).min();
        if by != Vec2::ZERO {
            carry(plan, *n, by, places);
        }
    }
}

/// Moves a box with all it holds.
fn carry(plan: &Plan, item: usize, by: Vec2, places: &mut Of<Rect>) {
    for n in (0..plan.items.len()).filter(|n| plan.around(*n).any(|around| around == item)) {
        places.set(n, places.get(n).translate(by));
    }
}
