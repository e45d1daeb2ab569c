//! The words of an explanation.

use super::{Step, StepKind};
use crate::library::By;
use crate::model::{Channel, Decision, Dimension, Id, ThreatKey, ThreatModel, Vulnerability, VulnerabilityStatus};
use crate::risk::controls_in_force::Used;
use crate::risk::engine::Engine;
use crate::risk::evaluate::Env;
use crate::risk::finding::{RatedBy, Rating};
use crate::risk::generate::{Cause, Raised};
use crate::risk::names::name_of;
use crate::risk::score::{Agent, Scored, circumstance};
use crate::risk::state::{Anchor, AssetIx, NodeIx};

/// What is told about one finding.
pub(super) struct Telling<'a, 'l> {
    pub engine: &'a Engine<'l>,
    pub model: &'a ThreatModel,
    pub key: &'a ThreatKey,
    pub cause: &'a Cause<'l>,
    pub raised: &'a Raised,
    pub agent: &'a Agent,
    pub scored: &'a Scored,
    pub env: Env,
    pub decision: Option<&'a Decision>,
}

fn input(factor: String, words: String) -> Step {
    Step { factor, words, kind: StepKind::Input, about: None }
}

fn result(factor: String, words: String) -> Step {
    Step { factor, words, kind: StepKind::Result, about: None }
}

impl Step {
    fn about(self, about: Option<&Id>) -> Step {
        Step { about: about.cloned(), ..self }
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn times(factor: f64) -> String {
    format!("× {}", format!("{factor:.2}").trim_end_matches('0').trim_end_matches('.'))
}

/// What a flow travels over, in a sentence.
fn over(channel: Channel) -> &'static str {
    match channel {
        Channel::Unknown => "a channel nobody stated",
        Channel::Internet => "the Internet",
        Channel::Wired => "a wired network",
        Channel::Wifi => "Wi-Fi",
        Channel::Cellular => "the mobile network",
        Channel::Bluetooth => "Bluetooth",
        Channel::Radio => "radio",
        Channel::Local => "a local channel",
    }
}

/// "a", "a and b", "a, b and c".
fn and_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

impl Telling<'_, '_> {
    fn node(&self, ix: NodeIx) -> String {
        self.engine.state.name(Anchor::Node(ix))
    }

    fn asset(&self, ix: AssetIx) -> String {
        name_of(self.model, self.engine.state.asset_id(ix))
    }

    /// Who can do what, leading to which loss.
    pub fn sentence(&self) -> String {
        let state = &self.engine.state;
        let who = self.agent.id.as_ref().map_or_else(|| "An attacker".to_owned(), |id| name_of(self.model, id));
        let title = self.cause.title_on(state, Some(&self.env));
        let hit = |d: &&Dimension| self.cause.hits.get(**d) > 0.0;
        let loss = match self.scored.stakes.decider() {
            Some((_, Some(ix))) => {
                let asset = state.asset(ix);
                let lost = Dimension::ALL.iter().filter(hit).filter(|d| asset.value(**d) > 0);
                let lost: Vec<String> = lost.map(|d| d.label().to_owned()).collect();
                format!(", leading to loss of {} of {}", and_list(&lost), self.asset(ix))
            }
            Some((_, None)) => {
                let lost: Vec<String> = Dimension::ALL.iter().filter(hit).map(|d| d.label().to_owned()).collect();
                format!(", leading to loss of {} of data that is not modelled yet", and_list(&lost))
            }
            None => String::new(),
        };
        format!("{who} with {} can bring about “{title}”{loss}.", self.cause.access.label())
    }

