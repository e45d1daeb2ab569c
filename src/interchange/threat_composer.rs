//! AWS Threat Composer: threats, mitigations and assumptions about an application, without a model of it.
//!
//! Threats need something they threaten, so the application as a whole is one process. Fields without a counterpart are
//! kept under `threatcomposer.`.

use super::draft::Draft;
use super::foreign_threat::{ForeignThreat, State, band};
use super::kept::{headed, measure, objects, paragraphs, texts};
use super::lenient::{Object, object, shortened, text};
use super::{Import, ImportError, LossKind};
use crate::model::*;
use serde_json::Value;
use std::collections::BTreeMap;

const PREFIX: &str = "threatcomposer.";

/// Reads a workspace.
///
/// # Errors
/// The text is not JSON or not an object.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let Value::Object(file) = serde_json::from_str(text)? else { return Err(ImportError::Unknown) };
    let mut reader = Reader { draft: Draft::new("Threat Composer", text), controls: BTreeMap::new(), assumed: BTreeMap::new() };
    reader.workspace(&file);
    Ok(reader.draft.finish())
}

struct Reader {
    draft: Draft,
    /// Controls by the id of their mitigation.
    controls: BTreeMap<String, Id>,
    /// What is assumed about a threat or mitigation, by its id.
    assumed: BTreeMap<String, Vec<String>>,
}

impl Reader {
    fn workspace(&mut self, file: &Object) {
        const KNOWN: &[&str] = &[
            "schema",
            "applicationInfo",
            "architecture",
            "dataflow",
            "assumptions",
            "mitigations",
            "threats",
            "mitigationLinks",
            "assumptionLinks",
        ];
        let info = object(file, "applicationInfo");
        let parts = [("architecture", "Architecture"), ("dataflow", "Data flow")];
        for (key, label) in parts {
            if !text(object(file, key), "image").is_empty() {
                self.draft.lose(
                    LossKind::Dropped,
                    format!("picture of the {}", label.to_lowercase()),
                    "pictures are not carried over",
                );
            }
        }
        let extra = self.draft.set_aside(None, "the workspace", file, KNOWN, PREFIX);
        let [architecture, dataflow] = parts.map(|(key, label)| headed(label, &text(object(file, key), "description")));
        let model = &mut self.draft.model;
        model.info.name = text(info, "name");
        model.info.description = paragraphs([text(info, "description"), architecture, dataflow]);
        model.info.extra = extra;
        let whole = self.draft.whole();
        let links = objects(&mut self.draft, file, "assumptionLinks", "link of an assumption");
        let linked: Vec<(String, String)> = links.iter().map(|l| (text(l, "assumptionId"), text(l, "linkedId"))).collect();
        for raw in objects(&mut self.draft, file, "assumptions", "assumption") {
            self.assumption(raw, &whole, &linked);
        }
        for raw in objects(&mut self.draft, file, "mitigations", "mitigation") {
            self.mitigation(raw, &whole);
        }
        let mut against: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for link in objects(&mut self.draft, file, "mitigationLinks", "link of a mitigation") {
            against.entry(text(link, "linkedId")).or_default().push(text(link, "mitigationId"));
        }
        let mut met: Vec<String> = texts_of_ids(file, "assumptions");
        for raw in objects(&mut self.draft, file, "threats", "threat") {
            met.push(text(raw, "id"));
            let answers = against.get(&text(raw, "id")).cloned().unwrap_or_default();
            self.threat(raw, &whole, &answers);
        }
        for (linked, _) in against.iter().filter(|(linked, _)| !met.contains(linked)) {
            self.draft.lose(
                LossKind::Dropped,
                "link of a mitigation",
                format!("“{}” that it answers is not in the file", shortened(linked)),
            );
        }
        let known = |id: &String| met.contains(id) || self.controls.contains_key(id);
        let astray: Vec<String> = linked.iter().filter(|(_, to)| !known(to)).map(|(_, to)| to.clone()).collect();
        for to in astray {
            self.draft.lose(
                LossKind::Dropped,
                "link of an assumption",
                format!("“{}” that it is about is not in the file", shortened(&to)),
            );
        }
    }

