//! Whether a detail diagram shows what its element exchanges with its surroundings: what goes in and out of a process must
//! go in and out of its parts as well.

use super::{Flow, Id, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// Where data goes, seen from the element that is detailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    In,
    Out,
}

/// Flows with one neighbour in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub neighbour: Id,
    pub way: Way,
    pub flows: BTreeSet<Id>,
}

/// What two levels of diagrams tell differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Goes in or out of the element and is not on the diagram that details it.
    pub missing: Vec<Exchange>,
    /// Goes in or out of a part on the detail diagram and is on no diagram that shows the element.
    pub extra: Vec<Exchange>,
    /// Flows on the detail diagram that still end at the element itself, at none of its parts.
    pub loose: BTreeSet<Id>,
}

impl Balance {
    pub fn is_even(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.loose.is_empty()
    }

    /// How many flows are missing.
    pub fn missing_flows(&self) -> usize {
        self.missing.iter().map(|e| e.flows.len()).sum()
    }
}

type Exchanges = BTreeMap<(Id, Way), BTreeSet<Id>>;

/// Compares a detail diagram with those that show what it details; `None` for any other diagram.
///
/// Levels agree by neighbour and direction: one flow may be several in detail.
pub fn balance(model: &ThreatModel, diagram: &Id) -> Option<Balance> {
    let whole = model.diagrams.get(diagram)?.of.as_ref()?;
    let outer: Vec<&Id> = model.diagrams.keys().filter(|d| *d != diagram && model.placement(d, whole).is_some()).collect();
    // Neighbours are told apart as far as the outer level does.
    let seen = |id: &Id| outer.iter().find_map(|d| model.stand_in(d, id)).unwrap_or(id).clone();
    let (mut above, mut below) = (Exchanges::new(), Exchanges::new());
    let mut loose = BTreeSet::new();
    for (id, flow) in &model.flows {
        let Some((inner, neighbour, way)) = leaves(model, flow, whole) else { continue };
        let is_here = model.placement(diagram, id).is_some();
        let key = (seen(neighbour), way);
        if inner == whole || outer.iter().any(|d| model.placement(d, id).is_some()) {
            above.entry(key.clone()).or_default().insert(id.clone());
        }
        if is_here {
            below.entry(key).or_default().insert(id.clone());
        }
        if is_here && inner == whole {
            loose.insert(id.clone());
        }
    }
    let without = |some: &Exchanges, others: &Exchanges| {
        let lacking = some.iter().filter(|(key, _)| !others.contains_key(*key));
        lacking
            .map(|((neighbour, way), flows)| Exchange { neighbour: neighbour.clone(), way: *way, flows: flows.clone() })
            .collect()
    };
    let extra = if outer.is_empty() { Vec::new() } else { without(&below, &above) };
    Some(Balance { missing: without(&above, &below), extra, loose })
}

/// The end inside, the end outside and the direction of a flow that leaves or enters the whole.
fn leaves<'a>(model: &'a ThreatModel, flow: &'a Flow, whole: &Id) -> Option<(&'a Id, &'a Id, Way)> {
    let (from, to) = (flow.from.as_ref()?, flow.to.as_ref()?);
    match (model.is_within(from, whole), model.is_within(to, whole)) {
        (false, true) => Some((to, from, Way::In)),
        (true, false) => Some((from, to, Way::Out)),
        _ => None,
    }
}
