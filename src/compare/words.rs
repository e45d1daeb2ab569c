//! Fields and their values in words.

use super::names::Names;
use crate::model::*;
use serde_json::{Map, Value};

/// What stands for nothing.
const NOTHING: &str = "–";

/// What people call a field.
pub fn field_label(key: &Key, field: &str) -> String {
    let known = match (key, field) {
        (Key::Asset(_), "c") => "confidentiality",
        (Key::Asset(_), "i") => "integrity",
        (Key::Asset(_), "a") => "availability",
        (Key::Asset(_), "p") => "privacy",
        (Key::Asset(_), "s") => "safety",
        (Key::Element(_), "tags") => "technology",
        (Key::Element(_), "holds") => "data kept",
        (Key::Flow(_), "assets") => "data carried",
        (Key::Flow(_), "authn") => "authentication",
        (Key::Flow(_), "bidirectional") => "answers travel back",
        (Key::Diagram(_), "of") => "details",
        (Key::Agent(_), "starts") => "starts from",
        (Key::Threat(_), "hits") => "takes of each value",
        (Key::Instance(_) | Key::Vulnerability(_), "at") => "where",
        (_, "extra") => "kept from other tools",
        (_, "declined") => "declined proposals",
        (_, "basis") => "what it rested on",
        (_, "visibility") => "who may read it",
        (_, "level_override") => "levels set by hand",
        (_, "severity_override") => "severity given",
        _ => return field.replace("disclosure.", "readers of ").replace('_', " "),
    };
    known.to_owned()
}

/// What people call an entry of a field that is a map.
pub fn entry_label(key: &Key, field: &str, entry: &str, names: &Names<'_>) -> String {
    format!("{}: {}", field_label(key, field), text(key, field, entry, names))
}

/// A value of a field in words.
pub fn value_words(key: &Key, field: &str, value: &Value, names: &Names<'_>) -> String {
    if field == "frozen" {
        return "the records and scores kept".to_owned();
    }
    let told = match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(n) => number(field, n),
        Value::String(given) => text(key, field, given, names),
        Value::Array(values) => {
            let mut each: Vec<String> = values.iter().map(|v| value_words(key, field, v, names)).collect();
            // Members of sets stand in the order of their ids.
            if matches!(field, "tags" | "holds" | "assets" | "starts" | "targets" | "about" | "collapsed" | "locked" | "at") {
                each.sort();
            }
            each.join(", ")
        }
        Value::Object(map) => match field {
            "place" => place(map),
            "at" => map.values().map(|v| value_words(key, field, v, names)).collect(),
            _ => entries(key, field, map, names),
        },
    };
    if told.trim().is_empty() { NOTHING.to_owned() } else { told }
}

fn entries(key: &Key, field: &str, map: &Map<String, Value>, names: &Names<'_>) -> String {
    let entry = |(name, value): (&String, &Value)| {
        // Fields of a small record speak for themselves, entries of a map by what they are about.
        let called = text(key, field, &field_label(key, name), names);
        format!("{called} {}", value_words(key, name, value, names))
    };
    map.iter().map(entry).collect::<Vec<_>>().join(", ")
}

fn number(field: &str, n: &serde_json::Number) -> String {
    match n.as_f64().filter(|_| matches!(field, "coverage" | "strength")) {
        Some(share) => format!("{} %", (share * 100.0).round()),
        None => n.to_string(),
    }
}

/// A box, a course or a line, to the unit.
fn place(map: &Map<String, Value>) -> String {
    let Some((kind, value)) = map.iter().next() else { return String::new() };
    let of = |name: &str| value.get(name).and_then(Value::as_f64).unwrap_or_default().round();
    let many = |name: &str| value.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    match kind.as_str() {
        "Box" => format!("{} × {} at ({}, {})", of("w"), of("h"), of("x"), of("y")),
        "Route" if many("bends") == 0 => "left to the router".to_owned(),
        "Route" => format!("through {} points", many("bends")),
        _ => format!("a line of {} points", many("points")),
    }
}

/// Fields that hold what people typed: never an id, even if it looks like one.
const TYPED: &[&str] = &[
    "name",
    "title",
    "description",
    "notes",
    "text",
    "justification",
    "ticket",
    "transferred_to",
    "region",
    "evidence",
    "reason",
    "result",
    "scope",
    "client",
    "reviewer",
    "version",
    "out_of_scope",
    "regulation",
    "family",
    "verify",
    "source",
    "score",
    "extra",
    "disclosure.words",
];

fn text(key: &Key, field: &str, given: &str, names: &Names<'_>) -> String {
    if TYPED.contains(&field) {
        return given.to_owned();
    }
    if let Some(label) = label(key, field, given) {
        return label.to_owned();
    }
    match (key, field) {
        (Key::Info, "owner") => given.to_owned(),
        (Key::Element(_), "tags") => names.library.tags.label(given).to_owned(),
        (_, "control" | "controls") => names.control(given),
        (_, "threats" | "threat") => match serde_json::from_value(Value::String(given.to_owned())) {
            Ok(threat) => names.threat(&threat),
            Err(_) => given.to_owned(),
        },
        (Key::Instance(_), "at") if given == "Model" => "the whole model".to_owned(),
        _ => names.id(given).unwrap_or_else(|| given.to_owned()),
    }
}

/// The words of a vocabulary for its name in files.
fn label(key: &Key, field: &str, given: &str) -> Option<&'static str> {
    macro_rules! of {
        ($($vocabulary:ident),+) => {
            None$(.or_else(|| $vocabulary::ALL.iter().find(|v| v.name() == given).map(|v| v.label())))+
        };
    }
    match (key, field) {
        (Key::Element(_), "kind") => of!(ElementKind),
        (Key::Boundary(_), "kind") => of!(BoundaryKind),
        (Key::Agent(_), "kind") => of!(AgentKind),
        (Key::Vulnerability(_), "kind") => of!(VulnerabilityKind),
        (Key::Instance(_), "status") => of!(ControlStatus),
        (Key::Assumption(_), "status") => of!(AssumptionStatus),
        (Key::Vulnerability(_), "status") => of!(VulnerabilityStatus),
        (Key::Instance(_), "level") => of!(EvidenceLevel),
        (Key::Agent(_), "access") => of!(AgentAccess),
        (Key::Threat(_), "access") => of!(Access),
        (Key::Control(_), "site") => of!(ControlSite),
        (Key::Threat(_), "controls") => of!(Link),
        (_, "layer") => of!(Layer),
        (_, "capabilities") => of!(Capability),
        (_, "facts") => of!(Fact),
        (_, "protocol") => of!(Protocol),
        (_, "authn") => of!(Authn),
        (_, "channel") => of!(Channel),
        (_, "initiator") => of!(Initiator),
        (_, "kinds") => of!(AssetKind),
        (_, "categories") => of!(Category),
        (_, "band") => of!(Band),
        (_, "roles") => of!(Role),
        (_, "function") => of!(ControlFunction),
        (_, "impact") => of!(Dimension),
        (_, "disposition") => of!(Disposition),
        (_, "classification") => of!(Tlp),
        (_, "identification") => of!(Identification),
        (_, "notation") => of!(Notation),
        (_, "method") => of!(Method),
        (_, "gate") => of!(Gate),
        (_, "line_style" | "style") => of!(LineStyle),
        (_, "visibility") => of!(Visibility),
        (_, field) if field.starts_with("disclosure.") => of!(Visibility),
        _ => None,
    }
}
