//! Strangers that a boundary would come to lie over step aside, with all they contain, just far enough.

use super::arrange;
use super::draft::Draft;
use crate::geometry::{Point, Rect, Vec2, WAYS, rect};
use crate::model::{FOLDED, Id, Placement, ThreatModel};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Room left between a seam and what stepped aside. Steps are multiples of the grid, so that what was on it stays on it.
const GAP: f32 = 16.0;
const GRID: f32 = 8.0;
/// What comes this near to another thing on its way takes it along.
const NEAR: f32 = 4.0;

/// One of the things directly in a boundary, or on the open diagram.
struct Thing {
    /// Before this edit; `None` for what is new.
    was: Option<Rect>,
    now: Rect,
    is_boundary: bool,
    /// The boundaries around it before.
    around: Vec<Id>,
    /// Moved by hand, or locked: others on their way go around it.
    stays: bool,
    is_locked: bool,
    is_folded: bool,
    /// Moved by hand: a hand may put an element across a seam, and a seam across what is locked.
    by_hand: bool,
}

/// Keeps what is directly in `home` clear of the boundaries among `changed`. Returns what was moved.
pub(super) fn step_aside(
    diagram: &Id,
    home: Option<&Id>,
    changed: &BTreeSet<Id>,
    items: &BTreeSet<Id>,
    d: &mut Draft<'_>,
) -> BTreeSet<Id> {
    let entered = entered(diagram, home, changed, d.after);
    let pressing = changed.iter().chain(&entered).filter(|id| d.after.boundaries.contains_key(*id));
    if !pressing.into_iter().any(|boundary| lies_over(diagram, home, boundary, d.after)) {
        return BTreeSet::new();
    }
    let mut things = things(diagram, home, items, d);
    let mut steps: BTreeMap<Id, Vec2> = BTreeMap::new();
    let mut pressing: VecDeque<Id> = changed.iter().chain(&entered).filter(|id| things.contains_key(*id)).cloned().collect();
    while let Some(id) = pressing.pop_front() {
        // One step may free several things, never bring another under it: the limit is for numbers too large to add to.
        for _ in 0..things.len() {
            let Some(way) = next_step(&id, &things) else { break };
            for (id, by) in way {
                let Some(thing) = things.get_mut(&id) else { continue };
                thing.now = thing.now.translate(by);
                let step = steps.entry(id).or_insert(Vec2::ZERO);
                *step = *step + by;
            }
        }
    }
    for (id, by) in &steps {
        arrange::translate(diagram, &BTreeSet::from([id.clone()]), *by, d);
    }
    steps.into_keys().collect()
}

/// Boundaries directly in `home` in which changed elements lie that are no members of them.
fn entered(diagram: &Id, home: Option<&Id>, changed: &BTreeSet<Id>, model: &ThreatModel) -> BTreeSet<Id> {
    let elements = changed.iter().filter(|id| model.elements.contains_key(*id));
    let middles: Vec<Point> = elements.filter_map(|id| model.rect_of(diagram, id)).map(Rect::center).collect();
    let holds = |id: &&Id| model.outer_rect(diagram, id).is_some_and(|r| middles.iter().any(|p| r.contains(*p)));
    let here = model.boundaries.keys().filter(holds).filter(|id| model.home_on(diagram, id).as_ref() == home);
    here.cloned().collect()
}

/// Whether a boundary lies over anything that is directly in `home` with it: all that follows is for that.
fn lies_over(diagram: &Id, home: Option<&Id>, boundary: &Id, model: &ThreatModel) -> bool {
    let Some(frame) = model.outer_rect(diagram, boundary) else { return false };
    // Collapsed or not: most stand elsewhere, which is quickly seen.
    let larger = |r: &Rect| r.union(rect(r.x, r.y, FOLDED.0, FOLDED.1));
    let meets = |placement: &Placement| matches!(placement, Placement::Box(r) if larger(r).intersects(frame));
    let drawn = model.placed(diagram).filter(|(id, placement)| *id != boundary && meets(placement)).map(|(id, _)| id);
    let stands = |id: &Id| model.outer_rect(diagram, id).is_some_and(|r| r.intersects(frame));
    let mut near = drawn.filter(|id| is_nested(model, id) && stands(id));
    near.any(|id| model.home_on(diagram, id).as_ref() == home)
}

/// True for elements and boundaries.
pub(super) fn is_nested(model: &ThreatModel, id: &Id) -> bool {
    model.elements.contains_key(id) || model.boundaries.contains_key(id)
}

fn things(diagram: &Id, home: Option<&Id>, items: &BTreeSet<Id>, d: &mut Draft<'_>) -> BTreeMap<Id, Thing> {
    let model: &ThreatModel = d.after;
    let drawn = model.placed(diagram).map(|(id, _)| id);
    let here: Vec<Id> =
        drawn.filter(|id| is_nested(model, id)).filter(|id| model.home_on(diagram, id).as_ref() == home).cloned().collect();
    let stood = |before: &ThreatModel, id: &Id| {
        (before.outer_rect(diagram, id), before.boundaries_around(id), before.is_collapsed(diagram, id))
    };
    let before: Vec<_> = d.looking_back(|before| here.iter().map(|id| stood(before, id)).collect());
    let after: &ThreatModel = d.after;
    let thing = |(id, (was, around, was_folded)): (Id, (Option<Rect>, Vec<Id>, bool))| {
        let now = after.outer_rect(diagram, &id)?;
        let is_locked = after.diagrams.get(diagram).is_some_and(|d| d.locked.contains(&id));
        let is_folded = after.is_collapsed(diagram, &id);
        let by_hand = items.contains(&id) && was_folded == is_folded;
        let is_boundary = after.boundaries.contains_key(&id);
        let stays = items.contains(&id) || is_locked;
        Some((id, Thing { was, now, is_boundary, around, stays, is_locked, is_folded, by_hand }))
    };
    here.into_iter().zip(before).filter_map(thing).collect()
}

