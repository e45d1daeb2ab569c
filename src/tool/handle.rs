//! Handles around a selected box, for resizing and for drawing flows.

use super::{Direction, Modifiers};
use crate::geometry::{Point, Rect, pt};

/// The selection outline runs this many pixels outside the box.
pub const OUTLINE_OFFSET: f32 = 4.0;

/// The edges a resize moves: −1 left or top, +1 right or bottom, 0 none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    pub x: i8,
    pub y: i8,
}

impl Handle {
    pub const CORNERS: [Handle; 4] =
        [Handle { x: -1, y: -1 }, Handle { x: 1, y: -1 }, Handle { x: 1, y: 1 }, Handle { x: -1, y: 1 }];
    pub const EDGES: [Handle; 4] = [Handle { x: 0, y: -1 }, Handle { x: 1, y: 0 }, Handle { x: 0, y: 1 }, Handle { x: -1, y: 0 }];

    /// Where it sits on an outline.
    pub fn on(self, outline: Rect) -> Point {
        let c = outline.center();
        pt(c.x + f32::from(self.x) * outline.w / 2.0, c.y + f32::from(self.y) * outline.h / 2.0)
    }

    /// The handle at a point. `along_edges`: an edge can be taken anywhere, not only in its middle.
    pub fn at(outline: Rect, p: Point, reach: f32, along_edges: bool) -> Option<Handle> {
        let near = |h: &&Handle| h.on(outline).distance(p) <= reach;
        if let Some(handle) = Handle::CORNERS.iter().chain(&Handle::EDGES).find(near) {
            return Some(*handle);
        }
        if !along_edges || !outline.expand(reach / 2.0).contains(p) || outline.expand(-reach / 2.0).contains(p) {
            return None;
        }
        let side = |v: f32, lo: f32, hi: f32| i8::from((v - hi).abs() <= reach / 2.0) - i8::from((v - lo).abs() <= reach / 2.0);
        Some(Handle { x: side(p.x, outline.x, outline.right()), y: side(p.y, outline.y, outline.bottom()) })
    }

    /// The box after dragging this handle to `to`. Shift keeps the proportions, Alt the centre.
    pub fn drag(self, start: Rect, to: Point, least: (f32, f32), modifiers: Modifiers) -> Rect {
        let c = start.center();
        let axis = |sign: i8, v: f32, lo: f32, hi: f32, mid: f32, least: f32| match sign {
            0 => hi - lo,
            _ if modifiers.alt => ((v - mid) * f32::from(sign) * 2.0).max(least),
            1 => (v - lo).max(least),
            _ => (hi - v).max(least),
        };
        let mut w = axis(self.x, to.x, start.x, start.right(), c.x, least.0);
        let mut h = axis(self.y, to.y, start.y, start.bottom(), c.y, least.1);
        if modifiers.shift && start.w > 0.0 && start.h > 0.0 {
            let by = if self.x == 0 {
                h / start.h
            } else if self.y == 0 {
                w / start.w
            } else {
                (w / start.w).max(h / start.h)
            };
            let by = by.max(least.0 / start.w).max(least.1 / start.h);
            (w, h) = (start.w * by, start.h * by);
        }
        // The opposite edge stays; without one (or with Alt) the middle does.
        let place = |sign: i8, lo: f32, hi: f32, mid: f32, size: f32| match sign {
            1 if !modifiers.alt => lo,
            -1 if !modifiers.alt => hi - size,
            _ => mid - size / 2.0,
        };
        let (x, y) = (place(self.x, start.x, start.right(), c.x, w), place(self.y, start.y, start.bottom(), c.y, h));
        Rect { x, y, w, h }
    }

    /// The side it is on, for the middle handles.
    pub fn direction(self) -> Direction {
        match (self.x, self.y) {
            (-1, _) => Direction::Left,
            (1, _) => Direction::Right,
            (_, -1) => Direction::Up,
            _ => Direction::Down,
        }
    }
}
