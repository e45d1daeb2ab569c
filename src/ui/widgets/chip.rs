//! Chips: filters that are on or off, and values that can be taken away.

use super::named;
use crate::text::icon;
use crate::theme::Ink;
use crate::ui::style;
use egui::{Button, CornerRadius, Frame, Margin, Response, RichText, Stroke, Ui, vec2};

/// A filter; active ones are tinted.
pub fn filter_chip(ui: &mut Ui, on: bool, label: &str) -> Response {
    let (ground, border, text) =
        if on { (Ink::AccentSoft, Ink::Accent, Ink::Accent) } else { (Ink::Panel, Ink::Border, Ink::Text) };
    let text = RichText::new(label).size(12.0).color(style::ink(ui, text));
    let button = Button::new(text)
        .fill(style::ink(ui, ground))
        .stroke(Stroke::new(1.0, style::ink(ui, border)))
        .corner_radius(CornerRadius::same(11))
        .min_size(vec2(0.0, 22.0))
        .selected(on);
    ui.add(button)
}

/// A value with a cross. Returns true when the cross is clicked.
pub fn removable_chip(ui: &mut Ui, label: &str, remove: &str) -> bool {
    let frame = Frame::new().inner_margin(Margin { left: 6, right: 2, top: 0, bottom: 0 }).corner_radius(3);
    frame
        .fill(style::ink(ui, Ink::Raised))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding = vec2(2.0, 1.0);
            ui.spacing_mut().interact_size.y = 20.0;
            ui.horizontal(|ui| {
                ui.add(egui::Label::new(RichText::new(label).size(12.0)).truncate());
                let cross = RichText::new(icon::X).size(10.0).color(style::ink(ui, Ink::Muted));
                named(ui.add(Button::new(cross).frame_when_inactive(false)), remove).on_hover_text(remove).clicked()
            })
            .inner
        })
        .inner
}
