//! Threats with the controls against them and the risks that rate them.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::{State, band};
use crate::interchange::kept::{headed, objects, paragraphs, texts};
use crate::interchange::lenient::{Object, object, shortened, text};
use crate::interchange::threat_type;
use crate::model::*;
use std::collections::BTreeMap;

/// A control as others refer to it.
struct Met<'a> {
    id: Id,
    against: Vec<String>,
    word: String,
    raw: &'a Object,
}

impl Reader {
    pub(super) fn threats_and_controls(&mut self, file: &Object) {
        let threats = objects(&mut self.draft, file, "threats", "threat");
        let controls = objects(&mut self.draft, file, "controls", "control");
        let risks = objects(&mut self.draft, file, "risks", "risk");
        for raw in &threats {
            let (_, _, id) = self.named(raw, "threat");
            self.threats.insert(text(raw, "symbolic_name"), id);
        }
        let met: Vec<Met<'_>> = controls.into_iter().map(|raw| self.control(raw)).collect();
        let mut rated: BTreeMap<String, Vec<&Object>> = BTreeMap::new();
        for raw in risks {
            self.risk(raw, &mut rated);
        }
        for raw in threats {
            let Some(id) = self.threats.get(&text(raw, "symbolic_name")).cloned() else { continue };
            // Of several threats with one name the first has the references.
            if !self.draft.model.threats.contains_key(&id) {
                self.threat(&id, raw, &met, &rated);
            }
        }
        for control in met {
            self.instance(&control);
        }
    }

