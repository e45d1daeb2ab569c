//! Two assessments side by side.

use crate::model::{Band, ThreatKey};
use crate::risk::{Assessment, BandCounts, Finding, FindingStatus};
use std::collections::BTreeSet;

/// Scores closer than this are the same to people.
const SEEN: f64 = 0.05;

/// How a later state differs from an earlier one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// Greatest current score before and after.
    pub peak: (f64, f64),
    /// Load before and after.
    pub load: (f64, f64),
    pub counts: (BandCounts, BandCounts),
    /// Threats whose score or standing changed, the greatest change first; ties by key.
    pub moved: Vec<Moved>,
}

/// A threat that changed. A side is `None` where the threat does not count: not found, only possible, or ruled out.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub threat: ThreatKey,
    /// As it reads in the later state, or in the earlier one when it is gone.
    pub title: String,
    pub before: Option<(f64, Band)>,
    pub after: Option<(f64, Band)>,
}

impl Moved {
    /// Points gained, negative when it eased.
    pub fn by(&self) -> f64 {
        self.after.map_or(0.0, |(score, _)| score) - self.before.map_or(0.0, |(score, _)| score)
    }

    /// True when it changed its band, came or went.
    pub fn changes_band(&self) -> bool {
        self.before.map(|(_, band)| band) != self.after.map(|(_, band)| band)
    }
}

impl Delta {
    pub fn between(before: &Assessment, after: &Assessment) -> Delta {
        let (was, is) = (&before.totals, &after.totals);
        let keys: BTreeSet<&ThreatKey> = before.findings.keys().chain(after.findings.keys()).collect();
        let mut moved: Vec<Moved> = keys.into_iter().filter_map(|key| moved(key, before, after)).collect();
        moved.sort_by(|a, b| b.by().abs().total_cmp(&a.by().abs()).then_with(|| a.threat.cmp(&b.threat)));
        Delta {
            peak: (was.risk.peak, is.risk.peak),
            load: (was.risk.load, is.risk.load),
            counts: (was.current, is.current),
            moved,
        }
    }

    /// True when nobody would see a difference.
    pub fn is_empty(&self) -> bool {
        self.moved.is_empty() && (self.load.1 - self.load.0).abs() < SEEN
    }
}

fn moved(key: &ThreatKey, before: &Assessment, after: &Assessment) -> Option<Moved> {
    let (was, is) = (before.findings.get(key), after.findings.get(key));
    let counted = |f: Option<&Finding>| {
        f.filter(|f| f.status == FindingStatus::Applies && f.counts()).map(|f| (f.current.score, f.current.band))
    };
    let title = is.or(was)?.title.clone();
    let moved = Moved { threat: key.clone(), title, before: counted(was), after: counted(is) };
    let is_seen = moved.by().abs() >= SEEN || moved.before.is_some() != moved.after.is_some();
    is_seen.then_some(moved)
}
