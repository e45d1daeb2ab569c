//! Moving what is selected. Dropped with its centre in a boundary, a thing becomes a member; moved out, it leaves.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::Id;
use crate::scene::BoxKind;
use crate::tool::clip::Clip;
use crate::tool::operation;
use crate::tool::snapping::{Guide, Surroundings};
use crate::tool::{Outcome, Overlay, Pointer, Selection, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Moving {
    start: Point,
    items: BTreeSet<Id>,
    /// Items and, for boundaries, all they contain; and the copies of them.
    carried: BTreeSet<Id>,
    /// Boxes of the items that may change their boundary, as they were, with the boundary drawn around their centre.
    boxes: BTreeMap<Id, (Rect, Option<Id>)>,
    /// All boxes that are moved together, which keep to guides and grid; `None` when there are none.
    outer: Option<Rect>,
    surroundings: Surroundings,
    guides: Vec<Guide>,
    /// With Alt: a copy is moved instead.
    copy: Option<Copy>,
    drop: Option<Id>,
}

/// What is copied, and the ids the copies get.
#[derive(Debug)]
struct Copy {
    clip: Clip,
    ids: BTreeMap<Id, Id>,
}

impl Moving {
    pub fn new(selection: Selection, start: Point, copies: bool, cx: &mut ToolCx<'_>) -> Moving {
        let items = selection.items;
        let mut carried = cx.model.with_content(&items);
        let joins = |id: &Id, kind: BoxKind| kind != BoxKind::Note && items.contains(id) && !cx.model.is_inside(id, &items);
        let boxes: BTreeMap<_, _> = cx
            .layout
            .boxes
            .iter()
            .filter(|(id, b)| joins(id, b.kind))
            .map(|(id, b)| (id.clone(), (b.rect, cx.layout.boundary_at(b.rect.center(), &carried))))
            .collect();
        let rects = cx.layout.boxes.iter().filter(|(id, _)| items.contains(*id)).map(|(_, b)| b.rect);
        let outer = rects.reduce(Rect::union);
        // What is copied stays, and the copy may stand in line with it.
        let nothing = BTreeSet::new();
        let mut surroundings = Surroundings::of(cx, if copies { &nothing } else { &carried });
        surroundings.for_boundary = carried.iter().any(|id| cx.model.boundaries.contains_key(id));
        let copy =
            copies.then(|| Clip::copy(cx.model, cx.diagram, &items)).map(|clip| Copy { ids: clip.fresh_ids(cx.fresh), clip });
        // During the preview the copies are on the diagram too, and no place to drop themselves into.
        carried.extend(copy.iter().flat_map(|copy| copy.ids.values().cloned()));
        Moving { start, items, carried, boxes, outer, surroundings, guides: Vec::new(), copy, drop: None }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let by = self.by(pointer, cx);
        self.guides = self.outer.map_or_else(Vec::new, |outer| self.surroundings.guides(outer.translate(by), cx));
        self.drop = self.targets(by, cx).into_iter().next().and_then(|(_, into)| into);
        let edit = self.edit(by, cx);
        (Gesture::Moving(Box::new(self)), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let edit = self.edit(self.by(pointer, cx), cx);
        let mut outcomes = vec![Outcome::Commit(edit)];
        if let Some(copy) = self.copy {
            outcomes.push(Outcome::Select(copy.clip.selection(&copy.ids)));
        }
        outcomes
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Drop { into: self.drop.clone() }
    }

    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    fn by(&self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec2 {
        let by = pointer.at - self.start;
        // Shift, pressed after the drag began, keeps to one axis.
        let by = if !pointer.modifiers.shift {
            by
        } else if by.x.abs() >= by.y.abs() {
            Vec2 { y: 0.0, ..by }
        } else {
            Vec2 { x: 0.0, ..by }
        };
        self.outer.map_or(by, |outer| self.surroundings.shift(outer, by, pointer.modifiers, cx))
    }

    /// For every box that may change its boundary: the boundary its centre would be in.
    fn targets(&self, by: Vec2, cx: &ToolCx<'_>) -> Vec<(Id, Option<Id>)> {
        let target = |rect: Rect| cx.layout.boundary_at(rect.translate(by).center(), &self.carried);
        self.boxes.iter().map(|(id, (rect, _))| (id.clone(), target(*rect))).collect()
    }

    fn edit(&self, by: Vec2, cx: &ToolCx<'_>) -> Edit {
        let mut edits = Vec::new();
        match &self.copy {
            Some(copy) => edits.extend(copy.clip.edits(cx.model, cx.diagram, &copy.ids, by)),
            None => edits.push(Edit::Move { diagram: cx.diagram.clone(), items: self.items.clone(), by }),
        }
        // Only what was carried over a seam changes its boundary: a nudge within never does, whatever the picture shows.
        let over_seam = self.targets(by, cx).into_iter().filter(|(id, into)| {
            let before = self.boxes.get(id).map(|(_, before)| before);
            before != Some(into)
        });
        let copied = |id: &Id| self.copy.as_ref().and_then(|copy| copy.ids.get(id).cloned());
        edits.extend(operation::join(over_seam.map(|(id, into)| (copied(&id).unwrap_or(id), into)), cx));
        let label = if self.copy.is_some() { "copy" } else { "move" };
        if edits.len() == 1 && self.copy.is_none() { edits.remove(0) } else { Edit::Batch { label: label.into(), edits } }
    }
}
