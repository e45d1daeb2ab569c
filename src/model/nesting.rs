//! What is inside of what: boundaries around elements and other boundaries.

use super::{Id, ThreatModel};
use std::collections::BTreeSet;

impl ThreatModel {
    /// The boundaries around an element or boundary, innermost first; without the boundary itself. For a note those it is
    /// hidden with.
    pub fn boundaries_around(&self, id: &Id) -> Vec<Id> {
        let of_boundary = || self.boundaries.get(id).map(|b| &b.parent);
        let of_note = || self.notes.get(id).map(|n| &n.hidden_in);
        match of_boundary().or_else(of_note) {
            Some(around) => around.as_ref().map_or_else(Vec::new, |around| self.boundary_path(around)),
            None => self.boundary_chain(id),
        }
    }

    /// True when one of the boundaries in `items` contains it, at any depth.
    pub fn is_inside(&self, id: &Id, items: &BTreeSet<Id>) -> bool {
        self.boundaries_around(id).iter().any(|boundary| items.contains(boundary))
    }

    /// The items, everything inside the boundaries among them, and the flows between all these: what is copied together.
    pub fn with_content_and_flows(&self, items: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut all = self.with_content(items);
        let copied = |end: &Option<Id>| end.as_ref().is_some_and(|e| all.contains(e));
        let flows: Vec<Id> =
            self.flows.iter().filter(|(_, f)| copied(&f.from) && copied(&f.to)).map(|(id, _)| id.clone()).collect();
        all.extend(flows);
        all
    }

    /// The items and everything inside the boundaries among them.
    pub fn with_content(&self, items: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut all = items.clone();
        if items.iter().any(|id| self.boundaries.contains_key(id)) {
            all.extend(self.boundaries.keys().filter(|id| self.is_inside(id, items)).cloned());
            let held =
                |boundary: &Option<Id>| boundary.as_ref().is_some_and(|b| all.contains(b) && self.boundaries.contains_key(b));
            let members: Vec<Id> = self.elements.iter().filter(|(_, e)| held(&e.boundary)).map(|(id, _)| id.clone()).collect();
            let notes: Vec<Id> = self.notes.iter().filter(|(_, n)| held(&n.hidden_in)).map(|(id, _)| id.clone()).collect();
            all.extend(members);
            all.extend(notes);
        }
        all
    }
}
