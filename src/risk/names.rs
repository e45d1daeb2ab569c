//! Names for people, also where nobody gave one.

use crate::model::{Id, ThreatModel};

/// The name of an element, flow, boundary or other record on one line; a description when it has none.
pub fn name_of(model: &ThreatModel, id: &Id) -> String {
    let words: Vec<&str> = model.name_of(id).split_whitespace().collect();
    if !words.is_empty() {
        return words.join(" ");
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
