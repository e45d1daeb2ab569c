//! Threats with their rating, state and mitigation.

use super::cell::{Cell, CellKind};
use super::element::own;
use super::{PREFIX, Reader, shortened};
use crate::interchange::foreign_threat::{State, band};
use crate::interchange::lenient::{Object, is_blank, list, rest, text};
use crate::interchange::{Loss, LossKind, threat_type};
use crate::model::{Category, ControlSite, Decision, Disposition, Extra, Id, Link, SeverityOverride, Threat, ThreatKey};
use serde_json::Value;

const KNOWN: &[&str] = &[
    "id",
    "threatId",
    "number",
    "title",
    "type",
    "modelType",
    "status",
    "severity",
    "score",
    "description",
    "mitigation",
    "new",
    "palisade",
];

/// What Threat Dragon writes into fields nobody has filled in.
const PROMPTS: &[&str] = &[
    "Provide a description for this threat",
    "Provide mitigation or prevention for this threat",
    "Provide remediation for this threat or a reason if status is N/A",
];

/// Who rated an imported threat.
const SOURCE: &str = "Threat Dragon";

impl Reader {
    /// The threats of a cell: beside its data in the published schema, inside it in every real file.
    pub(super) fn threats(&mut self, cell: &Cell<'_>) {
        for (index, threat) in list(cell.data, "threats").iter().chain(list(cell.raw, "threats")).enumerate() {
            match threat.as_object() {
                Some(threat) => self.threat(cell, threat),
                None if is_blank(threat) => {}
                None => self.lose(LossKind::Dropped, format!("threat {} of {}", index + 1, cell.title()), "it is not an object"),
            }
        }
    }

    fn threat(&mut self, cell: &Cell<'_>, raw: &Object) {
        let foreign = first_of([text(raw, "id"), text(raw, "threatId")]);
        let id = self.ids.claim(&foreign);
        let title = first_of([text(raw, "title"), text(raw, "type"), "Untitled threat".to_owned()]);
        let mut kept = Kept {
            id: id.clone(),
            name: format!("threat “{}” of {}", shortened(&title), cell.title()),
            extra: rest(raw, KNOWN, PREFIX),
        };
        for field in kept.extra.keys() {
            self.lose_threat(
                &kept,
                LossKind::Kept,
                format!("the field “{}” has no counterpart", field.trim_start_matches(PREFIX)),
            );
        }
        if !foreign.is_empty() && id.as_str() != foreign {
            kept.keep("id", &foreign);
            self.lose_threat(&kept, LossKind::Changed, format!("its id “{foreign}” was already taken; it is now “{id}”"));
        }
        let categories = self.categories(raw, &mut kept);
        let severity_override = self.rating(raw, &mut kept);
        let disposition = self.state(raw, &mut kept);
        let number = raw.get("number").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
        let mitigation = written(raw, "mitigation");
        let mut threat = Threat {
            title,
            description: unfolded(raw),
            hits: threat_type::hits(&categories),
            categories,
            severity_override,
            source: number.map_or_else(|| SOURCE.to_owned(), |n| format!("{SOURCE} #{n}")),
            ..Threat::default()
        };
        if cell.kind == CellKind::Text {
            let why = "a note cannot be threatened; the threat belongs to nothing now, its state and mitigation are kept as text";
            self.lose_threat(&kept, LossKind::Changed, why);
            kept.keep("status", &text(raw, "status"));
            kept.keep("mitigation", &mitigation);
        } else {
            threat.targets = [cell.id.clone()].into();
            if matches!(disposition, Disposition::Open | Disposition::Mitigate) && !mitigation.is_empty() {
                let site = match cell.kind {
                    CellKind::Flow => ControlSite::Flow,
                    CellKind::Box | CellKind::Curve => ControlSite::Zone,
                    CellKind::Actor | CellKind::Process | CellKind::Store | CellKind::Text => ControlSite::Node,
                };
                let done = disposition == Disposition::Mitigate;
                let control = self.controls.attach(&mitigation, done, site, &cell.id, &mut self.ids);
                threat.controls.insert(control.to_string(), Link::Primary);
            }
            self.decide(&id, cell, disposition, &mitigation, number);
        }
        threat.extra = kept.extra;
        self.import.model.threats.insert(id, threat);
    }

