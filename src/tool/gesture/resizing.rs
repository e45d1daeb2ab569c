//! Resizing a box by its handles, and moving a boundary's frame alone.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::handle::Handle;
use crate::tool::operation::size;
use crate::tool::snapping::{Guide, Surroundings};
use crate::tool::{Outcome, Pointer, ToolCx};
use std::collections::BTreeSet;

#[derive(Debug)]
pub struct Resizing {
    item: Id,
    /// `None` moves the frame.
    handle: Option<Handle>,
    start: Point,
    rect: Rect,
    least: (f32, f32),
    /// For a boundary: the boxes of its content, which it keeps inside.
    content: Option<Rect>,
    is_boundary: bool,
    surroundings: Surroundings,
    guides: Vec<Guide>,
}

/// Room kept between a boundary's seam and its content when it is resized.
const PADDING: f32 = 8.0;

impl Resizing {
    pub fn new(item: Id, handle: Handle, start: Point, cx: &ToolCx<'_>) -> Resizing {
        Resizing { handle: Some(handle), ..Resizing::frame(item, start, cx) }
    }

    pub fn frame(item: Id, start: Point, cx: &ToolCx<'_>) -> Resizing {
        let rect = cx.rect_of(&item).unwrap_or_default();
        let kind = cx.layout.boxes.get(&item).map_or(BoxKind::Note, |b| b.kind);
        let inside = cx.model.with_content(&BTreeSet::from([item.clone()]));
        let content = inside.iter().filter(|id| **id != item).filter_map(|id| cx.rect_of(id)).reduce(Rect::union);
        let is_boundary = kind == BoxKind::Boundary;
        let surroundings = Surroundings::of(cx, &inside);
        Resizing {
            item,
            handle: None,
            start,
            rect,
            least: size::least(kind),
            content: content.filter(|_| is_boundary),
            is_boundary,
            surroundings,
            guides: Vec::new(),
        }
    }

    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let rect = self.new_rect(pointer, cx);
        self.guides = match self.handle {
            Some(handle) => self.surroundings.guides_of_handle(rect, handle, cx),
            None => self.surroundings.guides(rect, cx),
        };
        let edit = self.edit(pointer, cx);
        (Gesture::Resizing(self), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        vec![Outcome::Commit(self.edit(pointer, cx))]
    }

    fn edit(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Edit {
        let rect = self.new_rect(pointer, cx);
        let resize = Edit::Resize { diagram: cx.diagram.clone(), item: self.item.clone(), rect };
        let captured = if pointer.modifiers.ctrl { BTreeSet::new() } else { self.captured(rect, cx) };
        if captured.is_empty() {
            return resize;
        }
        let join = Edit::Reparent { items: captured, into: Some(self.item.clone()) };
        Edit::Batch { label: "resize".into(), edits: vec![resize, join] }
    }

    fn new_rect(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Rect {
        let Some(handle) = self.handle else {
            return self.rect.translate(self.surroundings.shift(self.rect, pointer.at - self.start, pointer.modifiers, cx));
        };
        // The handle is beside the edge it moves: what counts is how far it was dragged.
        let to = handle.on(self.rect) + (pointer.at - self.start);
        let to = self.surroundings.handle(self.rect, handle, to, pointer.modifiers, cx);
        let rect = handle.drag(self.rect, to, self.least, pointer.modifiers);
        self.content.map_or(rect, |content| rect.union(content.expand(PADDING)))
    }

    /// What a boundary newly grew around and nothing smaller holds.
    fn captured(&self, rect: Rect, cx: &ToolCx<'_>) -> BTreeSet<Id> {
        if !self.is_boundary || self.handle.is_none() {
            return BTreeSet::new();
        }
        let grown_around = |r: Rect, whole: bool| {
            let inside = |outer: Rect| if whole { outer.contains_rect(r) } else { outer.contains(r.center()) };
            inside(rect) && !inside(self.rect)
        };
        let outside = cx.model.boundary_path(&self.item);
        let boxes = cx.layout.boxes.iter().filter(|(id, b)| b.kind != BoxKind::Note && !outside.contains(id));
        let new = boxes.filter(|(_, b)| grown_around(b.rect, b.kind == BoxKind::Boundary)).map(|(id, _)| id.clone());
        let mut held: BTreeSet<Id> = new.collect();
        let smaller = |id: &Id, ignoring: &BTreeSet<Id>| {
            let by = cx.rect_of(id).and_then(|r| cx.layout.boundary_at(r.center(), ignoring)).and_then(|b| cx.rect_of(&b));
            by.is_some_and(|by| by.area() < rect.area())
        };
        let ignoring: BTreeSet<Id> = held.iter().chain([&self.item]).cloned().collect();
        held.retain(|id| !smaller(id, &ignoring));
        // Content of a boundary that joins comes with it.
        held.iter().filter(|id| !cx.model.is_inside(id, &held)).cloned().collect()
    }
}
