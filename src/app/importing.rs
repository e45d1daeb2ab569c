//! Files of other tools: looked at, put right, then opened or merged into what is open. Several come one after another.

use super::App;
use super::dialogs::Kind;
use super::files::Read;
use super::jobs::Done;
use super::questions::After;
use crate::intake::{Incoming, merge};
use crate::model::ThreatModel;
use crate::ui::{Command, ImportAnswer, ImportDialog, ImportPicture, import_pictures};
use std::path::PathBuf;
use std::sync::Arc;

/// A file that is looked at.
pub(super) struct Importing {
    read: Box<Read>,
    pub(super) dialog: ImportDialog,
    /// The model it could be merged into: its number and revision.
    into: (u64, u64),
}

impl App {
    /// Opens files one after another: the first as usual, those after it to be merged into that.
    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) {
        let mut paths = paths.into_iter();
        let Some(first) = paths.next() else { return };
        self.forget_waiting();
        self.waiting.extend(paths.map(|path| (path, true)));
        self.open_path(first);
    }

    /// Reads a file to be merged into what is open.
    pub(super) fn import_path(&mut self, path: PathBuf) {
        self.forget_waiting();
        self.read_path(path, true);
    }

    /// A new wish takes the place of files nobody has seen yet; those that wait for an answer about the one before stay.
    fn forget_waiting(&mut self) {
        if self.dialogs.import.is_none() {
            self.waiting.clear();
        }
    }

    /// Takes up the next file once the one before is dealt with.
    pub(super) fn take_next_file(&mut self) {
        if self.question.is_none()
            && self.dialogs.import.is_none()
            && self.arrived.is_none()
            && !self.is_reading
            && let Some((path, is_for_merging)) = self.waiting.pop_front()
        {
            self.read_path(path, is_for_merging);
        }
    }

    /// What was read is there: people look at it first, if there is anything to look at.
    pub(super) fn show_read(&mut self, read: Read, ctx: &egui::Context) {
        let merges = read.is_for_merging && self.is_open;
        if !merges && !read.opened.wants_a_look() {
            return self.guarded(After::Show(Box::new(read)), ctx);
        }
        if self.dialogs.import.is_some() {
            // What was put right in the one that is looked at is not lost.
            self.waiting.push_back((read.path, read.is_for_merging));
            return self.dialogs.bring(Kind::Import);
        }
        self.commit_typed();
        let model = self.is_open.then(|| self.document.model());
        let dialog = ImportDialog::new(read.file_name(), &read.opened, read.pictures.clone(), model);
        let dialog = if merges { dialog.for_merging() } else { dialog };
        let into = (self.serial, self.document.revision());
        self.dialogs.import = Some(Box::new(Importing { read: Box::new(read), dialog, into }));
        self.dialogs.bring(Kind::Import);
    }

    /// Says what of the file is in the model already, as that is now, and how many files wait.
    pub(super) fn follow_import(&mut self) {
        let Some(importing) = &mut self.dialogs.import else { return };
        importing.dialog.set_waiting(self.waiting.len());
        let now = (self.serial, self.document.revision());
        if importing.into != now && !self.document.is_previewing() {
            importing.into = now;
            importing.dialog.follow(self.is_open.then(|| self.document.model()));
        }
    }

    /// Draws the diagrams again when a guess was put right.
    pub(super) fn draw_import(&mut self) {
        let Some(importing) = &mut self.dialogs.import else { return };
        if let Some(model) = importing.dialog.wanted() {
            self.jobs.start(move |_| Done::ImportDrawn(import_pictures(&model)));
        }
    }

    pub(super) fn note_import_drawn(&mut self, pictures: Vec<ImportPicture>) {
        if let Some(importing) = &mut self.dialogs.import {
            importing.dialog.show(pictures);
        }
    }

    pub(super) fn import_answered(&mut self, answer: ImportAnswer, ctx: &egui::Context) {
        let Some(importing) = self.dialogs.import.take() else { return };
        match answer {
            ImportAnswer::Close => {}
            ImportAnswer::Open => {
                let mut read = importing.read.clone();
                if importing.dialog.is_corrected() {
                    read.correct(ThreatModel::clone(importing.dialog.model()));
                }
                read.is_looked_at = true;
                self.guarded(After::Show(read), ctx);
                // It is looked at until the question is answered that comes first.
                self.dialogs.import = self.question.is_some().then_some(importing);
            }
            ImportAnswer::Merge => self.merge_in(&importing.read, &importing.dialog),
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
