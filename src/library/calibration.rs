//! The numbers of the risk method that are expert judgement, read from `assets/library/calibration.ron`.

use super::{MethodNumbers, PathNumbers};
use crate::model::{Access, AgentAccess, Band, ControlInstance, ControlStatus, EvidenceLevel, Link, VulnerabilityStatus};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Calibration of likelihood, impact, bands and controls. Comments on each value are in the asset.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Probability a year of likelihood levels 1 to 5.
    pub probability: [f64; 5],
    pub probability_edges: [f64; 4],
    /// Share of the worst impact of impact levels 1 to 5.
    pub impact: [f64; 5],
    pub impact_edges: [f64; 4],
    pub bands: BandEdges,
    /// Utility of asset values 0 to 4.
    pub utility: [f64; 5],
    pub assumed_value: u8,
    pub custody: f64,
    /// Least and greatest product of the factors on the odds.
    pub clamp: (f64, f64),
    /// Factor of exposure 0 to 3.
    pub exposure: [f64; 4],
    pub channel: ChannelFactors,
    pub capability_base: f64,
    /// Factor of intent 1 to 5.
    pub intent: [f64; 5],
    pub reach: BTreeMap<Access, BTreeMap<AgentAccess, f64>>,
    pub vulnerability: VulnerabilityFactors,
    pub link: LinkShares,
    pub status: StatusShares,
    pub evidence: EvidenceShares,
    pub effect_cap: f64,
    pub total_cap: f64,
    pub detection: f64,
    pub detection_alone: f64,
    pub detection_response: f64,
    pub detection_unlisted: f64,
    pub severity: SeverityLevels,
    /// Person-days of effort tiers 1 to 5.
    pub effort: [f64; 5],
    pub methods: MethodNumbers,
    pub paths: PathNumbers,
}

/// Lower edges of the bands, 0 to 100.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandEdges {
    pub critical: f64,
    pub high: f64,
    pub medium: f64,
    pub low: f64,
}

/// Factors on the odds by what a flow travels over; `open` is Internet, Wi-Fi, Bluetooth and radio.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelFactors {
    pub open: f64,
    pub cellular: f64,
    pub wired: f64,
    pub local: f64,
    pub unknown_untrusted: f64,
    pub unknown: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VulnerabilityFactors {
    pub suspected: f64,
    pub confirmed: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkShares {
    pub primary: f64,
    pub secondary: f64,
    pub weak: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusShares {
    pub proposed: f64,
    pub planned: f64,
    pub partial: f64,
    pub implemented: f64,
    pub operating: f64,
    pub retired: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceShares {
    pub assumed: f64,
    pub documented: f64,
    pub reviewed: f64,
    pub tested: f64,
    pub failed: f64,
}

/// Likelihood and impact level that stand for a band given as a whole.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityLevels {
    pub critical: (u8, u8),
    pub high: (u8, u8),
    pub medium: (u8, u8),
    pub low: (u8, u8),
    pub minimal: (u8, u8),
}

/// Element `level` (1-based, clamped to the table) of a table of levels.
fn at_level<const N: usize>(table: &[f64; N], level: u8) -> f64 {
    let index = usize::from(level).clamp(1, N) - 1;
    table.get(index).copied().unwrap_or_default()
}

/// 1 plus the number of edges reached.
fn level_by(edges: &[f64; 4], value: f64) -> u8 {
    edges.iter().fold(1, |level, edge| level + u8::from(value >= *edge))
}

impl Calibration {
    /// Risk band of a score 0 to 100.
    pub fn band(&self, score: f64) -> Band {
        match score {
            r if r >= self.bands.critical => Band::Critical,
            r if r >= self.bands.high => Band::High,
            r if r >= self.bands.medium => Band::Medium,
            r if r >= self.bands.low => Band::Low,
            _ => Band::Minimal,
        }
    }

    /// Likelihood level 1 to 5 of a probability a year.
    pub fn likelihood_level(&self, p: f64) -> u8 {
        level_by(&self.probability_edges, p)
    }

    /// Impact level 1 to 5 of a share of the worst impact; 0 when nothing is at stake.
    pub fn impact_level(&self, i: f64) -> u8 {
        if i <= 0.0 { 0 } else { level_by(&self.impact_edges, i) }
    }

    /// Probability a year that stands for a likelihood level (clamped to 1 to 5).
    pub fn probability_of(&self, level: u8) -> f64 {
        at_level(&self.probability, level)
    }

    /// Share of the worst impact that stands for an impact level (clamped to 1 to 5).
    pub fn impact_of(&self, level: u8) -> f64 {
        at_level(&self.impact, level)
    }

    /// Utility of an asset value (clamped to 0 to 4).
    pub fn utility_of(&self, value: u8) -> f64 {
        at_level(&self.utility, value.saturating_add(1))
    }

    pub fn exposure_factor(&self, exposure: u8) -> f64 {
        at_level(&self.exposure, exposure.saturating_add(1))
    }

    pub fn intent_factor(&self, intent: u8) -> f64 {
        at_level(&self.intent, intent)
    }

    /// How well the access an agent has serves the access needed, 0 to 1.
    pub fn reach_of(&self, needed: Access, has: AgentAccess) -> f64 {
        self.reach.get(&needed).and_then(|row| row.get(&has)).copied().unwrap_or_default()
    }

    /// Odds factor of a vulnerability; 1 once fixed.
    pub fn vulnerability_factor(&self, status: VulnerabilityStatus) -> f64 {
        match status {
            VulnerabilityStatus::Suspected => self.vulnerability.suspected,
            VulnerabilityStatus::Confirmed => self.vulnerability.confirmed,
            VulnerabilityStatus::Fixed => 1.0,
        }
    }

    pub fn link_share(&self, link: Link) -> f64 {
        match link {
            Link::Primary => self.link.primary,
            Link::Secondary => self.link.secondary,
            Link::Weak => self.link.weak,
        }
    }

    pub fn status_share(&self, status: ControlStatus) -> f64 {
        match status {
            ControlStatus::Proposed => self.status.proposed,
            ControlStatus::Planned => self.status.planned,
            ControlStatus::Partial => self.status.partial,
            ControlStatus::Implemented => self.status.implemented,
            ControlStatus::Operating => self.status.operating,
            ControlStatus::Retired => self.status.retired,
        }
    }

    pub fn evidence_share(&self, level: EvidenceLevel) -> f64 {
        match level {
            EvidenceLevel::Assumed => self.evidence.assumed,
            EvidenceLevel::Documented => self.evidence.documented,
            EvidenceLevel::Reviewed => self.evidence.reviewed,
            EvidenceLevel::Tested => self.evidence.tested,
            EvidenceLevel::Failed => self.evidence.failed,
        }
    }

    /// How much of its strength a control has today: status · evidence · coverage, 0 to 1.
    pub fn quality(&self, instance: &ControlInstance) -> f64 {
        self.status_share(instance.status) * self.evidence_share(instance.evidence.level) * instance.coverage
    }

    /// Probability and impact that stand for a band given as a whole; their product lies in that band.
    pub fn severity_rating(&self, band: Band) -> (f64, f64) {
        let (likelihood, impact) = match band {
            Band::Critical => self.severity.critical,
            Band::High => self.severity.high,
            Band::Medium => self.severity.medium,
            Band::Low => self.severity.low,
            Band::Minimal => self.severity.minimal,
        };
        (self.probability_of(likelihood), self.impact_of(impact))
    }
}
