//! A filled-in sheet: the factors of a method for one threat, and what comes of them.

use super::factor::{Factor, Side};
use super::severity::{Cvss, METRICS_31, METRICS_40, Metric};
use super::subject::Subject;
use crate::model::{Band, Method};
use crate::risk::{Step, StepKind};

/// One threat rated by one method.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub method: Method,
    pub factors: Vec<Factor>,
    /// Before controls.
    pub inherent: Outcome,
    /// With the controls in force.
    pub current: Outcome,
    /// How the results come about, line by line.
    pub steps: Vec<Step>,
    /// What to bear in mind about the method.
    pub caveat: &'static str,
}

/// What a method says.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// In the method's own unit; more is worse.
    pub score: f64,
    /// The score as the method writes it: "4.4", "32, pool 2", "299 000 a year".
    pub told: String,
    /// The method's own word for it: "Note", "Pool 2: mitigate or defer".
    pub label: String,
    /// The band it counts as; `None` for methods without bands.
    pub band: Option<Band>,
}

impl Sheet {
    /// True when people set something.
    pub fn is_by_hand(&self) -> bool {
        self.factors.iter().any(|factor| factor.given.is_some())
    }

    /// The vector of a sheet by CVSS, with everything it is scored by.
    pub fn cvss(&self) -> Option<Cvss> {
        let (is_31, prefix, metrics) = match self.method {
            Method::Cvss31 => (true, "cvss31", METRICS_31),
            Method::Cvss40 => (false, "cvss40", METRICS_40),
            _ => return None,
        };
        let letter = |metric: &'static Metric| Some((metric.id, self.factor(&format!("{prefix}.{}", metric.id))?.letter()?));
        Some(Cvss::of(is_31, metrics.iter().filter_map(letter)))
    }

    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id == id)
    }
}

/// Marks of factors before controls and with them.
pub(super) struct Marks {
    pub inherent: Vec<f64>,
    pub current: Vec<f64>,
}

impl Marks {
    /// The marks of factors; controls lower those of a side down to `least`.
    pub fn of<'f>(subject: &Subject<'_>, factors: impl IntoIterator<Item = &'f Factor>, least: f64) -> Marks {
        let (likelihood, impact) = (subject.weighed.likelihood_off, subject.weighed.impact_off());
        let (mut inherent, mut current) = (Vec::new(), Vec::new());
        for factor in factors {
            let Some(mark) = factor.mark() else { continue };
            let off = match factor.side {
                Side::Likelihood => likelihood,
                Side::Impact => impact,
                Side::Apart => 0.0,
            };
            inherent.push(mark);
            current.push(least + (mark - least) * (1.0 - off));
        }
        Marks { inherent, current }
    }
}

/// The mean; 0 of nothing.
pub(super) fn mean(marks: &[f64]) -> f64 {
    if marks.is_empty() { 0.0 } else { marks.iter().sum::<f64>() / marks.len() as f64 }
}

pub(super) fn input(factor: impl Into<String>, words: impl Into<String>) -> Step {
    Step { factor: factor.into(), words: words.into(), kind: StepKind::Input, about: None }
}

pub(super) fn result(factor: impl Into<String>, words: impl Into<String>) -> Step {
    Step { factor: factor.into(), words: words.into(), kind: StepKind::Result, about: None }
}

/// What controls take off, where they do.
pub(super) fn relief(subject: &Subject<'_>) -> Vec<Step> {
    let percent = |share: f64| format!("− {:.1} %", 100.0 * share);
    let (likelihood, impact) = (subject.weighed.likelihood_off, subject.weighed.impact_off());
    let mut out = Vec::new();
    if likelihood > 0.0 {
        out.push(input(percent(likelihood), "controls in force, on every factor of likelihood"));
    }
    if impact > 0.0 {
        out.push(input(percent(impact), "controls in force, on every factor of impact"));
    }
    out
}
