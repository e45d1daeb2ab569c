//! What is shown of a model beside the model itself, kept up to date with as little work as the change allows.

use crate::edit::Transaction;
use crate::library::Library;
use crate::model::{Id, Key, ThreatModel, line_crossings};
use crate::risk::{self, Assessment};
use std::collections::{BTreeMap, BTreeSet};

/// The assessment with what it was made for.
///
/// Places do not score, except where a boundary drawn as a line comes to lie between other flows: so a drag within a
/// boundary assesses nothing, and one over a seam assesses once.
#[derive(Debug, Default)]
pub struct Assessed {
    pub assessment: Assessment,
    /// What changed since among the records that score; empty when the assessment holds.
    drift: Transaction,
    /// Which flows boundaries drawn as lines separate.
    lines: BTreeMap<Id, BTreeSet<Id>>,
    /// How often it was worked out.
    pub runs: u64,
}

impl Assessed {
    /// Starts on another model.
    pub fn start(&mut self, model: &ThreatModel) {
        self.lines = line_crossings(model);
        self.run(model);
    }

    /// Follows the model through a change. Returns true when the assessment is another now.
    pub fn follow(&mut self, model: &ThreatModel, changes: &Transaction) -> bool {
        let is_place = |key: &Key| matches!(key, Key::Placement(_));
        let scoring = changes.changes.iter().filter(|(key, _)| !is_place(key)).map(|(k, c)| (k.clone(), c.clone()));
        let scoring = Transaction { changes: scoring.collect() };
        // Ends of flows, lines and places all have a say in what lines separate.
        let lines = (!changes.is_empty()).then(|| line_crossings(model)).filter(|lines| *lines != self.lines);
        self.drift = std::mem::take(&mut self.drift).then(scoring);
        if self.drift.is_empty() && lines.is_none() {
            return false;
        }
        self.lines = lines.unwrap_or_else(|| std::mem::take(&mut self.lines));
        self.run(model);
        true
    }

    fn run(&mut self, model: &ThreatModel) {
        self.assessment = risk::assess(model, Library::builtin());
        self.drift = Transaction::default();
        self.runs += 1;
    }
}
