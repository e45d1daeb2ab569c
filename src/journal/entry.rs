//! The lines of a journal.

use crate::edit::{Event, History};
use crate::storage;
use blake2::digest::{Update, VariableOutput};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The first line of every journal. The number grows when older programs could not read what follows.
pub(super) const HEAD: &str = "palisade journal 1\n";

/// Digits of the sum in front of each entry.
const SUM: usize = 16;

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// How things stood when the journal began.
    Start(Start),
    Event(Event),
    /// The model is in this file now, whose content has this sum.
    Stored {
        file: PathBuf,
        sum: String,
    },
}

/// How things stand: a whole model and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Name for people.
    pub name: String,
    /// Where the model is stored; `None` before the first save.
    pub file: Option<PathBuf>,
    /// [`sum`] of the file as last read or written; empty where there is none.
    pub sum: String,
    /// The model as a native file.
    pub model: String,
    pub history: History,
}

/// A short fingerprint of a text: equal texts have equal ones, others practically never.
pub fn sum(text: &[u8]) -> String {
    let mut bytes = [0_u8; SUM / 2];
    if let Ok(mut hasher) = blake2::Blake2bVar::new(bytes.len()) {
        hasher.update(text);
        // Only a wrong length fails.
        let _ = hasher.finalize_variable(&mut bytes);
    }
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Start {
    /// # Errors
    /// The model cannot be written.
    pub fn new(
        name: &str,
        file: Option<PathBuf>,
        sum: String,
        model: &crate::model::ThreatModel,
        history: History,
    ) -> Result<Start, storage::SaveError> {
        Ok(Start { name: name.to_owned(), file, sum, model: storage::save(model)?, history })
    }
}

impl Entry {
    /// As a line; `None` for what JSON has no form for, which no entry is.
    pub fn line(&self) -> Option<String> {
        let text = serde_json::to_string(self).ok()?;
        Some(format!("{} {text}\n", sum(text.as_bytes())))
    }

    /// Reads a line without its end; `None` when it is not whole.
    pub fn read(line: &str) -> Option<Entry> {
        let (stated, text) = line.split_once(' ')?;
        if stated != sum(text.as_bytes()) {
            return None;
        }
        serde_json::from_str(text).ok()
    }
}
