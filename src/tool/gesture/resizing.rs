//! Resizing a box by its handles, and moving a boundary's frame alone.

use super::{Gesture, Turn};
use crate::edit::{Edit, frame_around};
use crate::geometry::{Point, Rect, Vec2, pt, vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::ground::Ground;
use crate::tool::handle::Handle;
use crate::tool::landing::Crossed;
use crate::tool::operation::{self, size};
use crate::tool::snapping::{Guide, Surroundings};
use crate::tool::{Button, Modifiers, Outcome, Overlay, Pointer, ToolCx};
use std::collections::BTreeSet;

#[derive(Debug)]
pub struct Resizing {
    item: Id,
    /// `None` moves the frame.
    handle: Option<Handle>,
    start: Point,
    rect: Rect,
    least: (f32, f32),
    /// For a boundary: the least frame around its content.
    content: Option<Rect>,
    is_boundary: bool,
    ground: Ground,
    /// Sized by keys: nothing snaps.
    by_keys: bool,
    /// It takes something in.
    takes: bool,
    /// It was to become smaller than what it holds.
    is_full: bool,
    surroundings: Surroundings,
    guides: Vec<Guide>,
}

impl Resizing {
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    pub fn new(item: Id, handle: Handle, start: Point, cx: &ToolCx<'_>) -> Resizing {
        Resizing { handle: Some(handle), ..Resizing::frame(item, start, cx) }
    }

    /// Sized by keys, to the right and downwards.
    pub fn by_keys(item: Id, cx: &ToolCx<'_>) -> Resizing {
        Resizing { by_keys: true, ..Resizing::new(item, Handle { x: 1, y: 1 }, pt(0.0, 0.0), cx) }
    }

    /// How much wider and higher it can really be, of what is asked for.
    pub fn grown(&self, by: Vec2, cx: &ToolCx<'_>) -> Vec2 {
        let rect = self.new_rect(self.pointer(by), cx);
        vec2(rect.w - self.rect.w, rect.h - self.rect.h)
    }

    pub fn edit_by_keys(&self, by: Vec2, cx: &ToolCx<'_>) -> Edit {
        self.edit(self.pointer(by), cx)
    }

    /// Width and height when it has grown by this.
    pub fn size_by_keys(&self, by: Vec2) -> (f32, f32) {
        (self.rect.w + by.x, self.rect.h + by.y)
    }

    /// A pointer that had dragged the corner as far.
    fn pointer(&self, by: Vec2) -> Pointer {
        Pointer { at: self.start + by, button: Button::Primary, modifiers: Modifiers::NONE }
    }

    pub fn frame(item: Id, start: Point, cx: &ToolCx<'_>) -> Resizing {
        let rect = cx.rect_of(&item).unwrap_or_default();
        let kind = cx.layout.boxes.get(&item).map_or(BoxKind::Note, |b| b.kind);
        let inside = cx.model.with_content(&BTreeSet::from([item.clone()]));
        let content = inside.iter().filter(|id| **id != item).filter_map(|id| cx.rect_of(id)).reduce(Rect::union);
        let is_boundary = kind == BoxKind::Boundary;
        Resizing {
            item,
            handle: None,
            start,
            rect,
            least: size::least(kind),
            content: content.filter(|_| is_boundary).map(|content| least_frame(content, rect)),
            is_boundary,
            ground: Ground::of(cx),
            by_keys: false,
            takes: false,
            is_full: false,
            surroundings: Surroundings::of(cx, &inside),
            guides: Vec::new(),
        }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let drawn = self.drawn_rect(pointer, cx);
        let rect = self.around_content(drawn);
        self.guides = match self.handle {
            Some(handle) => self.surroundings.guides_of_handle(rect, handle, cx),
            None => self.surroundings.guides(rect, cx),
        };
        self.takes = !self.captured(rect, pointer.modifiers).is_empty();
        self.is_full = rect != drawn;
        let edit = self.edit(pointer, cx);
        (Gesture::Resizing(self), vec![Outcome::Preview(edit)])
    }

    pub fn words(&self) -> Option<String> {
        self.is_full.then(|| "no smaller than what it holds".to_owned())
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        vec![Outcome::Commit(self.edit(pointer, cx))]
    }

    pub fn overlay(&self) -> Overlay {
        let into = Some(&self.item).filter(|_| self.takes).into_iter().cloned().collect();
        Overlay::Drop(Crossed { into, ..Crossed::default() })
    }

    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    fn edit(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Edit {
        let rect = self.new_rect(pointer, cx);
        let resize = Edit::Resize { diagram: cx.diagram.clone(), item: self.item.clone(), rect };
        let into = self.entered(rect);
        let is_outside =
            self.ground.home(&self.item).is_none() && self.ground.boundary_at(rect.center(), &BTreeSet::new()).is_none();
        if !self.is_boundary && is_outside {
            return resize;
        }
        let mut settled = BTreeSet::from([self.item.clone()]);
        let mut moves: Vec<(Id, Option<Id>)> = Vec::new();
        moves.extend(into.map(|into| (self.item.clone(), Some(into))));
        moves.extend(self.captured(rect, pointer.modifiers).into_iter().map(|id| (id, Some(self.item.clone()))));
        settled.extend(moves.iter().map(|(id, _)| id.clone()));
        settled.extend(self.kept(rect));
        // What is left behind makes way like any other neighbour.
        moves.extend(self.left(rect));
        let settle = Edit::Settle { diagram: cx.diagram.clone(), items: settled };
        let edits = std::iter::once(resize).chain(operation::join(moves, cx)).chain([settle]).collect();
        Edit::Batch { label: "resize".into(), edits }
    }

    fn new_rect(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Rect {
        self.around_content(self.drawn_rect(pointer, cx))
    }

    /// A frame moved alone may leave what it holds.
    fn around_content(&self, rect: Rect) -> Rect {
        self.content.filter(|_| self.handle.is_some()).map_or(rect, |content| rect.union(content))
    }

    /// Whatever it holds.
    fn drawn_rect(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Rect {
        let Some(handle) = self.handle else {
            return self.rect.translate(self.surroundings.shift(self.rect, pointer.at - self.start, pointer.modifiers, cx));
        };
        // The handle is beside the edge it moves: what counts is how far it was dragged.
        let to = handle.on(self.rect) + (pointer.at - self.start);
        let snapping = if self.by_keys { Modifiers::CTRL } else { pointer.modifiers };
        let to = self.surroundings.handle(self.rect, handle, to, snapping, cx);
        handle.drag(self.rect, to, self.least, pointer.modifiers)
    }

    /// The boundary an element grew into, further in than where it belongs. It does not leave by growing.
    fn entered(&self, rect: Rect) -> Option<Id> {
        let home = self.ground.home(&self.item);
        // Nothing is put away by growing over a small box: that steps aside.
        let folded = self.ground.nested().filter(|(_, kind, _)| *kind == BoxKind::Folded).map(|(id, ..)| id.clone());
        let ignoring = folded.chain([self.item.clone()]).collect();
        let into = self.ground.boundary_at(rect.center(), &ignoring).filter(|_| !self.is_boundary)?;
        let further_in = home.is_none_or(|home| self.ground.path(&into).any(|b| b == home));
        let was = self.ground.boundary_at(self.rect.center(), &ignoring);
        (further_in && was.as_ref() != Some(&into)).then_some(into)
    }

    /// Members that a frame moved alone still has in it, if only by half.
    fn kept(&self, rect: Rect) -> Vec<Id> {
        let members = self.ground.nested().filter(|(id, ..)| self.handle.is_none() && self.ground.home(id) == Some(&self.item));
        members.filter(|(_, _, r)| rect.contains(r.center())).map(|(id, ..)| id.clone()).collect()
    }

    /// Members that a frame moved alone leaves behind, and what they belong to then.
    fn left(&self, rect: Rect) -> Vec<(Id, Option<Id>)> {
        if !self.is_boundary || self.handle.is_some() {
            return Vec::new();
        }
        let members = self.ground.nested().filter(|(id, ..)| self.ground.home(id) == Some(&self.item));
        let left = members.filter(|(_, _, r)| self.rect.contains(r.center()) && !rect.contains(r.center()));
        let around = |id: &Id, r: Rect| {
            // Only larger ones, and none of its own content: nothing comes to be around itself.
            let smaller = self
                .ground
                .nested()
                .filter(|(other, _, place)| place.area() <= r.area() || self.ground.path(other).any(|b| b == id));
            let ignoring = smaller.map(|(other, ..)| other).chain([&self.item, id]).cloned().collect();
            self.ground.boundary_at(r.center(), &ignoring)
        };
        left.map(|(id, _, r)| (id.clone(), around(id, r))).collect()
    }

    /// What a boundary newly reaches around and nothing smaller holds: with its middle in it, like what is dropped there.
    fn captured(&self, rect: Rect, modifiers: Modifiers) -> BTreeSet<Id> {
        if !self.is_boundary || modifiers.ctrl {
            return BTreeSet::new();
        }
        let grown_around = |r: Rect| rect.contains(r.center()) && !self.rect.contains(r.center());
        let outside: BTreeSet<&Id> = self.ground.path(&self.item).chain([&self.item]).collect();
        let others = self.ground.nested().filter(|(id, ..)| !outside.contains(id));
        let new = others.filter(|(_, kind, r)| grown_around(*r) && (*kind != BoxKind::Boundary || r.area() < rect.area()));
        let mut held: BTreeSet<Id> = new.map(|(id, ..)| id.clone()).collect();
        let smaller = |id: &Id, ignoring: &BTreeSet<Id>| {
            let by = self.ground.rect(id).and_then(|r| self.ground.boundary_at(r.center(), ignoring));
            by.and_then(|b| self.ground.rect(&b)).is_some_and(|by| by.area() < rect.area())
        };
        let ignoring: BTreeSet<Id> = held.iter().chain([&self.item]).cloned().collect();
        held.retain(|id| !smaller(id, &ignoring));
        // Content of a boundary that joins comes with it.
        self.ground.outermost(&held)
    }
}

/// As near to its content as a seam is drawn by a resize: with room, or as near as it was.
fn least_frame(content: Rect, frame: Rect) -> Rect {
    let room = frame_around(content);
    let (x, y) = (room.x.max(frame.x).min(content.x), room.y.max(frame.y).min(content.y));
    let (right, bottom) = (room.right().min(frame.right()), room.bottom().min(frame.bottom()));
    Rect { x, y, w: right.max(content.right()) - x, h: bottom.max(content.bottom()) - y }
}
