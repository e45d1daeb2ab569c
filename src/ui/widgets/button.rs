//! Buttons: icon, primary, link, and the cap that shows a key.

use super::named;
use crate::text::Face;
use crate::text::icon::Icon;
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{Button, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// A frameless button with an icon; `name` is its tooltip and its name for screen readers.
pub fn icon_button(ui: &mut Ui, glyph: Icon, name: &str) -> Response {
    let text = RichText::new(glyph).font(fonts::font(Face::Icon, 16.0)).color(style::ink(ui, Ink::Muted));
    let button = Button::new(text).frame_when_inactive(false).min_size(vec2(24.0, 24.0));
    let padded = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 4.0);
            ui.add(button)
        })
        .inner;
    named(padded, name).on_hover_text(name)
}

/// The one button of a place that carries it on.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let ground = style::ink(ui, Ink::Accent);
    let text = RichText::new(text).font(fonts::font(Face::Bold, 13.0)).color(style::ink(ui, Ink::OnAccent));
    ui.add(Button::new(text).fill(ground).stroke(Stroke::NONE).min_size(vec2(0.0, 28.0)))
}

/// A word that does something.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    ui.add(egui::Link::new(RichText::new(text).size(12.0)))
}

/// A key as it is printed on keyboards.
pub fn key_cap(ui: &mut Ui, keys: &str) {
    let color = style::ink(ui, Ink::Muted);
    let galley = ui.painter().layout_no_wrap(keys.to_owned(), fonts::font(Face::Mono, 11.0), color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(10.0, 4.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, keys));
    let painter = ui.painter();
    painter.rect(rect, 3.0, style::ink(ui, Ink::Panel), style::line(ui, Ink::BorderStrong), StrokeKind::Inside);
    painter.galley(rect.center() - galley.size() / 2.0, galley, color);
}

/// "Undo (Ctrl Z)".
pub fn tool_tip(label: &str, keys: Option<String>) -> String {
    keys.map_or_else(|| label.to_owned(), |keys| format!("{label} ({keys})"))
}
