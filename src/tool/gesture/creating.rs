//! Drawing a new box: a click makes it in its usual size, a drag in the size drawn.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::ground::Ground;
use crate::tool::landing::Crossed;
use crate::tool::operation::{self, size};
use crate::tool::snapping::{Guide, Surroundings};
use crate::tool::splitting::Splitting;
use crate::tool::{Handle, Modifiers, Outcome, Overlay, Pointer, Selection, Tool, ToolCx};
use std::collections::BTreeSet;

#[derive(Debug)]
pub struct Creating {
    id: Id,
    tool: Tool,
    start: Point,
    at: Point,
    /// Moved beyond the threshold.
    drawn: bool,
    ground: Ground,
    /// The boundary it would be in.
    into: Option<Id>,
    surroundings: Surroundings,
    guides: Vec<Guide>,
    /// For an element: the flows it may be put into.
    splitting: Option<Splitting>,
    split: Option<Id>,
}

impl Creating {
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    pub fn new(start: Point, cx: &mut ToolCx<'_>) -> Creating {
        let mut surroundings = Surroundings::of(cx, &BTreeSet::new());
        surroundings.for_boundary = cx.tool == Tool::Boundary;
        let id = (cx.fresh)();
        let is_element = matches!(size::kind(cx.tool), BoxKind::Element(_));
        Creating {
            splitting: is_element.then(|| Splitting::of(id.clone(), cx)),
            split: None,
            id,
            tool: cx.tool,
            start,
            at: start,
            drawn: false,
            ground: Ground::of(cx),
            into: None,
            surroundings,
            guides: Vec::new(),
        }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.drawn |= cx.is_drag(self.start, pointer.at);
        self.at = pointer.at;
        if !self.drawn {
            return (Gesture::Creating(self), Vec::new());
        }
        let rect = self.rect(pointer, cx);
        self.guides = self.surroundings.guides_of_handle(rect, self.handle(pointer), cx);
        self.into = self.ground.boundary_at(rect.center(), &[self.id.clone()].into());
        self.split = self.splitting.as_ref().and_then(|s| s.flow_at(rect, pointer.modifiers, cx)).cloned();
        let edit = self.edit(rect, pointer.modifiers, false, cx);
        (Gesture::Creating(self), edit.map(Outcome::Preview).into_iter().collect())
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let Some(edit) = self.edit(self.rect(pointer, cx), pointer.modifiers, true, cx) else { return Vec::new() };
        vec![
            Outcome::CommitMerged(edit, operation::birth(&self.id)),
            Outcome::Select(Selection::one(self.id.clone())),
            Outcome::ToolDone,
            Outcome::EditLabel(self.id),
        ]
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Drop(Crossed { into: self.into.iter().cloned().collect(), ..Crossed::default() })
    }

    fn edit(&self, rect: Rect, modifiers: Modifiers, at_rest: bool, cx: &ToolCx<'_>) -> Option<Edit> {
        let further = self
            .splitting
            .as_ref()
            .filter(|_| at_rest)
            .map_or(Vec2::ZERO, |splitting| operation::further(&self.ground, &self.id, rect, splitting, modifiers, cx));
        let rect = rect.translate(further);
        let add = operation::add_on(&self.ground, self.tool, self.id.clone(), rect, at_rest, cx)?;
        let split = self.splitting.as_ref().map_or_else(Vec::new, |s| s.edits(rect, modifiers, cx));
        Some(operation::put_into_flow(add, split))
    }

    /// The flow it would be put into.
    pub fn splits(&self) -> Option<&Id> {
        self.split.as_ref()
    }

    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// The corner that is drawn.
    fn handle(&self, pointer: Pointer) -> Handle {
        let by = pointer.at - self.start;
        Handle { x: if by.x < 0.0 { -1 } else { 1 }, y: if by.y < 0.0 { -1 } else { 1 } }
    }

    fn rect(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Rect {
        if !self.drawn {
            return size::around(self.tool, self.start, pointer.modifiers, cx);
        }
        let start = cx.snap(self.start, pointer.modifiers);
        let from = Rect { x: start.x, y: start.y, w: 0.0, h: 0.0 };
        let to = self.surroundings.handle(from, self.handle(pointer), pointer.at, pointer.modifiers, cx);
        let drawn = Rect::from_corners(start, to);
        let (w, h) = size::least(size::kind(self.tool));
        Rect { w: drawn.w.max(w), h: drawn.h.max(h), ..drawn }
    }
}
