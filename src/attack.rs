//! How attackers get to what matters: positions an agent can hold, the threats that lead from one to the next, the most
//! likely ways to every goal, where these come together, and the cheapest set of controls that interrupts them.
//!
//! Probabilities along a path are multiplied as if steps were independent ([`CAVEAT`]).

mod cut;
mod dinic;
mod explain;
mod gains;
mod graph;
mod ground;
mod net;
mod path;
mod positions;
mod scenario;
mod search;
mod share;
mod surroundings;
mod tree;
mod yen;

pub use cut::{Cut, Interruption};
pub use explain::explained;
pub use graph::{AttackGraph, GraphEdge, GraphNode, Station, graph};
pub use path::{AttackPath, Goal, How, PathStep, Spot};
pub use scenario::{LIKELIEST, Outlook, as_scenario, as_tree, outlook};
pub use share::{Choke, chokes};
pub use tree::{Estimate, Value, estimate, leaf_finding, percent};

use crate::library::Library;
use crate::model::{Id, ThreatAgent, ThreatKey, ThreatModel};
use crate::progress::Progress;
use crate::risk::Assessment;
use ground::Ground;
use net::Net;
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

/// What has to be told wherever probabilities of paths are shown.
pub const CAVEAT: &str =
    "Probabilities along a path are multiplied as if its steps were independent: they rank paths, they predict nothing.";

/// Paths to each goal that are looked at.
pub const PATHS: usize = 5;

/// For every path that is told so many are looked at, since many differ by what nobody needs.
const LOOKED_AT: usize = 3;

/// Everything an attack on a model can be made of.
pub struct Attacks<'m> {
    model: &'m ThreatModel,
    library: &'m Library,
    ground: Ground<'m>,
}

/// The paths of one agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentPaths {
    pub agent: Id,
    /// The best paths to each goal, those with the greatest risk first; within a goal the likeliest first.
    pub goals: Vec<Vec<AttackPath>>,
    /// Where they come together, the greatest share first.
    pub chokes: Vec<Choke>,
}

impl AgentPaths {
    /// The likeliest path to each goal.
    pub fn best(&self) -> impl Iterator<Item = &AttackPath> {
        self.goals.iter().filter_map(|paths| paths.first())
    }
}

impl<'m> Attacks<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> Attacks<'m> {
        Attacks { model, library, ground: Ground::new(model, library) }
    }

    /// Active agents that start somewhere.
    pub fn agents(&self) -> impl Iterator<Item = &'m Id> {
        self.model.agents.iter().filter(|(_, agent)| agent.active && !agent.starts.is_empty()).map(|(id, _)| id)
    }

    /// The likeliest path of an agent to every goal it can reach, the greatest risk first.
    pub fn best(&self, agent: &Id) -> Vec<AttackPath> {
        let Some((net, agent)) = self.net(agent) else { return Vec::new() };
        let reached = net.everywhere();
        let goals = self.ground.goals().filter_map(|goal| self.told(&net, agent, &reached.way_to(goal)?));
        sorted(goals.collect())
    }

    /// The `k` likeliest paths of an agent to a goal, each without going in circles, the likeliest first.
    pub fn k_best(&self, agent: &Id, goal: &Goal, k: usize) -> Vec<AttackPath> {
        let (Some((net, agent)), Some(goal)) = (self.net(agent), self.ground.goal(goal)) else { return Vec::new() };
        self.taken(&net, agent, goal, (k, k), |_, _| true)
    }

    /// The `k` likeliest of them worth telling: what needs everything that a likelier one needs, and more, is no way of its
    /// own. Who floods a service from outside has no use for a stolen account first.
    pub fn ways(&self, agent: &Id, goal: &Goal, k: usize) -> Vec<AttackPath> {
        let (Some((net, agent)), Some(goal)) = (self.net(agent), self.ground.goal(goal)) else { return Vec::new() };
        self.distinct(&net, agent, goal, k)
    }

    fn distinct(&self, net: &Net<'_, 'm>, agent: &Id, goal: usize, k: usize) -> Vec<AttackPath> {
        self.taken(net, agent, goal, (k, k * LOOKED_AT), |known, path| {
            let needs = path.needs();
            !known.iter().any(|other| other.needs().is_subset(&needs))
        })
    }

    /// The first `k` paths to a goal that are wanted beside those before, of at most `most`.
    fn taken(
        &self,
        net: &Net<'_, 'm>,
        agent: &Id,
        goal: usize,
        (k, most): (usize, usize),
        is_wanted: impl Fn(&[AttackPath], &AttackPath) -> bool,
    ) -> Vec<AttackPath> {
        let mut out = Vec::new();
        if k == 0 {
            return out;
        }
        let mut looked = 0;
        yen::ways(net, goal, |way| {
            looked += 1;
            let path = self.told(net, agent, way).filter(|path| is_wanted(&out, path));
            out.extend(path);
            if out.len() >= k || looked >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        out
    }

    /// The likeliest path of an agent to a goal that needs none of these threats.
    pub fn avoiding(&self, agent: &Id, goal: &Goal, threats: &BTreeSet<&ThreatKey>) -> Option<AttackPath> {
        let ((net, agent), goal) = (self.net(agent)?, self.ground.goal(goal)?);
        let closed = self.ground.tries_of(|opening| threats.contains(&opening.threat));
        let way = search::search(&net, ground::START, Some(goal), &HashSet::new(), &closed).way_to(goal)?;
        self.told(&net, agent, &way)
    }

    /// The paths of an agent, `k` for each of its `goals` riskiest goals, and where they come together. `None` when
    /// cancelled.
    pub fn paths(&self, agent: &Id, goals: usize, k: usize, progress: &dyn Progress) -> Option<AgentPaths> {
        let mut out = AgentPaths { agent: agent.clone(), goals: Vec::new(), chokes: Vec::new() };
        let Some((net, id)) = self.net(agent) else { return Some(out) };
        for (n, best) in self.best(agent).into_iter().enumerate() {
            if progress.cancelled() {
                return None;
            }
            progress.report(n as f32 / goals.max(1) as f32, "Looking for attack paths");
            let goal = self.ground.goal(&best.goal).filter(|_| n < goals && k > 1);
            let ways = goal.map(|goal| self.distinct(&net, id, goal, k)).unwrap_or_default();
            out.goals.push(if ways.is_empty() { vec![best] } else { ways });
        }
        out.chokes = chokes(out.goals.iter().flatten());
        Some(out)
    }

    /// The cheapest set of controls that interrupts every path of an agent to a goal from probability `least` on.
    pub fn cut(&self, agent: &Id, goal: &Goal, assessment: &Assessment, least: f64) -> Option<Cut> {
        let ((net, _), at) = (self.net(agent)?, self.ground.goal(goal)?);
        cut::cut(self.model, self.library, &net, at, assessment, least)
    }

    fn net(&self, agent: &Id) -> Option<(Net<'_, 'm>, &'m Id)> {
        let (id, agent): (&Id, &ThreatAgent) = self.model.agents.get_key_value(agent)?;
        Some((Net::new(&self.ground, self.library, agent), id))
    }

    fn told(&self, net: &Net<'_, '_>, agent: &Id, way: &[net::Hop]) -> Option<AttackPath> {
        path::told(self.model, self.library, net, agent, way)
    }
}

fn sorted(mut paths: Vec<AttackPath>) -> Vec<AttackPath> {
    paths.sort_by(|a, b| b.risk.total_cmp(&a.risk).then_with(|| a.goal.cmp(&b.goal)));
    paths
}
