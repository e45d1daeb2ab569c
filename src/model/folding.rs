//! Collapsed boundaries: what is hidden on a diagram, and what stands for it.

use super::{Id, ThreatModel};
use crate::geometry::{Rect, rect};

/// Width and height of the box a collapsed boundary is drawn as, at the top left corner of its frame.
pub const FOLDED: (f32, f32) = (184.0, 64.0);

impl ThreatModel {
    /// True when the boundary is drawn on the diagram as a closed box, and collapsed.
    pub fn is_collapsed(&self, diagram: &Id, boundary: &Id) -> bool {
        let marked = self.diagrams.get(diagram).is_some_and(|d| d.collapsed.contains(boundary));
        marked && self.boundaries.contains_key(boundary) && self.rect_of(diagram, boundary).is_some()
    }

    /// The outermost collapsed boundary around an element or boundary: what is seen in its place on the diagram.
    pub fn hidden_by(&self, diagram: &Id, item: &Id) -> Option<Id> {
        if self.diagrams.get(diagram).is_none_or(|d| d.collapsed.is_empty()) {
            return None;
        }
        self.boundaries_around(item).into_iter().rev().find(|b| self.is_collapsed(diagram, b))
    }

    /// The box of an item as it stands among others on the diagram: small for a collapsed boundary. What a collapsed
    /// boundary around it hides keeps its box.
    pub fn outer_rect(&self, diagram: &Id, item: &Id) -> Option<Rect> {
        let frame = self.rect_of(diagram, item)?;
        let folded = rect(frame.x, frame.y, FOLDED.0, FOLDED.1);
        Some(if self.is_collapsed(diagram, item) { folded } else { frame })
    }

    /// The innermost boundary around an element or boundary that is drawn on the diagram as a closed box.
    pub fn home_on(&self, diagram: &Id, item: &Id) -> Option<Id> {
        self.boundaries_around(item).into_iter().find(|b| self.rect_of(diagram, b).is_some())
    }
}
