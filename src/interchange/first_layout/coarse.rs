//! The picture of a model too large to be tidied while somebody waits: boundaries as nested boxes, callers left of what
//! they call.

use crate::geometry::{Point, Rect, pt, rect};
use crate::model::{Id, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// Room between neighbours, for the labels of flows, and between rows.
const GAP: (f32, f32) = (104.0, 56.0);
/// Room between a boundary and what is in it; above also for the name.
const PADDING: (f32, f32) = (32.0, 40.0);
const ELEMENT: (f32, f32) = (144.0, 64.0);

/// A place for every element and boundary.
pub(super) fn boxes(model: &ThreatModel) -> BTreeMap<Id, Rect> {
    let mut boxes = BTreeMap::new();
    Contents::of(model).block(None).put(pt(0.0, 0.0), &mut boxes);
    boxes
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
