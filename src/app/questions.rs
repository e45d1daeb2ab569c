//! What the app must ask before it goes on, as modals over the window.

mod left_behind;

use super::App;
use super::export::Choices;
use super::files::Read;
use super::importing::Importing;
use super::jobs::Purpose;
use super::path_dialog::PathDialog;
use crate::edit::Edit;
use crate::model::Key;
use crate::ui::widgets::{line_edit, muted, named, primary_button, title};
use crate::ui::{ImportAnswer, MergeAnswer, MergeDialog, ReportAnswer, ReportDialog};
use egui::{Frame, Margin, Modal, Ui};
use std::collections::BTreeSet;
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
    /// The path of a file, where the system has no dialog for it.
    Path(PathDialog),
    /// A file of this name is there already.
    Overwrite { purpose: Purpose, path: PathBuf },
    /// A diagram shows what no other one does; the keys are everything that goes with it.
    DeleteDiagram { name: String, keys: BTreeSet<Key> },
    /// Elements to be deleted have parts; `inside` is all that goes with them or stays without them.
    DeleteInside { edit: Box<Edit>, inside: BTreeSet<Key> },
    /// What was not saved when an earlier window ended.
    LeftBehind,
    /// The file to be written was changed by somebody else.
    Changed { path: PathBuf, then: Option<After> },
    /// A file, before it becomes a model or a part of one.
    Import(Box<Importing>),
    /// Diagrams as files.
    Export(Choices),
    /// What clashes in a merge; `sum` is that of the file the other side is in.
    Merge { dialog: Box<MergeDialog>, sum: String },
    /// What a baseline is to be called.
    Baseline { name: String },
    /// What goes into the report, and where it goes.
    Report(Box<ReportDialog>),
}

/// What was answered.
enum Answer {
    Save,
    DoNotSave,
    Path(PathBuf),
    Overwrite,
    Delete,
    Keep,
    Export,
    Report(ReportAnswer),
    Import(ImportAnswer),
    Close,
    Left(left_behind::Choice),
    SaveElsewhere,
    Merge,
    KeepBaseline,
}

impl App {
    /// Shows the open question, if any, and acts on its answer.
    pub(super) fn ask(&mut self, ctx: &egui::Context) {
        let Some(mut question) = self.question.take() else { return };
        let mut answer = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
        let modal = Modal::new(egui::Id::new("question")).frame(frame).show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            match question {
                Question::Report(_) | Question::Import(_) => {}
                Question::Export(_) => ui.set_width(520.0),
                Question::Merge { .. } => ui.set_width(820.0),
                _ => ui.set_width(440.0),
            }
            answer = match &mut question {
                Question::Unsaved(_) => unsaved_ui(ui, &self.name()),
                Question::Path(dialog) => dialog.ui(ui).map(|path| path.map_or(Answer::Close, Answer::Path)),
                Question::Overwrite { path, .. } => overwrite_ui(ui, path),
                Question::DeleteDiagram { name, keys } => delete_diagram_ui(ui, name, keys),
                Question::DeleteInside { inside, .. } => delete_inside_ui(ui, inside),
                Question::LeftBehind => left_behind::ui(ui, &self.recovery.left).map(Answer::Left),
                Question::Changed { path, .. } => changed_ui(ui, path),
                Question::Export(choices) => {
                    self.export_ui(ui, choices).map(|go| if go { Answer::Export } else { Answer::Close })
                }
                Question::Merge { dialog, .. } => dialog.ui(ui).map(|answer| match answer {
                    MergeAnswer::Merge => Answer::Merge,
                    MergeAnswer::Cancel => Answer::Close,
                }),
                Question::Baseline { name } => baseline_ui(ui, name),
                Question::Report(dialog) => dialog.ui(ui).map(Answer::Report),
                Question::Import(importing) => importing.dialog.ui(ui).map(Answer::Import),
            };
        });
        if answer.is_none() && modal.should_close() {
            answer = Some(Answer::Close);
        }
        match (answer, question) {
            (None, question) => self.question = Some(question),
            (Some(Answer::Save), Question::Unsaved(after)) => self.save(Some(after)),
            (Some(Answer::DoNotSave), Question::Unsaved(after)) => self.go_on(after, ctx),
            (Some(Answer::Path(path)), Question::Path(dialog)) => self.path_chosen(dialog.purpose, path, true),
            (Some(Answer::Overwrite), Question::Overwrite { purpose, path }) => self.path_chosen(purpose, path, false),
            (Some(Answer::Delete), Question::DeleteDiagram { keys, .. }) => self.commit(&Edit::Remove { keys }),
            (Some(Answer::Delete), Question::DeleteInside { edit, inside }) => {
                let label = format!("{} and what is inside", edit.label());
                let edits = vec![*edit, Edit::Remove { keys: inside }];
                self.commit(&Edit::Batch { label, edits });
            }
            (Some(Answer::Export), Question::Export(choices)) => self.export_chosen(choices),
            (Some(Answer::Keep), Question::DeleteInside { edit, .. }) => self.commit(&edit),
            (Some(Answer::Left(left_behind::Choice::Recover(at))), _) => self.guarded(After::Recover(at), ctx),
            (Some(Answer::Left(left_behind::Choice::Discard(at))), _) => self.discard_left_behind(at),
            (Some(Answer::Overwrite), Question::Changed { path, then }) => self.save_over(path, String::new(), then),
            (Some(Answer::SaveElsewhere), Question::Changed { then, .. }) => self.choose(Purpose::Save { then }),
            (Some(Answer::Import(answer)), Question::Import(importing)) => self.import_answered(*importing, answer, ctx),
            (Some(Answer::Merge), Question::Merge { dialog, sum }) => self.finish_merge(*dialog, sum),
            (Some(Answer::KeepBaseline), Question::Baseline { name }) => self.keep_baseline(&name),
            (Some(Answer::Report(answer)), Question::Report(dialog)) => self.report_answered(dialog, answer),
            // The dialog that asked for the theme is there again.
            (Some(Answer::Close), Question::Path(dialog)) if dialog.purpose == Purpose::Theme => self.ask_report(),
            (Some(_), _) => {}
        }
        self.list_folder();
        self.follow_export();
        self.lay_out_report();
        self.draw_import();
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

