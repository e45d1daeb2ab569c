//! What the next key, click or drag does while Ctrl, Shift or Alt are held.

use super::Hint;
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::{Modifiers, Tool};
use crate::ui::canvas::CanvasFrame;

/// What matters of what is selected and under the pointer.
struct Held<'f, 'a, 'v> {
    frame: &'f CanvasFrame<'a, 'v>,
    hints: Vec<Hint>,
}

pub fn hints(frame: &CanvasFrame<'_, '_>, modifiers: Modifiers) -> Vec<Hint> {
    if frame.cx.tool != Tool::Select {
        return of_tool(frame.cx.tool, modifiers);
    }
    let mut held = Held { frame, hints: Vec::new() };
    match (modifiers.ctrl, modifiers.shift, modifiers.alt) {
        (true, false, false) => held.ctrl(),
        (false, true, false) => held.shift(),
        (false, false, true) => held.alt(),
        (true, true, false) => held.ctrl_shift(),
        (false, true, true) => held.alt_shift(),
        (true, false, true) => held.ctrl_alt(),
        (true, true, true) => held.say(true, "Drag", "make room: push what is beyond"),
        (false, false, false) => {}
    }
    held.hints
}

fn of_tool(tool: Tool, modifiers: Modifiers) -> Vec<Hint> {
    match (tool, modifiers) {
        (Tool::Flow, Modifiers::ALT) => vec![("Drag", "begins and ends exactly there")],
        (Tool::Flow, Modifiers::CTRL) => vec![("Drag", "leave the end loose")],
        (Tool::Hand | Tool::Line | Tool::Flow | Tool::Laser, _) => Vec::new(),
        (_, Modifiers::CTRL) => vec![("Click", "off the grid"), ("Drag", "draw its size without snapping")],
        _ => Vec::new(),
    }
}

impl Held<'_, '_, '_> {
    fn say(&mut self, applies: bool, keys: &'static str, what: &'static str) {
        self.hints.extend(applies.then_some((keys, what)));
    }

    fn any(&self) -> bool {
        !self.frame.selection.items.is_empty()
    }

    fn several(&self) -> bool {
        self.frame.selection.items.iter().filter(|id| self.frame.cx.layout.boxes.contains_key(*id)).count() > 1
    }

    fn single(&self, is: impl Fn(&Id) -> bool) -> bool {
        self.frame.selection.single().is_some_and(is)
    }

    fn is_element(&self) -> bool {
        self.single(|id| self.frame.cx.model.elements.contains_key(id))
    }

    fn has_flow(&self) -> bool {
        self.frame.selection.items.iter().any(|id| self.frame.cx.layout.flows.contains_key(id))
    }

    fn over_boundary(&self) -> bool {
        let kind = |id: &Id| self.frame.cx.layout.boxes.get(id).map(|b| b.kind);
        self.frame.cx.hover.is_some_and(|id| kind(id) == Some(BoxKind::Boundary))
    }

    fn over_item(&self) -> bool {
        self.frame.cx.hover.is_some()
    }

    fn ctrl(&mut self) {
        let (any, element) = (self.any(), self.is_element());
        self.say(element || self.single(|id| self.frame.cx.model.flows.contains_key(id)), "Arrow", "next element, with its flow");
        self.say(self.over_item(), "Drag", "without snapping");
        self.say(!self.over_item(), "Drag", "add what is framed");
        self.say(self.over_item(), "Click", "add to the selection");
        let wheel = if self.frame.cx.panels.wheel_zooms { "move the view" } else { "zoom here" };
        self.say(true, "Wheel", wheel);
        self.say(element, "Enter", "its detail diagram");
        self.say(self.has_flow(), "B", "heads at both ends");
        self.say(any, "D", "duplicate");
        self.say(!any, "A", "select all");
        self.say(!any, "L", "write as text");
    }

    fn shift(&mut self) {
        let any = self.any();
        self.say(any, "Arrow", "move by 8");
        self.say(self.over_item(), "Drag", "keep to one direction");
        self.say(!self.over_item(), "Drag", "add what is framed");
        self.say(self.over_item(), "Click", "add to the selection");
        self.say(self.has_flow() || self.single(|id| self.frame.cx.layout.lines.contains_key(id)), "F", "its style");
        self.say(self.single(|id| self.frame.cx.layout.boxes.contains_key(id)), "R", "size by arrows");
        self.say(any, "2", "zoom to selection");
        self.say(!any, "1", "zoom to fit");
        self.say(!any, "B", "boundary as a line");
    }

    fn alt(&mut self) {
        self.say(self.is_element() || self.has_flow(), "Arrow", "along its flows");
        self.say(self.over_boundary(), "Drag", "the frame alone");
        self.say(self.over_item() && !self.over_boundary(), "Drag", "a copy");
        self.say(self.over_item(), "Click", "what lies below");
        self.say(self.several(), "A D W S", "align edges");
        self.say(self.several(), "H V", "align centres");
        self.say(!self.any(), "Enter", "model properties");
    }

    fn ctrl_shift(&mut self) {
        let homes = |id: &Id| self.frame.cx.model.home_on(self.frame.cx.diagram, id).is_some();
        self.say(self.frame.selection.items.iter().any(homes), "↑", "out of its boundary");
        self.say(self.any(), "L", "lock or unlock");
        self.say(true, "C", "copy as a picture");
        self.say(true, "V", "paste in place");
        self.say(!self.any(), "K", "legend");
    }

    fn alt_shift(&mut self) {
        self.say(self.any(), "Arrow", "take the next one in");
        self.say(self.several(), "H V", "distribute");
        self.say(self.has_flow(), "R", "reset route");
        self.say(true, "C", "copy as SVG");
        self.say(!self.any(), "D", "light or dark");
    }

    fn ctrl_alt(&mut self) {
        self.say(self.any(), "C", "copy its style");
        self.say(self.any(), "V", "give it the copied style");
    }
}
