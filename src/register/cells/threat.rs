//! Threats.

use crate::model::{Band, Disposition, IMPACT_LABELS, Id, LIKELIHOOD_LABELS};
use crate::register::{Cell, Column, Facts};
use crate::risk::{AnchorKind, Coverage, Finding, FindingSource, FindingStatus, Rating};

/// What was decided and how far that is, in a word, in the order in which it is looked after.
const TREATMENTS: [&str; 10] = [
    "Open",
    "Open, expired",
    "To mitigate",
    "Planned",
    "Mitigated",
    "Accepted",
    "Transferred",
    "Avoided",
    "Not applicable",
    "Possible",
];

impl Facts<'_> {
    pub(in crate::register) fn threat_cell(&self, f: &Finding, column: Column) -> Cell {
        let decision = self.model.decisions.get(&f.key);
        match column {
            Column::Id => Cell::Text(f.label()),
            Column::Name => Cell::text(&f.title),
            Column::Place => Cell::Text(self.name(&f.key.anchor)),
            Column::Boundary => self.home(f).map_or(Cell::Nothing, |id| Cell::Text(self.name(&id))),
            Column::Layer => Cell::Choice(f.layer.label(), f.layer as usize),
            Column::Category if f.about.categories.is_empty() => Cell::Nothing,
            Column::Category => Cell::Categories(f.about.categories.to_vec()),
            Column::Inherent => score(&f.inherent),
            Column::Current => score(&f.current),
            Column::Planned => score(&f.planned),
            Column::Rating => self.rated(&f.key).map_or(Cell::Nothing, |rated| Cell::Rated(rated.told, rated.score, rated.band)),
            Column::Level => Cell::Level(f.current.band),
            Column::LevelBefore => Cell::Level(f.inherent.band),
            Column::LevelPlanned => Cell::Level(f.planned.band),
            Column::Likelihood => likelihood(&f.current),
            Column::LikelihoodBefore => likelihood(&f.inherent),
            Column::LikelihoodPlanned => likelihood(&f.planned),
            Column::Impact => impact(&f.current),
            Column::ImpactBefore => impact(&f.inherent),
            Column::ImpactPlanned => impact(&f.planned),
            Column::Status => {
                let at = treatment(f);
                TREATMENTS.get(at).map_or(Cell::Nothing, |word| Cell::Choice(word, at))
            }
            Column::Coverage if f.counts() => {
                let coverage = self.coverages().of(f);
                Cell::Choice(coverage.label(), Coverage::ALL.iter().position(|c| *c == coverage).unwrap_or_default())
            }
            Column::Owner => self.person(decision.and_then(|d| d.owner.as_ref())),
            Column::Due => Cell::day(decision.and_then(|d| d.due)),
            Column::Expires => Cell::day(decision.and_then(|d| d.expires)),
            Column::Approver => self.person(decision.and_then(|d| d.approver.as_ref())),
            Column::Why => Cell::text(decision.map_or("", |d| &d.justification)),
            Column::Ticket => Cell::text(decision.map_or("", |d| &d.ticket)),
            Column::Controls => {
                let mut names: Vec<String> = f.controls.iter().map(|c| self.control_label(&c.control)).collect();
                names.dedup();
                Cell::several(names)
            }
            Column::Assets => self.names(f.assets.iter()),
            Column::Agent => f.agent.as_ref().map_or(Cell::Nothing, |id| Cell::Text(self.name(id))),
            Column::Cwe => Cell::several(f.about.cwe.iter().map(|n| format!("CWE-{n}"))),
            Column::Source => match &f.about.source {
                FindingSource::Rule { pack } => Cell::text(pack),
                FindingSource::Manual { from } if from.is_empty() => Cell::Text("by hand".to_owned()),
                FindingSource::Manual { from } => Cell::text(from),
            },
            _ => Cell::Nothing,
        }
    }

    /// The innermost boundary a threat lies in; a flow only where both its ends do.
    pub fn home(&self, f: &Finding) -> Option<Id> {
        let m = self.model;
        let of = |element: &Option<Id>| element.as_ref().and_then(|id| m.elements.get(id)).and_then(|e| e.boundary.clone());
        match f.anchor {
            AnchorKind::Boundary => Some(f.key.anchor.clone()),
            AnchorKind::Element => of(&Some(f.key.anchor.clone())),
            AnchorKind::Flow => {
                let flow = m.flows.get(&f.key.anchor)?;
                let (from, to) = (of(&flow.from), of(&flow.to));
                from.filter(|from| to.as_ref() == Some(from))
            }
        }
    }

    fn control_label(&self, control: &str) -> String {
        self.library.control(self.model, control).map_or_else(|| control.to_owned(), |c| c.name.clone())
    }
}

fn score(rating: &Rating) -> Cell {
    Cell::Score(rating.score, rating.band)
}

fn likelihood(rating: &Rating) -> Cell {
    let level = usize::from(rating.likelihood.max(1));
    LIKELIHOOD_LABELS.get(level - 1).map_or(Cell::Nothing, |label| Cell::Choice(label, level))
}

/// What has nothing at stake is counted with the least.
fn impact(rating: &Rating) -> Cell {
    let level = usize::from(rating.impact.max(1));
    IMPACT_LABELS.get(level - 1).map_or(Cell::Nothing, |label| Cell::Choice(label, level))
}

fn treatment(f: &Finding) -> usize {
    match f.disposition {
        _ if f.status == FindingStatus::Possible => 9,
        Disposition::Open => usize::from(f.lapsed.is_some()),
        Disposition::Mitigate if f.planned.score < f.current.score => 3,
        Disposition::Mitigate if is_better(f.current.band, f.inherent.band) => 4,
        Disposition::Mitigate => 2,
        Disposition::Accept => 5,
        Disposition::Transfer => 6,
        Disposition::Avoid => 7,
        Disposition::NotApplicable => 8,
    }
}

fn is_better(now: Band, before: Band) -> bool {
    now > before
}
