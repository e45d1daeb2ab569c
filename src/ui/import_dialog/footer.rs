//! What becomes of the file.

use super::{ImportAnswer, ImportDialog};
use crate::intake::How;
use crate::ui::Keys;
use crate::ui::widgets::{muted, primary_button, segmented};
use egui::{Align, Layout, Ui};

pub(super) const HEIGHT: f32 = 44.0;
/// The row about what is known.
pub(super) const KNOWN: f32 = 38.0;

impl ImportDialog {
    pub(super) fn footer_ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<ImportAnswer> {
        if let Some(known) = self.known.filter(|known| *known > 0) {
            ui.horizontal(|ui| {
                let all = self.read.elements.len() + self.read.flows.len() + self.read.boundaries.len();
                ui.label(format!("{known} of {all} elements, flows and boundaries are in this model already. When merging:"));
                let ways = [(How::Update, "Update them"), (How::AddAll, "Add all again")];
                if let Some(how) = segmented(ui, "What is there already", self.how, &ways) {
                    self.how = how;
                }
            });
        }
        let mut answer = None;
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            ui.horizontal(|ui| {
                let mut buttons = vec![(ImportAnswer::Open, "Open as new")];
                if self.known.is_some() {
                    buttons.push((ImportAnswer::Merge, "Merge into this model"));
                }
                // The usual one first, as everywhere.
                buttons.sort_by_key(|(answer, _)| *answer != self.default_answer());
                for (wish, label) in buttons {
                    let is_default = wish == self.default_answer();
                    let button = if is_default { primary_button(ui, label) } else { ui.button(label) };
                    // The keyboard starts at the usual answer.
                    if is_default && keys.begin {
                        button.request_focus();
                    }
                    if button.clicked() {
                        answer = Some(wish);
                    }
                }
                if ui.button(if self.waiting > 0 { "Skip" } else { "Cancel" }).clicked() {
                    answer = Some(ImportAnswer::Close);
                }
                if self.waiting > 0 {
                    let files = if self.waiting == 1 {
                        "1 more file follows".to_owned()
                    } else {
                        format!("{} more files follow", self.waiting)
                    };
                    ui.label(muted(ui, files));
                }
            });
        });
        answer
    }
}
