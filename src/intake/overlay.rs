//! One record laid over another: what the upper one says wins, what it leaves open stays.

use crate::model::{FieldShape, Record};
use serde_json::Value;

/// The lower record with everything the upper one of the same kind says. A field at its default says nothing; members of
/// sets and entries of tables come together.
pub(super) fn overlay(lower: &Record, upper: &Record) -> Record {
    let silent = lower.made_of([]).map(|record| record.fields()).unwrap_or_default();
    let fields = lower.fields().into_iter().zip(upper.fields());
    let joined = fields.map(|(mine, theirs)| {
        let says_nothing = silent.iter().any(|field| field.name == theirs.name && field.value == theirs.value);
        let value = if says_nothing { mine.value } else { join(mine.value, theirs.value, theirs.shape) };
        (theirs.name, value)
    });
    lower.made_of(joined).unwrap_or_else(|| lower.clone())
}

fn join(lower: Value, upper: Value, shape: FieldShape) -> Value {
    match (shape, lower, upper) {
        (FieldShape::Set, Value::Array(mut all), Value::Array(more)) => {
            for value in more {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
            Value::Array(all)
        }
        (FieldShape::Map, Value::Object(mut all), Value::Object(more)) => {
            all.extend(more);
            Value::Object(all)
        }
        (_, _, upper) => upper,
    }
}
