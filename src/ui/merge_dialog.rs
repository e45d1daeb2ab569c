//! The dialog of a merge: each conflict in a row, ours at the left and theirs at the right, to be chosen one by one or all.

use super::style;
use super::widgets::{bold, caption, muted, named, primary_button};
use crate::compare::{Choices, Conflict, Difference, Merged, Side, resolve};
use crate::library::Library;
use crate::model::ThreatModel;
use crate::theme::Ink;
use egui::{Button, RichText, ScrollArea, Ui, vec2};
use std::sync::Arc;

/// Three models to bring together, and who wins what so far.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeDialog {
    base: Arc<ThreatModel>,
    ours: Arc<ThreatModel>,
    theirs: Arc<ThreatModel>,
    /// What theirs is called: "shop.ron as it is on disk".
    name: String,
    choices: Choices,
    merged: Merged,
    /// How many records came in from theirs without a conflict.
    incoming: usize,
}

/// How the dialog ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeAnswer {
    Merge,
    Cancel,
}

impl MergeDialog {
    pub fn new(base: ThreatModel, ours: Arc<ThreatModel>, theirs: ThreatModel, name: String) -> MergeDialog {
        let (base, theirs) = (Arc::new(base), Arc::new(theirs));
        let incoming = Difference::between(&base, &theirs, Library::builtin()).records.len();
        let merged = resolve(&base, &ours, &theirs, &Choices::new());
        MergeDialog { base, ours, theirs, name, choices: Choices::new(), merged, incoming }
    }

    /// What is ours was edited meanwhile: decided stays what was decided.
    pub fn follow(&mut self, ours: Arc<ThreatModel>) {
        self.merged = resolve(&self.base, &ours, &self.theirs, &self.choices);
        self.ours = ours;
    }

    /// The model as it is decided now, and what it was merged with.
    pub fn finished(self) -> (ThreatModel, Arc<ThreatModel>) {
        (self.merged.model, self.theirs)
    }

    pub fn has_conflicts(&self) -> bool {
        !self.merged.conflicts.is_empty()
    }

    /// "4 records changed there; 2 clash with your changes".
    pub fn told(&self) -> String {
        let records = if self.incoming == 1 { "1 record".to_owned() } else { format!("{} records", self.incoming) };
        match self.merged.conflicts.len() {
            0 => format!("{records} changed there, none of which clashes with your changes"),
            1 => format!("{records} changed there; one change clashes with yours"),
            n => format!("{records} changed there; {n} changes clash with yours"),
        }
    }

    fn choose(&mut self, conflicts: &[Conflict], side: Side) {
        self.choices.extend(conflicts.iter().map(|conflict| (conflict.at.clone(), side)));
        self.merged = resolve(&self.base, &self.ours, &self.theirs, &self.choices);
    }

    pub fn ui(&mut self, ui: &mut Ui) -> Option<MergeAnswer> {
        ui.label(format!("{}: {}.", self.name, self.told()));
        let mut chosen: Option<(Vec<Conflict>, Side)> = None;
        ui.horizontal(|ui| {
            ui.label(muted(ui, "Where both changed the same, one wins:"));
            for (side, words) in [(Side::Ours, "All mine"), (Side::Theirs, "All theirs")] {
                if ui.button(words).clicked() {
                    chosen = Some((self.merged.conflicts.clone(), side));
                }
            }
        });
        ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
            for (n, conflict) in self.merged.conflicts.iter().enumerate() {
                if let Some(side) = conflict_ui(ui, n, conflict) {
                    chosen = Some((vec![conflict.clone()], side));
                }
            }
            for note in &self.merged.notes {
                ui.label(caption(ui, note));
            }
        });
        if let Some((conflicts, side)) = chosen {
            self.choose(&conflicts, side);
        }
        let mut answer = None;
        ui.horizontal(|ui| {
            if primary_button(ui, "Merge").clicked() {
                answer = Some(MergeAnswer::Merge);
            }
            if ui.button("Cancel").clicked() {
                answer = Some(MergeAnswer::Cancel);
            }
            ui.label(caption(ui, "One step; undo brings back what was here before"));
        });
        answer
    }
}

/// A conflict with its two sides; the side that was chosen.
fn conflict_ui(ui: &mut Ui, n: usize, conflict: &Conflict) -> Option<Side> {
    let mut chosen = None;
    let field = if conflict.field.is_empty() { String::new() } else { format!(", {}", conflict.field) };
    let mut head = conflict.record.chars();
    let head: String = head.next().map(|c| c.to_uppercase().chain(head).collect()).unwrap_or_default();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(bold(format!("{head}{field}")));
        ui.add(egui::Label::new(caption(ui, format!("was: {}", conflict.base))).truncate());
    });
    ui.horizontal(|ui| {
        let width = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
        for (side, who, words) in [(Side::Ours, "Mine", &conflict.ours), (Side::Theirs, "Theirs", &conflict.theirs)] {
            let is_taken = conflict.taken == side;
            let mark = if is_taken { "✔ " } else { "" };
            let text = RichText::new(format!("{mark}{who}: {words}"))
                .color(style::ink(ui, if is_taken { Ink::Text } else { Ink::Muted }));
            let button = Button::new(text).selected(is_taken).truncate().min_size(vec2(width, 24.0));
            let response = ui.add_sized(vec2(width, 24.0), button).on_hover_text(words.as_str());
            if named(response, &format!("{who} for conflict {}: {words}", n + 1)).clicked() && !is_taken {
                chosen = Some(side);
            }
        }
    });
    chosen
}
