//! Gateways are transparent: u → gateway → v also counts as one virtual flow u ⇒ v.

use super::state::{FlowIx, Legs, State, Way, ZoneIx};
use std::collections::BTreeSet;

/// Most gateways in a row that are looked through.
const IN_A_ROW: usize = 3;

/// Most ways kept, shortest first: a mesh of gateways has more ways than anybody can look at.
const MOST_WAYS: usize = 10_000;

/// Every way through one to three gateways, shortest first.
pub(super) fn ways(state: &State<'_>) -> Vec<Way> {
    let mut found: Vec<Way> = Vec::new();
    let first_leg = |(ix, from, to)| {
        let (assets, crosses) = (state.carried(ix).to_vec(), Vec::new());
        Way { legs: Legs::one(ix), ends: (from, to), assets, crosses }
    };
    let into_gateway = state.joined().filter(|(ix, _, to)| state.node(*to).gateway && state.flow(*ix).talk.by_source);
    let mut work: Vec<Way> = into_gateway.map(first_leg).collect();
    for _ in 0..IN_A_ROW {
        let mut next = Vec::new();
        for first in &work {
            let (from, gateway) = first.ends;
            for (leg, to) in state.links.outbound.of(gateway) {
                if *to == from || !state.flow(*leg).talk.by_source {
                    continue;
                }
                if found.len() >= MOST_WAYS {
                    return found;
                }
                let legs = first.legs.followed_by(*leg);
                let second = state.carried(*leg);
                let common: Vec<_> = first.assets.iter().filter(|a| second.contains(a)).copied().collect();
                let assets = if common.is_empty() { second.to_vec() } else { common };
                let mut crosses = state.between(from, *to);
                crosses.extend(lines_between(state, &legs));
                state.zones_in_order(&mut crosses);
                let way = Way { legs, ends: (from, *to), assets, crosses };
                if state.node(*to).gateway {
                    next.push(way.clone());
                }
                found.push(way);
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
    for leg in legs.iter().filter(|leg| !state.flow(**leg).lines.is_empty()) {
        let Some((a, b)) = state.ends(*leg) else { continue };
        let around = state.between(a, b);
        for line in state.crosses(*leg).iter().filter(|z| !around.contains(z)) {
            if !odd.insert(*line) {
                odd.remove(line);
            }
        }
    }
    odd.into_iter().collect()
}
