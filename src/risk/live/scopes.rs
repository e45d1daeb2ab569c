//! The items whose roll-ups have to be made anew, and making them.

use super::found::Found;
use crate::model::{Id, Tri};
use crate::risk::assessment::{Assessment, ElementRisk, Rollup};
use crate::risk::finding::Finding;
use crate::risk::state::{Anchor, AssetIx, FlowIx, NodeIx, State, Touched, ZoneIx};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(super) struct Scopes {
    nodes: BTreeSet<NodeIx>,
    flows: BTreeSet<FlowIx>,
    zones: BTreeSet<ZoneIx>,
    /// Those of them that hold other things than before.
    refilled: BTreeSet<ZoneIx>,
    assets: BTreeSet<AssetIx>,
}

impl Scopes {
    pub fn all(state: &State<'_>) -> Scopes {
        Scopes {
            nodes: state.nodes().collect(),
            flows: state.flows().collect(),
            zones: state.zones().collect(),
            refilled: state.zones().collect(),
            assets: state.assets().collect(),
        }
    }

    /// What changes by itself, whatever is judged.
    pub fn of(touched: &Touched) -> Scopes {
        Scopes {
            nodes: touched.nodes.iter().chain(&touched.wholes).chain(touched.reached.keys()).copied().collect(),
            flows: touched.flows.clone(),
            zones: touched.zones.union(&touched.around).copied().collect(),
            refilled: touched.around.clone(),
            assets: touched.assets.clone(),
        }
    }

    /// Everything that what is anchored here is part of.
    pub fn anchor(&mut self, state: &State<'_>, anchor: Anchor) {
        match anchor {
            Anchor::Node(n) => {
                self.nodes.extend(state.with_parents(n));
                self.zones.extend(state.chain(n));
            }
            Anchor::Flow(f) => {
                self.flows.insert(f);
                for end in state.ends(f).into_iter().flat_map(|(a, b)| [a, b]) {
                    self.zones.extend(state.chain(end));
                }
                self.nodes.extend(wholes_of_flow(state, f));
            }
            Anchor::Zone(z) => {
                self.zones.insert(z);
                self.zones.extend(&state.zone(z).path);
            }
        }
    }

    pub fn forget(&mut self, anchor: Anchor) {
        match anchor {
            Anchor::Node(n) => drop(self.nodes.remove(&n)),
            Anchor::Flow(f) => drop(self.flows.remove(&f)),
            Anchor::Zone(z) => drop((self.zones.remove(&z), self.refilled.remove(&z))),
        }
    }

    /// The elements, flows and boundaries among them.
    pub fn anchors(&self) -> impl Iterator<Item = Anchor> {
        let nodes = self.nodes.iter().map(|n| Anchor::Node(*n));
        let flows = self.flows.iter().map(|f| Anchor::Flow(*f));
        nodes.chain(flows).chain(self.zones.iter().map(|z| Anchor::Zone(*z)))
    }

    pub fn assets_of(&mut self, state: &State<'_>, findings: &[Finding]) {
        let mut last: &[Id] = &[];
        for finding in findings {
            if !std::ptr::eq(last, &*finding.assets) {
                last = &finding.assets;
                self.assets.extend(last.iter().filter_map(|id| state.asset_at(id)));
            }
        }
    }

    pub fn roll_up(self, state: &State<'_>, found: &mut Found, assessment: &mut Assessment) {
        let parts = parts(state);
        for ix in &self.nodes {
            let inside = parts.get(ix).map_or(&[][..], Vec::as_slice);
            let mut rollup = found.risk(Anchor::Node(*ix));
            inside.iter().for_each(|anchor| rollup.take_in(&found.risk(*anchor)));
            let inside = inside.iter().map(|anchor| state.anchor_id(*anchor).clone()).collect();
            assessment.elements.insert(state.node_id(*ix).clone(), element_risk(state, *ix, rollup, inside));
        }
        for ix in &self.flows {
            assessment.flows.insert(state.flow_id(*ix).clone(), found.risk(Anchor::Flow(*ix)));
        }
        for ix in &self.zones {
            let boundary = assessment.boundaries.entry(state.zone_id(*ix).clone()).or_default();
            if self.refilled.contains(ix) {
                let inside = anchors_within(state, *ix);
                boundary.inside = inside.iter().map(|anchor| state.anchor_id(*anchor).clone()).collect();
                found.refill(*ix, inside);
            }
            (boundary.own, boundary.risk) = (found.risk(Anchor::Zone(*ix)), found.risk_within(*ix));
        }
        self.roll_up_assets(state, found, assessment);
    }

