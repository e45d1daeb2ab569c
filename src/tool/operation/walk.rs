//! Going from element to element by key.

use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::scene::{BoxKind, DiagramLayout};
use crate::tool::{Direction, Outcome, Selection, ToolCx};

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
    next.map_or_else(Vec::new, |id| vec![Outcome::Select(Selection::one(id.clone())), Outcome::Reveal(id.clone())])
}

/// From an element along the flow that leads most in a direction, to what is at its other end; from a flow, to its end.
pub fn along_flow(direction: Direction, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let Some(id) = cx.selection.single() else { return Vec::new() };
    let centre = |id: &Id| cx.rect_of(id).map(|r| r.center());
    let from: Option<Point> = centre(id).or_else(|| cx.layout.flows.get(id).map(|f| f.start.at.lerp(f.end.at, 0.5)));
    let Some(from) = from else { return Vec::new() };
    let flows = cx.model.flows.iter().filter(|(flow, _)| cx.layout.flows.contains_key(*flow));
    let ends = flows.filter(|(flow, f)| *flow == id || f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id));
    let others = ends.flat_map(|(_, f)| [f.from.as_ref(), f.to.as_ref()]).flatten().filter(|other| *other != id);
    let ahead = |other: &&Id| centre(other).map_or(-1.0, |c| (c - from).unit().dot(direction.unit()));
    let best = others.filter(|other| ahead(other) > 0.3).max_by(|a, b| ahead(a).total_cmp(&ahead(b)));
    best.map_or_else(Vec::new, |id| vec![Outcome::Select(Selection::one(id.clone())), Outcome::Reveal(id.clone())])
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