    /// The chain from the base likelihood to the current risk.
    pub fn steps(&self) -> Vec<Step> {
        let calibration = &self.engine.state.library.calibration;
        let (scored, route) = (self.scored, &self.scored.worst);
        let mut steps = match scored.rated_by {
            RatedBy::Method => self.likelihood(),
            RatedBy::Severity | RatedBy::Decision => vec![self.given()],
        };
        let level = calibration.likelihood_level(route.p0);
        let by_odds = if scored.rated_by == RatedBy::Method { self.odds(route.p0) } else { String::new() };
        let words = format!("likelihood in a year before controls, level {level} of 5{by_odds}");
        steps.push(result(percent(route.p0), words));
        if scored.rated_by == RatedBy::Method {
            steps.push(self.stake());
        }
        let level = calibration.impact_level(route.i0);
        steps.push(result(format!("{:.2}", route.i0), format!("impact before controls, level {level} of 5")));
        let before = Rating::new(calibration, route.p0, route.i0);
        let now = &scored.current;
        if now.p == before.p && now.i == before.i {
            // Nothing lowers it: saying everything twice would only hide that.
            let words = format!("current risk, no control lowers it: 100 × likelihood × impact{}", self.among_routes());
            steps.push(result(self.rated(now), words));
            steps.extend(self.planned());
            return steps;
        }
        steps.push(result(self.rated(&before), "inherent risk of this route: 100 × likelihood × impact".to_owned()));
        let effect = &route.effect;
        steps.extend(effect.used.iter().filter_map(|used| self.control(used)));
        if effect.detection > 0.0 {
            let words = "detection and response limit the damage".to_owned();
            steps.push(input(format!("− {}", percent(effect.detection)), words));
        }
        if effect.likelihood > 0.0 {
            let words = "controls together on likelihood: the best of each family counts, families multiply".to_owned();
            steps.push(result(format!("− {}", percent(effect.likelihood)), words));
        }
        if route.i < route.i0 {
            let saved = 1.0 - route.i / route.i0;
            steps.push(result(format!("− {}", percent(saved)), "controls together on impact".to_owned()));
        }
        steps.push(result(percent(now.p), format!("likelihood today, level {} of 5", now.likelihood)));
        steps.push(result(format!("{:.2}", now.i), format!("impact today, level {} of 5", now.impact)));
        steps.push(result(self.rated(now), format!("current risk{}", self.among_routes())));
        steps.extend(self.planned());
        steps
    }

    fn planned(&self) -> Option<Step> {
        let planned = &self.scored.planned;
        (planned != &self.scored.current)
            .then(|| result(self.rated(planned), "once the planned controls are in place".to_owned()))
    }

    fn rated(&self, rating: &Rating) -> String {
        format!("{:.1} {}", rating.score, rating.band.label())
    }

    fn among_routes(&self) -> String {
        let way = self.env.src.zip(self.env.dst).map(|(a, b)| format!("{} → {}", self.node(a), self.node(b)));
        match (self.raised.routes.len(), way) {
            (0 | 1, _) => String::new(),
            (n, Some(way)) => format!(": {way} is the worst of {n} routes"),
            (n, None) => format!(": the worst of {n} routes"),
        }
    }

    /// That the factors multiply odds, not the likelihood itself: "; factors count on the odds: 1.5 to 1 became 1.83 to 1".
    fn odds(&self, likelihood: f64) -> String {
        let odds =
            |p: f64| format!("{:.2}", p / (1.0 - p).max(f64::EPSILON)).trim_end_matches('0').trim_end_matches('.').to_owned();
        let base = self.engine.state.library.calibration.probability_of(self.cause.level);
        if odds(base) == odds(likelihood) {
            return String::new();
        }
        format!("; factors count on the odds: {} to 1 became {} to 1", odds(base), odds(likelihood))
    }

    /// The base level and the factors on its odds.
    fn likelihood(&self) -> Vec<Step> {
        let calibration = &self.engine.state.library.calibration;
        let base = calibration.probability_of(self.cause.level);
        let words = format!("base likelihood of this kind of threat, level {} of 5", self.cause.level);
        let mut steps = vec![input(percent(base), words)];
        let circumstance = circumstance(&self.engine.state, self.cause, &self.env);
        steps.extend(self.circumstance().map(|(words, about)| input(times(circumstance), words).about(Some(about))));
        steps.push(input(times(self.agent.factor), self.who()).about(self.agent.id.as_ref()));
        let weakness = self.engine.vulnerability(self.key);
        if weakness != 1.0 {
            let words = format!("unfixed vulnerability: {}", self.weaknesses());
            steps.push(input(times(weakness), words).about(self.linked().next().map(|(id, _)| id)));
        }
        let product = circumstance * self.agent.factor * weakness;
        let (least, most) = calibration.clamp;
        let held = product.max(least).min(most);
        if held != product {
            let words = format!("the factors together count from {least} to {most} times the odds");
            steps.push(input(format!("held at {}", times(held)), words));
        }
        steps
    }

