//! The process in seven steps, each measured from the model, so that one sees at a glance what is still to be done.
//!
//! Nothing is ticked off by hand and nothing asks: a step is as far as the model is. The steps follow the process of the
//! methodology page: scope and layers, assets, diagrams with entry and exit points, threat agents, threats, controls and
//! decisions, and then carrying out, testing and keeping up to date.

mod steps;

use crate::hygiene::Problem;
use crate::library::Library;
use crate::model::{Id, ThreatKey, ThreatModel};
use crate::risk::Assessment;

/// A step of the process.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub title: &'static str,
    /// What it is about, in a sentence.
    pub about: &'static str,
    pub goals: Vec<Goal>,
}

/// Something a step is measured by.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// "Elements in a trust boundary".
    pub title: &'static str,
    /// How many of how many are done.
    pub done: usize,
    pub of: usize,
    /// Where to go on with it.
    pub place: Place,
}

/// Where something is worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The facts, people, assets and agents of the model.
    Model,
    /// An element, flow or boundary.
    Item(Id),
    Threat(ThreatKey),
    Threats,
    Questions,
    Hygiene,
    /// The tools to draw with.
    Drawing,
}

impl Goal {
    /// 0 to 1; a goal with nothing to do is reached.
    pub fn share(&self) -> f64 {
        if self.of == 0 { 1.0 } else { self.done as f64 / self.of as f64 }
    }

    pub fn is_reached(&self) -> bool {
        self.done >= self.of
    }
}

impl Step {
    /// How far it is, 0 to 1: the mean of its goals.
    pub fn share(&self) -> f64 {
        let sum: f64 = self.goals.iter().map(Goal::share).sum();
        sum / self.goals.len().max(1) as f64
    }

    pub fn is_done(&self) -> bool {
        self.goals.iter().all(Goal::is_reached)
    }
}

/// The seven steps; `problems` is what [`crate::hygiene::examine`] found.
pub fn steps(model: &ThreatModel, library: &Library, assessment: &Assessment, problems: &[Problem]) -> Vec<Step> {
    steps::Measure { model, library, assessment, problems }.steps()
}

/// The first step that is not done; `None` when all are.
pub fn next(steps: &[Step]) -> Option<(usize, &Step)> {
    steps.iter().enumerate().find(|(_, step)| !step.is_done())
}
