//! The sheet of keyboard shortcuts, made from the list of commands.

use super::widgets::{bold, key_cap, primary_button, title};
use super::{Command, Group};
use egui::{ScrollArea, Ui};

/// What the canvas does beside commands.
const GESTURES: &[(&str, &str)] = &[
    ("Ctrl wheel", "Zoom at the pointer"),
    ("Space drag", "Pan"),
    ("Double click", "Edit the label, or create a process"),
    ("Tab", "Next element"),
    ("Arrows", "Nudge the selection by 1, with Shift by 8"),
    ("Esc", "Drop the gesture, then the selection"),
];

/// Returns true when it may close.
pub fn shortcuts_ui(ui: &mut Ui) -> bool {
    ui.label(title("Keyboard shortcuts"));
    ScrollArea::vertical().max_height(440.0).show(ui, |ui| {
        ui.columns_const(|[left, right]: &mut [Ui; 2]| {
            for group in Group::ALL {
                let side = if matches!(group, Group::File | Group::Edit | Group::Model) { &mut *left } else { &mut *right };
                side.add_space(6.0);
                side.label(bold(group.label()));
                for command in Command::ALL.iter().filter(|c| c.group() == *group) {
                    if let Some(keys) = command.keys(side.ctx()) {
                        line(side, &keys, command.label());
                    }
                }
            }
            right.add_space(6.0);
            right.label(bold("Canvas"));
            for (keys, what) in GESTURES {
                line(right, keys, what);
            }
        });
    });
    primary_button(ui, "Close").clicked()
}

fn line(ui: &mut Ui, keys: &str, what: &str) {
    ui.horizontal(|ui| {
        let start = ui.cursor().left();
        key_cap(ui, keys);
        let used = ui.cursor().left() - start;
        ui.add_space((104.0 - used).max(0.0));
        ui.label(what);
    });
}
