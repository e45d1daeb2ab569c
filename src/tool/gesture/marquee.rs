//! Selecting by a rectangle: drawn to the right it takes what it contains, to the left what it touches.

use super::{Gesture, Turn};
use crate::geometry::{Point, Rect};
use crate::scene::Reach;
use crate::tool::{Outcome, Overlay, Pointer, Selection, ToolCx};

#[derive(Debug)]
pub struct Marquee {
    start: Point,
    at: Point,
    /// Selected before; kept with Shift, restored by Escape.
    before: Selection,
    adds: bool,
}

impl Marquee {
    pub fn new(start: Point, adds: bool, cx: &ToolCx<'_>) -> Marquee {
        Marquee { start, at: start, before: cx.selection.clone(), adds }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.at = pointer.at;
        let select = self.select(cx);
        (Gesture::Marquee(self), vec![select])
    }

    pub fn up(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        self.at = pointer.at;
        vec![self.select(cx)]
    }

    pub fn cancelled(self) -> Vec<Outcome> {
        vec![Outcome::Select(self.before)]
    }

    pub fn overlay(&self) -> Overlay {
        Overlay::Marquee { area: self.area(), touch: self.touches() }
    }

    fn area(&self) -> Rect {
        Rect::from_corners(self.start, self.at)
    }

    fn touches(&self) -> bool {
        self.at.x < self.start.x
    }

    fn select(&self, cx: &ToolCx<'_>) -> Outcome {
        let reach = if self.touches() { Reach::Touch } else { Reach::Contain };
        let mut items = cx.layout.within(self.area(), reach);
        if self.adds {
            items.extend(self.before.items.iter().cloned());
        }
        Outcome::Select(Selection { items, threat: None })
    }
}
