//! A boundary for those whom nobody trusts, around somebody who calls from nowhere yet.

use crate::edit::{Edit, frame_around};
use crate::model::*;

/// A new boundary of trust 0 around an element that is in none, and what to call that; `None` where such a boundary is
/// there already, or the element is nobody from outside.
pub fn among_strangers(model: &ThreatModel, element: &Id, ids: &mut IdSource) -> Option<(String, Edit)> {
    let is_free = model.elements.get(element).is_some_and(|e| e.kind == ElementKind::ExternalEntity && e.boundary.is_none());
    if !is_free || model.boundaries.values().any(|b| b.trust == Some(0)) {
        return None;
    }
    let (diagram, rect) = model.diagrams.keys().find_map(|d| Some((d.clone(), model.rect_of(d, element)?)))?;
    let boundary = Boundary { name: "Internet".into(), kind: BoundaryKind::Internet, trust: Some(0), ..Boundary::default() };
    let (id, members) = (ids.fresh(), [element.clone()].into());
    let edits = vec![
        Edit::AddBoundary { id: id.clone(), boundary, diagram: diagram.clone(), rect: frame_around(rect), members },
        Edit::Settle { diagram, items: [id].into() },
    ];
    let words = format!("{} on the Internet: a new boundary of trust 0", model.name_of(element));
    Some((words.clone(), Edit::Batch { label: words, edits }))
}
