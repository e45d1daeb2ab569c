//! How attackers get to what matters: positions an agent can hold, the threats that lead from one to the next, the most
//! likely ways to every goal, where these come together, and the cheapest set of controls that interrupts them.
//!
//! Probabilities along a path are multiplied as if steps were independent ([`CAVEAT`]).

mod attacker;
mod cut;
mod dinic;
mod explain;
mod gains;
mod graph;
mod ground;
mod net;
mod odds;
mod path;
mod positions;
mod scenario;
mod search;
mod share;
mod surroundings;
mod tree;
mod yen;

pub use attacker::Attacker;
pub use cut::{Cut, Cuts, Interruption};
pub use explain::explained;
pub use graph::{AttackGraph, GraphEdge, GraphNode, Station, graph};
pub use odds::Odds;
pub use path::{AttackPath, Goal, How, PathStep, Spot};
pub use scenario::{Outlook, as_scenario, as_tree, outlook, whose};
pub use share::{Choke, chokes};
pub use tree::{Estimate, Value, estimate, leaf_finding, percent};

use crate::library::Library;
use crate::model::{Id, ThreatModel};
use crate::progress::Progress;
use ground::Ground;
use surroundings::Surroundings;

/// What has to be told wherever probabilities of paths are shown.
pub const CAVEAT: &str =
    "Probabilities along a path are multiplied as if its steps were independent: they rank paths, they predict nothing.";

/// What has to be told wherever people's own trees and scenarios are shown.
pub const TREE_CAVEAT: &str = "Probabilities are combined as if steps were independent: they rank attacks, they predict nothing.";

/// Paths to each goal that are looked at.
pub const PATHS: usize = 5;

/// Everything an attack on a model can be made of.
pub struct Attacks<'m> {
    model: &'m ThreatModel,
    library: &'m Library,
    around: Surroundings<'m>,
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
    /// The paths to each goal, those goals together that are reached in the same ways.
    pub fn alike(&self) -> Vec<Vec<&[AttackPath]>> {
        let mut out: Vec<Vec<&[AttackPath]>> = Vec::new();
        for ways in &self.goals {
            let is_alike = |other: &[AttackPath]| ways.len() == other.len() && ways.iter().zip(other).all(|(a, b)| a.is_alike(b));
            match out.iter_mut().find(|group| group.first().is_some_and(|first| is_alike(first))) {
                Some(group) => group.push(ways),
                None => out.push(vec![ways]),
            }
        }
        out
    }

    /// The likeliest path to each goal.
    pub fn best(&self) -> impl Iterator<Item = &AttackPath> {
        self.goals.iter().filter_map(|paths| paths.first())
    }
}

impl<'m> Attacks<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> Attacks<'m> {
        let around = Surroundings::new(model, library);
        let ground = Ground::new(&around, library);
        Attacks { model, library, around, ground }
    }

    /// Active agents that start somewhere.
    pub fn agents(&self) -> impl Iterator<Item = &'m Id> {
        self.model.agents.iter().filter(|(_, agent)| agent.active && !agent.starts.is_empty()).map(|(id, _)| id)
    }

    /// One of them about to attack.
    pub fn attacker(&self, agent: &Id) -> Option<Attacker<'_, 'm>> {
        Attacker::new(self, agent)
    }

    /// See [`Attacker::best`].
    pub fn best(&self, agent: &Id) -> Vec<AttackPath> {
        self.attacker(agent).map(|attacker| attacker.best()).unwrap_or_default()
    }

    /// See [`Attacker::k_best`].
    pub fn k_best(&self, agent: &Id, goal: &Goal, k: usize) -> Vec<AttackPath> {
        self.attacker(agent).map(|attacker| attacker.k_best(goal, k)).unwrap_or_default()
    }

    /// See [`Attacker::ways`].
    pub fn ways(&self, agent: &Id, goal: &Goal, k: usize) -> Vec<AttackPath> {
        self.attacker(agent).map(|attacker| attacker.ways(goal, k)).unwrap_or_default()
    }

    /// See [`Attacker::paths`].
    pub fn paths(&self, agent: &Id, goals: usize, k: usize, progress: &dyn Progress) -> Option<AgentPaths> {
        match self.attacker(agent) {
            Some(attacker) => attacker.paths(goals, k, progress),
            None => Some(AgentPaths { agent: agent.clone(), goals: Vec::new(), chokes: Vec::new() }),
        }
    }
}
