//! What an assessment says: findings and their roll-ups. Derived on every edit, never stored.

use super::aggregate::Sum;
use super::finding::{Finding, Rating};
use super::findings::Findings;
use super::unanswered::Unanswered;
use crate::model::{Band, Id, ThreatKey, Tri};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Everything derived from a model by the risk engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    pub findings: Findings,
    /// One entry for every element.
    pub elements: BTreeMap<Id, ElementRisk>,
    /// One entry for every flow: the threats anchored at it.
    pub flows: BTreeMap<Id, Rollup>,
    pub boundaries: BTreeMap<Id, BoundaryRisk>,
    /// Threats that decide over or touch an asset.
    pub assets: BTreeMap<Id, Rollup>,
    /// The flows that cross a boundary.
    pub crossings: BTreeMap<Id, FlowCrossing>,
    /// Receiving ends of flows that cross to higher trust.
    pub entry_points: Vec<AccessPoint>,
    /// Sending ends of flows that cross to lower trust.
    pub exit_points: Vec<AccessPoint>,
    /// Decisions whose threat is not found any more; kept, and restored when it returns.
    pub dormant: Vec<ThreatKey>,
    /// What to ask next, the most deciding first.
    pub questions: Vec<Question>,
    pub totals: Totals,
}

impl Assessment {
    /// The risk of what is anchored at an element, flow or boundary; for a decomposed element also of what is inside.
    pub fn rollup_at(&self, anchor: &Id) -> Option<&Rollup> {
        let rollup = self.elements.get(anchor).map(|e| &e.risk).or_else(|| self.flows.get(anchor));
        rollup.or_else(|| self.boundaries.get(anchor).map(|b| &b.own))
    }

    /// The risk of what is anchored at one place alone, without what is inside of it.
    pub fn own_risk(&self, anchor: &Id) -> Rollup {
        Sum::of(self.findings.at(anchor).iter()).risk
    }

    /// Findings anchored at an element, flow or boundary, worst first; for a decomposed element also those inside.
    pub fn at(&self, anchor: &Id) -> impl Iterator<Item = &Finding> + use<'_> {
        let inside = self.elements.get(anchor).map_or(&[][..], |e| e.inside.as_slice());
        self.sorted(std::iter::once(anchor).chain(inside)).into_iter()
    }

    /// Findings of a boundary, worst first: at itself, its members, the boundaries within and flows with an end inside.
    pub fn within(&self, boundary: &Id) -> impl Iterator<Item = &Finding> + use<'_> {
        let inside = self.boundaries.get(boundary).map_or(&[][..], |b| b.inside.as_slice());
        self.sorted(inside.iter()).into_iter()
    }

    /// What people look at an item for: within a boundary, or else at the item.
    pub fn shown_at(&self, item: &Id) -> impl Iterator<Item = &Finding> + use<'_> {
        let is_boundary = self.boundaries.contains_key(item);
        let here = self.at(item).take(if is_boundary { 0 } else { usize::MAX });
        self.within(item).chain(here)
    }

    fn sorted<'a>(&self, anchors: impl Iterator<Item = &'a Id>) -> Vec<&Finding> {
        let mut all: Vec<&Finding> = anchors.flat_map(|anchor| self.findings.at(anchor)).collect();
        all.sort_by(|a, b| worst_first(a, b));
        all
    }

    /// Threats that count at an element itself and inside of it, at its parts and the flows between them.
    pub fn own_and_inside(&self, element: &Id) -> (usize, usize) {
        let counting = || self.at(element).filter(|f| f.counts());
        let own = counting().filter(|f| f.key.anchor == *element).count();
        (own, counting().count() - own)
    }

    /// Findings of one rule, worst first.
    pub fn of_rule(&self, rule: &Id) -> Vec<&Finding> {
        let mut found: Vec<&Finding> = self.findings.values().filter(|f| f.key.rule == *rule).collect();
        found.sort_by(|a, b| worst_first(a, b));
        found
    }

    /// All findings, worst first; ties by key.
    pub fn ranked(&self) -> Vec<&Finding> {
        let mut all: Vec<&Finding> = self.findings.values().collect();
        all.sort_by(|a, b| worst_first(a, b));
        all
    }
}

/// The order of every list of findings: by current score, ties by key.
pub(super) fn worst_first(a: &Finding, b: &Finding) -> Ordering {
    b.current.score.total_cmp(&a.current.score).then_with(|| a.key.cmp(&b.key))
}

/// The risk of a scope in two numbers, which do not depend on how many rules the library has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rollup {
    /// Greatest current score of the threats that count: colour and grade.
    pub peak: f64,
    /// Sum over anchor and leading category of the greatest current score: for trends.
    pub load: f64,
    /// The same with every possible threat confirmed.
    pub peak_if_confirmed: f64,
    pub load_if_confirmed: f64,
    /// Threats that count, by current band.
    pub counts: BandCounts,
    /// Those of them that were decided about or have a control in force.
    pub treated: usize,
    /// Threats that only may apply.
    pub possible: usize,
}

