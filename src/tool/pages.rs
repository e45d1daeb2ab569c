//! Diagrams as pages: details of elements, copies, order.

use crate::edit::Edit;
use crate::model::{Diagram, Id, Key, PlacementKey, ThreatModel};

/// The diagram that details an element: the one there is, or a new one named after it with the edit that makes it, next to
/// the diagram `beside`. `None` when there is no such element.
pub fn detail(model: &ThreatModel, element: &Id, beside: &Id, fresh: impl FnOnce() -> Id) -> Option<(Id, Option<Edit>)> {
    let record = model.elements.get(element)?;
    if let Some(known) = model.detail_of(element) {
        return Some((known.clone(), None));
    }
    let name = if record.name.trim().is_empty() { "Details".to_owned() } else { record.name.clone() };
    let id = fresh();
    let diagram = Diagram { name, of: Some(element.clone()), ..Diagram::default() };
    let mut edits = vec![Edit::put(Key::Diagram(id.clone()), diagram)];
    edits.extend(place_after(model, beside, &id));
    Some((id, Some(Edit::Batch { label: "add detail diagram".into(), edits })))
}

/// The same picture once more, beside the first: other places for the same elements.
pub fn duplicate(model: &ThreatModel, diagram: &Id, copy: &Id) -> Option<Edit> {
    let record = model.diagrams.get(diagram)?;
    let named = |n: usize| if n == 0 { format!("{} (copy)", record.name) } else { format!("{} (copy {})", record.name, n + 1) };
    let is_free = |name: &String| !model.diagrams.values().any(|d| d.name == *name);
    let name = (0..).map(named).find(is_free)?;
    let mut edits = vec![Edit::put(Key::Diagram(copy.clone()), Diagram { name, ..record.clone() })];
    let places = model.placed(diagram);
    edits.extend(
        places.map(|(item, place)| Edit::put(Key::Placement(PlacementKey::new(copy.clone(), item.clone())), place.clone())),
    );
    edits.extend(place_after(model, diagram, copy));
    Some(Edit::Batch { label: "duplicate diagram".into(), edits })
}

/// Puts a diagram at another place in the row of tabs. `None` when it is there already.
pub fn reorder(model: &ThreatModel, diagram: &Id, to: usize) -> Option<Edit> {
    let mut order = model.diagram_order();
    let from = order.iter().position(|id| id == diagram)?;
    let to = to.min(order.len().saturating_sub(1));
    if from == to {
        return None;
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    Some(Edit::Batch { label: "move diagram".into(), edits: numbered(model, &order, None) })
}

/// Makes room for a new diagram right of another one.
fn place_after(model: &ThreatModel, beside: &Id, new: &Id) -> Vec<Edit> {
    let mut order = model.diagram_order();
    let at = order.iter().position(|id| id == beside).map_or(order.len(), |n| n + 1);
    order.insert(at, new.clone());
    numbered(model, &order, Some(new))
}

/// Numbers the diagrams in this order; those that have their number already are left alone.
fn numbered(model: &ThreatModel, order: &[Id], new: Option<&Id>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (number, id) in order.iter().enumerate() {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let is_new = new == Some(id);
        if is_new || model.diagrams.get(id).is_some_and(|d| d.order != number) {
            edits.push(Edit::OrderDiagram { diagram: id.clone(), order: number });
        }
    }
    edits
}
