//! Drawing a flow: from an element to another, or to empty canvas for a new process there.

use super::anchoring::{Anchoring, spot};
use super::{Gesture, Turn, done};
use crate::edit::Edit;
use crate::geometry::{Point, Vec2};
use crate::model::{Attach, Flow, Id, Route};
use crate::scene::BoxKind;
use crate::tool::grip::End;
use crate::tool::ground::Ground;
use crate::tool::operation::{self, size};
use crate::tool::seams::Seams;
use crate::tool::{Button, KeyPress, Modifiers, Outcome, Overlay, Pointer, Selection, Tool, ToolCx};
use std::collections::BTreeSet;

#[derive(Debug)]
pub struct Connecting {
    flow: Id,
    /// For a process made at the end.
    process: Id,
    from: Option<Id>,
    start: Point,
    at: Point,
    target: Option<Id>,
    /// Where the anchor of the rubber line is.
    anchor: Point,
    moved: bool,
    /// No button is held: the next click ends it.
    follows: bool,
    /// Begun by a key or a button: no click of its own said where yet.
    by_key: bool,
    /// The element on which a button went down since, and how: dragged off it, the flow is one from there.
    pressed: Option<(Id, Pointer)>,
    /// It has been outside of where it began, so that coming back means a flow to itself.
    left: bool,
    /// Where it leaves its source.
    leaves: Attach,
    anchoring: Anchoring,
    /// Where it ends at its target.
    ends: Attach,
    modifiers: Modifiers,
}

impl Connecting {
    pub fn from(&self) -> Option<&Id> {
        self.from.as_ref()
    }

    pub fn new(from: Option<Id>, start: Point, cx: &mut ToolCx<'_>) -> Connecting {
        let anchor = from.as_ref().and_then(|id| cx.layout.outline_anchor(id, start)).unwrap_or(start);
        Connecting {
            flow: (cx.fresh)(),
            process: (cx.fresh)(),
            from,
            start,
            at: start,
            target: None,
            anchor,
            moved: false,
            follows: false,
            by_key: false,
            pressed: None,
            left: false,
            leaves: Attach::Auto,
            anchoring: Anchoring::default(),
            ends: Attach::Auto,
            modifiers: Modifiers::NONE,
        }
    }

    /// Pressed with Alt, it leaves exactly from there.
    pub fn pressed_with(mut self, modifiers: Modifiers, cx: &ToolCx<'_>) -> Connecting {
        let source = self.from.as_ref().filter(|_| modifiers.alt).and_then(|id| cx.rect_of(id));
        self.leaves = source.map_or(Attach::Auto, |rect| Attach::At(spot(rect, self.start, cx)));
        self
    }

    /// A flow begun by key at the element under the pointer; it follows the pointer until the next click.
    pub fn from_hovered(press: KeyPress, cx: &mut ToolCx<'_>) -> Option<Connecting> {
        let at = press.pointer?;
        let from = cx.element_at(at)?;
        Some(Connecting::following(from, at, cx))
    }

    /// One that follows the pointer until the next click.
    pub fn following(from: Id, start: Point, cx: &mut ToolCx<'_>) -> Connecting {
        Connecting { follows: true, by_key: true, ..Connecting::new(Some(from), start, cx) }
    }

