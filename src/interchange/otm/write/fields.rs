//! Words and figures of single fields, and what was kept of a file.

use crate::interchange::otm::PREFIX;
use crate::model::{Band, ControlStatus, Extra};
use serde_json::{Map, Value, json};

pub(super) fn state(status: ControlStatus) -> &'static str {
    match status {
        ControlStatus::Proposed => "recommended",
        ControlStatus::Planned => "required",
        ControlStatus::Implemented => "implemented",
        other => match other {
            ControlStatus::Partial => "partial",
            ControlStatus::Operating => "operating",
            _ => "retired",
        },
    }
}

/// Likelihood and impact of 100 whose product falls into the band.
pub(super) fn figures(band: Option<Band>) -> Value {
    match band {
        None => json!({ "likelihood": null, "impact": 0 }),
        Some(Band::Critical) => json!({ "likelihood": 100, "impact": 100 }),
        Some(Band::High) => json!({ "likelihood": 100, "impact": 75 }),
        Some(Band::Medium) => json!({ "likelihood": 100, "impact": 50 }),
        Some(Band::Low) => json!({ "likelihood": 50, "impact": 50 }),
        Some(Band::Minimal) => json!({ "likelihood": 25, "impact": 25 }),
    }
}

/// The fields kept under a prefix, as they were.
pub(super) fn kept(extra: &Extra, prefix: &str, not: &[&str]) -> Map<String, Value> {
    let fields = extra.iter().filter_map(|(key, value)| Some((key.strip_prefix(prefix)?, value)));
    let fields = fields.filter(|(field, _)| !not.contains(field) && !field.contains('.'));
    fields.map(|(field, value)| (field.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| json!(value)))).collect()
}

/// One field that was kept as JSON; null when there is none.
pub(super) fn stored(extra: &Extra, field: &str) -> Value {
    extra.get(&format!("{PREFIX}{field}")).and_then(|v| serde_json::from_str(v).ok()).unwrap_or_default()
}

pub(super) fn stored_in(extra: Option<&Extra>, field: &str) -> Value {
    extra.map(|e| stored(e, field)).unwrap_or_default()
}

/// A name as an id: letters, digits and hyphens.
pub(super) fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "model".to_owned() } else { slug }
}
