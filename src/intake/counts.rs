//! How much is in a model, for those who have not seen it yet.

use crate::model::ThreatModel;

/// Records by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub diagrams: usize,
    pub elements: usize,
    pub flows: usize,
    pub boundaries: usize,
    pub assets: usize,
    pub threats: usize,
    /// Controls in place, planned or proposed.
    pub controls: usize,
    pub attack_trees: usize,
    pub vulnerabilities: usize,
    pub assumptions: usize,
    pub people: usize,
    pub notes: usize,
}

impl Counts {
    pub fn of(model: &ThreatModel) -> Counts {
        Counts {
            diagrams: model.diagrams.len(),
            elements: model.elements.len(),
            flows: model.flows.len(),
            boundaries: model.boundaries.len(),
            assets: model.assets.len(),
            threats: model.threats.len(),
            controls: model.instances.len(),
            attack_trees: model.attack_trees.len(),
            vulnerabilities: model.vulnerabilities.len(),
            assumptions: model.assumptions.len(),
            people: model.people.len(),
            notes: model.notes.len(),
        }
    }

    /// Every kind there is something of, with its number: "7 elements".
    pub fn words(&self) -> Vec<String> {
        [
            (self.elements, "element", "elements"),
            (self.flows, "data flow", "data flows"),
            (self.boundaries, "trust boundary", "trust boundaries"),
            (self.diagrams, "diagram", "diagrams"),
            (self.threats, "threat", "threats"),
            (self.controls, "control", "controls"),
            (self.assets, "asset", "assets"),
            (self.attack_trees, "attack tree", "attack trees"),
            (self.vulnerabilities, "vulnerability", "vulnerabilities"),
            (self.assumptions, "assumption", "assumptions"),
            (self.people, "person", "people"),
            (self.notes, "note", "notes"),
        ]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect()
    }
}
