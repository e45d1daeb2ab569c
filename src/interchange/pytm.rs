//! OWASP pytm models as JSON: what people write by hand, and what the tool writes out with its findings.
//!
//! Everything is referred to by name, so names are the ids here. Whatever stands at its default says nothing and is not
//! carried. Fields without a counterpart are kept with their object under `pytm.`.

mod element;
mod finding;

use super::draft::Draft;
use super::kept::{first_text, objects, texts};
use super::lenient::{Object, object, shortened, text};
use super::protocol::{self, encrypted_form};
use super::{Import, ImportError, LossKind};
use crate::model::*;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "pytm.";

/// Reads a model of either dialect.
///
/// # Errors
/// The text is not JSON or not an object.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let Value::Object(file) = serde_json::from_str(text)? else { return Err(ImportError::Unknown) };
    let mut reader = Reader { draft: Draft::new("pytm", text), things: BTreeMap::new(), data: BTreeMap::new() };
    reader.model(&file);
    Ok(reader.draft.finish())
}

/// A model in the making, with the records by kind and name.
struct Reader {
    draft: Draft,
    /// Elements, flows and boundaries; of several with one name the first.
    things: BTreeMap<(Kind, String), Id>,
    data: BTreeMap<String, Id>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Element,
    Flow,
    Boundary,
}

impl Reader {
    fn model(&mut self, file: &Object) {
        // Actors and assets are the elements a second time; the rest is about the tool.
        const KNOWN: &[&str] = &[
            "name",
            "description",
            "boundaries",
            "data",
            "elements",
            "flows",
            "actors",
            "assets",
            "findings",
            "excluded_findings",
            "assumptions",
            "threatsFile",
            "colormap",
            "ignoreUnused",
            "mergeResponses",
            "onDuplicates",
        ];
        let extra = self.draft.set_aside(None, "the model", &said(file, &[]), KNOWN, PREFIX);
        let info = &mut self.draft.model.info;
        (info.name, info.description, info.extra) = (text(file, "name"), text(file, "description"), extra);
        let boundaries = objects(&mut self.draft, file, "boundaries", "boundary");
        for raw in &boundaries {
            self.boundary(raw);
        }
        for raw in &boundaries {
            let (inner, outer) = (self.find(Kind::Boundary, &text(raw, "name")), self.within(raw, "trust boundary"));
            if let Some(boundary) = inner.and_then(|id| self.draft.model.boundaries.get_mut(&id)) {
                boundary.parent = outer;
            }
        }
        for raw in objects(&mut self.draft, file, "data", "data") {
            self.data(raw);
        }
        for raw in objects(&mut self.draft, file, "elements", "element") {
            self.element(raw);
        }
        for raw in objects(&mut self.draft, file, "flows", "flow") {
            self.flow(raw);
        }
        for raw in objects(&mut self.draft, file, "findings", "finding") {
            self.finding(raw, false);
        }
        for raw in objects(&mut self.draft, file, "excluded_findings", "excluded finding") {
            self.finding(raw, true);
        }
        for value in file.get("assumptions").and_then(Value::as_array).into_iter().flatten() {
            let words = match value {
                Value::Object(raw) => first_text(raw, &["description", "name"]),
                other => other.as_str().unwrap_or_default().to_owned(),
            };
            if !words.is_empty() {
                let id = self.draft.ids.fresh();
                self.draft.model.assumptions.insert(id, Assumption { text: words, ..Assumption::default() });
            }
        }
    }

    /// An id for something of this name. Names may repeat; references go to the first.
    fn claim(&mut self, kind: Kind, name: &str, what: &str) -> Id {
        let is_taken = self.things.contains_key(&(kind, name.to_owned()));
        let id = if is_taken { self.draft.ids.fresh() } else { self.draft.ids.claim(name) };
        if is_taken {
            let why = "its name is there before; whatever refers to it by name goes to the first";
            self.draft.lose_at(&id, LossKind::Changed, what, why);
        }
        self.things.entry((kind, name.to_owned())).or_insert_with(|| id.clone());
        id
    }

