//! What is done to selected flows at once: their looks, their course, their direction.

use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::{Attach, BoundaryLine, Flow, Id, Key, LineStyle, Placement, PlacementKey, Route, ThreatModel};
use crate::tool::{Outcome, ToolCx};

/// The selected flows with their course on this diagram.
pub fn selected<'a>(cx: &'a ToolCx<'_>) -> impl Iterator<Item = (&'a Id, &'a Flow, &'a Route)> {
    cx.selection.items.iter().filter_map(|id| match cx.model.placement(cx.diagram, id)? {
        Placement::Route(route) => Some((id, cx.model.flows.get(id)?, route)),
        _ => None,
    })
}

/// All to the style after that of the first, flows and line boundaries: straight, orthogonal, curved.
pub fn cycle_style(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let selected = || cx.selection.items.iter().filter_map(|id| Some((id, cx.model.placement(cx.diagram, id)?)));
    let first = selected().find_map(|(_, placement)| match placement {
        Placement::Route(route) => Some(route.style),
        Placement::Line(line) => Some(line.style),
        Placement::Box(_) => None,
    });
    let style = match first {
        Some(LineStyle::Straight) => LineStyle::Orthogonal,
        Some(LineStyle::Orthogonal) => LineStyle::Curved,
        _ => LineStyle::Straight,
    };
    let changed = selected().filter_map(|(id, placement)| {
        let styled = match placement {
            Placement::Route(route) => Placement::Route(Route { style, ..route.clone() }),
            Placement::Line(line) => Placement::Line(BoundaryLine { style, ..line.clone() }),
            Placement::Box(_) => return None,
        };
        (styled != *placement).then_some((here(id, cx), styled))
    });
    put_all("change line style", changed)
}

/// One step that gives items other courses; nothing for none.
pub(super) fn put_all(label: &str, changed: impl Iterator<Item = (PlacementKey, Placement)>) -> Vec<Outcome> {
    put_edit(label, changed).map(Outcome::Commit).into_iter().collect()
}

fn put_edit(label: &str, changed: impl Iterator<Item = (PlacementKey, Placement)>) -> Option<Edit> {
    let edits: Vec<Edit> = changed.map(|(key, placement)| Edit::put(Key::Placement(key), placement)).collect();
    (!edits.is_empty()).then(|| Edit::Batch { label: label.into(), edits })
}

/// Where an item has its place on this diagram.
pub(super) fn here(id: &Id, cx: &ToolCx<'_>) -> PlacementKey {
    PlacementKey::new(cx.diagram.clone(), id.clone())
}

/// Arrow heads at both ends of all, or of none when all have them, on every diagram.
pub fn toggle_heads(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let two_heads = !selected(cx).all(|(_, _, route)| route.two_heads);
    let edit = with_heads(cx.model, selected(cx).map(|(id, ..)| id), two_heads);
    edit.map(Outcome::Commit).into_iter().collect()
}

/// Flows with arrow heads at both ends or at one, on every diagram; `None` when they are.
pub fn with_heads<'a>(model: &ThreatModel, flows: impl Iterator<Item = &'a Id>, two_heads: bool) -> Option<Edit> {
    put_edit("change arrow heads", flows.flat_map(|flow| model.with_heads(flow, two_heads)))
}

/// Leaves course, ends and label to the router again; a loose end stays where it is.
pub fn reset(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let free = |attach: Attach| if matches!(attach, Attach::Loose(_)) { attach } else { Attach::Auto };
    let reset = |route: &Route| {
        let (start, end) = (free(route.start), free(route.end));
        Route { start, end, bends: Vec::new(), label: None, label_by: None, ..route.clone() }
    };
    let changed = selected(cx).map(|(id, _, route)| (id, route, reset(route))).filter(|(_, was, is)| *was != is);
    put_all("reset route", changed.map(|(id, _, route)| (here(id, cx), Placement::Route(route))))
}

/// Source and destination change places; the line stays where it is, on every diagram.
pub fn reverse(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let mut edits = Vec::new();
    for (id, flow, _) in selected(cx) {
        let turned = Flow { from: flow.to.clone(), to: flow.from.clone(), ..flow.clone() };
        edits.push(Edit::put(Key::Flow(id.clone()), turned));
        for (key, placement) in cx.model.placements.iter().filter(|(key, _)| &key.item == id) {
            let Placement::Route(route) = placement else { continue };
            let bends: Vec<Point> = route.bends.iter().rev().copied().collect();
            let label = route.label.map(|share| 1.0 - share);
            let turned = Route { start: route.end, end: route.start, bends, label, ..route.clone() };
            edits.push(Edit::put(Key::Placement(key.clone()), Placement::Route(turned)));
        }
    }
    if edits.is_empty() { Vec::new() } else { vec![Outcome::Commit(Edit::Batch { label: "reverse flow".into(), edits })] }
}
