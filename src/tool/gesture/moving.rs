//! Moving what is selected. Dropped with its centre in a boundary, a thing becomes a member; moved out, it leaves.

use super::{Gesture, Turn};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::Id;
use crate::tool::clip::Clip;
use crate::tool::ground::Ground;
use crate::tool::landing::{Crossed, Landing};
use crate::tool::operation;
use crate::tool::snapping::{Guide, Surroundings};
use crate::tool::splitting::Splitting;
use crate::tool::{Modifiers, Outcome, Overlay, Pointer, Selection, ToolCx};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Moving {
    start: Point,
    items: BTreeSet<Id>,
    landing: Landing,
    /// All boxes that are moved together, which keep to guides and grid; `None` when there are none.
    outer: Option<Rect>,
    surroundings: Surroundings,
    guides: Vec<Guide>,
    /// For one element: the flows it may be put into, and that it would be.
    splitting: Option<(Splitting, Rect)>,
    split: Option<Id>,
    /// With Alt: a copy is moved instead.
    copy: Option<Copy>,
    crossed: Crossed,
    /// What it is when Alt is pressed, or let go of, on the way; `None` where Alt means something else.
    other: Option<Box<Moving>>,
}

/// What is copied, and the ids the copies get.
#[derive(Debug)]
struct Copy {
    clip: Clip,
    ids: BTreeMap<Id, Id>,
}

impl Moving {
    pub fn ground(&self) -> &Ground {
        self.landing.ground()
    }

    pub fn new(selection: Selection, start: Point, copies: bool, cx: &mut ToolCx<'_>) -> Moving {
        let items: BTreeSet<Id> = selection.items.into_iter().filter(|id| copies || !cx.is_locked(id)).collect();
        let landing = Landing::of(&items, cx);
        let rects = cx.layout.boxes.iter().filter(|(id, _)| items.contains(*id)).map(|(_, b)| b.rect);
        let outer = rects.reduce(Rect::union);
        // What is copied stays, and the copy may stand in line with it.
        let carried = cx.model.with_content(&items);
        let mut surroundings = Surroundings::of(cx, if copies { const { &BTreeSet::new() } } else { &carried });
        surroundings.for_boundary = carried.iter().any(|id| cx.model.boundaries.contains_key(id));
        let copy =
            copies.then(|| Clip::copy(cx.model, cx.diagram, &items)).map(|clip| Copy { ids: clip.fresh_ids(cx.fresh), clip });
        let alone = items.iter().next().filter(|id| items.len() == 1 && !copies && cx.is_element(id)).cloned();
        let splitting = alone.zip(outer).map(|(id, rect)| (Splitting::of(id, cx), rect));
        Moving {
            splitting,
            split: None,
            start,
            items,
            landing,
            outer,
            surroundings,
            guides: Vec::new(),
            copy,
            crossed: Crossed::default(),
            other: None,
        }
    }

    /// One that becomes a copy, or none, with Alt on the way.
    pub fn either(selection: Selection, start: Point, copies: bool, cx: &mut ToolCx<'_>) -> Moving {
        let other = Some(Box::new(Moving::new(selection.clone(), start, !copies, cx)));
        Moving { other, ..Moving::new(selection, start, copies, cx) }
    }

    pub fn may_copy(&self) -> bool {
        self.other.is_some()
    }

    /// What it is while Alt is held or not.
    pub fn with(mut self, modifiers: Modifiers) -> Moving {
        match self.other.take() {
            Some(other) if other.copy.is_some() == modifiers.alt => Moving { other: Some(Box::new(self)), ..*other },
            other => Moving { other, ..self },
        }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        let by = self.by(pointer, cx);
        self.guides = self.outer.map_or_else(Vec::new, |outer| self.surroundings.guides(outer.translate(by), cx));
        self.crossed = self.landing.crossed(by);
        if self.copy.is_some() {
            // The original stays where it is.
            self.crossed.out_of.clear();
        }
        let over = self.splitting.as_ref().and_then(|(s, rect)| s.flow_at(rect.translate(by), pointer.modifiers, cx));
        self.split = over.cloned();
        let edit = self.edit(by, pointer.modifiers, false, cx);
        (Gesture::Moving(Box::new(self)), vec![Outcome::Preview(edit)])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        let by = self.by(pointer, cx);
        let edit = self.edit(by + self.further(by, pointer.modifiers, cx), pointer.modifiers, true, cx);
        let mut outcomes = vec![Outcome::Commit(edit)];
        if let Some(copy) = self.copy {
            outcomes.push(Outcome::Select(copy.clip.selection(&copy.ids)));
        }
        outcomes
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Drop(self.crossed.clone())
    }

    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// The flow it would be put into.
    pub fn splits(&self) -> Option<&Id> {
        self.split.as_ref()
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

    /// How much further it goes, let go of, to lie across no seam; with Ctrl it stays exactly there. What is put into a flow
    /// is put into the same one.
    fn further(&self, by: Vec2, modifiers: Modifiers, cx: &ToolCx<'_>) -> Vec2 {
        if modifiers.ctrl {
            return Vec2::ZERO;
        }
        let flow = |by: Vec2| self.splitting.as_ref().and_then(|(s, rect)| s.flow_at(rect.translate(by), modifiers, cx));
        // With Shift it keeps to its one direction.
        let is_astray = |way: Vec2| modifiers.shift && if by.x == 0.0 { way.x != 0.0 } else { way.y != 0.0 };
        let accepts = |way: Vec2| !is_astray(way) && flow(by + way) == flow(by);
        self.landing.further(by, self.copy.is_some(), accepts, cx)
    }

    fn edit(&self, by: Vec2, modifiers: Modifiers, at_rest: bool, cx: &ToolCx<'_>) -> Edit {
        let (mut label, mut edits) = match &self.copy {
            Some(copy) => {
                let folded = operation::fold_copies(&copy.ids, cx);
                ("copy", copy.clip.edits(cx.model, cx.diagram, &copy.ids, by).into_iter().chain(folded).collect())
            }
            None => ("move", vec![Edit::Move { diagram: cx.diagram.clone(), items: self.items.clone(), by }]),
        };
        let copied = |id: &Id| self.copy.as_ref().and_then(|copy| copy.ids.get(id)).unwrap_or(id).clone();
        edits.extend(self.landing.edits(by, &copied, at_rest, cx));
        if let Some((splitting, rect)) = &self.splitting {
            let split = splitting.edits(rect.translate(by), modifiers, cx);
            label = if split.is_empty() { label } else { operation::PUT_INTO_FLOW };
            edits.extend(split);
        }
        if edits.len() == 1 && self.copy.is_none() { edits.remove(0) } else { Edit::Batch { label: label.into(), edits } }
    }
}
