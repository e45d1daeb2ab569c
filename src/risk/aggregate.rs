//! Roll-ups: Peak and Load of every scope, from those of its anchors.

use super::assessment::{Matrix, Rollup, Totals};
use super::finding::{Finding, FindingStatus};
use crate::model::{Category, Disposition};

/// Findings of one class at one anchor do not add up: the worst counts.
#[derive(Default)]
struct Classes([f64; 7]);

impl Classes {
    fn raise(&mut self, finding: &Finding, score: f64) {
        let class = finding.class().and_then(|class| Category::ALL.iter().position(|c| *c == class)).map_or(6, |n| n.min(6));
        if let Some(worst) = self.0.get_mut(class) {
            *worst = worst.max(score);
        }
    }

    fn sum(&self) -> f64 {
        self.0.iter().sum()
    }
}

/// What is anchored at one place, summed up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sum {
    pub risk: Rollup,
    pub inherent_load: f64,
    pub planned_load: f64,
    pub inherent_peak: f64,
    pub planned_peak: f64,
}

impl Sum {
    /// The sum of findings at one anchor.
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Sum {
        let mut sum = Sum::default();
        let [mut load, mut if_confirmed, mut inherent, mut planned] = <[Classes; 4]>::default();
        for finding in findings.filter(|f| f.disposition != Disposition::NotApplicable) {
            let risk = &mut sum.risk;
            let score = finding.current.score;
            risk.peak_if_confirmed = risk.peak_if_confirmed.max(score);
            if_confirmed.raise(finding, score);
            if finding.status == FindingStatus::Possible {
                risk.possible += 1;
                continue;
            }
            risk.peak = risk.peak.max(score);
            risk.counts.add(finding.current.band);
            risk.treated += usize::from(finding.disposition != Disposition::Open || !finding.controls.is_empty());
            load.raise(finding, score);
            inherent.raise(finding, finding.inherent.score);
            planned.raise(finding, finding.planned.score);
            sum.inherent_peak = sum.inherent_peak.max(finding.inherent.score);
            sum.planned_peak = sum.planned_peak.max(finding.planned.score);
        }
        (sum.risk.load, sum.risk.load_if_confirmed) = (load.sum(), if_confirmed.sum());
        (sum.inherent_load, sum.planned_load) = (inherent.sum(), planned.sum());
        sum
    }
}

impl Rollup {
    /// Takes in another anchor.
    pub(super) fn take_in(&mut self, other: &Rollup) {
        self.peak = self.peak.max(other.peak);
        self.load += other.load;
        self.peak_if_confirmed = self.peak_if_confirmed.max(other.peak_if_confirmed);
        self.load_if_confirmed += other.load_if_confirmed;
        self.counts.take_in(&other.counts);
        self.treated += other.treated;
        self.possible += other.possible;
    }
}

impl Totals {
    /// Sums up all anchors, which come in their order.
    pub(super) fn sum_up<'a>(&mut self, anchors: impl Iterator<Item = &'a Sum>) {
        self.risk = Rollup::default();
        (self.inherent_load, self.planned_load, self.inherent_peak, self.planned_peak) = (0.0, 0.0, 0.0, 0.0);
        for sum in anchors {
            self.risk.take_in(&sum.risk);
            self.inherent_load += sum.inherent_load;
            self.planned_load += sum.planned_load;
            self.inherent_peak = self.inherent_peak.max(sum.inherent_peak);
            self.planned_peak = self.planned_peak.max(sum.planned_peak);
        }
        self.current = self.risk.counts;
    }

    /// Counts findings in, or (`is_new` false) out again.
    pub(super) fn count<'a>(&mut self, findings: impl IntoIterator<Item = &'a Finding>, is_new: bool) {
        let by = if is_new { 1 } else { -1 };
        let tally = |count: &mut usize, is_one: bool| *count = count.saturating_add_signed(if is_one { by } else { 0 });
        for finding in findings {
            tally(&mut self.findings, true);
            tally(&mut self.not_applicable, finding.disposition == Disposition::NotApplicable);
            tally(&mut self.stale, !finding.stale.is_empty());
            tally(&mut self.inherited, finding.inherited);
            if !finding.counts() {
                continue;
            }
            tally(&mut self.accepted, finding.disposition == Disposition::Accept);
            tally(&mut self.decided, finding.disposition != Disposition::Open);
            tally(&mut self.to_review, finding.needs_review());
            tally(self.inherent.of(finding.inherent.band), true);
            tally(self.planned.of(finding.planned.band), true);
            let matrices: [(&mut Matrix, _); 3] = [
                (&mut self.inherent_matrix, &finding.inherent),
                (&mut self.current_matrix, &finding.current),
                (&mut self.planned_matrix, &finding.planned),
            ];
            for (matrix, rating) in matrices {
                if let Some(cell) = matrix.cell(rating) {
                    tally(cell, true);
                }
            }
        }
    }
}
