//! New boxes: what they are, and what they belong to by where they are drawn.

use super::size;
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::{Boundary, Element, ElementKind, Id, Note, ThreatModel};
use crate::scene::BoxKind;
use crate::tool::{Modifiers, Outcome, Selection, Tool, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

/// Tag of everything done while a thing is being made, so that making and naming it is one undo step.
pub fn birth(id: &Id) -> String {
    format!("new {id}")
}

/// The edit that adds what a tool makes; `None` for tools that make no box.
pub fn add(tool: Tool, id: Id, rect: Rect, cx: &ToolCx<'_>) -> Option<Edit> {
    let diagram = cx.diagram.clone();
    let into = cx.layout.boundary_at(rect.center(), &BTreeSet::from([id.clone()]));
    let around = || cx.model.surroundings(cx.diagram).filter(|_| tool != Tool::Entity).cloned();
    let into = into.or_else(around);
    let kind = match tool {
        Tool::Process => ElementKind::Process,
        Tool::Store => ElementKind::DataStore,
        Tool::Entity => ElementKind::ExternalEntity,
        Tool::Note => return Some(Edit::AddNote { id, note: Note::default(), diagram, rect }),
        Tool::Boundary => return Some(add_boundary(id, rect, &homes(cx.model), cx)),
        Tool::Select | Tool::Hand | Tool::Flow => return None,
    };
    let element = Element { boundary: into, ..new_element(kind, cx) };
    Some(Edit::AddElement { id, element, diagram, rect })
}

/// An element as it begins on this diagram. On one that details a process it is a part of that, and in the same boundary as
/// long as none is drawn around it; an external entity is outside of it.
pub fn new_element(kind: ElementKind, cx: &ToolCx<'_>) -> Element {
    let of = cx.model.diagrams.get(cx.diagram).and_then(|d| d.of.clone());
    Element { kind, parent: of.filter(|_| kind != ElementKind::ExternalEntity), ..Element::default() }
}

/// The edit that adds a boundary and takes in what it encloses. `homes` are those before it was there: while it is drawn
/// its own preview is in the model.
pub fn add_boundary(id: Id, rect: Rect, homes: &Homes, cx: &ToolCx<'_>) -> Edit {
    let members = enclosed(&id, rect, homes, cx);
    let into = cx.layout.boundary_at(rect.center(), &BTreeSet::from([id.clone()]));
    let parent = into.filter(|parent| !members.contains(parent)).or_else(|| cx.model.surroundings(cx.diagram).cloned());
    let boundary = Boundary { parent, ..Boundary::default() };
    Edit::AddBoundary { id, boundary, diagram: cx.diagram.clone(), rect, members }
}

/// The boundary each element and boundary is directly in.
pub type Homes = BTreeMap<Id, Id>;

pub fn homes(model: &ThreatModel) -> Homes {
    let elements = model.elements.iter().filter_map(|(id, e)| Some((id.clone(), e.boundary.clone()?)));
    let boundaries = model.boundaries.iter().filter_map(|(id, b)| Some((id.clone(), b.parent.clone()?)));
    elements.chain(boundaries).collect()
}

/// A box in its usual size around a point, its label open for typing.
pub fn create_at(tool: Tool, at: Point, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let id = (cx.fresh)();
    let rect = size::around(tool, at, Modifiers::NONE, cx);
    let Some(edit) = add(tool, id.clone(), rect, cx) else { return Vec::new() };
    vec![Outcome::CommitMerged(edit, birth(&id)), Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)]
}

/// What a new boundary takes in: elements with their centre in it and boundaries wholly inside, the outermost of each.
fn enclosed(new: &Id, rect: Rect, homes: &Homes, cx: &ToolCx<'_>) -> BTreeSet<Id> {
    let boxes = cx.layout.boxes.iter().filter(|(id, _)| *id != new);
    let inside = boxes.filter(|(_, b)| match b.kind {
        BoxKind::Element(_) => rect.contains(b.rect.center()),
        BoxKind::Boundary => rect.contains_rect(b.rect),
        BoxKind::Note => false,
    });
    let all: BTreeSet<Id> = inside.map(|(id, _)| id.clone()).collect();
    // Members of a boundary that reaches beyond the new one stay where they are.
    let ignoring = all.iter().chain([new]).cloned().collect();
    let around = cx.layout.boundary_at(rect.center(), &ignoring);
    let drawn_home = |id: &Id| homes.get(id).filter(|b| cx.rect_of(b).is_some());
    let joins = |id: &Id| drawn_home(id).is_none_or(|b| all.contains(b) || around.as_ref() == Some(b));
    let joining: BTreeSet<Id> = all.iter().filter(|id| joins(id)).cloned().collect();
    // Content of a boundary that joins comes with it.
    let path = |id: &Id| std::iter::successors(homes.get(id), |b| homes.get(*b)).take(homes.len()).cloned().collect::<Vec<_>>();
    joining.iter().filter(|id| !path(id).iter().any(|b| joining.contains(b))).cloned().collect()
}
