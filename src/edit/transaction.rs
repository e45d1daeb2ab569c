//! The one currency of change: what was and what is, per record.

use crate::model::{Boundary, Element, Id, Key, Placement, Record, ThreatModel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One record before and after; `None` where it does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

/// A set of changes that belong together: one undo step, one journal entry, one side of a comparison.
///
/// The inverse swaps before and after; two in a row squash into first before and last after.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(Key, Change)>", into = "Vec<(Key, Change)>")]
pub struct Transaction {
    pub changes: BTreeMap<Key, Change>,
}

// Written as a list: map keys in JSON are strings only.
impl From<Vec<(Key, Change)>> for Transaction {
    fn from(changes: Vec<(Key, Change)>) -> Transaction {
        Transaction { changes: changes.into_iter().collect() }
    }
}
impl From<Transaction> for Vec<(Key, Change)> {
    fn from(transaction: Transaction) -> Vec<(Key, Change)> {
        transaction.changes.into_iter().collect()
    }
}

impl Transaction {
    /// What leads from `before` to `after` in the records of `keys`; records that are equal are left out.
    pub fn between<'a>(before: &ThreatModel, after: &ThreatModel, keys: impl IntoIterator<Item = &'a Key>) -> Transaction {
        let changes = keys.into_iter().filter_map(|key| {
            let change = Change { before: before.get(key), after: after.get(key) };
            (change.before != change.after).then(|| (key.clone(), change))
        });
        Transaction { changes: changes.collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// True when things are elsewhere on their diagrams and nothing else is different.
    pub fn only_moves(&self) -> bool {
        let kind = |record: &Option<Record>| match record {
            Some(Record::Placement(placement)) => Some(std::mem::discriminant::<Placement>(placement)),
            _ => None,
        };
        self.changes.values().all(|change| kind(&change.before).is_some() && kind(&change.before) == kind(&change.after))
    }

    /// The elements, flows, boundaries and notes that look different afterwards, apart from their place and their risk;
    /// `None` when that may be any.
    pub fn redrawn(&self) -> Option<Vec<&Id>> {
        let mut ids = Vec::new();
        for (key, change) in &self.changes {
            match (key, &change.before, &change.after) {
                (Key::Info | Key::Diagram(_), ..) => return None,
                // What is drawn of a whole tells that it has parts.
                (_, Some(Record::Element(a)), Some(Record::Element(b))) if a.parent != b.parent => return None,
                (_, Some(Record::Element(e)), None) | (_, None, Some(Record::Element(e))) if e.parent.is_some() => return None,
                (_, Some(Record::Element(a)), Some(Record::Element(b)))
                    if **a == (Element { boundary: a.boundary.clone(), ..(**b).clone() }) => {}
                (_, Some(Record::Boundary(a)), Some(Record::Boundary(b)))
                    if **a == (Boundary { parent: a.parent.clone(), ..(**b).clone() }) => {}
                (Key::Element(id) | Key::Flow(id) | Key::Boundary(id) | Key::Note(id), ..) => ids.push(id),
                _ => {}
            }
        }
        Some(ids)
    }

    /// The diagrams that changed or on which places did, and the elements, flows, boundaries and notes that did.
    pub fn touched(&self) -> (BTreeSet<Id>, BTreeSet<Id>) {
        let (mut diagrams, mut items) = (BTreeSet::new(), BTreeSet::new());
        for key in self.changes.keys() {
            match key {
                Key::Placement(place) => drop(diagrams.insert(place.diagram.clone())),
                Key::Diagram(id) => drop(diagrams.insert(id.clone())),
                Key::Element(id) | Key::Flow(id) | Key::Boundary(id) | Key::Note(id) => drop(items.insert(id.clone())),
                _ => {}
            }
        }
        (diagrams, items)
    }

    /// The transaction that takes this one back.
    pub fn inverse(&self) -> Transaction {
        let swap = |c: &Change| Change { before: c.after.clone(), after: c.before.clone() };
        Transaction { changes: self.changes.iter().map(|(k, c)| (k.clone(), swap(c))).collect() }
    }

    /// This one followed by `next`, as one.
    pub fn then(mut self, next: Transaction) -> Transaction {
        for (key, change) in next.changes {
            let before = self.changes.remove(&key).map_or(change.before, |mine| mine.before);
            if before != change.after {
                self.changes.insert(key, Change { before, after: change.after });
            }
        }
        self
    }

    /// Writes every "after" into the model.
    pub(super) fn apply(&self, model: &mut ThreatModel) {
        for (key, change) in &self.changes {
            model.put(key, change.after.clone());
        }
    }
}
