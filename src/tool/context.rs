//! What tools may read.

use super::{Modifiers, Selection, Tool};
use crate::geometry::{Point, Rect, Vec2, pt, vec2};
use crate::model::{Id, ThreatModel};
use crate::scene::{BoxKind, DiagramLayout};
use std::collections::BTreeSet;

/// The grid things snap to, in world units.
pub const GRID: f32 = 8.0;
/// A press becomes a drag beyond this many pixels, of a finger beyond these.
const DRAG_THRESHOLD: f32 = 4.0;
const TOUCH_THRESHOLD: f32 = 6.0;
/// How near the pointer must be, in pixels.
pub const REACH: f32 = 8.0;
/// How near a finger must be, in pixels.
pub const TOUCH_REACH: f32 = 20.0;

/// Read-only surroundings of a gesture. During a preview the model and the layout show the preview.
pub struct ToolCx<'a> {
    pub model: &'a ThreatModel,
    pub diagram: &'a Id,
    pub layout: &'a DiagramLayout,
    pub selection: &'a Selection,
    pub tool: Tool,
    /// Pixels per world unit.
    pub scale: f32,
    /// The part of the world in view.
    pub seen: Rect,
    /// Whether things keep to the grid.
    pub grid: bool,
    /// Whether a finger points: it covers what it points at, so everything reaches further.
    pub touch: bool,
    /// Gives an id no record has.
    pub fresh: &'a mut dyn FnMut() -> Id,
}

impl ToolCx<'_> {
    /// World units for so many pixels.
    pub fn px(&self, pixels: f32) -> f32 {
        pixels / self.scale
    }

    /// How near the pointer must be, in world units.
    pub fn reach(&self) -> f32 {
        self.px(if self.touch { TOUCH_REACH } else { REACH })
    }

    /// True when the pointer went far enough for a drag.
    pub fn is_drag(&self, from: Point, to: Point) -> bool {
        from.distance(to) >= self.px(if self.touch { TOUCH_THRESHOLD } else { DRAG_THRESHOLD })
    }

    /// Whether pointer and keys leave it where it is.
    pub fn is_locked(&self, id: &Id) -> bool {
        self.model.diagrams.get(self.diagram).is_some_and(|d| d.locked.contains(id))
    }

    pub fn rect_of(&self, id: &Id) -> Option<Rect> {
        self.layout.boxes.get(id).map(|b| b.rect)
    }

    pub fn is_element(&self, id: &Id) -> bool {
        matches!(self.layout.boxes.get(id), Some(b) if matches!(b.kind, BoxKind::Element(_)))
    }

    /// The topmost element at a point.
    pub fn element_at(&self, at: Point) -> Option<Id> {
        self.layout.hit(at, self.reach()).map(|hit| hit.id).filter(|id| self.is_element(id))
    }

    /// To the nearest grid point, unless there is no grid or Ctrl suspends it.
    pub fn snap(&self, p: Point, modifiers: Modifiers) -> Point {
        if modifiers.ctrl || !self.grid { p } else { pt((p.x / GRID).round() * GRID, (p.y / GRID).round() * GRID) }
    }

    /// A displacement that puts `origin` on the grid.
    pub fn snap_by(&self, origin: Point, by: Vec2, modifiers: Modifiers) -> Vec2 {
        let to = self.snap(origin + by, modifiers);
        // An axis hardly touched stays as it is, even off the grid.
        let keep = |moved: f32, snapped: f32| if moved.abs() < 1.0 && !modifiers.ctrl { 0.0 } else { snapped };
        vec2(keep(by.x, to.x - origin.x), keep(by.y, to.y - origin.y))
    }

    pub fn boundary_at(&self, at: Point) -> Option<Id> {
        self.layout.boundary_at(at, &BTreeSet::new())
    }
}
