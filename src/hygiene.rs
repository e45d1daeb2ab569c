//! Hygiene: what a reviewer would ask to be put right in a model, each with the edit that does it.
//!
//! The checks are those of the methodology page (§11) and the good practices every system is measured by. Nothing here
//! scores and nothing is stored: [`examine`] reads a model with its assessment, [`fixes`] proposes ordinary edits.

mod check;
mod controls;
mod data;
mod drawing;
mod fix;
mod practice;
mod seams;
mod survey;
mod treatment;
mod upkeep;

pub use check::{Check, Severity, Topic};
pub use fix::{Fix, among_strangers, fixes};
pub use practice::{Practice, Standing, practices};

use crate::library::Library;
use crate::model::{Date, Id, ThreatKey, ThreatModel};
use crate::risk::Assessment;
use survey::Survey;

/// Limits of the checks that are a matter of policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Days after which a review, an acceptance without end or a test is old.
    pub review_days: i64,
    /// Days after which an assumption has to be looked at again.
    pub assumption_days: i64,
    /// Unanswered questions that may stay.
    pub questions: usize,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy { review_days: 180, assumption_days: 365, questions: 10 }
    }
}

/// Something to put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub check: Check,
    /// What it is about, the first in the lead; empty when it is the model as a whole.
    pub about: Vec<Id>,
    /// The threat it is about, for decisions.
    pub threat: Option<ThreatKey>,
    /// A sentence for people, with names.
    pub message: String,
}

impl Problem {
    fn new(check: Check, about: &Id, message: String) -> Problem {
        Problem { check, about: vec![about.clone()], threat: None, message }
    }

    fn of_model(check: Check, message: &str) -> Problem {
        Problem { check, about: Vec::new(), threat: None, message: message.to_owned() }
    }

    fn of_threat(check: Check, threat: &ThreatKey, message: String) -> Problem {
        Problem { check, about: vec![threat.anchor.clone()], threat: Some(threat.clone()), message }
    }
}

/// Everything to put right, gravest first; within a severity in the order of the checks.
pub fn examine(model: &ThreatModel, library: &Library, assessment: &Assessment, today: Date, policy: &Policy) -> Vec<Problem> {
    let survey = Survey::new(model, library, assessment, today, policy);
    let mut found = Vec::new();
    drawing::examine(&survey, &mut found);
    data::examine(&survey, &mut found);
    seams::examine(&survey, &mut found);
    treatment::examine(&survey, &mut found);
    controls::examine(&survey, &mut found);
    upkeep::examine(&survey, &mut found);
    practice::examine(&survey, &mut found);
    found.sort_by_key(|problem| (problem.check.severity(), problem.check));
    found
}
