//! CVSS 3.1 and 4.0 (FIRST): metrics filled in from the model, requirements from the assets, scores by the crate `cvss`.
//!
//! CVSS measures how severe a weakness is, not how likely it is used, so controls leave it alone. What "before" and "now"
//! mean here is the base score, and the score with threat and environmental metrics.

mod metrics;
mod prefill;
mod vector;

pub use metrics::{METRICS_31, METRICS_40, Metric, MetricGroup};
pub use vector::{Cvss, CvssError, parsed, score_31, score_40};

use super::factor::{Factor, Scale, Side};
use super::sheet::{Outcome, Sheet, input, result};
use super::subject::Subject;
use crate::model::{Band, Method};
use prefill::Prefill;

const CAVEAT: &str = "Severity, not risk: controls do not lower it. Requirements come from the assets.";

pub(super) fn sheet_31(subject: &Subject<'_>) -> Sheet {
    sheet(subject, Method::Cvss31, "cvss31", METRICS_31, |prefill, id| prefill.metric_31(id))
}

pub(super) fn sheet_40(subject: &Subject<'_>) -> Sheet {
    sheet(subject, Method::Cvss40, "cvss40", METRICS_40, |prefill, id| prefill.metric_40(id))
}

/// The letter of a metric, and why.
type Says = fn(&Prefill<'_, '_>, &str) -> Option<(&'static str, String)>;

fn sheet(subject: &Subject<'_>, method: Method, prefix: &str, metrics: &'static [Metric], says: Says) -> Sheet {
    let prefill = Prefill { subject };
    let factor = |metric: &Metric| {
        let factor =
            Factor::new(subject, format!("{prefix}.{}", metric.id), metric.name, Scale::Letters(metric.values), Side::Apart);
        match says(&prefill, metric.id) {
            Some((letter, why)) => factor.lettered(letter, why),
            None => factor.lettered("X", "not defined unless somebody says so"),
        }
    };
    let factors: Vec<Factor> = metrics.iter().map(factor).collect();
    let letters = |only_base: bool| {
        let chosen = metrics.iter().zip(&factors).filter(move |(metric, _)| !only_base || metric.group == MetricGroup::Base);
        chosen.filter_map(|(metric, factor)| Some((metric.id, factor.letter()?)))
    };
    let is_31 = method == Method::Cvss31;
    let base = Cvss::of(is_31, letters(true));
    let full = Cvss::of(is_31, letters(false));
    let (inherent, current) = (outcome(&base), outcome(&full));
    let mut steps: Vec<_> = metrics
        .iter()
        .zip(&factors)
        .filter(|(_, factor)| factor.letter() != Some("X"))
        .map(|(metric, factor)| input(format!("{}:{}", metric.id, factor.letter().unwrap_or("X")), words(factor)))
        .collect();
    steps.push(result(format!("{} {}", inherent.told, inherent.label), format!("base score of {}", base.vector())));
    steps.push(result(format!("{} {}", current.told, current.label), format!("{} of {}", full.score_name(), full.vector())));
    Sheet { method, factors, inherent, current, steps, caveat: CAVEAT }
}

fn words(factor: &Factor) -> String {
    let value = factor.value().map_or("", |value| factor.scale.words(value));
    let why = factor.given.as_ref().map_or(&factor.why, |given| &given.reason);
    match why.is_empty() {
        true => format!("{}: {value}", factor.name),
        false => format!("{}: {value}; {why}", factor.name),
    }
}

fn outcome(cvss: &Cvss) -> Outcome {
    let score = cvss.score().unwrap_or_default();
    let (label, band) = rating(score);
    Outcome { score, told: format!("{score:.1}"), label: label.to_owned(), band: Some(band) }
}

/// The qualitative scale of both versions: None 0, Low to 3.9, Medium to 6.9, High to 8.9, Critical from 9.
fn rating(score: f64) -> (&'static str, Band) {
    match score {
        s if s < 0.05 => ("None", Band::Minimal),
        s if s < 3.95 => ("Low", Band::Low),
        s if s < 6.95 => ("Medium", Band::Medium),
        s if s < 8.95 => ("High", Band::High),
        _ => ("Critical", Band::Critical),
    }
}
