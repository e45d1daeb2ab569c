//! What tools may read.

use super::{Modifiers, Selection, Tool};
use crate::geometry::{Point, Rect, Vec2, pt, vec2};
use crate::model::{Id, ThreatModel};
use crate::scene::{BoxKind, DiagramLayout};
use std::collections::BTreeSet;

/// The grid things snap to, in world units.
pub const GRID: f32 = 8.0;
/// A press becomes a drag beyond this many pixels.
pub const DRAG_THRESHOLD: f32 = 4.0;
/// How near the pointer must be, in pixels.
pub const REACH: f32 = 8.0;

/// Read-only surroundings of a gesture. During a preview the model and the layout show the preview.
pub struct ToolCx<'a> {
    pub model: &'a ThreatModel,
    pub diagram: &'a Id,
    pub layout: &'a DiagramLayout,
    pub selection: &'a Selection,
    pub tool: Tool,
    /// Pixels per world unit.
    pub scale: f32,
    /// Gives an id no record has.
    pub fresh: &'a mut dyn FnMut() -> Id,
}

impl ToolCx<'_> {
    /// World units for so many pixels.
    pub fn px(&self, pixels: f32) -> f32 {
        pixels / self.scale
    }

    pub fn rect_of(&self, id: &Id) -> Option<Rect> {
        self.layout.boxes.get(id).map(|b| b.rect)
    }

    pub fn is_element(&self, id: &Id) -> bool {
        matches!(self.layout.boxes.get(id), Some(b) if matches!(b.kind, BoxKind::Element(_)))
    }

    /// The topmost element at a point.
    pub fn element_at(&self, at: Point) -> Option<Id> {
        self.layout.hit(at, self.px(REACH)).map(|hit| hit.id).filter(|id| self.is_element(id))
    }

    pub fn boundary_at(&self, at: Point) -> Option<Id> {
        self.layout.boundary_at(at, &BTreeSet::new())
    }
}

/// To the nearest grid point, unless Ctrl suspends it.
pub fn snap(p: Point, modifiers: Modifiers) -> Point {
    if modifiers.ctrl { p } else { pt((p.x / GRID).round() * GRID, (p.y / GRID).round() * GRID) }
}

/// A displacement that puts `origin` on the grid, unless Ctrl suspends it.
pub fn snap_by(origin: Point, by: Vec2, modifiers: Modifiers) -> Vec2 {
    let to = snap(origin + by, modifiers);
    // An axis hardly touched stays as it is, even off the grid.
    let keep = |moved: f32, snapped: f32| if moved.abs() < 1.0 && !modifiers.ctrl { 0.0 } else { snapped };
    vec2(keep(by.x, to.x - origin.x), keep(by.y, to.y - origin.y))
}
