//! New boxes: what they are, and what they belong to by where they are drawn.

use super::size;
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Boundary, Element, ElementKind, Id, Note};
use crate::scene::BoxKind;
use crate::tool::ground::Ground;
use crate::tool::landing::{free_place, with_room};
use crate::tool::seams::Seams;
use crate::tool::splitting::Splitting;
use crate::tool::{Modifiers, Outcome, Selection, Tool, ToolCx};
use std::collections::BTreeSet;

/// Tag of everything done while a thing is being made, so that making and naming it is one undo step.
pub fn birth(id: &Id) -> String {
    format!("new {id}")
}

/// The edit that adds what a tool makes; `None` for tools that make no box.
pub fn add(tool: Tool, id: Id, rect: Rect, cx: &ToolCx<'_>) -> Option<Edit> {
    add_on(&Ground::of(cx), tool, id, rect, true, cx)
}

/// The same on the ground as it was before: while a box is drawn, its own preview is in the model. `at_rest`: it is made
/// now, so that a collapsed boundary it is made on expands, where it gets a free place.
pub fn add_on(ground: &Ground, tool: Tool, id: Id, rect: Rect, at_rest: bool, cx: &ToolCx<'_>) -> Option<Edit> {
    let diagram = cx.diagram.clone();
    let kind = match tool {
        Tool::Process => ElementKind::Process,
        Tool::Store => ElementKind::DataStore,
        Tool::Entity => ElementKind::ExternalEntity,
        Tool::Note => return Some(Edit::AddNote { id, note: Note::default(), diagram, rect }),
        Tool::Boundary => return Some(add_boundary(ground, id, rect, cx)),
        Tool::Select | Tool::Hand | Tool::Flow | Tool::Line | Tool::Laser => return None,
    };
    let into = ground.boundary_at(rect.center(), &BTreeSet::from([id.clone()]));
    let folded = into.clone().filter(|b| ground.is_collapsed(b));
    let into = into.filter(|_| at_rest || folded.is_none());
    let rect = folded.as_ref().and_then(|b| free_place(cx.model, cx.diagram, b, rect, &[]).filter(|_| at_rest)).unwrap_or(rect);
    let is_member = into.is_some();
    let around = || cx.model.surroundings(cx.diagram).filter(|_| tool != Tool::Entity).cloned();
    let element = Element { boundary: into.or_else(around), ..new_element(kind, cx) };
    let add = Edit::AddElement { id: id.clone(), element, diagram, rect };
    let add = if is_member { with_room(add, [id].into(), cx) } else { add };
    let expand = folded.filter(|_| at_rest).and_then(|b| super::fold(&[b].into(), false, cx));
    Some(match expand {
        Some(expand) => Edit::Batch { label: add.label(), edits: vec![expand, add] },
        None => add,
    })
}

/// An element as it begins on this diagram. On one that details a process it is a part of that, and in the same boundary as
/// long as none is drawn around it; an external entity is outside of it.
pub fn new_element(kind: ElementKind, cx: &ToolCx<'_>) -> Element {
    let of = cx.model.diagrams.get(cx.diagram).and_then(|d| d.of.clone());
    Element { kind, parent: of.filter(|_| kind != ElementKind::ExternalEntity), ..Element::default() }
}

/// The edit that adds a boundary and takes in what it encloses.
fn add_boundary(ground: &Ground, id: Id, rect: Rect, cx: &ToolCx<'_>) -> Edit {
    let members = enclosed(&id, rect, ground);
    // What it takes in, and what is in that at whatever depth, cannot be around it.
    let taken = |b: &Id| members.contains(b) || ground.path(b).any(|around| members.contains(around));
    let mut ignoring = BTreeSet::from([id.clone()]);
    ignoring.extend(ground.nested().map(|(b, ..)| b).filter(|b| taken(b)).cloned());
    let into = ground.boundary_at(rect.center(), &ignoring);
    let parent = into.or_else(|| cx.model.surroundings(cx.diagram).filter(|b| !taken(b)).cloned());
    let boundary = Boundary { parent, ..Boundary::default() };
    let settled = members.iter().chain([&id]).cloned().collect();
    with_room(Edit::AddBoundary { id, boundary, diagram: cx.diagram.clone(), rect, members }, settled, cx)
}

/// A box in its usual size around a point, its label open for typing.
pub fn create_at(tool: Tool, at: Point, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    let id = (cx.fresh)();
    let rect = size::around(tool, at, Modifiers::NONE, cx);
    let is_element = matches!(size::kind(tool), BoxKind::Element(_));
    let splitting = is_element.then(|| Splitting::of(id.clone(), cx));
    let ground = Ground::of(cx);
    let further = splitting.as_ref().map_or(Vec2::ZERO, |s| further(&ground, &id, rect, s, Modifiers::NONE, cx));
    let rect = rect.translate(further);
    let Some(edit) = add_on(&ground, tool, id.clone(), rect, true, cx) else { return Vec::new() };
    let edit = put_into_flow(edit, splitting.map_or_else(Vec::new, |s| s.edits(rect, Modifiers::NONE, cx)));
    vec![Outcome::CommitMerged(edit, birth(&id)), Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)]
}

/// How much further a new element stands so as to lie across no seam; with Ctrl it stands exactly there. What is put into a
/// flow is put into the same one.
pub fn further(ground: &Ground, id: &Id, rect: Rect, splitting: &Splitting, modifiers: Modifiers, cx: &ToolCx<'_>) -> Vec2 {
    let flow = |rect: Rect| splitting.flow_at(rect, modifiers, cx);
    let ways = if modifiers.ctrl { Vec::new() } else { Seams::of(ground, &BTreeSet::from([id.clone()])).ways_clear(rect) };
    ways.into_iter().find(|way| flow(rect.translate(*way)) == flow(rect)).unwrap_or(Vec2::ZERO)
}

/// What the step is called by which an element comes into a flow.
pub const PUT_INTO_FLOW: &str = "put into data flow";

/// One step for a new element and the flow it is put into, if any.
pub fn put_into_flow(add: Edit, split: Vec<Edit>) -> Edit {
    if split.is_empty() {
        return add;
    }
    Edit::Batch { label: PUT_INTO_FLOW.into(), edits: std::iter::once(add).chain(split).collect() }
}

/// What a new boundary takes in: elements with their middle in it and smaller boundaries likewise, the outermost of each.
fn enclosed(new: &Id, rect: Rect, ground: &Ground) -> BTreeSet<Id> {
    let others = ground.nested().filter(|(id, ..)| *id != new);
    let inside =
        others.filter(|(_, kind, r)| rect.contains(r.center()) && (*kind != BoxKind::Boundary || r.area() < rect.area()));
    let all: BTreeSet<Id> = inside.map(|(id, ..)| id.clone()).collect();
    // Members of a boundary that reaches beyond the new one stay where they are.
    let ignoring = all.iter().chain([new]).cloned().collect();
    let around = ground.boundary_at(rect.center(), &ignoring);
    let joins = |id: &Id| ground.home(id).is_none_or(|b| all.contains(b) || around.as_ref() == Some(b));
    let joining: BTreeSet<Id> = all.iter().filter(|id| joins(id)).cloned().collect();
    // Content of a boundary that joins comes with it.
    ground.outermost(&joining)
}
