//! Blueprints of the 2.0 drafts: zones, actors, assets, stores and flows.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::guess::{Guess, Sure};
use crate::interchange::kept::{first_text, headed, objects, paragraphs, texts};
use crate::interchange::lenient::{Object, flag, object, shortened, text};
use crate::interchange::protocol::{self, encrypted_form};
use crate::model::*;
use serde_json::Value;

const NAMED: &[&str] = &["bom-ref", "name", "description"];

impl Reader {
    pub(super) fn blueprint(&mut self, raw: &Object) {
        const KNOWN: &[&str] = &[
            "bom-ref",
            "name",
            "description",
            "modelTypes",
            "zones",
            "boundaries",
            "actors",
            "assets",
            "dataStores",
            "dataSets",
            "flows",
            "assumptions",
        ];
        let name = text(raw, "name");
        let extra =
            self.draft.set_aside(None, &format!("blueprint “{}”", shortened(&name)), raw, KNOWN, &format!("{PREFIX}blueprint."));
        let info = &mut self.draft.model.info;
        if info.name.is_empty() {
            info.name = name;
        }
        info.description = paragraphs([info.description.clone(), text(raw, "description")]);
        info.extra.extend(extra);
        let zones = objects(&mut self.draft, raw, "zones", "zone");
        for zone in &zones {
            self.zone(zone);
        }
        for zone in zones {
            let (inner, outer) = (self.boundary(&text(zone, "bom-ref")), self.boundary(&text(zone, "parent")));
            if let Some(boundary) = inner.and_then(|id| self.draft.model.boundaries.get_mut(&id)) {
                boundary.parent = outer;
            }
        }
        for boundary in objects(&mut self.draft, raw, "boundaries", "boundary") {
            self.between(boundary);
        }
        for actor in objects(&mut self.draft, raw, "actors", "actor") {
            let party = object(actor, "party");
            let role = party.get("roles").and_then(Value::as_array).and_then(|r| r.first()).and_then(Value::as_object);
            let names = [
                text(actor, "name"),
                text(party, "name"),
                text(object(party, "person"), "name"),
                text(object(party, "organization"), "name"),
                text(object(party, "persona"), "archetype"),
                role.map(|r| text(r, "role")).unwrap_or_default(),
                text(actor, "bom-ref"),
            ];
            let name = names.into_iter().find(|n| !n.trim().is_empty()).unwrap_or_default();
            drop(self.element(actor, "actor", name, ElementKind::ExternalEntity, &["zone"]));
        }
        for asset in objects(&mut self.draft, raw, "assets", "asset") {
            let said = text(asset, "type");
            let kind = match said.as_str() {
                "actor" | "person" | "organization" | "third-party" => Some(ElementKind::ExternalEntity),
                "data-store" | "database" | "cache" | "queue" | "storage" | "file" => Some(ElementKind::DataStore),
                "application" | "service" | "process" | "component" | "function" | "api" => Some(ElementKind::Process),
                _ => None,
            };
            let name = first_text(asset, &["name", "componentRef", "partyRef", "bom-ref"]);
            let what = format!("asset “{}”", shortened(&name));
            let id = self.element(asset, "asset", name, kind.unwrap_or(ElementKind::Process), &["zone", "type"]);
            if kind.is_none() {
                let why = format!("its type “{}” does not say what it is", shortened(&said));
                self.draft.guesses.push(Guess::of_element(&id, &what, ElementKind::Process, Sure::Low, why));
            }
        }
        for store in objects(&mut self.draft, raw, "dataStores", "data store") {
            let name = first_text(store, &["name", "bom-ref"]);
            drop(self.element(store, "data store", name, ElementKind::DataStore, &["zone", "type"]));
        }
        for set in objects(&mut self.draft, raw, "dataSets", "data set") {
            self.data_set(set);
        }
        for flow in objects(&mut self.draft, raw, "flows", "flow") {
            self.flow(flow);
        }
        for assumption in objects(&mut self.draft, raw, "assumptions", "assumption") {
            let status = match text(assumption, "validity").as_str() {
                "verified" | "valid" | "confirmed" => AssumptionStatus::Confirmed,
                "invalid" | "rejected" | "refuted" => AssumptionStatus::Refuted,
                _ => AssumptionStatus::Open,
            };
            let words = first_text(assumption, &["description", "name"]);
            let id = self.draft.claim(&text(assumption, "bom-ref"), &format!("assumption “{}”", shortened(&words)));
            self.draft.model.assumptions.insert(id, Assumption { text: words, status, ..Assumption::default() });
        }
    }

    fn boundary(&self, reference: &str) -> Option<Id> {
        self.found.get(reference).filter(|id| self.draft.model.boundaries.contains_key(*id)).cloned()
    }

    fn zone(&mut self, raw: &Object) {
        let name = first_text(raw, &["name", "bom-ref"]);
        let what = format!("zone “{}”", shortened(&name));
        let id = self.claim(raw, &what);
        let extra = self.draft.set_aside(Some(&id), &what, raw, &[NAMED, &["parent", "type"]].concat(), PREFIX);
        let kind = if text(raw, "type") == "physical" { BoundaryKind::Physical } else { BoundaryKind::Network };
        let boundary = Boundary { name, kind, description: text(raw, "description"), extra, ..Boundary::default() };
        self.draft.model.boundaries.insert(id, boundary);
    }

