//! The graph as one agent sees it: every edge has a probability.

use super::ground::{Edge, Ground, Place, START, Try};
use super::path::Spot;
use super::positions::From;
use super::search::{Reached, search};
use crate::library::{Library, PathNumbers};
use crate::model::{AgentAccess, ThreatAgent};

/// One edge taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hop {
    pub from: usize,
    /// Which of the edges there.
    pub edge: usize,
    pub to: usize,
    pub p: f64,
}

pub(super) struct Net<'g, 'l> {
    ground: &'g Ground<'l>,
    agent: &'g ThreatAgent,
    /// Probability of every opening from outside and from inside.
    chances: Vec<(f64, f64)>,
    starts: Vec<Edge>,
}

impl<'g, 'l> Net<'g, 'l> {
    pub fn new(ground: &'g Ground<'l>, library: &Library, agent: &'g ThreatAgent) -> Net<'g, 'l> {
        let numbers: &PathNumbers = &library.calibration.paths;
        let chances = ground.openings().iter().map(|opening| {
            let chance = |inside| opening.chance(&library.calibration, agent, inside);
            let inside = chance(true);
            if inside <= numbers.least { (0.0, 0.0) } else { (chance(false), inside) }
        });
        let starts = agent.starts.iter().flat_map(|id| [Spot::Zone(id.clone()), Spot::Element(id.clone())]);
        let starts = starts.filter_map(|spot| ground.spot(&spot));
        Net {
            ground,
            agent,
            chances: chances.collect(),
            starts: starts.map(|to| Edge { to, share: numbers.start, by: Try::Start }).collect(),
        }
    }

    pub fn ground(&self) -> &'g Ground<'l> {
        self.ground
    }

    /// The edges of a vertex that work at all.
    pub fn hops(&self, at: usize) -> impl Iterator<Item = Hop> {
        // A goal is an end.
        let none = self.ground.is_goal(at);
        let starts = self.starts.iter().filter(move |_| at == START);
        let edges = starts.chain(self.ground.edges(at)).enumerate().filter(move |_| !none);
        edges.filter_map(move |(edge, e)| {
            let p = self.p(e);
            (p > 0.0).then_some(Hop { from: at, edge, to: e.to, p })
        })
    }

    /// What a hop is.
    pub fn by(&self, hop: &Hop) -> Option<&Try> {
        let starts = if hop.from == START { self.starts.as_slice() } else { &[] };
        let edge = starts.get(hop.edge).or_else(|| self.ground.edges(hop.from).get(hop.edge - starts.len().min(hop.edge)));
        edge.map(|edge| &edge.by)
    }

    fn p(&self, edge: &Edge) -> f64 {
        let Try::Attempt(from) = &edge.by else { return edge.share };
        let Some(Place::Opening(n)) = self.ground.place(edge.to) else { return 0.0 };
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

    /// Likeliest ways from the start to everything.
    pub fn everywhere(&self) -> Reached {
        search(self, START, None, &Default::default(), &Default::default())
    }
}
