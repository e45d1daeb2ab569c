//! The model beside an earlier or another one: what is compared with, the strip that says so, and its marks in words.

use super::widgets::{bold, caption, command_button, named};
use super::{Command, Outbox, ViewCx, fonts, style};
use crate::compare::{Comparison, Scores, Way};
use crate::model::{Id, ThreatModel};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{Align, Layout, RichText, Ui};
use std::path::PathBuf;
use std::sync::Arc;

/// What a model is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// As it was last read or saved.
    Saved,
    /// A baseline of the model.
    Baseline(Id),
    /// Another file.
    File(PathBuf),
}

/// A comparison under way.
#[derive(Clone, Debug)]
pub struct Compared {
    pub base: Base,
    /// What people call it.
    pub name: String,
    pub earlier: Arc<ThreatModel>,
    /// As they were frozen; `None` where they are worked out anew.
    pub scores: Option<Arc<Scores>>,
    /// `None` while it is worked out for the first time.
    pub found: Option<Comparison>,
    /// The state of the model that was asked for last.
    pub asked: Option<u64>,
}

impl Compared {
    /// What became of a record, as far as it differs.
    pub fn way(&self, id: &Id) -> Option<Way> {
        let found = self.found.as_ref()?;
        found.difference.records.iter().find(|change| change.key.id() == Some(id)).map(|change| change.way)
    }
}

/// The colour of a kind of change. It never stands alone: a sign stands with it.
pub fn way_ink(way: Way) -> Ink {
    match way {
        Way::Added => Ink::Good,
        // What is gone is quiet: red and dashed are boundaries already.
        Way::Removed => Ink::Muted,
        Way::Changed => Ink::Accent,
    }
}

/// What is compared, the key to the marks, and the way out at the right.
pub fn compared_ui(ui: &mut Ui, _cx: &ViewCx<'_>, compared: &Compared, out: &mut Outbox) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let accent = style::ink(ui, Ink::Accent);
        ui.label(RichText::new(icon::ARROWS_LEFT_RIGHT.to_string()).font(fonts::font(Face::Icon, 16.0)).color(accent));
        ui.label(bold(format!("Compared with {}", compared.name)));
        if let Some(found) = &compared.found {
            let (added, removed, changed) = found.difference.counts();
            for (way, many, word) in
                [(Way::Added, added, "added"), (Way::Removed, removed, "removed"), (Way::Changed, changed, "changed")]
            {
                ui.add_space(4.0);
                ui.label(RichText::new(way.sign()).font(fonts::font(Face::Bold, 15.0)).color(style::ink(ui, way_ink(way))));
                ui.label(format!("{many} {word}"));
            }
            ui.add_space(4.0);
            let (was, is) = found.movement.load;
            ui.label(format!("Load {was:.0} → {is:.0}"));
        } else {
            ui.label(caption(ui, "Comparing…"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if named(command_button(ui, icon::X, "Leave the comparison", Command::EndCompare), "Leave the comparison").clicked() {
                out.run(Command::EndCompare);
            }
            ui.label(caption(ui, "Esc leaves"));
        });
    });
}
