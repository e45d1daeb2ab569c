//! Threats with their instances, and mitigations with theirs.

use super::{OWN, PREFIX, Reader, title};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::State;
use crate::interchange::kept::{objects, texts};
use crate::interchange::lenient::{Object, is_blank, list, number, object, shortened, text};
use crate::interchange::threat_type::{ThreatTypes, hits};
use crate::model::{
    Band, Category, Control, ControlInstance, ControlSite, ControlStatus, Id, Link, SeverityOverride, Site, Threat,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A mitigation of the file, and where it stands in which state.
pub(super) struct Mitigation {
    /// The control here: one of the library, or the custom one.
    control: String,
    own: Option<Control>,
    at: BTreeMap<ControlStatus, BTreeSet<Site>>,
}

impl Reader {
    pub(super) fn threat_records(&mut self, file: &Object) {
        for raw in objects(&mut self.draft, file, "threats", "threat") {
            let what = title("threat", raw);
            let id = self.draft.claim(&text(raw, "id"), &what);
            let threat = self.threat_record(&id, &what, raw);
            self.threats.entry(text(raw, "id")).or_insert_with(|| id.clone());
            self.draft.model.threats.insert(id, threat);
        }
        for raw in objects(&mut self.draft, file, "mitigations", "mitigation") {
            let what = title("mitigation", raw);
            let library = text(object(raw, "attributes"), &format!("{OWN}control"));
            let mitigation = if library.is_empty() {
                let id = self.draft.claim(&text(raw, "id"), &what);
                if let Some(attributes) = raw.get("attributes").filter(|a| !is_blank(a)) {
                    let why = format!("its attributes have no place at a control: {}", shortened(&attributes.to_string()));
                    self.draft.lose_at(&id, LossKind::Dropped, &what, why);
                }
                let strength = f64::from(number(raw, "riskReduction").unwrap_or(80.0)) / 100.0;
                let own = Control {
                    name: text(raw, "name"),
                    description: text(raw, "description"),
                    family: text(raw, "id"),
                    strength: strength.clamp(0.0, 0.95),
                    ..Control::default()
                };
                if strength > 0.95 {
                    let why = format!("it takes off {} % of the risk; 95 % is the most a control does here", strength * 100.0);
                    self.draft.lose_at(&id, LossKind::Changed, &what, why);
                }
                Mitigation { control: id.to_string(), own: Some(own), at: BTreeMap::new() }
            } else {
                Mitigation { control: library, own: None, at: BTreeMap::new() }
            };
            self.mitigations.entry(text(raw, "id")).or_insert(mitigation);
        }
    }

    fn threat_record(&mut self, id: &Id, what: &str, raw: &Object) -> Threat {
        let mut extra = self.draft.set_aside(Some(id), what, raw, &["id", "name", "description", "categories", "risk"], PREFIX);
        let named = texts(raw, "categories");
        let mut categories: Vec<Category> = Vec::new();
        let mut unknown = Vec::new();
        for name in &named {
            let found = ThreatTypes::shipped().categories(name, "");
            if found.is_empty() {
                unknown.push(name.as_str());
            }
            categories.extend(found.into_iter().filter(|c| !categories.contains(c)).collect::<Vec<_>>());
        }
        if !named.is_empty() {
            extra.insert(format!("{PREFIX}categories"), json!(named).to_string());
        }
        if !unknown.is_empty() {
            let why = format!("“{}” is none of the categories here", shortened(&unknown.join(", ")));
            self.draft.lose_at(id, LossKind::Kept, what, why);
        }
        let risk = object(raw, "risk");
        if !risk.is_empty() {
            extra.insert(format!("{PREFIX}risk"), Value::Object(risk.clone()).to_string());
        }
        let rating = number(risk, "likelihood").zip(number(risk, "impact")).map(|(l, i)| l * i / 1000.0);
        if rating.is_none() && !risk.is_empty() {
            self.draft.lose_at(id, LossKind::Kept, what, "its likelihood or impact is missing, so they do not rate it");
        }
        Threat {
            title: text(raw, "name"),
            description: text(raw, "description"),
            hits: hits(&categories),
            categories,
            severity_override: rating.map(|score| SeverityOverride {
                band: band(score),
                score: format!("{score}"),
                source: self.draft.tool.to_owned(),
            }),
            source: self.draft.tool.to_owned(),
            extra,
            ..Threat::default()
        }
    }

    /// The threats at a component or flow.
    pub(super) fn instances(&mut self, at: &Id, raw: &Object, what: &str) {
        for instance in list(raw, "threats").iter().filter_map(Value::as_object) {
            let name = text(instance, "threat");
            let threat = self.threats.get(&name).cloned().unwrap_or_else(|| self.undefined(&name, what));
            let said = text(instance, "state");
            let state = State::named(&said).unwrap_or_else(|| {
                let why = format!("its state “{}” at the {what} is not known; it is open", shortened(&said));
                let title = format!("threat “{}”", shortened(self.draft.model.name_of(&threat)));
                self.draft.lose_at(&threat, LossKind::Changed, title, why);
                State::Open
            });
            let controls = self.mitigated(&threat, at, instance);
            if let Some(record) = self.draft.model.threats.get_mut(&threat) {
                record.targets.insert(at.clone());
                if !said.is_empty() {
                    record.extra.insert(format!("{PREFIX}state.{at}"), said);
                }
                record.controls.extend(controls.into_iter().map(|c| (c, Link::Primary)));
            }
            self.draft.decide(&threat, at, state, String::new(), None);
        }
    }

    /// A threat that is only referred to: it has no more than its id.
    fn undefined(&mut self, name: &str, what: &str) -> Id {
        let id = self.draft.ids.claim(name);
        let title = if name.is_empty() { "Undefined threat".to_owned() } else { format!("Undefined threat {name}") };
        let why = format!("the {what} names it, but it is not defined in the file");
        self.draft.lose_at(&id, LossKind::Changed, format!("threat “{name}”"), why);
        let threat = Threat { title, source: self.draft.tool.to_owned(), ..Threat::default() };
        self.draft.model.threats.insert(id.clone(), threat);
        self.threats.insert(name.to_owned(), id.clone());
        id
    }

    /// Notes where the mitigations of an instance stand; gives the controls that answer the threat.
    fn mitigated(&mut self, threat: &Id, at: &Id, instance: &Object) -> Vec<String> {
        let mut controls = Vec::new();
        for raw in list(instance, "mitigations").iter().filter_map(Value::as_object) {
            let (name, said) = (text(raw, "mitigation"), text(raw, "state"));
            let title = format!("threat “{}”", shortened(self.draft.model.name_of(threat)));
            let Some(mitigation) = self.mitigations.get_mut(&name) else {
                let why = format!("its mitigation “{}” is not in the file", shortened(&name));
                self.draft.lose_at(threat, LossKind::Dropped, title, why);
                continue;
            };
            let status = status(&said);
            if status.is_none() {
                let why = format!("the state “{}” of its mitigation “{name}” is not known; it is proposed", shortened(&said));
                self.draft.lose_at(threat, LossKind::Changed, title, why);
            }
            mitigation.at.entry(status.unwrap_or(ControlStatus::Proposed)).or_default().insert(Site::At(at.clone()));
            controls.push(mitigation.control.clone());
        }
        controls
    }

    pub(super) fn store_mitigations(&mut self) {
        for mitigation in std::mem::take(&mut self.mitigations).into_values() {
            let only_flows = |sites: &BTreeSet<Site>| {
                sites.iter().all(|s| matches!(s, Site::At(id) if self.draft.model.flows.contains_key(id)))
            };
            let on_flows = !mitigation.at.is_empty() && mitigation.at.values().all(only_flows);
            if let Some(mut own) = mitigation.own {
                own.site = if on_flows { ControlSite::Flow } else { ControlSite::Node };
                self.draft.model.controls.insert(mitigation.control.as_str().into(), own);
            }
            for (status, at) in mitigation.at {
                let instance = ControlInstance { control: mitigation.control.clone(), at, status, ..ControlInstance::default() };
                self.draft.model.instances.insert(self.draft.ids.fresh(), instance);
            }
        }
    }
}

/// The thresholds the other tools that read the format use, of 10.
fn band(score: f32) -> Band {
    match score {
        s if s >= 9.0 => Band::Critical,
        s if s >= 7.0 => Band::High,
        s if s >= 4.0 => Band::Medium,
        _ => Band::Low,
    }
}

fn status(state: &str) -> Option<ControlStatus> {
    let state = state.to_lowercase();
    let ours = ControlStatus::ALL.iter().copied().find(|s| s.name().to_lowercase() == state);
    ours.or(match state.as_str() {
        "" | "open" | "recommended" | "suggested" => Some(ControlStatus::Proposed),
        "required" | "accepted" | "todo" => Some(ControlStatus::Planned),
        "in progress" | "in-progress" | "partially implemented" => Some(ControlStatus::Partial),
        "implemented" | "mitigated" | "done" => Some(ControlStatus::Implemented),
        _ => None,
    })
}
