//! Dragging an end of a flow to another element, or off into the open.

use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::{Attach, Flow, Id, Key, Placement, PlacementKey, Route};
use crate::tool::grip::End;
use crate::tool::{Outcome, Overlay, Pointer, ToolCx};

#[derive(Debug)]
pub struct Reconnecting {
    id: Id,
    end: End,
    flow: Flow,
    route: Route,
    /// The end that stays.
    fixed: Point,
    at: Point,
    target: Option<Id>,
}

impl Reconnecting {
    pub fn begin(id: Id, end: End, cx: &ToolCx<'_>) -> Turn {
        let (Some(flow), Some(Placement::Route(route)), Some(drawn)) =
            (cx.model.flows.get(&id), cx.model.placement(cx.diagram, &id), cx.layout.flows.get(&id))
        else {
            return done(Vec::new());
        };
        let (at, fixed) = match end {
            End::From => (drawn.start.at, drawn.end.at),
            End::To => (drawn.end.at, drawn.start.at),
        };
        let (flow, route) = (flow.clone(), route.clone());
        (Gesture::Reconnecting(Reconnecting { id, end, flow, route, fixed, at, target: None }), Vec::new())
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.at = pointer.at;
        let other = match self.end {
            End::From => &self.flow.to,
            End::To => &self.flow.from,
        };
        self.target = cx.element_at(pointer.at).filter(|id| Some(id) != other.as_ref() && !pointer.modifiers.ctrl);
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
        let (mut flow, mut route) = (self.flow.clone(), self.route.clone());
        let (end, attach) = match self.end {
            End::From => (&mut flow.from, &mut route.start),
            End::To => (&mut flow.to, &mut route.end),
        };
        if *end != self.target || self.target.is_none() {
            *attach = if self.target.is_some() { Attach::Auto } else { Attach::Loose(self.at) };
        }
        end.clone_from(&self.target);
        let place = Key::Placement(PlacementKey::new(cx.diagram.clone(), self.id.clone()));
        let edits = vec![Edit::put(Key::Flow(self.id.clone()), flow), Edit::put(place, Placement::Route(route))];
        Edit::Batch { label: "reconnect data flow".into(), edits }
    }
}
