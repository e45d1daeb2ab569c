//! OWASP Threat Model Library ("TM-BOM"): actors, components and stores in trust zones, with personas, threats, controls
//! and risks. Fields without a counterpart are kept with their object under `tmlibrary.`.

mod parts;
mod threats;

use super::draft::Draft;
use super::kept::{objects, paragraphs};
use super::lenient::{Object, object, shortened, text};
use super::{Import, ImportError, LossKind};
use crate::model::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Prefix of the names under which foreign fields are kept.
const PREFIX: &str = "tmlibrary.";

/// Reads a model.
///
/// # Errors
/// The text is not JSON or not an object.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let Value::Object(file) = serde_json::from_str(text)? else { return Err(ImportError::Unknown) };
    let (zones, things, data, threats) = Default::default();
    let mut reader = Reader { draft: Draft::new("Threat Model Library", text), zones, things, data, threats };
    reader.model(&file);
    Ok(reader.draft.finish())
}

/// A model in the making, with the records by symbolic name.
struct Reader {
    draft: Draft,
    zones: BTreeMap<String, Id>,
    /// Actors, components, stores and flows.
    things: BTreeMap<String, Id>,
    data: BTreeMap<String, Id>,
    threats: BTreeMap<String, Id>,
}

impl Reader {
    fn model(&mut self, file: &Object) {
        const KNOWN: &[&str] = &[
            "$schema",
            "description",
            "scope",
            "trust_zones",
            "trust_boundaries",
            "actors",
            "components",
            "data_stores",
            "data_sets",
            "data_flows",
            "assumptions",
            "threat_personas",
            "threats",
            "controls",
            "risks",
            "version",
            "frozen",
            "repo_link",
        ];
        let scope = object(file, "scope");
        let mut extra = self.draft.set_aside(None, "the model", file, KNOWN, PREFIX);
        extra.extend(self.draft.set_aside(None, "the scope", scope, &["title", "description"], &format!("{PREFIX}scope.")));
        for key in ["$schema", "repo_link"].into_iter().filter(|key| !text(file, key).is_empty()) {
            extra.insert(format!("{PREFIX}{key}"), text(file, key));
        }
        let info = &mut self.draft.model.info;
        (info.name, info.version, info.extra) = (text(scope, "title"), text(file, "version"), extra);
        let (description, of_scope) = (text(file, "description"), text(scope, "description"));
        info.description = if description == of_scope { description } else { paragraphs([description, of_scope]) };
        for raw in objects(&mut self.draft, file, "trust_zones", "trust zone") {
            self.zone(raw);
        }
        for raw in objects(&mut self.draft, file, "actors", "actor") {
            self.actor(raw);
        }
        let components = objects(&mut self.draft, file, "components", "component");
        for raw in &components {
            self.component(raw);
        }
        for raw in &components {
            self.whole_of(raw);
        }
        for raw in objects(&mut self.draft, file, "data_stores", "data store") {
            self.store(raw);
        }
        for raw in objects(&mut self.draft, file, "data_sets", "data set") {
            self.data_set(raw);
        }
        for raw in objects(&mut self.draft, file, "data_flows", "data flow") {
            self.flow(raw);
        }
        for raw in objects(&mut self.draft, file, "trust_boundaries", "trust boundary") {
            self.between_zones(raw);
        }
        for raw in objects(&mut self.draft, file, "threat_personas", "persona") {
            self.persona(raw);
        }
        for raw in objects(&mut self.draft, file, "assumptions", "assumption") {
            self.assumption(raw);
        }
        self.threats_and_controls(file);
    }

    /// Name, words for the loss report, and id of an object.
    fn named(&mut self, raw: &Object, kind: &str) -> (String, String, Id) {
        let name = super::kept::first_text(raw, &["title", "symbolic_name"]);
        let what = format!("{kind} “{}”", shortened(&name));
        let id = self.draft.claim(&text(raw, "symbolic_name"), &what);
        (name, what, id)
    }

    /// The record of a symbolic name, of any kind that can be threatened or spoken of.
    fn find(&self, name: &str) -> Option<&Id> {
        self.things.get(name).or_else(|| self.zones.get(name))
    }

    fn assumption(&mut self, raw: &Object) {
        let words = text(raw, "description");
        let what = format!("assumption “{}”", shortened(&words));
        let id = self.draft.ids.fresh();
        let validity = text(raw, "validity");
        let status = match validity.as_str() {
            "" | "unconfirmed" => AssumptionStatus::Open,
            "confirmed" => AssumptionStatus::Confirmed,
            "rejected" => AssumptionStatus::Refuted,
            other => {
                self.draft.lose_at(&id, LossKind::Dropped, &what, format!("its validity “{}” is not known", shortened(other)));
                AssumptionStatus::Open
            }
        };
        let mut about = std::collections::BTreeSet::new();
        for topic in super::kept::texts(raw, "topics") {
            match self.find(&topic).or_else(|| self.data.get(&topic)) {
                Some(found) => drop(about.insert(found.clone())),
                None => {
                    let why = format!("“{}” that it is about is no element, flow, zone or data", shortened(&topic));
                    self.draft.lose_at(&id, LossKind::Dropped, &what, why);
                }
            }
        }
        self.draft.model.assumptions.insert(id, Assumption { text: words, status, about, ..Assumption::default() });
    }

    fn persona(&mut self, raw: &Object) {
        const KNOWN: &[&str] =
            &["symbolic_name", "title", "description", "is_person", "skill_level", "access_level", "malicious_intent"];
        let (name, what, id) = self.named(raw, "persona");
        let skill = text(raw, "skill_level");
        let is_malicious = raw.get("malicious_intent") != Some(&Value::Bool(false));
        let (kind, capability) = match skill.as_str() {
            "script_kid" => (AgentKind::Opportunist, 1),
            "insider" if is_malicious => (AgentKind::MaliciousInsider, 2),
            "insider" => (AgentKind::CarelessInsider, 2),
            "engineer" => (AgentKind::Other, 3),
            "expert_engineer" => (AgentKind::Other, 4),
            "oc_sponsored" => (AgentKind::OrganisedCrime, 4),
            "state_sponsored" => (AgentKind::NationState, 5),
            _ => (AgentKind::Other, ThreatAgent::default().capability),
        };
        let kind = if raw.get("is_person") == Some(&Value::Bool(false)) { AgentKind::Automated } else { kind };
        let access = match text(raw, "access_level").as_str() {
            "anonymous" => Some(AgentAccess::Remote),
            "user" => Some(AgentAccess::Account),
            "admin" => Some(AgentAccess::Privileged),
            _ => None,
        };
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, KNOWN, PREFIX);
        extra.insert(format!("{PREFIX}skill_level"), skill);
        let agent = ThreatAgent {
            name,
            kind,
            capability,
            intent: if is_malicious { ThreatAgent::default().intent } else { 1 },
            access: access.into_iter().collect(),
            description: text(raw, "description"),
            extra,
            ..ThreatAgent::default()
        };
        self.draft.model.agents.insert(id, agent);
    }
}
