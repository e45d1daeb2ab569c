//! The 5 × 5 matrix of likelihood and impact.

use super::{Entry, Figure, Form, Series, Sources, State, Topic, Value};
use crate::library::Calibration;
use crate::model::{Band, IMPACT_LABELS, LIKELIHOOD_LABELS};
use crate::register::{Column, Term};

/// The level a cell stands for, by the middle of its likelihood and impact.
pub fn cell_band(calibration: &Calibration, likelihood: u8, impact: u8) -> Band {
    calibration.band(100.0 * calibration.probability_of(likelihood) * calibration.impact_of(impact))
}

pub(super) fn figure(state: State, sources: &Sources<'_>) -> Figure {
    let totals = &sources.assessment.totals;
    let (matrix, likely, hard) = match state {
        State::Inherent => (&totals.inherent_matrix, Column::LikelihoodBefore, Column::ImpactBefore),
        State::Current => (&totals.current_matrix, Column::Likelihood, Column::Impact),
        State::Planned => (&totals.planned_matrix, Column::LikelihoodPlanned, Column::ImpactPlanned),
    };
    let columns = IMPACT_LABELS.iter().map(|label| Series {
        heading: (*label).to_owned(),
        band: None,
        filter: Some(Term::is(hard.key(), [*label])),
        is_beside: false,
    });
    let rows = (1..=5u8).rev().zip(LIKELIHOOD_LABELS.iter().rev()).map(|(likelihood, label)| Entry {
        label: (*label).to_owned(),
        mark: String::new(),
        values: (1..=5u8)
            .map(|impact| {
                let band = cell_band(&sources.library.calibration, likelihood, impact);
                Some(Value { amount: matrix.get(likelihood, impact) as f64, band: Some(band) })
            })
            .collect(),
        filter: vec![super::by::counting(), Term::is(likely.key(), [*label])],
        is_ahead: false,
    });
    Figure {
        topic: Topic::Matrix(state),
        form: Form::Matrix,
        title: Topic::Matrix(state).label(),
        note: "A square has the level of its middle.".to_owned(),
        columns: columns.collect(),
        rows: rows.collect(),
    }
}
