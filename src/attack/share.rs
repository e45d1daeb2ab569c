//! Where paths come together.

use super::path::{AttackPath, Spot};
use crate::model::Id;
use std::collections::BTreeMap;

/// An element or flow that paths pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Choke {
    pub at: Id,
    /// Share of the probability of all paths that passes here, 0 to 1.
    pub share: f64,
    /// Number of paths that do.
    pub paths: usize,
}

/// Elements, flows and boundaries by the share of the paths' probability that passes them, the greatest first. Where agents
/// start is none: they are there already.
pub fn chokes<'a>(paths: impl Iterator<Item = &'a AttackPath>) -> Vec<Choke> {
    let mut whole = 0.0;
    let mut passed: BTreeMap<&Id, (f64, usize)> = BTreeMap::new();
    for path in paths {
        whole += path.p;
        let starts: Vec<&Id> =
            path.steps.iter().filter(|step| step.from == Spot::Start).filter_map(|step| step.to.id()).collect();
        for place in path.places().into_iter().filter(|place| !starts.contains(place)) {
            let (p, count) = passed.entry(place).or_default();
            *p += path.p;
            *count += 1;
        }
    }
    let choke = |(at, (p, paths)): (&Id, (f64, usize))| Choke { at: at.clone(), share: p / whole, paths };
    let mut out: Vec<Choke> = passed.into_iter().filter(|_| whole > 0.0).map(choke).collect();
    out.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.at.cmp(&b.at)));
    out
}
