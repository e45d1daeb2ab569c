//! Two models that come from one, brought together: record by record, field by field, members of sets one by one.
//!
//! What only one of them changed is taken over; what both changed differently is a [`Conflict`], which each side can win.
//! Nothing is left that refers to what the other deleted: such a deletion is a conflict as well, and with it undecided or
//! upheld the reference goes. The result is sound, and the same whichever of the two is called ours where nothing conflicts.

mod missing;
mod record;
mod settle;
mod step;

pub use step::edit_to;

use super::names::Names;
use crate::library::Library;
use crate::model::{Key, Record, ThreatModel, repair};
use missing::Missing;
use record::Three;
use std::collections::{BTreeMap, BTreeSet};

/// Which of the two models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Ours,
    Theirs,
}

/// What can be in conflict: a record as a whole, or one field of it ("name", "facts.Human").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub key: Key,
    pub field: Option<String>,
}

impl At {
    fn whole(key: Key) -> At {
        At { key, field: None }
    }
}

/// Who wins where; ours where nothing is said.
pub type Choices = BTreeMap<At, Side>;

/// Something both changed differently, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub at: At,
    /// The record with the word for its kind.
    pub record: String,
    /// What people call the field; empty for the record as a whole.
    pub field: String,
    pub base: String,
    pub ours: String,
    pub theirs: String,
    /// Who won.
    pub taken: Side,
}

impl Conflict {
    /// True when it is only about where something is drawn.
    pub fn is_place(&self) -> bool {
        matches!(self.at.key, Key::Placement(_))
    }
}

/// Two models brought together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Sound, with every conflict decided.
    pub model: ThreatModel,
    /// In order of record and field.
    pub conflicts: Vec<Conflict>,
    /// What else was put right so that the model is sound, a sentence each.
    pub notes: Vec<String>,
}

/// Brings `ours` and `theirs` together, which both come from `base`; ours wins what conflicts.
pub fn merge(base: &ThreatModel, ours: &ThreatModel, theirs: &ThreatModel) -> Merged {
    resolve(base, ours, theirs, &Choices::new())
}

/// The same with conflicts decided. Deciding for what was deleted or kept may bring up others.
pub fn resolve(base: &ThreatModel, ours: &ThreatModel, theirs: &ThreatModel, choices: &Choices) -> Merged {
    let sides = Sides { base, ours, theirs, choices };
    let names = Names::new(vec![ours, theirs, base], Library::builtin());
    let mut work = Work { sides, model: ThreatModel::default(), conflicts: BTreeMap::new(), notes: Vec::new(), names: &names };
    work.records();
    work.what_is_missing();
    work.places();
    work.log();
    work.settle();
    let repairs = repair(&mut work.model).into_iter().map(|repair| repair.message);
    let mut notes = std::mem::take(&mut work.notes);
    notes.extend(repairs);
    Merged { model: work.model, conflicts: work.conflicts.into_values().collect(), notes }
}

/// The three models, and who wins.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: &'a ThreatModel,
    ours: &'a ThreatModel,
    theirs: &'a ThreatModel,
    choices: &'a Choices,
}

impl<'a> Sides<'a> {
    fn taken(&self, at: &At) -> Side {
        self.choices.get(at).copied().unwrap_or_default()
    }

    fn of(&self, side: Side) -> &'a ThreatModel {
        match side {
            Side::Ours => self.ours,
            Side::Theirs => self.theirs,
        }
    }

    fn three(&self, key: &Key) -> Three {
        Three { base: self.base.get(key), ours: self.ours.get(key), theirs: self.theirs.get(key) }
    }

    /// Every key of the two, and of what they come from.
    fn keys(&self) -> BTreeSet<Key> {
        let all = self.base.keys().into_iter().chain(self.ours.keys());
        all.chain(self.theirs.keys()).collect()
    }
}

/// A merge under way.
struct Work<'a> {
    sides: Sides<'a>,
    model: ThreatModel,
    conflicts: BTreeMap<At, Conflict>,
    notes: Vec<String>,
    names: &'a Names<'a>,
}

