//! The only owner of a model that changes, with unlimited undo.

mod elsewhere;

use super::plan::plan_on;
use super::{Edit, EditError, Event, History, Step, Transaction};
use crate::model::{Id, LogEntry, ThreatModel};
use std::sync::Arc;

/// A model with its history.
///
/// A gesture shows itself with [`preview`](Document::preview) and ends in [`commit`](Document::commit) or
/// [`cancel_preview`](Document::cancel_preview): one history entry, however many frames it took.
#[derive(Clone, Debug)]
pub struct Document {
    /// Shared with whoever works on it beside the window; while that is so, the next change copies it.
    model: Arc<ThreatModel>,
    past: Vec<Entry>,
    future: Vec<Entry>,
    preview: Option<Transaction>,
    /// What changed since somebody last took note.
    unnoticed: Transaction,
    /// What was recorded since the audit log was last written.
    unlogged: Transaction,
    /// What was recorded since the model was last saved; `None` when that cannot be told any more.
    unsaved: Option<Transaction>,
    /// The log grew since the model was last saved.
    has_logged: bool,
    /// What was saved last is no longer in the file.
    is_lost: bool,
    revision: u64,
    /// Serial of the newest entry when last saved; 0 for the beginning.
    saved: u64,
    serial: u64,
    /// Set while things are only tried out.
    trial: Option<Trial>,
    /// What happened since somebody last asked; `None` while nobody keeps it.
    events: Option<Vec<Event>>,
}

/// Where a trial began.
#[derive(Clone, Debug)]
struct Trial {
    /// Steps there were already.
    base: usize,
    /// What could be done again then.
    future: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    step: Step,
    /// Entries with the same tag in a row become one.
    tag: Option<String>,
    serial: u64,
}

impl Document {
    /// A model as loaded: nothing to undo, nothing to save.
    pub fn new(model: ThreatModel) -> Document {
        let (past, future, unnoticed, unlogged) = (Vec::new(), Vec::new(), Transaction::default(), Transaction::default());
        Document {
            model: Arc::new(model),
            past,
            future,
            preview: None,
            unnoticed,
            unlogged,
            unsaved: Some(Transaction::default()),
            has_logged: false,
            is_lost: false,
            revision: 0,
            saved: 0,
            serial: 0,
            trial: None,
            events: None,
        }
    }

    /// A model with the history that led to it.
    pub fn restored(model: ThreatModel, history: History) -> Document {
        let mut document = Document::new(model);
        let saved = history.saved;
        let mut entry = |step| {
            document.serial += 1;
            Entry { step, tag: None, serial: document.serial }
        };
        document.past = history.past.into_iter().map(&mut entry).collect();
        document.future = history.future.into_iter().map(&mut entry).collect();
        document.saved = match saved {
            Some(0) => 0,
            // No entry has this serial: nothing that can be reached is what was saved.
            saved => saved.and_then(|n| document.past.get(n - 1)).map_or(u64::MAX, |entry| entry.serial),
        };
        // The log is written when saving: what came after is to be told.
        let untold = document.past.iter().skip(saved.unwrap_or(usize::MAX)).map(|e| e.step.transaction.clone());
        document.unlogged = untold.fold(Transaction::default(), Transaction::then);
        document.unsaved = saved.map(|_| document.unlogged.clone());
        document
    }

    /// The history as committed: without a preview, and without what is only tried out.
    pub fn history(&self) -> History {
        let base = self.trial.as_ref().map_or(self.past.len(), |trial| trial.base.min(self.past.len()));
        let steps = |entries: &[Entry]| entries.iter().map(|e| e.step.clone()).collect();
        let past = self.past.get(..base).unwrap_or_default();
        let future = self.trial.as_ref().map_or(&self.future, |trial| &trial.future);
        let saved = if self.is_lost {
            None
        } else if self.saved == 0 {
            Some(0)
        } else {
            past.iter().position(|e| e.serial == self.saved).map(|at| at + 1)
        };
        History { past: steps(past), future: steps(future), saved }
    }

    /// The model as committed: without a preview, and without what is only tried out.
    pub fn committed(&self) -> Arc<ThreatModel> {
        let tried = self.trial.as_ref().and_then(|trial| self.past.get(trial.base..)).unwrap_or_default();
        if self.preview.is_none() && tried.is_empty() {
            return self.share();
        }
        let mut model = (*self.model).clone();
        let on_top = self.preview.iter().chain(tried.iter().rev().map(|e| &e.step.transaction));
        on_top.for_each(|transaction| transaction.inverse().apply(&mut model));
        Arc::new(model)
    }

