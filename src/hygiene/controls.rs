//! Checks of controls: evidence, tests, dates, and whether they do anything.

use super::survey::Survey;
use super::{Check, Problem};
use crate::model::{ControlInstance, ControlStatus, EvidenceLevel, Id, Site};
use crate::risk::{Finding, TEST_HOLDS};
use std::collections::BTreeSet;

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let used: BTreeSet<&Id> =
        survey.assessment.findings.values().flat_map(|f| &f.controls).filter_map(|c| c.instance.as_ref()).collect();
    for (id, instance) in &survey.model.instances {
        let name = control_name(survey, instance);
        let mut say = |check, message| found.push(Problem::new(check, id, message));
        let evidence = &instance.evidence;
        if instance.status.is_in_force() {
            if evidence.level == EvidenceLevel::Assumed {
                say(Check::NoEvidence, format!("{name} is in place, but nothing shows it"));
            }
            if evidence.level == EvidenceLevel::Failed {
                say(Check::TestFailed, format!("{name} failed its test"));
            }
            let age = evidence.on.map(|on| on.days_until(survey.today));
            if evidence.level == EvidenceLevel::Tested && age.is_none_or(|age| age > TEST_HOLDS) {
                let when = evidence.on.map_or_else(|| "at an unknown date".to_owned(), |on| format!("on {on}"));
                say(Check::TestFailed, format!("{name} was last tested {when}"));
            }
        }
        if let Some(due) = instance.due.filter(|due| instance.status.is_coming() && *due < survey.today) {
            say(Check::Overdue, format!("{name} was due on {due}"));
        }
        if instance.status != ControlStatus::Retired && !used.contains(id) && !answers_anything(survey, instance) {
            say(Check::Idle, format!("{name} answers no threat where it is attached"));
        }
    }
}

/// "Encryption at rest at Orders", for messages.
pub(super) fn control_name(survey: &Survey<'_>, instance: &ControlInstance) -> String {
    let name = survey.definition(instance).map_or(instance.control.as_str(), |c| c.name.as_str());
    let mut places = instance.at.iter().filter_map(|site| match site {
        Site::Model => None,
        Site::At(id) => Some(survey.name(id)),
    });
    match (places.next(), places.count()) {
        (None, _) => name.to_owned(),
        (Some(one), 0) => format!("{name} at {one}"),
        (Some(one), more) => format!("{name} at {one} and {more} more"),
    }
}

/// Whether a threat at its sites, or next to them, lists it.
fn answers_anything(survey: &Survey<'_>, instance: &ControlInstance) -> bool {
    let lists = |finding: &Finding| finding.about.listed.iter().any(|(control, _)| *control == instance.control);
    let at = |id: &Id| survey.assessment.at(id).any(lists);
    // Detection and response help against everything they watch, listed or not.
    let watches = survey.definition(instance).is_some_and(|c| c.effects.detect || c.effects.respond);
    watches
        || instance.at.iter().any(|site| match site {
            Site::Model => survey.assessment.findings.values().any(lists),
            Site::At(id) if survey.model.boundaries.contains_key(id) => survey.assessment.within(id).any(lists),
            Site::At(id) => at(id) || beside(survey, id).into_iter().any(at),
        })
}

/// Flows at an element and the elements at their other ends; the ends of a flow.
fn beside<'a>(survey: &Survey<'a>, id: &Id) -> Vec<&'a Id> {
    let model = survey.model;
    let ends = |flow: &Id| model.flows.get(flow).into_iter().flat_map(|f| f.from.iter().chain(&f.to));
    let flows = survey.leaving.get(id).into_iter().chain(survey.entering.get(id)).flatten().copied();
    let flows: Vec<&Id> = flows.collect();
    let others = flows.iter().flat_map(|flow| ends(flow)).collect::<Vec<_>>();
    flows.into_iter().chain(others).chain(ends(id)).collect()
}
