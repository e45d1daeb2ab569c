//! The button is down and nothing has moved yet: a click, or the beginning of a drag.

use super::{
    Bending, Connecting, Creating, Drawing, Gesture, MakingRoom, Marquee, Moving, Panning, Reconnecting, Resizing, Turn, bending,
    done,
};
use crate::model::Id;
use crate::tool::grip::{self, Grip};
use crate::tool::{Button, Modifiers, Outcome, Pointer, Selection, Tool, ToolCx, operation};

#[derive(Debug)]
pub struct Pressed {
    pointer: Pointer,
    grip: Grip,
    /// The selection to drag, worked out at the press.
    selection: Selection,
    /// What is pressed was the one thing selected before.
    again: bool,
}

impl Pressed {
    pub fn item(&self) -> Option<&Id> {
        self.grip.item()
    }

    pub fn down(pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        if pointer.button == Button::Middle || cx.tool == Tool::Hand {
            return (Gesture::Panning(Panning { grabbed: pointer.at, button: pointer.button }), Vec::new());
        }
        if cx.tool == Tool::Laser {
            return done(Vec::new());
        }
        if grip::creates_box(cx.tool) {
            return (Gesture::Creating(Creating::new(pointer.at, cx)), Vec::new());
        }
        if cx.tool == Tool::Line {
            return (Gesture::Drawing(Drawing::new(pointer, cx)), Vec::new());
        }
        if cx.tool == Tool::Flow {
            let from = cx.element_at(pointer.at);
            return (Gesture::Connecting(Connecting::new(from, pointer.at, cx).pressed_with(pointer.modifiers, cx)), Vec::new());
        }
        let grip = Grip::at(cx, pointer.at);
        let mut selection = cx.selection.clone();
        let mut outcomes = Vec::new();
        let selects = !matches!(grip, Grip::Connect(_) | Grip::Resize(..));
        let plain = !pointer.modifiers.shift && !pointer.modifiers.ctrl && !pointer.modifiers.alt;
        if let Some(id) = grip.item().filter(|id| selects && plain && !selection.items.contains(*id)) {
            selection = Selection { items: cx.layout.all_of(id), threat: None };
            outcomes.push(Outcome::Select(selection.clone()));
        }
        let again = grip.item().is_some_and(|id| cx.selection.single() == Some(id));
        (Gesture::Pressed(Pressed { pointer, grip, selection, again }), outcomes)
    }

    pub fn moved(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        if !cx.is_drag(self.pointer.at, pointer.at) {
            return (Gesture::Pressed(self), Vec::new());
        }
        let (mut gesture, mut outcomes) = self.drag(pointer, cx);
        outcomes.extend(gesture.on(crate::tool::CanvasEvent::Move(pointer), cx));
        (gesture, outcomes)
    }

    /// The drag this press becomes.
    fn drag(self, to: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        let (start, modifiers) = (self.pointer.at, self.pointer.modifiers);
        if modifiers == Modifiers::ALL {
            return (Gesture::MakingRoom(Box::new(MakingRoom::new(start, to.at, cx))), Vec::new());
        }
        if self.grip.item().is_some_and(|id| cx.is_locked(id)) && !matches!(self.grip, Grip::Connect(_)) {
            // What is locked is like the ground.
            return (Gesture::Marquee(Marquee::new(start, modifiers.shift || modifiers.ctrl, cx)), Vec::new());
        }
        let grip = match self.grip {
            // Only a line that was selected alone is shaped by its pieces; otherwise they move it, or a copy.
            Grip::LineSegment(id, _) if modifiers.alt || !self.again => Grip::Item(id),
            grip => grip,
        };
        // There Alt is for the frame alone.
        let is_frame = matches!(&grip, Grip::Frame(id) if cx.layout.boxes.contains_key(id));
        match grip {
            Grip::Ground => (Gesture::Marquee(Marquee::new(start, modifiers.shift || modifiers.ctrl, cx)), Vec::new()),
            Grip::Frame(id) if modifiers.alt && is_frame => (Gesture::Resizing(Resizing::frame(id, start, cx)), Vec::new()),
            Grip::Item(id) | Grip::Frame(id) | Grip::Fold(id) => {
                let mut selection = self.selection;
                let mut outcomes = Vec::new();
                if !selection.items.contains(&id) {
                    // Pressed with a modifier: joins what is selected and drags along.
                    let adds = modifiers.shift || modifiers.ctrl;
                    selection = if adds { selection } else { Selection::default() };
                    selection.items.extend(cx.layout.all_of(&id));
                    selection.threat = None;
                    outcomes.push(Outcome::Select(selection.clone()));
                }
                let begin = if is_frame { Moving::new } else { Moving::either };
                (Gesture::Moving(Box::new(begin(selection, start, modifiers.alt, cx))), outcomes)
            }
            Grip::Resize(id, handle) => (Gesture::Resizing(Resizing::new(id, handle, start, cx)), Vec::new()),
            Grip::Connect(id) => {
                (Gesture::Connecting(Connecting::new(Some(id), start, cx).pressed_with(modifiers, cx)), Vec::new())
            }
            Grip::End(id, end) => Reconnecting::begin(id, end, cx),
            Grip::Bend(..) | Grip::Segment(..) | Grip::Label(_) | Grip::LineCorner(..) | Grip::LineSegment(..) => {
                Bending::begin(&grip, start, cx)
            }
        }
    }

    /// Released without a drag: a click.
    pub fn up(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        let modifiers = pointer.modifiers;
        if modifiers == Modifiers::ALL {
            return done(Vec::new());
        }
        if modifiers.alt {
            let below = grip::below(cx, pointer.at).map(Selection::one);
            return done(below.map(Outcome::Select).into_iter().collect());
        }
        if let Grip::Fold(id) = &self.grip {
            let collapsed = cx.model.is_collapsed(cx.diagram, id);
            let fold = operation::fold(&[id.clone()].into(), !collapsed, cx).map(Outcome::Commit);
            return done(fold.into_iter().chain([Outcome::Select(Selection::one(id.clone()))]).collect());
        }
        let mut selection = self.selection;
        let all = |id: &Id| cx.layout.all_of(id);
        match grip::clicked(self.grip, self.pointer.at, cx).item() {
            None if modifiers.shift || modifiers.ctrl => {}
            None => selection = Selection::default(),
            Some(id) if modifiers.shift || modifiers.ctrl => all(id).into_iter().for_each(|id| selection.toggle(id)),
            Some(id) if selection.single() == Some(id) => {}
            Some(id) => selection = Selection { items: all(id), threat: None },
        }
        done(if selection == *cx.selection { Vec::new() } else { vec![Outcome::Select(selection)] })
    }
}

/// Opens the label of an item, or makes a process where there is nothing.
pub fn double_click(pointer: Pointer, cx: &mut ToolCx<'_>) -> Vec<Outcome> {
    if cx.tool != Tool::Select || pointer.button != Button::Primary {
        return Vec::new();
    }
    let grip = grip::clicked(Grip::at(cx, pointer.at), pointer.at, cx);
    if let Some(edit) = bending::without_corner(&grip, cx) {
        return vec![Outcome::Commit(edit)];
    }
    match grip.item().cloned() {
        Some(_) if matches!(grip, Grip::Fold(_)) => Vec::new(),
        // Several flows that run as one have no one name.
        Some(id) if cx.layout.all_of(&id).len() > 1 => Vec::new(),
        Some(id) => vec![Outcome::Select(Selection::one(id.clone())), Outcome::EditLabel(id)],
        None => operation::create_at(Tool::Process, pointer.at, cx),
    }
}
