//! What the app must ask before it goes on, because something would be lost: the only things that are modal.

use super::App;
use super::files::Read;
use super::jobs::Purpose;
use crate::ui::widgets::{muted, primary_button, title};
use egui::{Frame, Margin, Modal, Order, Ui};
use std::path::{Path, PathBuf};

/// What comes after unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum After {
    New,
    /// Shows what was read meanwhile.
    Show(Box<Read>),
    OpenSample(&'static str),
    /// Opens a sample and shows people around.
    Tour,
    /// Takes up what was left behind, by its place in the list.
    Recover(usize),
    CloseModel,
    Quit,
}

/// An open question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    /// Changes would be lost.
    Unsaved(After),
    /// A file of this name is there already.
    Overwrite { purpose: Purpose, path: PathBuf },
    /// The file to be written was changed by somebody else.
    Changed { path: PathBuf, then: Option<After> },
    /// What an earlier window did not save is to be thrown away; its place in the list, and its name.
    Discard { at: usize, what: String },
}

/// What was answered.
enum Answer {
    Save,
    DoNotSave,
    Overwrite,
    SaveElsewhere,
    Discard,
    Close,
}

impl App {
    /// Shows the open question, if any, and acts on its answer.
    pub(super) fn ask(&mut self, ctx: &egui::Context) {
        let Some(question) = self.question.take() else { return };
        let mut answer = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
        let id = egui::Id::new("question");
        // Dialogs that open meanwhile wait below.
        ctx.move_to_top(egui::LayerId::new(Order::Foreground, id));
        let modal = Modal::new(id).frame(frame).show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ui.set_width(440.0);
            answer = match &question {
                Question::Unsaved(_) => unsaved_ui(ui, &self.name()),
                Question::Overwrite { path, .. } => overwrite_ui(ui, path),
                Question::Changed { path, .. } => changed_ui(ui, path),
                Question::Discard { what, .. } => discard_ui(ui, what),
            };
        });
        if answer.is_none() && modal.should_close() {
            answer = Some(Answer::Close);
        }
        match (answer, question) {
            (None, question) => self.question = Some(question),
            (Some(Answer::Save), Question::Unsaved(after)) => self.save(Some(after)),
            (Some(Answer::DoNotSave), Question::Unsaved(after)) => self.go_on(after, ctx),
            (Some(Answer::Overwrite), Question::Overwrite { purpose, path }) => self.path_chosen(purpose, path, false),
            (Some(Answer::Overwrite), Question::Changed { path, then }) => self.save_over(path, String::new(), then),
            (Some(Answer::SaveElsewhere), Question::Changed { then, .. }) => self.choose(Purpose::Save { then }),
            (Some(Answer::Discard), Question::Discard { at, .. }) => self.discard_left_behind(at),
            (Some(_), Question::Overwrite { .. }) => self.dialogs.come_back(),
            (Some(_), _) => {}
        }
    }
}

fn unsaved_ui(ui: &mut Ui, name: &str) -> Option<Answer> {
    ui.label(title("Save your changes?"));
    ui.label(format!("“{name}” has changes that are not saved. Without saving they are lost."));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Save").clicked() {
            answer = Some(Answer::Save);
        }
        if ui.button("Don’t save").clicked() {
            answer = Some(Answer::DoNotSave);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

fn overwrite_ui(ui: &mut Ui, path: &Path) -> Option<Answer> {
    ui.label(title("Replace the file?"));
    ui.label(format!("{} is there already. Its content will be replaced.", path.display()));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Replace").clicked() {
            answer = Some(Answer::Overwrite);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

fn changed_ui(ui: &mut Ui, path: &Path) -> Option<Answer> {
    ui.label(title("The file was changed by somebody else"));
    ui.label(format!("{} is no longer as this window read or wrote it. Your changes are not saved yet.", path.display()));
    ui.label(muted(ui, "Replacing it keeps what is there now beside it, with .bak added to its name."));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Save under another name…").clicked() {
            answer = Some(Answer::SaveElsewhere);
        }
        if ui.button("Replace it").clicked() {
            answer = Some(Answer::Overwrite);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

fn discard_ui(ui: &mut Ui, what: &str) -> Option<Answer> {
    ui.label(title("Throw the changes away?"));
    ui.label(format!("What was not saved of “{what}” is gone then; nothing brings it back."));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Throw away").clicked() {
            answer = Some(Answer::Discard);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}