    pub fn hints(&self) -> &'static [(&'static str, &'static str)] {
        if self.follows {
            return &[
                ("Click", "the element it leads to, or nothing for a new process"),
                ("Ctrl", "leave the end loose"),
                ("Esc", "never mind"),
            ];
        }
        &[
            ("Drop", "on an element, or on nothing for a new process"),
            ("Alt", "exactly here, as resting at its edge does"),
            ("Ctrl", "leave the end loose"),
        ]
    }

    /// A button goes down while it follows the pointer: a click that ends it, or a drag that says another source.
    pub fn down(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Connecting {
        let may_be_dragged = self.by_key && pointer.button == Button::Primary;
        let pressed = cx.element_at(pointer.at).filter(|id| may_be_dragged && self.from.as_ref() != Some(id));
        self.pressed = pressed.map(|id| (id, pointer));
        self
    }

    pub fn moved(mut self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        let left =
            |(id, press): &(Id, Pointer)| cx.is_drag(press.at, pointer.at) && cx.element_at(pointer.at).as_ref() != Some(id);
        if let Some((id, press)) = self.pressed.take_if(|pressed| left(pressed)) {
            let anew = Connecting::new(Some(id), press.at, cx).pressed_with(press.modifiers, cx);
            let (gesture, outcomes) = anew.moved(pointer, cx);
            return (gesture, [vec![Outcome::CancelPreview], outcomes].concat());
        }
        self.moved |= cx.is_drag(self.start, pointer.at);
        self.at = pointer.at;
        self.anchor = self.from.as_ref().and_then(|id| cx.layout.outline_anchor(id, pointer.at)).unwrap_or(self.start);
        self.modifiers = pointer.modifiers;
        let before = (self.target.clone(), self.ends);
        let target = cx.element_at(pointer.at).filter(|id| *id != self.process);
        let source = self.from.as_ref().and_then(|id| cx.rect_of(id));
        self.left |= source.is_some_and(|r| !r.expand(2.0 * cx.reach()).contains(pointer.at));
        let target = target.filter(|id| self.left || self.from.as_ref() != Some(id));
        self.target = target.filter(|_| !pointer.modifiers.ctrl);
        self.anchoring.moved(self.target.as_ref(), pointer.at, cx);
        self.ends = self.anchoring.attach(pointer.at, pointer.modifiers, cx);
        let outcomes = if before == (self.target.clone(), self.ends) { Vec::new() } else { vec![self.shown(cx)] };
        (Gesture::Connecting(self), outcomes)
    }

    pub fn waited(mut self, seconds: f32, cx: &ToolCx<'_>) -> Turn {
        let exact = self.anchoring.waited(seconds);
        self.ends = self.anchoring.attach(self.at, self.modifiers, cx);
        let outcomes = if exact { vec![self.shown(cx)] } else { Vec::new() };
        (Gesture::Connecting(self), outcomes)
    }

    pub fn is_waiting(&self) -> bool {
        self.anchoring.is_waiting()
    }

    /// The flow and its end in hand, while that is at an element.
    pub fn attaching(&self) -> Option<(&Id, End)> {
        self.target.as_ref().map(|_| (&self.flow, End::To))
    }

    fn shown(&self, cx: &ToolCx<'_>) -> Outcome {
        let to = self.target.clone();
        to.map_or(Outcome::CancelPreview, |to| Outcome::Preview(self.connect(Some(to), self.ends, cx)))
    }

    pub fn up(self, pointer: Pointer, cx: &mut ToolCx<'_>) -> Turn {
        let (turn, mut outcomes) = self.moved(pointer, cx);
        let Gesture::Connecting(mut me) = turn else { return done(outcomes) };
        let is_back = me.from.is_some() && cx.element_at(pointer.at) == me.from;
        if me.by_key && is_back {
            // A click of its own on where it began: a flow from the element to itself.
            me.target = me.from.clone();
            outcomes.extend(me.finish(pointer.modifiers, cx));
            return done(outcomes);
        }
        if (is_back && !me.left) || !me.moved {
            // Released where it began: follows the pointer until the next click.
            let keep = me.from.is_some() && !me.moved;
            let next = if keep { Gesture::Connecting(Connecting { follows: true, ..me }) } else { Gesture::Idle };
            return (next, outcomes);
        }
        outcomes.extend(me.finish(pointer.modifiers, cx));
        done(outcomes)
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Rubber { from: self.anchor, to: self.at, source: self.from.clone(), target: self.target.clone() }
    }

    fn finish(self, modifiers: Modifiers, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let tag = operation::birth(&self.flow);
        let flow = self.flow.clone();
        if let Some(to) = &self.target {
            let edit = self.connect(Some(to.clone()), self.ends, cx);
            return open(edit, tag, flow.clone(), flow);
        }
        if modifiers.ctrl {
            return open(self.connect(None, Attach::Loose(self.at), cx), tag, flow.clone(), flow);
        }
        let on_note = cx.layout.boxes.values().any(|b| b.kind == BoxKind::Note && b.rect.contains(self.at));
        if self.from.is_none() || on_note {
            return vec![Outcome::CancelPreview];
        }
        let rect = size::around(Tool::Process, self.at, modifiers, cx);
        let (ground, new) = (Ground::of(cx), BTreeSet::from([self.process.clone()]));
        let further = Seams::of(&ground, &new).ways_clear(rect).first().copied().unwrap_or(Vec2::ZERO);
        let rect = rect.translate(further);
        let Some(add) = operation::add_on(&ground, Tool::Process, self.process.clone(), rect, true, cx) else {
            return vec![Outcome::CancelPreview];
        };
        let connect = self.connect(Some(self.process.clone()), Attach::Auto, cx);
        let edit = Edit::Batch { label: "add process and data flow".into(), edits: vec![add, connect] };
        open(edit, operation::birth(&self.process), self.process.clone(), self.process)
    }

    fn connect(&self, to: Option<Id>, end: Attach, cx: &ToolCx<'_>) -> Edit {
        let start = if self.from.is_some() { self.leaves } else { Attach::Loose(self.start) };
        let flow = Flow { from: self.from.clone(), to, ..Flow::default() };
        let route = Route { start, end, ..cx.model.new_route(cx.diagram, &self.flow) };
        Edit::Connect { id: self.flow.clone(), flow, diagram: cx.diagram.clone(), route }
    }
}

/// Commits, selects one thing, and opens the label of one.
fn open(edit: Edit, tag: String, select: Id, label: Id) -> Vec<Outcome> {
    vec![Outcome::CommitMerged(edit, tag), Outcome::Select(Selection::one(select)), Outcome::ToolDone, Outcome::EditLabel(label)]
}
