//! The graph before any agent: positions, goals, and the openings between them.
//!
//! An opening is a vertex of its own between the positions it can be tried from and what it gives, so that there are as many
//! edges as positions plus gains, and a control against it cuts one vertex.

use super::gains::gains;
use super::path::{Goal, Spot};
use super::positions::{From, positions};
use super::surroundings::Surroundings;
use crate::library::Library;
use crate::model::{Dimension, ElementKind, Id, ThreatKey};
use crate::risk::{Opening, openings};
use std::collections::{BTreeMap, HashSet};

/// What stands at a vertex.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    Spot(Spot),
    /// Number of an opening.
    Opening(usize),
}

/// What an edge is, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Try {
    /// Where this agent starts.
    Start,
    /// An opening is tried from a position; its probability for the agent times the edge's share.
    Attempt(From),
    /// What an opening gives.
    Gain,
    /// What a held element is worth.
    Holding,
    Unknown(Id),
}

/// An edge with the share of probability it leaves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edge {
    pub to: usize,
    pub share: f64,
    pub by: Try,
}

pub(super) const START: usize = 0;

pub(super) struct Ground<'l> {
    places: Vec<Place>,
    spots: BTreeMap<Spot, usize>,
    edges: Vec<Vec<Edge>>,
    openings: Vec<Opening<'l>>,
    /// By vertex the first one like it: openings of one threat that give the same are alike.
    alike: Vec<usize>,
}

impl<'l> Ground<'l> {
    pub fn new(around: &Surroundings<'_>, library: &'l Library) -> Ground<'l> {
        let model = around.model;
        let mut out = Ground {
            places: Vec::new(),
            spots: BTreeMap::new(),
            edges: Vec::new(),
            openings: openings(model, library),
            alike: Vec::new(),
        };
        let numbers = &library.calibration.paths;
        out.vertex(Spot::Start);
        for (id, asset) in &model.assets {
            for dimension in Dimension::ALL.iter().filter(|d| asset.value(**d) >= numbers.goal) {
                out.vertex(Spot::Goal(Goal { asset: id.clone(), dimension: *dimension }));
            }
        }
        let mut firsts: BTreeMap<(ThreatKey, Vec<Spot>), usize> = BTreeMap::new();
        for (n, opening) in std::mem::take(&mut out.openings).into_iter().enumerate() {
            let (from, to) = (positions(around, &opening), gains(around, &opening));
            out.openings.push(opening);
            if from.is_empty() || to.is_empty() {
                continue;
            }
            let at = out.add(Place::Opening(n));
            if let Some(threat) = out.openings.get(n).map(|opening| opening.threat.clone()) {
                let given: Vec<Spot> = to.keys().cloned().collect();
                let first = *firsts.entry((threat, given)).or_insert(at);
                out.alike.pop();
                out.alike.push(first);
            }
            for ((spot, by), share) in from {
                let spot = out.vertex(spot);
                out.edge(spot, Edge { to: at, share, by: Try::Attempt(by) });
            }
            for (spot, share) in to {
                // Goals nobody cares for have no vertex.
                if !matches!(spot, Spot::Goal(_)) || out.spots.contains_key(&spot) {
                    let spot = out.vertex(spot);
                    out.edge(at, Edge { to: spot, share, by: Try::Gain });
                }
            }
        }
        for (flow, caller, responder) in around.requests() {
            let (from, to) = (out.vertex(Spot::Element(caller.clone())), out.vertex(Spot::Element(responder.clone())));
            if from != to {
                out.edge(from, Edge { to, share: numbers.unknown, by: Try::Unknown(flow.clone()) });
            }
        }
        for (id, element) in &model.elements {
            let is_outside = element.kind == ElementKind::ExternalEntity;
            for asset in around.handled(id) {
                let passes = element.kind == ElementKind::Process && !element.holds.contains(asset);
                let share =
                    if is_outside { numbers.person } else { numbers.holding } * if passes { numbers.passing } else { 1.0 };
                for dimension in [Dimension::C, Dimension::I, Dimension::A, Dimension::S] {
                    let is_theirs = is_outside && matches!(dimension, Dimension::A | Dimension::S);
                    let goal = out.spots.get(&Spot::Goal(Goal { asset: asset.clone(), dimension })).copied();
                    if let Some(to) = goal.filter(|_| !is_theirs) {
                        let from = out.vertex(Spot::Element(id.clone()));
                        out.edge(from, Edge { to, share, by: Try::Holding });
                    }
                }
            }
        }
        out
    }

    fn add(&mut self, place: Place) -> usize {
        self.places.push(place);
        self.edges.push(Vec::new());
        self.alike.push(self.places.len() - 1);
        self.places.len() - 1
    }

    fn vertex(&mut self, spot: Spot) -> usize {
        match self.spots.get(&spot) {
            Some(at) => *at,
            None => {
                let at = self.add(Place::Spot(spot.clone()));
                self.spots.insert(spot, at);
                at
            }
        }
    }

    fn edge(&mut self, from: usize, edge: Edge) {
        if let Some(edges) = self.edges.get_mut(from) {
            edges.push(edge);
        }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn place(&self, at: usize) -> Option<&Place> {
        self.places.get(at)
    }

    pub fn opening(&self, n: usize) -> Option<&Opening<'l>> {
        self.openings.get(n)
    }

    pub fn openings(&self) -> &[Opening<'l>] {
        &self.openings
    }

    pub fn edges(&self, at: usize) -> &[Edge] {
        self.edges.get(at).map_or(&[], Vec::as_slice)
    }

    pub fn spot(&self, spot: &Spot) -> Option<usize> {
        self.spots.get(spot).copied()
    }

    pub fn goal(&self, goal: &Goal) -> Option<usize> {
        self.spot(&Spot::Goal(goal.clone()))
    }

    /// The vertices of some openings.
    pub fn tries_of(&self, wanted: impl Fn(&Opening<'l>) -> bool) -> HashSet<usize> {
        let is_wanted = |place: &Place| matches!(place, Place::Opening(n) if self.opening(*n).is_some_and(&wanted));
        self.places.iter().enumerate().filter(|(_, place)| is_wanted(place)).map(|(at, _)| at).collect()
    }

    /// The first vertex like this one.
    pub fn alike(&self, at: usize) -> usize {
        self.alike.get(at).copied().unwrap_or(at)
    }

    pub fn is_goal(&self, at: usize) -> bool {
        matches!(self.place(at), Some(Place::Spot(Spot::Goal(_))))
    }

    pub fn goals(&self) -> impl Iterator<Item = usize> {
        self.spots.iter().filter(|(spot, _)| matches!(spot, Spot::Goal(_))).map(|(_, at)| *at)
    }
}
