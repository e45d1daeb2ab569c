//! The last steps of a merge: members of deleted boundaries move up, rings are opened, what refers to nothing is let go,
//! and numbers that both sides gave are given anew.

use super::{At, Side, Work};
use crate::model::{FaultKind, Id, Key, MAX_NESTING, Record, ThreatKey, ThreatModel, check, prune, stands};
use std::collections::{BTreeMap, BTreeSet};

impl Work<'_> {
    pub(super) fn settle(&mut self) {
        self.move_up();
        self.open_rings();
        self.let_go();
        self.number();
        self.alias();
    }

    /// What is in a boundary, or part of an element, that is gone comes into what was around that.
    fn move_up(&mut self) {
        for (id, element) in self.model.elements.clone() {
            let boundary =
                element.boundary.as_ref().and_then(|b| self.heir(b, boundary_around, |m, id| m.boundaries.contains_key(id)));
            let parent = element.parent.as_ref().and_then(|p| self.heir(p, whole, |m, id| m.elements.contains_key(id)));
            if boundary != element.boundary || parent != element.parent {
                let parent = parent.filter(|parent| *parent != id);
                self.model.put(&Key::Element(id), Some(crate::model::Element { boundary, parent, ..element }.into()));
            }
        }
        for (id, inner) in self.model.boundaries.clone() {
            let parent = inner.parent.as_ref().and_then(|b| self.heir(b, boundary_around, |m, id| m.boundaries.contains_key(id)));
            if parent != inner.parent {
                let parent = parent.filter(|parent| *parent != id);
                self.model.put(&Key::Boundary(id), Some(crate::model::Boundary { parent, ..inner }.into()));
            }
        }
    }

    /// The record itself while it is there, else the nearest around it that is.
    fn heir(&self, id: &Id, around: fn(&ThreatModel, &Id) -> Option<Id>, is_there: fn(&ThreatModel, &Id) -> bool) -> Option<Id> {
        let sides = [self.sides.base, self.sides.ours, self.sides.theirs];
        let outer = |id: &Id| sides.into_iter().find(|model| is_there(model, id)).and_then(|model| around(model, id));
        std::iter::successors(Some(id.clone()), outer).take(MAX_NESTING).find(|id| is_there(&self.model, id))
    }

    /// Where moves of both sides put things into each other in a ring, or too deep, one side's moves are taken.
    fn open_rings(&mut self) {
        for _ in 0..MAX_NESTING {
            let rings = check(&self.model).into_iter().filter(|f| matches!(f.kind, FaultKind::Cycle | FaultKind::TooDeep));
            let mut is_open = true;
            for key in rings.flat_map(|fault| self.chain(&fault.key)).collect::<BTreeSet<_>>() {
                let at = At { key: key.clone(), field: Some("parent".to_owned()) };
                let (base, ours, theirs) =
                    (self.outer(&key, self.sides.base), self.outer(&key, self.sides.ours), self.outer(&key, self.sides.theirs));
                if ours == theirs || self.conflicts.contains_key(&at) {
                    continue;
                }
                is_open = false;
                let words = |outer: &Option<Id>| {
                    outer.as_ref().map_or_else(
                        || "in nothing".to_owned(),
                        |id| format!("in “{}”", self.names.id(id.as_str()).unwrap_or_else(|| id.to_string())),
                    )
                };
                let (base, o, t) = (words(&base), words(&ours), words(&theirs));
                let parent = match self.conflict(at, "parent".to_owned(), base, o, t) {
                    Side::Ours => ours,
                    Side::Theirs => theirs,
                };
                let record = match self.model.get(&key) {
                    Some(Record::Boundary(r)) => crate::model::Boundary { parent, ..*r }.into(),
                    Some(Record::Element(r)) => crate::model::Element { parent, ..*r }.into(),
                    _ => continue,
                };
                self.model.put(&key, Some(record));
            }
            if is_open {
                return;
            }
            self.move_up();
        }
    }

    fn outer(&self, key: &Key, model: &ThreatModel) -> Option<Id> {
        match key {
            Key::Boundary(id) => boundary_around(model, id),
            Key::Element(id) => whole(model, id),
            _ => None,
        }
    }

    /// A boundary or element with all that is around it.
    fn chain(&self, key: &Key) -> Vec<Key> {
        let mut out: Vec<Key> = Vec::new();
        let mut next = Some(key.clone());
        while let Some(key) = next.take().filter(|key| !out.contains(key) && out.len() <= 2 * MAX_NESTING) {
            next = self.outer(&key, &self.model).map(|id| key.with_id(id));
            out.push(key);
        }
        out
    }

    /// References to what was deleted go, and with them what was about nothing else.
    fn let_go(&mut self) {
        loop {
            let mut is_done = true;
            for key in self.model.keys() {
                let Some(record) = self.model.get(&key) else { continue };
                if !stands(&self.model, &key, &record) {
                    self.model.put(&key, None);
                    is_done = false;
                    if !matches!(key, Key::Placement(_)) {
                        self.notes.push(format!("{} went with what it was about", self.names.called(&key)));
                    }
                    continue;
                }
                let mut kept = record.clone();
                prune(&mut kept, &mut |role, id| role.resolves(&self.model, id));
                if kept == record {
                    continue;
                }
                is_done = false;
                // A control attached to nothing any more, or a threat against nothing, was about what is gone.
                let is_empty = match &kept {
                    Record::Instance(i) => i.at.is_empty(),
                    Record::Threat(t) => t.targets.is_empty(),
                    _ => false,
                };
                let what = if is_empty { "went with what it was about" } else { "no longer refers to what was deleted" };
                self.notes.push(format!("{} {what}", self.names.called(&key)));
                self.model.put(&key, (!is_empty).then_some(kept));
            }
            if is_done {
                return;
            }
        }
    }

    /// Two sides that decided about different threats may have given them one number: the later key gets the next free one.
    fn number(&mut self) {
        let numbers = |model: &ThreatModel| -> BTreeMap<ThreatKey, u32> {
            model.decisions.iter().filter_map(|(key, d)| Some((key.clone(), d.number?))).collect()
        };
        let (ours, theirs, merged) = (numbers(self.sides.ours), numbers(self.sides.theirs), numbers(&self.model));
        let again = given_twice(&merged, &ours, &theirs, |_, _| true);
        let mut last = merged.values().copied().max().unwrap_or(0);
        for key in again {
            last = last.saturating_add(1);
            if let Some(decision) = self.model.decisions.get(&key).cloned() {
                let old = decision.number.unwrap_or_default();
                self.notes.push(format!(
                    "{} was T-{old} on one side and is T-{last} now: both had given that number",
                    self.names.called(&Key::Decision(key.clone()))
                ));
                self.model.put(&Key::Decision(key), Some(crate::model::Decision { number: Some(last), ..decision }.into()));
            }
        }
    }

    /// The same with the numbers of names for other readers, which are counted by kind.
    fn alias(&mut self) {
        let kinds: BTreeMap<Id, &str> =
            self.model.keys().iter().filter_map(|key| Some((key.id()?.clone(), key.kind_label()))).collect();
        let of = |model: &ThreatModel| model.info.disclosure.aliases.clone();
        let (ours, theirs, mut merged) = (of(self.sides.ours), of(self.sides.theirs), of(&self.model));
        let again = given_twice(&merged, &ours, &theirs, |a, b| kinds.get(a) == kinds.get(b));
        for id in again {
            let same = merged.iter().filter(|(other, _)| kinds.get(*other).is_none_or(|k| Some(k) == kinds.get(&id)));
            let next = same.map(|(_, n)| *n).max().unwrap_or(0).saturating_add(1);
            merged.insert(id, next);
        }
        if merged != self.model.info.disclosure.aliases {
            let mut info = self.model.info.clone();
            info.disclosure.aliases = merged;
            self.model.put(&Key::Info, Some(info.into()));
        }
    }
}

/// Those that share their number with an earlier one, though on neither side they did.
fn given_twice<K: Ord + Clone>(
    merged: &BTreeMap<K, u32>,
    ours: &BTreeMap<K, u32>,
    theirs: &BTreeMap<K, u32>,
    may_clash: impl Fn(&K, &K) -> bool,
) -> BTreeSet<K> {
    let mut holders: BTreeMap<u32, Vec<&K>> = BTreeMap::new();
    let mut again = BTreeSet::new();
    for (key, number) in merged {
        let earlier = holders.entry(*number).or_default();
        let shared_on = |side: &BTreeMap<K, u32>, other: &K| side.get(key) == Some(number) && side.get(other) == Some(number);
        if earlier.iter().any(|other| may_clash(other, key) && !shared_on(ours, other) && !shared_on(theirs, other)) {
            again.insert(key.clone());
        }
        earlier.push(key);
    }
    again
}

fn boundary_around(model: &ThreatModel, id: &Id) -> Option<Id> {
    model.boundaries.get(id).and_then(|b| b.parent.clone())
}

fn whole(model: &ThreatModel, id: &Id) -> Option<Id> {
    model.elements.get(id).and_then(|e| e.parent.clone())
}
