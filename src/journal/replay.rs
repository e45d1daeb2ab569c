//! From a journal back to the model and its history.

use super::entry::{Entry, HEAD, Start};
use crate::edit::{Document, Event, History, Step};
use crate::model::{ThreatModel, check};
use crate::storage;
use std::path::PathBuf;

/// Where a journal breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is no journal of this program")]
    Foreign,
    #[error("it was written by a newer version of Palisade")]
    Newer,
    /// Counted from 1. Everything before it was read; it and what follows it are left out.
    #[error("line {0} is damaged")]
    Line(usize),
}

/// What a journal holds.
#[derive(Clone, Debug)]
pub struct Replayed {
    pub name: String,
    pub file: Option<PathBuf>,
    /// Sum of that file when it was last read or written.
    pub sum: String,
    pub model: ThreatModel,
    pub history: History,
    /// Set when not everything could be read. The end of a last line that was just being written is no fault.
    pub fault: Option<Fault>,
}

impl Replayed {
    pub fn into_document(self) -> Document {
        Document::restored(self.model, self.history)
    }
}

/// Reads a journal as far as it is sound: each line as it was written, and the model whole after each.
///
/// # Errors
/// Not even the model at its beginning can be read.
pub fn replay(bytes: &[u8]) -> Result<Replayed, Fault> {
    let text = String::from_utf8_lossy(bytes);
    let all = read(&text, usize::MAX)?;
    if check(&all.model).is_empty() {
        return Ok(all);
    }
    // Sums are right and yet it does not fit together: as many lines as do. Rare, so it may take its time.
    let lines = text.lines().count();
    let sound = |upto: &usize| read(&text, *upto).is_ok_and(|read| check(&read.model).is_empty());
    let upto = (2..lines).take_while(sound).last().ok_or(Fault::Line(2))?;
    let some = read(&text, upto)?;
    Ok(Replayed { fault: Some(Fault::Line(upto + 1)), ..some })
}

/// Up to and with that line.
fn read(text: &str, upto: usize) -> Result<Replayed, Fault> {
    let Some(body) = text.strip_prefix(HEAD) else {
        let is_newer = text.starts_with("palisade journal ") && text.contains('\n');
        return Err(if is_newer { Fault::Newer } else { Fault::Foreign });
    };
    // A last line without its end was just being written.
    let mut lines = body.split_inclusive('\n').map_while(|line| line.strip_suffix('\n')).zip(2..=upto);
    let mut whole = |fault: &mut Option<Fault>| {
        let (line, number) = lines.next()?;
        let entry = Entry::read(line);
        if entry.is_none() {
            *fault = Some(Fault::Line(number));
        }
        entry
    };
    let mut fault = None;
    let start = match whole(&mut fault) {
        Some(Entry::Start(start)) => start,
        _ => return Err(fault.unwrap_or(Fault::Line(2))),
    };
    let Start { name, file, sum, model, history } = start;
    let model = storage::load(&model).map_err(|_| Fault::Line(2))?.model;
    let mut told = Told { document: Document::restored(model, history), file, sum, typing: None };
    while let Some(entry) = whole(&mut fault) {
        told.take(entry);
    }
    let Told { mut document, file, sum, typing } = told;
    if let Some(step) = typing {
        document.retell(Event::Did(step));
    }
    let history = document.history();
    Ok(Replayed { name, file, sum, model: document.model().clone(), history, fault })
}

/// What was told so far.
struct Told {
    document: Document,
    file: Option<PathBuf>,
    sum: String,
    typing: Option<Step>,
}

impl Told {
    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Event(Event::Typing(step)) => self.typing = step,
            Entry::Event(event) => {
                // What is saved does not end what is being typed.
                if event != Event::Saved {
                    self.typing = None;
                }
                self.document.retell(event);
            }
            Entry::Stored { file, sum } => (self.file, self.sum) = (Some(file), sum),
            // Only the first line begins a journal.
            Entry::Start(_) => {}
        }
    }
}
