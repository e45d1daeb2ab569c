//! The piece of a diagram around a threat: its place, the neighbours, the flows between.

use super::Cx;
use crate::geometry::rect;
use crate::model::{Id, Key};
use crate::report::page::Sheet;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{Binding, Finding};
use crate::scene::{self, Look, Shape, Stroke};
use crate::theme::Ink;
use std::collections::BTreeSet;

/// Points a world unit, and the greatest height on paper.
const SCALE: f32 = 0.62;
const HIGH: f32 = 150.0;
/// Below this, names are smaller than six points.
const READABLE: f32 = 0.46;
/// Room between the picture and its frame.
const PAD: f32 = 6.0;

/// A figure of where a threat is, when it is the worst there: once a place is enough.
pub fn first_at(cx: &Cx<'_>, finding: &Finding) -> Option<Block> {
    let worst = cx.threats.iter().find(|f| f.key.anchor == finding.key.anchor)?;
    if worst.key == finding.key { figure(cx, finding) } else { None }
}

/// A figure of where a threat is; `None` when nothing of it is drawn.
fn figure(cx: &Cx<'_>, finding: &Finding) -> Option<Block> {
    let anchor = &finding.key.anchor;
    let (diagram, layout) = cx.layouts().iter().find(|(diagram, _)| cx.model.placement(diagram, anchor).is_some())?;
    let look = Look { highlight: route(finding), spoken: false, ..Look::default() };
    let scene = scene::draw(cx.model, cx.assessment, layout, &look);
    let wide = Sheet::upright(cx.options.paper).body().w;
    let piece = |keep: &BTreeSet<Id>| {
        let mut items = scene.clone().only(keep).items;
        items.retain(|item| !matches!(item.key, Some(Key::Note(_) | Key::Boundary(_))));
        let bounds = items.iter().map(|item| item.bounds).reduce(|all, one| all.union(one))?.expand(10.0);
        let shapes: Vec<Shape> = items.into_iter().flat_map(|item| item.shapes).collect();
        let scale = SCALE.min(HIGH / bounds.h.max(1.0)).min((wide - 2.0 * PAD) / bounds.w.max(1.0));
        (bounds.w >= 1.0 && bounds.h >= 1.0).then_some((shapes, bounds, scale))
    };
    let all = piece(&around(cx, finding))?;
    // Where all neighbours would be too small to read, the route alone.
    let alone = piece(&on_route(cx, finding)).filter(|alone| all.2 < READABLE && alone.2 > all.2);
    let (shows, (shapes, bounds, scale)) = match alone {
        Some(alone) => ("the route that decides the score", alone),
        None => ("what it talks to; the route that decides the score is highlighted", all),
    };
    let name = cx.name(anchor);
    let alt = format!("Part of the diagram “{}”: {name} with its neighbours and the flows between them.", cx.name(diagram));
    let caption = format!("Figure {}. {name} and {shows}.", cx.figure());
    Some(Block::Figure(Figure {
        drawing: framed(&Drawing::of_shapes(shapes, bounds, scale, alt), wide),
        caption: styled(SMALL.size(7.2), caption),
        legend: None,
        place: Place::InText,
        anchor: None,
        bookmark: None,
    }))
}

/// In the middle of a frame as wide as the text.
fn framed(picture: &Drawing, width: f32) -> Drawing {
    let height = picture.height + 2.0 * PAD;
    let stroke = Some(Stroke::new(0.6, Ink::Border));
    let frame = Shape::Rect { rect: rect(0.3, 0.3, width - 0.6, height - 0.6), radius: 3.0, fill: None, stroke };
    let shapes = picture.scaled(1.0, (width - picture.width) / 2.0, PAD);
    Drawing { width, height, shapes: std::iter::once(frame).chain(shapes).collect(), alt: picture.alt.clone() }
}

/// The flow on which the threat is worst.
fn route(finding: &Finding) -> Vec<Id> {
    let mut out = vec![finding.key.anchor.clone()];
    if let Some(Binding::Flow { route, .. }) = finding.bindings.get(finding.worst) {
        out.extend(route.legs().iter().cloned());
    }
    out
}

/// The place of a threat, its flows, and what is at their other ends.
fn around(cx: &Cx<'_>, finding: &Finding) -> BTreeSet<Id> {
    let anchor = &finding.key.anchor;
    let mut centre: BTreeSet<&Id> = [anchor].into();
    if let Some(flow) = cx.model.flows.get(anchor) {
        centre = flow.from.iter().chain(&flow.to).collect();
        let mut out: BTreeSet<Id> = centre.into_iter().cloned().collect();
        out.insert(anchor.clone());
        return out;
    }
    centre.extend(cx.model.elements.iter().filter(|(_, e)| e.boundary.as_ref() == Some(anchor)).map(|(id, _)| id));
    let mut out: BTreeSet<Id> = centre.iter().map(|id| (*id).clone()).collect();
    for (id, flow) in &cx.model.flows {
        let touches = |end: &Option<Id>| end.as_ref().is_some_and(|end| centre.contains(end));
        if touches(&flow.from) || touches(&flow.to) {
            out.insert(id.clone());
            out.extend(flow.from.iter().chain(&flow.to).cloned());
        }
    }
    out
}

/// The place of a threat, and the flows of its route with their ends.
fn on_route(cx: &Cx<'_>, finding: &Finding) -> BTreeSet<Id> {
    let mut out: BTreeSet<Id> = route(finding).into_iter().collect();
    let flows: Vec<_> = out.iter().filter_map(|id| cx.model.flows.get(id)).collect();
    if flows.is_empty() {
        return around(cx, finding);
    }
    out.extend(flows.into_iter().flat_map(|flow| flow.from.iter().chain(&flow.to).cloned()));
    out
}
