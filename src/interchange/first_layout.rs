//! A first picture for models that come without one: boundaries as nested boxes, callers left of what they call.

use crate::geometry::{Point, Rect, pt, rect};
use crate::model::{Diagram, Id, Key, Placement, PlacementKey, Route, ThreatModel};
use std::collections::BTreeMap;

/// Room between neighbours, for the labels of flows, and between rows.
const GAP: (f32, f32) = (104.0, 56.0);
/// Room between a boundary and what is in it; above also for the name.
const PADDING: (f32, f32) = (32.0, 40.0);
const ELEMENT: (f32, f32) = (144.0, 64.0);

/// Draws every element, boundary and flow on the first diagram when nothing is drawn anywhere.
pub(super) fn place(model: &mut ThreatModel) {
    if !model.placements.is_empty() || (model.elements.is_empty() && model.boundaries.is_empty()) {
        return;
    }
    let diagram = model.diagram_order().into_iter().next().unwrap_or_else(|| {
        let id = unused(model, "diagram");
        model.diagrams.insert(id.clone(), Diagram { name: "Overview".into(), ..Diagram::default() });
        id
    });
    let mut boxes = BTreeMap::new();
    let ranks = ranks(model);
    arrange(model, &ranks, None, pt(0.0, 0.0), &mut boxes);
    let boxes = boxes.into_iter().map(|(item, r)| (item, Placement::Box(r)));
    let routes = model.flows.keys().map(|id| (id.clone(), Placement::Route(Route::default())));
    let places: Vec<(Id, Placement)> = boxes.chain(routes).collect();
    for (item, place) in places {
        model.put(&Key::Placement(PlacementKey::new(diagram.clone(), item)), Some(place.into()));
    }
}

fn unused(model: &ThreatModel, stem: &str) -> Id {
    let mut id = Id::new(stem);
    for n in 2.. {
        if !model.has_id(&id) {
            break;
        }
        id = Id::from(format!("{stem}-{n}"));
    }
    id
}

/// How many flows away from the nearest element nobody calls; elements on a cycle without one count from 0.
fn ranks(model: &ThreatModel) -> BTreeMap<&Id, usize> {
    let ends = |f: &'_ crate::model::Flow| Some((f.from.clone()?, f.to.clone()?));
    let flows: Vec<(Id, Id)> = model.flows.values().filter_map(ends).collect();
    let called = |id: &Id| flows.iter().any(|(from, to)| to == id && from != id);
    let mut ranks: BTreeMap<&Id, usize> = model.elements.keys().filter(|id| !called(id)).map(|id| (id, 0)).collect();
    for rank in 0..model.elements.len() {
        let next: Vec<&Id> = flows
            .iter()
            .filter(|(from, to)| ranks.get(from) == Some(&rank) && !ranks.contains_key(to))
            .filter_map(|(_, to)| model.elements.get_key_value(to).map(|(id, _)| id))
            .collect();
        if next.is_empty() {
            break;
        }
        ranks.extend(next.into_iter().map(|id| (id, rank + 1)));
    }
    ranks
}

/// Places the content of a boundary (or of none) with its top-left corner at `at`; gives the size it takes.
fn arrange(
    model: &ThreatModel,
    ranks: &BTreeMap<&Id, usize>,
    inside: Option<&Id>,
    at: Point,
    out: &mut BTreeMap<Id, Rect>,
) -> (f32, f32) {
    let mut content: Vec<(f32, &Id, (f32, f32))> = Vec::new();
    for (id, _) in model.elements.iter().filter(|(_, e)| e.boundary.as_ref() == inside) {
        content.push((ranks.get(id).copied().unwrap_or(0) as f32, id, ELEMENT));
    }
    for (id, _) in model.boundaries.iter().filter(|(_, b)| b.parent.as_ref() == inside) {
        // Sizes are learnt by a trial at the origin; the nesting is a few levels deep, so this stays cheap.
        let (w, h) = arrange(model, ranks, Some(id), pt(0.0, 0.0), &mut BTreeMap::new());
        let members = model.elements.keys().filter(|e| model.boundary_chain(e).contains(id));
        let member_ranks: Vec<f32> = members.map(|e| ranks.get(e).copied().unwrap_or(0) as f32).collect();
        let mean = member_ranks.iter().fold(0.0, |sum, rank| sum + rank) / (member_ranks.len().max(1) as f32);
        content.push((mean, id, (w + 2.0 * PADDING.0, h + 2.0 * PADDING.1)));
    }
    content.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));

    // One column a rank, each stacked and centred beside the tallest.
    let columns: Vec<&[(f32, &Id, (f32, f32))]> = content.chunk_by(|a, b| a.0.round() == b.0.round()).collect();
    let height_of = |column: &[(f32, &Id, (f32, f32))]| column.iter().map(|(_, _, (_, h))| h + GAP.1).sum::<f32>() - GAP.1;
    let height = columns.iter().map(|c| height_of(c)).fold(ELEMENT.1, f32::max);
    let mut x = 0.0;
    for column in columns {
        let width = column.iter().map(|(_, _, (w, _))| *w).fold(0.0, f32::max);
        let mut y = (height - height_of(column)) / 2.0;
        for (_, id, (w, h)) in column {
            let corner = pt(at.x + x + (width - w) / 2.0, at.y + y);
            out.insert((*id).clone(), rect(corner.x, corner.y, *w, *h));
            if model.boundaries.contains_key(*id) {
                arrange(model, ranks, Some(id), pt(corner.x + PADDING.0, corner.y + PADDING.1), out);
            }
            y += h + GAP.1;
        }
        x += width + GAP.0;
    }
    ((x - GAP.0).max(ELEMENT.0), height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Boundary, Element, Flow};

    #[test]
    fn a_model_without_a_picture_gets_one_that_nests() {
        let mut model = ThreatModel::default();
        for (id, parent) in [("outer", None), ("inner", Some("outer")), ("empty", None)] {
            model.boundaries.insert(id.into(), Boundary { parent: parent.map(Id::new), ..Boundary::default() });
        }
        for (id, boundary) in [("a", None), ("b", Some("outer")), ("c", Some("inner")), ("d", Some("inner"))] {
            model.elements.insert(id.into(), Element { boundary: boundary.map(Id::new), ..Element::default() });
        }
        let flow = |from: &str, to: &str| Flow { from: Some(from.into()), to: Some(to.into()), ..Flow::default() };
        model.flows.insert("f".into(), flow("a", "b"));
        model.flows.insert("g".into(), flow("b", "c"));
        place(&mut model);

        let diagram = model.diagram_order().remove(0);
        let at = |id: &str| model.rect_of(&diagram, &id.into()).unwrap();
        assert!(
            at("outer").contains_rect(at("inner")) && at("inner").contains_rect(at("d")) && at("outer").contains_rect(at("b"))
        );
        assert!(!at("c").intersects(at("d")) && !at("a").intersects(at("outer")) && !at("empty").intersects(at("outer")));
        assert!(at("a").x < at("b").x, "callers stand left");
        assert_eq!(model.placements.len(), 9);
        assert!(crate::model::check(&model).is_empty());

        let drawn = model.clone();
        place(&mut model);
        assert_eq!(model, drawn, "a picture that is there stays");
    }
}
