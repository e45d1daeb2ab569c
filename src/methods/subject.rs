//! What methods read of one threat.

use crate::library::{Library, Rule};
use crate::model::{Appraisal, Asset, Dimension, Id, ThreatAgent, ThreatModel};
use crate::risk::{Finding, Weighed, name_of};

/// One threat with everything methods may ask about it.
pub(super) struct Subject<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    pub finding: &'a Finding,
    /// `None` for a threat written by hand.
    pub rule: Option<&'a Rule>,
    pub weighed: Weighed,
    pub given: &'a Appraisal,
}

/// Who watches over an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watched {
    Alerted,
    LookedAt,
    Logged,
    Not,
}

impl<'a> Subject<'a> {
    /// The agent that decides, with its name.
    pub fn agent(&self) -> Option<(&'a ThreatAgent, String)> {
        let (id, agent) = self.weighed.agent.as_ref().and_then(|id| self.model.agents.get_key_value(id))?;
        Some((agent, name_of(self.model, id)))
    }

    /// "x 4 of 5 of Organised crime", or that no agent is modelled and a middling one is assumed.
    pub fn told_agent(&self, what: &str, level: impl Fn(&ThreatAgent) -> u8) -> (u8, String) {
        match self.agent() {
            Some((agent, name)) => (level(agent), format!("{what} {} of 5 of {name}", level(agent))),
            None => (3, format!("no threat agent decides, so {what} 3 of 5 is assumed")),
        }
    }

    /// Assets it can harm.
    pub fn assets(&self) -> impl Iterator<Item = (&'a Id, &'a Asset)> {
        self.finding.assets.iter().filter_map(|id| self.model.assets.get_key_value(id))
    }

    /// The greatest value at stake in a dimension, 0 to 4, with the asset; `None` without assets.
    pub fn most_valued(&self, dimension: Dimension) -> Option<(u8, String)> {
        let most = self.assets().max_by_key(|(_, asset)| asset.value(dimension));
        most.map(|(id, asset)| (asset.value(dimension), name_of(self.model, id)))
    }

    /// Impact level 0 to 5 of what is at stake in a dimension.
    pub fn impact_level(&self, dimension: Dimension) -> u8 {
        self.library.calibration.impact_level(self.weighed.stake(dimension))
    }

    /// Controls that watch, by what is in force on its route or for the whole model.
    pub fn watched(&self) -> Watched {
        let calibration = &self.library.calibration;
        let in_force = |control: &str| {
            let here = self.finding.controls.iter().any(|used| used.control == control && used.effect > 0.0);
            let sites = crate::risk::sites_of(self.model, self.finding);
            let counts = |i: &&crate::model::ControlInstance| {
                i.control == control && calibration.quality(i) > 0.0 && i.at.iter().any(|site| sites.contains(site))
            };
            here || self.model.instances.values().any(|i| counts(&i))
        };
        match (in_force("C-MON-SIEM"), in_force("C-MON-AUDIT")) {
            (true, true) => Watched::Alerted,
            // Somebody looks at what is collected, if not at an audit trail of this place.
            (true, false) => Watched::LookedAt,
            (false, true) => Watched::Logged,
            (false, false) => Watched::Not,
        }
    }
}
