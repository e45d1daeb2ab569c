//! What comes to a document from elsewhere: events of another one, and what somebody else made of its file.

use super::Document;
use crate::edit::{Event, Transaction};
use crate::model::{Key, ThreatModel};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Document {
    /// Takes over what is in the file now as one undo step; false when it differs in no record. Its log takes the place
    /// of this one's. What was being tried out or shown is dropped.
    pub fn reload(&mut self, theirs: ThreatModel, label: &str) -> bool {
        let changed = self.become_one(theirs, label);
        self.unlogged = Transaction::default();
        self.mark_saved();
        changed
    }

    /// Takes over, as one undo step, what came of merging this model with `theirs`, which is in the file now. What the
    /// file lacks of it is not saved yet.
    pub fn merge(&mut self, theirs: &ThreatModel, merged: ThreatModel, label: &str) -> bool {
        let mine = Transaction::between(theirs, &merged, &keys_of(theirs, &merged));
        if mine.is_empty() && theirs.log == merged.log {
            return self.reload(merged, label);
        }
        let changed = self.become_one(merged, label);
        // No undo leads to what is in the file.
        (self.saved, self.is_lost) = (u64::MAX, false);
        (self.unlogged, self.unsaved) = (mine.clone(), Some(mine));
        changed
    }

    fn become_one(&mut self, other: ThreatModel, label: &str) -> bool {
        self.drop_trial();
        self.cancel_preview();
        let transaction = Transaction::between(&self.model, &other, &keys_of(&self.model, &other));
        Arc::make_mut(&mut self.model).log = other.log;
        self.revision += 1;
        if transaction.is_empty() {
            return false;
        }
        self.apply(&transaction);
        self.record(label.to_owned(), transaction, None);
        true
    }

    /// The model as it was last read or saved, where that can be told.
    pub fn as_saved(&self) -> Option<ThreatModel> {
        let mut model = (*self.committed()).clone();
        let tried = self.trial.as_ref().and_then(|trial| self.past.get(trial.base..)).unwrap_or_default();
        let tried = tried.iter().fold(Transaction::default(), |all, entry| all.then(entry.step.transaction.clone()));
        // What is tried out is noted as well; the committed model is without it already.
        let unsaved = self.unsaved.clone()?.then(tried.inverse());
        unsaved.inverse().apply(&mut model);
        Some(model)
    }

    /// How many records are not as last read or saved.
    pub fn unsaved_records(&self) -> usize {
        self.unsaved.as_ref().map_or(1, |unsaved| unsaved.changes.len())
    }

    /// What was saved last is no longer in the file: all of the model is worth saving, whatever is undone.
    pub fn mark_lost(&mut self, is_lost: bool) {
        self.is_lost = is_lost;
    }

    /// Lets happen again what happened to another document in the same state.
    pub fn retell(&mut self, event: Event) {
        match event {
            Event::Did(step) => {
                self.apply(&step.transaction);
                self.note(step.transaction.clone());
                self.record(step.label, step.transaction, None);
            }
            Event::Became(step) => {
                self.take_newest();
                self.retell(Event::Did(step));
            }
            Event::Dropped => self.take_newest(),
            Event::Undid => drop(self.undo()),
            Event::Redid => drop(self.redo()),
            Event::Saved => self.mark_saved(),
            Event::Logged(id, entry) => self.append(id, entry),
            Event::Typing(_) => {}
        }
    }

    /// Takes the newest step back as if it had never been.
    fn take_newest(&mut self) {
        if self.undo() {
            self.future.clear();
        }
    }
}

fn keys_of(a: &ThreatModel, b: &ThreatModel) -> BTreeSet<Key> {
    a.keys().into_iter().chain(b.keys()).collect()
}
