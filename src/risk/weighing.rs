//! What other rating methods read of a finding: what its threat needs and hits, what is at stake, what controls take off.

use super::controls_in_force::Fronts;
use super::decisions::decision_of;
use super::engine::Engine;
use super::evaluate::Env;
use super::explain::Explainer;
use super::generate::Cause;
use crate::library::By;
use crate::model::{Access, Dimension, ElementKind, Hits, Id, ThreatKey};

/// A finding on its route that is worst today, before a method makes anything of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Likelihood level 1 to 5 of this kind of threat, before any factor.
    pub level: u8,
    /// Skill needed, 1 to 5.
    pub skill: u8,
    pub access: Access,
    pub hits: Hits,
    /// Exposure 0 to 3 of the element its rule goes by, else of the most exposed one of the route.
    pub exposure: u8,
    /// Share of the worst that is at stake before controls, 0 to 1, by dimension in the order of [`Dimension::ALL`].
    pub at_stake: [f64; 5],
    /// Share of the likelihood that controls take, 0 to 0.99.
    pub likelihood_off: f64,
    /// Share of the impact they take by dimension, detection included.
    pub impact_off: [f64; 5],
    /// The agent that decides.
    pub agent: Option<Id>,
}

impl Weighed {
    /// What is at stake in a dimension, 0 to 1.
    pub fn stake(&self, dimension: Dimension) -> f64 {
        of(&self.at_stake, dimension)
    }

    /// Share of the impact controls take as a whole: the mean over dimensions, weighted by how hard each is hit.
    pub fn impact_off(&self) -> f64 {
        let all: f64 = Dimension::ALL.iter().map(|d| self.hits.get(*d)).sum();
        let taken: f64 = Dimension::ALL.iter().map(|d| self.hits.get(*d) * of(&self.impact_off, *d)).sum();
        if all > 0.0 { taken / all } else { 0.0 }
    }
}

fn of(by_dimension: &[f64; 5], dimension: Dimension) -> f64 {
    let at = Dimension::ALL.iter().position(|d| *d == dimension);
    at.and_then(|at| by_dimension.get(at)).copied().unwrap_or_default()
}

/// Exposure of the element the rule goes by, else of the most exposed one of ours on the route.
fn exposure(engine: &Engine<'_>, cause: &Cause<'_>, env: &Env) -> u8 {
    let by = match cause.by {
        By::ExposureThis => env.this,
        By::ExposureSrc => env.src,
        By::ExposureDst => env.dst,
        By::Channel | By::Fixed => None,
    };
    let nodes: Vec<_> = [env.this, env.src, env.dst].into_iter().flatten().map(|n| engine.state.node(n)).collect();
    let ours = || nodes.iter().filter(|node| node.kind != ElementKind::ExternalEntity).map(|node| node.reach.exposure).max();
    let any = || nodes.iter().map(|node| node.reach.exposure).max();
    by.map(|n| engine.state.node(n).reach.exposure).or_else(ours).or_else(any).unwrap_or_default()
}

impl Explainer<'_> {
    /// What other methods read of a finding; `None` when there is no such finding.
    pub fn weigh(&self, key: &ThreatKey) -> Option<Weighed> {
        let (engine, model) = (self.engine(), self.model());
        let weighed = engine.find(model, key, |cause, agent, raised| {
            let decision = decision_of(model, cause, key);
            let scored = engine.score(cause, agent, raised, decision, &mut Fronts::default())?;
            let env = raised.routes.get(scored.worst.index)?;
            Some(Weighed {
                level: cause.level,
                skill: cause.skill,
                access: cause.access,
                hits: cause.hits,
                exposure: exposure(engine, cause, env),
                at_stake: scored.stakes.by_dimension(),
                likelihood_off: scored.worst.effect.likelihood,
                impact_off: scored.worst.effect.impact,
                agent: agent.id.clone(),
            })
        });
        weighed.flatten()
    }
}