impl Work<'_> {
    /// Everything but places, each record by itself.
    fn records(&mut self) {
        for key in self.sides.keys().into_iter().filter(|key| !matches!(key, Key::Placement(_))) {
            let merged = self.merged(&key);
            self.model.put(&key, merged);
        }
    }

    fn merged(&mut self, key: &Key) -> Option<Record> {
        let three = self.sides.three(key);
        if three.ours == three.theirs || three.theirs == three.base {
            return three.ours;
        }
        if three.ours == three.base {
            return three.theirs;
        }
        match (&three.ours, &three.theirs) {
            (Some(ours), Some(theirs)) => self.both_changed(key, three.base.as_ref(), ours, theirs),
            // What the other only lost with what it deleted itself was not changed by anybody.
            (Some(kept), None) if three.is_only_pruned(kept, self.sides.ours) => None,
            (None, Some(kept)) if three.is_only_pruned(kept, self.sides.theirs) => None,
            _ => self.deleted_and_changed(key, three),
        }
    }

    fn deleted_and_changed(&mut self, key: &Key, three: Three) -> Option<Record> {
        let at = At::whole(key.clone());
        let words = |record: &Option<Record>| match (record, &three.base) {
            (None, _) => "deleted".to_owned(),
            (Some(is), Some(was)) => record::changes(key, was, is, self.names),
            (Some(_), None) => "added".to_owned(),
        };
        let (ours, theirs) = (words(&three.ours), words(&three.theirs));
        match self.conflict(at, String::new(), "there".to_owned(), ours, theirs) {
            Side::Ours => three.ours,
            Side::Theirs => three.theirs,
        }
    }

    /// Notes a conflict; returns who wins it.
    fn conflict(&mut self, at: At, field: String, base: String, ours: String, theirs: String) -> Side {
        let taken = self.sides.taken(&at);
        let record = self.names.called(&at.key);
        self.conflicts.insert(at.clone(), Conflict { at, record, field, base, ours, theirs, taken });
        taken
    }

    /// Brings back what the one deleted and the other still needs, where that is chosen; tells of it in any case.
    fn what_is_missing(&mut self) {
        let mut told: BTreeSet<Key> = BTreeSet::new();
        loop {
            let missing: Vec<Missing> = missing::of(&self.sides, &self.model);
            let mut is_done = true;
            for Missing { key, kept_by, users } in missing {
                if !told.insert(key.clone()) {
                    continue;
                }
                is_done = false;
                let at = At::whole(key.clone());
                let used = match users.as_slice() {
                    [] => String::new(),
                    [one] => format!("needed by {}", self.names.called(one)),
                    [one, rest @ ..] => format!("needed by {} and {} more", self.names.called(one), rest.len()),
                };
                let (mut ours, mut theirs) = ("deleted".to_owned(), used.clone());
                if kept_by == Side::Ours {
                    std::mem::swap(&mut ours, &mut theirs);
                }
                // It may have been changed as well as needed.
                if let Some(known) = self.conflicts.get(&at) {
                    let add = |words: &str| if words == "deleted" { words.to_owned() } else { format!("{words}; {used}") };
                    (ours, theirs) = (add(&known.ours), add(&known.theirs));
                }
                if self.conflict(at, String::new(), "there".to_owned(), ours, theirs) == kept_by {
                    let record = self.sides.of(kept_by).get(&key);
                    self.model.put(&key, record);
                }
            }
            if is_done {
                return;
            }
        }
    }

    /// Where things are drawn, once it is known what there is.
    fn places(&mut self) {
        for key in self.sides.keys() {
            let Key::Placement(place) = &key else { continue };
            let Some(item) = self.model.item_key(&place.item) else { continue };
            let diagram = Key::Diagram(place.diagram.clone());
            if !self.model.contains(&diagram) {
                continue;
            }
            let three = self.sides.three(&key);
            // With what is brought back its places come back.
            let merged = match self.brought_back(item).or_else(|| self.brought_back(diagram)) {
                Some(side) => self.sides.of(side).get(&key),
                None if three.ours == three.theirs || three.theirs == three.base => three.ours,
                None if three.ours == three.base => three.theirs,
                None => {
                    let words = |record: &Option<Record>| record::place(&key, record.as_ref(), self.names);
                    let (base, ours, theirs) = (words(&three.base), words(&three.ours), words(&three.theirs));
                    match self.conflict(At::whole(key.clone()), "place".to_owned(), base, ours, theirs) {
                        Side::Ours => three.ours,
                        Side::Theirs => three.theirs,
                    }
                }
            };
            self.model.put(&key, merged);
        }
    }

    /// The side that kept what the other deleted, where that was chosen.
    fn brought_back(&self, key: Key) -> Option<Side> {
        let taken = self.conflicts.get(&At::whole(key.clone()))?.taken;
        self.sides.of(taken).contains(&key).then_some(taken)
    }

    /// Entries of the log are never changed: they are put together.
    fn log(&mut self) {
        let Sides { base, ours, theirs, .. } = self.sides;
        let ids: BTreeSet<_> = ours.log.keys().chain(theirs.log.keys()).cloned().collect();
        for id in ids {
            let (b, o, t) = (base.log.get(&id), ours.log.get(&id), theirs.log.get(&id));
            let merged = if t == b {
                o
            } else if o == b {
                t
            } else {
                o.or(t)
            };
            if let Some(entry) = merged {
                self.model.log.insert(id, entry.clone());
            }
        }
    }
}
