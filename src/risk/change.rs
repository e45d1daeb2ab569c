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
    /// Load of every element and flow, and of every boundary with what is inside.
    loads: BTreeMap<Id, f64>,
    /// Current score of the threats that count.
    scores: BTreeMap<ThreatKey, f64>,
    total: f64,
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
        let elements = assessment.elements.iter().map(|(id, e)| (id.clone(), e.risk.load));
        let flows = assessment.flows.iter().map(|(id, f)| (id.clone(), f.load));
        let boundaries = assessment.boundaries.iter().map(|(id, b)| (id.clone(), b.risk.load));
        let counting = assessment.findings.values().filter(|f| f.counts());
        Figures {
            loads: elements.chain(flows).chain(boundaries).collect(),
            scores: counting.map(|f| (f.key.clone(), f.current.score)).collect(),
            total: assessment.totals.risk.load,
        }
    }

    /// What is different later.
    pub fn change_to(&self, later: &Figures) -> Change {
        let gained = |id: &Id, load: f64| load - self.loads.get(id).copied().unwrap_or_default();
        let items = later.loads.iter().map(|(id, load)| (id.clone(), gained(id, *load)));
        let eased = later.scores.iter().filter(|(key, score)| self.scores.get(*key).is_some_and(|was| was - **score >= SEEN));
        Change {
            items: items.filter(|(_, by)| by.abs() >= SEEN).collect(),
            eased: eased.map(|(key, _)| key.clone()).collect(),
            total: later.total - self.total,
        }
    }
}

impl Change {
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