fn baseline_ui(ui: &mut Ui, name: &mut String) -> Option<Answer> {
    ui.label(title("Keep as baseline"));
    ui.label("The model and its scores are kept as they are now, inside of the file. Reports tell what changed since.");
    let field = named(ui.add(line_edit(name).hint_text("Name")), "Name of the baseline");
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    if !enter && !ui.memory(|m| m.focused().is_some()) {
        field.request_focus();
    }
    let mut answer = None;
    ui.horizontal(|ui| {
        if (primary_button(ui, "Keep").clicked() || enter) && !name.trim().is_empty() {
            answer = Some(Answer::KeepBaseline);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

fn delete_diagram_ui(ui: &mut Ui, name: &str, keys: &BTreeSet<Key>) -> Option<Answer> {
    ui.label(title("Delete the diagram?"));
    let items: BTreeSet<Key> = keys.iter().filter(|key| !matches!(key, Key::Diagram(_))).cloned().collect();
    let counted = counted(&items);
    ui.label(format!("With “{name}” goes what is drawn on no other diagram: {counted}. Undo brings everything back."));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Delete").clicked() {
            answer = Some(Answer::Delete);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

fn delete_inside_ui(ui: &mut Ui, inside: &BTreeSet<Key>) -> Option<Answer> {
    ui.label(title("Delete what is inside as well?"));
    ui.label(format!("It is made of {}. What is kept moves up a level. Undo brings everything back.", counted(inside)));
    let mut answer = None;
    ui.horizontal(|ui| {
        if primary_button(ui, "Delete everything inside").clicked() {
            answer = Some(Answer::Delete);
        }
        if ui.button("Keep what is inside").clicked() {
            answer = Some(Answer::Keep);
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

/// "2 elements, 1 data flow".
fn counted(keys: &BTreeSet<Key>) -> String {
    let kinds = [
        ("element", "elements"),
        ("trust boundary", "trust boundaries"),
        ("data flow", "data flows"),
        ("note", "notes"),
        ("diagram", "diagrams"),
    ];
    let count = |kind: &str| keys.iter().filter(|key| key.kind_label() == kind).count();
    let counted: Vec<String> = kinds
        .iter()
        .map(|(one, many)| (count(one), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
    counted.join(", ")
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
