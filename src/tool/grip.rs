//! What a press would take hold of.

pub use crate::edit::End;

use super::handle::{Handle, OUTLINE_OFFSET};
use super::{Tool, ToolCx};
use crate::geometry::{Point, Rect};
use crate::model::Id;
use crate::scene::{BoxKind, Part};

/// What is under the pointer, as far as a tool is concerned.
#[derive(Clone, Debug, PartialEq)]
pub enum Grip {
    Ground,
    /// An element, a note or a boundary's name tab: moves.
    Item(Id),
    /// A boundary's seam: moves it with its content, with Alt alone.
    Frame(Id),
    Resize(Id, Handle),
    /// Draws a flow from this element.
    Connect(Id),
    End(Id, End),
    /// A way-point of a flow.
    Bend(Id, usize),
    /// The piece of a flow between two corners.
    Segment(Id, usize),
    /// The label of a flow.
    Label(Id),
    /// A corner of a boundary drawn as a line.
    LineCorner(Id, usize),
}

impl Grip {
    /// The item it belongs to.
    pub fn item(&self) -> Option<&Id> {
        match self {
            Grip::Ground => None,
            Grip::Item(id) | Grip::Frame(id) | Grip::Resize(id, _) | Grip::Connect(id) | Grip::End(id, _) => Some(id),
            Grip::Bend(id, _) | Grip::Segment(id, _) | Grip::Label(id) | Grip::LineCorner(id, _) => Some(id),
        }
    }

    /// What the select tool would take at a point.
    pub fn at(cx: &ToolCx<'_>, p: Point) -> Grip {
        of_selected(cx, p).or_else(|| connect_handle(cx, p)).unwrap_or_else(|| of_hit(cx, p))
    }
}

/// The selection outline of a box.
pub fn outline(rect: Rect, scale: f32) -> Rect {
    rect.expand(OUTLINE_OFFSET / scale)
}

/// Handles of the one selected item.
fn of_selected(cx: &ToolCx<'_>, p: Point) -> Option<Grip> {
    let id = cx.selection.single().filter(|id| !cx.is_locked(id))?;
    let reach = cx.reach();
    if let Some(placed) = cx.layout.boxes.get(id) {
        let is_element = matches!(placed.kind, BoxKind::Element(_));
        let outline = outline(placed.rect, cx.scale);
        if is_element && Handle::EDGES.iter().any(|h| h.on(outline).distance(p) <= reach) {
            return Some(Grip::Connect(id.clone()));
        }
        let handle = Handle::at(outline, p, reach, placed.kind != BoxKind::Boundary)?;
        return Some(Grip::Resize(id.clone(), handle));
    }
    if let Some(line) = cx.layout.lines.get(id) {
        return line.corners.iter().position(|c| c.distance(p) <= reach).map(|n| Grip::LineCorner(id.clone(), n));
    }
    let flow = cx.layout.flows.get(id)?;
    if flow.start.at.distance(p) <= reach {
        return Some(Grip::End(id.clone(), End::From));
    }
    if flow.end.at.distance(p) <= reach {
        return Some(Grip::End(id.clone(), End::To));
    }
    let inner = flow.corners.get(1..flow.corners.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().position(|c| c.distance(p) <= reach).map(|n| Grip::Bend(id.clone(), n))
}

/// The middle handles of the element the pointer is at.
fn connect_handle(cx: &ToolCx<'_>, p: Point) -> Option<Grip> {
    let reach = cx.reach();
    let near = |id: &Id, rect: Rect| {
        let handle = Handle::EDGES.iter().any(|h| h.on(outline(rect, cx.scale)).distance(p) <= reach);
        (handle && !rect.expand(-cx.px(2.0)).contains(p)).then(|| id.clone())
    };
    let around = cx.layout.near(Rect::from_center(p, 4.0 * reach, 4.0 * reach));
    let boxes = around.into_iter().filter_map(|id| cx.layout.boxes.get_key_value(id));
    let elements = boxes.filter(|(_, b)| matches!(b.kind, BoxKind::Element(_)));
    elements.filter(|(_, b)| b.rect.expand(2.0 * reach).contains(p)).find_map(|(id, b)| near(id, b.rect)).map(Grip::Connect)
}

fn of_hit(cx: &ToolCx<'_>, p: Point) -> Grip {
    let Some(hit) = cx.layout.hit(p, cx.reach()) else { return Grip::Ground };
    let id = hit.id;
    match hit.part {
        // The band just outside an element's outline starts a flow.
        Part::Body if cx.is_element(&id) && cx.rect_of(&id).is_some_and(|r| !r.contains(p)) => Grip::Connect(id),
        Part::Body | Part::Title => Grip::Item(id),
        Part::Frame => Grip::Frame(id),
        Part::Label => Grip::Label(id),
        Part::Segment(n) => Grip::Segment(id, n),
        Part::Start => Grip::End(id, End::From),
        Part::End => Grip::End(id, End::To),
    }
}

/// What lies under the topmost item: for Alt-click.
pub fn below(cx: &ToolCx<'_>, p: Point) -> Option<Id> {
    let reach = cx.reach();
    let top = cx.layout.hit(p, reach).map(|hit| hit.id);
    let around = cx.layout.near(Rect::from_center(p, 2.0 * reach, 2.0 * reach));
    let mut flows = around.into_iter().filter_map(|id| cx.layout.flows.get_key_value(id));
    let flow = flows.find(|(id, f)| Some(*id) != top.as_ref() && f.nearest(p).is_some_and(|(d, _)| d <= reach));
    let selected = cx.selection.items.iter().filter(|id| cx.model.boundaries.contains_key(*id)).cloned().collect();
    let covered = flow.map(|(id, _)| id.clone()).filter(|id| !cx.selection.items.contains(id));
    covered.or_else(|| cx.layout.boundary_at(p, &selected)).or_else(|| cx.boundary_at(p))
}

/// True for tools that make a box.
pub fn creates_box(tool: Tool) -> bool {
    matches!(tool, Tool::Process | Tool::Store | Tool::Entity | Tool::Boundary | Tool::Note)
}
