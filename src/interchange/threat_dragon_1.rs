//! OWASP Threat Dragon 1 (JSON), up to 1.6: the same model in the words of another drawing library.
//!
//! A file is put into the words of version 2 and read as one. Fields without a counterpart are kept under `td2.` as well,
//! the name they would have there.

use super::lenient::{Object, list, object, text};
use super::{Import, ImportError, threat_dragon};
use serde_json::{Map, Value, json};

/// Fields of a cell that only the drawing library needs.
const NOISE: &[&str] = &["angle", "z", "smooth", "markup", "linkMarkup", "labelMarkup", "vertexMarkup", "arrowheadMarkup"];

/// Fields that lie on a cell here and there alike; all others move into its data.
const ON_CELL: &[&str] = &["id", "position", "size", "source", "target", "vertices", "labels", "attrs"];

/// Reads a model.
///
/// # Errors
/// The text is not JSON or not an object.
pub fn read(content: &str) -> Result<Import, ImportError> {
    let mut file: Value = serde_json::from_str(content)?;
    forget_hashes(&mut file);
    let file = file.as_object_mut().ok_or(ImportError::Unknown)?;
    if let Some(diagrams) = file.get_mut("detail").and_then(|d| d.get_mut("diagrams")).and_then(Value::as_array_mut) {
        for diagram in diagrams.iter_mut().filter_map(Value::as_object_mut) {
            as_of_2(diagram);
        }
    }
    Ok(threat_dragon::read_object(file, content))
}

/// Takes out what the user interface left behind.
fn forget_hashes(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("$$hashKey");
            fields.values_mut().for_each(forget_hashes);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_hashes),
        _ => {}
    }
}

fn as_of_2(diagram: &mut Object) {
    // The size of the canvas says nothing about what is on it.
    diagram.remove("size");
    let Some(graph) = diagram.remove("diagramJson") else { return };
    // A graph saved as text within the text.
    let graph = match graph {
        Value::String(inner) => serde_json::from_str(&inner).unwrap_or(Value::String(inner)),
        other => other,
    };
    let cells = match graph.as_object().and_then(|g| g.get("cells")) {
        Some(Value::Array(cells)) => cells.iter().map(cell_of_2).collect(),
        // Misshapen: left as it is, so that the reader tells it.
        other => other.cloned().unwrap_or_default(),
    };
    diagram.insert("cells".to_owned(), cells);
}

fn cell_of_2(cell: &Value) -> Value {
    let Some(raw) = cell.as_object() else { return cell.clone() };
    let kind = text(raw, "type");
    let is_edge = matches!(kind.as_str(), "tm.Flow" | "tm.Boundary");
    let mut out = Map::new();
    let mut data = Map::new();
    for (field, value) in raw {
        match field.as_str() {
            "size" if is_edge => {}
            "source" | "target" => drop(out.insert(field.clone(), end(value))),
            known if ON_CELL.contains(&known) => drop(out.insert(field.clone(), value.clone())),
            noise if NOISE.contains(&noise) => {}
            _ => drop(data.insert(field.clone(), value.clone())),
        }
    }
    // The name is what is written on the shape; a field of that name is a leftover.
    let written = [text(object(object(raw, "attrs"), "text"), "text"), label(raw)].iter().any(|t| !t.trim().is_empty());
    if written {
        data.remove("name");
    }
    // Anything else than an explicit straight line is a curve.
    if is_edge && raw.get("smooth") != Some(&Value::Bool(false)) {
        out.insert("connector".to_owned(), json!("smooth"));
    }
    out.insert("shape".to_owned(), json!(kind));
    out.insert("data".to_owned(), Value::Object(data));
    Value::Object(out)
}

fn label(raw: &Object) -> String {
    let first = list(raw, "labels").first().and_then(Value::as_object);
    first.map(|l| text(object(object(l, "attrs"), "text"), "text")).unwrap_or_default()
}

/// An end is an element by its id, or a point.
fn end(value: &Value) -> Value {
    match value.get("id") {
        Some(id) => json!({ "cell": id }),
        None => value.clone(),
    }
}
