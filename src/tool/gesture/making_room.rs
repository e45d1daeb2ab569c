//! Making room: what is right of the press, or below it, is pushed away, or pulled back over empty ground.

use super::{Gesture, Turn};
use crate::geometry::{Point, Vec2};
use crate::tool::room::Room;
use crate::tool::snapping::Axis;
use crate::tool::{Outcome, Overlay, Pointer, ToolCx};

#[derive(Debug)]
pub struct MakingRoom {
    start: Point,
    axis: Axis,
    room: Room,
    by: f32,
}

impl MakingRoom {
    /// False when something it pushes is gone.
    pub fn stands(&self, cx: &ToolCx<'_>) -> bool {
        self.room.stands(cx)
    }

    /// The way it goes at first is the way it keeps.
    pub fn new(start: Point, towards: Point, cx: &ToolCx<'_>) -> MakingRoom {
        let by = towards - start;
        let axis = if by.x.abs() >= by.y.abs() { Axis::X } else { Axis::Y };
        MakingRoom { start, axis, room: Room::new(axis, start, cx), by: 0.0 }
    }

    pub fn moved(mut self, pointer: Pointer, cx: &ToolCx<'_>) -> Turn {
        self.by = self.by(pointer, cx);
        let shown = self.room.edit(self.by, cx).map_or(Outcome::CancelPreview, Outcome::Preview);
        (Gesture::MakingRoom(Box::new(self)), vec![shown])
    }

    pub fn up(self, pointer: Pointer, cx: &ToolCx<'_>) -> Vec<Outcome> {
        vec![self.room.edit(self.by(pointer, cx), cx).map_or(Outcome::CancelPreview, Outcome::Commit)]
    }

    pub fn overlay(&self) -> Overlay {
        let to = self.start + self.axis.with(Vec2::ZERO, self.by);
        Overlay::Room { from: self.start, to, upright: self.axis == Axis::X }
    }

    fn by(&self, pointer: Pointer, cx: &ToolCx<'_>) -> f32 {
        self.room.along(self.axis.of(pointer.at - self.start), cx)
    }
}
