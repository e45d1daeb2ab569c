//! Which boundary holds what. Threat Dragon does not store it; its boxes say it.

use super::cell::{Cell, CellKind};
use super::{Reader, Sheet};
use crate::geometry::Rect;

impl Reader {
    /// Puts every element and box into the smallest box that holds its centre.
    pub(super) fn membership(&mut self, sheet: &Sheet<'_>) {
        let boxes: Vec<(&Cell<'_>, Rect)> =
            sheet.cells.iter().filter(|c| c.kind == CellKind::Box).filter_map(|c| Some((c, c.rect()?))).collect();
        for cell in sheet.cells.iter().filter(|c| c.is_element()) {
            let home = cell.rect().and_then(|r| smallest(&boxes, r, |_| true));
            if let Some(element) = self.import.model.elements.get_mut(&cell.id) {
                element.boundary = home.map(|c| c.id.clone());
            }
        }
        for (index, (cell, inner)) in boxes.iter().enumerate() {
            // A box never holds one of its own size that comes later, so that parents cannot lead in a circle.
            let larger = |other: usize| {
                boxes.get(other).is_some_and(|(_, r)| r.area() > inner.area() || (r.area() == inner.area() && other < index))
            };
            let parent = smallest(&boxes, *inner, larger);
            if let Some(boundary) = self.import.model.boundaries.get_mut(&cell.id) {
                boundary.parent = parent.map(|c| c.id.clone());
            }
        }
    }
}

/// The smallest of the eligible boxes that holds the centre of `inner`; of equals the first.
fn smallest<'a, 'b>(boxes: &[(&'a Cell<'b>, Rect)], inner: Rect, eligible: impl Fn(usize) -> bool) -> Option<&'a Cell<'b>> {
    let around = boxes.iter().enumerate().filter(|(i, (_, r))| eligible(*i) && r.contains(inner.center()));
    around.map(|(_, b)| b).min_by(|(_, a), (_, b)| a.area().total_cmp(&b.area())).map(|(cell, _)| *cell)
}
