//! A plan under way: it works on the model itself, so that an edit costs what it changes and not what there is, and
//! takes everything back when it is dropped.

use super::transaction::Change;
use super::{Edit, EditError, Transaction};
use crate::geometry::Rect;
use crate::model::{FOLDED, Id, Key, Placement, PlacementKey, Record, ThreatModel, check_records};
use std::collections::BTreeMap;

pub(super) struct Draft<'a> {
    /// The model with what was planned so far.
    pub(super) after: &'a mut ThreatModel,
    /// What was touched, as it was.
    before: BTreeMap<Key, Option<Record>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(model: &'a mut ThreatModel) -> Draft<'a> {
        Draft { after: model, before: BTreeMap::new() }
    }

    /// What is seen of the model as it was before the edit.
    pub(super) fn looking_back<R>(&mut self, look: impl FnOnce(&ThreatModel) -> R) -> R {
        let after: Vec<(Key, Option<Record>)> = self.before.keys().map(|key| (key.clone(), self.after.get(key))).collect();
        self.before.iter().for_each(|(key, record)| self.after.put(key, record.clone()));
        let seen = look(self.after);
        after.into_iter().for_each(|(key, record)| self.after.put(&key, record));
        seen
    }

    /// The box of an item as it stood among others before the edit.
    pub(super) fn outer_rect_before(&self, diagram: &Id, item: &Id) -> Option<Rect> {
        let key = Key::Placement(PlacementKey::new(diagram.clone(), item.clone()));
        let was_collapsed = match self.before.get(&Key::Diagram(diagram.clone())) {
            Some(Some(Record::Diagram(d))) => d.collapsed.contains(item) && self.after.boundaries.contains_key(item),
            _ => self.after.is_collapsed(diagram, item),
        };
        let frame = match self.before.get(&key) {
            None => self.after.rect_of(diagram, item)?,
            Some(Some(Record::Placement(p))) => match **p {
                Placement::Box(frame) => frame,
                Placement::Route(_) | Placement::Line(_) => return None,
            },
            Some(_) => return None,
        };
        let (w, h) = if was_collapsed { FOLDED } else { (frame.w, frame.h) };
        Some(Rect { w, h, ..frame })
    }

    pub(super) fn put(&mut self, key: Key, record: impl Into<Record>) {
        self.set(key, Some(record.into()));
    }

    pub(super) fn remove(&mut self, key: Key) {
        self.set(key, None);
    }

    fn set(&mut self, key: Key, record: Option<Record>) {
        let was = self.after.get(&key);
        self.after.put(&key, record);
        self.before.entry(key).or_insert(was);
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
        let changes = self.before.iter().filter_map(|(key, before)| {
            let change = Change { before: before.clone(), after: self.after.get(key) };
            (change.before != change.after).then(|| (key.clone(), change))
        });
        let transaction = Transaction { changes: changes.collect() };
        match check_records(self.after, transaction.changes.keys()).first() {
            Some(fault) => Err(EditError::Unsound(fault.message(self.after))),
            None => Ok(transaction),
        }
    }
}

/// The model is as it was, whether the plan came to its end or not.
impl Drop for Draft<'_> {
    fn drop(&mut self) {
        for (key, before) in std::mem::take(&mut self.before) {
            self.after.put(&key, before);
        }
    }
}
