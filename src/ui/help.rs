//! The sheet of keyboard shortcuts, made from the list of commands, and what the program is: both beside the work, so that
//! keys can be tried while they are read.

use super::Group;
use super::beside::{beside, takes_escape};
use super::widgets::{bold, key_cap, muted, title};
use egui::{Context, Key, Label, Modifiers, ScrollArea, Ui, vec2};

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
            (&["Esc"], "Drop the drag; else put down the tool; else select nothing"),
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

/// What is left of a page when the next is turned to.
const PAGE_KEPT: f32 = 40.0;

const SHORTCUTS: &str = "Keyboard shortcuts";
const ABOUT: &str = "About Palisade";

/// Which of the two are open.
#[derive(Default)]
pub struct Help {
    shortcuts: bool,
    about: bool,
}

impl Help {
    /// Opens the sheet of shortcuts, or closes it.
    pub fn toggle_shortcuts(&mut self) {
        self.shortcuts = !self.shortcuts;
    }

    pub fn open_about(&mut self) {
        self.about = true;
    }

    pub fn take_escape(&mut self, ctx: &Context) {
        self.shortcuts &= !takes_escape(ctx, SHORTCUTS);
        self.about &= !takes_escape(ctx, ABOUT);
    }

    pub fn ui(&mut self, ctx: &Context) {
        if self.shortcuts {
            self.shortcuts = beside(ctx, SHORTCUTS, vec2(1020.0, 1000.0), |ui| drop(ui.label(title(SHORTCUTS))), shortcuts_ui);
        }
        if self.about {
            self.about = beside(ctx, ABOUT, vec2(440.0, 300.0), |ui| drop(ui.label(title("Palisade"))), about_ui);
        }
    }
}

fn about_ui(ui: &mut Ui) {
    ui.label(bold(format!("Version {}", env!("CARGO_PKG_VERSION"))));
    let does = "A studio for threat modelling. It works without a network: nothing leaves this computer.";
    ui.add(Label::new(does).wrap());
    let licences = muted(ui, "MIT or Apache-2.0. Fonts: Inter, JetBrains Mono (OFL), DejaVu Sans; icons: Phosphor (MIT).");
    ui.add(Label::new(licences).wrap());
}

/// A heading with its lines: keys, and what they do.
type Section = (&'static str, Vec<(Vec<String>, &'static str)>);

fn sections(ctx: &Context) -> Vec<Section> {
    let commands = |group: &Group| {
        let lines = group.commands().map(|command| (command.all_keys(ctx), command.label()));
        (group.label(), lines.filter(|(keys, _)| !keys.is_empty()).collect())
    };
    let canvas = CANVAS.iter().map(|(head, lines)| {
        let owned = |(keys, what): &(&[&str], &'static str)| (keys.iter().map(|key| (*key).to_owned()).collect(), *what);
        (*head, lines.iter().map(owned).collect())
    });
    Group::ALL.iter().chain(&[Group::Stage]).map(commands).chain(canvas).collect()
}

fn shortcuts_ui(ui: &mut Ui) {
    let room = ui.ctx().content_rect().height() - 200.0;
    ScrollArea::vertical().max_height(room).show(ui, |ui| {
        let page = room - PAGE_KEPT;
        for (key, by) in [(Key::PageDown, -page), (Key::PageUp, page)] {
            if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                ui.scroll_with_delta(vec2(0.0, by));
            }
        }
        let sections = sections(ui.ctx());
        let size = |(_, lines): &Section| lines.len() + 2;
        let half = sections.iter().map(size).sum::<usize>() / 2;
        ui.columns_const(|[left, right]: &mut [Ui; 2]| {
            let mut so_far = 0;
            for section in &sections {
                let side = if so_far < half { &mut *left } else { &mut *right };
                so_far += size(section);
                side.add_space(6.0);
                side.label(bold(section.0));
                for (keys, what) in &section.1 {
                    line(side, keys.iter().map(String::as_str), what);
                }
            }
        });
    });
}

fn line<'a>(ui: &mut Ui, keys: impl Iterator<Item = &'a str>, what: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let start = ui.cursor().left();
        keys.for_each(|keys| key_cap(ui, keys));
        let used = ui.cursor().left() - start;
        ui.add_space((KEYS - used).max(4.0));
        ui.add(Label::new(what).truncate());
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
