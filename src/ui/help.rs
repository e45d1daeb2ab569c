//! The sheet of keyboard shortcuts, made from the list of commands.

use super::Group;
use super::widgets::{bold, key_cap, primary_button, title};
use egui::{ScrollArea, Ui};

/// Room for the keys of a line, in points.
const KEYS: f32 = 168.0;

type Lines = &'static [(&'static [&'static str], &'static str)];

/// What keys and the pointer do on the canvas, beside commands.
const CANVAS: &[(&str, Lines)] = &[
    (
        "Draw",
        &[
            (&["P", "S", "E", "N"], "Create where the pointer is"),
            (&["Double click"], "Edit the label, or create a process"),
            (&["Enter"], "Edit the label"),
            (&["Enter"], "With a tool chosen: puts it where there is room"),
            (&["Tab"], "In an empty new label: process, store, entity"),
            (&["db: ext:"], "Before a name: a store, an external entity"),
            (&["Ctrl arrow"], "New element beside it, with a flow; again: a sibling"),
            (&["F"], "From the selected element: arrows or letters, Enter"),
            (&["F"], "Connect the two that are selected"),
            (&["B"], "Around what is selected; with nothing selected, the tool"),
            (&["Click"], "With the line tool: point by point, Enter ends it"),
            (&["Space"], "Collapse or expand the boundary"),
            (&["Ctrl drag"], "Resize a boundary without taking in what it reaches"),
        ],
    ),
    (
        "Move about",
        &[
            (&["Arrows"], "Nudge the selection by 1, with Shift by 8"),
            (&["Tab", "Shift Tab"], "Next element, the one before"),
            (&["Alt arrow"], "Along a flow; again, with Alt held: the next of several"),
            (&["Alt Shift arrow"], "Take the next one into the selection"),
            (&["Esc"], "Drop the drag; else select what is around"),
            (&["Ctrl wheel"], "Zoom at the pointer; the wheel alone, if it is told to"),
            (&["Space drag"], "Pan, as does the middle button"),
        ],
    ),
    (
        "While dragging",
        &[
            (&["Shift"], "Keep to one direction; add to the selection"),
            (&["Alt"], "Drag a copy; a boundary without its content"),
            (&["Ctrl"], "Without guides and grid; a flow: loose end"),
            (&["Alt", "rest"], "A flow ends exactly there"),
            (&["Ctrl Alt Shift drag"], "Make room: push all that is right of it, or below"),
        ],
    ),
    (
        "On the threat of the card",
        &[
            (&[",", "."], "The threat before, the next one"),
            (&["M"], "Mitigate"),
            (&["A"], "Accept"),
            (&["X"], "Not applicable"),
            (&["R"], "Transfer"),
            (&["L", "1 to 5"], "Score: likelihood, then impact; 0 for the method"),
            (&["I"], "All about it in the inspector"),
        ],
    ),
];

/// Returns true when it may close.
pub fn shortcuts_ui(ui: &mut Ui) -> bool {
    let room = ui.ctx().content_rect().height() - 160.0;
    ui.set_max_height(room);
    ui.label(title("Keyboard shortcuts"));
    ScrollArea::vertical().max_height(room - 80.0).show(ui, |ui| {
        ui.columns_const(|[left, right]: &mut [Ui; 2]| {
            for group in Group::ALL.iter().chain(&[Group::Stage]) {
                let side = if matches!(group, Group::File | Group::Edit | Group::Insert | Group::Model | Group::Help) {
                    &mut *left
                } else {
                    &mut *right
                };
                side.add_space(6.0);
                side.label(bold(group.label()));
                for command in group.commands() {
                    let keys = command.all_keys(side.ctx());
                    if !keys.is_empty() {
                        line(side, keys.iter().map(String::as_str), command.label());
                    }
                }
            }
            for (head, lines) in CANVAS {
                right.add_space(6.0);
                right.label(bold(*head));
                for (keys, what) in *lines {
                    line(right, keys.iter().copied(), what);
                }
            }
        });
    });
    primary_button(ui, "Close").clicked()
}

fn line<'a>(ui: &mut Ui, keys: impl Iterator<Item = &'a str>, what: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let start = ui.cursor().left();
        keys.for_each(|keys| key_cap(ui, keys));
        let used = ui.cursor().left() - start;
        ui.add_space((KEYS - used).max(4.0));
        ui.label(what);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Command;

    #[test]
    fn nothing_a_command_says_is_said_again() {
        let ctx = egui::Context::default();
        let lines = || CANVAS.iter().flat_map(|(_, lines)| lines.iter());
        for command in Command::all() {
            let label = command.label().to_lowercase();
            for (keys, what) in lines() {
                assert_ne!(what.to_lowercase(), label, "{command:?}");
                // A plain key may mean something else on the canvas; one with Ctrl or Shift may not.
                for chord in command.all_keys(&ctx).iter().filter(|chord| chord.contains(' ')) {
                    assert!(!keys.contains(&chord.as_str()), "{chord} for {what} is {command:?} already");
                }
            }
        }
    }
}