    /// What a preview would leave as a step, under this name.
    pub fn preview_as_step(&self, label: &str) -> Option<Step> {
        self.preview.as_ref().map(|transaction| Step { label: label.to_owned(), transaction: transaction.clone() })
    }

    /// From now on what happens is kept for [`take_events`](Document::take_events).
    pub fn keep_events(&mut self) {
        self.events.get_or_insert_default();
    }

    /// What happened since this was last asked, what was only tried out left out.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.events.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub fn model(&self) -> &ThreatModel {
        &self.model
    }

    /// The model as it is now, for work beside the window; what changes later does not reach it.
    pub fn share(&self) -> Arc<ThreatModel> {
        Arc::clone(&self.model)
    }

    /// True while something is shown that is not recorded.
    pub fn is_previewing(&self) -> bool {
        self.preview.is_some()
    }

    /// Grows with every change, previews included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What changed since this was last asked, previews included: there and back again is nothing. What is derived from
    /// the model follows it by this.
    pub fn take_changes(&mut self) -> Transaction {
        std::mem::take(&mut self.unnoticed)
    }

    /// Carries out an edit as one undo step. A preview is dropped first. Returns false when nothing changed.
    ///
    /// # Errors
    /// See [`plan`](super::plan()); the model is then as it was before the preview.
    pub fn commit(&mut self, edit: &Edit) -> Result<bool, EditError> {
        self.commit_tagged(edit, None)
    }

    /// Like [`commit`](Document::commit), but steps with the same tag in a row (nudging, typing) become one.
    ///
    /// # Errors
    /// As [`commit`](Document::commit).
    pub fn commit_merged(&mut self, edit: &Edit, tag: &str) -> Result<bool, EditError> {
        self.commit_tagged(edit, Some(tag.to_owned()))
    }

    fn commit_tagged(&mut self, edit: &Edit, tag: Option<String>) -> Result<bool, EditError> {
        self.cancel_preview();
        let transaction = plan_on(edit, Arc::make_mut(&mut self.model))?;
        if transaction.is_empty() {
            return Ok(false);
        }
        self.apply(&transaction);
        self.note(transaction.clone());
        self.record(edit.label(), transaction, tag);
        Ok(true)
    }

    /// Shows an edit without recording it. Each preview replaces the one before; the base is always the last commit.
    ///
    /// # Errors
    /// See [`plan`](super::plan()); no preview is shown then.
    pub fn preview(&mut self, edit: &Edit) -> Result<(), EditError> {
        self.cancel_preview();
        let transaction = plan_on(edit, Arc::make_mut(&mut self.model))?;
        if !transaction.is_empty() {
            self.apply(&transaction);
            self.preview = Some(transaction);
        }
        Ok(())
    }

    /// Takes the preview back. Returns false when there was none.
    pub fn cancel_preview(&mut self) -> bool {
        let Some(transaction) = self.preview.take() else { return false };
        self.apply(&transaction.inverse());
        true
    }

    /// From now on things are only tried out, until [`keep_trial`](Document::keep_trial) makes one step of them all or
    /// [`drop_trial`](Document::drop_trial) takes them all back. Undo does not go back behind the beginning.
    pub fn start_trial(&mut self) {
        self.cancel_preview();
        if self.trial.is_none() {
            if let Some(last) = self.past.last_mut() {
                last.tag = None;
            }
            self.trial = Some(Trial { base: self.past.len(), future: std::mem::take(&mut self.future) });
        }
    }

    /// True while things are only tried out.
    pub fn is_trying(&self) -> bool {
        self.trial.is_some()
    }

    /// Makes one undo step of what was tried. Returns false when nothing was.
    pub fn keep_trial(&mut self, label: &str) -> bool {
        self.cancel_preview();
        let Some(trial) = self.trial.take() else { return false };
        let tried = self.past.split_off(trial.base.min(self.past.len()));
        let whole = tried.into_iter().fold(Transaction::default(), |all, entry| all.then(entry.step.transaction));
        if whole.is_empty() {
            self.future = trial.future;
            return false;
        }
        self.record(label.to_owned(), whole, None);
        true
    }

    /// Takes everything back that was tried. Does nothing when nothing is being tried.
    pub fn drop_trial(&mut self) {
        if self.trial.is_none() {
            return;
        }
        while self.undo() {}
        if let Some(trial) = self.trial.take() {
            self.future = trial.future;
        }
    }

    fn can_undo(&self) -> bool {
        self.past.len() > self.trial.as_ref().map_or(0, |trial| trial.base)
    }

    /// Takes the last step back (a running preview first). Returns false when there is none.
    pub fn undo(&mut self) -> bool {
        self.cancel_preview();
        if !self.can_undo() {
            return false;
        }
        let Some(entry) = self.past.pop() else { return false };
        let inverse = entry.step.transaction.inverse();
        self.apply(&inverse);
        self.note(inverse);
        self.future.push(entry);
        self.happened(|| Event::Undid);
        true
    }

    /// Does the last undone step again. Returns false when there is none.
    pub fn redo(&mut self) -> bool {
        self.cancel_preview();
        let Some(entry) = self.future.pop() else { return false };
        self.apply(&entry.step.transaction);
        self.note(entry.step.transaction.clone());
        self.past.push(entry);
        self.happened(|| Event::Redid);
        true
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().filter(|_| self.can_undo()).map(|e| e.step.label.as_str())
    }

    /// The number of the last step, which no other ever has: it changes when another step becomes one with it.
    pub fn newest(&self) -> u64 {
        self.past.last().map_or(0, |e| e.serial)
    }

    /// How many steps are done and not undone.
    pub fn depth(&self) -> usize {
        self.past.len()
    }

    /// What undo would take back, and what redo would do again.
    pub fn steps(&self) -> [Option<&Transaction>; 2] {
        let last = self.past.last().filter(|_| self.can_undo());
        [last, self.future.last()].map(|entry| entry.map(|e| &e.step.transaction))
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|e| e.step.label.as_str())
    }

    /// True when the model differs from what was last saved (previews do not count).
    pub fn is_dirty(&self) -> bool {
        self.newest() != self.saved || self.has_logged || self.is_lost
    }

    /// The model as it is now is on disk.
    pub fn mark_saved(&mut self) {
        self.saved = self.newest();
        self.unsaved = Some(Transaction::default());
        (self.has_logged, self.is_lost) = (false, false);
        if let Some(entry) = self.past.last_mut() {
            entry.tag = None;
        }
        self.happened(|| Event::Saved);
    }

    /// What was recorded since the audit log was last written: there and back again is nothing, previews do not count.
    pub fn unlogged(&self) -> &Transaction {
        &self.unlogged
    }

    /// Adds an entry to the audit log; everything done so far is then told. No undo takes it back.
    pub fn append(&mut self, id: Id, entry: LogEntry) {
        self.happened(|| Event::Logged(id.clone(), entry.clone()));
        Arc::make_mut(&mut self.model).log.insert(id, entry);
        self.unlogged = Transaction::default();
        self.has_logged = true;
        self.revision += 1;
    }

    fn note(&mut self, transaction: Transaction) {
        self.unsaved = self.unsaved.take().map(|unsaved| unsaved.then(transaction.clone()));
        self.unlogged = std::mem::take(&mut self.unlogged).then(transaction);
    }

    fn apply(&mut self, transaction: &Transaction) {
        transaction.apply(Arc::make_mut(&mut self.model));
        self.unnoticed = std::mem::take(&mut self.unnoticed).then(transaction.clone());
        self.revision += 1;
    }

    fn record(&mut self, label: String, transaction: Transaction, tag: Option<String>) {
        self.future.clear();
        self.serial += 1;
        let serial = self.serial;
        let event = match self.past.last_mut() {
            Some(last) if tag.is_some() && last.tag == tag => {
                let whole = &mut last.step.transaction;
                *whole = std::mem::take(whole).then(transaction);
                last.serial = serial;
                let became = last.step.clone();
                // Moved there and back again: nothing to undo, nothing to save.
                if became.transaction.is_empty() {
                    self.past.pop();
                    Event::Dropped
                } else {
                    Event::Became(became)
                }
            }
            _ => {
                let step = Step { label, transaction };
                self.past.push(Entry { step: step.clone(), tag, serial });
                Event::Did(step)
            }
        };
        self.happened(|| event);
    }

    /// Keeps what happened for whoever asks; what is only tried out did not happen.
    fn happened(&mut self, event: impl FnOnce() -> Event) {
        if self.trial.is_none()
            && let Some(events) = &mut self.events
        {
            events.push(event());
        }
    }
}
