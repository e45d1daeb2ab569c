//! Which controls cover a route and what they do together.

use super::evaluate::Env;
use super::finding::ControlUse;
use super::generate::Cause;
use super::order::natural;
use super::state::{Anchor, FlowIx, NodeIx, State, ZoneIx};
use crate::library::Calibration;
use crate::model::{Authn, Control, ControlInstance, ControlStatus, Dimension, ElementKind, EvidenceLevel, Id, Site};
use std::collections::BTreeMap;

/// Whether planned controls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scenario {
    Today,
    /// Planned controls are implemented and documented.
    Planned,
}

/// A control at one site.
pub(super) struct Placed<'m> {
    pub control: &'m str,
    pub definition: &'m Control,
    /// `None` for the whole model.
    pub site: Option<Anchor>,
    /// `None` when a flow's protocol or authentication implies it.
    pub instance: Option<(&'m Id, &'m ControlInstance)>,
    /// status · evidence · coverage.
    today: f64,
    planned: f64,
}

impl Placed<'_> {
    fn quality(&self, scenario: Scenario) -> f64 {
        match scenario {
            Scenario::Today => self.today,
            Scenario::Planned => self.planned,
        }
    }
}

/// All controls of a model by site.
pub(super) struct ControlsInForce<'m> {
    placed: Vec<Placed<'m>>,
    by_site: BTreeMap<Option<Anchor>, Vec<usize>>,
    /// Some control is planned, so that the planned rating differs from today's.
    pub any_planned: bool,
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

impl<'m> ControlsInForce<'m> {
    pub fn new(state: &State<'m>) -> ControlsInForce<'m> {
        let calibration = &state.library.calibration;
        let mut instances: Vec<_> = state.model.instances.iter().collect();
        instances.sort_by(|a, b| natural(a.0.as_str(), b.0.as_str()));
        let mut placed = Vec::new();
        for (id, instance) in instances {
            let Some((control, definition)) = definition(state, &instance.control) else { continue };
            let evidence = calibration.evidence_share(instance.evidence.level);
            let today = calibration.status_share(instance.status) * evidence * instance.coverage;
            let planned = match instance.status {
                ControlStatus::Planned => full_and_documented(calibration) * instance.coverage,
                _ => today,
            };
            for site in &instance.at {
                let site = match site {
                    Site::Model => None,
                    Site::At(at) => match state.anchor(at) {
                        Some(anchor) => Some(anchor),
                        None => continue,
                    },
                };
                placed.push(Placed { control, definition, site, instance: Some((id, instance)), today, planned });
            }
        }
        placed.extend(implied(state));
        let mut by_site: BTreeMap<Option<Anchor>, Vec<usize>> = BTreeMap::new();
        for (n, control) in placed.iter().enumerate() {
            by_site.entry(control.site).or_default().push(n);
        }
        let any_planned = placed.iter().any(|p| p.planned != p.today);
        ControlsInForce { placed, by_site, any_planned }
    }

    pub fn get(&self, n: usize) -> Option<&Placed<'m>> {
        self.placed.get(n)
    }

