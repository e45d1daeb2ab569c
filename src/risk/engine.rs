//! What every finding of a model is computed from, and the findings of one anchor.

mod follow;

pub(super) use follow::Ask;

use super::candidates::Candidates;
use super::controls_in_force::{ControlsInForce, Fronts};
use super::decisions::{basis, decision_of, stale};
use super::finding::{AnchorKind, Finding, FindingSource, FindingStatus, exactly};
use super::generate::{Asked, Cause, Raised, asked};
use super::raise::Raising;
use super::score::{Agent, Scored, Scoring, agent, assets_at_stake, stake};
use super::state::{Anchor, State};
use super::vulnerabilities;
use crate::library::Library;
use crate::model::{Date, Decision, Disposition, Id, Layer, ThreatKey, ThreatModel};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What every finding of a model is computed from.
pub(super) struct Engine<'l> {
    pub state: State<'l>,
    pub controls: ControlsInForce,
    pub asked: Vec<Asked<'l>>,
    /// Their numbers by id of the rule.
    numbers: HashMap<Id, u16>,
    /// Which of these the model asks.
    pub is_on: Vec<bool>,
    /// The agent that decides each of these.
    pub agents: Vec<Agent>,
    pub vulnerabilities: BTreeMap<ThreatKey, f64>,
    /// Some rule looks past the neighbours of its anchor with more than controls in front.
    reads_deep: bool,
    /// Threats written by hand, by anchor.
    pub by_hand: BTreeMap<Anchor, Vec<Id>>,
    /// The day it is looked at, on which acceptances may have ended; `None` takes them as they were decided.
    pub today: Option<Date>,
}

/// What is worked out once and used at many anchors while the engine stays the same.
#[derive(Default)]
pub(super) struct Memo {
    pub candidates: Candidates,
    pub fronts: Fronts,
}

