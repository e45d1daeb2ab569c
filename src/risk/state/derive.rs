//! What follows from the records: who is linked with whom, what is crossed, handled, shared, reached.

use super::State;
use super::items::{AssetIx, FlowIx, NodeIx, Way, ZoneIx};
use super::links::{AllLinks, Links};
use crate::model::{ElementKind, Fact, Tri};
use crate::risk::{exposure, gateways};

impl State<'_> {
    pub(super) fn derive_all(&mut self) {
        self.link();
        for ix in self.flows().collect::<Vec<_>>() {
            let crosses = self.crossed(ix);
            self.flows.get_mut(ix.0).crosses = crosses;
        }
        for ix in self.nodes().collect::<Vec<_>>() {
            self.settle_node(ix);
        }
        self.count_members();
        for ix in self.zones().collect::<Vec<_>>() {
            self.gather(ix);
        }
        for (ix, reach) in exposure::reaches(self) {
            self.nodes.get_mut(ix.0).reach = reach;
        }
        self.ways = gateways::ways(self);
        self.link_ways();
    }

    /// Finds the flows of every element. Ways through gateways come last ([`Self::link_ways`]).
    pub(super) fn link(&mut self) {
        let width = self.nodes.width();
        let ways = std::mem::take(&mut self.links);
        self.links = AllLinks {
            inbound: Links::new(width, self.joined().map(|(flow, from, to)| (to, flow, from))),
            outbound: Links::new(width, self.joined().map(|(flow, from, to)| (from, flow, to))),
            answers: Links::new(width, self.requests().map(|(flow, caller, responder)| (responder, flow, caller))),
            opens: Links::new(width, self.requests().map(|(flow, caller, responder)| (caller, flow, responder))),
            receives: Links::new(width, self.data_edges().map(|(flow, from, to)| (to, flow, from))),
            sends: Links::new(width, self.data_edges().map(|(flow, from, to)| (from, flow, to))),
            ..ways
        };
    }

    pub(super) fn link_ways(&mut self) {
        let width = self.nodes.width();
        let ways = || self.ways.iter().enumerate().map(|(n, way)| (FlowIx::way(n), way));
        let through = |(ix, way): (FlowIx, &Way)| {
            let between = way.legs.iter().take(way.legs.len().saturating_sub(1));
            let gateways: Vec<NodeIx> = between.filter_map(|leg| self.flow(*leg).ends.map(|(_, to)| to)).collect();
            let to = way.ends.1;
            gateways.into_iter().map(move |gateway| (gateway, ix, to))
        };
        let [ways_in, ways_out, ways_through] = [
            Links::new(width, ways().map(|(ix, way)| (way.ends.1, ix, way.ends.0))),
            Links::new(width, ways().map(|(ix, way)| (way.ends.0, ix, way.ends.1))),
            Links::new(width, ways().flat_map(through)),
        ];
        self.links.ways_in = ways_in;
        self.links.ways_out = ways_out;
        self.links.ways_through = ways_through;
    }

    /// Boundaries between the ends of a flow, and line boundaries in its way.
    pub(super) fn crossed(&self, ix: FlowIx) -> Vec<ZoneIx> {
        let flow = self.flow(ix);
        let Some((from, to)) = flow.ends else { return Vec::new() };
        let mut crosses = self.between(from, to);
        crosses.extend(&flow.lines);
        self.zones_in_order(&mut crosses);
        crosses
    }

    pub fn zones_in_order(&self, zones: &mut Vec<ZoneIx>) {
        zones.sort_unstable_by_key(|z| self.zones.rank(z.0));
        zones.dedup();
    }

    /// What an element handles, and whether several write to it. Returns true when that is new.
    pub(super) fn settle_node(&mut self, ix: NodeIx) -> bool {
        let node = self.node(ix);
        let touching = self.links.inbound.of(ix).iter().chain(self.links.outbound.of(ix));
        let mut handles: Vec<AssetIx> = node.holds.clone();
        for (flow, _) in touching {
            handles.extend(self.carried(*flow));
        }
        self.in_order(&mut handles);
        let mut facts = node.facts;
        if node.shared_by_writers && node.kind == ElementKind::DataStore {
            let mut writers = self.links.inbound.of(ix).iter().map(|(_, from)| *from);
            let first = writers.next();
            facts.set(Fact::SharedWrite as u32, Tri::from(writers.any(|writer| Some(writer) != first)));
        }
        let is_new = node.handles != handles || node.facts != facts;
        if is_new {
            let node = self.nodes.get_mut(ix.0);
            (node.handles, node.facts) = (handles, facts);
        }
        is_new
    }

    /// Who is inside of every boundary. Returns those for which that is new.
    pub(super) fn count_members(&mut self) -> Vec<ZoneIx> {
        let mut members: Vec<(Vec<NodeIx>, usize)> = vec![Default::default(); self.zones.width()];
        for ix in self.nodes() {
            let external = self.node(ix).kind == ElementKind::ExternalEntity;
            for (depth, zone) in self.chain(ix).iter().enumerate() {
                if let Some((list, size)) = members.get_mut(zone.position()) {
                    list.push(ix);
                    *size += usize::from(depth == 0 && !external);
                }
            }
        }
        let mut changed = Vec::new();
        for ix in self.zones().collect::<Vec<_>>() {
            let Some((list, size)) = members.get_mut(ix.position()).map(std::mem::take) else { continue };
            let zone = self.zones.get_mut(ix.0);
            if zone.members != list || zone.size != size {
                (zone.members, zone.size) = (list, size);
                changed.push(ix);
            }
        }
        changed
    }

    /// What the members of a boundary handle and hold. Returns true when that is new.
    pub(super) fn gather(&mut self, ix: ZoneIx) -> bool {
        let (mut handles, mut holds) = (Vec::new(), Vec::new());
        for member in &self.zone(ix).members {
            handles.extend(&self.node(*member).handles);
            holds.extend(&self.node(*member).holds);
        }
        self.in_order(&mut handles);
        self.in_order(&mut holds);
        let is_new = self.zone(ix).handles != handles || self.zone(ix).holds != holds;
        if is_new {
            let zone = self.zones.get_mut(ix.0);
            (zone.handles, zone.holds) = (handles, holds);
        }
        is_new
    }
}
