//! Named attacks: kept from a path, how likely they are today, and told as a tree whose steps are taken in order.

use super::odds::Odds;
use super::path::{AttackPath, How, PathStep, Spot};
use crate::library::Library;
use crate::model::{AttackScenario, AttackTree, Gate, Id, ScenarioStep, ThreatModel, TreeStep};
use crate::risk::{Assessment, name_of};

/// What a scenario amounts to today.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Product of the likelihoods of its steps. 0 when one of its threats is not found any more or was ruled out.
    pub p: f64,
    /// The likelihood of each step; `None` for one that is taken as certain.
    pub steps: Vec<Option<f64>>,
}

impl Outlook {
    /// How many steps are taken as certain.
    pub fn certain(&self) -> usize {
        self.steps.iter().filter(|step| step.is_none()).count()
    }
}

/// Whose likelihood threats have, to be told with it.
pub fn whose(model: &ThreatModel, agent: Option<&Id>) -> String {
    match agent {
        Some(agent) => format!("Each threat is as likely as for {}.", name_of(model, agent)),
        None => "Each threat is as likely as for the agent it is likeliest for.".to_owned(),
    }
}

/// How likely a scenario is today, for its agent; `None` without a step to go by. The first threat is tried with the access the
/// agent has, those after it from where that led.
pub fn outlook(model: &ThreatModel, library: &Library, assessment: &Assessment, scenario: &AttackScenario) -> Option<Outlook> {
    let threats = scenario.steps.iter().filter_map(|step| step.threat.as_ref());
    let odds = Odds::new(model, library, assessment, scenario.agent.as_ref(), threats);
    let mut is_inside = false;
    let mut steps = Vec::with_capacity(scenario.steps.len());
    for step in &scenario.steps {
        steps.push(match (&step.threat, step.share) {
            (Some(threat), Some(share)) => Some(odds.there(threat) * share),
            (Some(threat), None) if is_inside => Some(odds.there(threat)),
            (Some(threat), None) => Some(odds.outside(threat)),
            (None, _) => step.p,
        });
        is_inside |= step.threat.is_some();
    }
    let p = steps.iter().flatten().product();
    steps.iter().any(Option::is_some).then_some(Outlook { p, steps })
}

/// A path as a scenario that can be worked on; as likely as the path while nothing changes.
pub fn as_scenario(model: &ThreatModel, library: &Library, assessment: &Assessment, path: &AttackPath) -> AttackScenario {
    let odds = Odds::new(model, library, assessment, Some(&path.agent), path.threats());
    let step = |step: &PathStep| {
        let threat = match &step.how {
            How::Threat { threat, .. } => Some(threat.clone()),
            How::Start | How::Holding | How::Unknown(_) => None,
        };
        let share = threat.as_ref().and_then(|threat| odds.share(threat, step.p));
        let p = (threat.is_none() && step.how != How::Start).then_some(step.p);
        ScenarioStep { text: step.told(model), at: happens_at(model, step), threat, p, share }
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
    let leaf = |step: &ScenarioStep| {
        let (threat, share) = (step.threat.clone(), step.share);
        // What a scenario takes as certain is no open question in its tree.
        let p = step.p.or(threat.is_none().then_some(1.0));
        TreeStep { name: step.text.clone(), threat, p, share, ..TreeStep::default() }
    };
    let steps = scenario.steps.iter().map(leaf).collect();
    let root = TreeStep::of(scenario.name.clone(), Gate::Sand, steps);
    let (description, agent, visibility) = (scenario.description.clone(), scenario.agent.clone(), scenario.visibility);
    AttackTree { description, agent, root, visibility }
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
