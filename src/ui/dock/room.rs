//! A dock on the screen: one stack of pages, or two with a seam between them that is dragged.

use super::strip::{Stack, is_named, stack_ui};
use super::{Half, Pages, Place, Side};
use crate::theme::Ink;
use crate::ui::widgets::muted;
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{Context, CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, WidgetType};

/// How far from the seam it is taken hold of, in points.
const GRIP: f32 = 4.0;

/// Draws a dock into all the room there is.
pub fn dock_ui(ui: &mut Ui, side: Side, cx: &ViewCx<'_>, pages: &mut dyn Pages, out: &mut Outbox) {
    let room = ui.available_rect_before_wrap();
    ui.ctx().data_mut(|data| data.insert_temp(room_id(side), room));
    let dock = cx.docks.dock(side);
    let stack = |half: Half| {
        let (pages, shown) = (dock.pages(half), dock.shown(half)?);
        let named = pages.iter().copied().filter(|page| is_named(cx, *page)).collect();
        Some(Stack { place: Place { side, half }, pages, shown, named })
    };
    match (stack(Half::First), stack(Half::Second)) {
        (Some(first), None) => stack_ui(ui, &first, cx, pages, out),
        (Some(first), Some(second)) => {
            let share = dock.split.as_ref().map_or(0.5, |split| split.share);
            let (before, after) = halves(room, side, share);
            for (stack, rect) in [(first, before), (second, after)] {
                let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(stack.place.half));
                inside.set_clip_rect(rect.intersect(ui.clip_rect()));
                stack_ui(&mut inside, &stack, cx, pages, out);
            }
            seam_ui(ui, side, room, after, share, out);
            ui.expand_to_include_rect(ui.max_rect());
        }
        _ => {
            ui.label(muted(ui, "  Drag the name of a panel here."));
            ui.expand_to_include_rect(ui.max_rect());
        }
    }
}

/// The room of a dock in two, the second with its share.
pub(super) fn halves(room: Rect, side: Side, share: f32) -> (Rect, Rect) {
    if side == Side::Bottom {
        room.split_left_right_at_fraction(1.0 - share)
    } else {
        room.split_top_bottom_at_fraction(1.0 - share)
    }
}

/// Where a dock was drawn, without what stands above it.
pub(super) fn room_of(ctx: &Context, side: Side) -> Option<Rect> {
    ctx.data(|data| data.get_temp(room_id(side)))
}

fn room_id(side: Side) -> Id {
    Id::new(("room of a dock", side))
}

/// How much of a dock one press of an arrow gives.
const STEP: f32 = 0.05;

/// The line between two stacks; dragged, or with the arrows while it has the keyboard, it gives one of them more.
fn seam_ui(ui: &mut Ui, side: Side, room: Rect, after: Rect, now: f32, out: &mut Outbox) {
    let is_beside = side == Side::Bottom;
    let line = if is_beside { after.with_max_x(after.left()) } else { after.with_max_y(after.top()) };
    let grip = if is_beside { line.expand2(egui::vec2(GRIP, 0.0)) } else { line.expand2(egui::vec2(0.0, GRIP)) };
    let response = ui.interact(grip, ui.id().with("seam"), Sense::drag() | Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ResizeHandle, true, format!("Seam on {}", side.label())));
    let is_held = response.hovered() || response.dragged();
    let stroke = match response.has_focus() {
        true => Stroke::new(2.0, style::ink(ui, Ink::Accent)),
        false => style::line(ui, if is_held { Ink::BorderStrong } else { Ink::Border }),
    };
    if is_beside {
        ui.painter().vline(line.left(), room.y_range(), stroke);
    } else {
        ui.painter().hline(room.x_range(), line.top(), stroke);
    }
    let stepped = if response.has_focus() { steps(ui, response.id, is_beside) } else { 0.0 };
    if stepped != 0.0 {
        out.push(Action::SplitDock(side, (now + stepped).clamp(0.2, 0.8)));
    }
    let cursor = if is_beside { CursorIcon::ResizeHorizontal } else { CursorIcon::ResizeVertical };
    let response = response.on_hover_and_drag_cursor(cursor);
    if let Some(at) = response.interact_pointer_pos() {
        let share = if is_beside { (room.right() - at.x) / room.width() } else { (room.bottom() - at.y) / room.height() };
        if response.dragged() && (share - now).abs() > 0.001 && (0.2..=0.8).contains(&share) {
            out.push(Action::SplitDock(side, share));
        }
    }
}

/// What the arrows give the second stack; they do not lead away from the seam.
fn steps(ui: &Ui, seam: Id, is_beside: bool) -> f32 {
    let filter = EventFilter { horizontal_arrows: is_beside, vertical_arrows: !is_beside, ..EventFilter::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(seam, filter));
    let (more, less) = if is_beside { (Key::ArrowLeft, Key::ArrowRight) } else { (Key::ArrowUp, Key::ArrowDown) };
    let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) as f32;
    STEP * (pressed(more) - pressed(less))
}
