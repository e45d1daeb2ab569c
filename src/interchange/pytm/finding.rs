//! Findings of a run of pytm: threats at their targets.

use super::{Kind, PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::{ForeignThreat, State, band};
use crate::interchange::kept::{first_text, headed, measure, paragraphs};
use crate::interchange::lenient::{Object, shortened, text};

const KNOWN: &[&str] = &[
    "id",
    "target",
    "description",
    "details",
    "severity",
    "mitigations",
    "response",
    "example",
    "cvss",
    "references",
    "condition",
];

impl Reader {
    pub(super) fn finding(&mut self, raw: &Object, excluded: bool) {
        let number = text(raw, "id");
        let title = first_text(raw, &["description", "threat_id", "SID"]);
        let target_name = text(raw, "target");
        let what = format!("finding “{}” of “{}”", shortened(&title), shortened(&target_name));
        let id = self.draft.claim(&format!("finding-{number}"), &what);
        let target = [Kind::Element, Kind::Flow, Kind::Boundary].into_iter().find_map(|kind| self.find(kind, &target_name));
        if target.is_none() {
            let why = format!("its target “{}” is not in the file; it belongs to the model as a whole", shortened(&target_name));
            self.draft.lose_at(&id, LossKind::Changed, &what, why);
        }
        let severity = text(raw, "severity");
        let rating = band(&severity).map(|band| (band, text(raw, "cvss")));
        if rating.is_none() && !severity.is_empty() {
            self.draft.lose_at(&id, LossKind::Dropped, &what, format!("its severity “{}” is not known", shortened(&severity)));
        }
        let mut extra = crate::model::Extra::new();
        for key in ["references", "condition"] {
            if !text(raw, key).is_empty() {
                extra.insert(format!("{PREFIX}{key}"), text(raw, key));
            }
        }
        let threat_id = text(raw, "threat_id");
        let known: Vec<&str> = KNOWN.iter().copied().chain(["threat_id"]).collect();
        extra.extend(self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX));
        extra.insert(format!("{PREFIX}threat_id"), threat_id);
        let response = text(raw, "response");
        let (state, justification) = if excluded {
            let assumption =
                raw.get("assumption").and_then(serde_json::Value::as_object).map(|a| first_text(a, &["description", "name"]));
            (State::NotApplicable, headed("Excluded in pytm", &assumption.unwrap_or_else(|| text(raw, "assumption"))))
        } else {
            (state(&response), response)
        };
        let threat = ForeignThreat {
            title,
            description: paragraphs([text(raw, "details"), headed("Example", &text(raw, "example"))]),
            target,
            rating,
            state,
            justification,
            mitigations: [measure(&text(raw, "mitigations"))].into_iter().filter(|m| !m.is_empty()).collect(),
            number: number.parse().ok().filter(|_| !excluded),
            extra,
            ..ForeignThreat::default()
        };
        self.draft.threat(id, threat);
    }
}

/// The state a response begins with.
fn state(response: &str) -> State {
    let word = response.trim().to_lowercase();
    let starts = [
        ("mitigated", State::Mitigated),
        ("transferred", State::Transferred),
        ("avoided", State::Avoided),
        ("accepted", State::Accepted),
    ];
    starts.into_iter().find(|(start, _)| word.starts_with(start)).map_or(State::Open, |(_, state)| state)
}
