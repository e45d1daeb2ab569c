//! The name of a page in the hand: where it would go, over everything.

use super::room::{halves, room_of};
use super::strip::held_id;
use super::{Half, Place, Side};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Action, Outbox, Page, ViewCx, fonts, style};
use egui::{Context, LayerId, Order, Pos2, Rect, Stroke, StrokeKind, vec2};

/// How far down a dock (to the right, at the bottom) a page is put below what is there.
const BELOW: f32 = 0.6;

/// While the name of a page is in the hand: where it would go. `areas` are the docks that are open, and the canvas is that
/// whose edges stand for all three.
pub fn drop_ui(ctx: &Context, cx: &ViewCx<'_>, areas: &[(Side, Rect)], canvas: Rect, out: &mut Outbox) {
    let Some(page) = ctx.data(|data| data.get_temp::<Page>(held_id())) else { return };
    let released = ctx.input(|i| i.pointer.any_released() || !i.pointer.any_down());
    let cancelled = ctx.input(|i| i.key_pressed(egui::Key::Escape));
    let is_new = |(place, _): &(Place, Rect)| *place != cx.docks.place_of(page) && cx.docks.can_take(page, *place);
    if let Some(at) = ctx.pointer_latest_pos().filter(|_| !cancelled)
        && let Some((place, rect)) = target(ctx, cx, at, areas, canvas).filter(is_new)
    {
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, held_id()));
        let ink = |ink| style::color32(cx.theme.color(ink));
        painter.rect(rect, 4.0, ink(Ink::AccentSoft).gamma_multiply(0.6), Stroke::new(2.0, ink(Ink::Accent)), StrokeKind::Inside);
        let words = format!("{} to {}", page.label(), place.label());
        let words = painter.layout_no_wrap(words, fonts::font(Face::Bold, 13.0), ink(Ink::Text));
        // Within the window, also beside its right edge.
        let size = words.size() + vec2(16.0, 8.0);
        let corner = (at + vec2(14.0, 10.0)).min(ctx.content_rect().max - size - vec2(4.0, 4.0));
        let plate = Rect::from_min_size(corner, size);
        painter.rect(plate, 4.0, ink(Ink::Panel), Stroke::new(1.0, ink(Ink::Accent)), StrokeKind::Inside);
        painter.galley(plate.min + vec2(8.0, 4.0), words, ink(Ink::Text));
        if released {
            out.push(Action::PlacePage(page, place, usize::MAX));
        }
    }
    if released || cancelled {
        ctx.data_mut(|data| data.remove::<Page>(held_id()));
        ctx.request_repaint();
    }
}

/// Which place a point means, and what of the window lights up.
fn target(ctx: &Context, cx: &ViewCx<'_>, at: Pos2, areas: &[(Side, Rect)], canvas: Rect) -> Option<(Place, Rect)> {
    if let Some((side, whole)) = areas.iter().find(|(_, rect)| rect.contains(at)).copied() {
        let room = room_of(ctx, side).unwrap_or(whole);
        let split = cx.docks.dock(side).split.as_ref().map(|split| split.share);
        let (before, after) = halves(room, side, split.unwrap_or(1.0 - BELOW));
        return Some(match (after.contains(at), split) {
            (true, _) => (Place { side, half: Half::Second }, after),
            (false, Some(_)) => (side.whole(), before),
            (false, None) => (side.whole(), whole),
        });
    }
    let third = vec2(canvas.width() / 3.0, canvas.height() / 3.0);
    let (left, right) = (canvas.with_max_x(canvas.left() + third.x), canvas.with_min_x(canvas.right() - third.x));
    let bottom = canvas.with_min_y(canvas.bottom() - third.y);
    let parts = [(Side::Bottom, bottom), (Side::Left, left), (Side::Right, right)];
    parts.into_iter().find(|(_, rect)| rect.contains(at)).map(|(side, rect)| (side.whole(), rect))
}
