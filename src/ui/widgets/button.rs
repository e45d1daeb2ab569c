//! Buttons: icon, primary, link, and the cap that shows a key.

use crate::text::Face;
use crate::text::icon::Icon;
use crate::theme::Ink;
use crate::ui::{Command, fonts, style};
use egui::{Align2, Button, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// A frameless button with an icon; `name` is its tooltip and its name for screen readers.
pub fn icon_button(ui: &mut Ui, glyph: Icon, name: &str) -> Response {
    tipped(bare_button(ui, glyph, name), name, None)
}

/// One that does what a command does: with its key in the tooltip.
pub fn command_button(ui: &mut Ui, glyph: Icon, name: &str, command: Command) -> Response {
    let keys = command.keys(ui.ctx());
    tipped(bare_button(ui, glyph, name), name, keys)
}

/// One without a tooltip yet.
pub fn bare_button(ui: &mut Ui, glyph: Icon, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), name));
    let on = response.hovered() || response.has_focus();
    if on {
        ui.painter().rect_filled(rect, 4.0, style::ink(ui, Ink::Raised));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, style::line(ui, Ink::Accent), StrokeKind::Inside);
    }
    let color = style::ink(ui, if on { Ink::Text } else { Ink::Muted });
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, glyph, fonts::font(Face::Icon, 16.0), color);
    response
}

/// The one button of a place that carries it on.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let ground = style::ink(ui, Ink::Accent);
    let text = RichText::new(text).font(fonts::font(Face::Bold, 13.0)).color(style::ink(ui, Ink::OnAccent));
    let button = ui.add(Button::new(text).fill(ground).stroke(Stroke::NONE).min_size(vec2(0.0, 28.0)));
    if button.has_focus() {
        // On its own ground the usual frame would not be seen.
        ui.painter().rect_stroke(button.rect.expand(2.5), 6.0, style::line(ui, Ink::Accent), StrokeKind::Outside);
    }
    button
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

/// Says what a control does and its key to whoever rests the pointer on it, and to screen readers.
pub fn tipped(response: Response, what: &str, keys: Option<String>) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_tooltip(what);
        keys.iter().for_each(|keys| node.set_keyboard_shortcut(keys.as_str()));
    });
    response.on_hover_text(tool_tip(what, keys))
}

/// "Undo (Ctrl Z)".
pub fn tool_tip(label: &str, keys: Option<String>) -> String {
    keys.map_or_else(|| label.to_owned(), |keys| format!("{label} ({keys})"))
}

/// A small button with its key in it.
pub fn key_button(ui: &mut Ui, words: &str, key: &str, on: bool) -> Response {
    let mut text = egui::text::LayoutJob::default();
    let format = |font, color| egui::TextFormat { font_id: font, color, ..egui::TextFormat::default() };
    text.append(words, 0.0, format(fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Text)));
    text.append(key, 4.0, format(fonts::font(Face::Mono, 10.0), style::ink(ui, Ink::Accent)));
    let (ground, edge) = if on { (Ink::AccentSoft, Ink::Accent) } else { (Ink::Panel, Ink::Border) };
    let stroke = Stroke::new(1.0, style::ink(ui, edge));
    ui.add(Button::new(text).fill(style::ink(ui, ground)).stroke(stroke).min_size(vec2(0.0, 24.0)).selected(on))
}
