//! Components: elements whose kind is in their type at best.

use super::{OWN, PREFIX, Reader, title};
use crate::geometry::rect;
use crate::interchange::LossKind;
use crate::interchange::guess::{Guess, Sure};
use crate::interchange::kept::texts;
use crate::interchange::lenient::{Object, list, number, object, shortened, text};
use crate::model::{Element, ElementKind, Id};
use serde_json::Value;

/// Words of types and names that stand for a data store, and for somebody outside.
const STORES: &[&str] = &[
    "database", "db", "sql", "dynamo", "postgres", "mongo", "redis", "cache", "storage", "s3", "bucket", "blob", "store",
    "queue", "ldap", "vault", "log",
];
const OUTSIDE: &[&str] = &["client", "user", "actor", "human", "browser", "device", "external", "person"];

impl Reader {
    pub(super) fn component(&mut self, id: &Id, raw: &Object) {
        let what = title("component", raw);
        let known = ["id", "name", "description", "type", "parent", "representations", "assets", "threats", "tags", "attributes"];
        let mut extra = self.draft.set_aside(Some(id), &what, raw, &known, PREFIX);
        let kind = text(raw, "type");
        let attributes = object(raw, "attributes");
        let own = |name: &str| text(attributes, &format!("{OWN}{name}"));
        for key in ["type", "tags", "attributes"] {
            if let Some(value) = raw.get(key).filter(|v| !crate::interchange::lenient::is_blank(v)) {
                extra.insert(format!("{PREFIX}{key}"), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            }
        }
        let stated = ElementKind::ALL.iter().copied().find(|k| k.name() == own("kind"));
        let guessed = guess(&kind).or_else(|| guess(&text(raw, "id"))).or_else(|| guess(&text(raw, "name")));
        let element_kind = stated.or(guessed).unwrap_or(ElementKind::Process);
        if stated.is_none() {
            let (sure, why) = match guess(&kind) {
                Some(_) => (Sure::Medium, format!("its type is “{}”", shortened(&kind))),
                None if guessed.is_some() => (Sure::Low, "its name says so, its type does not".to_owned()),
                None => (Sure::Low, format!("neither its type “{}” nor its name says what it is", shortened(&kind))),
            };
            self.draft.guesses.push(Guess::of_element(id, &what, element_kind, sure, why));
        }
        let assets = object(raw, "assets");
        let holds = self.known_assets(id, &what, &texts(assets, "stored"));
        let processed = texts(assets, "processed");
        if !processed.is_empty() {
            extra.insert(format!("{PREFIX}processed"), Value::from(processed).to_string());
            self.draft.lose_at(id, LossKind::Kept, &what, "which assets it processes is a matter of its data flows here");
        }
        let scope = own("outOfScope");
        let element = Element {
            name: text(raw, "name"),
            kind: element_kind,
            tags: own("tags").split(", ").filter(|t| !t.is_empty()).map(str::to_owned).collect(),
            holds: holds.into_iter().collect(),
            out_of_scope: Some(scope).filter(|s| !s.is_empty()),
            description: text(raw, "description"),
            extra,
            ..Element::default()
        };
        self.draft.model.elements.insert(id.clone(), element);
        self.around(id, raw, &what);
        self.drawn(id, raw, &what);
        self.instances(id, raw, &what);
    }

    /// The assets of these ids; those that are not in the file are told.
    pub(super) fn known_assets(&mut self, id: &Id, what: &str, named: &[String]) -> Vec<Id> {
        let mut found = Vec::new();
        for name in named {
            match self.assets.get(name) {
                Some(asset) => found.push(asset.clone()),
                None => self.draft.lose_at(id, LossKind::Dropped, what, format!("its asset “{name}” is not in the file")),
            }
        }
        found
    }

    /// Notes what a zone or component lies in.
    pub(super) fn around(&mut self, id: &Id, raw: &Object, what: &str) {
        let parent = match raw.get("parent") {
            Some(Value::String(name)) => name.clone(),
            Some(Value::Object(parent)) => {
                ["trustZone", "component"].map(|key| text(parent, key)).into_iter().find(|n| !n.is_empty()).unwrap_or_default()
            }
            _ => return,
        };
        let names_component = raw.get("parent").and_then(Value::as_object).is_some_and(|p| p.contains_key("component"));
        let (first, second) = if names_component { (&self.components, &self.zones) } else { (&self.zones, &self.components) };
        match first.get(&parent).or_else(|| second.get(&parent)).filter(|p| *p != id) {
            Some(parent) => drop(self.parents.insert(id.clone(), parent.clone())),
            None if parent.is_empty() || self.outside.contains(&parent) => {}
            None => {
                let why = format!("its parent “{parent}” is not in the file; it lies in nothing");
                self.draft.lose_at(id, LossKind::Changed, what, why);
            }
        }
    }

    /// Notes where a zone or component is drawn. Places in code are kept.
    pub(super) fn drawn(&mut self, id: &Id, raw: &Object, what: &str) {
        let mut kept = Vec::new();
        for value in list(raw, "representations") {
            let Some(place) = value.as_object() else { continue };
            let position = ["position", "postion"].map(|key| object(place, key)).into_iter().find(|p| !p.is_empty());
            let at = position.and_then(|p| Some((number(p, "x")?, number(p, "y")?)));
            let Some((x, y)) = at else {
                kept.push(value.clone());
                continue;
            };
            let names = ["representation", "represetation"].map(|key| text(place, key));
            let name = names.into_iter().find(|n| !n.is_empty()).unwrap_or_default();
            let diagram = match self.diagrams.get(&name) {
                Some(diagram) => diagram.clone(),
                None => {
                    let why = format!("its diagram “{name}” is not in the file; there is one now");
                    self.draft.lose_at(id, LossKind::Changed, what, why);
                    let raw = [("id".to_owned(), Value::from(name))].into_iter().collect();
                    self.diagram(&raw)
                }
            };
            let size = object(place, "size");
            let side = |key| number(size, key).map_or(100.0, f32::abs);
            let mut own = place.clone();
            own.retain(|key, _| !matches!(key.as_str(), "position" | "postion" | "size" | "representation" | "represetation"));
            if !own.is_empty() {
                self.keep(id, &format!("{PREFIX}place.{diagram}"), Value::Object(own).to_string());
            }
            self.places.insert((diagram, id.clone()), rect(x, y, side("width"), side("height")));
        }
        if !kept.is_empty() {
            self.keep(id, &format!("{PREFIX}representations"), Value::Array(kept).to_string());
        }
    }

    fn keep(&mut self, id: &Id, field: &str, value: String) {
        let model = &mut self.draft.model;
        let element = model.elements.get_mut(id).map(|e| &mut e.extra);
        if let Some(extra) = element.or_else(|| model.boundaries.get_mut(id).map(|b| &mut b.extra)) {
            extra.insert(field.to_owned(), value);
        }
    }
}

/// What a type or name says about the kind; `None` where it has none of the words.
pub(super) fn guess(words: &str) -> Option<ElementKind> {
    let words = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if has(STORES) {
        Some(ElementKind::DataStore)
    } else if has(OUTSIDE) {
        Some(ElementKind::ExternalEntity)
    } else {
        None
    }
}
