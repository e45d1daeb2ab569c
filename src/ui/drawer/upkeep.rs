//! What the pages on hygiene and the guide are made from, worked out once for each state of the model.

use crate::guide::{self, Step};
use crate::hygiene::{self, Fix, Policy, Problem, Severity};
use crate::ui::{Outbox, ViewCx};
use std::collections::BTreeMap;

/// Of larger models this is worked out only while somebody looks at it.
const LARGE: usize = 1_000;

#[derive(Default)]
pub struct Upkeep {
    revision: Option<u64>,
    content: u64,
    /// What is known is of before something was taken in the hand.
    waits: bool,
    pub problems: Vec<Problem>,
    pub steps: Vec<Step>,
    /// Fixes by the place of their problem in the list.
    fixes: BTreeMap<usize, Vec<Fix>>,
}

impl Upkeep {
    /// Follows the model; `is_seen` says whether one of the pages is open. What is in the hand is looked at only while one is,
    /// and when it is more than moved: meanwhile the figures stay those of before.
    pub fn follow(&mut self, cx: &ViewCx<'_>, is_seen: bool) {
        let is_large = cx.model.elements.len() + cx.model.flows.len() > LARGE;
        let is_idle = (!is_seen && !is_large) || self.content == cx.content;
        self.waits = is_idle && cx.is_previewing && self.revision.is_some();
        if self.revision == Some(cx.revision) || self.waits || (is_large && !is_seen) {
            return;
        }
        self.problems = hygiene::examine(cx.model, cx.library, cx.actual, cx.today, &Policy::default());
        self.steps = guide::steps(cx.model, cx.library, cx.actual, &self.problems);
        self.fixes.clear();
        (self.revision, self.content) = (Some(cx.revision), cx.content);
    }

    /// The ways to put a problem of the list right.
    pub fn fixes(&mut self, n: usize, cx: &ViewCx<'_>, out: &mut Outbox) -> &[Fix] {
        let problem = self.problems.get(n);
        self.fixes.entry(n).or_insert_with(|| {
            let find = |problem| hygiene::fixes(problem, cx.model, cx.library, cx.actual, cx.today, out.ids());
            problem.map(find).unwrap_or_default()
        })
    }

    fn is_known(&self, cx: &ViewCx<'_>) -> bool {
        self.waits || self.revision == Some(cx.revision)
    }

    /// "2 errors", "14 warnings" or nothing; what is gravest.
    pub fn count(&self, cx: &ViewCx<'_>) -> String {
        if !self.is_known(cx) {
            return String::new();
        }
        let errors = self.problems.iter().filter(|p| p.check.severity() == Severity::Error).count();
        match (errors, self.problems.len()) {
            (_, 0) => String::new(),
            (0, all) => all.to_string(),
            (errors, all) => format!("{all} · {errors} error{}", if errors == 1 { "" } else { "s" }),
        }
    }

    /// "5 of 7" steps done.
    pub fn progress(&self, cx: &ViewCx<'_>) -> String {
        let done = self.steps.iter().filter(|s| s.is_done()).count();
        if self.is_known(cx) { format!("{done} of {}", self.steps.len()) } else { String::new() }
    }
}
