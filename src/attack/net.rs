//! The graph as one agent sees it: every edge has a probability.

use super::ground::{Edge, Ground, Place, START, Try};
use super::path::Spot;
use super::positions::From;
use crate::library::{Library, PathNumbers};
use crate::model::{AgentAccess, ThreatAgent};

/// One edge taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hop {
    pub from: usize,
    /// Which of the edges there.
    edge: usize,
    pub to: usize,
    pub p: f64,
    /// −ln p.
    pub cost: f64,
}

pub(super) struct Net<'g, 'l> {
    ground: &'g Ground<'l>,
    starts: Vec<Edge>,
    /// The hops that work at all, by vertex; those of vertex n are from `first[n]` up to `first[n + 1]`.
    hops: Vec<Hop>,
    first: Vec<usize>,
    /// Where hops come from and what they cost, by the vertex they lead to.
    into: Vec<(usize, f64)>,
    first_into: Vec<usize>,
}

/// What decides how likely an edge is for an agent.
struct Eyes<'a> {
    agent: &'a ThreatAgent,
    /// Probability of every opening from outside and from inside.
    chances: Vec<(f64, f64)>,
}

impl<'g, 'l> Net<'g, 'l> {
    pub fn new(ground: &'g Ground<'l>, library: &Library, agent: &'g ThreatAgent) -> Net<'g, 'l> {
        let numbers: &PathNumbers = &library.calibration.paths;
        let chances = ground.openings().iter().map(|opening| {
            let chance = |inside| opening.chance(&library.calibration, agent, inside);
            let inside = chance(true);
            if inside <= numbers.least { (0.0, 0.0) } else { (chance(false), inside) }
        });
        let eyes = Eyes { agent, chances: chances.collect() };
        let starts = agent.starts.iter().flat_map(|id| [Spot::Zone(id.clone()), Spot::Element(id.clone())]);
        let starts = starts.filter_map(|spot| ground.spot(&spot));
        let starts: Vec<Edge> = starts.map(|to| Edge { to, share: numbers.start, by: Try::Start }).collect();
        let (mut hops, mut first) = (Vec::new(), Vec::with_capacity(ground.len() + 1));
        for from in 0..ground.len() {
            first.push(hops.len());
            // A goal is an end.
            if ground.is_goal(from) {
                continue;
            }
            let edges = starts.iter().filter(|_| from == START).chain(ground.edges(from)).enumerate();
            hops.extend(edges.filter_map(|(edge, e)| {
                let p = eyes.p(ground, e);
                (p > 0.0).then(|| Hop { from, edge, to: e.to, p, cost: -p.ln() })
            }));
        }
        first.push(hops.len());
        let (into, first_into) = turned(&hops, ground.len());
        Net { ground, starts, hops, first, into, first_into }
    }

    pub fn ground(&self) -> &'g Ground<'l> {
        self.ground
    }

    /// The edges of a vertex that work at all.
    pub fn hops(&self, at: usize) -> &[Hop] {
        part(&self.hops, &self.first, at)
    }

    /// From where a vertex is reached, at what cost.
    pub fn into(&self, at: usize) -> &[(usize, f64)] {
        part(&self.into, &self.first_into, at)
    }

    /// What a hop is.
    pub fn by(&self, hop: &Hop) -> Option<&Try> {
        let starts = if hop.from == START { self.starts.as_slice() } else { &[] };
        let edge = starts.get(hop.edge).or_else(|| self.ground.edges(hop.from).get(hop.edge - starts.len().min(hop.edge)));
        edge.map(|edge| &edge.by)
    }
}

fn part<'s, T>(all: &'s [T], first: &[usize], at: usize) -> &'s [T] {
    let ends = first.get(at).zip(first.get(at + 1));
    ends.and_then(|(from, to)| all.get(*from..*to)).unwrap_or_default()
}

/// Hops by the vertex they lead to, in their order.
fn turned(hops: &[Hop], width: usize) -> (Vec<(usize, f64)>, Vec<usize>) {
    let mut by_end: Vec<&Hop> = hops.iter().collect();
    by_end.sort_by_key(|hop| hop.to);
    let first = (0..=width).map(|at| by_end.partition_point(|hop| hop.to < at)).collect();
    (by_end.into_iter().map(|hop| (hop.from, hop.cost)).collect(), first)
}

impl Eyes<'_> {
    fn p(&self, ground: &Ground<'_>, edge: &Edge) -> f64 {
        let Try::Attempt(from) = &edge.by else { return edge.share };
        let Some(Place::Opening(n)) = ground.place(edge.to) else { return 0.0 };
        let (outside, inside) = self.chances.get(*n).copied().unwrap_or_default();
        let has = |access| self.agent.access.contains(&access);
        edge.share
            * match from {
                From::Inside => inside,
                From::Outside => outside,
                From::Privileged if has(AgentAccess::Privileged) => outside,
                From::Supplier if has(AgentAccess::Supplier) || self.agent.capability >= 5 => outside,
                From::Physical if has(AgentAccess::Physical) => outside,
                From::Privileged | From::Supplier | From::Physical => 0.0,
            }
    }
}
