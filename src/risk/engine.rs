//! One pass from model to assessment.

use super::aggregate::Located;
use super::assessment::{Assessment, worst_first};
use super::controls_in_force::ControlsInForce;
use super::decisions::{basis, current_key, decision_of, hex, stale};
use super::evaluate::Env;
use super::finding::{AnchorKind, Finding, FindingSource, FindingStatus};
use super::generate::{Cause, Origin, Raised, cause, causes, raise};
use super::score::{Agent, Scored, Scoring, agent, assets_at_stake, stake};
use super::state::{Anchor, State};
use super::{aggregate, crossings, questions, vulnerabilities};
use crate::library::Library;
use crate::model::{Decision, Id, ThreatKey, ThreatModel};
use std::collections::BTreeMap;

/// What every finding of a model is computed from.
pub(super) struct Engine<'m> {
    pub state: State<'m>,
    pub controls: ControlsInForce<'m>,
    vulnerabilities: BTreeMap<&'m ThreatKey, f64>,
}

impl<'m> Engine<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> Engine<'m> {
        let state = State::new(model, library);
        let controls = ControlsInForce::new(&state);
        Engine { controls, vulnerabilities: vulnerabilities::factors(model, &library.calibration), state }
    }

    pub fn assess(&self) -> Assessment {
        let state = &self.state;
        let mut found = Vec::new();
        for cause in causes(state.model, state.library) {
            let agent = agent(state, &cause);
            for raised in raise(state, &cause, None) {
                let key = self.key(&cause, &raised);
                let decision = decision_of(state.model, &cause, &key);
                let Some(scored) = self.score(&cause, &agent, &raised, decision) else { continue };
                let assets = assets_at_stake(state, &cause, raised.anchor).collect();
                let finding = self.finding(&cause, &agent, &raised, scored, decision, key);
                found.push(Located { finding, anchor: raised.anchor, assets });
            }
        }
        found.sort_by(|a, b| worst_first(&a.finding, &b.finding));
        let mut assessment = Assessment::default();
        crossings::cross(state, &mut assessment);
        aggregate::roll_up(state, &found, &mut assessment);
        assessment.findings = found.into_iter().map(|l| (l.finding.key.clone(), l.finding)).collect();
        assessment.questions = questions::questions(&assessment.findings);
        let known = |key: &ThreatKey| assessment.findings.contains_key(&current_key(state.library, key));
        assessment.dormant = state.model.decisions.keys().filter(|key| !known(key)).cloned().collect();
        assessment
    }

    /// The cause and the raised threat behind a key.
    pub fn find(&self, key: &ThreatKey) -> Option<(Cause<'m>, Raised)> {
        let cause = cause(self.state.model, self.state.library, &key.rule)?;
        let anchor = self.state.anchor(&key.anchor)?;
        let raised = raise(&self.state, &cause, Some(anchor)).pop()?;
        Some((cause, raised))
    }

    pub fn key(&self, cause: &Cause<'_>, raised: &Raised) -> ThreatKey {
        ThreatKey { rule: cause.id.clone(), anchor: self.state.anchor_id(raised.anchor).clone() }
    }

    /// Factor on the odds by the vulnerabilities linked to a threat.
    pub fn vulnerability(&self, key: &ThreatKey) -> f64 {
        self.vulnerabilities.get(key).copied().unwrap_or(1.0)
    }

    pub fn score(&self, cause: &Cause<'_>, agent: &Agent<'m>, raised: &Raised, decision: Option<&Decision>) -> Option<Scored> {
        let scoring = Scoring { state: &self.state, controls: &self.controls, cause, agent };
        let vulnerability = self.vulnerability(&self.key(cause, raised));
        scoring.score(raised, vulnerability, decision.and_then(|d| d.level_override.as_ref()))
    }

    /// What a threat rests on. The decision itself plays no part, or it would be stale at once.
    pub fn basis(&self, cause: &Cause<'_>, agent: &Agent<'m>, raised: &Raised) -> BTreeMap<String, String> {
        let inherent = self.score(cause, agent, raised, None).map(|scored| scored.inherent.band);
        basis(&self.state, cause, raised, inherent)
    }

    fn finding(
        &self,
        cause: &Cause<'_>,
        agent: &Agent<'m>,
        raised: &Raised,
        scored: Scored,
        decision: Option<&Decision>,
        key: ThreatKey,
    ) -> Finding {
        let state = &self.state;
        let worst = scored.worst.index;
        let stale = match decision {
            Some(d) if !d.basis.is_empty() => stale(state.model, &d.basis, &self.basis(cause, agent, raised)),
            _ => Vec::new(),
        };
        let (cwe, capec, attack) = match cause.origin {
            Origin::Rule(_, rule) => (rule.cwe.clone(), rule.capec.clone(), rule.attack.clone()),
            Origin::Manual(_) => Default::default(),
        };
        Finding {
            code: format!("T-{}", hex(format!("{}\u{1f}{}", key.rule, key.anchor).as_bytes(), 6)),
            title: title(state, cause, raised.routes.get(worst)),
            description: cause.description.to_owned(),
            categories: cause.categories.to_vec(),
            anchor: match raised.anchor {
                Anchor::Node(_) => AnchorKind::Element,
                Anchor::Flow(_) => AnchorKind::Flow,
                Anchor::Zone(_) => AnchorKind::Boundary,
            },
            source: match cause.origin {
                Origin::Rule(pack, _) => FindingSource::Rule { pack: pack.id.clone() },
                Origin::Manual(threat) => FindingSource::Manual { from: threat.source.clone() },
            },
            status: if raised.applies { FindingStatus::Applies } else { FindingStatus::Possible },
            bindings: raised.routes.iter().filter_map(|env| env.binding(state)).collect(),
            worst,
            missing: raised.missing.clone(),
            inherent: scored.inherent,
            current: scored.current,
            planned: scored.planned,
            p0: scored.worst.p0,
            i0: scored.worst.i0,
            controls: self.controls.describe(state, &scored.worst.effect),
            listed: cause.controls.iter().map(|(id, link)| ((*id).to_owned(), *link)).collect(),
            agent: agent.id.cloned(),
            stake: stake(state, &scored.stakes),
            cwe,
            capec,
            attack,
            disposition: decision.map(|d| d.disposition).unwrap_or(crate::model::Disposition::Open),
            rated_by: scored.rated_by,
            stale,
            inherited: decision.is_some_and(|d| d.inherited),
            number: decision.and_then(|d| d.number),
            key,
        }
    }
}

/// The title with placeholders replaced by names. Titles written by hand are kept as they are.
pub(super) fn title(state: &State<'_>, cause: &Cause<'_>, env: Option<&Env>) -> String {
    let (Origin::Rule(..), Some(env)) = (cause.origin, env) else { return cause.title.to_owned() };
    let node = |n: Option<_>| n.map(|n| state.node(n).id);
    let references: [(&str, Option<&Id>); 5] = [
        ("{This}", node(env.this)),
        ("{Src}", node(env.src)),
        ("{Dst}", node(env.dst)),
        ("{Flow}", env.flow.map(|f| state.flow_id(f))),
        ("{Zone}", env.zone.map(|z| state.zone(z).id)),
    ];
    let mut title = cause.title.to_owned();
    for (placeholder, id) in references {
        if let Some(id) = id.filter(|_| title.contains(placeholder)) {
            title = title.replace(placeholder, &state.name(id));
        }
    }
    title
}
