//! The attack graph: everything the ways of agents pass, from agents over their entry points and elements to assets.

use super::path::{AttackPath, Spot};
use crate::model::{Dimension, Id, ThreatModel};
use crate::risk::name_of;
use std::collections::{BTreeMap, BTreeSet};

/// What stands at a vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    Agent,
    /// The first position of an agent: where it starts, or gets in from outside.
    Entry,
    /// An element or boundary on the way.
    Position,
    Asset,
}

/// A vertex: an agent, element, boundary or asset.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNode {
    pub id: Id,
    pub station: Station,
    /// Probability of the likeliest way that leads here; 1 for agents.
    pub p: f64,
    /// In which ways an asset is harmed here.
    pub dimensions: BTreeSet<Dimension>,
}

/// Steps from one vertex to another.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphEdge {
    /// Numbers of vertices.
    pub from: usize,
    pub to: usize,
    /// Of the likeliest of these steps.
    pub p: f64,
    /// What is done, the likeliest first.
    pub told: Vec<String>,
}

/// The graph of some paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttackGraph {
    pub nodes: Vec<GraphNode>,
    pub edges: Vec<GraphEdge>,
}

impl Station {
    pub fn label(self) -> &'static str {
        match self {
            Station::Agent => "agent",
            Station::Entry => "entry point",
            Station::Position => "element",
            Station::Asset => "asset",
        }
    }
}

impl GraphNode {
    /// "Orders (confidentiality, integrity)", or the name alone.
    pub fn told(&self, model: &ThreatModel) -> String {
        let name = name_of(model, &self.id);
        let harmed: Vec<&str> = self.dimensions.iter().map(|dimension| dimension.label()).collect();
        if harmed.is_empty() { name } else { format!("{name} ({})", harmed.join(", ")) }
    }
}

impl AttackGraph {
    /// The column of each vertex: agents in the first, assets in the last, every other one after what leads to it. What leads
    /// back to where it came from has no say.
    pub fn columns(&self) -> Vec<usize> {
        let order = self.order();
        let mut out = vec![0; self.nodes.len()];
        let place = |n: usize| order.iter().position(|at| *at == n);
        let column = |out: &[usize], n: usize| out.get(n).copied().unwrap_or_default();
        for at in &order {
            for edge in self.edges.iter().filter(|edge| edge.from == *at && place(edge.to) > place(*at)) {
                let after = column(&out, *at) + 1;
                out.iter_mut().skip(edge.to).take(1).for_each(|known| *known = after.max(*known));
            }
        }
        let is_asset = |n: usize| self.nodes.get(n).is_some_and(|node| node.station == Station::Asset);
        let last = (0..out.len()).filter(|n| !is_asset(*n)).map(|n| column(&out, n) + 1).max().unwrap_or_default();
        out.iter_mut().enumerate().filter(|(n, _)| is_asset(*n)).for_each(|(_, known)| *known = last);
        out
    }

    /// All vertices, each before those it leads to, but for what leads back: the end of a walk in depth, backwards.
    fn order(&self) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut out = Vec::with_capacity(self.nodes.len());
        let mut starts: Vec<usize> = (0..self.nodes.len()).collect();
        starts.sort_by_key(|n| self.nodes.get(*n).map(|node| node.station));
        for start in starts {
            // Each with how many of its edges were followed.
            let mut way = vec![(start, 0)];
            while let Some((at, followed)) = way.pop() {
                let is_new = seen.get(at).is_some_and(|seen| !seen);
                if followed == 0 && !is_new {
                    continue;
                }
                seen.iter_mut().skip(at).take(1).for_each(|seen| *seen = true);
                match self.edges.iter().filter(|edge| edge.from == at).nth(followed) {
                    Some(edge) => way.extend([(at, followed + 1), (edge.to, 0)]),
                    None => out.push(at),
                }
            }
        }
        out.reverse();
        out
    }
}

/// Puts paths over one another. The same paths give the same graph in whatever order they come.
pub fn graph<'p>(model: &ThreatModel, paths: impl IntoIterator<Item = &'p AttackPath>) -> AttackGraph {
    let mut nodes: BTreeMap<&Id, GraphNode> = BTreeMap::new();
    let mut steps: BTreeMap<(&Id, &Id), BTreeMap<String, f64>> = BTreeMap::new();
    for path in paths {
        pass(&mut nodes, &path.agent, Station::Agent, 1.0);
        let (mut here, mut p) = (&path.agent, 1.0);
        for step in &path.steps {
            p *= step.p;
            let Some(there) = step.to.id() else { continue };
            let station = match step.to {
                Spot::Goal(_) => Station::Asset,
                _ if *here == path.agent => Station::Entry,
                _ => Station::Position,
            };
            let node = pass(&mut nodes, there, station, p);
            if let Spot::Goal(goal) = &step.to {
                node.dimensions.insert(goal.dimension);
            }
            let known = steps.entry((here, there)).or_default().entry(step.told(model)).or_insert(step.p);
            *known = known.max(step.p);
            here = there;
        }
    }
    let number: BTreeMap<&Id, usize> = nodes.keys().enumerate().map(|(n, id)| (*id, n)).collect();
    let edges = steps.into_iter().filter_map(|((from, to), told)| {
        let mut told: Vec<(String, f64)> = told.into_iter().collect();
        told.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let p = told.first()?.1;
        Some(GraphEdge {
            from: *number.get(from)?,
            to: *number.get(to)?,
            p,
            told: told.into_iter().map(|(told, _)| told).collect(),
        })
    });
    AttackGraph { edges: edges.collect(), nodes: nodes.into_values().collect() }
}

/// A vertex that a way passes with this probability.
fn pass<'m, 'p>(nodes: &'m mut BTreeMap<&'p Id, GraphNode>, id: &'p Id, station: Station, p: f64) -> &'m mut GraphNode {
    let fresh = || GraphNode { id: id.clone(), station, p, dimensions: BTreeSet::new() };
    let node = nodes.entry(id).or_insert_with(fresh);
    // Where one agent gets in is an entry point, whatever it is to others.
    node.station = node.station.min(station);
    node.p = node.p.max(p);
    node
}
