//! Drawing a new box: a click makes it in its usual size, a drag in the size drawn.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::tool::context::snap;
use crate::tool::operation::{self, Homes, size};
use crate::tool::{DRAG_THRESHOLD, Outcome, Overlay, Pointer, Selection, Tool, ToolCx};

#[derive(Debug)]
pub struct Creating {
    id: Id,
    tool: Tool,
    start: Point,
    at: Point,
    /// Moved beyond the threshold.
    drawn: bool,
    /// What was in which boundary before it was begun.
    homes: Homes,
    /// The boundary it would be in.
    into: Option<Id>,
}

impl Creating {
    pub fn new(start: Point, cx: &mut ToolCx<'_>) -> Creating {
        Creating {
            id: (cx.fresh)(),
            tool: cx.tool,
            start,
            at: start,
            drawn: false,
            homes: operation::homes(cx.model),
            into: None,
        }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.drawn |= pointer.at.distance(self.start) >= cx.px(DRAG_THRESHOLD);
        self.at = pointer.at;
        if !self.drawn {
            return (Gesture::Creating(self), Vec::new());
        }
        let rect = self.rect(pointer);
        self.into = cx.layout.boundary_at(rect.center(), &[self.id.clone()].into());
        let edit = self.edit(rect, cx);
        (Gesture::Creating(self), edit.map(Outcome::Preview).into_iter().collect())
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let Some(edit) = self.edit(self.rect(pointer), cx) else { return Vec::new() };
        vec![
            Outcome::CommitMerged(edit, operation::birth(&self.id)),
            Outcome::Select(Selection::one(self.id.clone())),
            Outcome::SetTool(Tool::Select),
            Outcome::EditLabel(self.id),
        ]
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Drop { into: self.into.clone() }
    }

    fn edit(&self, rect: Rect, cx: &ToolCx<'_>) -> Option<Edit> {
        match self.tool {
            Tool::Boundary => Some(operation::add_boundary(self.id.clone(), rect, &self.homes, cx)),
            tool => operation::add(tool, self.id.clone(), rect, cx),
        }
    }

    fn rect(&self, pointer: Pointer) -> Rect {
        if !self.drawn {
            return size::around(self.tool, self.start, pointer.modifiers);
        }
        let drawn = Rect::from_corners(snap(self.start, pointer.modifiers), snap(pointer.at, pointer.modifiers));
        let (w, h) = size::least(size::kind(self.tool));
        Rect { w: drawn.w.max(w), h: drawn.h.max(h), ..drawn }
    }
}
