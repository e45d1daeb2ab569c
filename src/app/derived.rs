//! What is shown of a model beside the model itself, kept up to date with as little work as the change allows.

use crate::edit::Transaction;
use crate::library::Library;
use crate::model::{Id, Key, ThreatModel, line_crossings};
use crate::risk::{self, Assessment};
use crate::scene::{DiagramLayout, LiveLayout};
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

/// Diagrams with more on them are not laid out anew when something is dropped, only when they are next opened: it would be
/// felt.
const LARGE: usize = 4_000;

/// The layout of the diagram shown with what it was made for.
///
/// While something is previewed only what depends on it is laid out again. What is committed gets the whole layout at once,
/// so that the picture of a model is always the same.
#[derive(Default)]
pub struct LaidOut {
    live: LiveLayout,
    /// What changed since the whole layout was made.
    drift: Transaction,
    is_previewing: bool,
}

impl LaidOut {
    /// Starts on a diagram.
    pub fn start(&mut self, model: &ThreatModel, diagram: &Id) {
        *self = LaidOut { live: LiveLayout::new(model, diagram), ..LaidOut::default() };
    }

    pub fn layout(&self) -> &DiagramLayout {
        self.live.layout()
    }

    /// Follows the model through a change; `is_previewing` says whether it may be taken back.
    pub fn follow(&mut self, model: &ThreatModel, changes: &Transaction, is_previewing: bool) {
        let was_previewing = std::mem::replace(&mut self.is_previewing, is_previewing);
        if changes.is_empty() && (is_previewing || !was_previewing) {
            return;
        }
        self.drift = std::mem::take(&mut self.drift).then(changes.clone());
        let is_settled = !is_previewing && self.live.is_touched(model, self.drift.changes.keys());
        let is_large = self.layout().boxes.len() + self.layout().flows.len() > LARGE;
        if (is_settled && !is_large) || !self.live.follow(model, self.drift.changes.keys()) {
            let diagram = self.layout().diagram.clone();
            diagram.iter().for_each(|diagram| self.start(model, diagram));
            self.is_previewing = is_previewing;
        }
    }
}
