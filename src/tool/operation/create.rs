//! New boxes: what they are, and what they belong to by where they are drawn.

use super::size;
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::{Boundary, Element, ElementKind, Id, Note};
use crate::scene::BoxKind;
use crate::tool::gesture::is_inside;
use crate::tool::{Modifiers, Outcome, Selection, Tool, ToolCx};
use std::collections::BTreeSet;

/// Tag of everything done while a thing is being made, so that making and naming it is one undo step.
pub fn birth(id: &Id) -> String {
    format!("new {id}")
}

/// The edit that adds what a tool makes; `None` for tools that make no box.
pub fn add(tool: Tool, id: Id, rect: Rect, cx: &ToolCx<'_>) -> Option<Edit> {
    let diagram = cx.diagram.clone();
    let into = cx.layout.boundary_at(rect.center(), &BTreeSet::from([id.clone()]));
    let kind = match tool {
        Tool::Process => ElementKind::Process,
        Tool::Store => ElementKind::DataStore,
        Tool::Entity => ElementKind::ExternalEntity,
        Tool::Note => return Some(Edit::AddNote { id, note: Note::default(), diagram, rect }),
        Tool::Boundary => {
            let members = enclosed(&id, rect, cx);
            let parent = into.filter(|parent| !members.contains(parent));
            let boundary = Boundary { parent, ..Boundary::default() };
            return Some(Edit::AddBoundary { id, boundary, diagram, rect, members });
        }
        Tool::Select | Tool::Hand | Tool::Flow => return None,
    };
    Some(Edit::AddElement { id, element: Element { kind, boundary: into, ..Element::default() }, diagram, rect })
}

/// A box in its usual size around a point, its label open for typing.
pub fn create_at(tool: Tool, at: Point, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let id = (cx.fresh)();
    let rect = size::around(tool, at, Modifiers::NONE);
    let Some(edit) = add(tool, id.clone(), rect, cx) else { return Vec::new() };
    vec![Outcome::CommitMerged(edit, birth(&id)), Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)]
}

/// What a new boundary takes in: elements with their centre in it and boundaries wholly inside, the outermost of each.
fn enclosed(new: &Id, rect: Rect, cx: &ToolCx<'_>) -> BTreeSet<Id> {
    let boxes = cx.layout.boxes.iter().filter(|(id, _)| *id != new);
    let inside = boxes.filter(|(_, b)| match b.kind {
        BoxKind::Element(_) => rect.contains(b.rect.center()),
        BoxKind::Boundary => rect.contains_rect(b.rect),
        BoxKind::Note => false,
    });
    let mut all: BTreeSet<Id> = inside.map(|(id, _)| id.clone()).collect();
    // Members of a boundary that reaches beyond the new one stay where they are.
    let around: BTreeSet<Id> =
        cx.layout.boundary_at(rect.center(), &all.iter().chain([new]).cloned().collect()).into_iter().collect();
    let home = |id: &Id| {
        let element = cx.model.elements.get(id).map(|e| e.boundary.clone());
        element.or_else(|| cx.model.boundaries.get(id).map(|b| b.parent.clone())).flatten()
    };
    let drawn_home = |id: &Id| home(id).filter(|b| b != new && cx.rect_of(b).is_some());
    let keep: BTreeSet<Id> =
        all.iter().filter(|id| drawn_home(id).is_none_or(|b| all.contains(&b) || around.contains(&b))).cloned().collect();
    all.retain(|id| keep.contains(id));
    all.iter().filter(|id| !is_inside(cx.model, id, &without(&all, id, new))).cloned().collect()
}

/// The set without one thing, and without the boundary being made (it contains everything during a preview).
fn without(all: &BTreeSet<Id>, id: &Id, new: &Id) -> BTreeSet<Id> {
    all.iter().filter(|other| *other != id && *other != new).cloned().collect()
}