    fn assumption(&mut self, raw: &Object, whole: &Id, linked: &[(String, String)]) {
        let foreign = text(raw, "id");
        let words = paragraphs([text(raw, "content"), headed("Comments", &metadata(raw, "Comments"))]);
        for (_, to) in linked.iter().filter(|(from, _)| *from == foreign) {
            self.assumed.entry(to.clone()).or_default().push(text(raw, "content"));
        }
        let what = format!("assumption “{}”", shortened(&words));
        let id = self.draft.claim(&foreign, &what);
        self.tell_tags(&id, &what, raw);
        let assumption = Assumption { text: words, about: [whole.clone()].into(), ..Assumption::default() };
        self.draft.model.assumptions.insert(id, assumption);
    }

    fn tell_tags(&mut self, id: &Id, what: &str, raw: &Object) {
        let tags = texts(raw, "tags");
        if !tags.is_empty() {
            self.draft.lose_at(
                id,
                LossKind::Dropped,
                what,
                format!("its tags {} have no counterpart", shortened(&tags.join(", "))),
            );
        }
    }

    fn mitigation(&mut self, raw: &Object, whole: &Id) {
        let foreign = text(raw, "id");
        let content = measure(&text(raw, "content"));
        let (name, rest) = content.split_once('\n').unwrap_or((&content, ""));
        let what = format!("mitigation “{}”", shortened(name));
        let id = self.draft.claim(&foreign, &what);
        self.tell_tags(&id, &what, raw);
        let word = text(raw, "status");
        let status = match word.as_str() {
            "" | "mitigationIdentified" => ControlStatus::Proposed,
            "mitigationInProgress" => ControlStatus::Planned,
            "mitigationResolved" => ControlStatus::Implemented,
            "mitigationResolvedWillNotAction" => ControlStatus::Retired,
            other => {
                self.draft.lose_at(&id, LossKind::Dropped, &what, format!("its status “{}” is not known", shortened(other)));
                ControlStatus::Proposed
            }
        };
        let assumed = self.assumed.get(&foreign).map(|a| headed("Assumes", &a.join("; "))).unwrap_or_default();
        let control = Control {
            name: name.trim().to_owned(),
            description: paragraphs([rest.to_owned(), headed("Comments", &metadata(raw, "Comments")), assumed]),
            family: id.to_string(),
            ..Control::default()
        };
        let level = if status == ControlStatus::Implemented { EvidenceLevel::Assumed } else { Evidence::default().level };
        let instance = ControlInstance {
            control: id.to_string(),
            at: [Site::At(whole.clone())].into(),
            status,
            evidence: Evidence { level, ..Evidence::default() },
            notes: if status == ControlStatus::Retired { "Decided not to be done.".to_owned() } else { String::new() },
            ..ControlInstance::default()
        };
        self.controls.insert(foreign, id.clone());
        self.draft.model.controls.insert(id, control);
        let instance_id = self.draft.ids.fresh();
        self.draft.model.instances.insert(instance_id, instance);
    }

