//! Moving what is selected. Dropped with its centre in a boundary, a thing becomes a member; moved out, it leaves.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Id, ThreatModel};
use crate::scene::BoxKind;
use crate::tool::clip::Clip;
use crate::tool::context::snap_by;
use crate::tool::{Modifiers, Outcome, Overlay, Pointer, Selection, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Moving {
    start: Point,
    items: BTreeSet<Id>,
    /// Items and, for boundaries, all they contain.
    carried: BTreeSet<Id>,
    /// Boxes of the items that may change their boundary, as they were, with the boundary drawn around their centre.
    boxes: BTreeMap<Id, (Rect, Option<Id>)>,
    /// The corner that is put on the grid.
    origin: Option<Point>,
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
        let carried = with_content(cx.model, &items);
        let joins = |id: &Id, kind: BoxKind| kind != BoxKind::Note && items.contains(id) && !is_inside(cx.model, id, &items);
        let boxes: BTreeMap<_, _> = cx
            .layout
            .boxes
            .iter()
            .filter(|(id, b)| joins(id, b.kind))
            .map(|(id, b)| (id.clone(), (b.rect, cx.layout.boundary_at(b.rect.center(), &carried))))
            .collect();
        let rects = cx.layout.boxes.iter().filter(|(id, _)| items.contains(*id)).map(|(_, b)| b.rect);
        let origin = rects.reduce(Rect::union).map(Rect::min);
        let copy =
            copies.then(|| Clip::copy(cx.model, cx.diagram, &items)).map(|clip| Copy { ids: clip.fresh_ids(cx.fresh), clip });
        Moving { start, items, carried, boxes, origin, copy, drop: None }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let by = self.by(pointer);
        self.drop = self.targets(by, cx).into_iter().next().and_then(|(_, into)| into);
        let edit = self.edit(by, cx);
        (Gesture::Moving(self), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let edit = self.edit(self.by(pointer), cx);
        let mut outcomes = vec![Outcome::Commit(edit)];
        if let Some(copy) = self.copy {
            outcomes.push(Outcome::Select(copy.clip.selection(&copy.ids)));
        }
        outcomes
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Drop { into: self.drop.clone() }
    }

    fn by(&self, pointer: Pointer) -> Vec2 {
        let by = pointer.at - self.start;
        // Shift, pressed after the drag began, keeps to one axis.
        let by = if !pointer.modifiers.shift {
            by
        } else if by.x.abs() >= by.y.abs() {
            Vec2 { y: 0.0, ..by }
        } else {
            Vec2 { x: 0.0, ..by }
        };
        let grid = Modifiers { ctrl: pointer.modifiers.ctrl, ..Modifiers::NONE };
        self.origin.map_or(by, |origin| snap_by(origin, by, grid))
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
            None => edits.push(Edit::Move { diagram: cx.diagram.clone(), items: self.items.clone(), by, into: None }),
        }
        // Only what was carried over a seam changes its boundary: a nudge within never does, whatever the picture shows.
        let mut groups: BTreeMap<Option<Id>, BTreeSet<Id>> = BTreeMap::new();
        for (id, into) in self.targets(by, cx) {
            if self.boxes.get(&id).is_some_and(|(_, before)| *before != into) {
                let id = self.copy.as_ref().and_then(|copy| copy.ids.get(&id).cloned()).unwrap_or(id);
                groups.entry(into).or_default().insert(id);
            }
        }
        edits.extend(groups.into_iter().map(|(into, items)| Edit::Reparent { items, into }));
        let label = if self.copy.is_some() { "copy" } else { "move" };
        if edits.len() == 1 && self.copy.is_none() { edits.remove(0) } else { Edit::Batch { label: label.into(), edits } }
    }
}

/// The items and everything inside the boundaries among them.
pub(in crate::tool) fn with_content(model: &ThreatModel, items: &BTreeSet<Id>) -> BTreeSet<Id> {
    let inner = model.boundaries.keys().chain(model.elements.keys()).filter(|id| is_inside(model, id, items));
    items.iter().chain(inner).cloned().collect()
}

/// True when one of the boundaries in `items` contains it, at any depth.
pub(in crate::tool) fn is_inside(model: &ThreatModel, id: &Id, items: &BTreeSet<Id>) -> bool {
    let path = match model.boundaries.get(id) {
        Some(b) => b.parent.as_ref().map_or_else(Vec::new, |p| model.boundary_path(p)),
        None => model.boundary_chain(id),
    };
    path.iter().any(|b| items.contains(b))
}
