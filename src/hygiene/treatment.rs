//! Checks of what was decided about threats.

use super::survey::Survey;
use super::{Check, Problem};
use crate::model::{Band, ControlFunction, ControlStatus, Disposition, Id, ThreatKey};
use crate::risk::Finding;
use std::collections::BTreeMap;

/// Days before its end from which an acceptance is told.
const SOON: i64 = 30;

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let mut grave: BTreeMap<(Check, &Id), Vec<&Finding>> = BTreeMap::new();
    for finding in survey.assessment.findings.values() {
        let anchor = &finding.key.anchor;
        if finding.counts() && finding.band() <= Band::High && is_to_be_treated(finding.disposition) {
            for check in lacks(survey, finding) {
                grave.entry((check, anchor)).or_default().push(finding);
            }
        }
        if finding.needs_review() {
            let why = finding.stale.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            let why = if why.is_empty() { "it came with a copy".to_owned() } else { why };
            let message = format!("{} on {}: {why}", finding.title, survey.name(anchor));
            found.push(Problem::of_threat(Check::Stale, &finding.key, message));
        }
    }
    // One line an element, or the list would be as long as the register.
    for ((check, anchor), mut findings) in grave {
        findings.sort_by(|a, b| b.current.score.total_cmp(&a.current.score).then_with(|| a.key.cmp(&b.key)));
        let Some(worst) = findings.first() else { continue };
        let what = match check {
            Check::OpenWithoutOwner => "without owner or date",
            Check::NoControl => "without any control",
            Check::OnlyDetective => "that would only be noticed",
            _ => "nobody would notice",
        };
        let n = findings.len();
        let threats = if n == 1 { "threat" } else { "threats" };
        let message = format!("{}: {n} critical or high {threats} {what}", survey.name(anchor));
        found.push(Problem::of_threat(check, &worst.key, message));
    }
    decisions(survey, found);
}

fn is_to_be_treated(disposition: Disposition) -> bool {
    matches!(disposition, Disposition::Open | Disposition::Mitigate)
}

/// What a grave threat lacks.
fn lacks(survey: &Survey<'_>, finding: &Finding) -> Vec<Check> {
    let decision = survey.model.decisions.get(&finding.key);
    let mut checks = Vec::new();
    if decision.is_none_or(|d| d.owner.is_none() || d.due.is_none()) {
        checks.push(Check::OpenWithoutOwner);
    }
    let used = || finding.controls.iter().filter_map(|c| survey.library.control(survey.model, &c.control));
    // What is planned against it is being seen to.
    let is_planned = finding.planned.score < finding.current.score;
    if finding.controls.is_empty() && !is_planned {
        checks.push(Check::NoControl);
    } else if !is_planned && used().all(|c| c.function == ControlFunction::Detective) {
        checks.push(Check::OnlyDetective);
    }
    let is_noticed = || used().any(|c| c.effects.detect) || watched(survey, &finding.key.anchor);
    if !finding.controls.is_empty() && !is_noticed() {
        checks.push(Check::NoDetective);
    }
    checks
}

/// True when a detective control is attached over the anchor, or planned there.
fn watched(survey: &Survey<'_>, anchor: &Id) -> bool {
    let over = |id: &Id| {
        survey.controls_over(id).any(|(_, instance)| {
            instance.status != ControlStatus::Retired && survey.definition(instance).is_some_and(|c| c.effects.detect)
        })
    };
    let ends = survey.model.flows.get(anchor).map(|f| [f.from.as_ref(), f.to.as_ref()]);
    over(anchor) || ends.into_iter().flatten().flatten().any(over)
}

fn decisions(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    for (key, decision) in &survey.model.decisions {
        let Some(finding) = survey.assessment.findings.get(key) else { continue };
        let what = format!("{} on {}", finding.title, survey.name(&key.anchor));
        match decision.disposition {
            Disposition::Accept => {
                let missing: Vec<&str> = [
                    (decision.approver.is_none(), "an approver"),
                    (decision.expires.is_none(), "an end"),
                    (decision.justification.trim().is_empty(), "a reason"),
                ]
                .iter()
                .filter(|(is_missing, _)| *is_missing)
                .map(|(_, what)| *what)
                .collect();
                if !missing.is_empty() {
                    let message = format!("{what}: accepted without {}", missing.join(" and "));
                    found.push(Problem::of_threat(Check::BareAcceptance, key, message));
                }
                if let Some(end) = decision.expires {
                    ending(key, &what, survey.today.days_until(end), found);
                }
            }
            Disposition::NotApplicable if decision.justification.trim().is_empty() => {
                found.push(Problem::of_threat(Check::Groundless, key, format!("{what}: ruled out without a reason")));
            }
            _ => {}
        }
    }
}

fn ending(key: &ThreatKey, what: &str, days: i64, found: &mut Vec<Problem>) {
    let message = match days {
        i64::MIN..0 => format!("{what}: the acceptance has expired"),
        0..=SOON => format!("{what}: the acceptance ends in {days} days"),
        _ => return,
    };
    found.push(Problem::of_threat(Check::BareAcceptance, key, message));
}
