//! Which controls cover a route and what they do together.

mod placing;

use super::evaluate::Env;
use super::finding::{ControlUse, exactly};
use super::generate::Cause;
use super::state::{Anchor, NodeIx, State, ZoneIx};
use crate::model::{Dimension, Effects, ElementKind, Id, Site};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Whether planned controls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scenario {
    Today,
    /// Planned controls are implemented and documented.
    Planned,
}

/// What a control does, in the terms effects are worked out in.
pub(super) struct Means {
    pub control: String,
    /// Words for people; the id when it has no name.
    pub name: String,
    strength: f64,
    effects: Effects,
    /// Controls of one family do not add up.
    family: String,
}

/// A control at one site.
pub(super) struct Placed {
    pub means: Arc<Means>,
    /// `None` for the whole model.
    pub site: Option<Anchor>,
    /// `None` when a flow's protocol or authentication implies it.
    pub instance: Option<Id>,
    /// status · evidence · coverage.
    today: f64,
    planned: f64,
}

impl Placed {
    fn quality(&self, scenario: Scenario) -> f64 {
        match scenario {
            Scenario::Today => self.today,
            Scenario::Planned => self.planned,
        }
    }
}

/// All controls of a model by site.
#[derive(Default)]
pub(super) struct ControlsInForce {
    /// Those of instances in natural order, then what flows imply by flow.
    placed: Vec<Placed>,
    everywhere: Vec<u32>,
    /// By element, flow and boundary.
    by_site: [Vec<Vec<u32>>; 3],
    /// Every control met so far; `None` for one that nobody defines.
    known: HashMap<String, Option<Arc<Means>>>,
}

/// Effect of the controls on one route.
pub(super) struct Effect {
    /// Share of the likelihood taken away, 0 to 0.99.
    pub likelihood: f64,
    /// Share of the impact taken away by dimension, detection included.
    pub impact: [f64; 5],
    /// Share taken by detection and response alone.
    pub detection: f64,
    /// Listed controls in force, in order.
    pub used: Vec<Used>,
}

/// A listed control in force on a route.
pub(super) struct Used {
    /// Index into the placed controls.
    pub placed: usize,
    pub effect: f64,
    /// What it would be if implemented everywhere it is attached, and tested.
    pub at_best: f64,
}

impl ControlsInForce {
    pub fn get(&self, n: usize) -> Option<&Placed> {
        self.placed.get(n)
    }

    /// What the controls do against a cause on one route, today and as planned: within a family the best counts,
    /// families multiply.
    pub fn effects(&self, state: &State<'_>, cause: &Cause<'_>, env: &Env, fronts: &mut Fronts) -> (Effect, Option<Effect>) {
        let covering = self.covering(state, cause, env, fronts);
        let is_planned = |(n, _): &(u32, f64)| self.get(*n as usize).is_some_and(|p| p.planned != p.today);
        let planned = covering.iter().any(is_planned).then(|| self.effect(state, cause, &covering, Scenario::Planned));
        (self.effect(state, cause, &covering, Scenario::Today), planned)
    }

    fn effect(&self, state: &State<'_>, cause: &Cause<'_>, covering: &[(u32, f64)], scenario: Scenario) -> Effect {
        let calibration = &state.library.calibration;
        let cap = |e: f64| e.min(calibration.effect_cap);
        let mut likelihood = Families::default();
        let mut impact: [Families<'_>; 5] = Default::default();
        let (mut detect, mut respond) = (0.0f64, 0.0f64);
        let mut used = Vec::new();
        for (n, share) in covering {
            let n = *n as usize;
            let Some(placed) = self.placed.get(n) else { continue };
            let means = &*placed.means;
            let (strength, effects) = (means.strength, &means.effects);
            let quality = placed.quality(scenario) * share;
            if quality <= 0.0 {
                continue;
            }
            if let Some(link) = cause.link(&means.control) {
                let full = strength * calibration.link_share(link);
                let effect = cap(full * quality);
                let family = means.family.as_str();
                if effects.likelihood {
                    likelihood.raise(family, effect);
                }
                for (dimension, best) in Dimension::ALL.iter().zip(&mut impact) {
                    if effects.impact.contains(dimension) {
                        best.raise(family, effect);
                    }
                }
                if effects.detect {
                    detect = detect.max(effect);
                }
                used.push(Used { placed: n, effect, at_best: cap(full * share) });
            } else if effects.detect {
                detect = detect.max(cap(strength * calibration.detection_unlisted * quality));
            }
            if effects.respond {
                respond = respond.max(cap(strength * quality));
            }
        }
        let total = |left: f64| (1.0 - left).min(calibration.total_cap);
        let detection = calibration.detection * detect * (calibration.detection_alone + calibration.detection_response * respond);
        let impact = impact.map(|families| total(families.leave(1.0 - detection)));
        Effect { likelihood: total(likelihood.leave(1.0)), impact, detection, used }
    }

    /// Controls that cover a route, in order, with the share of it they cover.
    fn covering(&self, state: &State<'_>, cause: &Cause<'_>, env: &Env, fronts: &mut Fronts) -> Vec<(u32, f64)> {
        let mut out: Vec<(u32, f64)> = self.everywhere.iter().map(|n| (*n, 1.0)).collect();
        let zones = |out: &mut Vec<(u32, f64)>, zones: &[ZoneIx]| {
            zones.iter().for_each(|z| out.extend(self.at(Anchor::Zone(*z)).iter().map(|n| (*n, 1.0))));
        };
        let node = |out: &mut Vec<(u32, f64)>, n: NodeIx| {
            out.extend(self.at(Anchor::Node(n)).iter().map(|n| (*n, 1.0)));
            zones(out, state.chain(n));
        };
        [env.this, env.src, env.dst].into_iter().flatten().for_each(|n| node(&mut out, n));
        zones(&mut out, env.zone.as_slice());
        if let Some(flow) = env.flow {
            zones(&mut out, state.crosses(flow));
            let legs = state.legs(flow);
            let one = [flow];
            let all = if legs.is_empty() { one.as_slice() } else { legs };
            all.iter().for_each(|leg| out.extend(self.at(Anchor::Flow(*leg)).iter().map(|n| (*n, 1.0))));
            let before_last = legs.len().saturating_sub(1);
            let gateways = legs.iter().take(before_last).filter_map(|leg| state.ends(*leg).map(|(_, gateway)| gateway));
            gateways.for_each(|gateway| node(&mut out, gateway));
        }
        if let Some(target) = env.this.or(env.src.filter(|_| cause.into)) {
            let front = fronts.of(self, state, target);
            out.extend(&front.gateways);
            if env.this.is_some() {
                out.extend(&front.inbound);
            }
        }
        // The first share of each counts.
        out.sort_by_key(|(n, _)| *n);
        out.dedup_by_key(|(n, _)| *n);
        out
    }

    fn at(&self, site: Anchor) -> &[u32] {
        let (kind, position) = place(site);
        self.by_site.get(kind).and_then(|lists| lists.get(position)).map_or(&[], Vec::as_slice)
    }

    /// The controls used, for a finding.
    pub fn describe(&self, state: &State<'_>, effect: &Effect) -> Vec<ControlUse> {
        let placed = effect.used.iter().filter_map(|used| Some((self.placed.get(used.placed)?, used.effect)));
        let told = placed.map(|(placed, effect)| ControlUse {
            control: placed.means.control.clone(),
            instance: placed.instance.clone(),
            site: placed.site.map_or(Site::Model, |site| Site::At(state.anchor_id(site).clone())),
            effect,
        });
        exactly(effect.used.len(), told)
    }
}

/// Best effect by family, in order of first use, so that sums come out the same to the last bit.
#[derive(Default)]
struct Families<'m>(Vec<(&'m str, f64)>);

