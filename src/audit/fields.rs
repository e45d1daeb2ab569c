//! Two states of any record side by side, field by field, in short words.

use serde_json::Value;

/// Fields that are no matter of record.
const SILENT: &[&str] = &["extra", "declined", "basis", "inherited", "start", "seconds"];
/// Characters of a value that are told.
const LONGEST: usize = 120;

/// The fields that differ, before and after; `passed` are told elsewhere. `name` knows what ids are called.
pub(super) fn differing(
    before: &Value,
    after: &Value,
    passed: &[&str],
    name: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, String)> {
    let none = serde_json::Map::new();
    let (was, is) = (before.as_object().unwrap_or(&none), after.as_object().unwrap_or(&none));
    let mut fields: Vec<&String> = was.keys().chain(is.keys()).collect();
    fields.sort();
    fields.dedup();
    let is_told = |field: &&&String| !SILENT.contains(&field.as_str()) && !passed.contains(&field.as_str());
    let differs = |field: &&&String| was.get(**field) != is.get(**field);
    let fields: Vec<&&String> = fields.iter().filter(|f| is_told(f) && differs(f)).collect();
    if fields.is_empty() {
        return None;
    }
    let told = |side: &serde_json::Map<String, Value>| {
        let one = |field: &&&String| {
            let value = side.get(**field).map_or_else(|| "–".to_owned(), |value| words(value, name));
            format!("{} {}", field.replace('_', " "), clipped(&value))
        };
        fields.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    Some((told(was), told(is)))
}

fn words(value: &Value, name: &dyn Fn(&str) -> Option<String>) -> String {
    let list = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(n) => n.to_string(),
        Value::String(text) => name(text).unwrap_or_else(|| text.clone()),
        Value::Array(values) => list(&mut values.iter().map(|v| words(v, name))),
        Value::Object(map) => list(&mut map.iter().map(|(key, v)| {
            let key = name(key).unwrap_or_else(|| key.clone());
            format!("{key} {}", words(v, name))
        })),
    }
}

fn clipped(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= LONGEST {
        return if flat.is_empty() { "–".to_owned() } else { flat };
    }
    flat.chars().take(LONGEST).chain(['…']).collect()
}
