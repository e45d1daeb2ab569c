//! Saving: one after the other, in the background, and never over what nobody here has seen.

use super::App;
use super::jobs::{Done, Purpose};
use super::questions::{After, Question};
use crate::model::ThreatModel;
use crate::storage::Encoding;
use crate::{disk, journal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A model to be written.
pub(super) struct Save {
    path: PathBuf,
    model: Arc<ThreatModel>,
    /// Number of the model it is, and its revision.
    serial: u64,
    revision: u64,
    then: Option<After>,
    /// What the file must hold for its content to be replaced without asking; empty where anything may be there.
    expected: String,
}

/// What was written.
#[derive(Debug)]
pub(super) struct Written {
    /// The sum of it.
    sum: String,
    /// What people should know of it, a sentence.
    warning: Option<String>,
}

/// Why a model was not written.
#[derive(Debug)]
pub(super) enum NotSaved {
    /// The file holds something else than this window read or wrote.
    Changed,
    Failed(String),
}

impl App {
    /// Saves where the model came from, or asks where to.
    pub(super) fn save(&mut self, then: Option<After>) {
        self.commit_typed();
        match self.file.clone() {
            Some(path) => self.save_to(path, then),
            None => self.choose(Purpose::Save { then }),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, then: Option<After>) {
        let path = std::path::absolute(&path).unwrap_or(path);
        // Elsewhere people were asked before whether the file may be replaced.
        let expected = if self.file.as_ref() == Some(&path) { self.sum.clone() } else { String::new() };
        self.save_over(path, expected, then);
    }

    /// Saves; a file whose content has another sum than the expected one is not replaced.
    pub(super) fn save_over(&mut self, path: PathBuf, expected: String, then: Option<After>) {
        self.write_log(None);
        let model = self.document.share();
        let revision = self.document.revision();
        self.saves.push_back(Save { path, model, serial: self.serial, revision, then, expected });
        // Two at a time could overtake each other on the way to the same file.
        if self.saves.len() == 1 {
            self.write_next();
        }
    }

    fn write_next(&mut self) {
        let Some(save) = self.saves.front() else { return };
        let (model, path, expected) = (Arc::clone(&save.model), save.path.clone(), save.expected.clone());
        let started = self.work_through("Saving", move |_| Done::Saved(written(&model, &path, &expected)));
        if !started {
            self.saves.clear();
        }
    }

    /// The first save is done.
    pub(super) fn note_saved(&mut self, result: Result<Written, NotSaved>) {
        let Some(saved) = self.saves.pop_front() else { return };
        let is_shown = saved.serial == self.serial;
        let mut then = saved.then.filter(|_| is_shown);
        if self.leaving && self.saves.is_empty() {
            self.leaving = false;
            then = Some(After::Quit);
        }
        match result {
            Err(NotSaved::Changed) => {
                self.question = Some(Question::Changed { path: saved.path, then: then.take() });
            }
            Err(NotSaved::Failed(why)) => {
                self.views.messages.warn(format!("Not saved. {why}"));
                then = None;
            }
            Ok(Written { sum, warning }) if is_shown => {
                self.remember(&saved.path);
                self.sum = sum;
                // The next save in the row is of the same file, which now holds this.
                self.saves.iter_mut().filter(|next| next.path == saved.path).for_each(|next| next.expected.clone_from(&self.sum));
                if self.document.revision() == saved.revision {
                    self.document.mark_saved();
                }
                self.journal_stored(&saved.path);
                self.file = Some(saved.path);
                self.forget_outside();
                match warning {
                    Some(warning) => self.views.messages.warn(format!("Saved. {warning}")),
                    None => self.views.messages.say("Saved".to_owned()),
                }
            }
            Ok(_) => self.views.messages.say(format!("Saved {}", saved.path.display())),
        }
        self.write_next();
        // Asks again if something was changed while the file was written.
        if let Some(after) = then {
            let ctx = self.jobs.context().clone();
            self.guarded(after, &ctx);
        }
    }
}

/// Writes a model unless the file holds something nobody here has seen; what was written.
fn written(model: &ThreatModel, path: &Path, expected: &str) -> Result<Written, NotSaved> {
    let failed = |why: &dyn std::fmt::Display| NotSaved::Failed(why.to_string());
    let text = Encoding::of(path).unwrap_or(Encoding::Ron).write(model).map_err(|e| failed(&e))?;
    let sum = journal::sum(text.as_bytes());
    if !expected.is_empty() {
        match disk::read(path) {
            Ok(bytes) if ![expected, &sum].contains(&journal::sum(&bytes).as_str()) => return Err(NotSaved::Changed),
            // A file that is gone is simply written again.
            _ => {}
        }
    }
    disk::save(path, text.as_bytes()).map_err(|e| failed(&e))?;
    Ok(Written { sum, warning: disk::too_large(&text) })
}
