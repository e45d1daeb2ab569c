//! A scratch copy on which a plan works out its result.

use super::{Edit, EditError, Transaction};
use crate::model::{Id, Key, Record, ThreatModel, check_records};
use std::collections::BTreeSet;

pub(super) struct Draft<'a> {
    before: &'a ThreatModel,
    pub(super) after: ThreatModel,
    touched: BTreeSet<Key>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(before: &'a ThreatModel) -> Draft<'a> {
        Draft { before, after: before.clone(), touched: BTreeSet::new() }
    }

    /// The model before the edit.
    pub(super) fn before(&self) -> &'a ThreatModel {
        self.before
    }

    pub(super) fn put(&mut self, key: Key, record: impl Into<Record>) {
        self.after.put(&key, Some(record.into()));
        self.touched.insert(key);
    }

    pub(super) fn remove(&mut self, key: Key) {
        self.after.put(&key, None);
        self.touched.insert(key);
    }

    /// Fails when the id names a record already.
    pub(super) fn claim(&self, id: &Id) -> Result<(), EditError> {
        if self.after.has_id(id) { Err(EditError::IdTaken(id.clone())) } else { Ok(()) }
    }

    /// Fails when the record is not there.
    pub(super) fn require(&self, key: Key) -> Result<(), EditError> {
        if self.after.contains(&key) {
            return Ok(());
        }
        let name = key.id().map(|id| id.to_string()).unwrap_or_default();
        Err(EditError::Gone { kind: key.kind_label(), name })
    }

    pub(super) fn run(&mut self, edits: &[Edit]) -> Result<(), EditError> {
        edits.iter().try_for_each(|edit| super::plan::draft(edit, self))
    }

    /// The transaction, if its result is sound.
    pub(super) fn finish(self) -> Result<Transaction, EditError> {
        let changed = Transaction::between(self.before, &self.after, &self.touched);
        match check_records(&self.after, changed.changes.keys()).first() {
            Some(fault) => Err(EditError::Unsound(fault.message(&self.after))),
            None => Ok(changed),
        }
    }
}
