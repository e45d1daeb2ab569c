//! How sign-offs stand: what changed since, by name.

use crate::model::{Id, LogChange, LogEntry, SignOff, ThreatModel};
use std::collections::BTreeSet;

/// A sign-off and what changed since.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedBy<'a> {
    pub id: &'a Id,
    pub entry: &'a LogEntry,
    pub sign_off: &'a SignOff,
    /// What of it is other now, first to last; there and back again is nothing.
    pub changed: Vec<LogChange>,
}

/// The sign-offs, newest first. `unlogged` is what was done since the last entry.
pub fn sign_offs<'a>(model: &'a ThreatModel, unlogged: &[LogChange]) -> Vec<SignedBy<'a>> {
    let order = model.log_in_order();
    let mut out = Vec::new();
    for (id, entry) in &order {
        let Some(sign_off) = &entry.sign_off else { continue };
        let known = before(model, id);
        // What a merge brought in beside it was not seen by whoever signed.
        let later = order.iter().filter(|(other, _)| !known.contains(other)).flat_map(|(_, entry)| &entry.changes);
        let changed = net(later.chain(unlogged).filter(|change| sign_off.of.covers(change.kind)));
        out.push(SignedBy { id, entry, sign_off, changed });
    }
    out.reverse();
    out
}

/// An entry and all it follows.
fn before<'a>(model: &'a ThreatModel, id: &'a Id) -> BTreeSet<&'a Id> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(model.log.get(id).into_iter().flat_map(|entry| &entry.after));
        }
    }
    seen
}

/// Changes of the same thing as one, from the first before to the last after.
fn net<'a>(changes: impl Iterator<Item = &'a LogChange>) -> Vec<LogChange> {
    let mut out: Vec<LogChange> = Vec::new();
    for change in changes {
        let is_same = |known: &&mut LogChange| {
            (known.kind, &known.threat, &known.record) == (change.kind, &change.threat, &change.record)
                && known.after == change.before
        };
        match out.iter_mut().find(is_same) {
            Some(known) => {
                known.after.clone_from(&change.after);
                known.reason.clone_from(&change.reason);
                known.about.clone_from(&change.about);
            }
            None => out.push(change.clone()),
        }
    }
    let is_back =
        |change: &LogChange| change.before == change.after || (change.before == "not there" && change.after == "deleted");
    out.retain(|change| !is_back(change));
    out
}
