//! Hints put together: several that agree are surer than one.

use super::{Confidence, Proposal, Suggestion};
use crate::model::Id;
use std::collections::BTreeSet;

/// Hints about one thing.
#[derive(Debug, Default)]
pub struct Evidence {
    /// In the order they came.
    hints: Vec<(Suggestion, Confidence, Vec<String>)>,
}

impl Evidence {
    /// Takes note of a hint. A second one of the same strength or more makes it surer.
    pub fn add(&mut self, what: Suggestion, confidence: Option<Confidence>, reason: String) {
        let Some(confidence) = confidence else { return };
        match self.hints.iter_mut().find(|(known, ..)| *known == what) {
            Some((_, known, reasons)) if reasons.contains(&reason) => *known = (*known).max(confidence),
            Some((_, known, reasons)) => {
                let together = if *known == confidence { confidence.higher() } else { confidence.max(*known) };
                let at = if confidence > *known { 0 } else { reasons.len() };
                reasons.insert(at, reason);
                *known = together;
            }
            None => self.hints.push((what, confidence, vec![reason])),
        }
    }

    pub fn suggestions(&self) -> impl Iterator<Item = (&Suggestion, Confidence)> {
        self.hints.iter().map(|(what, confidence, _)| (what, *confidence))
    }

    /// The surest among those that exclude one another; of two alike the first.
    pub fn keep_best(&mut self, group: impl Fn(&Suggestion) -> bool) {
        let best = self.hints.iter().filter(|(what, ..)| group(what)).map(|(_, confidence, _)| *confidence).max();
        let mut kept = false;
        self.hints.retain(|(what, confidence, _)| {
            let is_best = !group(what) || (!kept && Some(*confidence) == best);
            kept |= group(what) && is_best;
            is_best
        });
    }

    pub fn retain(&mut self, keep: impl Fn(&Suggestion) -> bool) {
        self.hints.retain(|(what, ..)| keep(what));
    }

    /// At most this sure about `what`.
    pub fn cap(&mut self, group: impl Fn(&Suggestion) -> bool, most: Confidence) {
        for (_, confidence, _) in self.hints.iter_mut().filter(|(what, ..)| group(what)) {
            *confidence = (*confidence).min(most);
        }
    }

    /// As proposals: the surest first, kinds before tags before the rest.
    pub fn proposals(self, at: &Id, declined: &BTreeSet<String>) -> Vec<Proposal> {
        let open = self.hints.into_iter().filter(|(what, ..)| !declined.contains(&what.spelled()));
        let made = open.map(|(what, confidence, reasons)| Proposal { at: at.clone(), what, confidence, reasons });
        let mut proposals: Vec<Proposal> = made.collect();
        proposals.sort_by(|a, b| b.confidence.cmp(&a.confidence).then_with(|| a.what.cmp(&b.what)));
        proposals
    }
}
