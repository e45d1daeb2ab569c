//! Moving things and changing what they belong to.

use super::EditError;
use super::draft::Draft;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Attach, Id, Key, Placement, PlacementKey};
use std::collections::BTreeSet;

/// Moves the items; boundaries carry everything inside them and notes that lie in them, and flows between moved ends keep
/// their shape. Of those with one end elsewhere, what runs in a boundary goes with it.
pub(super) fn translate(diagram: &Id, items: &BTreeSet<Id>, by: Vec2, d: &mut Draft<'_>) {
    let mut carried = d.after.with_content(items);
    let boundaries = || carried.iter().filter(|id| d.after.boundaries.contains_key(*id));
    let frame = |id: &Id| d.after.rect_of(diagram, id);
    let frames: Vec<Rect> = boundaries().filter_map(frame).collect();
    let seen: Vec<Rect> = boundaries().filter(|id| !d.after.is_collapsed(diagram, id)).filter_map(frame).collect();
    let lies_in = |id: &Id| d.after.rect_of(diagram, id).is_some_and(|r| seen.iter().any(|f| f.contains(r.center())));
    let free = d.after.notes.iter().filter(|(_, n)| n.hidden_in.is_none()).map(|(id, _)| id);
    let notes: Vec<Id> = if seen.is_empty() { Vec::new() } else { free.filter(|id| lies_in(id)).cloned().collect() };
    carried.extend(notes);
    let moves: Vec<(Id, Placement)> = d
        .after
        .placed(diagram)
        .filter_map(|(item, placement)| {
            let placement = match placement {
                Placement::Box(r) if carried.contains(item) => Placement::Box(r.translate(by)),
                Placement::Line(l) if carried.contains(item) => {
                    let mut line = l.clone();
                    line.points.iter_mut().for_each(|p| *p = *p + by);
                    Placement::Line(line)
                }
                // Nothing of its own to move.
                Placement::Route(r) if r.bends.is_empty() && [r.start, r.end].iter().all(|a| !matches!(a, Attach::Loose(_))) => {
                    return None;
                }
                Placement::Route(r) => {
                    let flow = d.after.flows.get(item)?;
                    let moves = |end: &Option<Id>| end.as_ref().map_or(carried.contains(item), |e| carried.contains(e));
                    let (from, to) = (moves(&flow.from), moves(&flow.to));
                    if !from && !to {
                        return None;
                    }
                    let mut route = r.clone();
                    let goes_along = |p: &Point| (from && to) || frames.iter().any(|f| f.contains(*p));
                    route.bends.iter_mut().filter(|p| goes_along(p)).for_each(|p| *p = *p + by);
                    for (attach, moved) in [(&mut route.start, from), (&mut route.end, to)] {
                        if let (Attach::Loose(p), true) = (&mut *attach, moved) {
                            *p = *p + by;
                        }
                    }
                    Placement::Route(route)
                }
                Placement::Box(_) | Placement::Line(_) => return None,
            };
            Some((item.clone(), placement))
        })
        .collect();
    for (item, placement) in moves {
        d.put(Key::Placement(PlacementKey::new(diagram.clone(), item)), placement);
    }
}

/// Makes elements and boundaries members of `into`; other items are left alone.
pub(super) fn reparent(items: &BTreeSet<Id>, into: Option<&Id>, d: &mut Draft<'_>) -> Result<(), EditError> {
    if let Some(id) = into {
        d.require(Key::Boundary(id.clone()))?;
    }
    for item in items {
        if let Some(mut element) = d.after.elements.get(item).cloned() {
            element.boundary = into.cloned();
            d.put(Key::Element(item.clone()), element);
        } else if let Some(mut boundary) = d.after.boundaries.get(item).cloned() {
            boundary.parent = into.cloned();
            d.put(Key::Boundary(item.clone()), boundary);
        }
    }
    Ok(())
}
