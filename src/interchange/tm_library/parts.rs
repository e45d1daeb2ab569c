//! Zones, actors, components, stores, data and flows.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::kept::{headed, paragraphs, texts};
use crate::interchange::lenient::{Object, flag, object, shortened, text};
use crate::interchange::protocol::encrypted_form;
use crate::model::*;
use serde_json::Value;

const NAMED: &[&str] = &["symbolic_name", "title", "description"];

impl Reader {
    pub(super) fn zone(&mut self, raw: &Object) {
        let (name, what, id) = self.named(raw, "trust zone");
        let extra = self.draft.set_aside(Some(&id), &what, raw, NAMED, PREFIX);
        let boundary = Boundary { name, description: text(raw, "description"), extra, ..Boundary::default() };
        self.zones.insert(text(raw, "symbolic_name"), id.clone());
        self.draft.model.boundaries.insert(id, boundary);
    }

    /// A boundary there is what lies between two zones: how one crosses it is kept with the first of them.
    pub(super) fn between_zones(&mut self, raw: &Object) {
        let [a, b] = ["trust_zone_a", "trust_zone_b"].map(|key| text(raw, key));
        let what = format!("boundary between “{}” and “{}”", shortened(&a), shortened(&b));
        for zone in [&a, &b].into_iter().filter(|zone| !self.zones.contains_key(*zone)) {
            self.draft.lose(LossKind::Dropped, &what, format!("the zone “{}” is not in the file", shortened(zone)));
        }
        let Some(zone) = self.zones.get(&a).or_else(|| self.zones.get(&b)).cloned() else { return };
        self.draft.lose_at(&zone, LossKind::Kept, &what, "how it is crossed is kept as text with the zone");
        if let Some(boundary) = self.draft.model.boundaries.get_mut(&zone) {
            boundary.extra.insert(format!("{PREFIX}boundary.{a}.{b}"), Value::Object(raw.clone()).to_string());
            let ways = |key: &str, said: &str| headed(said, &texts(raw, key).join(", "));
            let crossing = [ways("authentication_methods", "authentication"), ways("access_control_methods", "access control")];
            let said = crossing.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("; ");
            boundary.description = paragraphs([boundary.description.clone(), headed(&format!("Between {a} and {b}"), &said)]);
        }
    }

    fn zone_of(&mut self, id: &Id, what: &str, raw: &Object) -> Option<Id> {
        let name = text(raw, "trust_zone");
        let zone = self.zones.get(&name).cloned();
        if zone.is_none() && !name.is_empty() {
            self.draft.lose_at(id, LossKind::Dropped, what, format!("its trust zone “{}” is not in the file", shortened(&name)));
        }
        zone
    }

    fn put(&mut self, raw: &Object, kind: &str, known: &[&str], element: Element) {
        let (name, what, id) = self.named(raw, kind);
        let known = [NAMED, &["trust_zone"], known].concat();
        let boundary = self.zone_of(&id, &what, raw);
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
        extra.extend(element.extra);
        let description = paragraphs([text(raw, "description"), element.description]);
        self.things.insert(text(raw, "symbolic_name"), id.clone());
        self.draft.model.elements.insert(id, Element { name, boundary, description, extra, ..element });
    }

    pub(super) fn actor(&mut self, raw: &Object) {
        let kind = text(raw, "type");
        let tag = match kind.as_str() {
            "administrator" => Some("administrator"),
            "engineer" => Some("developer"),
            "user" | "power_user" => Some("human-user"),
            _ => None,
        };
        let mut element = Element { kind: ElementKind::ExternalEntity, ..Element::default() };
        element.tags = tag.into_iter().map(str::to_owned).collect();
        match kind.as_str() {
            "system" => drop(element.facts.insert(Fact::Human, Tri::No)),
            "third_party" => drop(element.facts.insert(Fact::ThirdParty, Tri::Yes)),
            _ => {}
        }
        element.description = headed("Permissions", &text(raw, "permissions"));
        element.extra.insert(format!("{PREFIX}type"), kind);
        self.put(raw, "actor", &["type", "permissions"], element);
    }

    pub(super) fn component(&mut self, raw: &Object) {
        self.put(raw, "component", &["parent_component"], Element::default());
    }

