//! Fixes of decisions.

use super::{Workshop, most_frequent};
use crate::edit::Edit;
use crate::hygiene::{Check, Problem};
use crate::model::*;
use crate::risk::{self, Finding};

/// Days an acceptance lasts unless somebody says otherwise.
const ACCEPTED_FOR: i64 = 180;
/// Days until a threat should be dealt with, by its band.
const CRITICAL_IN: i64 = 14;
const HIGH_IN: i64 = 30;

impl Workshop<'_> {
    pub(super) fn treatment(&mut self, problem: &Problem) {
        let Some(key) = problem.threat.clone() else { return };
        let decision = self.model.decisions.get(&key).cloned().unwrap_or_default();
        match problem.check {
            Check::OpenWithoutOwner => self.assign(&key.anchor),
            Check::NoControl | Check::OnlyDetective | Check::NoDetective => self.answer_threat(problem.check, &key),
            Check::BareAcceptance => {
                let mut held = decision.clone();
                if held.expires.is_none_or(|end| risk_is_soon(end, self.today)) {
                    held.expires = self.today.after_days(ACCEPTED_FOR);
                }
                let approver = self.model.people.iter().find(|(_, p)| p.roles.contains(&Role::Approver));
                let approver = approver.or_else(|| self.model.people.iter().next()).map(|(id, _)| id.clone());
                held.approver = held.approver.or(approver);
                if held.justification.trim().is_empty() {
                    held.justification = "Accepted until the next review".into();
                }
                if let (Some(approver), Some(end)) = (&held.approver, held.expires) {
                    let label = format!("Approved by {} until {end}", self.model.name_of(approver));
                    self.decide(label, &key, held);
                }
                self.decide("Open it again", &key, reopened(decision));
            }
            Check::Stale => {
                let basis = risk::basis_of(self.model, self.library, &key);
                let holds = Decision { basis, inherited: false, on: Some(self.today), ..decision.clone() };
                self.decide("It still holds", &key, holds);
                self.decide("Open it again", &key, reopened(decision));
            }
            Check::Groundless => self.decide("Open it again", &key, reopened(decision)),
            _ => {}
        }
    }

    fn decide(&mut self, label: impl Into<String>, key: &ThreatKey, decision: Decision) {
        self.offer(label, Edit::Decide { threat: key.clone(), decision });
    }

    /// An owner and a date for every grave threat at an anchor that lacks one.
    fn assign(&mut self, anchor: &Id) {
        let model = self.model;
        let own = model.elements.get(anchor).and_then(|e| e.owner.clone());
        let usual = || most_frequent(model.decisions.values().filter_map(|d| d.owner.clone()));
        let Some(owner) = own.or_else(usual).or_else(|| model.people.keys().next().cloned()) else {
            let fresh = self.ids.fresh();
            let person = Edit::put(
                Key::Person(fresh.clone()),
                Person { name: "System owner".into(), roles: [Role::Owner].into(), ..Person::default() },
            );
            let edits = std::iter::once(person).chain(self.assigned(anchor, &fresh)).collect();
            return self.all("Give them to a system owner", edits);
        };
        let edits = self.assigned(anchor, &owner);
        self.all(format!("Give to {} with a date", model.name_of(&owner)), edits);
    }

    fn assigned(&self, anchor: &Id, owner: &Id) -> Vec<Edit> {
        let grave = |f: &&Finding| f.counts() && f.band() <= Band::High && f.key.anchor == *anchor;
        let findings = self.assessment.findings.values().filter(grave);
        let open = findings.filter(|f| matches!(f.disposition, Disposition::Open | Disposition::Mitigate));
        open.map(|finding| {
            let decision = self.model.decisions.get(&finding.key).cloned().unwrap_or_default();
            let days = if finding.band() == Band::Critical { CRITICAL_IN } else { HIGH_IN };
            let decision = Decision {
                owner: decision.owner.or_else(|| Some(owner.clone())),
                due: decision.due.or_else(|| self.today.after_days(days)),
                ..decision
            };
            Edit::Decide { threat: finding.key.clone(), decision }
        })
        .collect()
    }

    /// Plans the first control the threat lists that fills the gap.
    fn answer_threat(&mut self, check: Check, key: &ThreatKey) {
        let Some(finding) = self.assessment.findings.get(key) else { return };
        let is_wanted = |control: &Control| match check {
            Check::NoDetective => control.effects.detect,
            _ => control.function != ControlFunction::Detective,
        };
        let mut listed: Vec<_> = finding.about.listed.iter().map(|(id, link)| (*link, id.as_str())).collect();
        listed.sort_by_key(|(link, _)| *link);
        if check == Check::NoDetective {
            listed.push((Link::Weak, "C-MON-SIEM"));
        }
        let fitting = listed.into_iter().filter(|(_, id)| self.library.control(self.model, id).is_some_and(is_wanted));
        let fitting: Vec<&str> = fitting.map(|(_, id)| id).take(2).collect();
        for control in fitting {
            let site = risk::natural_site(self.model, self.library, finding, control);
            self.plan_control(control, [site].into());
        }
    }
}

fn reopened(decision: Decision) -> Decision {
    let disposition = Disposition::Open;
    Decision { disposition, approver: None, expires: None, inherited: false, basis: Default::default(), ..decision }
}

fn risk_is_soon(end: Date, today: Date) -> bool {
    today.days_until(end) <= 30
}
