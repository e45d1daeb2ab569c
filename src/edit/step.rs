//! Steps of a history, and what happens to a history: enough to keep it beside the window and to bring it back.

use super::Transaction;
use crate::model::{Id, LogEntry};
use serde::{Deserialize, Serialize};

/// One undo step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What undo would take back, in words.
    pub label: String,
    pub transaction: Transaction,
}

/// One thing that happened to a history. Replaying all of them on the model they began with gives the model they ended
/// with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A step was added; what could be done again is gone.
    Did(Step),
    /// The newest step became this one.
    Became(Step),
    /// The newest step turned out to change nothing.
    Dropped,
    Undid,
    Redid,
    /// What the newest step left is on disk.
    Saved,
    /// An entry was added to the audit log, which no undo takes back.
    Logged(Id, LogEntry),
    /// Something is being typed and is no step yet; `None` when that was given up.
    Typing(Option<Step>),
}

/// A history with nothing of the window in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Oldest first.
    pub past: Vec<Step>,
    /// What can be done again, the next one last.
    pub future: Vec<Step>,
    /// After how many steps of `past` the model was last saved; `None` when no number of undos leads there.
    pub saved: Option<usize>,
}

impl History {
    /// Forgets the oldest steps beyond `most`.
    pub fn shorten(&mut self, most: usize) {
        let over = self.past.len().saturating_sub(most);
        self.past.drain(..over);
        self.saved = self.saved.and_then(|saved| saved.checked_sub(over));
    }

    /// True when the model differs from what was last saved.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.past.len())
    }
}
