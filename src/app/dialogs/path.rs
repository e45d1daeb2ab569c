//! The question for a path, where the system has no dialog for it.

use super::Kind;
use crate::app::App;
use crate::app::jobs::{Done, Purpose, READ};
use crate::ui::Keys;
use crate::ui::widgets::{line_edit, muted, named, primary_button};
use egui::{Key, ScrollArea, Ui};
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

/// More entries of a folder are not listed: typing finds them faster.
const MOST: usize = 400;

/// The path as typed so far, and the folder it is in.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct PathDialog {
    pub(super) purpose: Purpose,
    text: String,
    /// The folder that is shown, or being read.
    folder: Option<PathBuf>,
    /// What can be chosen there; `None` until it is read.
    entries: Option<Vec<Entry>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    is_file: bool,
    name: String,
    path: PathBuf,
}

/// A folder that was read.
pub(in crate::app) struct Listing {
    folder: PathBuf,
    entries: Vec<Entry>,
}

impl App {
    /// Asks for a path; what was typed before for the same is still there.
    pub(in crate::app) fn ask_path(&mut self, purpose: Purpose) {
        self.dialogs.bring(Kind::Path);
        if self.dialogs.path.as_ref().is_none_or(|dialog| dialog.purpose != purpose) {
            let path = self.folder().join(self.suggested(&purpose));
            self.dialogs.path = Some(PathDialog::new(purpose, &path));
            self.list_folder();
        }
    }

    /// Has the folder read that the typed path is in; a slow disk does not hold up the window.
    pub(super) fn list_folder(&mut self) {
        let Some(dialog) = &mut self.dialogs.path else { return };
        let folder = folder_of(&dialog.text);
        if dialog.folder.as_ref() == Some(&folder) {
            return;
        }
        dialog.folder = Some(folder.clone());
        dialog.entries = None;
        let ends = dialog.ends();
        self.jobs.start(move |_| {
            let entries = entries(&folder, ends);
            Done::Listed(Listing { folder, entries })
        });
    }

    pub(in crate::app) fn note_listing(&mut self, listing: Listing) {
        if let Some(dialog) = &mut self.dialogs.path
            && dialog.folder.as_ref() == Some(&listing.folder)
        {
            dialog.entries = Some(listing.entries);
        }
    }
}

impl PathDialog {
    fn new(purpose: Purpose, path: &Path) -> PathDialog {
        PathDialog { purpose, text: path.display().to_string(), folder: None, entries: None }
    }

    fn ends(&self) -> &'static [&'static str] {
        match self.purpose {
            Purpose::Open | Purpose::Import | Purpose::Compare => READ,
            Purpose::Save { .. } => &["ron", "json"],
            Purpose::Picture(_) => &["svg", "png", "pdf"],
            Purpose::Chart(..) => &["svg", "png", "csv"],
            Purpose::Report => &["pdf", "html", "xlsx", "csv", "md", "json"],
            Purpose::Theme => &["ron"],
            Purpose::Findings => &["csv", "tsv", "txt"],
        }
    }

    pub(super) fn title(&self) -> &'static str {
        self.words().0
    }

    /// What it is called, and the button that goes on.
    fn words(&self) -> (&'static str, &'static str) {
        match self.purpose {
            Purpose::Open => ("Open a model", "Open"),
            Purpose::Import => ("Import into this model", "Import"),
            Purpose::Save { .. } => ("Save the model", "Save"),
            Purpose::Picture(_) => ("Export as a picture", "Export"),
            Purpose::Chart(..) => ("Save the chart", "Save"),
            Purpose::Report => ("Save the report", "Save"),
            Purpose::Compare => ("Compare with another file", "Compare with it"),
            Purpose::Theme => ("Choose a theme for reports", "Choose"),
            Purpose::Findings => ("Import findings from a CSV table", "Import"),
        }
    }

    /// The answer: a path, or `None` in it to leave things as they are.
    pub(super) fn ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<Option<PathBuf>> {
        let field = named(ui.add(line_edit(&mut self.text).hint_text("Path of the file")), "Path of the file");
        let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if keys.begin {
            field.request_focus();
        }
        self.entries_ui(ui);
        let mut answer = None;
        ui.horizontal(|ui| {
            if (primary_button(ui, self.words().1).clicked() || enter) && !self.text.trim().is_empty() {
                answer = Some(Some(PathBuf::from(self.text.trim())));
            }
            if ui.button("Cancel").clicked() {
                answer = Some(None);
            }
        });
        answer
    }

    fn entries_ui(&mut self, ui: &mut Ui) {
        let folder = self.folder.as_deref().unwrap_or(Path::new("")).display();
        let Some(entries) = &self.entries else {
            ui.label(muted(ui, format!("Reading {folder}…")));
            return;
        };
        ui.label(muted(ui, format!("In {folder}")));
        ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for entry in entries {
                let end = if entry.is_file { "" } else { MAIN_SEPARATOR_STR };
                let label = format!("{}{end}", entry.name);
                if ui.add(egui::Button::selectable(false, label).frame_when_inactive(false)).clicked() {
                    self.text = format!("{}{end}", entry.path.display());
                }
            }
        });
    }
}

fn folder_of(text: &str) -> PathBuf {
    let typed = Path::new(text);
    let folder = if text.ends_with(MAIN_SEPARATOR) { Some(typed) } else { typed.parent() };
    folder.filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// What can be chosen in a folder: folders first, then files with one of the endings.
fn entries(folder: &Path, ends: &[&str]) -> Vec<Entry> {
    let all = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let entry = |e: std::fs::DirEntry| {
        let (name, path) = (e.file_name().to_string_lossy().into_owned(), e.path());
        Entry { is_file: !path.is_dir(), name, path }
    };
    let fits = |e: &Entry| {
        let ends_so = || e.path.extension().is_some_and(|end| ends.iter().any(|known| end == *known));
        !e.name.starts_with('.') && (!e.is_file || ends_so())
    };
    let mut entries: Vec<Entry> = all.map(entry).filter(fits).collect();
    entries.sort();
    entries.truncate(MOST);
    entries
}
