//! Which boundary holds what, for formats that do not store it: their boxes say it.

use crate::geometry::Rect;
use crate::model::{Id, ThreatModel};

/// A drawn box with its place among the others.
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

/// Puts every element and box of one diagram into the smallest box that holds its centre; of equals, the first.
pub(super) fn nest(model: &mut ThreatModel, elements: &[(Id, Rect)], boxes: &[(Id, Rect)]) {
    let mut frames: Vec<Frame<'_>> =
        boxes.iter().enumerate().map(|(index, (id, rect))| Frame { id, rect: *rect, index }).collect();
    frames.sort_by(|a, b| a.rect.area().total_cmp(&b.rect.area()).then(a.index.cmp(&b.index)));
    for (id, rect) in elements {
        let home = frames.iter().find(|b| b.rect.contains(rect.center()));
        if let Some(element) = model.elements.get_mut(id) {
            element.boundary = home.map(|b| b.id.clone());
        }
    }
    for inner in &frames {
        let smaller = frames.partition_point(|b| b.rect.area() < inner.rect.area());
        let mut around = frames.iter().skip(smaller).filter(|b| b.may_hold(inner));
        let parent = around.find(|b| b.rect.contains(inner.rect.center()));
        if let Some(boundary) = model.boundaries.get_mut(inner.id) {
            boundary.parent = parent.map(|b| b.id.clone());
        }
    }
}
