//! What stands where when something begins: the ground on which things are dropped.
//!
//! A preview moves seams and strangers. What a thing belongs to is decided by how everything stood before, so that only
//! the place of the release counts, not the way there.

use super::ToolCx;
use crate::geometry::{Point, Rect};
use crate::model::{Id, ThreatModel};
use crate::scene::BoxKind;
use std::collections::{BTreeMap, BTreeSet};

/// The boundary each element and boundary is directly in.
pub type Homes = BTreeMap<Id, Id>;

#[derive(Debug)]
pub struct Ground {
    boxes: BTreeMap<Id, (BoxKind, Rect)>,
    homes: Homes,
    /// How many places the model had.
    placed: usize,
}

impl Ground {
    pub fn of(cx: &ToolCx<'_>) -> Ground {
        let boxes = cx.layout.boxes.iter().map(|(id, b)| (id.clone(), (b.kind, b.rect))).collect();
        Ground { boxes, homes: homes(cx.model), placed: cx.model.placements.len() }
    }

    /// Previews add places and take none away: where there are fewer now, something of this was undone.
    pub fn stands(&self, cx: &ToolCx<'_>) -> bool {
        cx.model.placements.len() >= self.placed
    }

    /// Elements and closed boundaries.
    pub fn nested(&self) -> impl Iterator<Item = (&Id, BoxKind, Rect)> {
        self.boxes.iter().filter(|(_, (kind, _))| *kind != BoxKind::Note).map(|(id, (kind, rect))| (id, *kind, *rect))
    }

    pub fn rect(&self, id: &Id) -> Option<Rect> {
        self.boxes.get(id).map(|(_, rect)| *rect)
    }

    /// The innermost closed boundary around a point, leaving some out.
    pub fn boundary_at(&self, p: Point, ignoring: &BTreeSet<Id>) -> Option<Id> {
        let boundaries = self.nested().filter(|(_, kind, _)| matches!(kind, BoxKind::Boundary | BoxKind::Folded));
        let around = boundaries.filter(|(id, ..)| !ignoring.contains(*id)).filter(|(_, _, rect)| rect.contains(p));
        innermost(around.map(|(id, _, rect)| (id, rect))).cloned()
    }

    /// The innermost frame around all of a line.
    pub fn frame_around(&self, line: Rect) -> Option<Id> {
        let frames = self.nested().filter(|(_, kind, rect)| *kind == BoxKind::Boundary && rect.contains_rect(line));
        innermost(frames.map(|(id, _, rect)| (id, rect))).cloned()
    }

    /// The boundaries around an item, innermost first, whether drawn or not.
    pub fn path<'a>(&'a self, id: &Id) -> impl Iterator<Item = &'a Id> {
        std::iter::successors(self.homes.get(id), |b| self.homes.get(*b)).take(self.homes.len())
    }

    /// The innermost drawn boundary an item belongs to.
    pub fn home(&self, id: &Id) -> Option<&Id> {
        self.path(id).find(|b| self.boxes.contains_key(*b))
    }

    /// What is dropped on a collapsed boundary is put away inside.
    pub fn is_collapsed(&self, id: &Id) -> bool {
        self.boxes.get(id).is_some_and(|(kind, _)| *kind == BoxKind::Folded)
    }

    /// Those of a set that are in no other of it.
    pub fn outermost(&self, set: &BTreeSet<Id>) -> BTreeSet<Id> {
        set.iter().filter(|id| !self.path(id).any(|b| set.contains(b))).cloned().collect()
    }
}

/// Of boundaries around the same place the smallest.
pub fn innermost<'a>(around: impl Iterator<Item = (&'a Id, Rect)>) -> Option<&'a Id> {
    around.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(id, _)| id)
}

fn homes(model: &ThreatModel) -> Homes {
    let elements = model.elements.iter().filter_map(|(id, e)| Some((id.clone(), e.boundary.clone()?)));
    let boundaries = model.boundaries.iter().filter_map(|(id, b)| Some((id.clone(), b.parent.clone()?)));
    elements.chain(boundaries).collect()
}
