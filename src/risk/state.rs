//! The model as the engine sees it: records behind small indices, with what is derived from them.

#![expect(clippy::indexing_slicing, reason = "an index is only made by the list it indexes, and lists never shrink")]

mod items;

pub(super) use items::{Anchor, AssetIx, AssetState, FlowIx, FlowState, Node, NodeIx, Zone, ZoneIx};

use super::order::natural;
use super::{exposure, finding::FlowRoute, gateways, names};
use crate::library::Library;
use crate::model::{ElementKind, Id, ThreatAgent, ThreatModel, line_crossings};
use std::collections::BTreeMap;

/// Everything rules read.
pub(super) struct State<'m> {
    pub model: &'m ThreatModel,
    pub library: &'m Library,
    nodes: Vec<Node<'m>>,
    /// Flows of the model, then virtual ones.
    flows: Vec<FlowState<'m>>,
    flow_ids: Vec<&'m Id>,
    zones: Vec<Zone<'m>>,
    assets: Vec<AssetState<'m>>,
    /// Active agents.
    pub agents: Vec<(&'m Id, &'m ThreatAgent)>,
    node_at: BTreeMap<&'m Id, NodeIx>,
    flow_at: BTreeMap<&'m Id, FlowIx>,
    zone_at: BTreeMap<&'m Id, ZoneIx>,
}

fn in_order<T>(table: &BTreeMap<Id, T>) -> Vec<(&Id, &T)> {
    let mut rows: Vec<(&Id, &T)> = table.iter().collect();
    rows.sort_by(|a, b| natural(a.0.as_str(), b.0.as_str()));
    rows
}

impl<'m> State<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library) -> State<'m> {
        let (elements, flows, boundaries, assets) =
            (in_order(&model.elements), in_order(&model.flows), in_order(&model.boundaries), in_order(&model.assets));
        let node_at: BTreeMap<_, _> = elements.iter().enumerate().map(|(n, (id, _))| (*id, NodeIx::at(n))).collect();
        let flow_at: BTreeMap<_, _> = flows.iter().enumerate().map(|(n, (id, _))| (*id, FlowIx::at(n))).collect();
        let zone_at: BTreeMap<_, _> = boundaries.iter().enumerate().map(|(n, (id, _))| (*id, ZoneIx::at(n))).collect();
        let asset_at: BTreeMap<_, _> = assets.iter().enumerate().map(|(n, (id, _))| (*id, AssetIx::at(n))).collect();
        let agents = in_order(&model.agents).into_iter().filter(|(_, a)| a.active).collect();

