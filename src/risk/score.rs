//! Likelihood × impact of a threat, before and after controls.

use super::controls_in_force::{ControlsInForce, Effect, Fronts};
use super::evaluate::Env;
use super::finding::{RatedBy, Rating, Stake};
use super::generate::{Cause, Raised};
use super::state::{Anchor, AssetIx, FlowIx, State};
use crate::library::{By, Calibration};
use crate::model::{AssetKind, Channel, Dimension, Id, LevelOverride};

/// Asset kinds that the business works with, in contrast to technical ones.
const BUSINESS: [AssetKind; 9] = [
    AssetKind::PersonalData,
    AssetKind::SpecialCategory,
    AssetKind::PaymentData,
    AssetKind::Financial,
    AssetKind::BusinessData,
    AssetKind::Telemetry,
    AssetKind::Command,
    AssetKind::Intellectual,
    AssetKind::PublicContent,
];

impl Rating {
    pub(super) fn new(calibration: &Calibration, p: f64, i: f64) -> Rating {
        let score = 100.0 * p * i;
        let (likelihood, impact) = (calibration.likelihood_level(p), calibration.impact_level(i));
        Rating { p, i, score, band: calibration.band(score), likelihood, impact }
    }
}

/// The agent most able to carry a cause out, and its factor on the odds (1 without active agents).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Agent {
    pub id: Option<Id>,
    pub factor: f64,
}

/// max over agents of reach · 1.3^(capability − skill) · intent. The first of equals decides.
pub(super) fn agent(state: &State<'_>, cause: &Cause<'_>) -> Agent {
    let calibration = &state.library.calibration;
    if state.agents.is_empty() {
        return Agent { id: None, factor: 1.0 };
    }
    let mut best = Agent { id: None, factor: 0.0 };
    for (id, agent) in &state.agents {
        let reach = agent.access.iter().map(|has| calibration.reach_of(cause.access, *has)).fold(0.0, f64::max);
        let edge = (i32::from(agent.capability) - i32::from(cause.skill)).clamp(-2, 2);
        let factor = reach * calibration.capability_base.powf(f64::from(edge)) * calibration.intent_factor(agent.intent);
        if factor > best.factor {
            best = Agent { id: Some(id.clone()), factor };
        }
    }
    best
}

/// Factor on the odds by exposure or channel.
pub(super) fn circumstance(state: &State<'_>, cause: &Cause<'_>, env: &Env) -> f64 {
    let calibration = &state.library.calibration;
    let node = match cause.by {
        By::ExposureThis => env.this,
        By::ExposureSrc => env.src,
        By::ExposureDst => env.dst,
        By::Channel => return env.flow.map_or(1.0, |f| channel_factor(state, f)),
        By::Fixed => None,
    };
    node.map_or(1.0, |n| calibration.exposure_factor(state.node(n).reach.exposure))
}

fn channel_factor(state: &State<'_>, ix: FlowIx) -> f64 {
    let factors = &state.library.calibration.channel;
    match state.flow(ix).talk.channel {
        Channel::Internet | Channel::Wifi | Channel::Bluetooth | Channel::Radio => factors.open,
        Channel::Cellular => factors.cellular,
        Channel::Wired => factors.wired,
        Channel::Local => factors.local,
        Channel::Unknown => match state.ends(ix) {
            Some((a, b)) if [a, b].iter().any(|n| state.trust(*n) == Some(0)) => factors.unknown_untrusted,
            _ => factors.unknown,
        },
    }
}

/// Greatest share of value at stake by dimension, before controls.
#[derive(Clone, Copy, Default)]
pub(super) struct Stakes {
    /// Value and the asset that sets it (`None`: assumed).
    by_dimension: [(f64, Option<AssetIx>); 5],
}

impl Stakes {
    /// Impact under the effect of controls and the dimension that sets it.
    pub fn impact(&self, effect: &[f64; 5]) -> f64 {
        self.by_dimension.iter().zip(effect).map(|((value, _), e)| value * (1.0 - e)).fold(0.0, f64::max)
    }

    /// What is at stake before controls, by dimension.
    pub fn by_dimension(&self) -> [f64; 5] {
        self.by_dimension.map(|(value, _)| value)
    }

    /// The asset and dimension that set the impact before controls.
    pub fn decider(&self) -> Option<(Dimension, Option<AssetIx>)> {
        let all = Dimension::ALL.iter().zip(&self.by_dimension).filter(|(_, (value, _))| *value > 0.0);
        all.fold(None, |best: Option<(f64, _)>, (dimension, (value, asset))| match best {
            Some((most, _)) if most >= *value => best,
            _ => Some((*value, (*dimension, *asset))),
        })
        .map(|(_, decider)| decider)
    }
}

/// Assets a cause can harm at an anchor. What kind of asset it is may not have been said: then it can be of any.
pub(super) fn assets_at_stake<'s>(state: &'s State<'_>, cause: &'s Cause<'_>, anchor: Anchor) -> impl Iterator<Item = AssetIx> {
    let (only, business) = (cause.only_assets.as_slice(), cause.business_assets_only);
    state.handles(anchor).iter().copied().filter(move |a| {
        let kinds = &state.asset(*a).kinds;
        let is_of = |wanted: &[AssetKind]| kinds.is_empty() || wanted.iter().any(|k| kinds.contains(k));
        (only.is_empty() || is_of(only)) && (!business || is_of(&BUSINESS))
    })
}