    fn threat(&mut self, raw: &Object, whole: &Id, answers: &[String]) {
        const KNOWN: &[&str] = &["id", "numericId", "statement", "displayOrder", "metadata", "status", "threatAction"];
        const PARTS: &[&str] = &[
            "threatSource",
            "prerequisites",
            "threatAction",
            "threatImpact",
            "impactedGoal",
            "impactedAssets",
            "tags",
            "customTemplate",
        ];
        let statement = statement(raw);
        let title = match text(raw, "threatAction") {
            action if action.trim().is_empty() => statement.chars().take(80).collect(),
            action => action,
        };
        let what = format!("threat “{}”", shortened(&title));
        let foreign = text(raw, "id");
        let id = self.draft.claim(&foreign, &what);
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &[KNOWN, PARTS].concat(), PREFIX);
        // The parts of the statement, so that it can be put together again; nothing of them is lost in it.
        for part in PARTS.iter().filter(|part| raw.get(**part).is_some_and(|v| !super::lenient::is_blank(v))) {
            extra.insert(format!("{PREFIX}{part}"), raw.get(*part).map(Value::to_string).unwrap_or_default());
        }
        let tags = texts(raw, "tags");
        if !tags.is_empty() {
            self.draft.lose_at(
                &id,
                LossKind::Kept,
                &what,
                format!("its tags {} have no counterpart", shortened(&tags.join(", "))),
            );
        }
        for entry in raw.get("metadata").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            let key = text(entry, "key");
            if !matches!(key.as_str(), "STRIDE" | "Priority" | "Comments") {
                let value = entry.get("value").map(Value::to_string).unwrap_or_default();
                self.draft.lose_at(
                    &id,
                    LossKind::Kept,
                    &what,
                    format!("its “{}” has no counterpart: {}", shortened(&key), shortened(&value)),
                );
                extra.insert(format!("{PREFIX}metadata.{key}"), value);
            }
        }
        let (priority, word) = (metadata(raw, "Priority"), text(raw, "status"));
        let state = match word.as_str() {
            "" | "threatIdentified" => State::Open,
            "threatResolved" => State::Mitigated,
            "threatResolvedNotUseful" => State::NotApplicable,
            other => {
                self.draft.lose_at(
                    &id,
                    LossKind::Dropped,
                    &what,
                    format!("its status “{}” is not known; it is open", shortened(other)),
                );
                State::Open
            }
        };
        let assumed = self.assumed.get(&foreign).map(|a| headed("Assumes", &a.join("; "))).unwrap_or_default();
        let threat = ForeignThreat {
            title,
            description: paragraphs([statement, headed("Comments", &metadata(raw, "Comments")), assumed]),
            categories: metadata(raw, "STRIDE").chars().filter_map(category).collect(),
            target: Some(whole.clone()),
            rating: band(&priority).map(|band| (band, String::new())),
            state,
            justification: if state == State::NotApplicable { "Dismissed in Threat Composer.".to_owned() } else { String::new() },
            number: raw.get("numericId").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            extra,
            ..ForeignThreat::default()
        };
        self.draft.threat(id.clone(), threat);
        for answer in answers {
            match self.controls.get(answer) {
                Some(control) => {
                    let control = control.to_string();
                    if let Some(threat) = self.draft.model.threats.get_mut(&id) {
                        threat.controls.insert(control, Link::Primary);
                    }
                }
                None => {
                    let why = format!("the mitigation “{}” linked to it is not in the file", shortened(answer));
                    self.draft.lose_at(&id, LossKind::Dropped, &what, why);
                }
            }
        }
    }
}

fn texts_of_ids(file: &Object, key: &str) -> Vec<String> {
    let items = file.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_object).map(|o| text(o, "id")).collect()
}

/// The value of a metadata entry as text; the letters of a list in a row.
fn metadata(raw: &Object, key: &str) -> String {
    let entries = raw.get("metadata").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let of = |entry: &Object| match entry.get("value") {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(""),
        _ => text(entry, "value"),
    };
    entries.filter(|entry| text(entry, "key") == key).map(of).next().unwrap_or_default()
}

fn category(letter: char) -> Option<Category> {
    Category::ALL.iter().copied().find(|c| c.is_stride() && c.name().starts_with(letter.to_ascii_uppercase()))
}

/// The statement as written, or as the tool puts it together from its parts.
fn statement(raw: &Object) -> String {
    let written = text(raw, "statement");
    if !written.trim().is_empty() {
        return written;
    }
    let part = |key: &str| text(raw, key);
    let listed = |key: &str| texts(raw, key).join(", ");
    let goal = match (listed("impactedGoal"), listed("impactedAssets")) {
        (goal, assets) if goal.is_empty() && assets.is_empty() => String::new(),
        (goal, assets) if goal.is_empty() => format!(", negatively impacting {assets}"),
        (goal, assets) if assets.is_empty() => format!(", resulting in reduced {goal}"),
        (goal, assets) => format!(", resulting in reduced {goal} of {assets}"),
    };
    let impact = part("threatImpact");
    let impact = if impact.is_empty() { impact } else { format!(", which leads to {impact}") };
    let words = [part("threatSource"), part("prerequisites"), "can".to_owned(), part("threatAction")];
    let start = words.iter().map(|w| w.trim()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    if start == "can" { String::new() } else { format!("{start}{impact}{goal}") }
}
