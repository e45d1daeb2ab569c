//! How far a session has come: what was touched of elements × categories, and of flows that cross boundaries.

use crate::model::{Category, Id, Session, ThreatModel};
use crate::risk::Assessment;
use std::collections::BTreeSet;

/// Shares done, as numbers of things.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progressed {
    /// Elements and flows × categories with threats, those in which something was decided or scored, and all.
    pub touched: usize,
    pub cells: usize,
    /// Flows that cross a boundary, those reviewed, and all.
    pub reviewed: usize,
    pub crossings: usize,
    /// Mean seconds spent on an element; 0 before any.
    pub seconds_each: u32,
}

impl Progressed {
    pub fn of(model: &ThreatModel, assessment: &Assessment, session: Option<&Session>) -> Progressed {
        let decided = |key| model.decisions.get(key).is_some_and(|decision| !decision.is_blank());
        let (mut cells, mut touched): (BTreeSet<(&Id, Option<Category>)>, BTreeSet<(&Id, Option<Category>)>) = Default::default();
        for finding in assessment.findings.values() {
            let cell = (&finding.key.anchor, finding.class());
            let is_done = decided(&finding.key);
            if finding.counts() || is_done {
                cells.insert(cell);
            }
            if is_done {
                touched.insert(cell);
            }
        }
        let is_reviewed = |id: &&Id| model.flows.get(*id).is_some_and(|flow| flow.reviewed.is_some());
        let spent: Vec<u32> = session.into_iter().flat_map(|s| s.seconds.values().copied()).collect();
        let total: u64 = spent.iter().map(|seconds| u64::from(*seconds)).sum();
        Progressed {
            touched: touched.len(),
            cells: cells.len(),
            reviewed: assessment.crossings.keys().filter(is_reviewed).count(),
            crossings: assessment.crossings.len(),
            seconds_each: if spent.is_empty() { 0 } else { (total / spent.len() as u64).min(u64::from(u32::MAX)) as u32 },
        }
    }

    /// Share of elements × categories touched, 0 to 1; 1 where there is nothing to touch.
    pub fn share(&self) -> f64 {
        if self.cells == 0 { 1.0 } else { self.touched as f64 / self.cells as f64 }
    }

    /// Share of crossing flows reviewed.
    pub fn crossing_share(&self) -> f64 {
        if self.crossings == 0 { 1.0 } else { self.reviewed as f64 / self.crossings as f64 }
    }
}
