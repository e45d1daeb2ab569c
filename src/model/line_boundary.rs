//! The one place where risk meets coordinates: a boundary drawn as a line separates the flows it crosses.

use super::*;
use crate::geometry::{flatten, goes_across, pt, smooth, squared};
use std::collections::{BTreeMap, BTreeSet};

/// For every flow, the line boundaries it crosses an odd number of times on some diagram.
///
/// The course is taken from end to end through the way-points people set, not from the router, so that a
/// re-route never changes a rating.
pub fn line_crossings(model: &ThreatModel) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut out: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for diagram in model.diagrams.keys() {
        let lines = Lines::on(model, diagram);
        if lines.0.is_empty() {
            continue;
        }
        for flow in model.placed(diagram).filter(|(_, p)| matches!(p, Placement::Route(_))).map(|(item, _)| item) {
            let separating = lines.separating(model, diagram, flow).unwrap_or_default();
            if !separating.is_empty() {
                out.entry(flow.clone()).or_default().extend(separating);
            }
        }
    }
    out
}

/// The line boundaries of one diagram with their courses.
pub struct Lines(Vec<(Id, Vec<Point>)>);

impl Lines {
    pub fn on(model: &ThreatModel, diagram: &Id) -> Lines {
        let lines = model.placed(diagram).filter_map(|(item, p)| match p {
            Placement::Line(l) => Some((item.clone(), line_course(l))),
            Placement::Box(_) | Placement::Route(_) => None,
        });
        Lines(lines.collect())
    }

    /// Those that a flow crosses an odd number of times; `None` when an end of it has no place.
    pub fn separating(&self, model: &ThreatModel, diagram: &Id, flow: &Id) -> Option<BTreeSet<Id>> {
        let polyline = flow_polyline(model, diagram, flow);
        let crossed = self.0.iter().filter(|(_, line)| crossings(&polyline, line) % 2 == 1).map(|(id, _)| id.clone());
        (!polyline.is_empty()).then(|| crossed.collect())
    }
}

/// The course of a flow on a diagram from end to end through its way-points; empty when an end has no place.
pub fn flow_polyline(model: &ThreatModel, diagram: &Id, flow: &Id) -> Vec<Point> {
    let (Some(f), Some(Placement::Route(route))) = (model.flows.get(flow), model.placement(diagram, flow)) else {
        return Vec::new();
    };
    let end = |element: Option<&Id>, attach: Attach| match (attach, element.and_then(|e| model.rect_of(diagram, e))) {
        (Attach::Loose(p), None) => Some(p),
        (Attach::At(p), Some(r)) => Some(pt(r.x + p.x * r.w, r.y + p.y * r.h)),
        (Attach::Auto | Attach::Loose(_), Some(r)) => Some(r.center()),
        (Attach::Auto | Attach::At(_), None) => None,
    };
    let (Some(start), Some(stop)) = (end(f.from.as_ref(), route.start), end(f.to.as_ref(), route.end)) else {
        return Vec::new();
    };
    let points: Vec<Point> = std::iter::once(start).chain(route.bends.iter().copied()).chain([stop]).collect();
    course(&points, route.style)
}

/// A line boundary is always drawn through its own points.
fn line_course(line: &BoundaryLine) -> Vec<Point> {
    match line.style {
        LineStyle::Orthogonal => squared(&line.points),
        LineStyle::Straight | LineStyle::Curved => course(&line.points, line.style),
    }
}

/// The points as they are joined on the diagram. Two that nobody set a way-point between are joined by the router, which
/// decides nothing here.
fn course(points: &[Point], style: LineStyle) -> Vec<Point> {
    match style {
        LineStyle::Curved => flatten(&smooth(points)),
        LineStyle::Orthogonal if points.len() > 2 => squared(points),
        LineStyle::Straight | LineStyle::Orthogonal => points.to_vec(),
    }
}

fn crossings(a: &[Point], b: &[Point]) -> usize {
    let pieces = a.windows(2).flat_map(|u| b.windows(2).map(move |v| (u, v)));
    pieces.filter(|(u, v)| matches!((u, v), ([p, q], [r, s]) if goes_across((*p, *q), (*r, *s)))).count()
}
