//! A playlist made from the model: each boundary, each flow that crosses one, each open threat, each element nobody reviewed.

use crate::model::*;
use crate::risk::{Assessment, Binding, Finding, FindingStatus, name_of};
use std::collections::BTreeSet;

/// Threats that become steps of their own; nobody steps through more, and the register has the rest.
const MOST: usize = 400;

/// Steps through a model as it is now. Threats come by their current risk, the worst first.
pub fn generate(model: &ThreatModel, assessment: &Assessment) -> Vec<PlayStep> {
    let mut steps = boundaries(model);
    steps.extend(crossings(model, assessment));
    steps.extend(threats(model, assessment));
    steps.extend(unreviewed(model));
    steps
}

/// The first diagram, in the order of tabs, on which an item is placed.
fn diagram_of(model: &ThreatModel, item: &Id) -> Option<Id> {
    model.diagram_order().into_iter().find(|diagram| model.placement(diagram, item).is_some())
}

fn step(model: &ThreatModel, part: StepPart, title: String, item: &Id, note: &str) -> Option<PlayStep> {
    let diagram = Some(diagram_of(model, item)?);
    let highlighted = [item.clone()].into();
    Some(PlayStep { title, part, diagram, highlighted, note: note.to_owned(), ..PlayStep::default() })
}

/// Outer ones before those within.
fn boundaries(model: &ThreatModel) -> Vec<PlayStep> {
    let depth =
        |id: &Id| std::iter::successors(Some(id), |id| model.boundaries.get(*id)?.parent.as_ref()).take(MAX_NESTING).count();
    let mut ids: Vec<&Id> = model.boundaries.keys().collect();
    ids.sort_by_cached_key(|id| (depth(id), model.name_of(id).to_lowercase(), (*id).clone()));
    let note = "Who is in here, who may come in, and what checks them? Does the trust level fit?";
    let steps = ids.into_iter().filter_map(|id| {
        let step = step(model, StepPart::Boundaries, name_of(model, id), id, note)?;
        Some(PlayStep { filter: StepFilter::Open, ..step })
    });
    steps.collect()
}

/// Those with the greatest risk first.
fn crossings(model: &ThreatModel, assessment: &Assessment) -> Vec<PlayStep> {
    let peak = |id: &Id| assessment.flows.get(id).map_or(0.0, |risk| risk.peak);
    let mut ids: Vec<&Id> = assessment.crossings.keys().collect();
    ids.sort_by(|a, b| peak(b).total_cmp(&peak(a)).then_with(|| a.cmp(b)));
    let note = "What is carried, who may send it, and what happens to it on the way?";
    let steps = ids.into_iter().filter_map(|id| {
        let step = step(model, StepPart::Crossings, name_of(model, id), id, note)?;
        Some(PlayStep { filter: StepFilter::Open, ..step })
    });
    steps.collect()
}

fn threats(model: &ThreatModel, assessment: &Assessment) -> Vec<PlayStep> {
    let open = assessment.ranked().into_iter().filter(|f| f.counts() && f.disposition == Disposition::Open);
    let steps = open.filter_map(|finding| {
        let step = step(model, StepPart::Threats, finding.title.clone(), &finding.key.anchor, "")?;
        let mut highlighted = step.highlighted;
        if let Some(Binding::Flow { route, .. }) = finding.bindings.get(finding.worst) {
            highlighted.extend(route.0.iter().filter(|flow| model.flows.contains_key(*flow)).cloned());
        }
        Some(PlayStep { highlighted, threat: Some(finding.key.clone()), ..step })
    });
    steps.take(MOST).collect()
}

fn unreviewed(model: &ThreatModel) -> Vec<PlayStep> {
    let unseen = model.elements.iter().filter(|(_, e)| e.reviewed.is_none() && e.out_of_scope.is_none());
    let note = "What does it do, what does it keep, who runs it? Is anything about it missing here?";
    let steps = unseen.filter_map(|(id, _)| step(model, StepPart::Unreviewed, name_of(model, id), id, note));
    steps.collect()
}

/// What a step puts into the light: what it highlights, the ends of flows and the boundaries they cross, and all that is
/// within boundaries.
pub fn in_light(model: &ThreatModel, assessment: &Assessment, step: &PlayStep) -> BTreeSet<Id> {
    let mut lit = step.highlighted.clone();
    for id in &step.highlighted {
        if let Some(flow) = model.flows.get(id) {
            lit.extend(flow.from.iter().chain(&flow.to).cloned());
            lit.extend(assessment.crossings.get(id).into_iter().flat_map(|crossing| crossing.boundaries.iter().cloned()));
        }
        if let Some(boundary) = assessment.boundaries.get(id) {
            // Flows with an end inside lead out into the dark.
            lit.extend(boundary.inside.iter().cloned());
        }
    }
    lit
}

/// The threats a step brings up, worst first: its own, or those at what it highlights that pass its filter.
pub fn threats_of<'a>(assessment: &'a Assessment, step: &PlayStep) -> Vec<&'a Finding> {
    if let Some(threat) = &step.threat {
        return assessment.findings.get(threat).into_iter().collect();
    }
    let passes = |finding: &&Finding| match step.filter {
        StepFilter::All => finding.counts(),
        StepFilter::Open => finding.counts() && finding.disposition == Disposition::Open,
        StepFilter::Grave => finding.counts() && finding.band() <= Band::High,
        StepFilter::Undecided => finding.status == FindingStatus::Possible,
    };
    let mut seen = BTreeSet::new();
    let mut all: Vec<&Finding> = step.highlighted.iter().flat_map(|id| assessment.shown_at(id)).filter(passes).collect();
    all.retain(|finding| seen.insert(&finding.key));
    all.sort_by(|a, b| b.current.score.total_cmp(&a.current.score).then_with(|| a.key.cmp(&b.key)));
    all
}