    /// What the controls do against a cause on one route: within a family the best counts, families multiply.
    pub fn effect(&self, state: &State<'m>, cause: &Cause<'_>, env: &Env, scenario: Scenario) -> Effect {
        let calibration = &state.library.calibration;
        let cap = |e: f64| e.min(calibration.effect_cap);
        let mut likelihood = Families::default();
        let mut impact: [Families<'_>; 5] = Default::default();
        let (mut detect, mut respond) = (0.0f64, 0.0f64);
        let mut used = Vec::new();
        for (n, share) in self.covering(state, cause, env) {
            let Some(placed) = self.placed.get(n) else { continue };
            let (strength, effects) = (placed.definition.strength, &placed.definition.effects);
            let quality = placed.quality(scenario) * share;
            if quality <= 0.0 {
                continue;
            }
            if let Some(link) = cause.link(placed.control) {
                let full = strength * calibration.link_share(link);
                let effect = cap(full * quality);
                let family = placed.definition.family.as_str();
                // A control without a family stands alone.
                let family = if family.is_empty() { placed.control } else { family };
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
    fn covering(&self, state: &State<'m>, cause: &Cause<'_>, env: &Env) -> BTreeMap<usize, f64> {
        let mut out = BTreeMap::new();
        for site in sites(state, env) {
            out.extend(self.at(site).map(|n| (n, 1.0)));
        }
        for (site, share) in in_front(state, cause, env) {
            for n in self.at(Some(site)) {
                out.entry(n).or_insert(share.min(1.0));
            }
        }
        let inbound = env.this.map(|n| state.node(n).inbound.as_slice()).unwrap_or_default();
        let on_inbound = || inbound.iter().flat_map(|f| self.at(Some(Anchor::Flow(*f))));
        let control = |n: usize| self.placed.get(n).map(|p| p.control);
        let mut flows_with: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        on_inbound().for_each(|n| *flows_with.entry(control(n)).or_default() += 1);
        for n in on_inbound() {
            let count = flows_with.get(&control(n)).copied().unwrap_or_default();
            out.entry(n).or_insert(count as f64 / inbound.len() as f64);
        }
        out
    }

    fn at(&self, site: Option<Anchor>) -> impl Iterator<Item = usize> {
        self.by_site.get(&site).into_iter().flatten().copied()
    }

    /// The controls used, for a finding.
    pub fn describe(&self, state: &State<'m>, effect: &Effect) -> Vec<ControlUse> {
        let placed = effect.used.iter().filter_map(|used| Some((self.placed.get(used.placed)?, used.effect)));
        placed
            .map(|(placed, effect)| ControlUse {
                control: placed.control.to_owned(),
                instance: placed.instance.map(|(id, _)| id.clone()),
                site: placed.site.map_or(Site::Model, |site| Site::At(state.anchor_id(site).clone())),
                effect,
            })
            .collect()
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

fn definition<'m>(state: &State<'m>, id: &'m str) -> Option<(&'m str, &'m Control)> {
    state.library.control(state.model, id).map(|definition| (id, definition))
}

fn full_and_documented(calibration: &Calibration) -> f64 {
    calibration.status_share(ControlStatus::Implemented) * calibration.evidence_share(EvidenceLevel::Documented)
}

/// Controls that the protocol or authentication of a flow brings along.
fn implied<'m>(state: &State<'m>) -> Vec<Placed<'m>> {
    let quality = full_and_documented(&state.library.calibration);
    let mut out = Vec::new();
    for (ix, _, _) in state.real_flows() {
        let flow = state.flow(ix).record;
        let by_protocol = flow.protocol.is_encrypted().then_some("C-NET-TLS");
        let by_authn = match flow.authn {
            Authn::MutualTls => Some("C-NET-MTLS"),
            Authn::SignedRequest => Some("C-API-SIGN"),
            Authn::Mfa => Some("C-IAM-MFA"),
            Authn::Oidc => Some("C-IAM-FED"),
            _ => None,
        };
        for id in [by_protocol, by_authn].into_iter().flatten() {
            if let Some((control, definition)) = definition(state, id) {
                let site = Some(Anchor::Flow(ix));
                out.push(Placed { control, definition, site, instance: None, today: quality, planned: quality });
            }
        }
    }
    out
}

/// Sites at which a control covers a route wholly; `None` is the whole model.
fn sites(state: &State<'_>, env: &Env) -> Vec<Option<Anchor>> {
    let mut nodes: Vec<NodeIx> = [env.this, env.src, env.dst].into_iter().flatten().collect();
    let mut flows: Vec<FlowIx> = Vec::new();
    let mut zones: Vec<ZoneIx> = env.zone.into_iter().collect();
    if let Some(flow) = env.flow {
        let flow = state.flow(flow);
        flows.clone_from(&flow.legs);
        let before_last = flow.legs.len().saturating_sub(1);
        nodes.extend(flow.legs.iter().take(before_last).filter_map(|leg| state.flow(*leg).ends.map(|(_, gateway)| gateway)));
        zones.extend(&flow.crosses);
    }
    for node in &nodes {
        zones.extend(&state.node(*node).chain);
    }
    let anchors = nodes.into_iter().map(Anchor::Node).chain(flows.into_iter().map(Anchor::Flow));
    std::iter::once(None).chain(anchors.chain(zones.into_iter().map(Anchor::Zone)).map(Some)).collect()
}

/// Gateways (and the boundaries around them) that untrusted input of a process passes, with the share that does.
fn in_front(state: &State<'_>, cause: &Cause<'_>, env: &Env) -> BTreeMap<Anchor, f64> {
    let target = env.this.or(env.src.filter(|_| cause.into));
    let Some(target) = target.map(|t| state.node(t)).filter(|t| t.record.kind == ElementKind::Process) else {
        return BTreeMap::new();
    };
    let untrusted = |f: &FlowIx| {
        let source = state.flow(*f).ends.map(|(src, _)| src).filter(|_| state.flow(*f).initiated_by_source());
        source.map(|s| state.node(s)).filter(|s| s.tainted || s.trust.is_some_and(|t| t <= 1))
    };
    let sources: Vec<_> = target.inbound.iter().filter_map(untrusted).collect();
    let mut out = BTreeMap::new();
    for gateway in sources.iter().filter(|s| s.gateway) {
        let around = gateway.chain.iter().map(|z| Anchor::Zone(*z));
        for site in state.anchor(gateway.id).into_iter().chain(around) {
            *out.entry(site).or_insert(0.0) += 1.0 / sources.len() as f64;
        }
    }
    out
}
