//! Entry and exit points: where a flow comes in from lower trust, and where one leaves to lower trust.

use super::{Cx, polygon};
use crate::geometry::{Point, Vec2};
use crate::model::Id;
use crate::risk::Assessment;
use crate::scene::layout::{FlowEnd, RoutedFlow};
use crate::scene::shape::{Paint, Shape, Stroke};
use crate::theme::Ink;
use std::collections::BTreeSet;

/// Half the length of a bar and half its thickness.
const BAR: (f32, f32) = (7.0, 1.8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Entry,
    Exit,
}

/// Ends of flows that are entry or exit points, as (flow, element).
pub(super) struct AccessPoints<'a> {
    entries: BTreeSet<(&'a Id, &'a Id)>,
    exits: BTreeSet<(&'a Id, &'a Id)>,
}

impl<'a> AccessPoints<'a> {
    pub(super) fn of(assessment: &'a Assessment) -> AccessPoints<'a> {
        AccessPoints {
            entries: assessment.entry_points.iter().map(|p| (&p.flow, &p.element)).collect(),
            exits: assessment.exit_points.iter().map(|p| (&p.flow, &p.element)).collect(),
        }
    }

    /// The ends of a flow that are such points.
    pub(super) fn on<'f>(&self, flow: &Id, course: &'f RoutedFlow) -> Vec<(&'f FlowEnd, Access)> {
        let is = |set: &BTreeSet<(&Id, &Id)>, end: &FlowEnd| end.element.as_ref().is_some_and(|e| set.contains(&(flow, e)));
        let mut out = Vec::new();
        for end in [&course.start, &course.end] {
            out.extend(is(&self.entries, end).then_some((end, Access::Entry)));
            out.extend(is(&self.exits, end).then_some((end, Access::Exit)));
        }
        out
    }
}

/// The bars of a flow.
pub(super) fn bars(cx: &Cx, flow: &Id, course: &RoutedFlow) -> Vec<Shape> {
    cx.access.on(flow, course).into_iter().map(|(end, access)| bar(end.at, end.direction, access)).collect()
}

/// What a flow's bars say: ", enters" and the like.
pub(super) fn words(cx: &Cx, flow: &Id, course: &RoutedFlow) -> &'static str {
    let points = cx.access.on(flow, course);
    let has = |access| points.iter().any(|(_, a)| *a == access);
    match (has(Access::Entry), has(Access::Exit)) {
        (true, true) => ", entry and exit point",
        (true, false) => ", entry point",
        (false, true) => ", exit point",
        (false, false) => "",
    }
}

/// A bar just inside an outline, across a flow that runs into it along `direction`: filled for an entry, hollow for an
/// exit.
pub(super) fn bar(outline: Point, direction: Vec2, access: Access) -> Shape {
    let (along, across) = (direction * BAR.1, direction.perp() * BAR.0);
    let at = outline + direction * 3.0;
    let steps = polygon(&[at + along + across, at + along + -across, at + -along + -across, at + -along + across]);
    let fill: Paint = match access {
        Access::Entry => Ink::Boundary.into(),
        Access::Exit => Ink::Canvas.into(),
    };
    Shape::Path { steps, fill: Some(fill), stroke: Some(Stroke::new(1.2, Ink::Boundary)) }
}
