//! A place for a card: near its item, never over it, where least is in the way, and where it was before.

use crate::geometry;
use crate::model::Id;
use crate::scene::BoxKind;
use crate::theme::Ink;
use crate::ui::ViewCx;
use crate::ui::canvas::{CanvasFrame, navigation};
use crate::ui::painter::View;
use crate::ui::style::color32;
use egui::{Rect, Stroke, Ui, Vec2, pos2, vec2};

/// Distance from the item, which leaves room for handles and pill.
const GAP: f32 = 28.0;
/// No card comes nearer to its item than this.
const CLEAR: f32 = 14.0;

/// One of the places that are tried, in order.
pub(super) type Spot = usize;

/// What a card must keep clear of: the box of an element, the tab of a boundary, the label of a flow.
pub(super) fn of_item(cx: &ViewCx<'_>, id: &Id) -> Option<geometry::Rect> {
    let layout = cx.layout;
    if let Some(flow) = layout.flows.get(id) {
        let middle = || flow.points.get(flow.points.len() / 2).map(|p| geometry::Rect::from_center(*p, 16.0, 16.0));
        return flow.label.as_ref().map(|l| l.bounds()).or_else(middle);
    }
    let boxed = layout.boxes.get(id);
    let tab = boxed.and_then(|b| b.tab).or_else(|| layout.lines.get(id).and_then(|l| l.tab));
    tab.or_else(|| match boxed {
        Some(b) if b.kind == BoxKind::Boundary => Some(geometry::Rect { h: b.rect.h.min(24.0), ..b.rect }),
        _ => navigation::bounds_of(cx, id),
    })
}

/// Where a card of this size goes; `before` is kept as long as it can be.
pub(super) fn find(frame: &CanvasFrame<'_, '_>, view: &View, item: Rect, size: Vec2, before: Option<Spot>) -> (Rect, Spot) {
    let room = frame.rect.shrink(8.0);
    let item = item.intersect(frame.rect);
    let c = item.center();
    let tries = [
        pos2(item.right() + GAP, item.top() - 16.0),
        pos2(item.left() - GAP - size.x, item.top() - 16.0),
        pos2(item.right() + GAP, item.bottom() + 16.0 - size.y),
        pos2(item.left() - GAP - size.x, item.bottom() + 16.0 - size.y),
        pos2(c.x - size.x / 2.0, item.top() - GAP - size.y),
        pos2(c.x - size.x / 2.0, item.bottom() + GAP),
        pos2(room.right() - size.x, room.top()),
        pos2(room.left(), room.top()),
        pos2(room.right() - size.x, room.bottom() - 40.0 - size.y),
        pos2(room.left(), room.bottom() - 40.0 - size.y),
    ];
    let most = vec2((room.width() - size.x).max(0.0), (room.height() - size.y).max(0.0));
    let fitted = tries.map(|min| {
        let min = pos2(min.x.clamp(room.left(), room.left() + most.x), min.y.clamp(room.top(), room.top() + most.y));
        Rect::from_min_size(min, size)
    });
    let is_clear = |at: &Rect| !at.intersects(item.expand(CLEAR));
    if let Some((at, spot)) = before.and_then(|spot| Some((*fitted.get(spot)?, spot))).filter(|(at, _)| is_clear(at)) {
        return (at, spot);
    }
    // What it covers, in square pixels, against how far one has to look for it.
    let cost = |at: &Rect| {
        let hides = if is_clear(at) { 0.0 } else { 1e6 };
        hides + covered(frame.cx, view, *at) + 40.0 * at.clamp(c).distance(item.clamp(at.center()))
    };
    let best = fitted.iter().enumerate().min_by(|a, b| cost(a.1).total_cmp(&cost(b.1)));
    best.map_or((Rect::from_min_size(room.min, size), 0), |(spot, at)| (*at, spot))
}

/// Draws once more, before anything is seen, when a card has another size than the one its place was chosen for.
pub(super) fn again_if_other(ui: &Ui, expected: Vec2, is: Vec2) {
    if (expected - is).abs().max_elem() > 0.5 {
        ui.ctx().request_discard("a card has found its size");
        ui.ctx().request_repaint();
    }
}

/// How much of the diagram lies under a card, in square pixels.
fn covered(cx: &ViewCx<'_>, view: &View, at: Rect) -> f32 {
    let layout = cx.layout;
    let under = layout.near(geometry::Rect::from_corners(view.to_world(at.min), view.to_world(at.max)));
    let boxes = under.iter().filter_map(|id| layout.boxes.get(*id)).filter(|b| b.kind != BoxKind::Boundary).map(|b| b.rect);
    let labels = under.iter().filter_map(|id| layout.flows.get(*id)?.label.as_ref()).map(|l| l.bounds());
    boxes.chain(labels).map(|r| view.rect_to_screen(r).intersect(at)).filter(|r| r.is_positive()).map(|r| r.area()).sum()
}

/// A line from the card to what it is about.
pub(super) fn leader(ui: &Ui, frame: &CanvasFrame<'_, '_>, card: Rect, item: Rect) {
    let from = card.clamp(item.center());
    let to = item.clamp(from);
    if from.distance(to) > 2.0 && !card.intersects(item) {
        let painter = ui.painter().with_clip_rect(frame.rect);
        // Dotted, so that nobody takes it for a flow.
        let accent = color32(frame.cx.theme.color(Ink::Accent));
        painter.extend(egui::Shape::dashed_line(&[from, to], Stroke::new(1.5, accent), 2.0, 4.0));
        painter.circle_filled(to, 3.0, accent);
    }
}