    fn circumstance(&self) -> Option<(String, &Id)> {
        let state = &self.engine.state;
        let node = match self.cause.by {
            By::ExposureThis => self.env.this,
            By::ExposureSrc => self.env.src,
            By::ExposureDst => self.env.dst,
            By::Channel => {
                let flow = self.env.flow?;
                let channel = state.flow(flow).talk.channel;
                let name = state.name(Anchor::Flow(flow));
                return Some((format!("{name} travels over {}", over(channel)), state.anchor_id(Anchor::Flow(flow))));
            }
            By::Fixed => None,
        };
        let node = node?;
        let reached = match state.node(node).reach.exposure {
            0 => "is not reached from outside",
            1 => "is reached through other components only",
            2 => "is reached by semi-trusted parties",
            _ => "is reached from the Internet",
        };
        Some((format!("{} {reached}", self.node(node)), state.anchor_id(Anchor::Node(node))))
    }

    fn who(&self) -> String {
        let state = &self.engine.state;
        let needed = self.cause.access.label();
        let agent = self.agent.id.as_ref().and_then(|id| Some((id, self.model.agents.get(id)?)));
        match agent {
            None if state.agents.is_empty() => "no active threat agent is modelled, so none counts".to_owned(),
            None => format!("no modelled threat agent has {needed}"),
            Some((id, agent)) => {
                let access: Vec<String> = agent.access.iter().map(|a| a.label().to_lowercase()).collect();
                format!(
                    "{} (access: {}): {needed} is needed; capability {} against skill {}, intent {} of 5",
                    name_of(self.model, id),
                    and_list(&access),
                    agent.capability,
                    self.cause.skill,
                    agent.intent
                )
            }
        }
    }

    fn weaknesses(&self) -> String {
        and_list(&self.linked().map(|(_, v)| format!("{} ({})", v.name, v.status.label().to_lowercase())).collect::<Vec<_>>())
    }

    /// The vulnerabilities that raise the threat.
    fn linked(&self) -> impl Iterator<Item = (&Id, &Vulnerability)> {
        let all = self.model.vulnerabilities.iter();
        all.filter(|(_, v)| v.status != VulnerabilityStatus::Fixed && v.threats.contains(self.key))
    }

    /// A rating from outside the method.
    fn given(&self) -> Step {
        if let Some(levels) = self.decision.and_then(|d| d.level_override.as_ref()) {
            let factor = format!("{} × {}", levels.likelihood, levels.impact);
            return input(factor, format!("likelihood and impact level set by hand: {}", levels.reason));
        }
        let severity = self.cause.severity.as_ref();
        let factor = severity.map_or("", |(band, _)| band.label()).to_owned();
        let source = severity.map_or("", |(_, source)| source.as_str());
        input(factor, format!("severity taken over from {}", if source.is_empty() { "its author" } else { source }))
    }

    fn stake(&self) -> Step {
        let state = &self.engine.state;
        let value = format!("{:.2}", self.scored.worst.i0);
        let Some((dimension, asset)) = self.scored.stakes.decider() else {
            return input("0".to_owned(), "nothing of value is at stake here".to_owned());
        };
        let share = match self.cause.hits.get(dimension) {
            hit if hit >= 1.0 => "wholly hit".to_owned(),
            hit => format!("hit by {:.0} %", 100.0 * hit),
        };
        let Some(asset) = asset else {
            return input(value, format!("no data is assigned here, so a middling value is assumed; {share}"));
        };
        let custody = if state.keeps(self.raised.anchor, asset) { "kept here" } else { "only passing through" };
        let words = format!("{} {} of 4, {share}, {custody}", dimension.label(), state.asset(asset).value(dimension));
        input(value, format!("{}: {words}", self.asset(asset))).about(Some(state.asset_id(asset)))
    }

    fn control(&self, used: &Used) -> Option<Step> {
        let state = &self.engine.state;
        let placed = self.engine.controls.get(used.placed)?;
        let place = placed.site.map_or_else(|| "the whole model".to_owned(), |site| state.name(site));
        let link = self.cause.link(&placed.means.control)?.label();
        let name = &placed.means.name;
        let how = match placed.instance.as_ref().and_then(|id| self.model.instances.get(id)) {
            Some(i) => format!("{}, {}", i.status.label().to_lowercase(), i.evidence.level.label().to_lowercase()),
            None => "implied by the way it talks".to_owned(),
        };
        let complete = if used.at_best > used.effect + 0.0005 {
            format!("; fully implemented and tested it would be {}", percent(used.at_best))
        } else {
            String::new()
        };
        let words = format!("{name} at {place}: {link} answer, {how}{complete}");
        let there = placed.instance.as_ref().or_else(|| placed.site.map(|site| state.anchor_id(site)));
        Some(input(format!("− {}", percent(used.effect)), words).about(there))
    }
}
