//! Names for people, also where nobody gave one.

use crate::model::{Id, ThreatModel};

/// The words of a name with single spaces between them.
pub(super) fn on_one_line(name: &str) -> String {
    let is_plain = !name.starts_with(char::is_whitespace)
        && !name.ends_with(char::is_whitespace)
        && !name.contains("  ")
        && !name.chars().any(|c| c.is_whitespace() && c != ' ');
    if is_plain { name.to_owned() } else { name.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// The name of an element, flow, boundary or other record on one line; a description when it has none.
pub fn name_of(model: &ThreatModel, id: &Id) -> String {
    let name = on_one_line(model.name_of(id));
    if !name.is_empty() {
        return name;
    }
    if let Some(flow) = model.flows.get(id) {
        let end = |end: &Option<Id>| end.as_ref().map_or_else(|| "?".to_owned(), |e| name_of(model, e));
        return format!("flow {} → {}", end(&flow.from), end(&flow.to));
    }
    if let Some(element) = model.elements.get(id) {
        return format!("unnamed {}", element.kind.label().to_lowercase());
    }
    if model.boundaries.contains_key(id) {
        return "unnamed boundary".to_owned();
    }
    id.to_string()
}