    fn control<'a>(&mut self, raw: &'a Object) -> Met<'a> {
        const KNOWN: &[&str] = &["symbolic_name", "title", "description", "threats", "status", "trust_boundary", "priority"];
        let (name, what, id) = self.named(raw, "control");
        for (field, value) in self.draft.set_aside(Some(&id), &what, raw, KNOWN, "") {
            self.draft.model.info.extra.insert(format!("{PREFIX}control.{id}.{field}"), value);
        }
        let against = texts(raw, "threats");
        for threat in against.iter().filter(|t| !self.threats.contains_key(*t)) {
            self.draft.lose_at(
                &id,
                LossKind::Dropped,
                &what,
                format!("the threat “{}” it answers is not in the file", shortened(threat)),
            );
        }
        let site = if object(raw, "trust_boundary").is_empty() { ControlSite::Node } else { ControlSite::Zone };
        let description = paragraphs([text(raw, "description"), headed("Priority", &text(raw, "priority"))]);
        let control = Control { name, description, site, family: id.to_string(), ..Control::default() };
        self.draft.model.controls.insert(id.clone(), control);
        Met { id, against, word: text(raw, "status"), raw }
    }

    /// A control stands where its threats are, at the zones it is between, or in the model as a whole.
    fn instance(&mut self, control: &Met<'_>) {
        let between = object(control.raw, "trust_boundary");
        let zones = ["trust_zone_a", "trust_zone_b"].map(|key| self.zones.get(&text(between, key)).cloned());
        let threats = control.against.iter().filter_map(|t| self.draft.model.threats.get(self.threats.get(t)?));
        let targets = threats.flat_map(|t| t.targets.iter().cloned());
        let mut at: std::collections::BTreeSet<Site> = zones.into_iter().flatten().chain(targets).map(Site::At).collect();
        if at.is_empty() {
            at.insert(Site::Model);
        }
        let (status, level, notes) = match control.word.as_str() {
            "active" => (ControlStatus::Implemented, EvidenceLevel::Documented, ""),
            "assumed" => (ControlStatus::Implemented, EvidenceLevel::Assumed, ""),
            "approved" | "scheduled" => (ControlStatus::Planned, EvidenceLevel::Documented, ""),
            "retired" => (ControlStatus::Retired, EvidenceLevel::Documented, ""),
            "wont_do" => (ControlStatus::Retired, EvidenceLevel::Documented, "Decided not to be done."),
            _ => (ControlStatus::Proposed, EvidenceLevel::Documented, ""),
        };
        let evidence = Evidence { level, ..Evidence::default() };
        let (control, notes) = (control.id.to_string(), notes.to_owned());
        let id = self.draft.ids.fresh();
        self.draft
            .model
            .instances
            .insert(id, ControlInstance { control, at, status, evidence, notes, ..ControlInstance::default() });
    }

    fn risk<'a>(&mut self, raw: &'a Object, rated: &mut BTreeMap<String, Vec<&'a Object>>) {
        let what = format!("risk “{}”", shortened(&text(raw, "title")));
        let threats = texts(raw, "threats");
        for threat in &threats {
            if self.threats.contains_key(threat) {
                rated.entry(threat.clone()).or_default().push(raw);
            } else {
                self.draft.lose(
                    LossKind::Dropped,
                    &what,
                    format!("the threat “{}” it rates is not in the file", shortened(threat)),
                );
            }
        }
        let why = match threats.len() {
            0 => "it rates no threat; it is kept with the model".to_owned(),
            n => format!("its level is the rating of its {n} threats, its words are a part of theirs"),
        };
        self.draft.lose(LossKind::Changed, what, why);
        let kept = serde_json::Value::Object(raw.clone()).to_string();
        self.draft.model.info.extra.insert(format!("{PREFIX}risk.{}", text(raw, "symbolic_name")), kept);
    }

    fn threat(&mut self, id: &Id, raw: &Object, met: &[Met<'_>], rated: &BTreeMap<String, Vec<&Object>>) {
        const KNOWN: &[&str] = &["symbolic_name", "title", "description", "event", "components_affected"];
        let name = text(raw, "symbolic_name");
        let title = crate::interchange::kept::first_text(raw, &["title", "symbolic_name"]);
        let what = format!("threat “{}”", shortened(&title));
        let mut targets = std::collections::BTreeSet::new();
        for affected in texts(raw, "components_affected") {
            match self.find(&affected) {
                Some(found) => drop(targets.insert(found.clone())),
                None => {
                    let why = format!("“{}” that it affects is not in the file", shortened(&affected));
                    self.draft.lose_at(id, LossKind::Dropped, &what, why);
                }
            }
        }
        if targets.is_empty() {
            let why = "the file does not say what it affects; it belongs to the model as a whole";
            self.draft.lose_at(id, LossKind::Changed, &what, why);
        }
        let risks: &[&Object] = rated.get(&name).map(Vec::as_slice).unwrap_or_default();
        // The file's own words count, though they are not always what its own matrix gives.
        let levels =
            risks.iter().filter_map(|r| Some((band(&text(r, "level").replace("very_high", "critical"))?, text(r, "score"))));
        let worst = levels.min_by(|a, b| a.0.cmp(&b.0));
        let controls: Vec<&Met<'_>> = met.iter().filter(|c| c.against.contains(&name)).collect();
        let all = |word: &str| !controls.is_empty() && controls.iter().all(|c| c.word == word);
        let state = match () {
            () if all("active") => State::Mitigated,
            () if all("wont_do") => State::Accepted,
            () => State::Open,
        };
        let mut extra = self.draft.set_aside(Some(id), &what, raw, KNOWN, PREFIX);
        if targets.is_empty() && state != State::Open {
            extra.insert(format!("{PREFIX}state"), state.disposition().label().to_owned());
        }
        let risk_words: Vec<String> = risks.iter().map(|r| risk_words(r)).collect();
        let categories = Vec::new();
        let threat = Threat {
            title,
            description: paragraphs([text(raw, "description"), headed("Event", &text(raw, "event")), risk_words.join("\n")]),
            hits: threat_type::hits(&categories),
            categories,
            severity_override: worst.map(|(band, score)| SeverityOverride { band, score, source: self.draft.tool.to_owned() }),
            controls: controls.iter().map(|c| (c.id.to_string(), Link::Primary)).collect(),
            source: self.draft.tool.to_owned(),
            targets: targets.clone(),
            extra,
            ..Threat::default()
        };
        self.draft.model.threats.insert(id.clone(), threat);
        for target in targets.into_iter().filter(|_| state != State::Open) {
            let justification = match state {
                State::Mitigated => "Every control against it is active.".to_owned(),
                _ => "Decided not to do any of the controls against it.".to_owned(),
            };
            let decision = Decision { disposition: state.disposition(), justification, ..Decision::default() };
            self.draft.model.decisions.insert(ThreatKey::new(id.clone(), target), decision);
        }
    }
}

fn risk_words(raw: &Object) -> String {
    let rating = [text(raw, "likelihood"), text(raw, "impact")].join(" × ");
    headed(
        &format!("Risk “{}” ({rating})", text(raw, "title")),
        &paragraphs([text(raw, "description"), text(raw, "impact_description")]),
    )
}
