//! Exposure (who can call an element) and taint (whose data reaches it).

#![expect(clippy::indexing_slicing, reason = "one entry per element, indexed by the element's own number")]

use super::state::{NodeIx, Reach, State};
use crate::model::{Channel, ElementKind, Protocol};

/// How far every element is reached.
pub(super) fn reaches(state: &State<'_>) -> Vec<(NodeIx, Reach)> {
    let [width, ..] = state.widths();
    let mut reach = vec![Reach::default(); width];
    expose(state, &mut reach);
    taint(state, &mut reach);
    state.nodes().map(|ix| (ix, reach[ix.position()])).collect()
}

/// 3 Internet, 2 semi-trusted, 1 indirect, 0 isolated, along edges from initiator to responder.
fn expose(state: &State<'_>, reach: &mut [Reach]) {
    let external = |ix: NodeIx| state.node(ix).kind == ElementKind::ExternalEntity;
    for ix in state.nodes().filter(|ix| external(*ix)) {
        reach[ix.position()].exposure = trust_exposure(state.trust(ix));
    }
    for (flow, caller, responder) in state.requests() {
        let trust = state.trust(caller);
        let talk = state.flow(flow).talk;
        // A listener that answers on the Internet is called from there, whoever is drawn; a tunnel hides it.
        let internet = talk.channel == Channel::Internet && talk.protocol != Protocol::Ipsec;
        let to = &mut reach[responder.position()];
        to.exposure = to.exposure.max(trust_exposure(trust));
        if internet && !external(responder) {
            to.exposure = 3;
        }
        // Whoever calls from nowhere may be anybody.
        to.most = to.most.max(if trust.is_none() { 3 } else { 0 });
    }
    pass_on(state, reach, state.nodes().collect(), |reach| &mut reach.exposure);
    let open: Vec<NodeIx> = state.nodes().filter(|ix| reach[ix.position()].most > 0).collect();
    for reach in reach.iter_mut() {
        reach.most = reach.most.max(reach.exposure);
    }
    pass_on(state, reach, open, |reach| &mut reach.most);
}

/// Exposure passes on from these as "indirect", through gateways unchanged. It only grows, so this ends.
fn pass_on(state: &State<'_>, reach: &mut [Reach], mut from: Vec<NodeIx>, of: impl Fn(&mut Reach) -> &mut u8) {
    while let Some(caller) = from.pop() {
        if state.node(caller).kind == ElementKind::ExternalEntity {
            continue;
        }
        let whole = *of(&mut reach[caller.position()]);
        let passed = if state.node(caller).gateway { whole } else { whole.min(1) };
        for (_, responder) in state.links.opens.of(caller) {
            let to = of(&mut reach[responder.position()]);
            if passed > *to {
                *to = passed;
                from.push(*responder);
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
fn taint(state: &State<'_>, reach: &mut [Reach]) {
    for ix in reached(state, state.nodes().filter(|n| state.trust(*n).is_some_and(|t| t <= 1)).collect()) {
        reach[ix.position()].tainted = true;
    }
    let is_unplaced = |n: &NodeIx| state.trust(*n).is_none() && state.node(*n).kind == ElementKind::ExternalEntity;
    for ix in reached(state, state.nodes().filter(is_unplaced).collect()) {
        let node = &mut reach[ix.position()];
        node.taint_open = !node.tainted;
    }
}

/// Everything at the end of at least one edge from the sources.
fn reached(state: &State<'_>, sources: Vec<NodeIx>) -> Vec<NodeIx> {
    let [width, ..] = state.widths();
    let mut seen = vec![false; width];
    let mut hit = vec![false; width];
    let mut out = Vec::new();
    let mut stack = sources;
    for ix in &stack {
        seen[ix.position()] = true;
    }
    while let Some(from) = stack.pop() {
        for (_, to) in state.links.sends.of(from) {
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
