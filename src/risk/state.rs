//! The model as the engine sees it: what rules read of the records, behind small numbers, with what is derived from it.
//!
//! It holds no record, so that it can stay while the model changes, and follow it ([`State::follow`]).

mod again;
mod answers;
mod derive;
mod follow;
mod items;
mod links;
mod read;
mod table;
mod touched;
mod worth;

pub(super) use answers::Profile;
pub(super) use items::{Anchor, AssetIx, AssetState, Flow, FlowIx, Legs, Node, NodeIx, Reach, Reached, Way, Zone, ZoneIx};
pub(super) use links::AllLinks;
pub(super) use touched::Touched;
pub(super) use worth::{Dimensions, Revalued};

use super::route::FlowRoute;
use crate::library::Library;
use crate::model::{Id, PlacementKey, ThreatAgent, ThreatModel};
use answers::Profiles;
use std::collections::{BTreeMap, BTreeSet};
use table::Table;

/// Everything rules read.
pub(super) struct State<'l> {
    pub library: &'l Library,
    nodes: Table<Node>,
    flows: Table<Flow>,
    zones: Table<Zone>,
    assets: Table<AssetState>,
    /// Ways through gateways.
    ways: Vec<Way>,
    pub links: AllLinks,
    profiles: Profiles,
    /// Active agents, in natural order.
    pub agents: Vec<(Id, ThreatAgent)>,
    /// Boundaries drawn as lines, and which flows they separate.
    lines: BTreeSet<PlacementKey>,
    separated: BTreeMap<Id, BTreeSet<Id>>,
}

