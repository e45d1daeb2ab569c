//! Attack trees evaluated: what a goal is worth trying, from the leaves up.

use super::odds::Odds;
use crate::model::{Gate, ThreatKey, ThreatModel, TreeStep};
use crate::risk::{Assessment, Finding};

/// What a step amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Value {
    /// Probability a year, from an attacker who picks the best way to one who tries them all; a leaf nobody estimated is
    /// anything from 0 to 1.
    pub low: f64,
    pub high: f64,
    /// Least cost to the attacker; `None` while no step says.
    pub cost: Option<f64>,
    /// Least skill, 1 to 5.
    pub skill: Option<u8>,
}

/// A step with its value, and those below.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub value: Value,
    pub steps: Vec<Estimate>,
}

/// The finding behind a leaf, if it counts today.
pub fn leaf_finding<'a>(assessment: &'a Assessment, threat: &ThreatKey) -> Option<&'a Finding> {
    assessment.findings.get(threat).filter(|f| f.counts())
}

/// Values of a tree: AND and SAND multiply, cost the sum and take the greatest skill; OR is an interval from its best way to
/// all of them tried, and takes the least cost and skill.
pub fn estimate(model: &ThreatModel, odds: &Odds<'_>, skill_of: &dyn Fn(&ThreatKey) -> Option<u8>, step: &TreeStep) -> Estimate {
    if step.is_leaf() {
        return Estimate { value: leaf(model, odds, skill_of, step), steps: Vec::new() };
    }
    let steps: Vec<Estimate> = step.steps.iter().map(|below| estimate(model, odds, skill_of, below)).collect();
    let values = || steps.iter().map(|below| below.value);
    let value = match step.gate {
        Gate::Or => Value {
            low: values().map(|v| v.low).fold(0.0, f64::max),
            high: 1.0 - values().map(|v| 1.0 - v.high).product::<f64>(),
            cost: values().filter_map(|v| v.cost).reduce(f64::min),
            skill: values().filter_map(|v| v.skill).min(),
        },
        Gate::And | Gate::Sand => Value {
            low: values().map(|v| v.low).product(),
            high: values().map(|v| v.high).product(),
            cost: values().filter_map(|v| v.cost).reduce(|a, b| a + b),
            skill: values().filter_map(|v| v.skill).max(),
        },
    };
    Estimate { value, steps }
}

fn leaf(model: &ThreatModel, odds: &Odds<'_>, skill_of: &dyn Fn(&ThreatKey) -> Option<u8>, step: &TreeStep) -> Value {
    let today = |threat: &ThreatKey| odds.there(threat) * step.share.unwrap_or(1.0);
    let p = step.p.or_else(|| step.threat.as_ref().map(today));
    let by_hand = |threat: &ThreatKey| model.threats.get(&threat.rule).map(|t| t.skill);
    let needed = step.threat.as_ref().and_then(|threat| by_hand(threat).or_else(|| skill_of(threat)));
    Value { low: p.unwrap_or(0.0), high: p.unwrap_or(1.0), cost: step.cost, skill: step.skill.or(needed) }
}

/// "34 %", "3.4 %", "< 0.1 %".
pub fn percent(p: f64) -> String {
    match 100.0 * p {
        v if v >= 9.95 => format!("{v:.0} %"),
        v if v >= 0.05 => format!("{v:.1} %"),
        v if v > 0.0 => "< 0.1 %".to_owned(),
        _ => "0 %".to_owned(),
    }
}