    fn find(&self, kind: Kind, name: &str) -> Option<Id> {
        self.things.get(&(kind, name.to_owned())).cloned()
    }

    /// The boundary something is in.
    fn within(&mut self, raw: &Object, kind: &str) -> Option<Id> {
        let name = match raw.get("inBoundary") {
            Some(Value::Object(boundary)) => text(boundary, "name"),
            _ => text(raw, "inBoundary"),
        };
        let found = self.find(Kind::Boundary, &name);
        if found.is_none() && !name.is_empty() {
            let what = format!("{kind} “{}”", shortened(&text(raw, "name")));
            self.draft.lose(LossKind::Dropped, what, format!("the boundary “{}” it is in is not in the file", shortened(&name)));
        }
        found
    }

    fn boundary(&mut self, raw: &Object) {
        let name = text(raw, "name");
        let what = format!("trust boundary “{}”", shortened(&name));
        let id = self.claim(Kind::Boundary, &name, &what);
        let known = ["name", "inBoundary", "description", "findings"];
        let extra = self.draft.set_aside(Some(&id), &what, &said(raw, &[]), &known, PREFIX);
        let boundary = Boundary { name, description: text(raw, "description"), extra, ..Boundary::default() };
        self.draft.model.boundaries.insert(id, boundary);
    }

    fn data(&mut self, raw: &Object) {
        let name = text(raw, "name");
        let what = format!("data “{}”", shortened(&name));
        let id = self.draft.claim(&name, &what);
        let word = bare(&text(raw, "classification")).to_uppercase();
        let level = match word.as_str() {
            "RESTRICTED" => 1,
            "SENSITIVE" => 2,
            "SECRET" => 3,
            "TOP_SECRET" => 4,
            _ => 0,
        };
        let flags = [("isPII", AssetKind::PersonalData), ("isCredentials", AssetKind::Credentials)];
        let known = ["name", "description", "classification", "isPII", "isCredentials", "carriedBy", "processedBy", "findings"];
        let extra = self.draft.set_aside(Some(&id), &what, &said(raw, &[]), &known, PREFIX);
        let asset = Asset {
            kinds: flags
                .into_iter()
                .filter(|(flag, _)| raw.get(*flag) == Some(&Value::Bool(true)))
                .map(|(_, kind)| kind)
                .collect(),
            c: level,
            description: text(raw, "description"),
            extra,
            name: name.clone(),
            ..Asset::default()
        };
        self.data.entry(name).or_insert_with(|| id.clone());
        self.draft.model.assets.insert(id, asset);
    }

    fn flow(&mut self, raw: &Object) {
        const KNOWN: &[&str] = &[
            "name",
            "description",
            "source",
            "sink",
            "data",
            "note",
            "protocol",
            "controls",
            "isEncrypted",
            "usesVPN",
            "inScope",
            "findings",
            "inBoundary",
            "tlsVersion",
        ];
        let name = text(raw, "name");
        let what = format!("flow “{}”", shortened(&name));
        let id = self.claim(Kind::Flow, &name, &what);
        let (from, to) = (self.end(&id, &what, raw, "source"), self.end(&id, &what, raw, "sink"));
        let assets = self.carried(&id, &what, raw);
        let extra = self.draft.set_aside(Some(&id), &what, &said(raw, &[]), KNOWN, PREFIX);
        let tls = bare(&text(raw, "tlsVersion"));
        let is_encrypted = switched_on(raw, "isEncrypted") || !matches!(tls.as_str(), "" | "NONE");
        let flow = Flow {
            name,
            from,
            to,
            assets,
            bidirectional: false,
            out_of_scope: out_of_scope(raw),
            description: super::kept::paragraphs([text(raw, "description"), text(raw, "note")]),
            extra,
            ..Flow::default()
        };
        self.draft.model.flows.insert(id.clone(), flow);
        self.protocol(&id, &what, &text(raw, "protocol"), is_encrypted, &tls);
        if switched_on(raw, "usesVPN") {
            self.draft.in_place("C-NET-VPN", &id);
        }
        self.controls(&id, &what, raw, &["isEncrypted", "usesVPN"]);
    }

