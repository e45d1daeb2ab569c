//! Gateways are transparent: u → gateway → v also counts as one virtual flow u ⇒ v.

use super::state::{FlowIx, FlowState, State, ZoneIx};
use std::collections::BTreeSet;

/// Most gateways in a row that are looked through.
const IN_A_ROW: usize = 3;

/// Most ways kept, shortest first: a mesh of gateways has more ways than anybody can look at.
const MOST_WAYS: usize = 10_000;

/// Every way through one to three gateways. Protocol, authentication and channel are those of the first leg; assets
/// are what both legs carry, or else what the second carries.
pub(super) fn virtual_flows<'m>(state: &State<'m>) -> Vec<FlowState<'m>> {
    let mut found: Vec<FlowState<'m>> = Vec::new();
    let mut known: BTreeSet<Vec<FlowIx>> = BTreeSet::new();
    let mut work: Vec<FlowState<'m>> = state
        .real_flows()
        .filter(|(ix, _, to)| state.node(*to).gateway && state.flow(*ix).initiated_by_source())
        .map(|(ix, _, _)| state.flow(ix).clone())
        .collect();
    for _ in 0..IN_A_ROW {
        let mut next = Vec::new();
        for first in &work {
            let Some((from, gateway)) = first.ends else { continue };
            for leg in &state.node(gateway).outbound {
                let second = state.flow(*leg);
                let Some((_, to)) = second.ends.filter(|(_, to)| *to != from && second.initiated_by_source()) else { continue };
                let legs: Vec<FlowIx> = first.legs.iter().copied().chain([*leg]).collect();
                if !known.insert(legs.clone()) {
                    continue;
                }
                if found.len() >= MOST_WAYS {
                    return found;
                }
                let common: Vec<_> = first.assets.iter().filter(|a| second.assets.contains(a)).copied().collect();
                let assets = if common.is_empty() { second.assets.clone() } else { common };
                let mut crosses = state.between(from, to);
                crosses.extend(lines_between(state, &legs));
                crosses.sort_unstable();
                crosses.dedup();
                let flow = FlowState { record: first.record, legs, ends: Some((from, to)), assets, crosses };
                if state.node(to).gateway {
                    next.push(flow.clone());
                }
                found.push(flow);
            }
        }
        work = next;
    }
    found
}

/// Line boundaries that the legs together cross an odd number of times: those that do not contain either end of a leg
/// it crosses.
fn lines_between(state: &State<'_>, legs: &[FlowIx]) -> Vec<ZoneIx> {
    let mut odd = BTreeSet::new();
    for leg in legs {
        let flow = state.flow(*leg);
        let Some((a, b)) = flow.ends else { continue };
        let around = state.between(a, b);
        for line in flow.crosses.iter().filter(|z| !around.contains(z)) {
            if !odd.insert(*line) {
                odd.remove(line);
            }
        }
    }
    odd.into_iter().collect()
}
