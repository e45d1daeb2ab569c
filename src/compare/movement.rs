//! How risk moved between two times, threat by threat.

use super::scores::{Scores, Standing};
use crate::model::{Band, Disposition, Key, ThreatKey};
use std::collections::BTreeSet;

/// Scores closer than this are the same to people.
pub(super) const SEEN: f64 = 0.05;

/// What became of a threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It counts now and was not found before.
    New,
    /// It counts now; before it was only possible.
    Confirmed,
    /// It counts again after having been ruled out.
    Reopened,
    /// Its score rose.
    Worse,
    /// Its score fell.
    Better,
    /// The same risk, but decided about differently.
    Decided,
    /// Somebody said that it does not apply.
    RuledOut,
    /// It is only possible now.
    Doubted,
    /// It is not found any more.
    Gone,
}

impl Fate {
    pub const ALL: [Fate; 9] = [
        Fate::New,
        Fate::Confirmed,
        Fate::Reopened,
        Fate::Worse,
        Fate::Better,
        Fate::Decided,
        Fate::RuledOut,
        Fate::Doubted,
        Fate::Gone,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Fate::New => "New",
            Fate::Confirmed => "Confirmed",
            Fate::Reopened => "Reopened",
            Fate::Worse => "Worse",
            Fate::Better => "Better",
            Fate::Decided => "Decided",
            Fate::RuledOut => "Ruled out",
            Fate::Doubted => "Only possible now",
            Fate::Gone => "Gone",
        }
    }
}

/// A threat that moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub threat: ThreatKey,
    pub fate: Fate,
    /// As it reads later, or as it read when it is gone.
    pub title: String,
    pub label: String,
    pub before: Option<Standing>,
    pub after: Option<Standing>,
    /// Changed records without which it would be about as it was; empty where no single one tells.
    pub causes: BTreeSet<Key>,
}

impl Moved {
    /// Points gained, negative when it eased; a threat that does not count has none.
    pub fn by(&self) -> f64 {
        counted(self.after.as_ref()) - counted(self.before.as_ref())
    }

    pub fn band_before(&self) -> Option<Band> {
        self.before.as_ref().filter(|s| s.counts()).map(|s| s.band)
    }

    pub fn band_after(&self) -> Option<Band> {
        self.after.as_ref().filter(|s| s.counts()).map(|s| s.band)
    }
}

fn counted(standing: Option<&Standing>) -> f64 {
    standing.filter(|s| s.counts()).map_or(0.0, |s| s.score)
}

/// How risk moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Movement {
    /// Greatest current score before and after.
    pub peak: (f64, f64),
    /// Load before and after.
    pub load: (f64, f64),
    /// Threats that count, by band, before and after.
    pub counts: ([usize; 5], [usize; 5]),
    /// The greatest change first; ties by key.
    pub threats: Vec<Moved>,
}

impl Movement {
    pub fn between(before: &Scores, after: &Scores) -> Movement {
        let keys: BTreeSet<&ThreatKey> = before.threats.keys().chain(after.threats.keys()).collect();
        let mut threats: Vec<Moved> = keys.into_iter().filter_map(|key| moved(key, before, after)).collect();
        threats.sort_by(|a, b| b.by().abs().total_cmp(&a.by().abs()).then_with(|| a.threat.cmp(&b.threat)));
        let (peak, load) = ((before.peak, after.peak), (before.load, after.load));
        Movement { peak, load, counts: (before.counts, after.counts), threats }
    }

    /// True when nobody would see a difference.
    pub fn is_empty(&self) -> bool {
        let is_same = |(was, is): (f64, f64)| (was - is).abs() < SEEN;
        self.threats.is_empty() && is_same(self.load) && is_same(self.peak) && self.counts.0 == self.counts.1
    }

    /// Threats with this fate, the greatest change first.
    pub fn with_fate(&self, fate: Fate) -> impl Iterator<Item = &Moved> {
        self.threats.iter().filter(move |moved| moved.fate == fate)
    }

    /// Threats that moved because of a record.
    pub fn because_of<'a>(&'a self, key: &'a Key) -> impl Iterator<Item = &'a Moved> {
        self.threats.iter().filter(move |moved| moved.causes.contains(key))
    }
}

fn moved(key: &ThreatKey, before: &Scores, after: &Scores) -> Option<Moved> {
    let (was, is) = (before.threats.get(key), after.threats.get(key));
    let fate = fate(was, is)?;
    let shown = is.or(was)?;
    Some(Moved {
        threat: key.clone(),
        fate,
        title: shown.title.clone(),
        label: shown.label.clone(),
        before: was.cloned(),
        after: is.cloned(),
        causes: BTreeSet::new(),
    })
}

/// What became of a threat; `None` when nothing people would see.
fn fate(was: Option<&Standing>, is: Option<&Standing>) -> Option<Fate> {
    let is_ruled_out = |s: &Standing| s.disposition == Disposition::NotApplicable;
    match (was, is) {
        (None, Some(is)) => is.counts().then_some(Fate::New),
        (Some(was), None) => was.counts().then_some(Fate::Gone),
        (Some(was), Some(is)) => match (was.counts(), is.counts()) {
            (false, true) if is_ruled_out(was) => Some(Fate::Reopened),
            (false, true) => Some(Fate::Confirmed),
            (true, false) if is_ruled_out(is) => Some(Fate::RuledOut),
            (true, false) => Some(Fate::Doubted),
            (true, true) if is.score - was.score >= SEEN => Some(Fate::Worse),
            (true, true) if was.score - is.score >= SEEN => Some(Fate::Better),
            _ => (was.disposition != is.disposition).then_some(Fate::Decided),
        },
        (None, None) => None,
    }
}
