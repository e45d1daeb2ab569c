//! A threat as other tools have it, and what becomes of its severity, state and mitigation here.

use super::draft::Draft;
use super::threat_type;
use crate::model::{Band, Category, ControlSite, Decision, Disposition, Extra, Id, Link, SeverityOverride, Threat, ThreatKey};

/// A threat at one thing, in the words of the tool it comes from.
#[derive(Default)]
pub(super) struct ForeignThreat {
    pub title: String,
    pub description: String,
    pub categories: Vec<Category>,
    /// The element, flow or boundary it is about; `None` for the model as a whole.
    pub target: Option<Id>,
    /// A rating with the score as written, which may be empty.
    pub rating: Option<(Band, String)>,
    pub state: State,
    /// Why it stands as it does, in somebody's words.
    pub justification: String,
    /// What is or should be done, one text for each measure.
    pub mitigations: Vec<String>,
    /// The display number in the tool.
    pub number: Option<u32>,
    pub extra: Extra,
}

/// Where a threat stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Open,
    /// Looked at, nothing decided: open here.
    Investigating,
    Mitigated,
    Accepted,
    Transferred,
    Avoided,
    NotApplicable,
}

impl State {
    pub(super) fn disposition(self) -> Disposition {
        match self {
            State::Open | State::Investigating => Disposition::Open,
            State::Mitigated => Disposition::Mitigate,
            State::Accepted => Disposition::Accept,
            State::Transferred => Disposition::Transfer,
            State::Avoided => Disposition::Avoid,
            State::NotApplicable => Disposition::NotApplicable,
        }
    }
}

impl Draft {
    /// Puts a threat into the model under an id that was claimed for it: the rating overrides the computed one, the state
    /// becomes a decision, mitigations become controls (in place where the threat is called mitigated, proposed otherwise).
    pub(super) fn threat(&mut self, id: Id, threat: ForeignThreat) {
        let ForeignThreat { title, description, categories, target, rating, state, justification, mitigations, number, extra } =
            threat;
        let tool = self.tool;
        let mut record = Threat {
            title,
            description,
            hits: threat_type::hits(&categories),
            categories,
            severity_override: rating.map(|(band, score)| SeverityOverride { band, score, source: tool.to_owned() }),
            source: number.map_or_else(|| tool.to_owned(), |n| format!("{tool} #{n}")),
            extra,
            ..Threat::default()
        };
        let disposition = state.disposition();
        if let Some(target) = target {
            let site = self.site(&target);
            for text in mitigations.iter().filter(|m| !m.trim().is_empty()) {
                let control = self.controls.attach(text, state == State::Mitigated, site, &target, &mut self.ids);
                record.controls.insert(control.to_string(), Link::Primary);
            }
            let decision = Decision { disposition, justification, number, ..Decision::default() };
            if decision != Decision::default() {
                self.model.decisions.insert(ThreatKey::new(id.clone(), target.clone()), decision);
            }
            record.targets.insert(target);
        }
        self.model.threats.insert(id, record);
    }

    /// Where a control against something that happens to this record is naturally attached.
    pub(super) fn site(&self, target: &Id) -> ControlSite {
        if self.model.flows.contains_key(target) {
            ControlSite::Flow
        } else if self.model.boundaries.contains_key(target) {
            ControlSite::Zone
        } else {
            ControlSite::Node
        }
    }
}

/// A severity in the words most tools share; `None` for what says nothing or is no such word.
pub(super) fn band(severity: &str) -> Option<Band> {
    let word: String = severity.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match word.as_str() {
        "critical" | "veryhigh" | "highest" | "extreme" => Band::Critical,
        "high" => Band::High,
        "medium" | "moderate" | "elevated" => Band::Medium,
        "low" | "lowest" => Band::Low,
        "verylow" | "minimal" | "informational" | "info" | "none" => Band::Minimal,
        _ => return None,
    })
}
