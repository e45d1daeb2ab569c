//! Dialogs that float over the work: moved by any empty place, closed by their button or with Escape. What lies behind goes on
//! working, and a key is for the dialog only while the keyboard is in it: F6 and a press lead in and out, Tab goes round.

use super::widgets::{icon_button, title};
use super::{region, style};
use crate::text::{icon, lower_first};
use crate::theme::Ink;
use egui::{
    Align2, Area, Context, FocusDirection, Frame, Id, Key, LayerId, Margin, Modifiers, Order, Popup, Rect, Sense, Stroke,
    StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder, UiKind, WidgetInfo, WidgetType, vec2,
};

/// What closes a dialog, in points.
const CLOSE: f32 = 24.0;

/// A dialog that is open.
pub struct Dialog<'a> {
    /// Tells it from others.
    pub name: &'static str,
    /// What it is called for people; screen readers say it.
    pub title: &'a str,
    /// Of its content, in points.
    pub width: f32,
    /// It was just asked for: comes to the front and takes the keyboard.
    pub begins: bool,
}

/// Where the keyboard is, as far as a dialog is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The first control is to take it.
    pub begin: bool,
    /// In the dialog.
    pub here: bool,
    /// At the dialog itself, at none of its controls.
    pub free: bool,
}

impl Dialog<'_> {
    /// Draws the dialog; true with what the body says when it is to be closed.
    pub fn show<R>(self, ctx: &Context, body: impl FnOnce(&mut Ui, Keys) -> R) -> (R, bool) {
        let layer = layer(self.name);
        let own = layer.id.with("the dialog itself");
        if self.begins {
            ctx.move_to_top(layer);
            take_keyboard(ctx, own);
        }
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
        let area = Area::new(layer.id).kind(UiKind::Window).order(Order::Foreground).movable(true);
        let area = area.pivot(Align2::CENTER_CENTER).default_pos(ctx.content_rect().center());
        let shown = area.show(ctx, |ui| frame.show(ui, |ui| self.content(ui, own, body)).inner);
        let rect = shown.response.rect;
        if is_let_go_of(ctx, layer) {
            take_keyboard(ctx, own);
        }
        region::note_dialog(ctx, layer, rect, own, holds_keyboard(ctx, layer));
        if is_ringed(ctx, own) {
            let stroke = Stroke::new(2.0, style::color32(style::theme_of(&ctx.global_style().visuals).color(Ink::Accent)));
            ctx.layer_painter(layer).rect_stroke(rect.shrink(1.0), f32::from(style::CARD_RADIUS), stroke, StrokeKind::Inside);
        }
        shown.inner
    }

    fn content<R>(self, ui: &mut Ui, own: Id, body: impl FnOnce(&mut Ui, Keys) -> R) -> (R, bool) {
        ui.set_width(self.width);
        ui.spacing_mut().item_spacing.y = 8.0;
        let end = own.with("its end");
        let response = ui.interact(ui.max_rect(), own, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Window, true, self.title));
        let free = response.has_focus();
        let keys = Keys { begin: self.begins, here: holds_keyboard(ui.ctx(), ui.layer_id()), free };
        if free && ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::Tab)) {
            ui.memory_mut(|m| m.request_focus(end));
            ui.memory_mut(|m| m.move_focus(FocusDirection::Previous));
        }
        let (place, _) = ui.allocate_exact_size(vec2(self.width, CLOSE), Sense::hover());
        // Painted only: the dialog itself is called so.
        let text = egui::WidgetText::from(title(self.title));
        let text = text.into_galley(ui, Some(TextWrapMode::Truncate), self.width - CLOSE - 8.0, TextStyle::Heading);
        ui.painter().galley(place.left_center() - vec2(0.0, text.size().y / 2.0), text, style::ink(ui, Ink::Text));
        // Below the title, whatever size the body gives itself.
        let said = ui.vertical(|ui| body(ui, keys)).inner;
        let corner = Rect::from_min_size(place.right_top() - vec2(CLOSE, 0.0), vec2(CLOSE, CLOSE));
        let name = format!("Close {}", lower_first(self.title));
        let closes = ui.scope_builder(UiBuilder::new().max_rect(corner), |ui| icon_button(ui, icon::X, &name)).inner.clicked();
        // After the last control comes the dialog itself again, not what lies behind.
        if keys.here {
            let edge = Rect::from_min_size(ui.min_rect().left_bottom(), vec2(0.0, 0.0));
            let last = ui.interact(edge, end, Sense::focusable_noninteractive());
            last.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "End of the dialog"));
            if last.has_focus() {
                ui.memory_mut(|m| m.request_focus(own));
            }
        }
        (said, closes)
    }
}

/// Whether the keyboard is to be the dialog's: it was pressed beside its controls, or one of them let go of the keyboard.
fn is_let_go_of(ctx: &Context, layer: LayerId) -> bool {
    let (used, pressed, at) = ctx.input(|i| {
        let used = i.pointer.any_pressed() || i.pointer.any_released();
        (used, i.pointer.any_pressed(), i.pointer.interact_pos())
    });
    let is_here = at.and_then(|at| ctx.layer_id_at(at)) == Some(layer);
    if pressed && is_here {
        return !holds_keyboard(ctx, layer);
    }
    let had_it = region::dialog_had_keyboard(ctx, layer) && (is_here || !used);
    had_it && ctx.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none())
}

/// Gives the keyboard to a dialog as a whole; no ring is needed where people look anyway.
fn take_keyboard(ctx: &Context, own: Id) {
    ctx.memory_mut(|m| m.request_focus(own));
    ctx.data_mut(|data| data.insert_temp(own, true));
}

/// Whether the keyboard came to the dialog itself by key.
fn is_ringed(ctx: &Context, own: Id) -> bool {
    let has_it = ctx.memory(|m| m.has_focus(own));
    if !has_it {
        ctx.data_mut(|data| data.remove::<bool>(own));
    }
    has_it && !ctx.data(|data| data.get_temp::<bool>(own)).unwrap_or_default()
}

/// Whether the keyboard was in a dialog when that was drawn last.
pub fn dialog_had_keyboard(ctx: &Context, name: &str) -> bool {
    region::dialog_had_keyboard(ctx, layer(name))
}

/// Takes Escape for a dialog the keyboard was in. Asked before anything is drawn.
pub fn dialog_takes_escape(ctx: &Context, name: &str) -> bool {
    dialog_had_keyboard(ctx, name) && !Popup::is_any_open(ctx) && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
}

fn layer(name: &str) -> LayerId {
    LayerId::new(Order::Foreground, Id::new(("dialog", name)))
}

fn holds_keyboard(ctx: &Context, layer: LayerId) -> bool {
    region::layer_with_keyboard(ctx) == Some(layer)
}