    fn lose_threat(&mut self, kept: &Kept, kind: LossKind, why: impl Into<String>) {
        self.import.losses.push(Loss::new(kind, &kept.name, why).at(&kept.id));
    }

    fn categories(&mut self, raw: &Object, kept: &mut Kept) -> Vec<Category> {
        let (name, methodology) = (text(raw, "type"), text(raw, "modelType"));
        kept.keep("modelType", &methodology);
        if let Some(categories) = own(raw, "categories") {
            return categories;
        }
        let categories = threat_type::ThreatTypes::shipped().categories(&name, &methodology);
        if !matches!(categories.as_slice(), [only] if only.label() == name) {
            kept.keep("type", &name);
        }
        if !name.trim().is_empty() && categories.is_empty() {
            self.lose_threat(kept, LossKind::Kept, format!("its type “{}” is none of the categories here", shortened(&name)));
        }
        categories
    }

    fn rating(&mut self, raw: &Object, kept: &mut Kept) -> Option<SeverityOverride> {
        let (severity, score) = (text(raw, "severity"), text(raw, "score"));
        if let Some(band) = own(raw, "severity").or_else(|| band(&severity)) {
            return Some(SeverityOverride { band, score, source: SOURCE.to_owned() });
        }
        kept.keep("severity", &severity);
        kept.keep("score", &score);
        if !is_undecided(&severity) {
            self.lose_threat(kept, LossKind::Kept, format!("its severity “{}” is not known", shortened(&severity)));
        }
        if !score.trim().is_empty() {
            let why = format!("its score “{}” comes without a severity and does not rate it", shortened(&score));
            self.lose_threat(kept, LossKind::Kept, why);
        }
        None
    }

    fn state(&mut self, raw: &Object, kept: &mut Kept) -> Disposition {
        let status = text(raw, "status");
        let own: Option<String> = own(raw, "state");
        if let Some(exact) = Disposition::ALL.iter().copied().find(|d| own.as_deref() == Some(d.name())) {
            return exact;
        }
        State::named(&status).map(State::disposition).unwrap_or_else(|| {
            kept.keep("status", &status);
            self.lose_threat(kept, LossKind::Kept, format!("its status “{}” is not known; it is open", shortened(&status)));
            Disposition::Open
        })
    }

    /// A decision for whatever is not simply open; an open threat has one only to keep its number.
    fn decide(&mut self, threat: &Id, cell: &Cell<'_>, disposition: Disposition, mitigation: &str, number: Option<u32>) {
        if disposition == Disposition::Open && number.is_none() {
            return;
        }
        let justification = match (disposition, mitigation) {
            (Disposition::Open, _) => String::new(),
            (_, "") => format!("Marked “{}” in Threat Dragon, without a reason.", disposition.label().to_lowercase()),
            (_, reason) => reason.to_owned(),
        };
        let decision = Decision { disposition, justification, number, ..Decision::default() };
        self.import.model.decisions.insert(ThreatKey::new(threat.clone(), cell.id.clone()), decision);
    }
}

/// What is set aside of one threat, and what the threat is called in the loss report.
struct Kept {
    id: Id,
    name: String,
    extra: Extra,
}

impl Kept {
    fn keep(&mut self, field: &str, value: &str) {
        if !value.trim().is_empty() {
            self.extra.insert(format!("{PREFIX}{field}"), value.to_owned());
        }
    }
}

/// The first text that says something.
fn first_of<const N: usize>(texts: [String; N]) -> String {
    texts.into_iter().find(|t| !t.trim().is_empty()).unwrap_or_default()
}

/// Text a person wrote; the tool's own prompt is none.
fn written(raw: &Object, key: &str) -> String {
    let text = text(raw, key);
    if PROMPTS.contains(&text.trim()) { String::new() } else { text }
}

fn is_undecided(severity: &str) -> bool {
    matches!(severity.trim().to_lowercase().as_str(), "" | "tbd" | "tba")
}

/// The description without the words our own files add where the tool does not know the state.
fn unfolded(raw: &Object) -> String {
    let text = written(raw, "description");
    let state: Option<String> = own(raw, "state");
    let disposition = Disposition::ALL.iter().find(|d| state.as_deref() == Some(d.name()));
    let added = disposition.map(|d| format!("({} in Palisade)", d.label()));
    added.and_then(|a| text.strip_suffix(&a).map(|t| t.trim_end().to_owned())).unwrap_or(text)
}
