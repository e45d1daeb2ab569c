//! Named attacks: kept from a path, how likely they are today, and told as a tree whose steps are taken in order.

use super::path::{AttackPath, How, PathStep, Spot};
use super::tree::leaf_finding;
use crate::model::{AttackScenario, AttackTree, Gate, Id, ScenarioStep, ThreatModel, TreeStep};
use crate::risk::{Assessment, name_of};

/// What has to be told with it: a way of one agent may be less likely than its threats are.
pub const LIKELIEST: &str = "Each threat is as likely as for the agent it is likeliest for.";

/// What a scenario amounts to today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Product of the likelihoods of its threats, with every other step taken as certain. 0 when one of its threats is not
    /// found any more or was ruled out.
    pub p: f64,
    /// Steps that stand for no threat.
    pub certain: usize,
}

/// How likely a scenario is today; `None` without a threat to go by.
pub fn outlook(assessment: &Assessment, scenario: &AttackScenario) -> Option<Outlook> {
    let mut out = Outlook { p: 1.0, certain: 0 };
    for step in &scenario.steps {
        match &step.threat {
            Some(threat) => out.p *= leaf_finding(assessment, threat).map_or(0.0, |finding| finding.current.p),
            None => out.certain += 1,
        }
    }
    (out.certain < scenario.steps.len()).then_some(out)
}

/// A path as a scenario that can be worked on.
pub fn as_scenario(model: &ThreatModel, path: &AttackPath) -> AttackScenario {
    let step = |step: &PathStep| ScenarioStep {
        text: step.told(model),
        at: happens_at(model, step),
        threat: match &step.how {
            How::Threat { threat, .. } => Some(threat.clone()),
            How::Start | How::Holding | How::Unknown(_) => None,
        },
    };
    AttackScenario {
        name: format!("{} by {}", path.goal.told(model), name_of(model, &path.agent)),
        agent: Some(path.agent.clone()),
        steps: path.steps.iter().map(step).collect(),
        ..AttackScenario::default()
    }
}

/// A scenario as a tree: its steps in order.
pub fn as_tree(scenario: &AttackScenario) -> AttackTree {
    let leaf = |step: &ScenarioStep| TreeStep { name: step.text.clone(), threat: step.threat.clone(), ..TreeStep::default() };
    let steps = scenario.steps.iter().map(leaf).collect();
    let root = TreeStep::of(scenario.name.clone(), Gate::Sand, steps);
    AttackTree { description: scenario.description.clone(), root, visibility: scenario.visibility }
}

/// The element, flow or boundary of a step; never an asset, which is no place.
fn happens_at(model: &ThreatModel, step: &PathStep) -> Option<Id> {
    let anchor = match &step.how {
        How::Threat { threat, .. } => Some(threat.anchor.clone()),
        How::Unknown(flow) => Some(flow.clone()),
        How::Start => step.to.id().cloned(),
        How::Holding => step.from.id().cloned(),
    };
    let is_goal = |id: &Id| matches!(&step.to, Spot::Goal(goal) if goal.asset == *id);
    anchor.filter(|id| !is_goal(id) && is_place(model, id))
}

fn is_place(model: &ThreatModel, id: &Id) -> bool {
    model.elements.contains_key(id) || model.flows.contains_key(id) || model.boundaries.contains_key(id)
}
