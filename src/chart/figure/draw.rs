//! Charts as plain shapes, with what is under the pointer where.

use super::frame::{Sheet, room_for};
use super::table::written;
use super::{Entry, Figure, Form, Value, treemap};
use crate::geometry::{Rect, pt, rect};
use crate::model::Band;
use crate::scene::{Scene, Step, Stroke};
use crate::text::{Face, ellipsize, width};
use crate::theme::Ink;

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub wide: f32,
    pub high: f32,
    /// Levels have patterns beside their colours: for print and projectors.
    pub is_patterned: bool,
}

/// A part of a chart that stands for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub rect: Rect,
    pub row: usize,
    /// Nothing for the whole row.
    pub column: Option<usize>,
    /// What it says, in words.
    pub said: String,
}

/// A chart, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub scene: Scene,
    /// Rows before the pieces in them: the last one that holds a point is meant.
    pub spots: Vec<Spot>,
}

const LABEL: f32 = 12.0;
const SMALL: f32 = 11.0;

/// Draws a chart into so much room.
pub fn draw(figure: &Figure, look: Look) -> Drawn {
    let mut sheet = Sheet::new(look);
    match figure.form {
        Form::Matrix => matrix(figure, &mut sheet),
        Form::Stacks | Form::Bars => bars(figure, &mut sheet),
        Form::Treemap => treemap::draw(figure, &mut sheet),
        Form::Curve => curve(figure, &mut sheet),
    }
    sheet.finish(figure)
}

/// What a cell says to whoever does not see it.
pub(super) fn said(figure: &Figure, row: &Entry, column: usize) -> String {
    let value = row.values.get(column).copied().flatten().map(written).unwrap_or_default();
    let heading = figure.columns.get(column).map_or("", |series| series.heading.as_str());
    format!("{}, {}: {value}", row.label, heading.to_lowercase())
}

fn matrix(figure: &Figure, sheet: &mut Sheet) {
    let look = sheet.look;
    let left = room_for(figure.rows.iter().map(|row| row.label.as_str()), SMALL) + 10.0;
    let side = ((look.wide - left) / 5.0).min((look.high - 20.0) / 5.0).max(20.0);
    let gap = 3.0;
    for (n, row) in figure.rows.iter().enumerate() {
        let y = n as f32 * side;
        let at = left - 10.0 - width(Face::Regular, SMALL, &row.label);
        sheet.text(at, y + side / 2.0, Face::Regular, SMALL, Ink::Muted, &row.label);
        for (k, value) in row.values.iter().enumerate() {
            let Some(Value { amount, band: Some(band) }) = *value else { continue };
            let area = rect(left + k as f32 * side, y, side - gap, side - gap);
            let is_used = amount > 0.0;
            let fill = Ink::RiskFill(band).at(if is_used { 1.0 } else { 0.25 });
            sheet.filled(area, 4.0, fill);
            if is_used {
                sheet.pattern(area, band);
            }
            let ink = if is_used { Ink::OnRisk(band) } else { Ink::Muted };
            if band != Band::Minimal {
                let size = if side > 52.0 { 9.0 } else { 8.0 };
                sheet.text(area.x + 4.0, area.y + 8.0, Face::Bold, size, ink, band.letter());
            }
            if is_used {
                let words = format!("{amount:.0}");
                let size = if side > 52.0 { 15.0 } else { 12.0 };
                let wide = width(Face::Bold, size, &words);
                sheet.clear(area.center(), wide, size + 4.0, fill);
                sheet.text(area.center().x - wide / 2.0, area.center().y, Face::Bold, size, ink, &words);
            }
            sheet.spot(area, n, Some(k), format!("{}, impact {}: {amount:.0}", row.label, heading(figure, k).to_lowercase()));
        }
    }
    for (k, series) in figure.columns.iter().enumerate() {
        let words = ellipsize(Face::Regular, SMALL, &series.heading, side);
        let x = left + k as f32 * side + (side - gap) / 2.0 - width(Face::Regular, SMALL, &words) / 2.0;
        sheet.text(x, 5.0 * side + 9.0, Face::Regular, SMALL, Ink::Muted, &words);
    }
}

fn heading(figure: &Figure, column: usize) -> &str {
    figure.columns.get(column).map_or("", |series| series.heading.as_str())
}

