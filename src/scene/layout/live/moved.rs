//! Boxes and flows that only went elsewhere, with everything they consist of.

use crate::geometry::{Point, Vec2};
use crate::scene::layout::{FlowEnd, FlowLabel, PlacedBox, PlacedLine, RoutedFlow, TextBlock};
use crate::scene::shape::Step;

impl PlacedBox {
    pub(super) fn moved(&self, by: Vec2) -> PlacedBox {
        let lines = moved_lines(&self.text.lines, by);
        let text = TextBlock { lines, symbol: self.text.symbol.map(|p| p + by), ..self.text };
        PlacedBox { rect: self.rect.translate(by), tab: self.tab.map(|t| t.translate(by)), text, ..*self }
    }
}

impl RoutedFlow {
    /// The same course elsewhere; where it crosses seams there is for the caller to say.
    pub(super) fn moved(&self, by: Vec2) -> RoutedFlow {
        let shift = |points: &[Point]| points.iter().map(|p| *p + by).collect();
        let end = |end: &FlowEnd| FlowEnd { at: end.at + by, ..end.clone() };
        let label = self.label.as_ref().map(|label| FlowLabel {
            text: label.text.translate(by),
            lines: moved_lines(&label.lines, by),
            lock: label.lock.map(|p| p + by),
            mask: label.mask.translate(by),
            pill: label.pill.translate(by),
            leader: label.leader.map(|(from, to)| (from + by, to + by)),
        });
        let step = |step: &Step| match *step {
            Step::Move(a) => Step::Move(a + by),
            Step::Line(a) => Step::Line(a + by),
            Step::Quad(a, b) => Step::Quad(a + by, b + by),
            Step::Cubic(a, b, c) => Step::Cubic(a + by, b + by, c + by),
            Step::Close => Step::Close,
        };
        RoutedFlow {
            corners: shift(&self.corners),
            points: shift(&self.points),
            steps: self.steps.iter().map(step).collect(),
            start: end(&self.start),
            end: end(&self.end),
            label,
            crossings: Vec::new(),
            ..*self
        }
    }
}

fn moved_lines(lines: &[PlacedLine], by: Vec2) -> Vec<PlacedLine> {
    lines.iter().map(|line| PlacedLine { at: line.at + by, text: line.text.clone() }).collect()
}
