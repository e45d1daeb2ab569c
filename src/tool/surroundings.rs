//! What an element exchanges with its neighbours, shown on the diagram that details it: neighbours at the rims, flows with an
//! end that waits to be dragged to a part.

use super::operation::size;
use crate::edit::Edit;
use crate::geometry::{Rect, pt, rect};
use crate::model::{Attach, ElementKind, Exchange, Id, Key, Placement, PlacementKey, Route, ThreatModel, Way, balance};
use crate::scene::BoxKind;
use std::collections::BTreeSet;

/// Between the neighbours and the parts, and between neighbours.
const AWAY: f32 = 176.0;
const BETWEEN: f32 = 48.0;
/// Between the open ends of flows with the same neighbour.
const SIDE_BY_SIDE: f32 = 56.0;

/// Shows what is missing on a detail diagram: the neighbours of its element and the flows with them. What comes in stands at
/// the left, what goes out at the right. `None` when nothing is missing.
pub fn show_connected(model: &ThreatModel, diagram: &Id) -> Option<Edit> {
    let missing = balance(model, diagram)?.missing;
    let parts = model.placed(diagram).filter(|(id, _)| is_part(model, diagram, id));
    let parts = parts.filter_map(|(id, _)| model.rect_of(diagram, id)).reduce(Rect::union);
    let inner = parts.unwrap_or(rect(0.0, 0.0, 400.0, 240.0));
    let mut edits = Vec::new();
    for way in [Way::In, Way::Out] {
        let ids: BTreeSet<&Id> =
            missing.iter().filter(|e| first_way(&missing, &e.neighbour) == way).map(|e| &e.neighbour).collect();
        let new: Vec<&Id> = ids.into_iter().filter(|id| model.placement(diagram, id).is_none()).collect();
        let sizes: Vec<(f32, f32)> = new.iter().map(|id| usual_size(model, id)).collect();
        let height: f32 = sizes.iter().map(|(_, h)| h + BETWEEN).sum::<f32>() - BETWEEN;
        let mut y = inner.center().y - height / 2.0;
        for (id, (w, h)) in new.iter().zip(sizes) {
            let x = if way == Way::In { inner.x - AWAY - w } else { inner.right() + AWAY };
            let place = free(model, diagram, rect(x.round(), y.round(), w, h));
            edits.push(put(diagram, id, Placement::Box(place)));
            y = place.bottom() + BETWEEN;
        }
    }
    for exchange in &missing {
        let at = edits.iter().find_map(|edit| placed(edit, &exchange.neighbour));
        let at = at.or_else(|| model.rect_of(diagram, &exchange.neighbour)).unwrap_or(inner);
        // All flows with one neighbour side by side, whichever way they go.
        let with = |e: &&Exchange| e.neighbour == exchange.neighbour;
        let all: Vec<&Id> = missing.iter().filter(with).flat_map(|e| &e.flows).collect();
        for flow in &exchange.flows {
            let nth = all.iter().position(|other| *other == flow).unwrap_or_default();
            let beside = (nth as f32 - (all.len() as f32 - 1.0) / 2.0) * SIDE_BY_SIDE;
            edits.push(put(diagram, flow, Placement::Route(route(model, flow, exchange.way, (at, beside), inner, diagram))));
        }
    }
    (!edits.is_empty()).then(|| Edit::Batch { label: "show what it is connected to".into(), edits })
}

/// Shows what a detail diagram has in excess on the diagrams around it: flows of the parts, drawn at the whole.
pub fn show_outside(model: &ThreatModel, diagram: &Id) -> Option<Edit> {
    let whole = model.diagrams.get(diagram)?.of.as_ref()?;
    let outer = model.shown_on(whole).into_iter().find(|d| d != diagram)?;
    let mut edits = Vec::new();
    for exchange in balance(model, diagram)?.extra {
        if model.stand_in(&outer, &exchange.neighbour).is_none() {
            edits.extend(super::show_here(model, &outer, &exchange.neighbour));
        }
        edits.extend(exchange.flows.iter().map(|flow| put(&outer, flow, Placement::Route(model.new_route(&outer, flow)))));
    }
    (!edits.is_empty()).then(|| Edit::Batch { label: "show on the outer diagram".into(), edits })
}

fn is_part(model: &ThreatModel, diagram: &Id, id: &Id) -> bool {
    let of = model.diagrams.get(diagram).and_then(|d| d.of.as_ref());
    of.is_some_and(|of| model.elements.contains_key(id) && model.is_within(id, of))
}

/// A neighbour that sends and receives stands with those that send.
fn first_way(missing: &[Exchange], neighbour: &Id) -> Way {
    let ways = missing.iter().filter(|e| e.neighbour == *neighbour).map(|e| e.way);
    ways.min().unwrap_or(Way::In)
}

fn usual_size(model: &ThreatModel, id: &Id) -> (f32, f32) {
    let elsewhere = model.placements.iter().find_map(|(key, placement)| match placement {
        Placement::Box(place) if key.item == *id => Some((place.w, place.h)),
        _ => None,
    });
    let kind = model.elements.get(id).map_or(ElementKind::Process, |e| e.kind);
    elsewhere.unwrap_or_else(|| size::usual(BoxKind::Element(kind)))
}

/// The next place below where nothing stands.
fn free(model: &ThreatModel, diagram: &Id, wanted: Rect) -> Rect {
    let taken: Vec<Rect> = model.placed(diagram).filter_map(|(id, _)| model.rect_of(diagram, id)).collect();
    let step = |n: usize| Rect { y: wanted.y + n as f32 * BETWEEN, ..wanted };
    (0..200).map(step).find(|r| !taken.iter().any(|t| t.expand(BETWEEN / 4.0).intersects(*r))).unwrap_or(wanted)
}

/// A course whose end inside lies loose beside the parts, unless a part has it already.
fn route(model: &ThreatModel, flow: &Id, way: Way, (at, beside): (Rect, f32), inner: Rect, diagram: &Id) -> Route {
    let ends = model.flows.get(flow).map(|f| if way == Way::In { &f.to } else { &f.from });
    let is_drawn = ends.and_then(|end| end.as_ref()).is_some_and(|id| model.stand_in(diagram, id).is_some());
    let new = model.new_route(diagram, flow);
    if is_drawn {
        return new;
    }
    let y = (at.center().y + beside).round();
    let x = if at.center().x < inner.center().x { inner.x - 24.0 } else { inner.right() + 24.0 };
    let loose = Attach::Loose(pt(x.round(), y));
    match way {
        Way::In => Route { end: loose, ..new },
        Way::Out => Route { start: loose, ..new },
    }
}

fn put(diagram: &Id, item: &Id, place: Placement) -> Edit {
    Edit::put(Key::Placement(PlacementKey::new(diagram.clone(), item.clone())), place)
}

fn placed(edit: &Edit, item: &Id) -> Option<Rect> {
    match edit {
        Edit::Put { key: Key::Placement(key), record: crate::model::Record::Placement(place) } if key.item == *item => {
            match **place {
                Placement::Box(place) => Some(place),
                _ => None,
            }
        }
        _ => None,
    }
}
