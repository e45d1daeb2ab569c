//! How threats are rated beside the register's own method, and what people say about the factors of one.

use super::Visibility;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

closed_enum! {
    /// A published way of rating threats.
    #[derive(Default)]
    Method {
        /// Likelihood × impact with controls, the method of the assessment itself.
        #[default]
        LikelihoodImpact => "Likelihood × impact",
        FiveByFive => "Classic 5 × 5",
        Owasp => "OWASP Risk Rating",
        Dread => "DREAD",
        DreadThree => "DREAD, 1 to 3",
        Cvss31 => "CVSS 3.1",
        Cvss40 => "CVSS 4.0",
        Allegro => "OCTAVE Allegro",
        Money => "Loss in money",
    }
}

/// The impact areas of OCTAVE Allegro (CMU/SEI-2007-TR-012) in the order they are ranked unless a model says otherwise,
/// the most important first.
pub const IMPACT_AREAS: [&str; 5] =
    ["Reputation and customer confidence", "Financial", "Fines and legal penalties", "Productivity", "Safety and health"];

record! {
    /// How a model rates its threats.
    pub struct RatingChoice {
        /// What the register shows.
        pub method: Method = Method::LikelihoodImpact,
        /// Impact areas of OCTAVE Allegro, the most important first.
        pub impact_areas: Vec<String> = IMPACT_AREAS.iter().map(|area| (*area).to_owned()).collect(),
        /// OWASP: the greater of technical and business impact counts, instead of business impact wherever it is given.
        pub greater_impact: bool,
    }
}

record! {
    /// Factors of rating methods set by hand for one threat, over what the model says.
    pub struct Appraisal {
        /// By the stable name of the factor, for example `owasp.motive`.
        pub given: BTreeMap<String, Given>,
        /// Who may read it; `None`: as reasons of decisions are read.
        pub visibility: Option<Visibility>,
    }
}

/// One factor set by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    pub value: FactorValue,
    /// Why it is not what the model says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a factor can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactorValue {
    /// A mark on the factor's scale.
    Mark(f64),
    /// The letter of a CVSS metric's value.
    Letter(String),
    /// Money lost in one event.
    Loss(Pert),
}

/// A three-point estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pert {
    pub min: f64,
    pub mode: f64,
    pub max: f64,
}

impl Pert {
    /// True when its points are amounts, in whatever order: they are written one after another.
    pub fn are_amounts(&self) -> bool {
        [self.min, self.mode, self.max].iter().all(|v| v.is_finite() && *v >= 0.0)
    }

    /// Around the likely amount; where none was told, from the least.
    pub fn in_order(&self) -> Pert {
        let mode = if self.mode == 0.0 { self.min } else { self.mode };
        Pert { min: self.min.min(mode), mode, max: self.max.max(mode) }
    }

    /// True when its points are amounts in ascending order.
    pub fn is_sound(&self) -> bool {
        let Pert { min, mode, max } = *self;
        max.is_finite() && 0.0 <= min && min <= mode && mode <= max
    }

    /// Mean of the distribution: (min + 4 · mode + max) / 6.
    pub fn mean(&self) -> f64 {
        self.min / 6.0 + self.mode / 6.0 * 4.0 + self.max / 6.0
    }

    /// The same with its points in order and no less than nothing.
    pub(super) fn put_right(&mut self) {
        let mut points = [self.min, self.mode, self.max].map(|v| if v.is_nan() { 0.0 } else { v.clamp(0.0, f64::MAX) });
        points.sort_by(f64::total_cmp);
        [self.min, self.mode, self.max] = points;
    }
}

impl FactorValue {
    /// True for finite marks, and losses whose points are in order.
    pub fn is_sound(&self) -> bool {
        match self {
            FactorValue::Mark(mark) => mark.is_finite(),
            FactorValue::Letter(_) => true,
            FactorValue::Loss(loss) => loss.is_sound(),
        }
    }

    pub(super) fn put_right(&mut self) {
        match self {
            FactorValue::Mark(mark) if mark.is_nan() => *mark = 0.0,
            FactorValue::Mark(mark) => *mark = mark.clamp(-1e12, 1e12),
            FactorValue::Letter(_) => {}
            FactorValue::Loss(loss) => loss.put_right(),
        }
    }
}
