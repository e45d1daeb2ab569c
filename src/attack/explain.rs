//! Paths told as an attack tree: any of several sequences, what they begin with in common said once.

use super::odds::Odds;
use super::path::{AttackPath, How, PathStep};
use crate::library::Library;
use crate::model::{AttackTree, Gate, ThreatModel, TreeStep};
use crate::risk::Assessment;

/// The paths to one goal as a tree whose leaves are their threats; `None` without paths.
pub fn explained(model: &ThreatModel, library: &Library, assessment: &Assessment, paths: &[AttackPath]) -> Option<AttackTree> {
    let (goal, agent) = (&paths.first()?.goal, &paths.first()?.agent);
    let odds = Odds::new(model, library, assessment, Some(agent), paths.iter().flat_map(AttackPath::threats));
    let ways: Vec<&[PathStep]> = paths.iter().map(|path| path.steps.as_slice()).collect();
    let mut branches = branches(model, &odds, &ways);
    let name = format!("Reach {}", goal.told(model));
    let root = match branches.len() {
        1 => {
            let only = branches.remove(0);
            if only.is_leaf() { TreeStep::of(name, Gate::Sand, vec![only]) } else { TreeStep { name, ..only } }
        }
        _ => TreeStep::of(name, Gate::Or, branches),
    };
    let who = crate::risk::name_of(model, agent);
    let description = match paths.len() {
        1 => format!("The likeliest way of {who}."),
        many => format!("The {many} likeliest ways of {who}."),
    };
    Some(AttackTree { description, agent: Some(agent.clone()), root, visibility: None })
}

/// One branch for every first step, with what follows it.
fn branches(model: &ThreatModel, odds: &Odds<'_>, ways: &[&[PathStep]]) -> Vec<TreeStep> {
    let mut firsts: Vec<&PathStep> = Vec::new();
    for first in ways.iter().filter_map(|way| way.first()) {
        if !firsts.iter().any(|known| is_same(known, first)) {
            firsts.push(first);
        }
    }
    firsts.into_iter().filter_map(|first| branch(model, odds, first, ways)).collect()
}

fn branch(model: &ThreatModel, odds: &Odds<'_>, first: &PathStep, ways: &[&[PathStep]]) -> Option<TreeStep> {
    let mut shared: Vec<&PathStep> = Vec::new();
    let mut rest: Vec<&[PathStep]> = ways.iter().filter(|way| way.first().is_some_and(|f| is_same(f, first))).copied().collect();
    // What all of them do next is said once.
    while let Some(next) = rest.first().and_then(|way| way.first()) {
        if !rest.iter().all(|way| way.first().is_some_and(|step| is_same(step, next))) {
            break;
        }
        shared.push(next);
        rest = rest.iter().map(|way| way.get(1..).unwrap_or_default()).collect();
    }
    let mut steps: Vec<TreeStep> = shared.iter().map(|step| leaf(model, odds, step)).collect();
    let beyond: Vec<&[PathStep]> = rest.into_iter().filter(|way| !way.is_empty()).collect();
    if !beyond.is_empty() {
        let after = shared.last().map(|step| format!("From {}", step.to.told(model))).unwrap_or_default();
        steps.push(TreeStep::of(after, Gate::Or, branches(model, odds, &beyond)));
    }
    match steps.len() {
        0 => None,
        1 => steps.pop(),
        _ => {
            let name = format!("By way of {}", shared.first()?.to.told(model));
            Some(TreeStep::of(name, Gate::Sand, steps))
        }
    }
}

fn is_same(a: &PathStep, b: &PathStep) -> bool {
    (&a.from, &a.to, &a.how) == (&b.from, &b.to, &b.how)
}

fn leaf(model: &ThreatModel, odds: &Odds<'_>, step: &PathStep) -> TreeStep {
    let name = step.told(model);
    match &step.how {
        How::Threat { threat, .. } => TreeStep { share: odds.share(threat, step.p), ..TreeStep::of_threat(name, threat.clone()) },
        // Not a threat of the model, so its probability is the path's.
        How::Start | How::Holding | How::Unknown(_) => TreeStep { name, p: Some(step.p), ..TreeStep::default() },
    }
}
