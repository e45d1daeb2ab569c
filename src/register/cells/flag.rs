//! Which of the words of a register hold for a row.

use crate::model::{AssumptionStatus, ControlStatus, Disposition, Id, Key, VulnerabilityStatus};
use crate::register::{Facts, Flag, Row};
use crate::risk::{Coverage, Finding, FindingStatus};

impl Facts<'_> {
    /// Whether a word of its register holds for a row.
    pub fn is(&self, row: &Row, flag: Flag) -> bool {
        if flag == Flag::Selected {
            return self.places(row).iter().any(|id| self.selected.contains(id));
        }
        match row {
            Row::Threat(key) => self.finding(key).is_some_and(|finding| self.is_threat(finding, flag)),
            Row::Implied(..) => flag == Flag::InForce,
            Row::Question(_) => false,
            Row::Record(key) => self.is_record(key, flag),
        }
    }

    fn is_threat(&self, f: &Finding, flag: Flag) -> bool {
        let decision = || self.model.decisions.get(&f.key);
        match flag {
            Flag::Open => f.disposition == Disposition::Open,
            Flag::Decided => f.disposition != Disposition::Open,
            Flag::Possible => f.status == FindingStatus::Possible,
            Flag::Crossing => self.assessment.crossings.contains_key(&f.key.anchor),
            Flag::Overdue => {
                let is_to_do = matches!(f.disposition, Disposition::Open | Disposition::Mitigate);
                is_to_do && self.is_late(decision().and_then(|d| d.due))
            }
            Flag::Mine => self.is_author(decision().and_then(|d| d.owner.as_ref())),
            Flag::Unowned => decision().is_none_or(|d| d.owner.is_none()),
            Flag::Gap => f.counts() && self.coverages().of(f) == Coverage::Gap,
            Flag::Review => f.needs_review(),
            Flag::Counting => f.counts(),
            _ => false,
        }
    }

    fn is_record(&self, key: &Key, flag: Flag) -> bool {
        let m = self.model;
        let owned = |owner: Option<&Id>| match flag {
            Flag::Mine => self.is_author(owner),
            Flag::Unowned => owner.is_none(),
            _ => false,
        };
        let is_personal = |assets: &std::collections::BTreeSet<Id>| {
            flag == Flag::Personal && assets.iter().filter_map(|id| m.assets.get(id)).any(|asset| asset.is_personal())
        };
        let has_threats =
            |risk: Option<&crate::risk::Rollup>| flag == Flag::Threatened && risk.is_some_and(|risk| risk.counts.total() > 0);
        match key {
            Key::Instance(id) => m.instances.get(id).is_some_and(|i| match flag {
                Flag::InForce => i.status.is_in_force(),
                Flag::Coming => i.status.is_coming(),
                Flag::Retired => i.status == ControlStatus::Retired,
                Flag::Overdue => i.status.is_coming() && self.is_late(i.due),
                _ => owned(i.owner.as_ref()),
            }),
            Key::Vulnerability(id) => {
                flag == Flag::Open && m.vulnerabilities.get(id).is_some_and(|v| v.status != VulnerabilityStatus::Fixed)
            }
            Key::Element(id) => m.elements.get(id).is_some_and(|e| match flag {
                Flag::OutOfScope => e.out_of_scope.is_some(),
                _ => owned(e.owner.as_ref()) || is_personal(&e.holds) || has_threats(self.assessment.rollup_at(id)),
            }),
            Key::Flow(id) => m.flows.get(id).is_some_and(|f| match flag {
                Flag::OutOfScope => f.out_of_scope.is_some(),
                Flag::Crossing => self.assessment.crossings.contains_key(id),
                _ => is_personal(&f.assets) || has_threats(self.assessment.rollup_at(id)),
            }),
            Key::Boundary(id) => m.boundaries.get(id).is_some_and(|b| {
                owned(b.owner.as_ref()) || has_threats(self.assessment.boundaries.get(id).map(|risk| &risk.risk))
            }),
            Key::Asset(id) => m.assets.get(id).is_some_and(|a| {
                let is_personal = flag == Flag::Personal && a.is_personal();
                is_personal || owned(a.owner.as_ref()) || has_threats(self.assessment.assets.get(id))
            }),
            Key::Assumption(id) => m.assumptions.get(id).is_some_and(|a| match flag {
                Flag::Open => a.status == AssumptionStatus::Open,
                _ => owned(a.owner.as_ref()),
            }),
            Key::Person(id) => flag == Flag::Overdue && self.tasks(id, true) > 0,
            _ => false,
        }
    }
}
