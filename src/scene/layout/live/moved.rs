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
        let label = self.label.as_ref().map(|label| label.moved(by));
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

impl FlowLabel {
    pub(super) fn moved(&self, by: Vec2) -> FlowLabel {
        FlowLabel {
            text: self.text.translate(by),
            lines: moved_lines(&self.lines, by),
            lock: self.lock.map(|p| p + by),
            mask: self.mask.translate(by),
            pill: self.pill.translate(by),
            leader: self.leader.map(|(from, to)| (from + by, to + by)),
        }
    }
}

fn moved_lines(lines: &[PlacedLine], by: Vec2) -> Vec<PlacedLine> {
    lines.iter().map(|line| PlacedLine { at: line.at + by, text: line.text.clone() }).collect()
}
