//! What the Load consists of: the places it comes from, and the worst threat at each.

use super::aggregate::Sum;
use super::assessment::{Assessment, worst_first};
use super::finding::{Finding, FindingStatus};
use crate::model::Id;
use std::collections::BTreeMap;

/// What one place adds to the Load.
#[derive(Clone, Debug)]
pub struct Share<'a> {
    pub at: &'a Id,
    /// Of each class of threats the worst, added up.
    pub load: f64,
    /// How many threats count here.
    pub threats: usize,
    pub worst: &'a Finding,
}

/// Every place with a threat that counts, what adds most first. Together they are the Load of the whole.
pub fn shares(assessment: &Assessment) -> Vec<Share<'_>> {
    let mut places: BTreeMap<&Id, Vec<&Finding>> = BTreeMap::new();
    for finding in assessment.findings.values().filter(|f| f.counts() && f.status == FindingStatus::Applies) {
        places.entry(&finding.key.anchor).or_default().push(finding);
    }
    let mut shares: Vec<Share<'_>> = places.iter().filter_map(|(at, here)| share(at, here)).collect();
    shares.sort_by(|a, b| b.load.total_cmp(&a.load).then_with(|| a.at.cmp(b.at)));
    shares
}

fn share<'a>(at: &'a Id, here: &[&'a Finding]) -> Option<Share<'a>> {
    let worst = here.iter().copied().min_by(|a, b| worst_first(a, b))?;
    Some(Share { at, load: Sum::of(here.iter().copied()).risk.load, threats: here.len(), worst })
}
