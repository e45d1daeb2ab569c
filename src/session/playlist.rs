//! A playlist made from the model: the whole picture, each boundary, each flow that crosses one, each open threat, each element
//! nobody reviewed; all of them, or as many of each as a meeting has time for.

use crate::model::*;
use crate::risk::{Assessment, Binding, Finding, FindingStatus, name_of};
use std::collections::{BTreeMap, BTreeSet};

/// How much is gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// What ninety minutes have room for: the gravest of every part.
    #[default]
    Gravest,
    All,
}

impl Scope {
    pub fn other(self) -> Scope {
        match self {
            Scope::Gravest => Scope::All,
            Scope::All => Scope::Gravest,
        }
    }

    /// How many steps a part has at most.
    fn most(self, part: StepPart) -> usize {
        match (self, part) {
            // Nobody steps through more threats, and the register has the rest.
            (Scope::All, StepPart::Threats) => 400,
            (Scope::All, _) => usize::MAX,
            (Scope::Gravest, StepPart::Overview) => 2,
            (Scope::Gravest, StepPart::Boundaries) => 6,
            (Scope::Gravest, StepPart::Threats) => 15,
            (Scope::Gravest, _) => 8,
        }
    }
}

/// Steps through a model as it is now. Of each part the gravest are taken; threats come by their current risk, the worst first.
pub fn generate(model: &ThreatModel, assessment: &Assessment, scope: Scope) -> Vec<PlayStep> {
    let parts = [overview(model), boundaries(model, assessment, scope), crossings(model, assessment)];
    let mut steps: Vec<PlayStep> = parts.into_iter().flat_map(|part| within(scope, part)).collect();
    steps.extend(threats(model, assessment, scope.most(StepPart::Threats)));
    steps.extend(within(scope, unreviewed(model, assessment)));
    steps
}

fn within(scope: Scope, part: Vec<PlayStep>) -> impl Iterator<Item = PlayStep> {
    let most = part.first().map_or(0, |step| scope.most(step.part));
    part.into_iter().take(most)
}

/// Steps for another scope: what was only suggested comes and goes; what people made, moved a view of, noted or left out stays,
/// and so does the order.
pub fn rescoped(model: &ThreatModel, assessment: &Assessment, steps: &[PlayStep], scope: Scope) -> Vec<PlayStep> {
    let about = |step: &PlayStep| (step.part, step.diagram.clone(), step.threat.clone(), step.highlighted.clone());
    let all = generate(model, assessment, Scope::All);
    let suggested: BTreeMap<_, &PlayStep> = all.iter().map(|step| (about(step), step)).collect();
    let wanted = generate(model, assessment, scope);
    let kept: BTreeSet<_> = wanted.iter().map(about).collect();
    let stays = |step: &&PlayStep| kept.contains(&about(step)) || suggested.get(&about(step)).is_none_or(|own| own != step);
    let mut out: Vec<PlayStep> = steps.iter().filter(stays).cloned().collect();
    let is_same = |a: &PlayStep, b: &PlayStep| {
        (a.part, &a.threat, &a.diagram, &a.highlighted) == (b.part, &b.threat, &b.diagram, &b.highlighted)
    };
    // What comes takes its place behind what it follows in the whole list.
    let mut next = 0;
    for step in wanted {
        next = match out.iter().position(|other| is_same(other, &step)) {
            Some(at) => at + 1,
            None => {
                let at = next.min(out.len());
                out.insert(at, step);
                at + 1
            }
        };
    }
    out
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

/// Every diagram as a whole.
fn overview(model: &ThreatModel) -> Vec<PlayStep> {
    let is_drawn = |diagram: &Id| model.placements.keys().any(|key| key.diagram == *diagram);
    let note = "What is it for, who uses it, what must never happen? What is left out on purpose?";
    let step = |diagram: Id| {
        let title = match model.name_of(&diagram).trim() {
            "" => "The whole picture".to_owned(),
            name => name.to_owned(),
        };
        PlayStep {
            title,
            part: StepPart::Overview,
            diagram: Some(diagram),
            filter: StepFilter::Open,
            note: note.to_owned(),
            ..PlayStep::default()
        }
    };
    model.diagram_order().into_iter().filter(is_drawn).map(step).collect()
}

/// Those with the greatest risk; outer ones before those within.
fn boundaries(model: &ThreatModel, assessment: &Assessment, scope: Scope) -> Vec<PlayStep> {
    let depth =
        |id: &Id| std::iter::successors(Some(id), |id| model.boundaries.get(*id)?.parent.as_ref()).take(MAX_NESTING).count();
    let load = |id: &Id| assessment.boundaries.get(id).map_or(0.0, |inside| inside.risk.load);
    let mut ids: Vec<&Id> = model.boundaries.keys().filter(|id| diagram_of(model, id).is_some()).collect();
    ids.sort_by(|a, b| load(b).total_cmp(&load(a)).then_with(|| a.cmp(b)));
    ids.truncate(scope.most(StepPart::Boundaries));
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

fn threats(model: &ThreatModel, assessment: &Assessment, most: usize) -> Vec<PlayStep> {
    let open = assessment.ranked().into_iter().filter(|f| f.counts() && f.disposition == Disposition::Open);
    let steps = open.filter_map(|finding| {
        let step = step(model, StepPart::Threats, finding.title.clone(), &finding.key.anchor, "")?;
        let mut highlighted = step.highlighted;
        if let Some(Binding::Flow { route, .. }) = finding.bindings.get(finding.worst) {
            highlighted.extend(route.legs().iter().filter(|flow| model.flows.contains_key(*flow)).cloned());
        }
        Some(PlayStep { highlighted, threat: Some(finding.key.clone()), ..step })
    });
    steps.take(most).collect()
}

/// Those with the greatest risk first.
fn unreviewed(model: &ThreatModel, assessment: &Assessment) -> Vec<PlayStep> {
    let peak = |id: &Id| assessment.elements.get(id).map_or(0.0, |there| there.risk.peak);
    let mut ids: Vec<&Id> =
        model.elements.iter().filter(|(_, e)| e.reviewed.is_none() && e.out_of_scope.is_none()).map(|(id, _)| id).collect();
    ids.sort_by(|a, b| peak(b).total_cmp(&peak(a)).then_with(|| a.cmp(b)));
    let note = "What does it do, what does it keep, who runs it? Is anything about it missing here?";
    let steps = ids.into_iter().filter_map(|id| step(model, StepPart::Unreviewed, name_of(model, id), id, note));
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
