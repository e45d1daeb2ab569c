//! Likelihood × impact with controls: the method of the assessment itself, told as a sheet like the others.

use super::factor::{Factor, Scale, Side, number};
use super::sheet::{Outcome, Sheet};
use super::subject::Subject;
use crate::model::Method;
use crate::risk::{Explainer, Rating};

pub(super) fn sheet(subject: &Subject<'_>, explainer: &Explainer<'_>) -> Sheet {
    let finding = subject.finding;
    let factor = |id: &str, name: &'static str, side, value: f64, why: String| Factor {
        given: None,
        ..Factor::new(subject, id, name, Scale::Marks { from: 0.0, to: 1.0, whole: false, words: &[] }, side).marked(value, why)
    };
    let calibration = &subject.library.calibration;
    let level = |p: f64| format!("level {} of 5, from the model; set by hand in the decision", calibration.likelihood_level(p));
    let impact = |i: f64| format!("level {} of 5, from the model; set by hand in the decision", calibration.impact_level(i));
    Sheet {
        method: Method::LikelihoodImpact,
        factors: vec![
            factor("register.likelihood", "Likelihood in a year", Side::Likelihood, finding.p0, level(finding.p0)),
            factor("register.impact", "Impact", Side::Impact, finding.i0, impact(finding.i0)),
        ],
        inherent: outcome(&finding.inherent),
        current: outcome(&finding.current),
        steps: explainer.explain(&finding.key).map(|told| told.steps).unwrap_or_default(),
        caveat: "The register's own method: every number of it is in the calibration.",
    }
}

fn outcome(rating: &Rating) -> Outcome {
    let told = number((rating.score * 10.0).round() / 10.0);
    Outcome { score: rating.score, told, label: rating.band.label().to_owned(), band: Some(rating.band) }
}
