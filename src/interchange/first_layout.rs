//! A first picture for models that come without one: boundaries as nested boxes, callers left of what they call.

use crate::geometry::{Point, Rect, pt, rect};
use crate::model::{Diagram, Id, Key, Placement, PlacementKey, Route, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

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
    Contents::of(model).block(None).put(pt(0.0, 0.0), &mut boxes);
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
    let mut calls: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for flow in model.flows.values() {
        if let (Some(from), Some(to)) = (&flow.from, &flow.to)
            && from != to
        {
            calls.entry(from).or_default().push(to);
        }
    }
    let called: BTreeSet<&Id> = calls.values().flatten().copied().collect();
    let mut ranks = BTreeMap::new();
    let mut next: Vec<&Id> = model.elements.keys().filter(|id| !called.contains(id)).collect();
    for rank in 0.. {
        next.retain(|id| !ranks.contains_key(id));
        if next.is_empty() {
            break;
        }
        ranks.extend(next.iter().map(|id| (*id, rank)));
        next = next.iter().filter_map(|id| calls.get(id)).flatten().copied().collect();
    }
    ranks
}

/// What stands directly in each boundary, and in none.
struct Contents<'m> {
    ranks: BTreeMap<&'m Id, usize>,
    elements: BTreeMap<Option<&'m Id>, Vec<&'m Id>>,
    boundaries: BTreeMap<Option<&'m Id>, Vec<&'m Id>>,
}

/// The arranged content of a boundary, seen from its own top-left corner.
struct Block<'m> {
    size: (f32, f32),
    parts: Vec<(&'m Id, Rect, Option<Block<'m>>)>,
    /// Sum of the ranks of all elements in it, and their number.
    ranks: (usize, usize),
}

/// Something to arrange: by its rank, then by its id.
struct Part<'m> {
    rank: f32,
    id: &'m Id,
    size: (f32, f32),
    inner: Option<Block<'m>>,
}

impl<'m> Contents<'m> {
    fn of(model: &'m ThreatModel) -> Contents<'m> {
        let mut out = Contents { ranks: ranks(model), elements: BTreeMap::new(), boundaries: BTreeMap::new() };
        for (id, element) in &model.elements {
            out.elements.entry(element.boundary.as_ref()).or_default().push(id);
        }
        for (id, boundary) in &model.boundaries {
            out.boundaries.entry(boundary.parent.as_ref()).or_default().push(id);
        }
        out
    }

    /// Arranges inner boundaries first, so that each is looked at once. A sound model nests
    /// [`MAX_NESTING`](crate::model::MAX_NESTING) deep at most.
    fn block(&self, inside: Option<&'m Id>) -> Block<'m> {
        let within = |lists: &BTreeMap<Option<&'m Id>, Vec<&'m Id>>| lists.get(&inside).cloned().unwrap_or_default();
        let mut ranks = (0, 0);
        let mut parts = Vec::new();
        for id in within(&self.elements) {
            let rank = self.ranks.get(id).copied().unwrap_or_default();
            ranks = (ranks.0 + rank, ranks.1 + 1);
            parts.push(Part { rank: rank as f32, id, size: ELEMENT, inner: None });
        }
        for id in within(&self.boundaries) {
            let block = self.block(Some(id));
            let (sum, count) = block.ranks;
            ranks = (ranks.0 + sum, ranks.1 + count);
            let size = (block.size.0 + 2.0 * PADDING.0, block.size.1 + 2.0 * PADDING.1);
            parts.push(Part { rank: sum as f32 / count.max(1) as f32, id, size, inner: Some(block) });
        }
        parts.sort_by(|a, b| a.rank.total_cmp(&b.rank).then_with(|| a.id.cmp(b.id)));
        Block::arranged(parts, ranks)
    }
}

impl<'m> Block<'m> {
    /// A column for each rank (several for a rank of very many), stacked and centred beside the tallest.
    fn arranged(parts: Vec<Part<'m>>, ranks: (usize, usize)) -> Block<'m> {
        let tallest = 12.max(parts.len().isqrt());
        let mut columns: Vec<Vec<Part<'m>>> = Vec::new();
        for part in parts {
            match columns.last_mut() {
                Some(column) if column.len() < tallest && column.last().is_some_and(|p| p.rank.round() == part.rank.round()) => {
                    column.push(part);
                }
                _ => columns.push(vec![part]),
            }
        }
        let height_of = |column: &[Part<'_>]| column.iter().map(|p| p.size.1 + GAP.1).sum::<f32>() - GAP.1;
        let height = columns.iter().map(|c| height_of(c)).fold(ELEMENT.1, f32::max);
        let mut out = Vec::new();
        let mut x = 0.0;
        for column in columns {
            let width = column.iter().map(|p| p.size.0).fold(0.0, f32::max);
            let mut y = (height - height_of(&column)) / 2.0;
            for Part { id, size: (w, h), inner, .. } in column {
                out.push((id, rect(x + (width - w) / 2.0, y, w, h), inner));
                y += h + GAP.1;
            }
            x += width + GAP.0;
        }
        Block { size: ((x - GAP.0).max(ELEMENT.0), height), parts: out, ranks }
    }

    /// Writes down where everything in it stands when its corner is at `corner`.
    fn put(&self, corner: Point, out: &mut BTreeMap<Id, Rect>) {
        for (id, r, inner) in &self.parts {
            let at = pt(corner.x + r.x, corner.y + r.y);
            out.insert((*id).clone(), rect(at.x, at.y, r.w, r.h));
            if let Some(inner) = inner {
                inner.put(pt(at.x + PADDING.0, at.y + PADDING.1), out);
            }
        }
    }
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
