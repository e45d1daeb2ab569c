//! Every confirmed threat on every one of its routes, as somebody planning an attack reads it: how likely it works for whom.

use super::controls_in_force::Fronts;
use super::decisions::decision_of;
use super::engine::Engine;
use super::finding::Binding;
use super::generate::{Cause, Raised};
use super::raise::Raising;
use super::score::circumstance;
use super::state::Anchor;
use crate::library::{Calibration, Gives, Library, Reach, Rule};
use crate::model::{Access, Category, Dimension, Disposition, Hits, Id, ThreatAgent, ThreatKey, ThreatModel};
use std::collections::BTreeSet;

/// One threat on one route.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening<'l> {
    pub threat: ThreatKey,
    /// Number of the route among the finding's bindings.
    pub route: usize,
    pub binding: Binding,
    /// `None` for a threat written by hand.
    pub rule: Option<&'l Rule>,
    pub access: Access,
    pub skill: u8,
    pub hits: Hits,
    /// From where it is carried out.
    pub reach: Reach,
    /// What success gives.
    pub gives: BTreeSet<Gives>,
    /// Assets it can harm.
    pub assets: Vec<Id>,
    /// Boundaries its flow crosses.
    pub crosses: Vec<Id>,
    /// Odds before circumstances, agent and controls.
    odds: f64,
    /// Exposure or channel, and unfixed vulnerabilities.
    factor: f64,
    /// Share of the likelihood that controls leave.
    left: f64,
    /// Probability before controls that somebody set over the computed one.
    by_hand: Option<f64>,
}

impl Opening<'_> {
    /// Probability a year that it works for this agent, with the controls in force. `inside`: the agent already holds the
    /// position it takes, so that access is no question.
    pub fn chance(&self, calibration: &Calibration, agent: &ThreatAgent, inside: bool) -> f64 {
        let reach = match inside {
            true => 1.0,
            false => agent.access.iter().map(|has| calibration.reach_of(self.access, *has)).fold(0.0, f64::max),
        };
        if let Some(p) = self.by_hand {
            return if reach > 0.0 { p * self.left } else { 0.0 };
        }
        let edge = (i32::from(agent.capability) - i32::from(self.skill)).clamp(-2, 2);
        let agent = reach * calibration.capability_base.powf(f64::from(edge)) * calibration.intent_factor(agent.intent);
        let (least, most) = calibration.clamp;
        let odds = self.odds * (self.factor * agent).max(least).min(most);
        odds / (1.0 + odds) * self.left
    }
}

/// The openings of a model: threats that apply and that nobody ruled out.
pub fn openings<'l>(model: &ThreatModel, library: &'l Library) -> Vec<Opening<'l>> {
    let engine = Engine::new(model, library);
    let anchors: Vec<Anchor> = engine.state.anchors().collect();
    at(&engine, model, anchors)
}

/// The openings at these elements, flows and boundaries.
pub fn openings_at<'l>(model: &ThreatModel, library: &'l Library, places: &BTreeSet<&Id>) -> Vec<Opening<'l>> {
    let engine = Engine::new(model, library);
    let anchors: Vec<Anchor> = places.iter().filter_map(|id| engine.state.anchor(id)).collect();
    at(&engine, model, anchors)
}

fn at<'l>(engine: &Engine<'l>, model: &ThreatModel, anchors: Vec<Anchor>) -> Vec<Opening<'l>> {
    let (mut memo, mut out) = (engine.memo(), Vec::new());
    for anchor in anchors {
        for id in engine.by_hand.get(&anchor).into_iter().flatten() {
            let Some(threat) = model.threats.get(id) else { continue };
            let cause = Cause::of_threat(id, threat);
            add(engine, model, &cause, &Raised::by_hand(&engine.state, anchor), &mut memo.fronts, &mut out);
        }
        let mut raising = Raising { state: &engine.state, asked: &engine.asked, candidates: &mut memo.candidates };
        for (number, raised) in raising.at(anchor, |_| true) {
            let Some(asked) = engine.asked.get(usize::from(number)).filter(|_| raised.applies) else { continue };
            add(engine, model, &asked.cause, &raised, &mut memo.fronts, &mut out);
        }
    }
    out
}

fn add<'l>(
    engine: &Engine<'l>,
    model: &ThreatModel,
    cause: &Cause<'l>,
    raised: &Raised,
    fronts: &mut Fronts,
    out: &mut Vec<Opening<'l>>,
) {
    let (state, calibration) = (&engine.state, &engine.state.library.calibration);
    let threat = engine.key(cause, raised);
    let decision = decision_of(model, cause, &threat);
    if decision.is_some_and(|d| d.disposition == Disposition::NotApplicable) {
        return;
    }
    let base = calibration.probability_of(cause.level);
    let weakness = engine.vulnerability(&threat);
    let levels = decision.and_then(|d| d.level_override.as_ref()).map(|levels| calibration.probability_of(levels.likelihood));
    let severity = cause.severity.as_ref().map(|(band, _)| calibration.severity_rating(*band).0);
    let assets: Vec<Id> =
        super::score::assets_at_stake(state, cause, raised.anchor).map(|asset| state.asset_id(asset).clone()).collect();
    for (route, env) in raised.routes.iter().enumerate() {
        let Some(binding) = env.binding(state) else { continue };
        let (effect, _) = engine.controls.effects(state, cause, env, fronts);
        out.push(Opening {
            threat: threat.clone(),
            route,
            binding,
            rule: cause.rule,
            access: cause.access,
            skill: cause.skill,
            hits: cause.hits,
            reach: cause.rule.map_or_else(|| reach_by_hand(cause), |rule| rule.reach),
            gives: cause.rule.map_or_else(|| gives_by_hand(cause), |rule| rule.gives.iter().copied().collect()),
            assets: assets.clone(),
            crosses: env.flow.iter().flat_map(|f| state.crosses(*f)).map(|z| state.zone_id(*z).clone()).collect(),
            odds: base / (1.0 - base),
            factor: circumstance(state, cause, env) * weakness,
            left: 1.0 - effect.likelihood,
            by_hand: levels.or(severity),
        });
    }
}

/// A threat written by hand says by the access it needs from where it is carried out.
fn reach_by_hand(cause: &Cause<'_>) -> Reach {
    match cause.access {
        Access::Anon | Access::Auth => Reach::Into,
        Access::Adj => Reach::In,
        Access::Local | Access::Priv | Access::Phys | Access::Supp => Reach::At,
    }
}

/// And by what it hits, and its categories, what it gives.
fn gives_by_hand(cause: &Cause<'_>) -> BTreeSet<Gives> {
    let hit = |dimensions: &[Dimension]| dimensions.iter().any(|d| cause.hits.get(*d) > 0.0);
    let is = |category| cause.about.categories.contains(&category);
    let all = [
        (hit(&[Dimension::C, Dimension::P]), Gives::Read),
        (hit(&[Dimension::I, Dimension::S]), Gives::Write),
        (hit(&[Dimension::A]), Gives::Deny),
        (is(Category::E), Gives::Control),
        (is(Category::S), Gives::Identity),
    ];
    all.into_iter().filter(|(given, _)| *given).map(|(_, gives)| gives).collect()
}
