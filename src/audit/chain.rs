//! The chain: every entry is kept under the hash of its content, which names the entries before it.

use crate::model::{Id, Key, LogEntry, ThreatModel};
use blake2::digest::consts::U20;
use blake2::{Blake2b, Digest};
use serde::Serialize;

/// A place where the log or what it vouches for is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    #[error("entry {} was altered: its content no longer gives this hash", short(.0))]
    Altered(Id),
    #[error("entry {} follows {}, which is missing", short(.entry), short(.before))]
    Missing { entry: Id, before: Id },
    #[error("the entry {} is not in the log", short(.0))]
    NoSuchEntry(Id),
    #[error("the model was changed after the newest entry by something that keeps no log")]
    ChangedOutside,
}

fn short(id: &Id) -> String {
    id.as_str().chars().take(12).collect()
}

/// The id of an entry: BLAKE2b with 160 bits over its content in JSON.
pub fn seal(entry: &LogEntry) -> Id {
    let mut hash = Blake2b::<U20>::new();
    feed(&mut hash, entry);
    hex(hash)
}

/// Hash of everything the log vouches for: all records but pictures, notes and the log itself.
pub fn state(model: &ThreatModel) -> String {
    let mut hash = Blake2b::<U20>::new();
    for key in model.keys().into_iter().filter(is_logged) {
        if let Some(record) = model.get(&key) {
            feed(&mut hash, &(key, record));
        }
    }
    hex(hash).to_string()
}

/// Pictures and notes are no matter of record.
pub(super) fn is_logged(key: &Key) -> bool {
    !matches!(key, Key::Placement(_) | Key::Diagram(_) | Key::Note(_) | Key::Playlist(_) | Key::Variant(_))
}

/// True when the model is not as the newest entry left it. Merged logs vouch for nothing until the next entry.
pub fn changed_outside(model: &ThreatModel) -> bool {
    let heads = model.log_heads();
    let [head] = heads.iter().collect::<Vec<_>>()[..] else { return false };
    model.log.get(head).is_some_and(|entry| entry.state != state(model))
}

/// Every place where the chain is broken; `head` is an entry that must be there, such as one printed in a report.
pub fn verify(model: &ThreatModel, head: Option<&Id>) -> Vec<Break> {
    let mut breaks = Vec::new();
    for (id, entry) in model.log_in_order() {
        if seal(entry) != *id {
            breaks.push(Break::Altered(id.clone()));
        }
        let missing = entry.after.iter().filter(|before| !model.log.contains_key(*before));
        breaks.extend(missing.map(|before| Break::Missing { entry: id.clone(), before: before.clone() }));
    }
    // The first digits will do, as reports print them.
    let is_there = |head: &Id| !head.as_str().is_empty() && model.log.keys().any(|id| id.as_str().starts_with(head.as_str()));
    breaks.extend(head.filter(|head| !is_there(head)).map(|head| Break::NoSuchEntry(head.clone())));
    if changed_outside(model) {
        breaks.push(Break::ChangedOutside);
    }
    breaks
}

fn feed(hash: &mut Blake2b<U20>, value: &impl Serialize) {
    // Nothing of a model has no form in JSON.
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn hex(hash: Blake2b<U20>) -> Id {
    Id::from(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}