    /// The component another one is a part of.
    pub(super) fn whole_of(&mut self, raw: &Object) {
        let (name, parent) = (text(raw, "symbolic_name"), text(raw, "parent_component"));
        let Some(id) = self.things.get(&name).cloned().filter(|_| !parent.is_empty()) else { return };
        match self.things.get(&parent).cloned() {
            Some(whole) => {
                if let Some(element) = self.draft.model.elements.get_mut(&id) {
                    element.parent = Some(whole);
                }
            }
            None => {
                let what = format!("component “{}”", shortened(&name));
                let why = format!("the component “{}” it is a part of is not in the file", shortened(&parent));
                self.draft.lose_at(&id, LossKind::Dropped, what, why);
            }
        }
    }

    pub(super) fn store(&mut self, raw: &Object) {
        let tag = match text(raw, "type").as_str() {
            "sql" => Some("sql"),
            "key_value" => Some("key-value"),
            "document" | "graph" => Some("nosql"),
            "object" => Some("object-store"),
            "time_series" => Some("time-series"),
            _ => None,
        };
        let product = [text(raw, "vendor"), text(raw, "product")].join(" ");
        let mut element = Element { kind: ElementKind::DataStore, ..Element::default() };
        element.tags = tag.into_iter().map(str::to_owned).collect();
        element.description = headed("Product", &product);
        for key in ["type", "vendor", "product"].into_iter().filter(|key| !text(raw, key).is_empty()) {
            element.extra.insert(format!("{PREFIX}{key}"), text(raw, key));
        }
        self.put(raw, "data store", &["type", "vendor", "product"], element);
    }

    pub(super) fn data_set(&mut self, raw: &Object) {
        let (name, what, id) = self.named(raw, "data set");
        let mut kinds = std::collections::BTreeSet::new();
        let sensitivity = texts(raw, "data_sensitivity");
        for word in &sensitivity {
            let kind = match word.as_str() {
                "pii" => AssetKind::PersonalData,
                "phi" => AssetKind::SpecialCategory,
                "fin" => AssetKind::Financial,
                "ip" => AssetKind::Intellectual,
                "cred" => AssetKind::Credentials,
                "biz" => AssetKind::BusinessData,
                "pci" => AssetKind::PaymentData,
                other => {
                    let why = format!("its sensitivity “{}” is no kind of asset here", shortened(other));
                    self.draft.lose_at(&id, LossKind::Kept, &what, why);
                    continue;
                }
            };
            kinds.insert(kind);
        }
        for placement in raw.get("placements").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            let store = text(placement, "data_store");
            let Some(at) = self.things.get(&store).cloned() else {
                self.draft.lose_at(
                    &id,
                    LossKind::Dropped,
                    &what,
                    format!("the store “{}” it is in is not in the file", shortened(&store)),
                );
                continue;
            };
            if let Some(element) = self.draft.model.elements.get_mut(&at) {
                element.holds.insert(id.clone());
            }
            if flag(placement, "encrypted") {
                self.draft.in_place("C-DAT-REST", &at);
            }
        }
        let known = [NAMED, &["placements", "data_sensitivity", "record_count"]].concat();
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
        extra.insert(format!("{PREFIX}data_sensitivity"), sensitivity.join(", "));
        let asset = Asset {
            name,
            kinds,
            records: raw.get("record_count").and_then(Value::as_u64),
            description: text(raw, "description"),
            extra,
            ..Asset::default()
        };
        self.data.insert(text(raw, "symbolic_name"), id.clone());
        self.draft.model.assets.insert(id, asset);
    }

    pub(super) fn flow(&mut self, raw: &Object) {
        let (name, what, id) = self.named(raw, "data flow");
        let mut end = |key: &str| {
            let wanted = match raw.get(key) {
                Some(Value::String(name)) => name.rsplit('/').next().unwrap_or(name).to_owned(),
                _ => text(object(raw, key), "object"),
            };
            let found = self.things.get(&wanted).cloned();
            if found.is_none() {
                let why = format!("its {key} “{}” is not in the file; that end is loose", shortened(&wanted));
                self.draft.lose_at(&id, LossKind::Dropped, &what, why);
            }
            found
        };
        let (from, to) = (end("source"), end("destination"));
        let known = [NAMED, &["source", "destination", "encrypted"]].concat();
        let extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
        let encrypted = flag(raw, "encrypted").then(|| encrypted_form(Protocol::Unknown)).flatten();
        let flow = Flow {
            name,
            from,
            to,
            protocol: encrypted.unwrap_or(Protocol::Unknown),
            bidirectional: false,
            description: text(raw, "description"),
            extra,
            ..Flow::default()
        };
        self.things.insert(text(raw, "symbolic_name"), id.clone());
        self.draft.model.flows.insert(id, flow);
    }
}
