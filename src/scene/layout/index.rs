//! Finds what is near a place without looking at everything.

use super::nearby::Nearby;
use super::{BoundaryCurve, DiagramLayout, FlowLabel, PlacedBox, RoutedFlow};
use crate::geometry::{Point, Rect};
use crate::model::{Id, Mark, Trail};
use std::sync::OnceLock;

/// Extents of everything on a diagram, made when first asked for, and what was replaced so far. It is no part of what a
/// layout says: all are equal, and a copy starts without one, so that it can be changed before it is asked.
#[derive(Default)]
pub(super) struct Index {
    extents: OnceLock<Nearby<Id>>,
    replaced: Trail,
}

impl Clone for Index {
    fn clone(&self) -> Index {
        Index::default()
    }
}

impl PartialEq for Index {
    fn eq(&self, _: &Index) -> bool {
        true
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Index")
    }
}

impl DiagramLayout {
    /// Everything whose extent touches an area, in the order of ids. Extents cover lines, labels and tabs, but not badges,
    /// which hang over by less than [`OVERHANG`].
    pub fn near(&self, area: Rect) -> Vec<&Id> {
        let mut found: Vec<&Id> = self.index.extents.get_or_init(|| self.indexed()).near(area).collect();
        found.sort_unstable();
        found
    }

    /// This moment, to ask later what was replaced since.
    pub fn mark(&self) -> Mark {
        self.index.replaced.mark()
    }

    /// What was replaced since a moment, some things maybe by the same; `None` when the layout is another.
    pub fn replaced_since(&self, mark: &Mark) -> Option<&[Id]> {
        self.index.replaced.since(mark)
    }

    /// Makes what finding needs now, where nobody waits for it.
    pub(super) fn prepare(&self) {
        self.index.extents.get_or_init(|| self.indexed());
    }

    /// Takes the place of another layout that differs here: who looks on sees it as a change of the one.
    pub(super) fn succeed(&mut self, before: &mut DiagramLayout, differing: &[Id]) {
        self.index.replaced = std::mem::take(&mut before.index.replaced);
        differing.iter().for_each(|id| self.note_replaced(id));
    }

    /// Something is another now, or drawn otherwise.
    pub(super) fn note_replaced(&mut self, id: &Id) {
        self.index.replaced.note(id);
    }

    /// Something is elsewhere now. Whoever changes a layout in place tells it.
    pub(super) fn reindex(&mut self, id: &Id, was: Option<Rect>, now: Option<Rect>) {
        self.note_replaced(id);
        let Some(extents) = self.index.extents.get_mut() else { return };
        was.into_iter().for_each(|was| extents.remove(was, id));
        now.into_iter().for_each(|now| extents.add(now, id.clone()));
    }

    fn indexed(&self) -> Nearby<Id> {
        let boxes = self.boxes.iter().map(|(id, b)| (id, b.extent()));
        let flows = self.flows.iter().map(|(id, f)| (id, f.extent()));
        let lines = self.lines.iter().map(|(id, l)| (id, l.extent()));
        boxes.chain(flows).chain(lines).filter_map(|(id, extent)| Some((extent?, id.clone()))).collect()
    }
}

impl PlacedBox {
    /// With its tab.
    pub(super) fn extent(&self) -> Option<Rect> {
        Some(self.tab.map_or(self.rect, |tab| self.rect.union(tab)))
    }
}

impl RoutedFlow {
    /// With its label.
    pub(super) fn extent(&self) -> Option<Rect> {
        around(&self.points).into_iter().chain(self.label.as_ref().map(FlowLabel::bounds)).reduce(Rect::union)
    }
}

impl BoundaryCurve {
    /// With its tab.
    pub(super) fn extent(&self) -> Option<Rect> {
        around(&self.points).into_iter().chain(self.tab).reduce(Rect::union)
    }
}

/// How far drawings reach beyond the extent of what they show, in world units.
pub const OVERHANG: f32 = 64.0;

fn around(points: &[Point]) -> Option<Rect> {
    Rect::around(points.iter().copied())
}
