//! What is done to selected flows at once: their looks, their course, their direction.

use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::{Attach, BoundaryLine, Flow, Id, Key, LineStyle, Placement, PlacementKey, Route};
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
        (styled != *placement).then_some((id, styled))
    });
    put_all("change line style", changed, cx)
}

/// One step that gives items another course on this diagram; nothing for none.
pub(super) fn put_all<'a>(label: &str, changed: impl Iterator<Item = (&'a Id, Placement)>, cx: &ToolCx<'_>) -> Vec<Outcome> {
    let key = |id: &Id| Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone()));
    let edits: Vec<Edit> = changed.map(|(id, placement)| Edit::put(key(id), placement)).collect();
    if edits.is_empty() { Vec::new() } else { vec![Outcome::Commit(Edit::Batch { label: label.into(), edits })] }
}

/// Arrow heads at both ends of all, or of none when all have them.
pub fn toggle_heads(cx: &ToolCx<'_>) -> Vec<Outcome> {
    let two_heads = !selected(cx).all(|(_, _, route)| route.two_heads);
    reroute("change arrow heads", cx, |_, route| Route { two_heads, ..route.clone() })
}

/// Leaves course, ends and label to the router again; a loose end stays where it is.
pub fn reset(cx: &ToolCx<'_>) -> Vec<Outcome> {
    reroute("reset route", cx, |_, route| {
        let free = |attach: Attach| if matches!(attach, Attach::Loose(_)) { attach } else { Attach::Auto };
        Route { start: free(route.start), end: free(route.end), bends: Vec::new(), label: None, label_by: None, ..route.clone() }
    })
}

fn reroute(label: &str, cx: &ToolCx<'_>, change: impl Fn(&Flow, &Route) -> Route) -> Vec<Outcome> {
    let changed = selected(cx).map(|(id, flow, route)| (id, route, change(flow, route))).filter(|(_, was, is)| *was != is);
    put_all(label, changed.map(|(id, _, route)| (id, Placement::Route(route))), cx)
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
