//! Dragging an end of a flow to another element, to another spot of its own, or off into the open.

use super::anchoring::Anchoring;
use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::{Id, Key, Placement, PlacementKey, Route};
use crate::tool::grip::End;
use crate::tool::{Modifiers, Outcome, Overlay, Pointer, ToolCx};

#[derive(Debug)]
pub struct Reconnecting {
    id: Id,
    end: End,
    /// The course as it was.
    route: Route,
    /// The end that stays.
    fixed: Point,
    at: Point,
    target: Option<Id>,
    anchoring: Anchoring,
    modifiers: Modifiers,
}

impl Reconnecting {
    pub fn flow(&self) -> &Id {
        &self.id
    }

    pub fn begin(id: Id, end: End, cx: &ToolCx<'_>) -> Turn {
        let Some(drawn) = cx.layout.flows.get(&id) else { return done(Vec::new()) };
        let Some(Placement::Route(route)) = cx.model.placement(cx.diagram, &id) else { return done(Vec::new()) };
        let (at, fixed) = match end {
            End::From => (drawn.start.at, drawn.end.at),
            End::To => (drawn.end.at, drawn.start.at),
        };
        let (anchoring, modifiers) = (Anchoring::default(), Modifiers::NONE);
        let begun = Reconnecting { id, end, route: route.clone(), fixed, at, target: None, anchoring, modifiers };
        (Gesture::Reconnecting(begun), Vec::new())
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.at = pointer.at;
        self.modifiers = pointer.modifiers;
        self.target = cx.element_at(pointer.at).filter(|_| !pointer.modifiers.ctrl);
        self.anchoring.moved(self.target.as_ref(), pointer.at, cx);
        let edit = self.edit(cx);
        (Gesture::Reconnecting(self), vec![Outcome::Preview(edit)])
    }

    pub fn waited(mut self, seconds: f32, cx: &ToolCx<'_>) -> Turn {
        let outcomes = if self.anchoring.waited(seconds) { vec![Outcome::Preview(self.edit(cx))] } else { Vec::new() };
        (Gesture::Reconnecting(self), outcomes)
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let (turn, _) = self.moved(pointer, cx);
        match turn {
            Gesture::Reconnecting(me) => vec![Outcome::Commit(me.edit(cx))],
            _ => Vec::new(),
        }
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Rubber { from: self.fixed, to: self.at, source: None, target: self.target.clone() }
    }

    pub fn is_waiting(&self) -> bool {
        self.anchoring.is_waiting()
    }

    /// The flow and its end in hand, while that is at an element.
    pub fn attaching(&self) -> Option<(&Id, End)> {
        self.target.as_ref().map(|_| (&self.id, self.end))
    }

    fn edit(&self, cx: &ToolCx<'_>) -> Edit {
        let (flow, to) = (self.id.clone(), self.target.clone());
        let reconnect = Edit::Reconnect { flow, end: self.end, to, diagram: cx.diagram.clone(), at: self.at };
        if self.target.is_none() {
            return reconnect;
        }
        let attach = self.anchoring.attach(self.at, self.modifiers, cx);
        let mut route = self.route.clone();
        match self.end {
            End::From => route.start = attach,
            End::To => route.end = attach,
        }
        let key = Key::Placement(PlacementKey::new(cx.diagram.clone(), self.id.clone()));
        Edit::Batch { label: reconnect.label(), edits: vec![reconnect, Edit::put(key, Placement::Route(route))] }
    }
}
