//! The fix review: what became of every finding of an earlier time.

use super::movement::SEEN;
use super::scores::{Scores, Standing};
use crate::model::{Disposition, ThreatKey};
use std::collections::BTreeSet;

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It counts now and did not then.
    New,
    /// It counts still, with more risk.
    Worse,
    /// It counts as it did, and nobody accepted it.
    StillOpen,
    /// It counts still, with less risk.
    Eased,
    /// It counts still, and somebody accepted it.
    Accepted,
    /// Somebody said that it does not apply.
    RuledOut,
    /// It is not found any more, or only possible.
    Fixed,
}

impl Outcome {
    pub const ALL: [Outcome; 7] =
        [Outcome::New, Outcome::Worse, Outcome::StillOpen, Outcome::Eased, Outcome::Accepted, Outcome::RuledOut, Outcome::Fixed];

    pub fn label(self) -> &'static str {
        match self {
            Outcome::New => "New",
            Outcome::Worse => "Worse",
            Outcome::StillOpen => "Still open",
            Outcome::Eased => "Eased",
            Outcome::Accepted => "Accepted",
            Outcome::RuledOut => "Ruled out",
            Outcome::Fixed => "Fixed",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Outcome::New => "found since",
            Outcome::Worse => "still there, with more risk",
            Outcome::StillOpen => "still there, as it was",
            Outcome::Eased => "still there, with less risk",
            Outcome::Accepted => "still there, borne by somebody",
            Outcome::RuledOut => "found not to apply",
            Outcome::Fixed => "not there any more",
        }
    }
}

/// A finding then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    pub threat: ThreatKey,
    pub outcome: Outcome,
    /// As it reads now, or as it read when it is gone.
    pub title: String,
    pub label: String,
    /// `None` where it did not count.
    pub before: Option<Standing>,
    pub after: Option<Standing>,
}

/// Every finding that counted then or counts now: by outcome, then the greatest score first.
pub fn review(before: &Scores, after: &Scores) -> Vec<Reviewed> {
    let counting = |scores: &Scores, key: &ThreatKey| scores.threats.get(key).filter(|s| s.counts()).cloned();
    let keys: BTreeSet<&ThreatKey> = before.threats.keys().chain(after.threats.keys()).collect();
    let one = |key: &ThreatKey| {
        let (was, is) = (counting(before, key), counting(after, key));
        let outcome = match (&was, &is) {
            (None, None) => return None,
            (None, Some(_)) => Outcome::New,
            (Some(_), None) => match after.threats.get(key) {
                Some(now) if now.disposition == Disposition::NotApplicable => Outcome::RuledOut,
                _ => Outcome::Fixed,
            },
            (Some(_), Some(is)) if is.disposition == Disposition::Accept => Outcome::Accepted,
            (Some(was), Some(is)) if is.score - was.score >= SEEN => Outcome::Worse,
            (Some(was), Some(is)) if was.score - is.score >= SEEN => Outcome::Eased,
            _ => Outcome::StillOpen,
        };
        let shown = after.threats.get(key).or(before.threats.get(key))?;
        let (title, label) = (shown.title.clone(), shown.label.clone());
        Some(Reviewed { threat: key.clone(), outcome, title, label, before: was, after: is })
    };
    let mut all: Vec<Reviewed> = keys.into_iter().filter_map(one).collect();
    let score = |r: &Reviewed| r.after.as_ref().or(r.before.as_ref()).map_or(0.0, |s| s.score);
    all.sort_by(|a, b| {
        a.outcome.cmp(&b.outcome).then_with(|| score(b).total_cmp(&score(a))).then_with(|| a.threat.cmp(&b.threat))
    });
    all
}
