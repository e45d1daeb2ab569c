//! The classic 5 × 5 matrix: likelihood level times impact level.

use super::factor::{Factor, Scale, Side, number};
use super::sheet::{Marks, Outcome, Sheet, input, relief, result};
use super::subject::Subject;
use crate::library::Calibration;
use crate::model::{Band, Method};

const LIKELIHOOD: Scale = Scale::Marks {
    from: 1.0,
    to: 5.0,
    whole: true,
    words: &[(1.0, "Rare"), (2.0, "Unlikely"), (3.0, "Possible"), (4.0, "Likely"), (5.0, "Almost certain")],
};
const IMPACT: Scale = Scale::Marks {
    from: 1.0,
    to: 5.0,
    whole: true,
    words: &[(1.0, "Minor"), (2.0, "Low"), (3.0, "Medium"), (4.0, "High"), (5.0, "Total")],
};

/// Band of likelihood · impact, 1 to 25.
pub fn five_band(calibration: &Calibration, score: f64) -> Band {
    let (medium, high, critical) = calibration.methods.five_edges;
    match score {
        s if s >= critical => Band::Critical,
        s if s >= high => Band::High,
        s if s >= medium => Band::Medium,
        _ => Band::Low,
    }
}

pub(super) fn sheet(subject: &Subject<'_>) -> Sheet {
    let rating = &subject.finding.inherent;
    let likelihood = Factor::new(subject, "five.likelihood", "Likelihood", LIKELIHOOD, Side::Likelihood)
        .marked(f64::from(rating.likelihood), format!("{:.1} % in a year before controls", 100.0 * rating.p));
    let impact = Factor::new(subject, "five.impact", "Impact", IMPACT, Side::Impact)
        .marked(f64::from(rating.impact.max(1)), format!("{:.2} of the worst before controls", rating.i));
    let factors = vec![likelihood, impact];
    let marks = Marks::of(subject, &factors, 0.0);
    let outcome = |marks: &[f64]| {
        let score: f64 = marks.iter().product();
        let band = five_band(&subject.library.calibration, score);
        Outcome { score, told: number((score * 10.0).round() / 10.0), label: band.label().to_owned(), band: Some(band) }
    };
    let (inherent, current) = (outcome(&marks.inherent), outcome(&marks.current));
    let mut steps: Vec<_> = factors.iter().map(|f| input(f.told(), format!("{}: {}", f.name, f.why))).collect();
    steps.push(result(format!("{} {}", inherent.told, inherent.label), "before controls: likelihood times impact"));
    steps.extend(relief(subject));
    steps.push(result(format!("{} {}", current.told, current.label), "with the controls in force"));
    Sheet {
        method: Method::FiveByFive,
        factors,
        inherent,
        current,
        steps,
        caveat: "Products of ordinal levels: fit for sorting into a few boxes, not for arithmetic.",
    }
}
