//! Files of other tools: looked at, put right, then opened or merged into what is open. Several come one after another.

use super::App;
use super::files::Read;
use super::jobs::Done;
use super::questions::{After, Question};
use crate::intake::{Incoming, merge};
use crate::ui::{Command, ImportAnswer, ImportDialog, ImportPicture, import_pictures};
use std::path::PathBuf;
use std::sync::Arc;

/// A file that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Importing {
    read: Box<Read>,
    pub(super) dialog: ImportDialog,
}

impl App {
    /// Opens files one after another: the first as usual, those after it to be merged into that.
    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) {
        let mut paths = paths.into_iter();
        let Some(first) = paths.next() else { return };
        self.waiting = paths.collect();
        self.open_path(first);
    }

    /// Reads a file to be merged into what is open.
    pub(super) fn import_path(&mut self, path: PathBuf) {
        self.waiting.clear();
        self.read_path(path, true);
    }

    /// Takes up the next file once the one before is dealt with.
    pub(super) fn take_next_file(&mut self) {
        if self.question.is_none()
            && self.arrived.is_none()
            && !self.is_reading
            && let Some(path) = self.waiting.pop_front()
        {
            self.read_path(path, true);
        }
    }

    /// What was read is there: people look at it first, if there is anything to look at.
    pub(super) fn show_read(&mut self, read: Read, ctx: &egui::Context) {
        let merges = read.is_for_merging && self.is_open;
        if !merges && !read.opened.wants_a_look() {
            return self.guarded(After::Show(Box::new(read)), ctx);
        }
        self.commit_typed();
        let into = self.is_open.then(|| self.document.model());
        let dialog = ImportDialog::new(read.file_name(), &read.opened, read.pictures.clone(), into);
        let dialog = if merges { dialog.for_merging() } else { dialog };
        let dialog = dialog.with_waiting(self.waiting.len());
        self.question = Some(Question::Import(Box::new(Importing { read: Box::new(read), dialog })));
    }

    /// Draws the diagrams again when a guess was put right.
    pub(super) fn draw_import(&mut self) {
        let Some(Question::Import(importing)) = &mut self.question else { return };
        if let Some(model) = importing.dialog.wanted() {
            self.jobs.start(move |_| Done::ImportDrawn(import_pictures(&model)));
        }
    }

    pub(super) fn note_import_drawn(&mut self, pictures: Vec<ImportPicture>) {
        if let Some(Question::Import(importing)) = &mut self.question {
            importing.dialog.show(pictures);
        }
    }

    pub(super) fn import_answered(&mut self, importing: Importing, answer: ImportAnswer, ctx: &egui::Context) {
        let Importing { mut read, dialog } = importing;
        match answer {
            ImportAnswer::Close => {}
            ImportAnswer::Open => {
                if dialog.is_corrected() {
                    read.correct(Arc::unwrap_or_clone(Arc::clone(dialog.model())));
                }
                read.is_looked_at = true;
                self.guarded(After::Show(read), ctx);
            }
            ImportAnswer::Merge => self.merge_in(&read, &dialog),
        }
    }

    /// One step, whatever comes.
    fn merge_in(&mut self, read: &Read, dialog: &ImportDialog) {
        let name = read.file_name();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let (model, guessed) = (Arc::clone(dialog.model()), dialog.guessed());
        let incoming = Incoming { model: &model, name: stem, is_drawn: read.opened.is_drawn, guessed };
        let merged = merge(self.document.model(), &incoming, dialog.how, &mut || self.outbox.fresh_id());
        if merged.is_empty() {
            return self.views.messages.say(format!("{name}: everything in it is in this model already"));
        }
        self.commit(&merged.edit);
        if let Some(diagram) = merged.diagram.filter(|id| self.document.model().diagrams.contains_key(id)) {
            self.show_diagram(diagram);
            self.views.canvas.zoom(Command::ZoomFit);
        }
        let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
        let counts: Vec<String> =
            [count(merged.added, "added"), count(merged.updated, "updated")].into_iter().flatten().collect();
        let told = if counts.is_empty() { "details added".to_owned() } else { counts.join(", ") };
        self.views.messages.say(format!("{name}: {told}. Undo takes it all back."));
    }
}
