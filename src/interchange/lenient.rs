//! Reading JSON that keeps no promise: a missing or oddly typed field reads as its neutral value.

use crate::model::{Extra, Id, IdSource};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) type Object = Map<String, Value>;

/// The object under `key`; an empty one when there is none.
pub(super) fn object<'a>(from: &'a Object, key: &str) -> &'a Object {
    static NONE: LazyLock<Object> = LazyLock::new(Object::new);
    from.get(key).and_then(Value::as_object).unwrap_or(&NONE)
}

/// The list under `key`; an empty one when there is none.
pub(super) fn list<'a>(from: &'a Object, key: &str) -> &'a [Value] {
    from.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Text, or a number or truth value as text; empty when there is none.
pub(super) fn text(from: &Object, key: &str) -> String {
    match from.get(key) {
        Some(Value::String(s)) => s.replace("\r\n", "\n"),
        Some(v @ (Value::Number(_) | Value::Bool(_))) => v.to_string(),
        _ => String::new(),
    }
}

pub(super) fn flag(from: &Object, key: &str) -> bool {
    match from.get(key) {
        Some(Value::Bool(b)) => *b,
        Some(Value::String(s)) => s.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// A finite number, also when it is written as text.
pub(super) fn number(from: &Object, key: &str) -> Option<f32> {
    let value = match from.get(key)? {
        Value::String(s) => s.trim().parse().ok()?,
        v => v.as_f64()?,
    };
    Some(value as f32).filter(|v| v.is_finite())
}

/// True for what says nothing: false, null, empty text, list or object.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(a) => a.is_empty(),
        Value::Object(o) => o.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Every field that says something and is not among `known`, as JSON text under `prefix` and its name.
pub(super) fn rest(from: &Object, known: &[&str], prefix: &str) -> Extra {
    let kept = from.iter().filter(|(k, v)| !known.contains(&k.as_str()) && !is_blank(v));
    kept.map(|(k, v)| (format!("{prefix}{k}"), v.to_string())).collect()
}

/// A foreign value on one line of bearable length.
pub(super) fn shortened(value: &str) -> String {
    const LONG: usize = 60;
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONG { line } else { line.chars().take(LONG).chain(['…']).collect() }
}

/// Hands out ids: a foreign one while it is free, a fresh one otherwise.
///
/// Fresh ids are drawn from the content of the file, so that importing it twice gives the same model twice.
pub(super) struct Ids {
    used: BTreeSet<Id>,
    source: IdSource,
}

impl Default for Ids {
    fn default() -> Ids {
        Ids::for_content("")
    }
}

impl Ids {
    pub(super) fn for_content(text: &str) -> Ids {
        // FNV-1a, 64 bit.
        let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Ids { used: BTreeSet::new(), source: IdSource::seeded(seed) }
    }

    pub(super) fn claim(&mut self, wanted: &str) -> Id {
        let wanted = Id::from(wanted);
        if !wanted.as_str().is_empty() && self.used.insert(wanted.clone()) { wanted } else { self.fresh() }
    }

    pub(super) fn fresh(&mut self) -> Id {
        loop {
            let id = self.source.fresh();
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}
