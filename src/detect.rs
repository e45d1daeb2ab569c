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
pub use proposal::{Confidence, Data, Proposal, Suggestion, accept, decline};

use crate::library::Library;
use crate::model::{Element, Id, ThreatModel};
use std::collections::BTreeMap;

/// Reads names of one model.
pub struct Detector<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    lexicon: &'a Lexicon,
    /// Flows by the elements at their ends.
    flows: BTreeMap<&'a Id, Vec<&'a Id>>,
}

impl<'a> Detector<'a> {
    pub fn new(model: &'a ThreatModel, library: &'a Library) -> Detector<'a> {
        Detector::with(model, library, Lexicon::builtin())
    }

    /// With other words than the built-in ones.
    pub fn with(model: &'a ThreatModel, library: &'a Library, lexicon: &'a Lexicon) -> Detector<'a> {
        let mut flows: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
        for (id, flow) in &model.flows {
            for end in [&flow.from, &flow.to].into_iter().flatten() {
                let at = flows.entry(end).or_default();
                if at.last() != Some(&id) {
                    at.push(id);
                }
            }
        }
        Detector { model, library, lexicon, flows }
    }

    /// What is proposed about one element, flow or boundary: the surest first.
    pub fn about(&self, id: &Id) -> Vec<Proposal> {
        if let Some(element) = self.model.elements.get(id) {
            self.as_element(id, element)
        } else if let Some(flow) = self.model.flows.get(id) {
            self.flow(id, flow)
        } else if let Some(boundary) = self.model.boundaries.get(id) {
            self.boundary(id, boundary)
        } else {
            Vec::new()
        }
    }

    /// What would be proposed about an element if it were this one: for a name that is still being typed.
    pub fn as_element(&self, id: &Id, element: &Element) -> Vec<Proposal> {
        self.element(id, element)
    }

    /// Everything proposed about the model: elements, flows, boundaries, each the surest first.
    pub fn all(&self) -> Vec<Proposal> {
        let ids = self.model.elements.keys().chain(self.model.flows.keys()).chain(self.model.boundaries.keys());
        ids.flat_map(|id| self.about(id)).collect()
    }
}
