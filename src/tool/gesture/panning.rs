//! Dragging the view: the world point taken hold of stays under the pointer.

use super::{Gesture, Turn};
use crate::geometry::Point;
use crate::tool::{Button, Outcome, Pointer};

#[derive(Debug)]
pub struct Panning {
    pub grabbed: Point,
    /// The button that ends it.
    pub button: Button,
}

impl Panning {
    pub fn moved(self, pointer: Pointer) -> Turn {
        let by = self.grabbed - pointer.at;
        (Gesture::Panning(self), vec![Outcome::Pan(by)])
    }
}