        let zones = boundaries.iter().map(|(id, record)| {
            let path = model.boundary_path(id).iter().filter_map(|b| zone_at.get(b).copied()).collect();
            Zone { id, record, path, members: Vec::new(), size: 0, handles: Vec::new(), holds: Vec::new() }
        });
        let nodes = elements.iter().map(|(id, record)| {
            let zone = record.boundary.as_ref().and_then(|b| model.boundaries.get_key_value(b));
            let tags = record.tags.iter().flat_map(|t| library.tags.lineage(t)).map(|t| t.id.as_str()).collect::<Vec<_>>();
            let path = zone.map_or_else(Vec::new, |(id, _)| model.boundary_path(id));
            Node {
                id,
                record,
                gateway: tags.contains(&"gateway"),
                tags,
                chain: path.iter().filter_map(|b| zone_at.get(b).copied()).collect(),
                trust: zone.and_then(|(_, b)| b.trust),
                region: path.iter().find_map(|b| model.boundaries.get(b)?.region.as_deref().filter(|r| !r.is_empty())),
                inbound: Vec::new(),
                outbound: Vec::new(),
                answers: Vec::new(),
                opens: Vec::new(),
                holds: record.holds.iter().filter_map(|a| asset_at.get(a).copied()).collect(),
                handles: Vec::new(),
                exposure: 0,
                exposure_open: false,
                tainted: false,
                taint_open: false,
            }
        });
        let end = |id: &Option<Id>| id.as_ref().and_then(|id| node_at.get(id).copied());
        let flow_states = flows.iter().map(|(id, record)| FlowState {
            record,
            legs: flow_at.get(id).copied().into_iter().collect(),
            ends: end(&record.from).zip(end(&record.to)),
            assets: record.assets.iter().filter_map(|a| asset_at.get(a).copied()).collect(),
            crosses: Vec::new(),
        });
        let assets = assets.iter().map(|(id, record)| AssetState::new(id, record)).collect();
        let mut state = State {
            model,
            library,
            nodes: nodes.collect(),
            flows: flow_states.collect(),
            flow_ids: flows.iter().map(|(id, _)| *id).collect(),
            zones: zones.collect(),
            assets,
            agents,
            node_at,
            flow_at,
            zone_at,
        };
        state.connect();
        state.fill_zones();
        exposure::derive(&mut state);
        let through = gateways::virtual_flows(&state);
        state.flows.extend(through);
        state
    }

    /// Flows at their ends, assets handled, boundaries crossed.
    fn connect(&mut self) {
        let lines = line_crossings(self.model);
        for n in 0..self.flows.len() {
            let ix = FlowIx::at(n);
            let line_zones = lines.get(self.flow_id(ix)).into_iter().flatten();
            let mut crosses: Vec<ZoneIx> = line_zones.filter_map(|b| self.zone_at.get(b).copied()).collect();
            let Some((src, dst)) = self.flow(ix).ends else { continue };
            crosses.extend(self.between(src, dst));
            crosses.sort_unstable();
            crosses.dedup();
            let (caller, responder) = if self.flow(ix).initiated_by_source() { (src, dst) } else { (dst, src) };
            self.flows[n].crosses = crosses;
            self.node_mut(src).outbound.push(ix);
            self.node_mut(dst).inbound.push(ix);
            self.node_mut(responder).answers.push((ix, caller));
            self.node_mut(caller).opens.push((ix, responder));
        }
        for n in 0..self.nodes.len() {
            let node = self.node(NodeIx::at(n));
            let touching = node.inbound.iter().chain(&node.outbound).flat_map(|f| &self.flow(*f).assets);
            let mut handles: Vec<AssetIx> = node.holds.iter().chain(touching).copied().collect();
            handles.sort_unstable();
            handles.dedup();
            self.nodes[n].handles = handles;
        }
    }

    fn fill_zones(&mut self) {
        for n in 0..self.nodes.len() {
            let ix = NodeIx::at(n);
            let (chain, external) = (self.node(ix).chain.clone(), self.node(ix).record.kind == ElementKind::ExternalEntity);
            let (handles, holds) = (self.node(ix).handles.clone(), self.node(ix).holds.clone());
            for (depth, zone) in chain.into_iter().enumerate() {
                let zone = &mut self.zones[zone.position()];
                zone.members.push(ix);
                zone.size += usize::from(depth == 0 && !external);
                zone.handles.extend(&handles);
                zone.holds.extend(&holds);
            }
        }
        for zone in &mut self.zones {
            for list in [&mut zone.handles, &mut zone.holds] {
                list.sort_unstable();
                list.dedup();
            }
        }
    }

    // Indices are made only by `State` and never outlive it, so these look-ups cannot fail.

    pub fn node(&self, ix: NodeIx) -> &Node<'m> {
        &self.nodes[ix.position()]
    }
    pub fn node_mut(&mut self, ix: NodeIx) -> &mut Node<'m> {
        &mut self.nodes[ix.position()]
    }
    pub fn flow(&self, ix: FlowIx) -> &FlowState<'m> {
        &self.flows[ix.position()]
    }
    pub fn zone(&self, ix: ZoneIx) -> &Zone<'m> {
        &self.zones[ix.position()]
    }
    pub fn asset(&self, ix: AssetIx) -> &AssetState<'m> {
        &self.assets[ix.position()]
    }
    /// Id of a flow of the model; of a virtual flow's first leg.
    pub fn flow_id(&self, ix: FlowIx) -> &'m Id {
        let first = self.flow(ix).legs.first().copied().unwrap_or(ix);
        self.flow_ids[first.position()]
    }

    pub fn nodes(&self) -> impl Iterator<Item = NodeIx> + use<> {
        (0..self.nodes.len()).map(NodeIx::at)
    }
    /// Flows of the model with both ends.
    pub fn real_flows(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> {
        self.model_flows().filter_map(|ix| self.flow(ix).ends.map(|(src, dst)| (ix, src, dst)))
    }
    /// Ways through gateways.
    pub fn virtual_flows(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> {
        self.all_flows().skip(self.flow_ids.len()).filter_map(|ix| self.flow(ix).ends.map(|(src, dst)| (ix, src, dst)))
    }
    /// Every flow of the model, loose ones too.
    pub fn model_flows(&self) -> impl Iterator<Item = FlowIx> + use<> {
        (0..self.flow_ids.len()).map(FlowIx::at)
    }
    fn all_flows(&self) -> impl Iterator<Item = FlowIx> + use<> {
        (0..self.flows.len()).map(FlowIx::at)
    }
    /// Every flow with both ends as (flow, initiator, responder).
    pub fn requests(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> {
        self.real_flows().map(|(ix, a, b)| if self.flow(ix).initiated_by_source() { (ix, a, b) } else { (ix, b, a) })
    }
    /// Every way content travels as (flow, sender, receiver).
    pub fn data_edges(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> {
        self.real_flows().flat_map(|(ix, a, b)| {
            let back = self.flow(ix).both_ways().then_some((ix, b, a));
            std::iter::once((ix, a, b)).chain(back)
        })
    }
    pub fn zones(&self) -> impl Iterator<Item = ZoneIx> + use<> {
        (0..self.zones.len()).map(ZoneIx::at)
    }

    pub fn assets(&self) -> impl Iterator<Item = AssetIx> + use<> {
        (0..self.assets.len()).map(AssetIx::at)
    }

    /// Boundaries around one of two elements but not the other.
    pub fn between(&self, a: NodeIx, b: NodeIx) -> Vec<ZoneIx> {
        let (a, b) = (&self.node(a).chain, &self.node(b).chain);
        let only_a = a.iter().filter(|z| !b.contains(z));
        only_a.chain(b.iter().filter(|z| !a.contains(z))).copied().collect()
    }

    pub fn node_at(&self, id: &Id) -> Option<NodeIx> {
        self.node_at.get(id).copied()
    }

    /// The element, flow or boundary with this id.
    pub fn anchor(&self, id: &Id) -> Option<Anchor> {
        let node = self.node_at.get(id).map(|n| Anchor::Node(*n));
        let flow = || self.flow_at.get(id).map(|f| Anchor::Flow(*f));
        node.or_else(flow).or_else(|| self.zone_at.get(id).map(|z| Anchor::Zone(*z)))
    }

    pub fn anchor_id(&self, anchor: Anchor) -> &'m Id {
        match anchor {
            Anchor::Node(n) => self.node(n).id,
            Anchor::Flow(f) => self.flow_id(f),
            Anchor::Zone(z) => self.zone(z).id,
        }
    }

    /// Assets at stake at an anchor.
    pub fn handles(&self, anchor: Anchor) -> &[AssetIx] {
        match anchor {
            Anchor::Node(n) => &self.node(n).handles,
            Anchor::Flow(f) => &self.flow(f).assets,
            Anchor::Zone(z) => &self.zone(z).handles,
        }
    }

    /// True when the anchor keeps the asset rather than only passing it on.
    pub fn keeps(&self, anchor: Anchor, asset: AssetIx) -> bool {
        match anchor {
            Anchor::Node(n) => self.node(n).holds.contains(&asset),
            Anchor::Flow(_) => false,
            Anchor::Zone(z) => self.zone(z).holds.binary_search(&asset).is_ok(),
        }
    }

    pub fn route(&self, ix: FlowIx) -> FlowRoute {
        FlowRoute(self.flow(ix).legs.iter().map(|leg| self.flow_id(*leg).clone()).collect())
    }

    pub fn name(&self, id: &Id) -> String {
        names::name_of(self.model, id)
    }
}
