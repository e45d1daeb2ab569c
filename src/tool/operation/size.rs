//! Usual and least sizes of boxes, in world units.

use crate::geometry::{Point, Rect};
use crate::model::{ElementKind, FOLDED};
use crate::scene::BoxKind;
use crate::tool::grip::creates_box;
use crate::tool::{Modifiers, Tool, ToolCx};

/// What a tool makes.
pub fn kind(tool: Tool) -> BoxKind {
    match tool {
        Tool::Store => BoxKind::Element(ElementKind::DataStore),
        Tool::Entity => BoxKind::Element(ElementKind::ExternalEntity),
        Tool::Boundary => BoxKind::Boundary,
        Tool::Note => BoxKind::Note,
        Tool::Process | Tool::Select | Tool::Hand | Tool::Flow | Tool::Line | Tool::Laser => {
            BoxKind::Element(ElementKind::Process)
        }
    }
}

/// Width and height of a box made by a click or key.
pub fn usual(kind: BoxKind) -> (f32, f32) {
    match kind {
        BoxKind::Element(_) => (128.0, 56.0),
        BoxKind::Boundary => (320.0, 208.0),
        BoxKind::Folded => FOLDED,
        BoxKind::Note => (160.0, 72.0),
    }
}

/// Width and height below which a box does not shrink.
pub fn least(kind: BoxKind) -> (f32, f32) {
    match kind {
        BoxKind::Element(_) => (56.0, 40.0),
        BoxKind::Boundary => (96.0, 64.0),
        BoxKind::Folded => FOLDED,
        BoxKind::Note => (48.0, 32.0),
    }
}

/// The box a click with this tool would make, as nearly as can be said before; `None` for tools that make none.
pub fn ghost(tool: Tool, middle: Point) -> Option<Rect> {
    let (w, h) = usual(kind(tool));
    creates_box(tool).then(|| Rect::from_center(middle, w, h))
}

/// The usual box of a tool around a point, its corner on the grid.
pub fn around(tool: Tool, middle: Point, modifiers: Modifiers, cx: &ToolCx<'_>) -> Rect {
    let (w, h) = usual(kind(tool));
    let rect = Rect::from_center(middle, w, h);
    let corner = cx.snap(rect.min(), modifiers);
    Rect { x: corner.x, y: corner.y, ..rect }
}
