//! What a baseline is to be called.

use crate::ui::Keys;
use crate::ui::widgets::{line_edit, named, primary_button};
use egui::{Key, Ui};

/// Whether it is to be kept.
pub(super) fn ui(ui: &mut Ui, keys: Keys, name: &mut String) -> Option<bool> {
    ui.label("The model and its scores are kept as they are now, inside of the file. Reports tell what changed since.");
    let field = named(ui.add(line_edit(name).hint_text("Name")), "Name of the baseline");
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if keys.begin {
        field.request_focus();
    }
    let mut answer = None;
    ui.horizontal(|ui| {
        if (primary_button(ui, "Keep").clicked() || enter) && !name.trim().is_empty() {
            answer = Some(true);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(false);
        }
    });
    answer
}
