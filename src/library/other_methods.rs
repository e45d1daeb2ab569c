//! The numbers of the other rating methods and of attack paths that are expert judgement; part of the calibration.

use crate::model::Access;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Marks that stand for what the model says, and edges of bands. Comments on each value are in the asset.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodNumbers {
    /// Classic 5 × 5: lower edges of Medium, High and Critical.
    pub five_edges: (f64, f64, f64),
    /// DREAD 0 to 10: lower edges of Medium and High.
    pub dread_edges: (f64, f64),
    pub owasp: OwaspMarks,
    pub dread: DreadMarks,
    pub money: MoneyNumbers,
}

/// OWASP marks 0 to 9.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwaspMarks {
    /// By capability of the agent, 1 to 5.
    pub skill: [f64; 5],
    /// By intent of the agent, 1 to 5.
    pub motive: [f64; 5],
    pub opportunity: BTreeMap<Access, f64>,
    /// Who could: the Internet, account holders, partners, insiders, the privileged.
    pub size: [f64; 5],
    /// By likelihood level of the rule, 1 to 5.
    pub discovery: [f64; 5],
    /// By skill the rule needs, 1 to 5.
    pub exploit: [f64; 5],
    /// Awareness with and without a public attack pattern.
    pub awareness: (f64, f64),
    /// Alerts on audit data, audit data looked at, audit data only, none.
    pub detection: [f64; 4],
    pub accountability: [f64; 4],
    /// By impact level 0 to 5.
    pub technical: [f64; 6],
}

/// DREAD marks 0 to 10.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DreadMarks {
    /// By skill the rule needs, 1 to 5.
    pub exploitability: [f64; 5],
    /// When a hit is total, and otherwise.
    pub affected: (f64, f64),
    /// By exposure 0 to 3.
    pub discoverability: [f64; 4],
}

/// Loss in money.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyNumbers {
    /// Years that are played through.
    pub years: usize,
    /// Standard deviation of the logarithm of how active an agent is in a year.
    pub activity: f64,
}

/// How attack paths are put together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathNumbers {
    /// What a start is worth: never quite certain.
    pub start: f64,
    /// How far content sent in is followed, in flows; every one after the first that is not a gateway counts `hop`.
    pub hops: usize,
    pub hop: f64,
    /// From one end of a flow to the other by a weakness nobody knows.
    pub unknown: f64,
    /// Whoever holds an element reaches what it keeps; what only passes through a process, times `passing`.
    pub holding: f64,
    pub passing: f64,
    /// The same for a person or party outside.
    pub person: f64,
    /// Assets from this value on are goals, by dimension.
    pub goal: u8,
    /// Probability below which a step is left alone.
    pub least: f64,
    /// Paths from this probability on are to be cut.
    pub relevant: f64,
}
