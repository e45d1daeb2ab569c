//! Where flows cross trust boundaries: crossings, entry points and exit points.

use super::assessment::{AccessPoint, Assessment, FlowCrossing};
use super::state::State;

/// Fills crossings, entry and exit points. Direction is that of the arrow.
pub(super) fn cross(state: &State<'_>, assessment: &mut Assessment) {
    for (ix, src, dst) in state.real_flows() {
        let flow = state.flow(ix);
        if flow.crosses.is_empty() {
            continue;
        }
        let (from, to) = (state.node(src), state.node(dst));
        let id = state.flow_id(ix);
        let boundaries = flow.crosses.iter().map(|z| state.zone(*z).id.clone()).collect();
        assessment.crossings.insert(id.clone(), FlowCrossing { boundaries, from: from.trust, to: to.trust });
        let (Some(low), Some(high)) = (from.trust, to.trust) else { continue };
        if high > low {
            assessment.entry_points.push(AccessPoint { flow: id.clone(), element: to.id.clone(), from: low, to: high });
        } else if high < low {
            assessment.exit_points.push(AccessPoint { flow: id.clone(), element: from.id.clone(), from: low, to: high });
        }
    }
}
