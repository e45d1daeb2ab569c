//! What things are, read from their names, descriptions and neighbours: proposals, never changes.
//!
//! A lexicon and rules, no learned model: the same model always gives the same proposals, each with how sure it is and
//! why. What is stated already is not proposed, and what was declined is not proposed again.

mod boundary;
mod data;
mod element;
mod evidence;
mod flow;
mod lexicon;
mod proposal;
mod reading;
mod words;

pub use lexicon::Lexicon;
pub use proposal::{Confidence, Data, Proposal, Suggestion, accept, apply, decline};

use crate::library::Library;
use crate::model::{Boundary, Element, ElementKind, Flow, Id, ThreatModel};
use std::collections::{BTreeMap, BTreeSet};

/// The kind a name alone says with some confidence, other than a process, which is what new things are.
pub fn kind_by_name(name: &str) -> Option<ElementKind> {
    let model = ThreatModel::default();
    let element = Element { name: name.to_owned(), kind: ElementKind::Process, ..Element::default() };
    let proposals = Detector::new(&model, Library::builtin()).as_element(&Id::new(""), &element);
    proposals.iter().find_map(|proposal| match proposal.what {
        Suggestion::Kind(kind) if proposal.confidence >= Confidence::Medium => Some(kind),
        _ => None,
    })
}

/// Reads names of one model.
pub struct Detector<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    lexicon: &'a Lexicon,
    /// Flows by the elements at their ends, when everything is asked for.
    flows: Option<BTreeMap<&'a Id, Vec<&'a Flow>>>,
}

impl<'a> Detector<'a> {
    pub fn new(model: &'a ThreatModel, library: &'a Library) -> Detector<'a> {
        Detector::with(model, library, Lexicon::builtin())
    }

    /// With other words than the built-in ones.
    pub fn with(model: &'a ThreatModel, library: &'a Library, lexicon: &'a Lexicon) -> Detector<'a> {
        Detector { model, library, lexicon, flows: None }
    }

    /// The flows with an end at the element.
    fn flows_at(&self, id: &Id) -> Vec<&'a Flow> {
        match &self.flows {
            Some(known) => known.get(id).cloned().unwrap_or_default(),
            None => self.model.flows.values().filter(|f| f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id)).collect(),
        }
    }

    /// What is proposed about one element, flow or boundary: the surest first.
    pub fn about(&self, id: &Id) -> Vec<Proposal> {
        if let Some(element) = self.model.elements.get(id) {
            self.as_element(id, element)
        } else if let Some(flow) = self.model.flows.get(id) {
            self.as_flow(id, flow)
        } else if let Some(boundary) = self.model.boundaries.get(id) {
            self.as_boundary(id, boundary)
        } else {
            Vec::new()
        }
    }

    /// What would be proposed about an element if it were this one: for a name that is still being typed.
    pub fn as_element(&self, id: &Id, element: &Element) -> Vec<Proposal> {
        self.element(id, element)
    }

    /// As [`as_element`](Detector::as_element) for a flow.
    pub fn as_flow(&self, id: &Id, flow: &Flow) -> Vec<Proposal> {
        self.flow(id, flow)
    }

    /// As [`as_element`](Detector::as_element) for a boundary.
    pub fn as_boundary(&self, id: &Id, boundary: &Boundary) -> Vec<Proposal> {
        self.boundary(id, boundary)
    }

    /// Everything proposed about the model: elements, flows, boundaries, each the surest first.
    pub fn all(&self) -> Vec<Proposal> {
        let mut flows: BTreeMap<&Id, Vec<&Flow>> = BTreeMap::new();
        for flow in self.model.flows.values() {
            let ends: BTreeSet<&Id> = [&flow.from, &flow.to].into_iter().flatten().collect();
            ends.into_iter().for_each(|end| flows.entry(end).or_default().push(flow));
        }
        let indexed = Detector { flows: Some(flows), ..*self };
        let ids = self.model.elements.keys().chain(self.model.flows.keys()).chain(self.model.boundaries.keys());
        ids.flat_map(|id| indexed.about(id)).collect()
    }
}
