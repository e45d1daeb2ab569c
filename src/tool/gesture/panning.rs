//! Dragging the view: the world point taken hold of stays under the pointer.

use super::{Gesture, Turn};
use crate::geometry::Point;
use crate::tool::{Outcome, Pointer};

#[derive(Debug)]
pub struct Panning {
    pub grabbed: Point,
}

impl Panning {
    pub fn moved(self, pointer: Pointer) -> Turn {
        let by = self.grabbed - pointer.at;
        (Gesture::Panning(self), vec![Outcome::Pan(by)])
    }
}