    fn end(&mut self, id: &Id, what: &str, raw: &Object, key: &str) -> Option<Id> {
        let name = text(raw, key);
        let found = self.find(Kind::Element, &name);
        if found.is_none() {
            let why = format!("its {key} “{}” is not in the file; that end is loose", shortened(&name));
            self.draft.lose_at(id, LossKind::Dropped, what, why);
        }
        found
    }

    /// Data by name, as a list, a single name, or objects with a name.
    fn carried(&mut self, id: &Id, what: &str, raw: &Object) -> std::collections::BTreeSet<Id> {
        let mut names = texts(raw, "data");
        names.extend(
            raw.get("data").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).map(|d| text(d, "name")),
        );
        let mut out = std::collections::BTreeSet::new();
        for name in names {
            match self.data.get(&name) {
                Some(asset) => drop(out.insert(asset.clone())),
                None => {
                    let why = format!("the data “{}” is not described in the file", shortened(&name));
                    self.draft.lose_at(id, LossKind::Dropped, what, why);
                }
            }
        }
        out
    }

    fn protocol(&mut self, id: &Id, what: &str, written: &str, encrypted: bool, tls: &str) {
        let reading = protocol::read(written);
        let secure = if encrypted && !reading.protocol.is_encrypted() { encrypted_form(reading.protocol) } else { None };
        let protocol = secure.unwrap_or(reading.protocol);
        let Some(flow) = self.draft.model.flows.get_mut(id) else { return };
        flow.protocol = protocol;
        if !matches!(tls, "" | "NONE") {
            flow.extra.insert(format!("{PREFIX}tlsVersion"), tls.to_owned());
        }
        if written.trim().is_empty() || reading.exact && secure.is_none() {
            return;
        }
        flow.extra.insert(format!("{PREFIX}protocol"), written.to_owned());
        let why = match protocol {
            Protocol::Unknown => format!("its protocol “{}” is not known", shortened(written)),
            known => format!("its protocol “{}” is {} here", shortened(written), known.label()),
        };
        self.draft.lose_at(id, LossKind::Changed, what, why);
    }
}

/// The fields that say more than their default; enumerations without the name of their type.
fn said(raw: &Object, known: &[&str]) -> Map<String, Value> {
    let says = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(n) => n.as_i64().is_none_or(|n| n > 0),
        Value::String(s) => !matches!(bare(s).as_str(), "" | "NONE" | "UNKNOWN" | "NO_ACTION"),
        Value::Array(items) => items.iter().any(|i| i.as_i64() != Some(0)),
        Value::Object(o) => !o.is_empty(),
        Value::Bool(true) => true,
    };
    let kept = raw.iter().filter(|(key, value)| !known.contains(&key.as_str()) && *key != "__class__" && says(value));
    kept.filter(|(key, _)| *key != "levels" && *key != "inScope").map(|(k, v)| (k.clone(), v.clone())).collect()
}

/// `Classification.SECRET` is SECRET.
fn bare(word: &str) -> String {
    let enumeration = word.split_once('.').filter(|(kind, _)| kind.chars().all(char::is_alphanumeric));
    enumeration.filter(|(_, value)| value.chars().all(|c| c.is_alphanumeric() || c == '_')).map_or(word, |(_, v)| v).to_owned()
}

/// True for what is switched on at the object or, since 1.3, among its controls.
fn switched_on(raw: &Object, key: &str) -> bool {
    [raw, object(raw, "controls")].iter().any(|o| o.get(key) == Some(&Value::Bool(true)))
}

fn out_of_scope(raw: &Object) -> Option<String> {
    (raw.get("inScope") == Some(&Value::Bool(false))).then(|| "Marked as out of scope in pytm".to_owned())
}