pub(super) fn stakes(state: &State<'_>, cause: &Cause<'_>, anchor: Anchor) -> Stakes {
    let calibration = &state.library.calibration;
    let mut stakes = Stakes::default();
    if state.handles(anchor).is_empty() {
        let assumed = calibration.utility_of(calibration.assumed_value);
        stakes.by_dimension = [Dimension::C, Dimension::I, Dimension::A, Dimension::P, Dimension::S]
            .map(|dimension| (cause.hits.get(dimension) * assumed, None));
        return stakes;
    }
    for asset in assets_at_stake(state, cause, anchor) {
        let custody = if state.keeps(anchor, asset) { 1.0 } else { calibration.custody };
        for (dimension, best) in Dimension::ALL.iter().zip(&mut stakes.by_dimension) {
            let value = cause.hits.get(*dimension) * calibration.utility_of(state.asset(asset).value(*dimension)) * custody;
            if value > best.0 {
                *best = (value, Some(asset));
            }
        }
    }
    stakes
}

/// One route scored.
pub(super) struct Route {
    pub index: usize,
    pub p0: f64,
    pub i0: f64,
    pub p: f64,
    pub i: f64,
    pub effect: Effect,
}

impl Route {
    pub fn score(&self) -> f64 {
        100.0 * self.p * self.i
    }
}

/// A threat scored over all its routes.
pub(super) struct Scored {
    /// The worst route today.
    pub worst: Route,
    pub inherent: Rating,
    pub current: Rating,
    pub planned: Rating,
    pub stakes: Stakes,
    pub rated_by: RatedBy,
}

/// What scoring needs beside the threat itself.
pub(super) struct Scoring<'a, 'l> {
    pub state: &'a State<'l>,
    pub controls: &'a ControlsInForce,
    pub cause: &'a Cause<'l>,
    pub agent: &'a Agent,
}

impl Scoring<'_, '_> {
    /// Scores a raised threat; `vulnerability` multiplies the odds, `by_hand` replaces likelihood and impact.
    pub fn score(
        &self,
        raised: &Raised,
        vulnerability: f64,
        by_hand: Option<&LevelOverride>,
        fronts: &mut Fronts,
    ) -> Option<Scored> {
        let calibration = &self.state.library.calibration;
        let stakes = stakes(self.state, self.cause, raised.anchor);
        let (given, rated_by) = self.given(by_hand);
        let mut inherent: Option<Rating> = None;
        let mut worst: Option<Route> = None;
        let mut planned: Option<Rating> = None;
        for (index, env) in raised.routes.iter().enumerate() {
            let (p0, i0) = given.unwrap_or_else(|| (self.likelihood(env, vulnerability), stakes.impact(&[0.0; 5])));
            let rating = Rating::new(calibration, p0, i0);
            if inherent.is_none_or(|best| rating.score > best.score) {
                inherent = Some(rating);
            }
            let after = |effect: &Effect| {
                let i = if given.is_some() { i0 * self.impact_left(effect) } else { stakes.impact(&effect.impact) };
                (p0 * (1.0 - effect.likelihood), i)
            };
            let (effect, planned_effect) = self.controls.effects(self.state, self.cause, env, fronts);
            let (p, i) = after(&effect);
            let (p_planned, i_planned) = planned_effect.as_ref().map_or((p, i), after);
            let rating = Rating::new(calibration, p_planned, i_planned);
            if planned.is_none_or(|best| rating.score > best.score) {
                planned = Some(rating);
            }
            let route = Route { index, p0, i0, p, i, effect };
            if worst.as_ref().is_none_or(|best| route.score() > best.score()) {
                worst = Some(route);
            }
        }
        let worst = worst?;
        let current = Rating::new(calibration, worst.p, worst.i);
        Some(Scored { current, worst, inherent: inherent?, planned: planned?, stakes, rated_by })
    }

    /// Likelihood and impact given by a person or another tool; controls still lower them.
    fn given(&self, by_hand: Option<&LevelOverride>) -> (Option<(f64, f64)>, RatedBy) {
        let calibration = &self.state.library.calibration;
        match (by_hand, &self.cause.severity) {
            (Some(levels), _) => {
                (Some((calibration.probability_of(levels.likelihood), calibration.impact_of(levels.impact))), RatedBy::Decision)
            }
            (None, Some((band, _))) => (Some(calibration.severity_rating(*band)), RatedBy::Severity),
            (None, None) => (None, RatedBy::Method),
        }
    }

    /// Probability a year before controls: factors on the odds of the level, their product clamped.
    pub fn likelihood(&self, env: &Env, vulnerability: f64) -> f64 {
        let calibration = &self.state.library.calibration;
        let base = calibration.probability_of(self.cause.level);
        let (least, most) = calibration.clamp;
        let factor = circumstance(self.state, self.cause, env) * self.agent.factor * vulnerability;
        let odds = base / (1.0 - base) * factor.max(least).min(most);
        odds / (1.0 + odds)
    }

    /// Share of a given impact that controls leave, weighted by what the threat hits.
    fn impact_left(&self, effect: &Effect) -> f64 {
        let hits = Dimension::ALL.iter().map(|d| self.cause.hits.get(*d));
        let all = hits.clone().fold(0.0, f64::max);
        if all <= 0.0 {
            return 1.0 - effect.detection;
        }
        hits.zip(&effect.impact).map(|(hit, e)| hit * (1.0 - e)).fold(0.0, f64::max) / all
    }
}

/// The public form of what decides the impact.
pub(super) fn stake(state: &State<'_>, stakes: &Stakes) -> Option<Stake> {
    stakes.decider().map(|(dimension, asset)| match asset {
        Some(asset) => Stake::Asset { asset: state.asset_id(asset).clone(), dimension },
        None => Stake::Assumed,
    })
}
