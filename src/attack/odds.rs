//! How likely threats are for one agent, where people draw up attacks themselves.

use super::tree::leaf_finding;
use crate::library::Library;
use crate::model::{Id, ThreatKey, ThreatModel};
use crate::risk::{Assessment, openings_at};
use std::collections::{BTreeMap, BTreeSet};

/// Likelihoods a year of some threats, with the controls in force: for one agent, or without one for whoever each is
/// likeliest for.
pub struct Odds<'a> {
    assessment: &'a Assessment,
    /// By threat from outside, and once the agent is where it is carried out from.
    of_agent: Option<BTreeMap<ThreatKey, (f64, f64)>>,
}

impl<'a> Odds<'a> {
    pub fn new<'t>(
        model: &ThreatModel,
        library: &Library,
        assessment: &'a Assessment,
        agent: Option<&Id>,
        threats: impl IntoIterator<Item = &'t ThreatKey>,
    ) -> Odds<'a> {
        let of_agent = agent.and_then(|id| model.agents.get(id)).map(|agent| {
            let places: BTreeSet<&Id> = threats.into_iter().map(|threat| &threat.anchor).collect();
            let mut out: BTreeMap<ThreatKey, (f64, f64)> = BTreeMap::new();
            for opening in openings_at(model, library, &places) {
                let chance = |inside| opening.chance(&library.calibration, agent, inside);
                let (outside, inside) = out.entry(opening.threat.clone()).or_default();
                (*outside, *inside) = (outside.max(chance(false)), inside.max(chance(true)));
            }
            out
        });
        Odds { assessment, of_agent }
    }

    /// Once the attacker is where it is carried out from. 0 for what is not found any more or was ruled out.
    pub fn there(&self, threat: &ThreatKey) -> f64 {
        self.of(threat, |(_, inside)| inside)
    }

    /// From outside, with no more than the access the agent has.
    pub fn outside(&self, threat: &ThreatKey) -> f64 {
        self.of(threat, |(outside, _)| outside)
    }

    /// Which part of the likelihood of a threat `p` is, as people may read it; `None` for all of it.
    pub(super) fn share(&self, threat: &ThreatKey, p: f64) -> Option<f64> {
        const FINE: f64 = 1e6;
        let share = ((p / self.there(threat)).clamp(0.0, 1.0) * FINE).round() / FINE;
        (share < 1.0).then_some(share)
    }

    fn of(&self, threat: &ThreatKey, which: impl Fn((f64, f64)) -> f64) -> f64 {
        let Some(finding) = leaf_finding(self.assessment, threat) else { return 0.0 };
        match &self.of_agent {
            Some(all) => all.get(threat).copied().map_or(0.0, which),
            None => finding.current.p,
        }
    }
}
