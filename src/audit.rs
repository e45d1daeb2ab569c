//! The audit log from outside: what belongs in it, the chain that holds it together, and what changed since a sign-off.

mod chain;
mod difference;
mod fields;
mod standing;

pub use chain::{Break, changed_outside, seal, state, verify};
pub use difference::{Teller, differences};
pub use standing::{SignedBy, sign_offs};

use crate::edit::Document;
use crate::library::Library;
use crate::model::{Id, LogChange, LogEntry, LogKind, Moment, SignOff, ThreatKey};

/// True when what a document began with is not as the newest entry left it. Work found again after a crash is none of that:
/// it is told with the next entry.
pub fn began_outside(document: &Document) -> bool {
    if document.unlogged().is_empty() {
        return changed_outside(document.model());
    }
    let mut before = document.model().clone();
    document.unlogged().changes.iter().for_each(|(key, change)| before.put(key, change.before.clone()));
    changed_outside(&before)
}

/// Who writes into the log, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Author<'a> {
    pub who: &'a str,
    pub at: Moment,
}

/// The next entry for a document, with its place in the log; `None` when nothing was done since the last one and nobody signs.
///
/// `outside` says that the file was changed without a log before it was opened. `title` knows the threats that are found.
pub fn next_entry(
    document: &Document,
    library: &Library,
    title: &dyn Fn(&ThreatKey) -> Option<String>,
    author: &Author<'_>,
    outside: bool,
    sign_off: Option<SignOff>,
) -> Option<(Id, LogEntry)> {
    let model = document.model();
    let mut changes = differences(model, library, document.unlogged(), title);
    if outside {
        let (about, after) = ("The file".to_owned(), "changed by something that keeps no log".to_owned());
        let before = "as the entry before left it".to_owned();
        changes.insert(0, LogChange { kind: LogKind::Outside, about, before, after, ..LogChange::default() });
    }
    if changes.is_empty() && sign_off.is_none() {
        return None;
    }
    let who = author.who.trim().to_owned();
    let entry = LogEntry { at: Some(author.at), who, after: model.log_heads(), changes, sign_off, state: state(model) };
    Some((seal(&entry), entry))
}
