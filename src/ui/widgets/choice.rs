//! Choosing one of a few.

use super::named;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{Align2, Button, ComboBox, Id, Response, RichText, Stroke, Ui, vec2};

/// The mark of a drop-down.
fn caret(ui: &Ui, rect: egui::Rect, _visuals: &egui::style::WidgetVisuals, _is_open: bool) {
    let color = style::ink(ui, Ink::Muted);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::CARET_DOWN, fonts::font(Face::Icon, 12.0), color);
}

/// A drop-down over a closed list. Returns the value when another one is chosen.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl egui::AsId,
    name: &str,
    current: T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    choice_response(ui, id, name, current, all, label).1
}

/// The same, with the drop-down itself.
pub fn choice_response<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl egui::AsId,
    name: &str,
    current: T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> (Response, Option<T>) {
    let mut chosen = None;
    let width = ui.available_width();
    let combo = ComboBox::from_id_salt(Id::new(id)).width(width).icon(caret).truncate().selected_text(label(current));
    let response = combo.show_ui(ui, |ui| {
        for value in all {
            if ui.selectable_label(*value == current, label(*value)).clicked() && *value != current {
                chosen = Some(*value);
            }
        }
    });
    (named(response.response, name), chosen)
}

/// A drop-down for several things at once: where they differ it says so, and what is chosen is for all.
pub fn mixed_choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl egui::AsId,
    name: &str,
    current: Option<T>,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    let mut chosen = None;
    let width = ui.available_width();
    let shown = current.map_or("Different ones", &label);
    let combo = ComboBox::from_id_salt(Id::new(id)).width(width).icon(caret).truncate().selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        for value in all {
            if ui.selectable_label(current == Some(*value), label(*value)).clicked() && current != Some(*value) {
                chosen = Some(*value);
            }
        }
    });
    named(response.response, name);
    chosen
}

/// A drop-down over named records and a word for none of them. Returns what is chosen anew.
pub fn optional_choice<T: Clone + PartialEq>(
    ui: &mut Ui,
    id: impl egui::AsId,
    name: &str,
    current: Option<&T>,
    all: &[(T, String)],
    none: &str,
) -> Option<Option<T>> {
    let mut chosen = None;
    let shown = current.and_then(|c| all.iter().find(|(value, _)| value == c)).map_or(none, |(_, label)| label.as_str());
    let width = ui.available_width();
    let combo = ComboBox::from_id_salt(Id::new(id)).width(width).icon(caret).truncate().selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        if ui.selectable_label(current.is_none(), none).clicked() && current.is_some() {
            chosen = Some(None);
        }
        for (value, label) in all {
            if ui.selectable_label(current == Some(value), label).clicked() && current != Some(value) {
                chosen = Some(Some(value.clone()));
            }
        }
    });
    named(response.response, name);
    chosen
}

/// Two to six values side by side. Returns the value when another one is chosen. Each segment is called "name: value".
pub fn segmented<T: Copy + PartialEq>(ui: &mut Ui, name: &str, current: T, all: &[(T, &str)]) -> Option<T> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding = vec2(5.0, 2.0);
        for (value, label) in all {
            let on = *value == current;
            let (ground, border, text) =
                if on { (Ink::AccentSoft, Ink::Accent, Ink::Accent) } else { (Ink::Panel, Ink::Border, Ink::Muted) };
            let text = RichText::new(*label).size(12.0).color(style::ink(ui, text));
            let button = Button::new(text)
                .fill(style::ink(ui, ground))
                .stroke(Stroke::new(1.0, style::ink(ui, border)))
                .min_size(vec2(24.0, 24.0))
                .selected(on);
            if named(ui.add(button), &format!("{name}: {label}")).clicked() && !on {
                chosen = Some(*value);
            }
        }
    });
    chosen
}
