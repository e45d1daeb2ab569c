//! Entry and exit points: where a flow comes in from lower trust, and where one leaves to lower trust.

use super::{Cx, polygon};
use crate::geometry::{Point, Vec2};
use crate::model::{Id, ThreatModel};
use crate::risk::Assessment;
use crate::scene::layout::{FlowEnd, RoutedFlow};
use crate::scene::shape::{Paint, Shape, Stroke};
use crate::theme::Ink;
use std::cmp::Ordering;

/// Half the length of a bar and half its thickness.
const BAR: (f32, f32) = (7.0, 1.8);

/// What the end of a flow is for the element it is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    Entry,
    Exit,
}

/// The ends of a flow that are entry or exit points, as the assessment has them: at the end of higher trust.
pub fn points<'f>(model: &ThreatModel, assessment: &Assessment, flow: &Id, course: &'f RoutedFlow) -> Vec<(&'f FlowEnd, Access)> {
    let crossing = assessment.crossings.get(flow).and_then(|crossing| Some((crossing.from?, crossing.to?)));
    let (Some((from, to)), Some(record)) = (crossing, model.flows.get(flow)) else { return Vec::new() };
    let (element, access) = match from.cmp(&to) {
        Ordering::Less => (&record.to, Access::Entry),
        Ordering::Greater => (&record.from, Access::Exit),
        Ordering::Equal => return Vec::new(),
    };
    [&course.start, &course.end].into_iter().filter(|end| end.element == *element).map(|end| (end, access)).collect()
}

/// The bars of a flow.
pub(super) fn bars(cx: &Cx, flow: &Id, course: &RoutedFlow) -> Vec<Shape> {
    points(cx.model, cx.assessment, flow, course).into_iter().map(|(end, access)| bar(end.at, end.direction, access)).collect()
}

/// What a flow's bars say: ", enters" and the like.
pub(super) fn words(cx: &Cx, flow: &Id, course: &RoutedFlow) -> &'static str {
    let points = points(cx.model, cx.assessment, flow, course);
    let has = |access| points.iter().any(|(_, a)| *a == access);
    match (has(Access::Entry), has(Access::Exit)) {
        (true, true) => ", entry and exit point",
        (true, false) => ", entry point",
        (false, true) => ", exit point",
        (false, false) => "",
    }
}

/// Where the bar of an end is.
pub fn middle(outline: Point, direction: Vec2) -> Point {
    outline + direction * 3.0
}

/// A bar just inside an outline, across a flow that runs into it along `direction`: filled for an entry, hollow for an
/// exit.
pub(super) fn bar(outline: Point, direction: Vec2, access: Access) -> Shape {
    let (along, across) = (direction * BAR.1, direction.perp() * BAR.0);
    let at = middle(outline, direction);
    let steps = polygon(&[at + along + across, at + along + -across, at + -along + -across, at + -along + across]);
    let fill: Paint = match access {
        Access::Entry => Ink::Boundary.into(),
        Access::Exit => Ink::Canvas.into(),
    };
    Shape::Path { steps, fill: Some(fill), stroke: Some(Stroke::new(1.2, Ink::Boundary)) }
}
