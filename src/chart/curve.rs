//! The loss-exceedance curve: how likely a year costs more than an amount.

use crate::geometry::{Point, Rect, pt, rect};
use crate::methods::Simulation;
use crate::scene::{Item, Layer, Paint, Scene, Shape, Step, Stroke, TextRun};
use crate::text::{Face, width};
use crate::theme::Ink;

const LEFT: f32 = 40.0;
const ABOVE: f32 = 8.0;
const SMALL: f32 = 8.0;

/// Points of the curve.
const POINTS: usize = 160;

/// Draws the curve into so much room, with the mean and the years of one in ten.
pub fn loss_curve(simulation: &Simulation, wide: f32, high: f32) -> Scene {
    let plot = rect(LEFT, ABOVE, wide - LEFT - 8.0, high - ABOVE - 28.0);
    // A few extreme years would press all others against the axis.
    let most = (simulation.quantile(0.995) * 1.1).max(1.0);
    let x = |loss: f64| plot.x + plot.w * (loss / most).clamp(0.0, 1.0) as f32;
    let y = |p: f64| plot.max().y - plot.h * p.clamp(0.0, 1.0) as f32;
    let mut shapes = Vec::new();
    let text = |at: Point, words: &str, paint: Paint| {
        Shape::Text(TextRun { at, text: words.to_owned(), face: Face::Regular, size: SMALL, paint })
    };
    let line = |from: Point, to: Point, stroke: Stroke| Shape::Path {
        steps: vec![Step::Move(from), Step::Line(to)],
        fill: None,
        stroke: Some(stroke),
    };
    for tenth in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = y(tenth);
        shapes.push(line(pt(plot.x, at), pt(plot.max().x, at), Stroke::new(0.5, Ink::Border)));
        let words = format!("{:.0} %", 100.0 * tenth);
        shapes.push(text(pt(plot.x - 6.0 - width(Face::Regular, SMALL, &words), at + 2.8), &words, Ink::Muted.into()));
    }
    for part in 0..=4 {
        let loss = most * f64::from(part) / 4.0;
        let words = short(loss);
        let wide = width(Face::Regular, SMALL, &words);
        let at = (x(loss) - wide / 2.0).min(plot.max().x - wide);
        shapes.push(text(pt(at, plot.max().y + 12.0), &words, Ink::Muted.into()));
    }
    let points = (0..POINTS).map(|n| most * n as f64 / (POINTS - 1) as f64);
    let steps: Vec<Step> = points
        .enumerate()
        .map(|(n, loss)| {
            let at = pt(x(loss), y(simulation.exceeds(loss)));
            if n == 0 { Step::Move(at) } else { Step::Line(at) }
        })
        .collect();
    let ground = steps.iter().copied().chain([
        Step::Line(pt(plot.max().x, plot.max().y)),
        Step::Line(pt(plot.x, plot.max().y)),
        Step::Close,
    ]);
    shapes.push(Shape::Path { steps: ground.collect(), fill: Some(Ink::Accent.at(0.12)), stroke: None });
    shapes.push(Shape::Path { steps, fill: None, stroke: Some(Stroke::new(1.6, Ink::Accent)) });
    for (loss, words) in [(simulation.mean, "mean"), (simulation.quantile(0.9), "one year in ten")] {
        if loss > 0.0 {
            shapes.push(line(pt(x(loss), plot.y), pt(x(loss), plot.max().y), Stroke::new(0.9, Ink::Muted).dashed(3.0, 3.0)));
            let words = format!("{words}: {}", short(loss));
            let wide = width(Face::Regular, SMALL, &words);
            let row = if words.starts_with("mean") { 9.0 } else { 20.0 };
            let at = (x(loss) + 4.0).min(plot.max().x - wide);
            shapes.push(text(pt(at, plot.y + row), &words, Ink::Text.into()));
        }
    }
    let words = "loss in a year";
    let at = plot.max().x - width(Face::Regular, SMALL, words);
    shapes.push(text(pt(at, plot.max().y + 23.0), words, Ink::Muted.into()));
    let alt = format!(
        "Loss-exceedance curve. {:.0} % of years bring a loss; the mean is {}, one year in ten costs more than {}.",
        100.0 * simulation.any,
        short(simulation.mean),
        short(simulation.quantile(0.9))
    );
    let bounds: Rect = rect(0.0, 0.0, wide, high);
    Scene { items: vec![Item { key: None, layer: Layer::Element, bounds, shapes, alt }], bounds }
}

/// "950", "12 k", "3.4 M".
fn short(amount: f64) -> String {
    match amount {
        a if a >= 999.5e6 => format!("{:.1} bn", a / 1e9),
        a if a >= 999.5e3 => format!("{:.1} M", a / 1e6),
        a if a >= 9_999.5 => format!("{:.0} k", a / 1e3),
        a if a >= 999.5 => format!("{:.1} k", a / 1e3),
        a => format!("{a:.0}"),
    }
}
