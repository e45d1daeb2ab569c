//! Charts of the risk on paper: the figures of the dashboard, with patterns for grey prints.

use super::Cx;
use crate::chart::{self, Figure as Chart, Look, Sources, State, Topic};
use crate::report::page::Sheet;
use crate::report::tree::Drawing;
use crate::what_if::Roadmap;

/// Points a unit of the chart, whose words are made for screens.
const SCALE: f32 = 0.71;
/// Width and height of a matrix, of which two stand side by side.
const MATRIX: (f32, f32) = (216.0, 172.0);
/// Height of the curve of a roadmap.
const CURVE: f32 = 118.0;

/// The 5 × 5 matrix of a state with a count in every square.
pub fn matrix(cx: &Cx<'_>, state: State) -> Drawing {
    let chart = Chart::of(Topic::Matrix(state), &sources(cx, &[]));
    let alt = format!("{} risk matrix. {}", state.label(), chart.words());
    drawn(&chart, MATRIX, alt)
}

/// The load that is left after each step of a roadmap.
pub fn roadmap(cx: &Cx<'_>, found: &Roadmap) -> Drawing {
    let step = |(n, step): (usize, &crate::what_if::Step)| chart::Step {
        name: format!("step {}", n + 1),
        days: step.days,
        load: step.load,
        peak: step.peak,
    };
    let steps: Vec<chart::Step> = found.steps.iter().enumerate().map(step).collect();
    let chart = Chart::of(Topic::Roadmap, &sources(cx, &steps));
    let told: Vec<String> = std::iter::once(found.load).chain(steps.iter().map(|s| s.load)).map(|l| format!("{l:.0}")).collect();
    let alt = format!("Load today and after each step of the roadmap: {}.", told.join(", "));
    drawn(&chart, (Sheet::upright(cx.options.paper).body().w, CURVE), alt)
}

fn sources<'a>(cx: &'a Cx<'_>, roadmap: &'a [chart::Step]) -> Sources<'a> {
    Sources { model: cx.model, library: cx.library, assessment: cx.assessment, today: cx.options.date, roadmap }
}

fn drawn(chart: &Chart, (wide, high): (f32, f32), alt: String) -> Drawing {
    let look = Look { wide: wide / SCALE, high: high / SCALE, is_patterned: true };
    Drawing::of_scene(&chart::draw(chart, look).scene, SCALE, alt)
}
