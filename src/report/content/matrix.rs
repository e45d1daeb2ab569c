//! The 5 × 5 matrix of likelihood and impact.

use crate::chart::cell_band;
use crate::geometry::{Rect, rect};
use crate::library::Calibration;
use crate::model::{Band, IMPACT_LABELS, LIKELIHOOD_LABELS};
use crate::report::layout::{filled, text_at};
use crate::report::pattern::hatching;
use crate::report::style::SMALL;
use crate::report::tree::Drawing;
use crate::risk::Matrix;
use crate::text::{Face, width};
use crate::theme::Ink;

const CELL: f32 = 29.4;
const STEP: f32 = 31.2;
const LEFT: f32 = 60.0;

/// The matrix with a count in every cell.
pub fn drawing(what: &str, matrix: &Matrix, calibration: &Calibration) -> Drawing {
    let mut shapes = Vec::new();
    let mut words = Vec::new();
    for likelihood in (1..=5u8).rev() {
        let row = f32::from(5 - likelihood);
        let label = LIKELIHOOD_LABELS.get(usize::from(likelihood) - 1).copied().unwrap_or_default();
        let middle = row * STEP + CELL / 2.0;
        let left = LEFT - 8.0 - width(Face::Regular, SMALL.size, label);
        shapes.push(text_at(left, middle, Face::Regular, SMALL.size, Ink::Muted, label));
        for impact in 1..=5u8 {
            let column = f32::from(impact - 1);
            let band = cell_band(calibration, likelihood, impact);
            let n = matrix.get(likelihood, impact);
            let area = rect(LEFT + column * STEP, row * STEP, CELL, CELL);
            let fill = Ink::RiskFill(band).at(if n > 0 { 1.0 } else { 0.28 });
            shapes.push(filled(area, 2.4, fill));
            shapes.extend(hatching(band, area).filter(|_| n > 0));
            let ink = if n > 0 { Ink::OnRisk(band) } else { Ink::Muted };
            if band != Band::Minimal {
                shapes.push(text_at(area.x + 2.6, area.y + 4.9, Face::Bold, 5.4, ink, band.letter()));
            }
            if n > 0 {
                let count = n.to_string();
                let wide = width(Face::Bold, 9.0, &count);
                // No hatching behind figures.
                shapes.push(filled(Rect::from_center(area.center(), wide + 4.4, 11.2), 2.4, fill));
                let x = area.center().x - wide / 2.0;
                shapes.push(text_at(x, area.center().y, Face::Bold, 9.0, ink, &count));
                let impact = IMPACT_LABELS.get(usize::from(impact) - 1).copied().unwrap_or_default();
                words.push(format!("{label} and {} impact: {count}", impact.to_lowercase()));
            }
        }
    }
    for (n, label) in IMPACT_LABELS.iter().enumerate() {
        let x = LEFT + n as f32 * STEP + CELL / 2.0 - width(Face::Regular, SMALL.size, label) / 2.0;
        shapes.push(text_at(x, 5.0 * STEP + 6.4, Face::Regular, SMALL.size, Ink::Muted, *label));
    }
    let alt = match words.as_slice() {
        [] => format!("{what} risk matrix of likelihood and impact without any threat"),
        some => format!("{what} risk matrix of likelihood and impact. Threats: {}.", some.join("; ")),
    };
    Drawing { width: LEFT + 5.0 * STEP, height: 5.0 * STEP + 12.0, shapes, alt }
}
