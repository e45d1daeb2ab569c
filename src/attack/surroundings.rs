//! What is around elements, as an attacker looks at a model: neighbours, boundaries, ways content travels.

use crate::library::Library;
use crate::model::{ElementKind, Fact, Id, Initiator, Protocol, ThreatModel, Tri};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How content of an element gets to a target.
#[derive(Clone, Copy)]
pub(super) struct Feed<'m> {
    /// What is left of it on arrival.
    pub share: f64,
    flow: &'m Id,
    /// Who passes it on, or the target.
    to: &'m Id,
}

/// Read once for a model.
pub(super) struct Surroundings<'m> {
    pub model: &'m ThreatModel,
    pub library: &'m Library,
    chains: HashMap<&'m Id, Vec<Id>>,
    /// Elements directly in a boundary (or in none) that are not external.
    together: BTreeMap<Option<Id>, Vec<&'m Id>>,
    /// Elements anywhere in a boundary that are not external.
    within: BTreeMap<Id, Vec<&'m Id>>,
    /// By receiver: who sends content to it, over which flow.
    senders: HashMap<&'m Id, Vec<(&'m Id, &'m Id)>>,
    /// By element: elements at the other ends of its flows, whatever the arrow.
    partners: HashMap<&'m Id, Vec<&'m Id>>,
    handled: HashMap<&'m Id, BTreeSet<&'m Id>>,
    /// Flow, caller and responder.
    requests: Vec<(&'m Id, &'m Id, &'m Id)>,
    /// By responder: who calls it.
    callers: HashMap<&'m Id, Vec<&'m Id>>,
}

impl<'m> Surroundings<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> Surroundings<'m> {
        let mut out = Surroundings {
            model,
            library,
            chains: HashMap::new(),
            together: BTreeMap::new(),
            within: BTreeMap::new(),
            senders: HashMap::new(),
            partners: HashMap::new(),
            handled: HashMap::new(),
            requests: Vec::new(),
            callers: HashMap::new(),
        };
        for (id, element) in &model.elements {
            let chain = model.boundary_chain(id);
            if element.kind != ElementKind::ExternalEntity {
                out.together.entry(element.boundary.clone()).or_default().push(id);
                chain.iter().for_each(|zone| out.within.entry(zone.clone()).or_default().push(id));
            }
            out.chains.insert(id, chain);
            out.handled.insert(id, element.holds.iter().collect());
        }
        for (id, flow) in &model.flows {
            let end = |end: &'m Option<Id>| end.as_ref().filter(|e| model.elements.contains_key(*e));
            let Some((from, to)) = end(&flow.from).zip(end(&flow.to)) else { continue };
            out.senders.entry(to).or_default().push((from, id));
            if flow.bidirectional && flow.protocol != Protocol::Manual {
                out.senders.entry(from).or_default().push((to, id));
            }
            out.partners.entry(to).or_default().push(from);
            out.partners.entry(from).or_default().push(to);
            for end in [from, to] {
                out.handled.entry(end).or_default().extend(&flow.assets);
            }
            let (caller, responder) = if flow.initiator == Initiator::Source { (from, to) } else { (to, from) };
            out.requests.push((id, caller, responder));
            out.callers.entry(responder).or_default().push(caller);
        }
        out
    }

    /// Boundaries around an element, innermost first.
    pub fn chain(&self, element: &Id) -> &[Id] {
        self.chains.get(element).map_or(&[], Vec::as_slice)
    }

    pub fn innermost(&self, element: &Id) -> Option<&'m Id> {
        self.model.elements.get(element).and_then(|e| e.boundary.as_ref())
    }

    /// Trust where an element is.
    pub fn trust(&self, element: &Id) -> Option<u8> {
        self.innermost(element).and_then(|zone| self.trust_in(zone))
    }

    pub fn trust_in(&self, zone: &Id) -> Option<u8> {
        self.model.boundaries.get(zone).and_then(|b| b.trust)
    }

    /// Elements directly in a boundary, or in none.
    pub fn together(&self, zone: Option<&Id>) -> &[&'m Id] {
        self.together.get(&zone.cloned()).map_or(&[], Vec::as_slice)
    }

    /// Elements anywhere in a boundary.
    pub fn within(&self, zone: &Id) -> &[&'m Id] {
        self.within.get(zone).map_or(&[], Vec::as_slice)
    }

    pub fn partners(&self, element: &Id) -> &[&'m Id] {
        self.partners.get(element).map_or(&[], Vec::as_slice)
    }

    pub fn callers(&self, element: &Id) -> &[&'m Id] {
        self.callers.get(element).map_or(&[], Vec::as_slice)
    }

    /// Flow, caller and responder.
    pub fn requests(&self) -> impl Iterator<Item = (&'m Id, &'m Id, &'m Id)> {
        self.requests.iter().copied()
    }

    /// Assets an element keeps, and those on its flows.
    pub fn handled(&self, element: &Id) -> impl Iterator<Item = &'m Id> {
        self.handled.get(element).into_iter().flatten().copied()
    }

    pub fn is_gateway(&self, element: &Id) -> bool {
        self.model.elements.get(element).is_some_and(|e| self.library.tags.any_is(&e.tags, "gateway"))
    }

    /// A person outside.
    pub fn is_person(&self, element: &Id) -> bool {
        self.model.elements.get(element).is_some_and(|e| {
            let said = e.facts.get(&Fact::Human).copied();
            let human = said.unwrap_or_else(|| self.library.tags.fact(&e.tags, Fact::Human));
            e.kind == ElementKind::ExternalEntity && human == Tri::Yes
        })
    }

    /// Elements whose content reaches the target, with what is left of it: gateways pass it on unchanged, every other
    /// element after the first takes its share.
    pub fn feeders(&self, target: &'m Id) -> HashMap<&'m Id, Feed<'m>> {
        let numbers = &self.library.calibration.paths;
        let mut best: HashMap<&Id, Feed<'m>> = HashMap::new();
        let mut front: Vec<(&Id, f64)> = vec![(target, 1.0)];
        for _ in 0..numbers.hops {
            let mut next = Vec::new();
            for (at, left) in front {
                let share = if at == target || self.is_gateway(at) { left } else { left * numbers.hop };
                for (sender, flow) in self.senders.get(at).into_iter().flatten() {
                    let known = best.get(sender).map_or(0.0, |feed| feed.share);
                    if *sender != target && share > known {
                        best.insert(sender, Feed { share, flow, to: at });
                        next.push((*sender, share));
                    }
                }
            }
            front = next;
        }
        best
    }

    /// What content passes from an element to the target: flows, and the elements between them.
    pub fn passed(feeders: &HashMap<&'m Id, Feed<'m>>, from: &Id) -> Vec<Id> {
        let mut out: Vec<Id> = Vec::new();
        let mut next = feeders.get(from);
        while let Some(feed) = next {
            out.push(feed.flow.clone());
            next = feeders.get(feed.to);
            out.extend(next.map(|_| feed.to.clone()));
        }
        out
    }

    /// The record of an id in the model, so that it lives as long.
    pub fn element(&self, id: &Id) -> Option<&'m Id> {
        self.model.elements.get_key_value(id).map(|(id, _)| id)
    }
}
