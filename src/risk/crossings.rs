//! Where flows cross trust boundaries: crossings, entry points and exit points.

use super::assessment::{AccessPoint, Assessment, FlowCrossing};
use super::state::{FlowIx, State};

/// Tells the crossings of these flows anew, and all entry and exit points. Direction is that of the arrow.
pub(super) fn cross(state: &State<'_>, flows: impl Iterator<Item = FlowIx>, assessment: &mut Assessment) {
    for ix in flows {
        let id = state.flow_id(ix);
        match state.ends(ix).filter(|_| !state.crosses(ix).is_empty()) {
            Some((from, to)) => {
                let boundaries = state.crosses(ix).iter().map(|z| state.zone_id(*z).clone()).collect();
                let crossing = FlowCrossing { boundaries, from: state.trust(from), to: state.trust(to) };
                assessment.crossings.insert(id.clone(), crossing);
            }
            None => drop(assessment.crossings.remove(id)),
        }
    }
    assessment.entry_points.clear();
    assessment.exit_points.clear();
    for (ix, src, dst) in state.joined() {
        let (Some(low), Some(high)) = (state.trust(src), state.trust(dst)) else { continue };
        if low == high || state.crosses(ix).is_empty() {
            continue;
        }
        let point = |element| AccessPoint { flow: state.flow_id(ix).clone(), element, from: low, to: high };
        if high > low {
            assessment.entry_points.push(point(state.node_id(dst).clone()));
        } else {
            assessment.exit_points.push(point(state.node_id(src).clone()));
        }
    }
}