fn bars(figure: &Figure, sheet: &mut Sheet) {
    let look = sheet.look;
    let is_stacked = figure.form == Form::Stacks;
    let most = figure.most().max(f64::EPSILON);
    let marks = room_for(figure.rows.iter().map(|row| row.mark.as_str()), SMALL);
    let marks = if marks > 0.0 { marks + 10.0 } else { 0.0 };
    let names = room_for(figure.rows.iter().map(|row| row.label.as_str()), LABEL).min(look.wide * 0.36) + 12.0;
    let worst = if is_stacked { 58.0 } else { 0.0 };
    let left = names + marks;
    let right = look.wide - 40.0 - worst;
    let step = (look.high / figure.rows.len().max(1) as f32).clamp(19.0, 34.0);
    let high = (step - 10.0).clamp(12.0, 18.0);
    for (n, row) in figure.rows.iter().enumerate() {
        let middle = (n as f32 + 0.5) * step;
        let whole = rect(0.0, n as f32 * step, look.wide, step);
        let total = figure.total(n);
        sheet.spot(whole, n, None, format!("{}: {}", row.label, written(Value { amount: total, band: None })));
        let name = ellipsize(Face::Regular, LABEL, &row.label, names - 12.0);
        sheet.text(0.0, middle, Face::Regular, LABEL, Ink::Text, &name);
        if !row.mark.is_empty() {
            sheet.text(names, middle, Face::Mono, SMALL, Ink::Muted, &row.mark);
        }
        let mut x = left;
        for (k, (series, value)) in figure.columns.iter().zip(&row.values).enumerate() {
            let Some(value) = value.filter(|value| value.amount > 0.0 && !series.is_beside) else { continue };
            let long = ((right - left).max(20.0) * (value.amount / most) as f32).max(2.0);
            let area = rect(x, middle - high / 2.0, (long - 1.0).max(1.5), high);
            x += long;
            let band = series.band.or(value.band);
            match band {
                Some(band) => {
                    let fill = Ink::RiskFill(band).at(if row.is_ahead { 0.45 } else { 1.0 });
                    sheet.filled(area, 1.5, fill);
                    // The lightest would be lost on the ground.
                    let edge = if row.is_ahead { Ink::RiskOutline(band).at(0.9) } else { Ink::RiskOutline(band).at(0.35) };
                    let stroke = Stroke::new(1.0, edge);
                    sheet.framed(area, 1.5, if row.is_ahead { stroke.dashed(4.0, 3.0) } else { stroke });
                    sheet.pattern(area, band);
                }
                None => sheet.filled(area, 1.5, Ink::Accent.at(1.0)),
            }
            if is_stacked {
                let words = written(value);
                let wide = width(Face::Bold, SMALL, &words);
                if let Some(band) = band.filter(|_| area.w > wide + 6.0) {
                    sheet.clear(pt(area.center().x, middle), wide, high - 2.0, Ink::RiskFill(band).into());
                    sheet.text(area.center().x - wide / 2.0, middle, Face::Bold, SMALL, Ink::OnRisk(band), &words);
                }
                sheet.spot(rect(area.x, whole.y + 2.0, area.w, step - 4.0), n, Some(k), said(figure, row, k));
            }
        }
        if !is_stacked || total > 0.0 {
            let words = format!("{total:.0}");
            let at = if is_stacked { x + 6.0 } else { x + 8.0 };
            sheet.text(at, middle, Face::Bold, LABEL, Ink::Text, &words);
        }
        if let Some(Value { amount, band: Some(band) }) = row.values.last().copied().flatten().filter(|_| is_stacked) {
            let words = format!("{amount:.1}");
            let x = look.wide - width(Face::Bold, LABEL, &words);
            sheet.text(x, middle, Face::Bold, LABEL, Ink::Text, &words);
            sheet.level(pt(look.wide - 44.0, middle), band);
        }
    }
}

fn curve(figure: &Figure, sheet: &mut Sheet) {
    let look = sheet.look;
    let amounts: Vec<f64> = (0..figure.rows.len()).map(|row| figure.total(row)).collect();
    if amounts.is_empty() {
        return;
    }
    let (least, most) = amounts.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(*n), b.max(*n)));
    let (low, unit) = scale(least, most);
    let top = low + 4.0 * unit;
    let marks = [0.0, 1.0, 2.0, 3.0, 4.0].map(|k| low + k * unit);
    let left = marks.iter().map(|n| width(Face::Regular, SMALL, &format!("{n:.0}"))).fold(0.0, f32::max) + 12.0;
    let plot = rect(left, 16.0, (look.wide - left - 24.0).max(40.0), (look.high - 16.0 - 24.0).max(40.0));
    let y = |n: f64| plot.max().y - plot.h * ((n - low) / (top - low)).clamp(0.0, 1.0) as f32;
    for n in marks {
        let words = format!("{n:.0}");
        sheet.line(&[pt(plot.x, y(n)), pt(plot.max().x, y(n))], Stroke::new(1.0, Ink::Border));
        sheet.text(left - 12.0 - width(Face::Regular, SMALL, &words), y(n), Face::Regular, SMALL, Ink::Muted, &words);
    }
    let gap = plot.w / amounts.len() as f32;
    let at = |n: usize, amount: f64| pt(plot.x + (n as f32 + 0.5) * gap, y(amount));
    let points: Vec<_> = amounts.iter().enumerate().map(|(n, amount)| at(n, *amount)).collect();
    for ((a, b), row) in points.iter().zip(points.iter().skip(1)).zip(figure.rows.iter().skip(1)) {
        let stroke = Stroke::new(2.0, Ink::Accent);
        sheet.line(&[*a, *b], if row.is_ahead { stroke.dashed(5.0, 4.0) } else { stroke });
    }
    let is_crowded = gap < 56.0;
    for (n, (row, point)) in figure.rows.iter().zip(&points).enumerate() {
        let fill = if row.is_ahead { Ink::Panel } else { Ink::Accent };
        sheet.circle(*point, 4.5, fill.at(1.0), Stroke::new(2.0, Ink::Accent));
        let words = format!("{:.0}", figure.total(n));
        let wide = width(Face::Bold, SMALL, &words);
        if gap > wide + 4.0 {
            sheet.text(point.x - wide / 2.0, point.y - 13.0, Face::Bold, SMALL, Ink::Text, &words);
        }
        let has_room = !is_crowded || (n == 0 && width(Face::Regular, SMALL, &row.label) <= gap - 6.0);
        let name = if has_room { ellipsize(Face::Regular, SMALL, &row.label, gap - 6.0) } else { n.to_string() };
        let wide = width(Face::Regular, SMALL, &name);
        sheet.text(point.x - wide / 2.0, plot.max().y + 14.0, Face::Regular, SMALL, Ink::Muted, &name);
        let area = rect(plot.x + n as f32 * gap, plot.y, gap, plot.h + 22.0);
        sheet.spot(area, n, None, said(figure, row, 0));
    }
}