    /// Adds up what touches the assets, over all anchors in their order.
    fn roll_up_assets(&self, state: &State<'_>, found: &Found, assessment: &mut Assessment) {
        assessment.assets.retain(|id, _| state.asset_at(id).is_some());
        let Some(last) = self.assets.last() else { return };
        let mut sums: Vec<Option<Rollup>> = vec![None; last.position() + 1];
        self.assets.iter().for_each(|ix| sums.get_mut(ix.position()).into_iter().for_each(|sum| *sum = Some(Rollup::default())));
        for anchor in state.anchors() {
            for ix in state.handles(anchor) {
                if let Some(Some(sum)) = sums.get_mut(ix.position()) {
                    found.risk_of_asset(anchor, *ix).into_iter().for_each(|risk| sum.take_in(risk));
                }
            }
        }
        for ix in self.assets.iter().filter(|ix| state.asset_at(state.asset_id(**ix)) == Some(**ix)) {
            let sum = sums.get(ix.position()).copied().flatten().unwrap_or_default();
            assessment.assets.insert(state.asset_id(*ix).clone(), sum);
        }
    }
}

/// What is inside of decomposed elements: their parts, and the flows between them and to them.
fn parts(state: &State<'_>) -> BTreeMap<NodeIx, Vec<Anchor>> {
    let mut out: BTreeMap<NodeIx, Vec<Anchor>> = BTreeMap::new();
    for ix in state.nodes().filter(|n| state.node(*n).parent.is_some()) {
        for whole in state.with_parents(ix).into_iter().skip(1) {
            out.entry(whole).or_default().push(Anchor::Node(ix));
        }
    }
    if !out.is_empty() {
        for ix in state.flows() {
            for whole in wholes_of_flow(state, ix) {
                out.entry(whole).or_default().push(Anchor::Flow(ix));
            }
        }
    }
    out
}

/// The decomposed elements a flow runs inside of: those that contain both its ends, and one of them as a part.
fn wholes_of_flow(state: &State<'_>, flow: FlowIx) -> Vec<NodeIx> {
    let is_part = |n: NodeIx| state.node(n).parent.is_some();
    let Some((from, to)) = state.ends(flow).filter(|(a, b)| a != b && (is_part(*a) || is_part(*b))) else { return Vec::new() };
    let other = state.with_parents(to);
    state.with_parents(from).into_iter().filter(|n| other.contains(n)).collect()
}

/// Anchors whose threats are part of the risk of a boundary, in their order.
fn anchors_within(state: &State<'_>, zone: ZoneIx) -> Vec<Anchor> {
    let members = &state.zone(zone).members;
    let links = &state.links;
    let mut flows: Vec<FlowIx> = Vec::new();
    for member in members {
        flows.extend(links.outbound.of(*member).iter().chain(links.inbound.of(*member)).map(|(flow, _)| *flow));
    }
    flows.sort_unstable_by_key(|f| state.rank(Anchor::Flow(*f)));
    flows.dedup();
    let zones = state.zones().filter(|z| state.zone(*z).path.contains(&zone));
    let nodes = members.iter().map(|n| Anchor::Node(*n));
    nodes.chain(flows.into_iter().map(Anchor::Flow)).chain(zones.map(Anchor::Zone)).collect()
}

fn element_risk(state: &State<'_>, ix: NodeIx, risk: Rollup, inside: Vec<Id>) -> ElementRisk {
    let reach = state.node(ix).reach;
    let tainted = match (reach.tainted, reach.taint_open) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        (false, false) => Tri::No,
    };
    ElementRisk { exposure: reach.exposure, most_exposure: reach.most, tainted, risk, inside }
}
