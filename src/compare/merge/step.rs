//! From one model to another as one edit.

use crate::edit::{Edit, EditError, Transaction, plan};
use crate::model::{Key, ThreatModel};
use std::collections::BTreeSet;

/// The edit that makes `target` of `model`, whatever differs but the log; `None` when nothing does.
///
/// # Errors
/// When `target` is not sound.
pub fn edit_to(model: &ThreatModel, target: &ThreatModel, label: &str) -> Result<Option<Edit>, EditError> {
    let keys: BTreeSet<Key> = model.keys().into_iter().chain(target.keys()).collect();
    let wanted = Transaction::between(model, target, &keys);
    if wanted.is_empty() {
        return Ok(None);
    }
    let gone: BTreeSet<Key> = wanted.changes.iter().filter(|(_, c)| c.after.is_none()).map(|(k, _)| k.clone()).collect();
    let remove = Edit::Remove { keys: gone };
    // Removing takes along what hangs on it; whatever of that stays is put back.
    let mut after = model.clone();
    for (key, change) in plan(&remove, model)?.changes {
        after.put(&key, change.after);
    }
    let puts = Transaction::between(&after, target, &keys).changes.into_iter();
    let puts = puts.filter_map(|(key, change)| Some(Edit::Put { key, record: change.after? }));
    let edits = std::iter::once(remove).chain(puts).collect();
    Ok(Some(Edit::Batch { label: label.to_owned(), edits }))
}
