//! The row or column a box stands in, and the gaps between its members.

use super::axis::{Axis, Span};
use crate::geometry::Rect;

/// The boxes beside one, in order, and where it stands among them.
pub struct Row {
    pub gaps: Vec<Gap>,
    /// The nearest before and after it.
    pub before: Option<Rect>,
    pub after: Option<Rect>,
}

/// The room between two neighbours of a row.
#[derive(Clone, Copy, Debug)]
pub struct Gap {
    pub along: Span,
    /// A place across the row where both stand.
    pub across: f32,
}

impl Row {
    /// The row of `rect` among the boxes, which may overlap it by `slack`.
    pub fn of(axis: Axis, rect: Rect, boxes: impl Iterator<Item = Rect>, slack: f32) -> Row {
        let (mine, across) = (axis.span(rect), axis.across(rect));
        let mut row: Vec<Rect> = boxes.filter(|r| axis.across(*r).common(across).length() > 0.0).collect();
        row.sort_by(|a, b| axis.span(*a).low.total_cmp(&axis.span(*b).low));
        let before = row.iter().filter(|r| axis.span(**r).high <= mine.low + slack);
        let after = row.iter().filter(|r| axis.span(**r).low >= mine.high - slack);
        let before = before.max_by(|a, b| axis.span(**a).high.total_cmp(&axis.span(**b).high)).copied();
        let after = after.min_by(|a, b| axis.span(**a).low.total_cmp(&axis.span(**b).low)).copied();
        let (mut gaps, mut last): (Vec<Gap>, Option<Rect>) = (Vec::new(), None);
        for next in row {
            gaps.extend(last.and_then(|last| Gap::between(axis, last, next)).filter(|gap| gap.along.distance(mine) > 0.0));
            last = last.filter(|last| axis.span(*last).high > axis.span(next).high).or(Some(next));
        }
        Row { gaps, before, after }
    }
}

impl Gap {
    pub fn between(axis: Axis, first: Rect, second: Rect) -> Option<Gap> {
        let along = Span { low: axis.span(first).high, high: axis.span(second).low };
        let across = axis.across(first).common(axis.across(second)).middle();
        (along.length() > 0.0).then_some(Gap { along, across })
    }
}