impl<'l> Engine<'l> {
    pub fn new(model: &ThreatModel, library: &'l Library) -> Engine<'l> {
        let state = State::new(model, library);
        let asked = asked(library);
        Engine {
            controls: ControlsInForce::new(model, &state),
            is_on: asked.iter().map(|a| a.is_on(&model.info)).collect(),
            agents: asked.iter().map(|a| agent(&state, &a.cause)).collect(),
            vulnerabilities: vulnerabilities::factors(model, &library.calibration),
            by_hand: by_hand(model, &state),
            reads_deep: asked.iter().any(Asked::reads_deep),
            today: None,
            numbers: (0..).zip(&asked).map(|(n, a)| (a.cause.id.clone(), n)).collect(),
            asked,
            state,
        }
    }

    /// Whether a finding is among what is asked for again; threats written by hand are where everything is.
    pub fn is_asked_again(&self, ask: Ask, finding: &Finding) -> bool {
        let is_by_hand = matches!(finding.about.source, FindingSource::Manual { .. });
        ask.is_whole() || (!is_by_hand && self.numbers.get(&finding.key.rule).is_some_and(|n| self.asks(ask, *n)))
    }

    /// Whether the rule of this number is.
    pub fn asks(&self, ask: Ask, number: u16) -> bool {
        ask.is_whole() || self.asked.get(usize::from(number)).is_some_and(|asked| ask.wants(asked))
    }

    pub fn memo(&self) -> Memo {
        Memo { candidates: Candidates::new(&self.asked, &self.is_on), fronts: Fronts::default() }
    }

    /// The findings at an anchor of what is asked for, in order of rules.
    pub fn judge(&self, model: &ThreatModel, anchor: Anchor, ask: Ask, memo: &mut Memo) -> Vec<Finding> {
        let mut out = Vec::new();
        let mut shared: Option<Arc<[Id]>> = None;
        let by_hand = self.by_hand.get(&anchor).filter(|_| ask.is_whole()).into_iter().flatten();
        for id in by_hand {
            let Some(threat) = model.threats.get(id) else { continue };
            let cause = Cause::of_threat(id, threat);
            let agent = agent(&self.state, &cause);
            let raised = Raised::by_hand(&self.state, anchor);
            out.extend(self.finding(model, &cause, &agent, raised, &mut memo.fronts, &mut shared));
        }
        let raising = &mut Raising { state: &self.state, asked: &self.asked, candidates: &mut memo.candidates };
        let raised = raising.at(anchor, |number| self.asks(ask, number));
        out.reserve_exact(raised.len());
        for (number, raised) in raised {
            let (Some(asked), Some(agent)) = (self.asked.get(usize::from(number)), self.agents.get(usize::from(number))) else {
                continue;
            };
            out.extend(self.finding(model, &asked.cause, agent, raised, &mut memo.fronts, &mut shared));
        }
        // A threat written by hand comes before a rule of the same id.
        out.sort_by(|a, b| a.key.rule.cmp(&b.key.rule));
        out.dedup_by(|a, b| a.key.rule == b.key.rule);
        out.shrink_to_fit();
        out
    }

    /// The raised threat behind a key with its cause and agent, told to `tell`.
    pub fn find<T>(
        &self,
        model: &ThreatModel,
        key: &ThreatKey,
        tell: impl FnOnce(&Cause<'_>, &Agent, &Raised) -> T,
    ) -> Option<T> {
        let anchor = self.state.anchor(&key.anchor)?;
        let is_by_hand = self.by_hand.get(&anchor).is_some_and(|list| list.contains(&key.rule));
        if let Some(threat) = model.threats.get(&key.rule).filter(|_| is_by_hand) {
            let cause = Cause::of_threat(&key.rule, threat);
            return Some(tell(&cause, &agent(&self.state, &cause), &Raised::by_hand(&self.state, anchor)));
        }
        let number = usize::from(*self.numbers.get(&key.rule)?);
        let mut memo = self.memo();
        let mut raising = Raising { state: &self.state, asked: &self.asked, candidates: &mut memo.candidates };
        let (_, raised) = raising.at(anchor, |n| usize::from(n) == number).pop()?;
        Some(tell(&self.asked.get(number)?.cause, self.agents.get(number)?, &raised))
    }

    pub fn key(&self, cause: &Cause<'_>, raised: &Raised) -> ThreatKey {
        ThreatKey { rule: cause.id.clone(), anchor: self.state.anchor_id(raised.anchor).clone() }
    }

    /// Factor on the odds by the vulnerabilities linked to a threat.
    pub fn vulnerability(&self, key: &ThreatKey) -> f64 {
        self.vulnerabilities.get(key).copied().unwrap_or(1.0)
    }

    pub fn score(
        &self,
        cause: &Cause<'_>,
        agent: &Agent,
        raised: &Raised,
        decision: Option<&Decision>,
        fronts: &mut Fronts,
    ) -> Option<Scored> {
        let scoring = Scoring { state: &self.state, controls: &self.controls, cause, agent };
        let is_weak = !self.vulnerabilities.is_empty();
        let vulnerability = if is_weak { self.vulnerability(&self.key(cause, raised)) } else { 1.0 };
        scoring.score(raised, vulnerability, decision.and_then(|d| d.level_override.as_ref()), fronts)
    }

    /// What a threat rests on. The decision itself plays no part, or it would be stale at once.
    pub fn basis(&self, cause: &Cause<'_>, agent: &Agent, raised: &Raised, fronts: &mut Fronts) -> BTreeMap<String, String> {
        let inherent = self.score(cause, agent, raised, None, fronts).map(|scored| scored.inherent.band);
        basis(&self.state, cause, raised, inherent)
    }

    /// `shared` is the list of all assets at the anchor, which most findings there have in common.
    fn finding(
        &self,
        model: &ThreatModel,
        cause: &Cause<'_>,
        agent: &Agent,
        raised: Raised,
        fronts: &mut Fronts,
        shared: &mut Option<Arc<[Id]>>,
    ) -> Option<Finding> {
        let state = &self.state;
        let key = self.key(cause, &raised);
        let decision = decision_of(model, cause, &key);
        let scored = self.score(cause, agent, &raised, decision, fronts)?;
        let worst = scored.worst.index;
        let lapsed = decision.zip(self.today).and_then(|(d, today)| d.lapsed(today));
        let standing = decision.filter(|_| lapsed.is_none()).map_or(Disposition::Open, |d| d.disposition);
        let stale = match decision {
            Some(d) if !d.basis.is_empty() => stale(model, &d.basis, &self.basis(cause, agent, &raised, fronts)),
            _ => Vec::new(),
        };
        let assets = if cause.harms_all() {
            let all = || state.handles(raised.anchor).iter().map(|a| state.asset_id(*a).clone()).collect();
            shared.get_or_insert_with(all).clone()
        } else {
            assets_at_stake(state, cause, raised.anchor).map(|a| state.asset_id(a).clone()).collect()
        };
        Some(Finding {
            title: cause.title_on(state, raised.routes.get(worst)),
            about: cause.about.clone(),
            anchor: match raised.anchor {
                Anchor::Node(_) => AnchorKind::Element,
                Anchor::Flow(_) => AnchorKind::Flow,
                Anchor::Zone(_) => AnchorKind::Boundary,
            },
            layer: match raised.anchor {
                Anchor::Node(n) => state.node(n).layer,
                Anchor::Flow(_) | Anchor::Zone(_) => Layer::Network,
            },
            status: if raised.applies { FindingStatus::Applies } else { FindingStatus::Possible },
            bindings: exactly(raised.routes.len(), raised.routes.iter().filter_map(|env| env.binding(state))).into(),
            worst,
            missing: raised.missing.into(),
            inherent: scored.inherent,
            current: scored.current,
            planned: scored.planned,
            p0: scored.worst.p0,
            i0: scored.worst.i0,
            controls: self.controls.describe(state, &scored.worst.effect).into(),
            agent: agent.id.clone(),
            stake: stake(state, &scored.stakes),
            assets,
            disposition: standing,
            lapsed,
            rated_by: scored.rated_by,
            stale: stale.into(),
            inherited: decision.is_some_and(|d| d.inherited),
            number: decision.and_then(|d| d.number),
            key,
        })
    }
}

/// Threats written by hand at every anchor they name.
pub(super) fn by_hand(model: &ThreatModel, state: &State<'_>) -> BTreeMap<Anchor, Vec<Id>> {
    let mut out: BTreeMap<Anchor, Vec<Id>> = BTreeMap::new();
    for (id, threat) in &model.threats {
        for anchor in threat.targets.iter().filter_map(|target| state.anchor(target)) {
            out.entry(anchor).or_default().push(id.clone());
        }
    }
    out
}
