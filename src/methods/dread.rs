//! DREAD (Howard and LeBlanc 2002), with marks 0 to 10 and with marks 1 to 3 (Microsoft patterns & practices 2003).

use super::factor::{Factor, Scale, Side, number};
use super::sheet::{Marks, Outcome, Sheet, input, mean, relief, result};
use super::subject::Subject;
use crate::library::Calibration;
use crate::model::{Band, Dimension, Method};
use crate::risk::Step;

const CAVEAT: &str =
    "Microsoft itself gave DREAD up because people mark the same threat very differently; it is here to compare.";

/// Band of the mean, 0 to 10.
pub fn dread_band(calibration: &Calibration, mean: f64) -> Band {
    let (medium, high) = calibration.methods.dread_edges;
    match mean {
        m if m >= high => Band::High,
        m if m >= medium => Band::Medium,
        _ => Band::Low,
    }
}

/// Band of the sum of five marks 1 to 3: 5 to 7 Low, 8 to 11 Medium, 12 to 15 High.
pub fn dread_three_band(sum: f64) -> Band {
    match sum {
        s if s >= 12.0 => Band::High,
        s if s >= 8.0 => Band::Medium,
        _ => Band::Low,
    }
}

/// Name of the factor, side, what the model says 0 to 10, and why.
type Prefilled = (&'static str, &'static str, Side, f64, String);

fn prefilled(subject: &Subject<'_>) -> [Prefilled; 5] {
    let (marks, calibration) = (&subject.library.calibration.methods.dread, &subject.library.calibration);
    let (weighed, finding) = (&subject.weighed, subject.finding);
    let at = |table: &[f64], n: u8| table.get(usize::from(n)).copied().unwrap_or_default();
    let base = calibration.probability_of(weighed.level);
    let is_total = Dimension::ALL.iter().any(|d| weighed.hits.get(*d) >= 1.0);
    let (total, partial) = marks.affected;
    let affected = if is_total { total } else { partial };
    let how = if is_total { "a hit is total" } else { "no hit is total" };
    let exposure = crate::risk::exposure_label(weighed.exposure);
    [
        ("damage", "Damage", Side::Impact, 10.0 * finding.i0, format!("10 × impact {:.2} before controls", finding.i0)),
        (
            "reproducibility",
            "Reproducibility",
            Side::Likelihood,
            10.0 * base,
            format!("10 × base likelihood {:.0} % of this kind of threat", 100.0 * base),
        ),
        (
            "exploitability",
            "Exploitability",
            Side::Likelihood,
            at(&marks.exploitability, weighed.skill.saturating_sub(1)),
            format!("skill {} of 5 is needed", weighed.skill),
        ),
        ("affected", "Affected users", Side::Impact, affected, how.to_owned()),
        (
            "discoverability",
            "Discoverability",
            Side::Likelihood,
            at(&marks.discoverability, weighed.exposure),
            format!("exposure: {exposure}"),
        ),
    ]
}

pub(super) fn sheet(subject: &Subject<'_>) -> Sheet {
    const SCALE: Scale = Scale::Marks { from: 0.0, to: 10.0, whole: false, words: &[] };
    let factors: Vec<Factor> = prefilled(subject)
        .into_iter()
        .map(|(id, name, side, mark, why)| Factor::new(subject, format!("dread.{id}"), name, SCALE, side).marked(mark, why))
        .collect();
    let marks = Marks::of(subject, &factors, 0.0);
    let outcome = |marks: &[f64]| {
        let score = mean(marks);
        let band = dread_band(&subject.library.calibration, score);
        Outcome { score, told: number((score * 10.0).round() / 10.0), label: band.label().to_owned(), band: Some(band) }
    };
    let (inherent, current) = (outcome(&marks.inherent), outcome(&marks.current));
    let steps = steps(subject, &factors, (&inherent, &current), "the mean of the five");
    Sheet { method: Method::Dread, factors, inherent, current, steps, caveat: CAVEAT }
}

pub(super) fn sheet_three(subject: &Subject<'_>) -> Sheet {
    const SCALE: Scale = Scale::Marks { from: 1.0, to: 3.0, whole: true, words: &[(1.0, "Low"), (2.0, "Medium"), (3.0, "High")] };
    let third = |mark: f64| {
        if mark > 20.0 / 3.0 {
            3.0
        } else if mark > 10.0 / 3.0 {
            2.0
        } else {
            1.0
        }
    };
    let factors: Vec<Factor> = prefilled(subject)
        .into_iter()
        .map(|(id, name, side, mark, why)| {
            let why = format!("{why}: {} of 10", number(mark));
            Factor::new(subject, format!("dread3.{id}"), name, SCALE, side).marked(third(mark), why)
        })
        .collect();
    // The least mark is 1, so controls lower what is above it.
    let marks = Marks::of(subject, &factors, 1.0);
    let outcome = |marks: &[f64]| {
        let score: f64 = marks.iter().sum();
        let band = dread_three_band(score);
        Outcome { score, told: number((score * 10.0).round() / 10.0), label: band.label().to_owned(), band: Some(band) }
    };
    let (inherent, current) = (outcome(&marks.inherent), outcome(&marks.current));
    let steps = steps(subject, &factors, (&inherent, &current), "the sum of the five");
    Sheet { method: Method::DreadThree, factors, inherent, current, steps, caveat: CAVEAT }
}

fn steps(subject: &Subject<'_>, factors: &[Factor], (before, now): (&Outcome, &Outcome), how: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = factors.iter().map(|f| input(f.told(), format!("{}: {}", f.name, f.why))).collect();
    steps.push(result(format!("{} {}", before.told, before.label), format!("before controls: {how}")));
    steps.extend(relief(subject));
    steps.push(result(format!("{} {}", now.told, now.label), "with the controls in force"));
    steps
}
