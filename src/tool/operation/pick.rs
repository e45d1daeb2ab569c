//! Selecting by what things are and what they have to do with what is selected.

use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::{Outcome, Selection, ToolCx};
use std::collections::BTreeSet;

/// Everything on the diagram of a kind that is selected.
pub fn same_kind(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let picked = &cx.selection.items;
    let kinds: Vec<BoxKind> = cx.layout.boxes.iter().filter(|(id, _)| picked.contains(*id)).map(|(_, b)| b.kind).collect();
    let mut items: BTreeSet<Id> =
        cx.layout.boxes.iter().filter(|(_, b)| kinds.contains(&b.kind)).map(|(id, _)| id.clone()).collect();
    if cx.layout.flows.keys().any(|id| picked.contains(id)) {
        items.extend(cx.layout.flows.keys().cloned());
    }
    if cx.layout.lines.keys().any(|id| picked.contains(id)) || kinds.contains(&BoxKind::Boundary) {
        items.extend(cx.layout.lines.keys().cloned());
    }
    select(items)
}

/// The selected elements with their flows and what is at the other end; the selected flows with their ends.
pub fn connected(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let picked = &cx.selection.items;
    let mut items = picked.clone();
    for (id, flow) in cx.model.flows.iter().filter(|(id, _)| cx.layout.flows.contains_key(*id)) {
        let ends: Vec<&Id> = [&flow.from, &flow.to].into_iter().flatten().collect();
        if picked.contains(id) || ends.iter().any(|end| picked.contains(*end)) {
            items.insert(id.clone());
            items.extend(ends.into_iter().cloned());
        }
    }
    items.retain(|id| cx.model.placement(cx.diagram, id).is_some());
    select(items)
}

/// What is inside the selected boundaries, with the flows that stay inside.
pub fn content(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let picked = &cx.selection.items;
    let mut items = cx.model.with_content(picked);
    items.retain(|id| cx.layout.boxes.contains_key(id) && !picked.contains(id));
    let inside = |end: &Option<Id>| end.as_ref().is_some_and(|id| items.contains(id));
    let flows = cx.model.flows.iter().filter(|(id, f)| cx.layout.flows.contains_key(*id) && inside(&f.from) && inside(&f.to));
    let flows: Vec<Id> = flows.map(|(id, _)| id.clone()).collect();
    items.extend(flows);
    if items.is_empty() { Vec::new() } else { select(items) }
}

fn select(items: BTreeSet<Id>) -> Vec<Outcome> {
    vec![Outcome::Select(Selection { items, threat: None })]
}