    /// What is asked of those who cross between zones is kept with the first zone.
    fn between(&mut self, raw: &Object) {
        let what = format!("boundary “{}”", shortened(&text(raw, "name")));
        let zone = texts(raw, "zones").iter().find_map(|zone| self.boundary(zone));
        let Some(zone) = zone else {
            self.draft.lose(LossKind::Dropped, what, "the zones it is between are not in the file");
            return;
        };
        self.draft.lose_at(
            &zone,
            LossKind::Kept,
            what,
            "what is asked at the border between zones is kept as text with the zone",
        );
        if let Some(boundary) = self.draft.model.boundaries.get_mut(&zone) {
            boundary.extra.insert(format!("{PREFIX}boundary.{}", text(raw, "bom-ref")), Value::Object(raw.clone()).to_string());
        }
        self.found.insert(text(raw, "bom-ref"), zone);
    }

    fn element(&mut self, raw: &Object, word: &str, name: String, kind: ElementKind, known: &[&str]) -> Id {
        let what = format!("{word} “{}”", shortened(&name));
        let id = self.claim(raw, &what);
        let zone = text(raw, "zone");
        let boundary = self.boundary(&zone);
        if boundary.is_none() && !zone.is_empty() {
            self.draft.lose_at(&id, LossKind::Dropped, &what, format!("its zone “{}” is not in the file", shortened(&zone)));
        }
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &[NAMED, known].concat(), PREFIX);
        if !text(raw, "type").is_empty() {
            extra.insert(format!("{PREFIX}type"), text(raw, "type"));
        }
        let element = Element { name, kind, boundary, description: text(raw, "description"), extra, ..Element::default() };
        self.draft.model.elements.insert(id.clone(), element);
        id
    }

    fn data_set(&mut self, raw: &Object) {
        let name = first_text(raw, &["name", "bom-ref"]);
        let what = format!("data set “{}”", shortened(&name));
        let id = self.draft.claim(&text(raw, "bom-ref"), &what);
        let extra = self.draft.set_aside(Some(&id), &what, raw, NAMED, PREFIX);
        self.data.insert(text(raw, "bom-ref"), id.clone());
        self.draft.model.assets.insert(id, Asset { name, description: text(raw, "description"), extra, ..Asset::default() });
    }

    fn flow(&mut self, raw: &Object) {
        const KNOWN: &[&str] = &["source", "destination", "bidirectional", "encrypted", "protocols", "dataObjects", "type"];
        let name = first_text(raw, &["name", "bom-ref"]);
        let what = format!("flow “{}”", shortened(&name));
        let id = self.claim(raw, &what);
        let mut end = |key: &str| {
            let found = self.found.get(&text(raw, key)).filter(|id| self.draft.model.elements.contains_key(*id)).cloned();
            if found.is_none() {
                let why = format!("its {key} “{}” is not in the file; that end is loose", shortened(&text(raw, key)));
                self.draft.lose_at(&id, LossKind::Dropped, &what, why);
            }
            found
        };
        let (from, to) = (end("source"), end("destination"));
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &[NAMED, KNOWN].concat(), PREFIX);
        let protocols = texts(raw, "protocols");
        let reading = protocol::read(protocols.first().map(String::as_str).unwrap_or_default());
        if protocols.len() > 1 || !reading.exact {
            extra.insert(format!("{PREFIX}protocols"), protocols.join(", "));
            let why = format!("its protocols {} are {} here", shortened(&protocols.join(", ")), reading.protocol.label());
            self.draft.lose_at(&id, LossKind::Changed, &what, why);
        }
        let secure = if flag(raw, "encrypted") { encrypted_form(reading.protocol) } else { None };
        let assets = self.carried(raw);
        let flow = Flow {
            name,
            from,
            to,
            protocol: secure.unwrap_or(reading.protocol),
            bidirectional: flag(raw, "bidirectional"),
            description: paragraphs([text(raw, "description"), headed("Kind", text(raw, "type").trim_start_matches("data"))]),
            assets,
            extra,
            ..Flow::default()
        };
        self.draft.model.flows.insert(id, flow);
    }

    /// Data objects, by reference or only by name: those of one name are one asset, which nobody has rated.
    fn carried(&mut self, raw: &Object) -> std::collections::BTreeSet<Id> {
        let mut out = std::collections::BTreeSet::new();
        for value in raw.get("dataObjects").and_then(Value::as_array).into_iter().flatten() {
            let name = match value {
                Value::Object(object) => first_text(object, &["dataSet", "ref", "name", "bom-ref"]),
                other => other.as_str().unwrap_or_default().to_owned(),
            };
            if name.is_empty() {
                continue;
            }
            let known = self.data.get(&name).cloned();
            let id = known.unwrap_or_else(|| {
                let id = self.draft.ids.fresh();
                self.draft.model.assets.insert(id.clone(), Asset { name: name.clone(), ..Asset::default() });
                self.data.insert(name, id.clone());
                id
            });
            out.insert(id);
        }
        out
    }
}
