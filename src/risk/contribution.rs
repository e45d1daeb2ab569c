//! What one record does to the risk: the assessment as it is against one without it.

use super::assessment::Assessment;
use super::scratch::Scratch;
use crate::model::{Key, ThreatKey};
use std::collections::BTreeMap;

/// Less than this is nothing people would see.
const SEEN: f64 = 0.05;

/// What a control takes off, or a vulnerability or a threat agent adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contribution {
    /// Points added to the current score of a threat (taken off when negative).
    pub threats: BTreeMap<ThreatKey, f64>,
    /// Load of the whole model added (or taken off).
    pub load: f64,
}

impl Contribution {
    /// What a record does today, found out on a copy of the model that `now` is the assessment of.
    pub fn of(scratch: &mut Scratch<'_>, now: &Assessment, key: &Key) -> Contribution {
        scratch.with(vec![(key.clone(), None)], |without| {
            let counting = now.findings.iter().filter(|(_, f)| f.counts());
            let by = counting.filter_map(|(threat, finding)| {
                let other = without.findings.get(threat).filter(|f| f.counts());
                Some((threat.clone(), finding.current.score - other?.current.score))
            });
            let threats = by.filter(|(_, by)| by.abs() >= SEEN).collect();
            Contribution { threats, load: now.totals.risk.load - without.totals.risk.load }
        })
    }

    /// The threats it changes, those it changes most first.
    pub fn ranked(&self) -> Vec<(&ThreatKey, f64)> {
        let mut all: Vec<(&ThreatKey, f64)> = self.threats.iter().map(|(key, by)| (key, *by)).collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0)));
        all
    }

    /// Points it adds to a threat; none when it leaves it alone.
    pub fn to(&self, threat: &ThreatKey) -> f64 {
        self.threats.get(threat).copied().unwrap_or_default()
    }
}
