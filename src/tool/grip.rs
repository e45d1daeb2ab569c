//! What a press would take hold of.

pub use crate::edit::End;

use super::handle::{Handle, OUTLINE_OFFSET};
use super::{Tool, ToolCx};
use crate::geometry::{Point, Rect, pt};
use crate::model::Id;
use crate::scene::{BoxKind, Part, PlacedBox};

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
    /// The piece of such a line between corner `i` and the next.
    LineSegment(Id, usize),
    /// The chevron that collapses or expands a boundary.
    Fold(Id),
}

/// How far the handles of a selected box reach into it, in pixels.
const HANDLE_INSIDE: f32 = 16.0;

/// Radius of a chevron's button.
pub const CHEVRON: f32 = 9.0;

impl Grip {
    /// The item it belongs to.
    pub fn item(&self) -> Option<&Id> {
        match self {
            Grip::Ground => None,
            Grip::Item(id) | Grip::Frame(id) | Grip::Resize(id, _) | Grip::Connect(id) | Grip::End(id, _) => Some(id),
            Grip::Fold(id) | Grip::Bend(id, _) | Grip::Segment(id, _) | Grip::Label(id) => Some(id),
            Grip::LineCorner(id, _) | Grip::LineSegment(id, _) => Some(id),
        }
    }

    /// What the select tool would take at a point.
    pub fn at(cx: &ToolCx<'_>, p: Point) -> Grip {
        let beside = || connect_handle(cx, p).or_else(|| chevron(cx, p)).filter(|_| !is_in_element(cx, p));
        let grip = of_selected(cx, p).or_else(beside).unwrap_or_else(|| of_hit(cx, p));
        match grip.item() {
            // Its course is worked out while an end is out of sight: there is nothing to take hold of.
            Some(id) if cx.layout.bundles.contains_key(id) => Grip::Item(id.clone()),
            _ => grip,
        }
    }
}

/// The selection outline of a box.
pub fn outline(rect: Rect, scale: f32) -> Rect {
    rect.expand(OUTLINE_OFFSET / scale)
}

/// Where the chevron of a boundary is: inside a small box, right of the tab of a frame.
pub fn chevron_at(placed: &PlacedBox) -> Option<Point> {
    match placed.kind {
        BoxKind::Folded => Some(pt(placed.rect.x + 16.0, placed.rect.center().y)),
        BoxKind::Boundary => placed.tab.map(|tab| pt(tab.right() + 14.0, tab.center().y)),
        _ => None,
    }
}

/// What of a box is never taken for a handle, however small it looks: all but `by` pixels, and at least half of it.
fn heart(rect: Rect, by: f32, cx: &ToolCx<'_>) -> Rect {
    let inset = |length: f32| cx.px(by).min(length / 4.0);
    let (x, y) = (inset(rect.w), inset(rect.h));
    Rect { x: rect.x + x, y: rect.y + y, w: rect.w - 2.0 * x, h: rect.h - 2.0 * y }
}

/// From afar the handles of neighbours lie close together: in the middle of an element none is meant.
fn is_in_element(cx: &ToolCx<'_>, p: Point) -> bool {
    let near = cx.layout.near(Rect::from_center(p, 1.0, 1.0));
    let mut boxes = near.into_iter().filter_map(|id| cx.layout.boxes.get(id));
    boxes.any(|b| matches!(b.kind, BoxKind::Element(_)) && heart(b.rect, 2.0, cx).contains(p))
}

/// The chevron at a point: of a small box, or of the frame that is selected or pointed at there.
fn chevron(cx: &ToolCx<'_>, p: Point) -> Option<Grip> {
    let reach = cx.reach().max(CHEVRON);
    let near = cx.layout.near(Rect::from_center(p, 4.0 * reach, 2.0 * reach));
    let boxes = near.into_iter().filter_map(|id| cx.layout.boxes.get_key_value(id));
    let mut at = boxes.filter(|(_, b)| chevron_at(b).is_some_and(|c| c.distance(p) <= reach));
    at.next().map(|(id, _)| Grip::Fold(id.clone()))
}

/// Handles of the one selected item.
fn of_selected(cx: &ToolCx<'_>, p: Point) -> Option<Grip> {
    let id = cx.selection.single().filter(|id| !cx.is_locked(id))?;
    let reach = cx.reach();
    if let Some(placed) = cx.layout.boxes.get(id) {
        let is_element = matches!(placed.kind, BoxKind::Element(_));
        if placed.kind == BoxKind::Folded {
            return None;
        }
        let outline = outline(placed.rect, cx.scale);
        if placed.kind != BoxKind::Boundary && heart(placed.rect, HANDLE_INSIDE, cx).contains(p) {
            return None;
        }
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
        handle.then(|| id.clone())
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
        Part::Frame => match cx.layout.lines.get(&id).and_then(|line| line.nearest(p)) {
            Some((_, n)) => Grip::LineSegment(id, n),
            None => Grip::Frame(id),
        },
        Part::Label => Grip::Label(id),
        Part::Segment(n) => Grip::Segment(id, n),
        Part::Start => Grip::End(id, End::From),
        Part::End => Grip::End(id, End::To),
    }
}

/// What a click takes that is no drag. Handles are for dragging: a flow that runs under one is meant instead, or short ones
/// between neighbours could hardly be selected from afar.
pub fn clicked(grip: Grip, p: Point, cx: &ToolCx<'_>) -> Grip {
    let under_handle = || cx.layout.flow_at(p, cx.reach()).filter(|_| !is_in_element(cx, p));
    match grip {
        Grip::Connect(_) | Grip::Resize(..) => under_handle().map_or(grip, Grip::Item),
        grip => grip,
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
