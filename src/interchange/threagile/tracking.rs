//! Risk tracking: what was decided about risks, also about those that Threagile works out anew each time.

use super::{PREFIX, Reader};
use crate::interchange::LossKind;
use crate::interchange::foreign_threat::{ForeignThreat, State};
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::{Date, Decision, Extra, Id, Role, ThreatKey};
use serde_json::Value;

const KNOWN: &[&str] = &["status", "justification", "ticket", "date", "checked_by"];

/// One line of the tracking.
struct Tracked {
    state: State,
    justification: String,
    ticket: String,
    on: Option<Date>,
    by: Option<Id>,
    extra: Extra,
}

impl Reader {
    /// Gives the risks of the file their state, and makes threats of decisions about risks the file does not hold.
    pub(super) fn tracking(&mut self, all: &Object) {
        let mut about: Vec<(ThreatKey, Decision)> = Vec::new();
        for (key, value) in all {
            let what = format!("tracked risk “{}”", shortened(key));
            let Value::Object(raw) = value else {
                self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                continue;
            };
            let pattern: Vec<&str> = key.split('@').map(str::trim).collect();
            let matching: Vec<usize> = (0..self.risks.len()).filter(|n| self.matches(*n, &pattern)).collect();
            let id = if matching.is_empty() { Some(self.draft.ids.claim(key)) } else { None };
            let tracked = self.tracked(id.as_ref(), &what, raw);
            for n in matching {
                if let Some(risk) = self.risks.get_mut(n) {
                    (risk.threat.state, risk.threat.justification) = (tracked.state, tracked.justification.clone());
                    risk.threat.extra.extend(tracked.extra.clone());
                    about.extend(risk.threat.target.clone().map(|t| (ThreatKey::new(risk.id.clone(), t), tracked.decision())));
                }
            }
            if let Some(id) = id {
                about.extend(self.of_the_tool(id, &what, key, &pattern, &tracked));
            }
        }
        for risk in std::mem::take(&mut self.risks) {
            self.draft.threat(risk.id, risk.threat);
        }
        for (key, decision) in about.into_iter().filter(|(_, d)| *d != Decision::default()) {
            self.draft.model.decisions.insert(key, decision);
        }
    }

    /// A star stands for any one part.
    fn matches(&self, risk: usize, pattern: &[&str]) -> bool {
        let same = |(wanted, part): (&&str, &String)| *wanted == "*" || *wanted == part;
        self.risks.get(risk).is_some_and(|r| r.key.len() == pattern.len() && pattern.iter().zip(&r.key).all(same))
    }

    fn tracked(&mut self, id: Option<&Id>, what: &str, raw: &Object) -> Tracked {
        let word = text(raw, "status");
        let state = state(&word).unwrap_or_else(|| {
            self.draft.tell(id, LossKind::Dropped, what, format!("its status “{}” is not known; it is open", shortened(&word)));
            State::Open
        });
        let date = text(raw, "date");
        let on = date.get(..10).and_then(|d| d.parse().ok());
        if on.is_none() && !date.is_empty() {
            self.draft.tell(id, LossKind::Dropped, what, format!("its date “{}” is not one", shortened(&date)));
        }
        Tracked {
            state,
            justification: plain(&text(raw, "justification")),
            ticket: text(raw, "ticket"),
            on,
            by: self.draft.person(&text(raw, "checked_by"), Role::Reviewer),
            extra: self.draft.set_aside(id, what, raw, KNOWN, PREFIX),
        }
    }

    /// A risk Threagile works out itself: a threat with the decision, at the thing its id names.
    fn of_the_tool(
        &mut self,
        id: Id,
        what: &str,
        key: &str,
        pattern: &[&str],
        tracked: &Tracked,
    ) -> Option<(ThreatKey, Decision)> {
        let (category, parts) = pattern.split_first()?;
        let named = |part: &&str| self.links.get(*part).or_else(|| self.assets.get(*part)).or_else(|| self.boundaries.get(*part));
        // The link is more exact than the asset before it.
        let target = parts.iter().rev().find_map(named).cloned();
        let words = category.replace('-', " ");
        let mut extra = tracked.extra.clone();
        extra.insert(format!("{PREFIX}synthetic_id"), key.to_owned());
        let why = match &target {
            Some(_) => "Threagile finds this risk anew each time; what was decided about it is now a threat of its own",
            None => {
                "it is about every such risk, which only Threagile finds; the decision is kept in the text of a threat of the model as a whole"
            }
        };
        self.draft.lose_at(&id, LossKind::Changed, what, why);
        let said = match (&target, tracked.state) {
            (None, state) => format!("\n{}: {} {}", state.disposition().label(), tracked.justification, tracked.ticket),
            (Some(_), _) => String::new(),
        };
        let threat = ForeignThreat {
            title: format!("Tracked: {words}"),
            description: format!("Tracked in Threagile as {key}.{}", said.trim_end()),
            target: target.clone(),
            state: tracked.state,
            justification: tracked.justification.clone(),
            extra,
            ..ForeignThreat::default()
        };
        self.draft.threat(id.clone(), threat);
        target.map(|target| (ThreatKey::new(id, target), tracked.decision()))
    }
}

impl Tracked {
    fn decision(&self) -> Decision {
        Decision {
            disposition: self.state.disposition(),
            justification: self.justification.clone(),
            ticket: self.ticket.clone(),
            on: self.on,
            by: self.by.clone(),
            ..Decision::default()
        }
    }
}

fn state(word: &str) -> Option<State> {
    Some(match word.trim().to_lowercase().as_str() {
        "" | "unchecked" => State::Open,
        "in-discussion" | "in-progress" => State::Investigating,
        "mitigated" => State::Mitigated,
        "accepted" => State::Accepted,
        "false-positive" => State::NotApplicable,
        _ => return None,
    })
}
