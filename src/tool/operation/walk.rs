//! Going from element to element by key.

use crate::geometry::Point;
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

/// The next element in reading order that has no name yet, then flows without one.
pub fn next_unlabelled(cx: &ToolCx<'_>, after: &Id) -> Option<Id> {
    let mut order = reading_order(cx.layout);
    order.extend(cx.layout.flows.keys().cloned());
    let start = order.iter().position(|id| id == after).map_or(0, |n| n + 1);
    let (before, rest) = order.split_at(start.min(order.len()));
    rest.iter().chain(before).find(|id| *id != after && cx.model.name_of(id).trim().is_empty()).cloned()
}
