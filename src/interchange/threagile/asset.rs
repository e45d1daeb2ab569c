//! Technical assets: what runs, stores and calls.

use super::{PREFIX, Reader, id_of, is_tweak, stated, words};
use crate::interchange::LossKind;
use crate::interchange::guess::{Guess, Sure};
use crate::interchange::kept::{headed, paragraphs, texts};
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::{Capability, Element, ElementKind, Fact, Id, Tri};
use serde_json::Value;
use std::collections::BTreeSet;

const KNOWN: &[&str] = &[
    "id",
    "description",
    "type",
    "out_of_scope",
    "justification_out_of_scope",
    "technology",
    "technologies",
    "owner",
    "encryption",
    "justification_cia_rating",
    "multi_tenant",
    "multitenant",
    "redundant",
    "used_as_client_by_human",
    "data_assets_stored",
    "data_assets_processed",
    "data_formats_accepted",
    "communication_links",
];

impl Reader {
    pub(super) fn technical_assets(&mut self, all: &Object) {
        for (title, value) in all {
            let name = plain(title);
            match value {
                Value::Object(raw) => self.technical_asset(title, name, raw),
                _ => {
                    let what = format!("technical asset “{}”", shortened(&name));
                    self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                }
            }
        }
    }

    fn technical_asset(&mut self, title: &str, name: String, raw: &Object) {
        let what = format!("technical asset “{}”", shortened(&name));
        let foreign = id_of(raw, title);
        let id = self.draft.claim(&foreign, &what);
        let kind = self.kind(&id, &what, raw);
        let tags = self.technologies(&id, &what, raw);
        let stored: BTreeSet<Id> = self.refer(&id, &what, raw, "data_assets_stored", |r| &r.data).into_iter().collect();
        // What is only processed passes through; the flows carry it.
        self.refer(&id, &what, raw, "data_assets_processed", |r| &r.data);
        let known: Vec<&str> = KNOWN.iter().copied().chain(raw.keys().map(String::as_str).filter(|k| is_tweak(k))).collect();
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
        if raw.contains_key("data_assets_processed") {
            extra.insert(format!("{PREFIX}data_assets_processed"), texts(raw, "data_assets_processed").join(", "));
        }
        let mut element = Element {
            name,
            kind,
            tags,
            holds: stored,
            owner: self.owner(raw),
            description: paragraphs([
                plain(&text(raw, "description")),
                headed("Rated so because", &plain(&text(raw, "justification_cia_rating"))),
            ]),
            out_of_scope: out_of_scope(raw),
            extra,
            ..Element::default()
        };
        self.formats(&id, &what, raw, &mut element);
        if let Some(shared) = stated(raw, "multi_tenant").or_else(|| stated(raw, "multitenant")) {
            element.facts.insert(Fact::MultiTenant, shared.into());
        }
        if stated(raw, "redundant") == Some(true) {
            element.facts.insert(Fact::SinglePoint, Tri::No);
            self.draft.in_place("C-DAT-HA", &id);
        }
        if kind == ElementKind::ExternalEntity && stated(raw, "used_as_client_by_human") == Some(true) {
            element.facts.insert(Fact::Human, Tri::Yes);
        }
        self.encryption(&id, &what, raw, &mut element);
        self.assets.insert(foreign, id.clone());
        self.draft.model.elements.insert(id, element);
    }

    fn kind(&mut self, id: &Id, what: &str, raw: &Object) -> ElementKind {
        let word = text(raw, "type");
        match word.trim().to_lowercase().as_str() {
            "external-entity" => ElementKind::ExternalEntity,
            "process" => ElementKind::Process,
            "datastore" => ElementKind::DataStore,
            other => {
                let why = format!("its type “{}” is not known", shortened(other));
                self.draft.guesses.push(Guess::of_element(id, what, ElementKind::Process, Sure::Low, why));
                ElementKind::Process
            }
        }
    }

    fn technologies(&mut self, id: &Id, what: &str, raw: &Object) -> BTreeSet<String> {
        let mut tags = BTreeSet::new();
        for word in texts(raw, "technology").into_iter().chain(texts(raw, "technologies")) {
            match words::technology(&word) {
                Some(tag) => drop(tags.insert(tag.to_owned())),
                None if word == "unknown-technology" => {}
                None => {
                    let why = format!("its technology “{}” is none of the tags here", shortened(&word));
                    self.draft.lose_at(id, LossKind::Dropped, what, why);
                }
            }
        }
        if text(raw, "machine") == "container" {
            tags.insert("container".to_owned());
        }
        tags
    }

    /// What is taken in says what is done with it, where that is dangerous.
    fn formats(&mut self, id: &Id, what: &str, raw: &Object, element: &mut Element) {
        for format in texts(raw, "data_formats_accepted") {
            match format.to_lowercase().as_str() {
                "xml" => drop(element.capabilities.insert(Capability::ParsesXml, Tri::Yes)),
                "serialization" => drop(element.capabilities.insert(Capability::Deserialises, Tri::Yes)),
                "file" => drop(element.capabilities.insert(Capability::AcceptsUploads, Tri::Yes)),
                _ => {
                    let why = format!("that it accepts {} has no counterpart", shortened(&format));
                    self.draft.lose_at(id, LossKind::Kept, what, why);
                    let kept = element.extra.entry(format!("{PREFIX}data_formats_accepted")).or_default();
                    *kept = [std::mem::take(kept), format].into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join(", ");
                }
            }
        }
    }

    fn encryption(&mut self, id: &Id, what: &str, raw: &Object, element: &mut Element) {
        let word = text(raw, "encryption").to_lowercase();
        if matches!(word.as_str(), "" | "none") {
            return;
        }
        let control = if word == "transparent" { "C-DAT-REST" } else { "C-DAT-FIELD" };
        self.draft.in_place(control, id);
        element.extra.insert(format!("{PREFIX}encryption"), word.clone());
        let why = format!("its encryption “{}” is now a control in place, its quality assumed", shortened(&word));
        self.draft.lose_at(id, LossKind::Changed, what, why);
    }
}

fn out_of_scope(raw: &Object) -> Option<String> {
    let reason = plain(&text(raw, "justification_out_of_scope"));
    let reason = if reason.is_empty() { "Marked as out of scope in Threagile".to_owned() } else { reason };
    (stated(raw, "out_of_scope") == Some(true)).then_some(reason)
}