/// The shortest way out for the first thing that `id` presses on; `None` when there is nothing to do.
fn next_step(id: &Id, things: &BTreeMap<Id, Thing>) -> Option<Vec<(Id, Vec2)>> {
    let presser = things.get(id).filter(|t| t.is_boundary)?;
    let presses = |other: &Id, thing: &Thing| other != id && presser.presses(id, thing, other);
    let (pressed, thing) = things.iter().find(|(other, thing)| presses(other, thing))?;
    // A boundary that is carried onto the edge of a larger one, or onto what is locked, makes way for that, and a small box
    // for an element that grows over it. All else that is pressed gives way: even what was moved by hand, which together
    // with others may come to where a seam has to go, and even what is locked, for the picture must not lie.
    let is_larger = thing.is_boundary && presser.now.area() < thing.now.area();
    let is_overgrown = presser.is_folded && !presser.by_hand && thing.by_hand && !thing.is_boundary;
    let yields = !presser.is_locked && (is_overgrown || (presser.is_carried() && (thing.is_locked || is_larger)));
    let (presser, pressed) = if yields { (pressed, id) } else { (id, pressed) };
    let ways = WAYS.iter().filter_map(|way| clear(presser, pressed, *way, things));
    ways.min_by(|a, b| effort(a).total_cmp(&effort(b)))
}

fn effort(way: &[(Id, Vec2)]) -> f32 {
    way.iter().map(|(_, by)| by.length()).sum()
}

impl Thing {
    /// Whether it came to lie over the other where it did not before. What was one in the other did not lie over it.
    fn presses(&self, id: &Id, other: &Thing, other_id: &Id) -> bool {
        let overlap = |a: Rect, b: Rect| a.intersects(b);
        let covers = |a: Rect, b: Rect| a.contains(b.center());
        let nested = self.around.contains(other_id) || other.around.contains(id);
        let met = |over: fn(Rect, Rect) -> bool| !nested && self.was.zip(other.was).is_some_and(|(a, b)| over(a, b));
        if !other.is_boundary && (other.by_hand || (self.by_hand && other.is_locked)) {
            return covers(self.now, other.now) && !met(covers);
        }
        overlap(self.now, other.now) && (!met(overlap) || (covers(self.now, other.now) && !met(covers)))
    }

    /// Whether it meets the other on its way when the two are at these places; things that touch already may go on
    /// touching, but not come to lie in each other, nor boundaries deeper over each other.
    fn meets(&self, place: Rect, other: &Thing, there: Rect) -> bool {
        if !self.now.expand(NEAR).intersects(other.now) {
            return place.expand(NEAR).intersects(there);
        }
        let within = |a: &Thing, r: Rect, s: Rect| a.is_boundary && r.contains(s.center());
        let now = within(self, self.now, other.now) || within(other, other.now, self.now);
        // Of two boundaries what the one holds would come to lie in the other, long before its middle does.
        let both = self.is_boundary && other.is_boundary;
        let deeper = both && shared(place, there) > shared(self.now, other.now) + 1.0;
        !now && (deeper || within(self, place, there) || within(other, there, place))
    }

    /// Moved by hand as it is.
    fn is_carried(&self) -> bool {
        self.by_hand && self.was.is_some_and(|was| was.w == self.now.w && was.h == self.now.h)
    }
}

/// Moves `first` one way until it is clear of `presser`, and whatever it meets with it; over what must stay it goes on.
fn clear(presser: &Id, first: &Id, way: Vec2, things: &BTreeMap<Id, Thing>) -> Option<Vec<(Id, Vec2)>> {
    let away = distance(things.get(presser)?.now, things.get(first)?.now, way);
    let mut moved: BTreeMap<&Id, f32> = BTreeMap::new();
    let mut work: VecDeque<(&Id, f32)> = VecDeque::from([(things.get_key_value(first)?.0, away)]);
    // Everything only ever goes further the same way; the limits are for numbers too large to add to.
    for _ in 0..things.len() * things.len() + 8 {
        let Some((id, mut by)) = work.pop_front() else { break };
        if moved.get(id).is_some_and(|done| *done >= by) {
            continue;
        }
        let thing = things.get(id)?;
        let others = || things.iter().filter(|(other, _)| *other != id && *other != presser);
        for _ in 0..things.len() {
            let place = thing.now.translate(way * by);
            let Some((_, stop)) = others().find(|(_, t)| t.stays && thing.meets(place, t, t.now)) else { break };
            by += distance(stop.now, place, way);
        }
        moved.insert(id, by);
        let place = thing.now.translate(way * by);
        for (other, next) in others().filter(|(_, t)| !t.stays) {
            let so_far = moved.get(other).copied().unwrap_or_default();
            let there = next.now.translate(way * so_far);
            if thing.meets(place, next, there) {
                work.push_back((other, so_far + distance(place, there, way)));
            }
        }
    }
    Some(moved.into_iter().map(|(id, by)| (id.clone(), way * by)).collect())
}

/// The area two things have in common.
fn shared(a: Rect, b: Rect) -> f32 {
    let w = a.right().min(b.right()) - a.x.max(b.x);
    let h = a.bottom().min(b.bottom()) - a.y.max(b.y);
    w.max(0.0) * h.max(0.0)
}

/// How far `r` must go to be clear of `of`.
fn distance(of: Rect, r: Rect, way: Vec2) -> f32 {
    r.steps_out_of(of, way, GAP, GRID)
}
