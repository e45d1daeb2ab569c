//! What two models say differently, record by record and field by field; where things are drawn is told apart.

use super::names::Names;
use super::words::{entry_label, field_label, value_words};
use crate::library::Library;
use crate::model::{FieldShape, Id, Key, Record, ThreatModel};
use serde_json::Value;
use std::collections::BTreeSet;

/// How a record differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Added,
    Removed,
    Changed,
}

impl Way {
    pub fn label(self) -> &'static str {
        match self {
            Way::Added => "Added",
            Way::Removed => "Removed",
            Way::Changed => "Changed",
        }
    }

    /// One sign, so that nothing is told by colour alone.
    pub fn sign(self) -> &'static str {
        match self {
            Way::Added => "+",
            Way::Removed => "−",
            Way::Changed => "~",
        }
    }
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordChange {
    pub key: Key,
    pub way: Way,
    /// What it is called, later before earlier.
    pub name: String,
    /// What differs; empty for what was added or removed.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in files; with an entry, that one of a map ("facts.Human").
    pub field: String,
    /// What people call it.
    pub label: String,
    pub before: String,
    pub after: String,
}

/// A place on a diagram that differs, where the diagram and what is drawn are in both models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redrawn {
    pub diagram: Id,
    pub item: Id,
    /// Drawn there now, no longer, or elsewhere.
    pub way: Way,
}

/// What two models say differently.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// By kind as people read a model, within a kind by name.
    pub records: Vec<RecordChange>,
    pub redrawn: Vec<Redrawn>,
    /// Entries of the audit log that only the later model has, and only the earlier.
    pub logged: (usize, usize),
}

impl Difference {
    pub fn between(before: &ThreatModel, after: &ThreatModel, library: &Library) -> Difference {
        let names = Names::new(vec![after, before], library);
        let earlier = Names::new(vec![before, after], library);
        let keys: BTreeSet<Key> = before.keys().into_iter().chain(after.keys()).collect();
        let mut out = Difference::default();
        for key in keys {
            let (was, is) = (before.get(&key), after.get(&key));
            if was == is {
                continue;
            }
            let way = match (&was, &is) {
                (None, _) => Way::Added,
                (_, None) => Way::Removed,
                _ => Way::Changed,
            };
            if let Key::Placement(place) = &key {
                let is_in_both = |model: &ThreatModel| model.diagrams.contains_key(&place.diagram) && model.has_id(&place.item);
                if is_in_both(before) && is_in_both(after) {
                    out.redrawn.push(Redrawn { diagram: place.diagram.clone(), item: place.item.clone(), way });
                }
                continue;
            }
            let fields = match (&was, &is) {
                (Some(was), Some(is)) => fields_between(&key, was, is, &earlier, &names),
                _ => Vec::new(),
            };
            out.records.push(RecordChange { name: names.record(&key), key, way, fields });
        }
        out.records.sort_by_cached_key(|change| (rank(&change.key), change.name.to_lowercase(), change.key.clone()));
        let only = |a: &ThreatModel, b: &ThreatModel| a.log.iter().filter(|(id, entry)| b.log.get(*id) != Some(*entry)).count();
        out.logged = (only(after, before), only(before, after));
        out
    }

    /// True when the models are the same.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.redrawn.is_empty() && self.logged == (0, 0)
    }

    /// True when nothing that is said differs: at most where it is drawn, and the log.
    pub fn is_only_drawn(&self) -> bool {
        self.records.is_empty()
    }

    /// How many records were added, removed and changed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |way| self.records.iter().filter(|change| change.way == way).count();
        (of(Way::Added), of(Way::Removed), of(Way::Changed))
    }
}

/// The fields in which two states of a record differ.
pub(super) fn fields_between(key: &Key, was: &Record, is: &Record, then: &Names<'_>, now: &Names<'_>) -> Vec<FieldChange> {
    let mut out = Vec::new();
    let later = is.fields();
    for field in was.fields() {
        let Some(other) = later.iter().find(|other| other.name == field.name).filter(|other| other.value != field.value) else {
            continue;
        };
        if let (FieldShape::Map, Value::Object(a), Value::Object(b)) = (field.shape, &field.value, &other.value) {
            let entries: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for entry in entries.into_iter().filter(|entry| a.get(*entry) != b.get(*entry)) {
                let words = |side: &serde_json::Map<String, Value>, names: &Names<'_>| {
                    value_words(key, &field.name, side.get(entry).unwrap_or(&Value::Null), names)
                };
                out.push(FieldChange {
                    field: format!("{}.{entry}", field.name),
                    label: entry_label(key, &field.name, entry, now),
                    before: words(a, then),
                    after: words(b, now),
                });
            }
            continue;
        }
        let label = field_label(key, &field.name);
        let before = value_words(key, &field.name, &field.value, then);
        let after = value_words(key, &field.name, &other.value, now);
        out.push(FieldChange { field: field.name, label, before, after });
    }
    out
}

/// The place of a kind in lists for people.
pub fn rank(key: &Key) -> u8 {
    told(key).0
}

/// The heading of a kind in lists for people.
pub fn kind_heading(key: &Key) -> &'static str {
    told(key).1
}

fn told(key: &Key) -> (u8, &'static str) {
    match key {
        Key::Info => (0, "The model"),
        Key::Element(_) => (1, "Elements"),
        Key::Flow(_) => (2, "Data flows"),
        Key::Boundary(_) => (3, "Trust boundaries"),
        Key::Asset(_) => (4, "Assets"),
        Key::Threat(_) => (5, "Threats written by hand"),
        Key::Decision(_) => (6, "Decisions"),
        Key::Appraisal(_) => (7, "Ratings by hand"),
        Key::Instance(_) => (8, "Controls in place and planned"),
        Key::Control(_) => (9, "Control definitions"),
        Key::Vulnerability(_) => (10, "Vulnerabilities"),
        Key::Agent(_) => (11, "Threat agents"),
        Key::AttackTree(_) => (12, "Attack trees"),
        Key::Scenario(_) => (13, "Attack scenarios"),
        Key::Assumption(_) => (14, "Assumptions"),
        Key::Person(_) => (15, "People"),
        Key::Note(_) => (16, "Notes"),
        Key::Diagram(_) => (17, "Diagrams"),
        Key::Baseline(_) => (18, "Baselines"),
        Key::Session(_) => (19, "Sessions"),
        Key::Playlist(_) => (20, "Playlists"),
        Key::Variant(_) => (21, "Scenarios"),
        Key::Placement(_) => (22, "Places on diagrams"),
    }
}
