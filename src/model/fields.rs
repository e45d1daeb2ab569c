//! Records as lists of named fields. Comparing and merging go by these, so that a new field takes part without a word about it.

use super::{Placement, Record};
use serde::Serialize;
use serde_json::{Map, Value};

/// One field of a record with its value, defaults included.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in files; those of a record within are joined by a dot ("disclosure.words").
    pub name: String,
    pub shape: FieldShape,
    pub value: Value,
}

/// How two changes of one field come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// One value, which is the one or the other.
    Whole,
    /// Members that come and go one by one.
    Set,
    /// Entries that come, go and change one by one.
    Map,
}

impl FieldShape {
    /// The shape of a field by its type, as it is written in the record.
    pub(super) fn of(written: &str) -> FieldShape {
        match written.trim() {
            kind if kind.starts_with("BTreeSet") => FieldShape::Set,
            kind if kind.starts_with("BTreeMap") || kind == "Extra" => FieldShape::Map,
            _ => FieldShape::Whole,
        }
    }
}

/// What is made of fields.
pub(super) trait Fielded {
    fn fields(&self) -> Vec<Field>;
}

impl Field {
    pub(super) fn new(name: &str, written: &str, value: &impl Serialize) -> Field {
        // Nothing of a sound model has no form in JSON.
        let value = serde_json::to_value(value).unwrap_or_default();
        Field { name: name.to_owned(), shape: FieldShape::of(written), value }
    }
}

impl Fielded for Placement {
    fn fields(&self) -> Vec<Field> {
        vec![Field::new("place", "Placement", self)]
    }
}

/// What stands between a record and the fields of one within it.
const WITHIN: char = '.';

impl Record {
    /// Its fields in the order they are declared in; those that only records within have, in the place of these.
    pub fn fields(&self) -> Vec<Field> {
        let mut out = Vec::new();
        for field in self.own_fields() {
            match self {
                Record::Info(info) if field.name == "disclosure" => {
                    out.extend(info.disclosure.fields().into_iter().map(|inner| {
                        let name = format!("{}{WITHIN}{}", field.name, inner.name);
                        Field { name, ..inner }
                    }))
                }
                _ => out.push(field),
            }
        }
        out
    }

    /// A record of the same kind made of fields; `None` when they are not those of this kind.
    pub fn made_of(&self, fields: impl IntoIterator<Item = (String, Value)>) -> Option<Record> {
        let mut content = Map::new();
        for (name, value) in fields {
            match name.split_once(WITHIN) {
                Some((outer, inner)) => {
                    let within = content.entry(outer.to_owned()).or_insert_with(|| Value::Object(Map::new()));
                    within.as_object_mut()?.insert(inner.to_owned(), value);
                }
                None => drop(content.insert(name, value)),
            }
        }
        let content = match self {
            Record::Placement(_) => content.remove("place")?,
            _ => Value::Object(content),
        };
        let kind = self.kind_name().to_owned();
        serde_json::from_value(Value::Object(Map::from_iter([(kind, content)]))).ok()
    }
}
