//! An element dropped on a flow is put into it: the flow ends there and a new one goes on.

use super::{End, Modifiers, ToolCx};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, pt, segment_distance};
use crate::model::{Attach, Flow, Id, Key, Placement, PlacementKey, Route};

/// The flows an element can be put into, as they ran when it was taken up: in the preview they already run otherwise.
#[derive(Debug)]
pub struct Splitting {
    element: Id,
    /// What goes on from the element.
    second: Id,
    flows: Vec<Thread>,
}

#[derive(Debug)]
struct Thread {
    id: Id,
    points: Vec<Point>,
    flow: Flow,
    route: Route,
}

impl Splitting {
    /// For an element that is moved or about to be made. Flows at it, locked ones and those it lies on already stay whole.
    pub fn of(element: Id, cx: &mut ToolCx<'_>) -> Splitting {
        let second = (cx.fresh)();
        let lies_on = cx.rect_of(&element);
        let near = cx.seen.expand(cx.seen.w.max(cx.seen.h) / 2.0);
        let flows = cx.layout.flows.iter().filter(|(_, f)| f.points.iter().any(|p| near.contains(*p)));
        let flows = flows.filter_map(|(id, routed)| {
            let flow = cx.model.flows.get(id).filter(|_| !cx.is_locked(id))?;
            let Some(Placement::Route(route)) = cx.model.placement(cx.diagram, id) else { return None };
            let thread = Thread { id: id.clone(), points: routed.points.clone(), flow: flow.clone(), route: route.clone() };
            let at_it = [&flow.from, &flow.to].contains(&&Some(element.clone()));
            (!at_it && lies_on.is_none_or(|rect| thread.depth(rect, cx.reach()).is_none())).then_some(thread)
        });
        Splitting { second, flows: flows.collect(), element }
    }

    /// The flow that runs through the middle half of the element.
    pub fn flow_at(&self, element: Rect, modifiers: Modifiers, cx: &ToolCx<'_>) -> Option<&Id> {
        self.thread_at(element, modifiers, cx).map(|thread| &thread.id)
    }

    /// Puts the element into that flow: its first part keeps name, decisions and start, a second one carries the same on.
    pub fn edits(&self, element: Rect, modifiers: Modifiers, cx: &ToolCx<'_>) -> Vec<Edit> {
        let Some(thread) = self.thread_at(element, modifiers, cx) else { return Vec::new() };
        let (diagram, at) = (cx.diagram.clone(), element.center());
        let free = Route { bends: Vec::new(), label: None, ..thread.route.clone() };
        let first = Route { end: Attach::Auto, ..free.clone() };
        let second = Route { start: Attach::Auto, ..free };
        let flow = Flow { from: Some(self.element.clone()), extra: Default::default(), ..thread.flow.clone() };
        let key = Key::Placement(PlacementKey::new(diagram.clone(), thread.id.clone()));
        vec![
            Edit::Reconnect {
                flow: thread.id.clone(),
                end: End::To,
                to: Some(self.element.clone()),
                diagram: diagram.clone(),
                at,
            },
            Edit::put(key, Placement::Route(first)),
            Edit::Connect { id: self.second.clone(), flow, diagram, route: second },
        ]
    }

    fn thread_at(&self, element: Rect, modifiers: Modifiers, cx: &ToolCx<'_>) -> Option<&Thread> {
        let under = self.flows.iter().filter_map(|thread| Some((thread.depth(element, cx.reach())?, thread)));
        let nearest = under.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|_| !modifiers.ctrl).map(|(_, thread)| thread)
    }
}

impl Thread {
    /// How near to the middle of a box it ran, of a quarter of its sides but at least `reach`; `None` further out. More than
    /// a line wide, for the flow that is seen makes way for what comes near.
    fn depth(&self, element: Rect, reach: f32) -> Option<f32> {
        let (middle, across, down) = (element.center(), reach.max(element.w / 4.0), reach.max(element.h / 4.0));
        let seen = |p: &Point| pt((p.x - middle.x) / across, (p.y - middle.y) / down);
        let points: Vec<Point> = self.points.iter().map(seen).collect();
        let pieces = points.windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None });
        let depth = pieces.map(|(a, b)| segment_distance(pt(0.0, 0.0), a, b)).fold(f32::INFINITY, f32::min);
        Some(depth).filter(|depth| *depth <= 1.0)
    }
}
