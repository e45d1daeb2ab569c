//! What did not come over as it was: in a line, and all of it on demand.

use super::ImportDialog;
use crate::interchange::LossKind;
use crate::open::Opened;
use crate::ui::widgets::{bold, link, muted};
use egui::{Align, Layout, ScrollArea, Ui};

/// Room of the line.
pub(super) const LINE: f32 = 34.0;
/// Sentences of one heading that are drawn; the clipboard gets all.
const MOST: usize = 2_000;

/// Sentences under headings, the gravest first; headings nothing is under are left out.
pub(super) fn told(opened: &Opened) -> Vec<(&'static str, Vec<String>)> {
    let of = |kind: LossKind| {
        let losses = opened.losses.iter().filter(move |loss| loss.kind == kind);
        losses.map(|loss| format!("{}: {}", loss.what, loss.why)).collect::<Vec<_>>()
    };
    let all = [
        ("not carried over", of(LossKind::Dropped)),
        ("changed", of(LossKind::Changed)),
        ("kept as a note", of(LossKind::Kept)),
        ("repaired", opened.repairs.clone()),
    ];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

impl ImportDialog {
    pub(super) fn losses_ui(&mut self, ui: &mut Ui) {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            if self.losses.is_empty() {
                ui.label(muted(ui, "Everything came over as it is in the file."));
                return;
            }
            ui.label(bold("Not as in the file"));
            let counts: Vec<String> = self.losses.iter().map(|(what, lines)| format!("{} {what}", lines.len())).collect();
            ui.label(muted(ui, counts.join("  ·  ")));
            if link(ui, "Show all").clicked() {
                self.shows_losses = true;
            }
        });
    }

    pub(super) fn all_losses_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label(bold("Not as in the file"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if link(ui, "Back to the preview").clicked() {
                    self.shows_losses = false;
                }
                if link(ui, "Copy").on_hover_text("Puts all of it on the clipboard as text").clicked() {
                    ui.ctx().copy_text(self.losses_as_text());
                }
            });
        });
        ScrollArea::vertical().id_salt("losses").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (what, lines) in &self.losses {
                ui.add_space(6.0);
                ui.label(bold(format!(
                    "{}{} ({})",
                    what.get(..1).unwrap_or_default().to_uppercase(),
                    what.get(1..).unwrap_or_default(),
                    lines.len()
                )));
                for line in lines.iter().take(MOST) {
                    ui.add(egui::Label::new(line).wrap());
                }
                if lines.len() > MOST {
                    ui.label(muted(ui, format!("and {} more; Copy has them all", lines.len() - MOST)));
                }
            }
        });
    }

    fn losses_as_text(&self) -> String {
        let part = |(what, lines): &(&str, Vec<String>)| format!("{what} ({})\n- {}\n", lines.len(), lines.join("\n- "));
        self.losses.iter().map(part).collect::<Vec<_>>().join("\n")
    }
}