impl<'l> State<'l> {
    pub fn new(model: &ThreatModel, library: &'l Library) -> State<'l> {
        let mut state = State {
            library,
            nodes: Table::with_ids(model.elements.keys()),
            flows: Table::with_ids(model.flows.keys()),
            zones: Table::with_ids(model.boundaries.keys()),
            assets: Table::with_ids(model.assets.keys()),
            ways: Vec::new(),
            links: AllLinks::default(),
            profiles: Profiles::default(),
            agents: Vec::new(),
            lines: BTreeSet::new(),
            separated: BTreeMap::new(),
        };
        state.read_all(model);
        state.derive_all();
        state
    }

    // Numbers are made only by the tables, so these look-ups cannot fail.

    pub fn node(&self, ix: NodeIx) -> &Node {
        self.nodes.get(ix.0)
    }
    pub fn node_id(&self, ix: NodeIx) -> &Id {
        self.nodes.id(ix.0)
    }
    pub fn zone(&self, ix: ZoneIx) -> &Zone {
        self.zones.get(ix.0)
    }
    pub fn zone_id(&self, ix: ZoneIx) -> &Id {
        self.zones.id(ix.0)
    }
    pub fn asset(&self, ix: AssetIx) -> &AssetState {
        self.assets.get(ix.0)
    }
    pub fn asset_id(&self, ix: AssetIx) -> &Id {
        self.assets.id(ix.0)
    }
    pub fn way(&self, ix: FlowIx) -> Option<&Way> {
        ix.as_way().and_then(|n| self.ways.get(n))
    }
    /// The flow itself; of a way through gateways its first leg, which decides how the ends talk.
    pub fn first_leg(&self, ix: FlowIx) -> FlowIx {
        self.way(ix).and_then(|way| way.legs.first().copied()).unwrap_or(ix)
    }
    pub fn flow(&self, ix: FlowIx) -> &Flow {
        self.flows.get(self.first_leg(ix).0)
    }
    /// Id of a flow; of a way through gateways that of its first leg.
    pub fn flow_id(&self, ix: FlowIx) -> &Id {
        self.flows.id(self.first_leg(ix).0)
    }

    pub fn profile(&self, ix: NodeIx) -> &Profile {
        self.profiles.get(self.node(ix).profile)
    }
    /// Boundaries around an element, innermost first.
    pub fn chain(&self, ix: NodeIx) -> &[ZoneIx] {
        self.node(ix).zone.map_or(&[], |zone| self.zone(zone).path.as_slice())
    }
    pub fn trust(&self, ix: NodeIx) -> Option<u8> {
        self.node(ix).zone.and_then(|zone| self.zone(zone).trust)
    }
    pub fn region(&self, ix: NodeIx) -> Option<&str> {
        self.node(ix).zone.and_then(|zone| self.zone(zone).region.as_deref())
    }

    pub fn ends(&self, ix: FlowIx) -> Option<(NodeIx, NodeIx)> {
        self.way(ix).map_or_else(|| self.flow(ix).ends, |way| Some(way.ends))
    }
    pub fn carried(&self, ix: FlowIx) -> &[AssetIx] {
        self.way(ix).map_or_else(|| self.flow(ix).assets.as_slice(), |way| way.assets.as_slice())
    }
    pub fn crosses(&self, ix: FlowIx) -> &[ZoneIx] {
        self.way(ix).map_or_else(|| self.flow(ix).crosses.as_slice(), |way| way.crosses.as_slice())
    }
    /// The legs of a way through gateways; nothing for a plain flow.
    pub fn legs(&self, ix: FlowIx) -> &[FlowIx] {
        self.way(ix).map_or(&[], |way| &*way.legs)
    }

    pub fn nodes(&self) -> impl Iterator<Item = NodeIx> + Clone + '_ {
        self.nodes.order().map(NodeIx)
    }
    /// Every flow of the model, loose ones too.
    pub fn flows(&self) -> impl Iterator<Item = FlowIx> + Clone + '_ {
        self.flows.order().map(FlowIx)
    }
    pub fn zones(&self) -> impl Iterator<Item = ZoneIx> + Clone + '_ {
        self.zones.order().map(ZoneIx)
    }
    pub fn assets(&self) -> impl Iterator<Item = AssetIx> + Clone + '_ {
        self.assets.order().map(AssetIx)
    }
    /// Elements, then flows, then boundaries.
    pub fn anchors(&self) -> impl Iterator<Item = Anchor> + Clone + '_ {
        let (nodes, flows) = (self.nodes().map(Anchor::Node), self.flows().map(Anchor::Flow));
        nodes.chain(flows).chain(self.zones().map(Anchor::Zone))
    }
    /// Flows of the model with both ends, as (flow, source, destination).
    pub fn joined(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> + Clone + '_ {
        self.flows().filter_map(|ix| self.flow(ix).ends.map(|(from, to)| (ix, from, to)))
    }
    /// Every flow with both ends as (flow, initiator, responder).
    pub fn requests(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> + Clone + '_ {
        self.joined().map(|(ix, a, b)| if self.flow(ix).talk.by_source { (ix, a, b) } else { (ix, b, a) })
    }
    /// Every way content travels as (flow, sender, receiver).
    pub fn data_edges(&self) -> impl Iterator<Item = (FlowIx, NodeIx, NodeIx)> + Clone + '_ {
        self.joined().flat_map(|(ix, a, b)| {
            let back = self.flow(ix).talk.both_ways.then_some((ix, b, a));
            std::iter::once((ix, a, b)).chain(back)
        })
    }

    /// Boundaries around one of two elements but not the other.
    pub fn between(&self, a: NodeIx, b: NodeIx) -> Vec<ZoneIx> {
        let (a, b) = (self.chain(a), self.chain(b));
        let only_a = a.iter().filter(|z| !b.contains(z));
        only_a.chain(b.iter().filter(|z| !a.contains(z))).copied().collect()
    }

    pub fn node_at(&self, id: &Id) -> Option<NodeIx> {
        self.nodes.find(id).map(NodeIx)
    }
    pub fn asset_at(&self, id: &Id) -> Option<AssetIx> {
        self.assets.find(id).map(AssetIx)
    }

    /// The element, flow or boundary with this id.
    pub fn anchor(&self, id: &Id) -> Option<Anchor> {
        let node = self.nodes.find(id).map(|n| Anchor::Node(NodeIx(n)));
        let flow = || self.flows.find(id).map(|n| Anchor::Flow(FlowIx(n)));
        node.or_else(flow).or_else(|| self.zones.find(id).map(|n| Anchor::Zone(ZoneIx(n))))
    }

    pub fn anchor_id(&self, anchor: Anchor) -> &Id {
        match anchor {
            Anchor::Node(n) => self.node_id(n),
            Anchor::Flow(f) => self.flow_id(f),
            Anchor::Zone(z) => self.zone_id(z),
        }
    }

    /// Place in the order of instances of equal standing: elements, flows, boundaries, each in natural order.
    pub fn rank(&self, anchor: Anchor) -> (u8, u32) {
        match anchor {
            Anchor::Node(n) => (0, self.nodes.rank(n.0)),
            Anchor::Flow(f) => (1, self.flows.rank(self.first_leg(f).0)),
            Anchor::Zone(z) => (2, self.zones.rank(z.0)),
        }
    }

    /// Assets at stake at an anchor.
    pub fn handles(&self, anchor: Anchor) -> &[AssetIx] {
        match anchor {
            Anchor::Node(n) => &self.node(n).handles,
            Anchor::Flow(f) => self.carried(f),
            Anchor::Zone(z) => &self.zone(z).handles,
        }
    }

    /// True when the anchor keeps the asset rather than only passing it on.
    pub fn keeps(&self, anchor: Anchor, asset: AssetIx) -> bool {
        match anchor {
            Anchor::Node(n) => self.node(n).holds.contains(&asset),
            Anchor::Flow(_) => false,
            Anchor::Zone(z) => {
                let rank = |a: &AssetIx| self.assets.rank(a.0);
                self.zone(z).holds.binary_search_by_key(&rank(&asset), rank).is_ok()
            }
        }
    }

    /// The ends of the ways through gateways that one of these flows is a leg of.
    pub fn ways_along(&self, flows: &BTreeSet<FlowIx>) -> Vec<(NodeIx, NodeIx)> {
        let ways = self.ways.iter().filter(|_| !flows.is_empty());
        ways.filter(|way| way.legs.iter().any(|leg| flows.contains(leg))).map(|way| way.ends).collect()
    }

    pub fn route(&self, ix: FlowIx) -> FlowRoute {
        match self.way(ix) {
            Some(way) => way.legs.iter().map(|leg| self.flow_id(*leg).clone()).collect(),
            None => FlowRoute::one(self.flow_id(ix).clone()),
        }
    }

    /// The name of an element, flow or boundary; a description when it has none.
    pub fn name(&self, anchor: Anchor) -> String {
        match anchor {
            Anchor::Node(n) => self.node(n).name.clone(),
            Anchor::Zone(z) => self.zone(z).name.clone(),
            Anchor::Flow(f) => {
                let flow = self.flow(f);
                let end = |n: NodeIx| self.node(n).name.as_str();
                match flow.ends.filter(|_| flow.name.is_empty()) {
                    Some((from, to)) => format!("flow {} → {}", end(from), end(to)),
                    None => flow.name.clone(),
                }
            }
        }
    }

    /// How many numbers there are of elements, flows and boundaries, for lists with one entry each.
    pub fn widths(&self) -> [usize; 3] {
        [self.nodes.width(), self.flows.width(), self.zones.width()]
    }
}
