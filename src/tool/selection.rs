//! What is selected. Lives beside the document and is never saved.

use crate::model::{Id, ThreatKey, ThreatModel};
use std::collections::BTreeSet;

/// Selected elements, flows, boundaries and notes, and at most one threat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub items: BTreeSet<Id>,
    pub threat: Option<ThreatKey>,
}

impl Selection {
    pub fn one(id: Id) -> Selection {
        Selection { items: BTreeSet::from([id]), threat: None }
    }

    /// The threat and what it threatens: how the table and the inspector select.
    pub fn threat(key: ThreatKey) -> Selection {
        Selection { items: BTreeSet::from([key.anchor.clone()]), threat: Some(key) }
    }

    /// The item, if exactly one is selected.
    pub fn single(&self) -> Option<&Id> {
        let mut items = self.items.iter();
        items.next().filter(|_| items.next().is_none())
    }

    pub fn toggle(&mut self, id: Id) {
        self.threat = None;
        if !self.items.remove(&id) {
            self.items.insert(id);
        }
    }

    /// Drops what is no longer in the model.
    pub fn prune(&mut self, model: &ThreatModel) {
        self.retain(|id| model.item_key(id).is_some());
    }

    /// Keeps the items for which it is true, and the threat if that is about one of them.
    pub fn retain(&mut self, keep: impl Fn(&Id) -> bool) {
        self.items.retain(&keep);
        self.threat = self.threat.take().filter(|threat| keep(&threat.anchor));
    }
}
