//! Exposure (who can call an element) and taint (whose data reaches it).

#![expect(clippy::indexing_slicing, reason = "one entry per element, indexed by the element's own index")]

use super::state::{NodeIx, State};
use crate::model::{Channel, ElementKind, Protocol};

pub(super) fn derive(state: &mut State<'_>) {
    expose(state);
    taint(state);
}

/// 3 Internet, 2 semi-trusted, 1 indirect, 0 isolated, along edges from initiator to responder.
fn expose(state: &mut State<'_>) {
    for ix in state.nodes() {
        let node = state.node_mut(ix);
        if node.record.kind == ElementKind::ExternalEntity {
            node.exposure = trust_exposure(node.trust);
        }
    }
    let edges: Vec<_> = state.requests().collect();
    for &(flow, caller, responder) in &edges {
        let trust = state.node(caller).trust;
        let record = state.flow(flow).record;
        // A listener that answers on the Internet is called from there, whoever is drawn; a tunnel hides it.
        let internet = record.channel == Channel::Internet && record.protocol != Protocol::Ipsec;
        let node = state.node_mut(responder);
        node.exposure_open |= trust.is_none();
        node.exposure = node.exposure.max(trust_exposure(trust));
        if internet && node.record.kind != ElementKind::ExternalEntity {
            node.exposure = 3;
        }
    }
    // Exposure passes on as "indirect", through gateways unchanged. It only grows, so this ends.
    let mut work: Vec<NodeIx> = state.nodes().collect();
    while let Some(caller) = work.pop() {
        let from = state.node(caller);
        if from.record.kind == ElementKind::ExternalEntity {
            continue;
        }
        let passed = if from.gateway { from.exposure } else { from.exposure.min(1) };
        for (_, responder) in from.opens.clone() {
            let node = state.node_mut(responder);
            if passed > node.exposure {
                node.exposure = passed;
                work.push(responder);
            }
        }
    }
}

fn trust_exposure(trust: Option<u8>) -> u8 {
    match trust {
        Some(0) => 3,
        Some(1) => 2,
        _ => 0,
    }
}

/// Reached along the ways content travels from any element of trust 0 or 1.
fn taint(state: &mut State<'_>) {
    let mut next: Vec<Vec<NodeIx>> = state.nodes().map(|_| Vec::new()).collect();
    for (_, from, to) in state.data_edges() {
        if let Some(list) = next.get_mut(from.position()) {
            list.push(to);
        }
    }
    let sources: Vec<NodeIx> = state.nodes().filter(|n| state.node(*n).trust.is_some_and(|t| t <= 1)).collect();
    for ix in reached(&next, sources) {
        state.node_mut(ix).tainted = true;
    }
    let is_unplaced = |n: &NodeIx| state.node(*n).trust.is_none() && state.node(*n).record.kind == ElementKind::ExternalEntity;
    let unplaced: Vec<NodeIx> = state.nodes().filter(is_unplaced).collect();
    for ix in reached(&next, unplaced) {
        let node = state.node_mut(ix);
        node.taint_open = !node.tainted;
    }
}

/// Everything at the end of at least one edge from the sources.
fn reached(next: &[Vec<NodeIx>], sources: Vec<NodeIx>) -> Vec<NodeIx> {
    let mut seen = vec![false; next.len()];
    let mut hit = vec![false; next.len()];
    let mut out = Vec::new();
    let mut stack = sources;
    for ix in &stack {
        seen[ix.position()] = true;
    }
    while let Some(from) = stack.pop() {
        for to in &next[from.position()] {
            if !std::mem::replace(&mut hit[to.position()], true) {
                out.push(*to);
            }
            if !std::mem::replace(&mut seen[to.position()], true) {
                stack.push(*to);
            }
        }
    }
    out
}

/// Words for an exposure.
pub fn label(exposure: u8) -> &'static str {
    match exposure {
        0 => "isolated",
        1 => "indirect",
        2 => "semi-trusted",
        _ => "Internet",
    }
}
