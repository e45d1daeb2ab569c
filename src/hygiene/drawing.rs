//! Checks of the diagram: names, nesting, and flows that make sense.

use super::survey::{Ends, Survey};
use super::{Check, Problem};
use crate::geometry::Rect;
use crate::model::{ElementKind, Id};
use std::collections::{BTreeMap, BTreeSet};

/// Boxes may touch by so much, in world units, before it counts as overlap.
const SLACK: f32 = 1.0;

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    names(survey, found);
    loose_flows(survey, found);
    overlaps(survey, found);
    separation(survey, found);
    connections(survey, found);
    flows(survey, found);
}

fn names(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let model = survey.model;
    let mut seen: BTreeMap<(Option<&Id>, String), &Id> = BTreeMap::new();
    for (id, element) in &model.elements {
        let name = element.name.trim();
        if name.is_empty() || name.eq_ignore_ascii_case(element.kind.label()) {
            found.push(Problem::new(Check::Unnamed, id, format!("This {} has no name", element.kind.label().to_lowercase())));
        } else if let Some(first) = seen.insert((element.boundary.as_ref(), name.to_lowercase()), id) {
            let mut problem = Problem::new(Check::SameName, id, format!("Two elements here are called {name}"));
            problem.about.push(first.clone());
            found.push(problem);
        }
    }
    let unnamed = model.boundaries.iter().filter(|(_, b)| b.name.trim().is_empty());
    found.extend(unnamed.map(|(id, _)| Problem::new(Check::Unnamed, id, "This trust boundary has no name".into())));
    for (id, _, ends) in survey.flows().filter(|(_, flow, _)| flow.name.trim().is_empty()) {
        let message = format!("The flow from {} to {} has no name", survey.name(ends.from.0), survey.name(ends.to.0));
        found.push(Problem::new(Check::Unnamed, id, message));
    }
}

fn loose_flows(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let flows = survey.model.flows.iter().filter(|(_, f)| f.out_of_scope.is_none());
    for (id, flow) in flows.filter(|(_, f)| f.from.is_none() || f.to.is_none()) {
        let message = match (&flow.from, &flow.to) {
            (Some(from), None) => format!("A flow from {} leads nowhere", survey.name(from)),
            (None, Some(to)) => format!("A flow to {} comes from nowhere", survey.name(to)),
            _ => format!("The flow {} has no ends", survey.name(id)),
        };
        found.push(Problem::new(Check::LooseFlow, id, message));
    }
}

/// Boundaries that lie over each other, and elements on an edge, on any diagram.
fn overlaps(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let model = survey.model;
    let mut told: BTreeSet<(Id, Id)> = BTreeSet::new();
    for diagram in model.diagrams.keys() {
        let shown = |id: &Id| model.hidden_by(diagram, id).is_none() && !model.is_collapsed(diagram, id);
        let frame = |id: &Id| model.rect_of(diagram, id).filter(|_| shown(id));
        let frames: Vec<(&Id, Rect)> = model.boundaries.keys().filter_map(|id| Some((id, frame(id)?))).collect();
        let boxes = model.elements.keys().filter_map(|id| Some((id, frame(id)?)));
        for (n, (a, first)) in frames.iter().enumerate() {
            for (b, second) in frames.iter().skip(n + 1) {
                let is_nested = model.boundary_path(a).contains(b) || model.boundary_path(b).contains(a);
                if !is_nested && overlap(*first, *second) && told.insert(((*a).clone(), (*b).clone())) {
                    let message = format!("{} and {} overlap", survey.name(a), survey.name(b));
                    found.push(Problem { about: vec![(*a).clone(), (*b).clone()], ..Problem::new(Check::Overlap, a, message) });
                }
            }
        }
        for (id, rect) in boxes {
            let on_edge = |frame: &Rect| overlap(rect, *frame) && !frame.contains_rect(rect);
            if let Some((boundary, _)) = frames.iter().find(|(_, frame)| on_edge(frame))
                && told.insert((id.clone(), (*boundary).clone()))
            {
                let message = format!("{} lies on the edge of {}", survey.name(id), survey.name(boundary));
                let about = vec![id.clone(), (*boundary).clone()];
                found.push(Problem { about, ..Problem::new(Check::Overlap, id, message) });
            }
        }
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    let wide = a.right().min(b.right()) - a.x.max(b.x);
    let high = a.bottom().min(b.bottom()) - a.y.max(b.y);
    wide > SLACK && high > SLACK
}

/// Whether any boundary separates anything, and what stands outside of all.
fn separation(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let model = survey.model;
    if model.elements.len() < 2 {
        return;
    }
    let homes: BTreeSet<Option<&Id>> = model.elements.values().map(|e| e.boundary.as_ref()).collect();
    let has_line = survey.assessment.crossings.values().any(|c| !c.boundaries.is_empty());
    if homes.len() < 2 && !has_line {
        let message = match homes.first() {
            Some(Some(_)) => "All elements are in one trust boundary",
            _ => "There is no trust boundary around anything",
        };
        found.push(Problem::of_model(Check::NoBoundary, message));
    } else {
        let outside = survey.elements().filter(|(_, e)| e.boundary.is_none());
        let problem = |(id, _)| Problem::new(Check::OutsideBoundaries, id, format!("{} is in no boundary", survey.name(id)));
        found.extend(outside.map(problem));
    }
}

fn connections(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    for (id, element) in survey.elements() {
        let name = survey.name(id);
        let is_decomposed = survey.model.parts_of(id).next().is_some();
        let (receives, sends) = survey.directions(id);
        if !receives && !sends {
            if !is_decomposed {
                found.push(Problem::new(Check::Island, id, format!("Nothing flows to or from {name}")));
            }
            continue;
        }
        match element.kind {
            ElementKind::Process if !sends => {
                found.push(Problem::new(Check::OneWay, id, format!("{name} only receives: a black hole")));
            }
            ElementKind::Process if !receives => {
                found.push(Problem::new(Check::OneWay, id, format!("{name} only sends: a miracle")));
            }
            ElementKind::DataStore if !survey.entering.contains_key(id) => {
                found.push(Problem::new(Check::NeverWritten, id, format!("Nobody writes to {name}")));
            }
            ElementKind::DataStore if !sends => {
                found.push(Problem::new(Check::NeverRead, id, format!("Nobody reads {name}")));
            }
            _ => {}
        }
    }
}

fn flows(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    use ElementKind::{DataStore, ExternalEntity};
    let mut seen: BTreeMap<(&Id, &Id, _, &BTreeSet<Id>), &Id> = BTreeMap::new();
    for (id, flow, ends) in survey.flows() {
        let Ends { from, to } = ends;
        if matches!(ends.kinds(), (DataStore, DataStore) | (ExternalEntity, ExternalEntity)) {
            let message = format!("{} goes from {} to {} without a process", survey.name(id), from.1.name, to.1.name);
            found.push(Problem::new(Check::NoProcess, id, message));
        }
        let says = (from.0, to.0, (flow.protocol, flow.authn, flow.channel), &flow.assets);
        if let Some(first) = seen.insert(says, id) {
            let message = format!("{} says the same as {}", survey.name(id), survey.name(first));
            found.push(Problem { about: vec![id.clone(), first.clone()], ..Problem::new(Check::Parallel, id, message) });
        }
    }
}
