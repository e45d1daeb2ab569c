//! Areas as large as their amounts, as near to squares as they get (Bruls, Huizing and van Wijk 2000, "Squarified treemaps").

use super::frame::Sheet;
use super::{Figure, Value};
use crate::geometry::{Rect, rect};
use crate::text::{Face, ellipsize, width};
use crate::theme::Ink;

pub(super) fn draw(figure: &Figure, sheet: &mut Sheet) {
    let look = sheet.look;
    let amounts: Vec<f64> = (0..figure.rows.len()).map(|row| figure.total(row)).collect();
    // What the others come to may be more than the least before them.
    let areas = squarified(&amounts, rect(0.0, 0.0, look.wide, look.high));
    for (n, (row, area)) in figure.rows.iter().zip(areas).enumerate() {
        let Some(Value { amount, band: Some(band) }) = row.values.first().copied().flatten() else { continue };
        let area = rect(area.x, area.y, (area.w - 2.0).max(0.5), (area.h - 2.0).max(0.5));
        sheet.filled(area, 3.0, Ink::RiskFill(band).into());
        sheet.pattern(area, band);
        let ink = Ink::OnRisk(band);
        let room = area.w - 12.0;
        if room > 28.0 && area.h > 18.0 {
            let words = ellipsize(Face::Bold, 12.0, &row.label, room);
            sheet.text(area.x + 6.0, area.y + 11.0, Face::Bold, 12.0, ink, &words);
        }
        let words = format!("{} {amount:.0}", band.letter());
        if area.h > 34.0 && room > width(Face::Regular, 11.0, &words) {
            sheet.text(area.x + 6.0, area.y + 27.0, Face::Regular, 11.0, ink, &words);
        }
        sheet.spot(area, n, None, format!("{}: load {amount:.1}, {}", row.label, band.label().to_lowercase()));
    }
}

/// Rectangles in the proportion of amounts that lie in falling order; together they fill the room.
pub(super) fn squarified(amounts: &[f64], room: Rect) -> Vec<Rect> {
    let total: f64 = amounts.iter().sum();
    if total <= 0.0 || room.w <= 0.0 || room.h <= 0.0 {
        return vec![rect(room.x, room.y, 0.0, 0.0); amounts.len()];
    }
    let scale = f64::from(room.w) * f64::from(room.h) / total;
    let sizes: Vec<f64> = amounts.iter().map(|amount| amount.max(0.0) * scale).collect();
    let (mut found, mut left, mut at) = (Vec::with_capacity(sizes.len()), room, 0);
    while at < sizes.len() {
        let side = f64::from(left.w.min(left.h)).max(f64::EPSILON);
        let mut many = 1;
        let ahead = |many: usize| sizes.get(at..at + many);
        while let (Some(now), Some(next)) = (ahead(many), ahead(many + 1)) {
            if ratio(next, side) > ratio(now, side) {
                break;
            }
            many += 1;
        }
        let strip = ahead(many).unwrap_or_default();
        let deep = (strip.iter().sum::<f64>() / side) as f32;
        let is_upright = left.w >= left.h;
        let mut along = 0.0;
        for size in strip {
            let long = if deep > 0.0 { (*size / f64::from(deep)) as f32 } else { 0.0 };
            found.push(match is_upright {
                true => rect(left.x, left.y + along, deep, long),
                false => rect(left.x + along, left.y, long, deep),
            });
            along += long;
        }
        left = match is_upright {
            true => rect(left.x + deep, left.y, (left.w - deep).max(0.0), left.h),
            false => rect(left.x, left.y + deep, left.w, (left.h - deep).max(0.0)),
        };
        at += many;
    }
    found
}

/// How far the worst of a strip is from a square, at least 1.
fn ratio(strip: &[f64], side: f64) -> f64 {
    let sum: f64 = strip.iter().sum();
    let (least, most) = strip.iter().fold((f64::INFINITY, 0.0), |(a, b): (f64, f64), n| (a.min(*n), b.max(*n)));
    if least <= 0.0 || sum <= 0.0 {
        return f64::INFINITY;
    }
    (side * side * most / (sum * sum)).max(sum * sum / (side * side * least))
}
