//! Servers, stores, actors and functions, and the controls they say they have.

use super::{Kind, PREFIX, Reader, bare, out_of_scope, said, switched_on};
use crate::interchange::LossKind;
use crate::interchange::guess::{Guess, Sure};
use crate::interchange::lenient::{Object, object, shortened, text};
use crate::model::{Capability, Element, ElementKind, Fact, Id, Tri};
use serde_json::Value;
use std::collections::BTreeSet;

const KNOWN: &[&str] = &[
    "name",
    "description",
    "inBoundary",
    "inScope",
    "controls",
    "data",
    "findings",
    "inputs",
    "outputs",
    "isSQL",
    "type",
    "usesXMLParser",
    "usesVPN",
    "isShared",
    "isAdmin",
    "onRDS",
    "onAWS",
    "storesLogData",
    "hasPhysicalAccess",
    "isThirdParty",
];
/// Controls that are one of the library's.
const CONTROLS: &[(&str, &str)] = &[
    ("validatesInput", "C-APP-VALID"),
    ("sanitizesInput", "C-APP-VALID"),
    ("implementsServerSideValidation", "C-APP-VALID"),
    ("encodesOutput", "C-APP-ENCODE"),
    ("usesParameterizedInput", "C-APP-PARAM"),
    ("implementsCSRFToken", "C-APP-CSRF"),
    ("disablesDTD", "C-APP-XMLSAFE"),
    ("implementsPOLP", "C-APP-LEASTPRIV"),
    ("isHardened", "C-APP-HARDEN"),
    ("usesMFA", "C-IAM-MFA"),
    ("hasAccessControl", "C-IAM-RBAC"),
    ("isEncryptedAtRest", "C-DAT-REST"),
    ("isResilient", "C-DAT-HA"),
];

impl Reader {
    pub(super) fn element(&mut self, raw: &Object) {
        let name = text(raw, "name");
        let class = text(raw, "__class__");
        let what = format!("element “{}”", shortened(&name));
        let id = self.claim(Kind::Element, &name, &what);
        let kind = match class.as_str() {
            "Actor" | "ExternalEntity" => ElementKind::ExternalEntity,
            "Datastore" => ElementKind::DataStore,
            "" | "Server" | "Lambda" | "LLM" | "Agent" | "Process" | "SetOfProcesses" | "Asset" => ElementKind::Process,
            other => {
                let why = format!("its class “{}” is not known", shortened(other));
                self.draft.guesses.push(Guess::of_element(&id, &what, ElementKind::Process, Sure::Low, why));
                ElementKind::Process
            }
        };
        let boundary = self.within(raw, "element");
        let carried = self.carried(&id, &what, raw);
        let extra = self.draft.set_aside(Some(&id), &what, &said(raw, &[]), KNOWN, PREFIX);
        let mut element = Element {
            name,
            kind,
            tags: tags(&class, raw),
            boundary,
            // Elsewhere data only passes through.
            holds: if kind == ElementKind::DataStore { carried } else { BTreeSet::new() },
            out_of_scope: out_of_scope(raw),
            description: text(raw, "description"),
            extra,
            ..Element::default()
        };
        if switched_on(raw, "usesXMLParser") {
            element.capabilities.insert(Capability::ParsesXml, Tri::Yes);
        }
        for (flag, fact) in [
            ("isShared", Fact::SharedWrite),
            ("isAdmin", Fact::Privileged),
            ("hasPhysicalAccess", Fact::Physical),
            ("isThirdParty", Fact::ThirdParty),
        ] {
            if switched_on(raw, flag) {
                element.facts.insert(fact, Tri::Yes);
            }
        }
        self.draft.model.elements.insert(id.clone(), element);
        if switched_on(raw, "usesVPN") {
            self.draft.lose_at(&id, LossKind::Dropped, &what, "that it uses a VPN belongs to its flows");
        }
        if kind == ElementKind::DataStore && switched_on(raw, "isEncrypted") {
            self.draft.in_place("C-DAT-REST", &id);
        }
        self.controls(&id, &what, raw, if kind == ElementKind::DataStore { &["isEncrypted", "usesVPN"] } else { &["usesVPN"] });
    }

    /// Controls that are switched on: those of the library are in place here, the others are kept.
    pub(super) fn controls(&mut self, id: &Id, what: &str, raw: &Object, done: &[&str]) {
        for (name, control) in CONTROLS {
            if switched_on(raw, name) && !done.contains(name) {
                self.draft.in_place(control, id);
            }
        }
        let others = object(raw, "controls").iter().filter(|(name, value)| {
            let is_on = matches!(value, Value::Bool(true)) || value.as_str().is_some_and(|s| !s.is_empty());
            is_on && !done.contains(&name.as_str()) && !CONTROLS.iter().any(|(known, _)| known == name)
        });
        let kept: Vec<(String, String)> =
            others.map(|(name, value)| (format!("{PREFIX}controls.{name}"), value.to_string())).collect();
        for (name, _) in &kept {
            let why = format!("its control “{}” is none of the library", name.trim_start_matches("pytm.controls."));
            self.draft.lose_at(id, LossKind::Kept, what, why);
        }
        let model = &mut self.draft.model;
        match (model.elements.get_mut(id), model.flows.get_mut(id)) {
            (Some(element), _) => element.extra.extend(kept),
            (None, Some(flow)) => flow.extra.extend(kept),
            (None, None) => {}
        }
    }
}

fn tags(class: &str, raw: &Object) -> BTreeSet<String> {
    let store = match bare(&text(raw, "type")).as_str() {
        "SQL" => Some("sql"),
        "LDAP" => Some("directory"),
        "AWS_S3" => Some("object-store"),
        "FILE_SYSTEM" => Some("file-store"),
        _ if switched_on(raw, "isSQL") || switched_on(raw, "onRDS") => Some("sql"),
        _ if switched_on(raw, "storesLogData") => Some("log-store"),
        _ => None,
    };
    let of_class = match class {
        "Server" => Some("server"),
        "Lambda" => Some("serverless"),
        "LLM" => Some("llm"),
        "Agent" => Some("llm-agent"),
        _ => None,
    };
    let cloud = switched_on(raw, "onAWS").then_some("cloud");
    [store.filter(|_| class == "Datastore"), of_class, cloud].into_iter().flatten().map(str::to_owned).collect()
}
