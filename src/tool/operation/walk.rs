//! Going from element to element by key.

use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::scene::{BoxKind, DiagramLayout};
use crate::tool::{Direction, Outcome, Selection, ToolCx};
use std::collections::BTreeSet;

/// Rows of elements are this high: within one, elements are read from left to right.
const ROW: f32 = 64.0;

/// Elements as one reads: row by row.
pub fn reading_order(layout: &DiagramLayout) -> Vec<Id> {
    let elements = layout.boxes.iter().filter(|(_, b)| matches!(b.kind, BoxKind::Element(_)));
    let mut all: Vec<(i64, i64, &Id)> = elements
        .map(|(id, b)| {
            let c = b.rect.center();
            ((c.y / ROW).floor() as i64, c.x as i64, id)
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, _, id)| id.clone()).collect()
}

/// Selects the element so many places further on, around the end.
pub fn step(cx: &ToolCx<'_>, by: isize) -> Vec<Outcome> {
    let order = reading_order(cx.layout);
    let current = cx.selection.single().and_then(|id| order.iter().position(|other| other == id));
    let len = order.len() as isize;
    let index = match current {
        Some(at) if len > 0 => (at as isize + by).rem_euclid(len),
        _ if by < 0 => len - 1,
        _ => 0,
    };
    let next = usize::try_from(index).ok().and_then(|n| order.get(n));
    next.map_or_else(Vec::new, go)
}

/// From an element along the flow that leads most in a direction, to what is at its other end; from a flow, to its end.
pub fn along_flow(direction: Direction, cx: &ToolCx<'_>) -> Vec<Outcome> {
    ways(direction, cx).first().map_or_else(Vec::new, go)
}

/// Selects it and brings it into view.
pub fn go(id: &Id) -> Vec<Outcome> {
    vec![Outcome::Select(Selection::one(id.clone())), Outcome::Reveal(id.clone())]
}

/// What flows lead to in a direction, straight ahead first. A flow leads to its ends: those on that side, else both.
pub fn ways(direction: Direction, cx: &ToolCx<'_>) -> Vec<Id> {
    let Some(id) = cx.selection.single() else { return Vec::new() };
    // What an end looks like here: its whole on a diagram of the outer level, the box of a collapsed boundary.
    let seen = |end: &Id| {
        let shown = cx.model.stand_in(cx.diagram, end)?;
        cx.model.hidden_by(cx.diagram, shown).or_else(|| Some(shown.clone())).filter(|id| cx.layout.boxes.contains_key(id))
    };
    let centre = |id: &Id| cx.rect_of(id).map(|r| r.center());
    let from: Option<Point> = centre(id).or_else(|| cx.layout.flows.get(id).map(|f| f.start.at.lerp(f.end.at, 0.5)));
    let Some(from) = from else { return Vec::new() };
    let drawn = cx.model.flows.iter().filter(|(flow, _)| cx.model.placement(cx.diagram, flow).is_some());
    let ends = drawn.map(|(flow, f)| (flow, [&f.to, &f.from].map(|end| end.as_ref().and_then(seen))));
    let mine = ends.filter(|(flow, ends)| *flow == id || ends.iter().flatten().any(|end| end == id));
    let mut others: Vec<Id> = mine.flat_map(|(_, ends)| ends).flatten().filter(|other| other != id).collect();
    let mut met = BTreeSet::new();
    others.retain(|other| met.insert(other.clone()));
    let ahead = |other: &Id| centre(other).map_or(-1.0, |c| (c - from).unit().dot(direction.unit()));
    let is_ahead = |other: &Id| ahead(other) > 0.3;
    if !cx.layout.flows.contains_key(id) || others.iter().any(is_ahead) {
        others.retain(is_ahead);
        others.sort_by(|a, b| ahead(b).total_cmp(&ahead(a)));
    }
    others
}

/// The element or boundary one would come to first, going in a direction from a box; `skip` are passed over.
pub fn toward(from: Rect, direction: Direction, skip: &dyn Fn(&Id) -> bool, cx: &ToolCx<'_>) -> Option<Id> {
    let (ahead, side) = (direction.unit(), direction.unit().perp());
    let width = |r: Rect| r.w * side.x.abs() + r.h * side.y.abs();
    let ways = cx.layout.boxes.iter().filter(|(id, _)| !skip(id)).filter_map(|(id, b)| {
        let by = b.rect.center() - from.center();
        let (along, off) = (by.dot(ahead), by.dot(side).abs());
        let aside = (off - (width(from) + width(b.rect)) / 2.0).max(0.0);
        // Within a right angle ahead; what lies straight ahead is nearer than what lies aside.
        (along > 1.0 && aside <= along).then_some((along + 2.0 * aside + 0.2 * off, id))
    });
    ways.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id.clone())
}

/// Takes what lies next in a direction into the selection as well.
pub fn extend(direction: Direction, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let selected = cx.selection.items.iter().filter_map(|id| cx.rect_of(id));
    let Some(around) = selected.reduce(Rect::union) else { return Vec::new() };
    let selected = &cx.selection.items;
    // Content goes with its boundary, and boundaries around the selection hold it already.
    let holds = |id: &Id| selected.iter().any(|item| cx.model.boundaries_around(item).contains(id));
    let is_note = |id: &Id| cx.layout.boxes.get(id).is_some_and(|b| b.kind == BoxKind::Note);
    let skip = |id: &Id| selected.contains(id) || cx.model.is_inside(id, selected) || holds(id) || is_note(id);
    let Some(next) = toward(around, direction, &skip, cx) else { return Vec::new() };
    let items = selected.iter().chain([&next]).cloned().collect();
    vec![Outcome::Select(Selection { items, threat: None }), Outcome::Reveal(next)]
}

/// What has no name yet: first the flows of an element just named, then the next element in reading order, then flows.
pub fn next_unlabelled(cx: &ToolCx<'_>, after: &Id) -> Option<Id> {
    let own =
        |flow: &&Id| cx.model.flows.get(*flow).is_some_and(|f| f.from.as_ref() == Some(after) || f.to.as_ref() == Some(after));
    let own = cx.layout.flows.keys().filter(own);
    let mut order = reading_order(cx.layout);
    order.extend(cx.layout.flows.keys().cloned());
    let start = order.iter().position(|id| id == after).map_or(0, |n| n + 1);
    let (before, rest) = order.split_at(start.min(order.len()));
    own.chain(rest).chain(before).find(|id| *id != after && cx.model.name_of(id).trim().is_empty()).cloned()
}
