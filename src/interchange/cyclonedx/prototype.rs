//! The prototype of 2024: components of the type `threat-model`, one in another, with properties that say what they are.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::protocol;
use crate::model::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Components one in another, deeper than which nothing is read.
const DEPTH: usize = 20;

/// One component of the model, with its properties by name; of several values of one name, all.
pub(super) struct Component<'a> {
    raw: &'a Object,
    properties: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Component<'a> {
    fn get(&self, name: &str) -> &'a str {
        self.properties.get(name).and_then(|values| values.first()).copied().unwrap_or_default()
    }

    fn says(&self, name: &str) -> bool {
        self.get(name) == "true"
    }
}

/// All components of the model, those within others too.
pub(super) fn models(file: &Object) -> Vec<Component<'_>> {
    fn gather<'a>(from: &'a Object, depth: usize, out: &mut Vec<Component<'a>>) {
        for raw in from.get("components").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            if raw.get("type").and_then(Value::as_str) == Some("threat-model") {
                let mut properties: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
                let listed = raw.get("properties").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
                for property in listed {
                    let name = property.get("name").and_then(Value::as_str).unwrap_or_default();
                    let value = property.get("value").and_then(Value::as_str).unwrap_or_default();
                    properties.entry(name.strip_prefix("cdx:model:").unwrap_or(name)).or_default().push(value);
                }
                out.push(Component { raw, properties });
            }
            if depth < DEPTH {
                gather(raw, depth + 1, out);
            }
        }
    }
    let mut out = Vec::new();
    gather(file, 0, &mut out);
    out
}

impl Reader {
    pub(super) fn prototype(&mut self, all: &[Component<'_>]) {
        let of = |wanted: &'static [&'static str]| all.iter().filter(move |c| wanted.contains(&c.get("type")));
        for c in of(&["boundary"]) {
            let (name, what, id) = self.named(c, "trust boundary");
            let extra = self.kept(&id, &what, c, &["type"]);
            self.draft
                .model
                .boundaries
                .insert(id, Boundary { name, description: text(c.raw, "description"), extra, ..Boundary::default() });
        }
        for c in of(&["asset"]) {
            self.asset(c);
        }
        for c in of(&["actor", "server", "datastore", "lambda"]) {
            self.element_of_prototype(c);
        }
        for c in of(&["asset"]) {
            let Some(asset) = self.data.get(&text(c.raw, "bom-ref")).cloned() else { continue };
            for at in c.properties.get("storedBy").into_iter().flatten() {
                if let Some(element) = self.found.get(*at).and_then(|id| self.draft.model.elements.get_mut(id)) {
                    element.holds.insert(asset.clone());
                }
            }
        }
        for c in of(&["dataflow"]) {
            self.flow_of_prototype(c);
        }
        for c in all {
            let kind = c.get("type");
            let name = text(c.raw, "name");
            match kind {
                "boundary" | "asset" | "actor" | "server" | "datastore" | "lambda" | "dataflow" => {}
                // The model itself.
                "" | "diagram" => {
                    let info = &mut self.draft.model.info;
                    if info.name.is_empty() {
                        info.name = name;
                    }
                }
                other => {
                    let what = format!("{} “{}”", shortened(other), shortened(&name));
                    self.draft.lose(
                        LossKind::Kept,
                        what,
                        "it is no part of a data flow diagram; it is kept as text with the model",
                    );
                    let kept = Value::Object(c.raw.clone()).to_string();
                    self.draft.model.info.extra.insert(format!("{PREFIX}{}", text(c.raw, "bom-ref")), kept);
                }
            }
        }
        if all.iter().any(|c| c.properties.contains_key("shape:x")) {
            let why = "the places of shapes in the prototype are not those of its parents; it is laid out anew";
            self.draft.lose(LossKind::Dropped, "the drawing", why);
        }
    }

    fn named(&mut self, c: &Component<'_>, kind: &str) -> (String, String, Id) {
        let name = text(c.raw, "name");
        let what = format!("{kind} “{}”", shortened(&name));
        let id = self.claim(c.raw, &what);
        (name, what, id)
    }

