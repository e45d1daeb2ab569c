//! Dragging an end of a flow to another element, or off into the open.

use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::Id;
use crate::tool::grip::End;
use crate::tool::{Outcome, Overlay, Pointer, ToolCx};

#[derive(Debug)]
pub struct Reconnecting {
    id: Id,
    end: End,
    /// The end that stays.
    fixed: Point,
    at: Point,
    target: Option<Id>,
}

impl Reconnecting {
    pub fn begin(id: Id, end: End, cx: &ToolCx<'_>) -> Turn {
        let Some(drawn) = cx.layout.flows.get(&id) else { return done(Vec::new()) };
        let (at, fixed) = match end {
            End::From => (drawn.start.at, drawn.end.at),
            End::To => (drawn.end.at, drawn.start.at),
        };
        (Gesture::Reconnecting(Reconnecting { id, end, fixed, at, target: None }), Vec::new())
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.at = pointer.at;
        self.target = cx.element_at(pointer.at).filter(|_| !pointer.modifiers.ctrl);
        let edit = self.edit(cx);
        (Gesture::Reconnecting(self), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let (turn, _) = self.moved(pointer, cx);
        match turn {
            Gesture::Reconnecting(me) => vec![Outcome::Commit(me.edit(cx))],
            _ => Vec::new(),
        }
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Rubber { from: self.fixed, to: self.at, target: self.target.clone() }
    }

    fn edit(&self, cx: &ToolCx<'_>) -> Edit {
        let (flow, to) = (self.id.clone(), self.target.clone());
        Edit::Reconnect { flow, end: self.end, to, diagram: cx.diagram.clone(), at: self.at }
    }
}
