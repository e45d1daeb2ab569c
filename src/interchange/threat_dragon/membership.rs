//! Which boundary holds what. Threat Dragon does not store it; its boxes say it.

use super::cell::CellKind;
use super::{Reader, Sheet};
use crate::geometry::Rect;
use crate::model::Id;

/// A drawn box with its place among the cells.
struct Frame<'a> {
    id: &'a Id,
    rect: Rect,
    index: usize,
}

impl Frame<'_> {
    /// A box never holds one of its own size that comes later, so that parents cannot lead in a circle.
    fn may_hold(&self, inner: &Frame<'_>) -> bool {
        self.rect.area() > inner.rect.area() || self.index < inner.index
    }
}

impl Reader {
    /// Puts every element and box into the smallest box that holds its centre; of equals, the first.
    pub(super) fn membership(&mut self, sheet: &Sheet<'_>) {
        let boxes = sheet.cells.iter().enumerate().filter(|(_, c)| c.kind == CellKind::Box);
        let mut boxes: Vec<Frame<'_>> =
            boxes.filter_map(|(index, c)| Some(Frame { id: &c.id, rect: c.rect()?, index })).collect();
        boxes.sort_by(|a, b| a.rect.area().total_cmp(&b.rect.area()).then(a.index.cmp(&b.index)));
        for cell in sheet.cells.iter().filter(|c| c.is_element()) {
            let home = cell.rect().and_then(|r| boxes.iter().find(|b| b.rect.contains(r.center())));
            if let Some(element) = self.import.model.elements.get_mut(&cell.id) {
                element.boundary = home.map(|b| b.id.clone());
            }
        }
        for inner in &boxes {
            let smaller = boxes.partition_point(|b| b.rect.area() < inner.rect.area());
            let mut around = boxes.iter().skip(smaller).filter(|b| b.may_hold(inner));
            let parent = around.find(|b| b.rect.contains(inner.rect.center()));
            if let Some(boundary) = self.import.model.boundaries.get_mut(inner.id) {
                boundary.parent = parent.map(|b| b.id.clone());
            }
        }
    }
}