/// The lowest line of a scale, and the round distance of its lines, so that four of them hold everything.
fn scale(least: f64, most: f64) -> (f64, f64) {
    let span = (most - least).max(most * 0.05).max(1.0);
    let rough = span / 3.0;
    let power = 10f64.powf(rough.log10().floor());
    let unit = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * power).find(|unit| *unit >= rough).unwrap_or(10.0 * power);
    let low = ((least / unit).floor() * unit - if least > unit { 0.0 } else { least }).max(0.0);
    let low = if low + 4.0 * unit < most { (most / unit).ceil() * unit - 4.0 * unit } else { low };
    (low.max(0.0), unit)
}

impl Figure {
    /// The chart in words: what is greatest, and every row.
    pub fn words(&self) -> String {
        if self.form == Form::Matrix {
            return self.cells_in_words();
        }
        let rows: Vec<String> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(n, _)| self.total(*n) > 0.0)
            .map(|(n, row)| format!("{} {}", row.label, written(Value { amount: self.total(n), band: None })))
            .collect();
        let rows = if rows.is_empty() { "nothing".to_owned() } else { rows.join(", ") };
        format!("{}: {rows}.", self.title)
    }

    /// Every square that is not empty.
    fn cells_in_words(&self) -> String {
        let told = |row: &Entry| -> Vec<String> {
            let cells = self.columns.iter().zip(&row.values);
            let used = cells.filter_map(|(series, value)| value.filter(|v| v.amount > 0.0).map(|v| (series, v.amount)));
            used.map(|(series, n)| format!("{} and {} impact: {n:.0}", row.label, series.heading.to_lowercase())).collect()
        };
        let cells: Vec<String> = self.rows.iter().flat_map(told).collect();
        if cells.is_empty() {
            format!("{}: no threat.", self.title)
        } else {
            format!("{}. Threats: {}.", self.title, cells.join("; "))
        }
    }
}

/// One step of a path less.
pub(super) fn polyline(points: &[crate::geometry::Point]) -> Vec<Step> {
    points.iter().enumerate().map(|(n, p)| if n == 0 { Step::Move(*p) } else { Step::Line(*p) }).collect()
}

/// A chart as a page of its own, with its title above and what is to be known below; levels have patterns.
pub fn page(figure: &Figure, wide: f32, high: f32) -> Scene {
    const EDGE: f32 = 24.0;
    const HEAD: f32 = 44.0;
    const FOOT: f32 = 34.0;
    let look = Look { wide: wide - 2.0 * EDGE, high: high - HEAD - FOOT - EDGE, is_patterned: true };
    let mut scene = draw(figure, look).scene;
    for item in &mut scene.items {
        let by = crate::geometry::vec2(EDGE, HEAD + 12.0);
        item.shapes = std::mem::take(&mut item.shapes).into_iter().map(|shape| shape.translated(by)).collect();
        item.bounds = rect(0.0, 0.0, wide, high);
    }
    let mut words = Sheet::new(look);
    words.text(EDGE, HEAD / 2.0 + 4.0, Face::Bold, 18.0, Ink::Text, figure.title);
    words.text(EDGE, high - FOOT / 2.0, Face::Regular, SMALL, Ink::Muted, &figure.note);
    scene.items.extend(words.finish(figure).scene.items.into_iter().map(|mut item| {
        item.alt.clear();
        item
    }));
    scene.bounds = rect(0.0, 0.0, wide, high);
    scene
}
