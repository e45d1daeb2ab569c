//! The factor chain of a finding in words, made on demand.

mod telling;

use super::controls_in_force::Fronts;
use super::decisions::decision_of;
use super::engine::Engine;
use crate::library::Library;
use crate::model::{Id, ThreatKey, ThreatModel};
use std::collections::BTreeMap;
use telling::Telling;

/// Why a finding is rated as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Who can do what, leading to which loss, in one sentence.
    pub sentence: String,
    pub steps: Vec<Step>,
    /// Number of routes; the explained one is the worst today.
    pub routes: usize,
}

/// One link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// "× 1.6", "83.0 %", "44.6 High" …
    pub factor: String,
    pub words: String,
    pub kind: StepKind,
    /// The record it is about, to look it up: an element, flow, agent, asset, vulnerability or control in place.
    pub about: Option<Id>,
}

/// Whether a step goes in or comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Input,
    Result,
}

/// Explains findings of one model; made once when several are to be explained.
pub struct Explainer<'m> {
    model: &'m ThreatModel,
    engine: Engine<'m>,
}

impl<'m> Explainer<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> Explainer<'m> {
        Explainer { model, engine: Engine::new(model, library) }
    }

    pub(super) fn engine(&self) -> &Engine<'m> {
        &self.engine
    }

    pub(super) fn model(&self) -> &'m ThreatModel {
        self.model
    }

    /// The factor chain of a finding; `None` when there is no such finding.
    pub fn explain(&self, key: &ThreatKey) -> Option<Explanation> {
        explain(&self.engine, self.model, key)
    }

    /// The inputs a finding rests on, to be stored with a decision; empty when there is no such finding.
    pub fn basis(&self, key: &ThreatKey) -> BTreeMap<String, String> {
        let engine = &self.engine;
        let told =
            engine.find(self.model, key, |cause, agent, raised| engine.basis(cause, agent, raised, &mut Fronts::default()));
        told.unwrap_or_default()
    }
}

pub(super) fn explain(engine: &Engine<'_>, model: &ThreatModel, key: &ThreatKey) -> Option<Explanation> {
    let told = engine.find(model, key, |cause, agent, raised| {
        let decision = decision_of(model, cause, key);
        let scored = engine.score(cause, agent, raised, decision, &mut Fronts::default())?;
        let env = *raised.routes.get(scored.worst.index)?;
        let telling = Telling { engine, model, key, cause, raised, agent, scored: &scored, env, decision };
        Some(Explanation { sentence: telling.sentence(), steps: telling.steps(), routes: raised.routes.len() })
    });
    told.flatten()
}
