//! One record that both sides changed: its fields one by one, members of sets and entries of maps by themselves.

use super::{At, Side, Work};
use crate::compare::difference::fields_between;
use crate::compare::names::Names;
use crate::compare::words::{entry_label, field_label, value_words};
use crate::model::{Field, FieldShape, Key, Record, ThreatModel, prune};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A record in the three models.
pub(super) struct Three {
    pub base: Option<Record>,
    pub ours: Option<Record>,
    pub theirs: Option<Record>,
}

impl Three {
    /// True when all that happened to it in `model` is that it lost references to what was deleted there.
    pub fn is_only_pruned(&self, kept: &Record, model: &ThreatModel) -> bool {
        self.base.clone().is_some_and(|mut base| {
            prune(&mut base, &mut |role, id| role.resolves(model, id));
            base == *kept
        })
    }
}

/// What a decision consists of: one half of it says nothing without the other.
const VERDICT: &[&str] =
    &["disposition", "justification", "by", "on", "approver", "expires", "transferred_to", "basis", "inherited"];

impl Work<'_> {
    /// A record that both have, and that neither has as it was.
    pub(super) fn both_changed(&mut self, key: &Key, base: Option<&Record>, ours: &Record, theirs: &Record) -> Option<Record> {
        // What both added is compared with a blank one: where one left the default, the other said something.
        let blank = ours.made_of([]);
        let (from, ours_fields, theirs_fields) = (base.or(blank.as_ref()).map(Record::fields), ours.fields(), theirs.fields());
        let from = from.unwrap_or_default();
        let verdict = self.verdict(key, &from, &ours_fields, &theirs_fields);
        let mut merged = Vec::new();
        for o in ours_fields {
            let t = value_of(&theirs_fields, &o.name);
            let b = value_of(&from, &o.name);
            let is_verdict = matches!(key, Key::Decision(_)) && VERDICT.contains(&o.name.as_str());
            let value = match verdict.filter(|_| is_verdict) {
                Some(Side::Ours) => o.value,
                Some(Side::Theirs) => t,
                None => self.field(key, &o, b, t),
            };
            merged.push((o.name, value));
        }
        // Fields of one kind always make a record of that kind.
        ours.made_of(merged).or_else(|| Some(ours.clone()))
    }

    /// Who decides, when both decided about a threat differently.
    fn verdict(&mut self, key: &Key, base: &[Field], ours: &[Field], theirs: &[Field]) -> Option<Side> {
        if !matches!(key, Key::Decision(_)) {
            return None;
        }
        let of = |fields: &[Field]| -> Vec<Value> { VERDICT.iter().map(|name| value_of(fields, name)).collect() };
        let (b, o, t) = (of(base), of(ours), of(theirs));
        if o == t || o == b || t == b {
            return None;
        }
        let names = self.names;
        let words = |fields: &[Field]| {
            let said = |name: &&&str| **name != "basis" && **name != "inherited";
            let told = VERDICT.iter().filter(said).map(|name| (*name, value_of(fields, name)));
            let told = told.filter(|(name, value)| *name == "disposition" || *value != value_of(&[], name));
            let words = told.map(|(name, value)| (name, value_words(key, name, &value, names))).filter(|(_, words)| words != "–");
            let each = words.map(|(name, words)| match name {
                "disposition" | "justification" => words,
                _ => format!("{} {words}", field_label(key, name)),
            });
            each.collect::<Vec<_>>().join(", ")
        };
        let at = At { key: key.clone(), field: Some("disposition".to_owned()) };
        Some(self.conflict(at, "decision".to_owned(), words(base), words(ours), words(theirs)))
    }

    fn field(&mut self, key: &Key, ours: &Field, base: Value, theirs: Value) -> Value {
        match (ours.shape, &base, &ours.value, &theirs) {
            (FieldShape::Set, Value::Array(b), Value::Array(o), Value::Array(t)) => Value::Array(members(b, o, t)),
            (FieldShape::Map, Value::Object(b), Value::Object(o), Value::Object(t)) => {
                let entries: BTreeSet<&String> = b.keys().chain(o.keys()).chain(t.keys()).collect();
                let mut merged = Map::new();
                for entry in entries {
                    let of = |side: &Map<String, Value>| side.get(entry).cloned().unwrap_or(Value::Null);
                    let label = entry_label(key, &ours.name, entry, self.names);
                    let at = At { key: key.clone(), field: Some(format!("{}.{entry}", ours.name)) };
                    let value = self.value((at, label, ours.name.as_str()), of(b), of(o), of(t));
                    if !value.is_null() {
                        merged.insert(entry.clone(), value);
                    }
                }
                Value::Object(merged)
            }
            _ => {
                let at = At { key: key.clone(), field: Some(ours.name.clone()) };
                self.value((at, field_label(key, &ours.name), ours.name.as_str()), base, ours.value.clone(), theirs)
            }
        }
    }

    fn value(&mut self, (at, label, field): (At, String, &str), base: Value, ours: Value, theirs: Value) -> Value {
        if ours == theirs || theirs == base {
            return ours;
        }
        if ours == base {
            return theirs;
        }
        let words = |value: &Value| value_words(&at.key, field, value, self.names);
        let (b, o, t) = (words(&base), words(&ours), words(&theirs));
        match self.conflict(at, label, b, o, t) {
            Side::Ours => ours,
            Side::Theirs => theirs,
        }
    }
}

fn value_of(fields: &[Field], name: &str) -> Value {
    fields.iter().find(|field| field.name == name).map_or(Value::Null, |field| field.value.clone())
}

/// What is in both, and what only one of them has because it added it.
fn members(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let mut out: Vec<Value> = ours.iter().filter(|v| theirs.contains(v) || !base.contains(v)).cloned().collect();
    out.extend(theirs.iter().filter(|v| !ours.contains(v) && !base.contains(v)).cloned());
    out
}

/// What changed in a record, in one line.
pub(super) fn changes(key: &Key, was: &Record, is: &Record, names: &Names<'_>) -> String {
    let changed = fields_between(key, was, is, names, names);
    let each = changed.iter().map(|change| format!("{} {} → {}", change.label, change.before, change.after));
    format!("changed: {}", each.collect::<Vec<_>>().join("; "))
}

/// A place in words.
pub(super) fn place(key: &Key, record: Option<&Record>, names: &Names<'_>) -> String {
    let fields = record.map(Record::fields).unwrap_or_default();
    fields.first().map_or_else(|| "not drawn".to_owned(), |field| value_words(key, &field.name, &field.value, names))
}