impl<'m> Families<'m> {
    fn raise(&mut self, family: &'m str, effect: f64) {
        match self.0.iter_mut().find(|(known, _)| *known == family) {
            Some((_, best)) => *best = best.max(effect),
            None => self.0.push((family, effect)),
        }
    }

    /// What the families leave of `whole`, one after the other.
    fn leave(&self, whole: f64) -> f64 {
        self.0.iter().fold(whole, |left, (_, effect)| left * (1.0 - effect))
    }
}

/// The list of a site and the place in it.
fn place(site: Anchor) -> (usize, usize) {
    match site {
        Anchor::Node(n) => (0, n.position()),
        Anchor::Flow(f) => (1, f.position()),
        Anchor::Zone(z) => (2, z.position()),
    }
}

/// Controls in front of an element, with the share of what comes in that passes them.
#[derive(Default)]
pub(super) struct Front {
    /// At gateways, and at the boundaries around them, that untrusted input of a process passes.
    gateways: Vec<(u32, f64)>,
    /// On flows that come in.
    inbound: Vec<(u32, f64)>,
}

/// What is in front of elements, worked out once for each.
#[derive(Default)]
pub(super) struct Fronts(HashMap<NodeIx, Front>);

impl Fronts {
    /// Something changed, so that nothing is known.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn of(&mut self, controls: &ControlsInForce, state: &State<'_>, target: NodeIx) -> &Front {
        self.0.entry(target).or_insert_with(|| Front {
            gateways: at_gateways(controls, state, target),
            inbound: on_inbound(controls, state, target),
        })
    }
}

fn at_gateways(controls: &ControlsInForce, state: &State<'_>, target: NodeIx) -> Vec<(u32, f64)> {
    if state.node(target).kind != ElementKind::Process {
        return Vec::new();
    }
    let is_untrusted = |s: &NodeIx| state.node(*s).reach.tainted || state.trust(*s).is_some_and(|t| t <= 1);
    let inbound = state.links.inbound.of(target).iter().filter(|(flow, _)| state.flow(*flow).talk.by_source);
    let sources: Vec<NodeIx> = inbound.map(|(_, source)| *source).filter(is_untrusted).collect();
    let mut shares: BTreeMap<Anchor, f64> = BTreeMap::new();
    for gateway in sources.iter().filter(|s| state.node(**s).gateway) {
        let around = state.chain(*gateway).iter().map(|z| Anchor::Zone(*z));
        for site in std::iter::once(Anchor::Node(*gateway)).chain(around) {
            *shares.entry(site).or_insert(0.0) += 1.0 / sources.len() as f64;
        }
    }
    shares.into_iter().flat_map(|(site, share)| controls.at(site).iter().map(move |n| (*n, share.min(1.0)))).collect()
}

fn on_inbound(controls: &ControlsInForce, state: &State<'_>, target: NodeIx) -> Vec<(u32, f64)> {
    let inbound = state.links.inbound.of(target);
    let all: Vec<u32> = inbound.iter().flat_map(|(flow, _)| controls.at(Anchor::Flow(*flow))).copied().collect();
    let control = |n: u32| controls.get(n as usize).map(|p| p.means.control.as_str());
    let mut flows_with: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    all.iter().for_each(|n| *flows_with.entry(control(*n)).or_default() += 1);
    let share = |n: u32| flows_with.get(&control(n)).copied().unwrap_or_default() as f64 / inbound.len() as f64;
    all.iter().map(|n| (*n, share(*n))).collect()
}
