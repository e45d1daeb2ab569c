//! Where flows cross trust boundaries: crossings, entry points and exit points.

use super::assessment::{AccessPoint, Assessment, FlowCrossing};
use super::order::natural;
use super::state::{FlowIx, State};
use crate::model::Id;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// So many flows are told anew with all others.
const MANY: usize = 200;

/// Tells the crossings of all flows, and all entry and exit points. Direction is that of the arrow.
pub(super) fn cross_all(state: &State<'_>, assessment: &mut Assessment) {
    assessment.crossings = state.flows().filter_map(|ix| Some((state.flow_id(ix).clone(), crossing(state, ix)?))).collect();
    (assessment.entry_points, assessment.exit_points) = (Vec::new(), Vec::new());
    for (is_entry, point) in state.flows().filter_map(|ix| access(state, ix)) {
        if is_entry { &mut assessment.entry_points } else { &mut assessment.exit_points }.push(point);
    }
}

/// Tells those of some flows anew; those that `went` have none.
pub(super) fn cross(state: &State<'_>, flows: &BTreeSet<FlowIx>, went: &[&Id], assessment: &mut Assessment) {
    if flows.len() + went.len() > MANY {
        return cross_all(state, assessment);
    }
    for id in flows.iter().map(|ix| state.flow_id(*ix)).chain(went.iter().copied()) {
        for points in [&mut assessment.entry_points, &mut assessment.exit_points] {
            if let Ok(at) = points.binary_search_by(|point| by_flow(point, id)) {
                points.remove(at);
            }
        }
    }
    for ix in flows {
        let id = state.flow_id(*ix);
        match crossing(state, *ix) {
            Some(crossing) => drop(assessment.crossings.insert(id.clone(), crossing)),
            None => drop(assessment.crossings.remove(id)),
        }
        if let Some((is_entry, point)) = access(state, *ix) {
            let points = if is_entry { &mut assessment.entry_points } else { &mut assessment.exit_points };
            let at = points.binary_search_by(|point| by_flow(point, id)).unwrap_or_else(|at| at);
            points.insert(at, point);
        }
    }
}

/// Points are in the order of flows.
fn by_flow(point: &AccessPoint, flow: &Id) -> Ordering {
    natural(point.flow.as_str(), flow.as_str())
}

fn crossing(state: &State<'_>, ix: FlowIx) -> Option<FlowCrossing> {
    let (from, to) = state.ends(ix).filter(|_| !state.crosses(ix).is_empty())?;
    let boundaries = state.crosses(ix).iter().map(|z| state.zone_id(*z).clone()).collect();
    Some(FlowCrossing { boundaries, from: state.trust(from), to: state.trust(to) })
}

/// The entry or exit point that a flow makes, and whether it is an entry.
fn access(state: &State<'_>, ix: FlowIx) -> Option<(bool, AccessPoint)> {
    let (from, to) = state.ends(ix).filter(|_| !state.crosses(ix).is_empty())?;
    let (low, high) = (state.trust(from)?, state.trust(to)?);
    let element = if high > low { to } else { from };
    let point = AccessPoint { flow: state.flow_id(ix).clone(), element: state.node_id(element).clone(), from: low, to: high };
    (low != high).then_some((high > low, point))
}
