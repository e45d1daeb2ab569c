//! A place for a card: near its item, never over it, where least is in the way, and where it was before.

use super::around::Around;
use crate::geometry;
use crate::model::Id;
use crate::scene::BoxKind;
use crate::theme::Ink;
use crate::ui::ViewCx;
use crate::ui::canvas::{CanvasFrame, navigation, selection_bar};
use crate::ui::painter::View;
use crate::ui::style::color32;
use egui::{Pos2, Rect, Stroke, Ui, Vec2, lerp, pos2, vec2};

/// Distance from the item, which leaves room for handles and pill.
const GAP: f32 = 28.0;
/// No card comes nearer to its item than this.
const CLEAR: f32 = 14.0;
/// Height of the hints and the zoom bar at the lower edge.
const BELOW: f32 = 44.0;

/// How bad each point of the way from the item is: better a name is covered than a card far away.
const FAR: f32 = 30.0;
/// And each point from where it was: people look for it there.
const MOVED: f32 = 12.0;
/// How many places are tried along each side of an item, and all over the canvas.
const STEPS: u8 = 13;
const ACROSS: u16 = 17;
const DOWN: u16 = 11;

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

/// Where a card was, and whether it is looked for a better place because the view or the drawing changed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub spot: Option<Spot>,
    pub is_stale: bool,
}

/// Where a card of this size goes, for an item that is in sight: where it was as long as it can, else not far from there.
pub(super) fn find(frame: &CanvasFrame<'_, '_>, view: &View, item: Rect, size: Vec2, before: Before) -> (Rect, Spot) {
    let room = Rect { max: frame.rect.max - vec2(8.0, BELOW), ..frame.rect.shrink(8.0) };
    let item = item.intersect(frame.rect);
    let most = (room.size() - size).max(Vec2::ZERO);
    let fitted: Vec<Rect> = (beside(item, size).into_iter().chain(over(room.min, most)))
        .map(|min| Rect::from_min_size(min.clamp(room.min, room.min + most), size))
        .collect();
    let bar = selection_bar::place(frame, view);
    let is_clear = |at: &Rect| !at.intersects(item.expand(CLEAR)) && bar.is_none_or(|bar| !at.intersects(bar));
    let was = before.spot.and_then(|spot| Some((*fitted.get(spot)?, spot)));
    if let Some((at, spot)) = was.filter(|(at, _)| is_clear(at) && !before.is_stale) {
        return (at, spot);
    }
    let around = Around::of(frame, view, item, bar);
    // What it covers against how far one has to look for it.
    let cost = |at: &Rect| {
        let (from, to) = ends(*at, item);
        let hides = if is_clear(at) { 0.0 } else { 1e6 };
        let moved = was.map_or(0.0, |(was, _)| was.center().distance(at.center()));
        hides + around.covered(*at) + around.crossed(from, to) + FAR * from.distance(to) + MOVED * moved
    };
    let costs = fitted.iter().map(cost).enumerate();
    let best = costs.min_by(|a, b| a.1.total_cmp(&b.1)).and_then(|(spot, _)| Some((*fitted.get(spot)?, spot)));
    best.unwrap_or((Rect::from_min_size(room.min, size), 0))
}

/// Places beside an item, above and below it: in line with its edges and its middle, then shifted step by step as far as
/// they are still beside it.
fn beside(item: Rect, size: Vec2) -> Vec<Pos2> {
    let (c, half) = (item.center(), size / 2.0);
    let (left, right) = (item.left() - GAP - size.x, item.right() + GAP);
    let (above, below) = (item.top() - GAP - size.y, item.bottom() + GAP);
    let mut places = vec![
        pos2(right, item.top() - 16.0),
        pos2(left, item.top() - 16.0),
        pos2(right, item.bottom() + 16.0 - size.y),
        pos2(left, item.bottom() + 16.0 - size.y),
        pos2(c.x - half.x, above),
        pos2(c.x - half.x, below),
        pos2(item.left(), above),
        pos2(item.right() - size.x, above),
        pos2(item.left(), below),
        pos2(item.right() - size.x, below),
        pos2(right, c.y - half.y),
        pos2(left, c.y - half.y),
    ];
    let steps = |from: f32, to: f32| (0..STEPS).map(move |n| lerp(from..=to, f32::from(n) / f32::from(STEPS - 1)));
    places.extend(steps(above, below).flat_map(|y| [pos2(right, y), pos2(left, y)]));
    places.extend(steps(left, right).flat_map(|x| [pos2(x, above), pos2(x, below)]));
    places
}

/// Places all over the canvas.
fn over(min: Pos2, most: Vec2) -> impl Iterator<Item = Pos2> {
    let share = |n: u16, of: u16| f32::from(n) / f32::from(of - 1);
    (0..ACROSS * DOWN).map(move |n| min + vec2(most.x * share(n % ACROSS, ACROSS), most.y * share(n / ACROSS, DOWN)))
}

/// Draws once more, before anything is seen, when a card has another size than the one its place was chosen for.
pub(super) fn again_if_other(ui: &Ui, expected: Vec2, is: Vec2) {
    if (expected - is).abs().max_elem() > 0.5 {
        ui.ctx().request_discard("a card has found its size");
        ui.ctx().request_repaint();
    }
}

/// Where the line between a card and its item begins and ends.
fn ends(card: Rect, item: Rect) -> (Pos2, Pos2) {
    let from = card.clamp(item.center());
    (from, item.clamp(from))
}

/// A line from the card to what it is about.
pub(super) fn leader(ui: &Ui, frame: &CanvasFrame<'_, '_>, card: Rect, item: Rect) {
    let (from, to) = ends(card, item);
    if from.distance(to) > 2.0 && !card.intersects(item) {
        let painter = ui.painter().with_clip_rect(frame.rect);
        // Dotted, so that nobody takes it for a flow.
        let accent = color32(frame.cx.theme.color(Ink::Accent));
        painter.extend(egui::Shape::dashed_line(&[from, to], Stroke::new(1.5, accent), 2.0, 4.0));
        painter.circle_filled(to, 3.0, accent);
    }
}