/// Derived state and risk of an element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElementRisk {
    /// 0 isolated, 1 indirect, 2 semi-trusted, 3 Internet.
    pub exposure: u8,
    /// The exposure if all callers without known trust are strangers; the same where there are none.
    pub most_exposure: u8,
    /// Reached by data of semi-trusted or untrusted origin.
    pub tainted: Tri,
    /// Threats anchored here and, for a decomposed element, at its parts and the flows between them.
    pub risk: Rollup,
    /// These parts and flows.
    pub inside: Vec<Id>,
}

/// Risk of a trust boundary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoundaryRisk {
    /// Threats anchored at the boundary itself.
    pub own: Rollup,
    /// Also those at its members and at flows with an end inside.
    pub risk: Rollup,
    /// Itself, its members, boundaries within and flows with an end inside.
    pub inside: Vec<Id>,
}

/// Number of threats by band.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BandCounts {
    pub critical: usize,
    pub high: usize,
    pub medium: usize,
    pub low: usize,
    pub minimal: usize,
}

impl BandCounts {
    pub fn get(&self, band: Band) -> usize {
        match band {
            Band::Critical => self.critical,
            Band::High => self.high,
            Band::Medium => self.medium,
            Band::Low => self.low,
            Band::Minimal => self.minimal,
        }
    }

    pub fn add(&mut self, band: Band) {
        *self.of(band) += 1;
    }

    /// The count of a band, to be changed.
    pub(super) fn of(&mut self, band: Band) -> &mut usize {
        match band {
            Band::Critical => &mut self.critical,
            Band::High => &mut self.high,
            Band::Medium => &mut self.medium,
            Band::Low => &mut self.low,
            Band::Minimal => &mut self.minimal,
        }
    }

    pub(super) fn take_in(&mut self, other: &BandCounts) {
        Band::ALL.iter().for_each(|band| *self.of(*band) += other.get(*band));
    }

    pub fn total(&self) -> usize {
        Band::ALL.iter().map(|b| self.get(*b)).sum()
    }
}

/// Number of threats by likelihood and impact level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matrix([[usize; 5]; 5]);

impl Matrix {
    /// Threats with this likelihood and impact level, each 1 to 5; 0 outside.
    pub fn get(&self, likelihood: u8, impact: u8) -> usize {
        let row = usize::from(likelihood).checked_sub(1).and_then(|l| self.0.get(l));
        row.and_then(|row| usize::from(impact).checked_sub(1).and_then(|i| row.get(i))).copied().unwrap_or_default()
    }

    /// Counts a rating; nothing at stake (impact level 0) is counted in the lowest column.
    pub fn add(&mut self, rating: &Rating) {
        self.cell(rating).into_iter().for_each(|cell| *cell += 1);
    }

    pub(super) fn cell(&mut self, rating: &Rating) -> Option<&mut usize> {
        let row = self.0.get_mut(usize::from(rating.likelihood.max(1) - 1));
        row.and_then(|row| row.get_mut(usize::from(rating.impact.max(1) - 1)))
    }
}

/// The boundaries a flow crosses and the trust it moves between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowCrossing {
    pub boundaries: BTreeSet<Id>,
    /// Trust 0 to 4 where the flow starts; `None` while unknown.
    pub from: Option<u8>,
    /// Trust where it ends.
    pub to: Option<u8>,
}

/// Where a flow crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrustChange {
    Up,
    Down,
    Level,
    Unknown,
}

impl FlowCrossing {
    pub fn change(&self) -> TrustChange {
        match (self.from, self.to) {
            (Some(a), Some(b)) if b > a => TrustChange::Up,
            (Some(a), Some(b)) if b < a => TrustChange::Down,
            (Some(_), Some(_)) => TrustChange::Level,
            _ => TrustChange::Unknown,
        }
    }
}

/// An entry or exit point: an end of a flow between two levels of trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPoint {
    pub flow: Id,
    /// The receiving element of an entry, the sending one of an exit.
    pub element: Id,
    pub from: u8,
    pub to: u8,
}

impl AccessPoint {
    /// Levels of trust between the two sides, 1 to 4.
    pub fn difference(&self) -> u8 {
        self.from.abs_diff(self.to)
    }
}

/// An unanswered attribute and what depends on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub about: Unanswered,
    /// Risk points it shares in deciding: sum over its threats of current score by number of unanswered attributes.
    pub value: f64,
    /// How many threats it decides.
    pub threats: usize,
}

/// Figures of the whole model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Peak, load and counts.
    pub risk: Rollup,
    /// All findings, also possible ones and those ruled out.
    pub findings: usize,
    pub inherent: BandCounts,
    pub current: BandCounts,
    pub planned: BandCounts,
    pub inherent_matrix: Matrix,
    pub current_matrix: Matrix,
    pub planned_matrix: Matrix,
    /// Peak and load before controls and with the planned ones.
    pub inherent_peak: f64,
    pub inherent_load: f64,
    pub planned_peak: f64,
    pub planned_load: f64,
    /// Load by in-scope element, for comparing models.
    pub density: f64,
    /// Sum over entry points of their trust difference.
    pub attack_surface: u32,
    pub not_applicable: usize,
    pub accepted: usize,
    /// Threats that count with a decision, and those of them whose decision is to be looked at again.
    pub decided: usize,
    pub to_review: usize,
    pub stale: usize,
    /// Threats whose decision came with a copy and was not looked at since.
    pub inherited: usize,
}
