//! What a change did to the risk, item by item.

use super::assessment::Assessment;
use super::scratch::Scratch;
use crate::model::{ControlInstance, Id, Key, ThreatKey};
use std::collections::{BTreeMap, BTreeSet};

/// Less than this is nothing people would see.
const SEEN: f64 = 0.05;

/// The figures of an assessment that changes are told from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What it is at every element, flow and boundary.
    at: BTreeMap<Id, Figure>,
    total: f64,
}

/// The risk at one of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Figure {
    /// Of a boundary with what is inside; `None` where nothing is any more.
    load: Option<f64>,
    /// Rules of the threats that count, with their current score.
    scores: Box<[(Id, f64)]>,
}

impl Figure {
    fn of(assessment: &Assessment, id: &Id) -> Figure {
        let load = assessment.elements.get(id).map(|e| e.risk.load);
        let load = load.or_else(|| assessment.flows.get(id).map(|f| f.load));
        let load = load.or_else(|| assessment.boundaries.get(id).map(|b| b.risk.load));
        let counting = assessment.findings.at(id).iter().filter(|f| f.counts());
        Figure { load, scores: counting.map(|f| (f.key.rule.clone(), f.current.score)).collect() }
    }

    fn score(&self, rule: &Id) -> Option<f64> {
        self.scores.iter().find(|(of, _)| of == rule).map(|(_, score)| *score)
    }
}

/// How two states differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Load gained (or, when negative, lost) by element, flow and boundary.
    pub items: BTreeMap<Id, f64>,
    /// Threats whose score fell.
    pub eased: BTreeSet<ThreatKey>,
    /// Load gained by the whole model.
    pub total: f64,
}

impl Figures {
    pub fn of(assessment: &Assessment) -> Figures {
        let all = assessment.elements.keys().chain(assessment.flows.keys()).chain(assessment.boundaries.keys());
        let at = all.map(|id| (id.clone(), Figure::of(assessment, id))).collect();
        Figures { at, total: assessment.totals.risk.load }
    }

    /// What is different later.
    pub fn change_to(&self, later: &Figures) -> Change {
        let mut change = Change { total: later.total - self.total, ..Change::default() };
        let nothing = Figure::default();
        later.at.iter().for_each(|(id, now)| change.note(id, self.at.get(id).unwrap_or(&nothing), now));
        change
    }

    /// Becomes what it is now, where it may be another at no other places than `ids`. Returns what is different.
    pub fn follow<'a>(&mut self, now: &Assessment, ids: impl IntoIterator<Item = &'a Id>) -> Change {
        let mut change = Change { total: now.totals.risk.load - self.total, ..Change::default() };
        self.total = now.totals.risk.load;
        for id in ids.into_iter().collect::<BTreeSet<&Id>>() {
            let figure = Figure::of(now, id);
            let was = match figure.load {
                Some(_) => self.at.insert(id.clone(), figure.clone()),
                None => self.at.remove(id),
            };
            change.note(id, &was.unwrap_or_default(), &figure);
        }
        change
    }
}

impl Change {
    /// Takes in how the risk at one place differs.
    fn note(&mut self, id: &Id, was: &Figure, now: &Figure) {
        let gained = now.load.map_or(0.0, |load| load - was.load.unwrap_or_default());
        if gained.abs() >= SEEN {
            self.items.insert(id.clone(), gained);
        }
        let is_eased = |rule, score| was.score(rule).is_some_and(|was| was - score >= SEEN);
        let eased = now.scores.iter().filter(|(rule, score)| is_eased(rule, *score));
        self.eased.extend(eased.map(|(rule, _)| ThreatKey { rule: rule.clone(), anchor: id.clone() }));
    }

    /// True when nobody would see a difference.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.eased.is_empty() && self.total.abs() < SEEN
    }
}

/// What a control would do, found out on a copy of the model that `now` are the figures of.
pub fn what_if(scratch: &mut Scratch<'_>, now: &Figures, control: ControlInstance) -> Change {
    let record = (Key::Instance(Id::new("what if")), Some(control.into()));
    scratch.with(vec![record], |then| now.change_to(&Figures::of(then)))
}
