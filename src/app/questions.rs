//! What the app must ask before it goes on, as modals over the window.

use super::App;
use super::files::Read;
use super::jobs::Purpose;
use crate::ui::widgets::{bold, line_edit, muted, named, primary_button, title};
use egui::{Frame, Key, Margin, Modal, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// What comes after unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum After {
    New,
    ChooseFile,
    Open(PathBuf),
    /// Shows what was read meanwhile.
    Show(Box<Read>),
    OpenSample(&'static str),
    CloseModel,
    Quit,
}

/// An open question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    /// Changes would be lost.
    Unsaved(After),
    /// The path of a file, where the system has no dialog for it.
    Path {
        purpose: Purpose,
        text: String,
    },
    /// A file of this name is there already.
    Overwrite {
        purpose: Purpose,
        path: PathBuf,
    },
    /// What happened while reading, a sentence each.
    Told {
        title: String,
        lines: Vec<String>,
    },
    Shortcuts,
    About,
}

/// What was answered.
enum Answer {
    Save,
    DoNotSave,
    Path(PathBuf),
    Overwrite,
    Close,
}

impl App {
    /// Shows the open question, if any, and acts on its answer.
    pub(super) fn ask(&mut self, ctx: &egui::Context) {
        let Some(mut question) = self.question.take() else { return };
        let mut answer = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
        let modal = Modal::new(egui::Id::new("question")).frame(frame).show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ui.set_width(if matches!(question, Question::Shortcuts) { 760.0 } else { 440.0 });
            answer = match &mut question {
                Question::Unsaved(_) => unsaved_ui(ui, &self.name()),
                Question::Path { purpose, text } => path_ui(ui, purpose, text),
                Question::Overwrite { path, .. } => overwrite_ui(ui, path),
                Question::Told { title, lines } => told_ui(ui, title, lines),
                Question::Shortcuts => crate::ui::shortcuts_ui(ui).then_some(Answer::Close),
                Question::About => about_ui(ui),
            };
        });
        if answer.is_none() && modal.should_close() {
            answer = Some(Answer::Close);
        }
        match (answer, question) {
            (None, question) => self.question = Some(question),
            (Some(Answer::Save), Question::Unsaved(after)) => self.save(Some(after)),
            (Some(Answer::DoNotSave), Question::Unsaved(after)) => self.go_on(after, ctx),
            (Some(Answer::Path(path)), Question::Path { purpose, .. }) => self.path_chosen(purpose, path, true),
            (Some(Answer::Overwrite), Question::Overwrite { purpose, path }) => self.path_chosen(purpose, path, false),
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

fn path_ui(ui: &mut Ui, purpose: &Purpose, text: &mut String) -> Option<Answer> {
    let (head, button) = match purpose {
        Purpose::Open => ("Open a model", "Open"),
        Purpose::Save { .. } => ("Save the model", "Save"),
        Purpose::Report => ("Save the report", "Save"),
    };
    ui.label(title(head));
    let field = named(ui.add(line_edit(text).hint_text("Path of the file")), "Path of the file");
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if !enter && !ui.memory(|m| m.focused().is_some()) {
        field.request_focus();
    }
    let mut answer = None;
    let ends: &[&str] = match purpose {
        Purpose::Open => &["ron", "json"],
        Purpose::Save { .. } => &["ron", "json"],
        Purpose::Report => &["pdf"],
    };
    let (folder, entries) = listing(text, ends);
    ui.label(muted(ui, format!("In {}", folder.display())));
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (name, path, is_folder) in entries {
            if ui.add(egui::Button::selectable(false, name).frame_when_inactive(false)).clicked() {
                let end = if is_folder { std::path::MAIN_SEPARATOR_STR } else { "" };
                *text = format!("{}{end}", path.display());
            }
        }
    });
    ui.horizontal(|ui| {
        if (primary_button(ui, button).clicked() || enter) && !text.trim().is_empty() {
            answer = Some(Answer::Path(PathBuf::from(text.trim())));
        }
        if ui.button("Cancel").clicked() {
            answer = Some(Answer::Close);
        }
    });
    answer
}

/// The folder a typed path is in, and what can be chosen there: folders first.
fn listing(text: &str, ends: &[&str]) -> (PathBuf, Vec<(String, PathBuf, bool)>) {
    let typed = Path::new(text);
    let folder = if text.ends_with(std::path::MAIN_SEPARATOR) { Some(typed) } else { typed.parent() };
    let folder = folder.filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let mut entries: Vec<(String, PathBuf, bool)> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), e.path()))
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, path.is_dir(), path))
        .filter(|(_, is_folder, path)| *is_folder || ends.iter().any(|e| path.extension().is_some_and(|x| x == *e)))
        .map(|(name, is_folder, path)| (if is_folder { format!("{name}/") } else { name }, path, is_folder))
        .collect();
    entries.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    entries.truncate(400);
    (folder, entries)
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

fn told_ui(ui: &mut Ui, head: &str, lines: &[String]) -> Option<Answer> {
    ui.label(title(head));
    let what = if lines.len() == 1 { "One thing is".to_owned() } else { format!("{} things are", lines.len()) };
    ui.label(muted(ui, format!("{what} not exactly as in the file:")));
    ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
        for line in lines {
            ui.add(egui::Label::new(format!("• {line}")).wrap());
        }
    });
    primary_button(ui, "Close").clicked().then_some(Answer::Close)
}

fn about_ui(ui: &mut Ui) -> Option<Answer> {
    ui.label(title("Palisade"));
    ui.label(bold(format!("Version {}", env!("CARGO_PKG_VERSION"))));
    ui.label("A studio for threat modelling. It works without a network: nothing leaves this computer.");
    ui.label(muted(ui, "MIT or Apache-2.0. Fonts: Inter, JetBrains Mono (OFL), DejaVu Sans; icons: Phosphor (MIT)."));
    primary_button(ui, "Close").clicked().then_some(Answer::Close)
}
