//! What is arranged out of several boundaries comes into line without leaving them: it moves inside its boundary where
//! it fits, otherwise the boundary goes along with all it holds, and what would lie over each other then steps apart.

use super::LEAST;
use crate::edit::frame_around;
use crate::geometry::{Rect, Vec2};
use crate::model::Id;
use crate::tool::ToolCx;
use std::collections::{BTreeMap, BTreeSet};

/// How far each goes.
pub(super) type Shifts = Vec<(Id, Vec2)>;

/// The axis on which things step apart: where one begins, how long it is, and a step.
pub(super) type Along = (fn(Rect) -> f32, fn(Rect) -> f32, fn(f32) -> Vec2);

/// The same steps, carried where that is needed: the outermost boundaries first, then what they hold goes what is left
/// of its way.
pub(super) fn carried(steps: &Shifts, along: Along, cx: &ToolCx<'_>) -> Vec<Shifts> {
    let mut level = groups(steps, along, cx);
    let mut levels = Vec::new();
    while !level.is_empty() {
        levels.push(level.iter().map(|group| (group.carrier.clone(), group.shift)).collect());
        level = level.into_iter().flat_map(|group| group.inner).collect();
    }
    levels
}

/// What goes along whole when a member would come to lie outside: the outermost boundary that not all are in, or the
/// thing itself.
struct Group {
    carrier: Id,
    shift: Vec2,
    /// What moves in it besides.
    inner: Vec<Group>,
    /// Where it comes to lie, grown around what it holds.
    place: Rect,
}

fn groups(steps: &Shifts, along: Along, cx: &ToolCx<'_>) -> Vec<Group> {
    let around = |(id, _): &(Id, Vec2)| drawn_around(id, cx).into_iter().collect::<BTreeSet<Id>>();
    let common = steps.iter().map(around).reduce(|all, those| &all & &those).unwrap_or_default();
    let mut members: BTreeMap<Id, Shifts> = BTreeMap::new();
    for (id, shift) in steps {
        let own = drawn_around(id, cx).into_iter().filter(|boundary| !common.contains(boundary));
        let carrier = own.last().filter(|outermost| !cx.is_locked(outermost)).unwrap_or_else(|| id.clone());
        members.entry(carrier).or_default().push((id.clone(), *shift));
    }
    let group = |(carrier, members)| Group::of(carrier, members, along, cx);
    let mut groups: Vec<Group> = members.into_iter().filter_map(group).collect();
    step_apart(&mut groups, along);
    groups
}

/// The boundaries around it that are drawn, from the innermost.
fn drawn_around(id: &Id, cx: &ToolCx<'_>) -> Vec<Id> {
    cx.model.boundaries_around(id).into_iter().filter(|boundary| cx.rect_of(boundary).is_some()).collect()
}

fn step_apart(groups: &mut [Group], (at, length, by): Along) {
    groups.sort_by(|a, b| (at(a.place) + length(a.place) / 2.0).total_cmp(&(at(b.place) + length(b.place) / 2.0)));
    let mut placed: Vec<Rect> = Vec::new();
    for group in groups {
        // What was passed once is not met again; the limit is for numbers too large to add to.
        for _ in 0..placed.len() {
            let Some(under) = placed.iter().find(|r| r.intersects(group.place)) else { break };
            let step = by(at(*under) + length(*under) + LEAST - at(group.place));
            group.shift = group.shift + step;
            group.place = group.place.translate(step);
        }
        placed.push(group.place);
    }
}

impl Group {
    fn of(carrier: Id, members: Shifts, along: Along, cx: &ToolCx<'_>) -> Option<Group> {
        let home = cx.rect_of(&carrier)?;
        if let Some((_, shift)) = members.iter().find(|(id, _)| *id == carrier) {
            return Some(Group { carrier, shift: *shift, inner: Vec::new(), place: home.translate(*shift) });
        }
        let fits = |(id, shift): &(Id, Vec2)| {
            let around = drawn_around(id, cx).first().and_then(|boundary| cx.rect_of(boundary));
            let moved = cx.rect_of(id).map(|r| frame_around(r.translate(*shift)));
            around.zip(moved).is_some_and(|(around, moved)| around.contains_rect(moved))
        };
        let nearest = members.iter().map(|(_, shift)| *shift).min_by(|a, b| a.length().total_cmp(&b.length()));
        let shift = if members.iter().all(fits) { Vec2::ZERO } else { nearest? };
        let inner = groups(&members.into_iter().map(|(id, own)| (id, own - shift)).collect(), along, cx);
        let grown = |home: Rect, group: &Group| {
            let between = drawn_around(&group.carrier, cx).into_iter().take_while(|boundary| *boundary != carrier);
            home.union(between.fold(frame_around(group.place), |held, _| frame_around(held)))
        };
        let place = inner.iter().fold(home, grown).translate(shift);
        Some(Group { carrier, shift, inner, place })
    }
}
