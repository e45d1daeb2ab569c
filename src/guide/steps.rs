//! What each step is measured by.

use super::{Goal, Place, Step};
use crate::hygiene::{Check, Problem, Topic};
use crate::library::Library;
use crate::model::{
    Authn, Band, ControlStatus, Disposition, Element, ElementKind, EvidenceLevel, Id, Layer, NEW_MODEL, Protocol, ThreatModel,
};
use crate::risk::{Assessment, Finding, FindingStatus};
use std::collections::BTreeSet;

pub(super) struct Measure<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    pub assessment: &'a Assessment,
    pub problems: &'a [Problem],
}

impl Measure<'_> {
    pub fn steps(&self) -> Vec<Step> {
        vec![
            Step {
                title: "Scope and people",
                about: "Say what is looked at and what is not, and who takes part.",
                goals: self.scope(),
            },
            Step {
                title: "Assets",
                about: "Name what is worth protecting, and what losing it would cost.",
                goals: self.assets(),
            },
            Step {
                title: "Diagrams",
                about: "Draw what talks to what, where trust changes, and where data enters and leaves.",
                goals: self.diagrams(),
            },
            Step {
                title: "Threat agents",
                about: "Say who attacks, how able they are and where they start.",
                goals: self.agents(),
            },
            Step {
                title: "Threats",
                about: "Found by impact and likelihood; answer the questions that decide which of them apply.",
                goals: self.threats(),
            },
            Step {
                title: "Controls and decisions",
                about: "Look at what stands against each threat, and decide about the rest.",
                goals: self.decisions(),
            },
            Step {
                title: "Test and update",
                about: "Carry the plans out, show that they work, and look again.",
                goals: self.upkeep(),
            },
        ]
    }

    fn scope(&self) -> Vec<Goal> {
        let info = &self.model.info;
        let layers: BTreeSet<Layer> = self.elements().map(|(_, e)| self.library.layer_of(e)).collect();
        let decided = self.elements().count();
        vec![
            said("Name of the model", !matches!(info.name.trim(), "" | NEW_MODEL)),
            said("What is in and out of scope", !info.scope.trim().is_empty()),
            said("Who takes part", !self.model.people.is_empty()),
            // Three layers are usual for the smallest system: something used, something running, something kept.
            Goal { title: "Layers looked at, three or more", done: layers.len().min(3), of: 3, place: Place::Drawing },
            Goal { title: "Elements in scope", done: decided.min(1), of: 1, place: Place::Drawing },
        ]
    }

    fn assets(&self) -> Vec<Goal> {
        let assets = &self.model.assets;
        let valued = assets.values().any(|a| a.c.max(a.i).max(a.a) >= 3);
        let idle = self.open(Check::IdleAsset);
        let stores = || self.elements().filter(|(_, e)| e.kind == ElementKind::DataStore);
        let filled = stores().filter(|(_, e)| !e.holds.is_empty()).count();
        let first = stores().find(|(_, e)| e.holds.is_empty()).map(|(id, _)| id);
        vec![
            said("Something worth protecting, of value 3 or more", valued),
            Goal { title: "Assets kept or carried somewhere", done: assets.len() - idle, of: assets.len(), place: Place::Model },
            Goal { title: "Stores with declared content", done: filled, of: stores().count(), place: at(first) },
        ]
    }

    fn diagrams(&self) -> Vec<Goal> {
        let all = self.elements().count();
        let outside = self.elements().filter(|(_, e)| e.boundary.is_none());
        let first_outside = outside.clone().next().map(|(id, _)| id);
        let flows = || self.model.flows.iter().filter(|(_, f)| f.out_of_scope.is_none());
        let is_said = |f: &crate::model::Flow| f.protocol != Protocol::Unknown && f.authn != Authn::Unknown;
        let unsaid = flows().find(|(_, f)| !is_said(f)).map(|(id, _)| id);
        let loose = flows().find(|(_, f)| f.from.is_none() || f.to.is_none()).map(|(id, _)| id);
        let whole = flows().filter(|(_, f)| f.from.is_some() && f.to.is_some()).count();
        let untagged = self.elements().find(|(_, e)| e.tags.is_empty()).map(|(id, _)| id);
        let tagged = self.elements().filter(|(_, e)| !e.tags.is_empty()).count();
        let points = self.assessment.entry_points.len() + self.assessment.exit_points.len();
        let empty = all == 0;
        vec![
            Goal {
                title: "Elements in a trust boundary",
                done: all - outside.count(),
                of: all.max(1),
                place: if empty { Place::Drawing } else { at(first_outside) },
            },
            Goal {
                title: "Flows with both ends",
                done: whole,
                of: flows().count().max(1),
                place: loose.map_or(Place::Drawing, |id| Place::Item(id.clone())),
            },
            Goal { title: "Elements with technology", done: tagged, of: all, place: at(untagged) },
            Goal {
                title: "Flows with protocol and authentication",
                done: flows().filter(|(_, f)| is_said(f)).count(),
                of: flows().count(),
                place: at(unsaid),
            },
            Goal { title: "Entry and exit points", done: points.min(1), of: 1, place: Place::Drawing },
        ]
    }

    fn agents(&self) -> Vec<Goal> {
        let active = self.model.agents.values().filter(|a| a.active);
        let placed = active.clone().filter(|a| !a.starts.is_empty()).count();
        vec![
            said("An active threat agent", active.clone().next().is_some()),
            Goal { title: "Agents with a start", done: placed, of: active.count(), place: Place::Model },
        ]
    }

    fn threats(&self) -> Vec<Goal> {
        let findings = self.assessment.findings.values();
        let possible =
            findings.clone().filter(|f| f.status == FindingStatus::Possible && f.disposition != Disposition::NotApplicable);
        let found = self.assessment.findings.len();
        vec![
            Goal { title: "Threats found", done: found.min(1), of: 1, place: Place::Threats },
            Goal { title: "Threats sure to apply or not", done: found - possible.count(), of: found, place: Place::Questions },
        ]
    }

    fn decisions(&self) -> Vec<Goal> {
        let grave = self.assessment.findings.values().filter(|f| f.counts() && f.inherent.band <= Band::Medium);
        let is_settled = |f: &&Finding| f.disposition != Disposition::Open || f.band() > Band::Medium;
        let worst = |open: &dyn Fn(&&Finding) -> bool| {
            let open = self.assessment.findings.values().filter(|f| f.counts() && f.band() <= Band::Medium).filter(|f| open(f));
            let worst = open.max_by(|a, b| a.current.score.total_cmp(&b.current.score).then_with(|| b.key.cmp(&a.key)));
            worst.map_or(Place::Threats, |f| Place::Threat(f.key.clone()))
        };
        let severe = self.assessment.findings.values().filter(|f| f.counts() && f.inherent.band <= Band::High);
        let is_answered =
            |f: &&Finding| !f.controls.is_empty() || f.planned.score < f.current.score || f.disposition != Disposition::Open;
        let reviews = self.assessment.findings.values().filter(|f| f.needs_review()).count();
        let decided = self.model.decisions.len();
        vec![
            Goal {
                title: "Critical and high threats with a control, a plan or a decision",
                done: severe.clone().filter(is_answered).count(),
                of: severe.count(),
                place: worst(&|f| !is_answered(f)),
            },
            Goal {
                title: "Medium and graver threats decided or brought down",
                done: grave.clone().filter(is_settled).count(),
                of: grave.count(),
                place: worst(&|f| !is_settled(f)),
            },
            Goal {
                title: "Decisions that still hold",
                done: decided.saturating_sub(reviews),
                of: decided,
                place: Place::Hygiene,
            },
        ]
    }

    fn upkeep(&self) -> Vec<Goal> {
        let wanted = self.model.instances.values().filter(|i| i.status != ControlStatus::Retired);
        let in_place = wanted.clone().filter(|i| matches!(i.status, ControlStatus::Implemented | ControlStatus::Operating));
        let shown =
            in_place.clone().filter(|i| matches!(i.evidence.level, EvidenceLevel::Tested | EvidenceLevel::Reviewed)).count();
        let late = self
            .problems
            .iter()
            .filter(|p| p.check.topic() == Topic::Upkeep || p.check == Check::Overdue || p.check == Check::TestFailed)
            .count();
        vec![
            Goal { title: "Controls carried out", done: in_place.clone().count(), of: wanted.count(), place: Place::Hygiene },
            Goal { title: "Controls tested or reviewed", done: shown, of: in_place.count(), place: Place::Hygiene },
            Goal {
                title: "Reviews, tests and dates that are not late",
                done: usize::from(late == 0),
                of: 1,
                place: Place::Hygiene,
            },
            said("Date of the last review", self.model.info.reviewed.is_some()),
        ]
    }

    fn elements(&self) -> impl Iterator<Item = (&Id, &Element)> + Clone {
        self.model.elements.iter().filter(|(_, e)| e.out_of_scope.is_none())
    }

    fn open(&self, check: Check) -> usize {
        self.problems.iter().filter(|p| p.check == check).count()
    }
}

fn said(title: &'static str, is_said: bool) -> Goal {
    Goal { title, done: usize::from(is_said), of: 1, place: Place::Model }
}

fn at(item: Option<&Id>) -> Place {
    item.map_or(Place::Model, |id| Place::Item(id.clone()))
}
