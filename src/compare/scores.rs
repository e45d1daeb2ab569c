//! The figures of a model at one time: all that comparing risk needs of an assessment, and what a baseline freezes.

use crate::model::{Band, Disposition, ThreatKey};
use crate::risk::{Assessment, BandCounts, Finding, FindingStatus};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Peak, load, counts and every threat of a model at one time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scores {
    /// Greatest current score of the threats that count, 0 to 100.
    pub peak: f64,
    /// Sum over anchor and leading category of the greatest current score.
    pub load: f64,
    /// Threats that count, by band, the worst first.
    pub counts: [usize; 5],
    pub threats: BTreeMap<ThreatKey, Standing>,
}

/// A threat at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// As it read then.
    pub title: String,
    /// Display number or code.
    pub label: String,
    /// Current score, 0 to 100.
    pub score: f64,
    pub band: Band,
    /// False when unanswered questions decide whether it applies.
    pub applies: bool,
    pub disposition: Disposition,
}

impl Standing {
    fn of(finding: &Finding) -> Standing {
        Standing {
            title: finding.title.clone(),
            label: finding.label(),
            score: finding.current.score,
            band: finding.current.band,
            applies: finding.status == FindingStatus::Applies,
            disposition: finding.disposition,
        }
    }

    /// True when it counts in totals: it applies and nobody ruled it out.
    pub fn counts(&self) -> bool {
        self.applies && self.disposition != Disposition::NotApplicable
    }

    /// "High 34.2", with what was decided.
    pub fn words(&self) -> String {
        let decided = match self.disposition {
            Disposition::Open => String::new(),
            decided => format!(", {}", decided.label().to_lowercase()),
        };
        let possible = if self.applies { "" } else { ", only possible" };
        format!("{} {:.1}{possible}{decided}", self.band.label(), self.score)
    }
}

impl Scores {
    pub fn of(assessment: &Assessment) -> Scores {
        let risk = &assessment.totals.risk;
        let threats = assessment.findings.values().map(|f| (f.key.clone(), Standing::of(f))).collect();
        Scores { peak: risk.peak, load: risk.load, counts: counts(&risk.counts), threats }
    }

    /// Threats that count.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

fn counts(counts: &BandCounts) -> [usize; 5] {
    [counts.critical, counts.high, counts.medium, counts.low, counts.minimal]
}