    /// Properties without a counterpart.
    fn kept(&mut self, id: &Id, what: &str, c: &Component<'_>, known: &[&str]) -> Extra {
        let mut extra = Extra::new();
        for (name, values) in c.properties.iter().filter(|(name, _)| !known.contains(*name) && !name.starts_with("shape")) {
            let value = values.join(", ");
            self.draft.lose_at(
                id,
                LossKind::Kept,
                what,
                format!("its “{}” has no counterpart: {}", shortened(name), shortened(&value)),
            );
            extra.insert(format!("{PREFIX}{name}"), value);
        }
        extra
    }

    fn asset(&mut self, c: &Component<'_>) {
        let (name, what, id) = self.named(c, "asset");
        const KNOWN: &[&str] = &[
            "type",
            "risk:confidentiality",
            "risk:integrity",
            "risk:availability",
            "risk:privacy",
            "risk:description",
            "storedBy",
        ];
        let extra = self.kept(&id, &what, c, KNOWN);
        // 0 to 100 there, 0 to 4 here.
        let level = |key: &str| c.get(key).parse().ok().map(|n: f32| (n.clamp(0.0, 100.0) / 25.0).round() as u8);
        let asset = Asset {
            name,
            c: level("risk:confidentiality").unwrap_or_default(),
            i: level("risk:integrity").unwrap_or_default(),
            a: level("risk:availability").unwrap_or_default(),
            p: level("risk:privacy"),
            description: crate::interchange::kept::paragraphs([text(c.raw, "description"), c.get("risk:description").to_owned()]),
            extra,
            ..Asset::default()
        };
        self.data.insert(text(c.raw, "bom-ref"), id.clone());
        self.draft.model.assets.insert(id, asset);
    }

    fn element_of_prototype(&mut self, c: &Component<'_>) {
        let (name, what, id) = self.named(c, "element");
        let (kind, tag) = match c.get("type") {
            "actor" => (ElementKind::ExternalEntity, None),
            "datastore" => (ElementKind::DataStore, c.says("datastore:isSql").then_some("sql")),
            "lambda" => (ElementKind::Process, Some("serverless")),
            _ => (ElementKind::Process, None),
        };
        let boundary = self.found.get(c.get("inBoundary")).cloned().filter(|id| self.draft.model.boundaries.contains_key(id));
        if boundary.is_none() && !c.get("inBoundary").is_empty() {
            self.draft.lose_at(&id, LossKind::Dropped, &what, "the boundary it is in is not in the file");
        }
        let extra = self.kept(&id, &what, c, &["type", "inBoundary", "datastore:isSql", "inScope"]);
        let out = c.get("inScope") == "false";
        let element = Element {
            name,
            kind,
            boundary,
            tags: tag.into_iter().map(str::to_owned).collect(),
            out_of_scope: out.then(|| "Marked as out of scope in CycloneDX".to_owned()),
            description: text(c.raw, "description"),
            extra,
            ..Element::default()
        };
        self.draft.model.elements.insert(id, element);
    }

    fn flow_of_prototype(&mut self, c: &Component<'_>) {
        let (name, what, id) = self.named(c, "data flow");
        let mut end = |key: &str| {
            let found = self.found.get(c.get(key)).cloned().filter(|id| self.draft.model.elements.contains_key(id));
            if found.is_none() {
                let side = key.trim_start_matches("dataflow:");
                self.draft.lose_at(&id, LossKind::Dropped, &what, format!("its {side} is not in the file; that end is loose"));
            }
            found
        };
        let (from, to) = (end("dataflow:source"), end("dataflow:destination"));
        let reading = protocol::read(c.get("dataflow:protocol"));
        let known: &[&str] = match reading.exact {
            true => &["type", "dataflow:source", "dataflow:destination", "dataflow:protocol", "dataflow:isBidirectional"],
            false => &["type", "dataflow:source", "dataflow:destination", "dataflow:isBidirectional"],
        };
        let mut extra = self.kept(&id, &what, c, known);
        let carried = c.get("dataflow:data");
        let asset = self.data.get(carried).cloned();
        if asset.is_some() {
            extra.remove(&format!("{PREFIX}dataflow:data"));
        }
        let flow = Flow {
            name,
            from,
            to,
            protocol: reading.protocol,
            bidirectional: c.says("dataflow:isBidirectional"),
            description: text(c.raw, "description"),
            assets: asset.into_iter().collect(),
            extra,
            ..Flow::default()
        };
        self.draft.model.flows.insert(id, flow);
    }
}
