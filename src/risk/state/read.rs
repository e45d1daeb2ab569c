//! Reading records into the engine's view.

use super::State;
use super::items::{AssetIx, AssetState, Flow, FlowIx, Node, NodeIx, Talk, Zone, ZoneIx};
use crate::model::{Id, Placement, ThreatModel, line_crossings};
use crate::risk::names::{name_of, on_one_line};
use crate::risk::order::natural;
use std::collections::BTreeSet;

impl State<'_> {
    /// Reads every record. What is derived comes after.
    pub(super) fn read_all(&mut self, model: &ThreatModel) {
        let lines = model.placements.iter().filter(|(_, p)| matches!(p, Placement::Line(_)));
        self.lines = lines.map(|(key, _)| key.clone()).collect();
        self.read_separated(model);
        self.read_agents(model);
        for ix in self.zones().collect::<Vec<_>>() {
            *self.zones.get_mut(ix.0) = self.read_zone(model, ix);
        }
        for ix in self.assets().collect::<Vec<_>>() {
            *self.assets.get_mut(ix.0) = model.assets.get(self.assets.id(ix.0)).map(AssetState::new).unwrap_or_default();
        }
        for ix in self.nodes().collect::<Vec<_>>() {
            *self.nodes.get_mut(ix.0) = self.read_node(model, ix);
        }
        for ix in self.flows().collect::<Vec<_>>() {
            *self.flows.get_mut(ix.0) = self.read_flow(model, ix);
        }
    }

    /// Which flows the boundaries drawn as lines separate.
    pub(super) fn read_separated(&mut self, model: &ThreatModel) {
        self.separated = if self.lines.is_empty() { Default::default() } else { line_crossings(model) };
    }

    pub(super) fn read_agents(&mut self, model: &ThreatModel) {
        let mut agents: Vec<_> = model.agents.iter().filter(|(_, agent)| agent.active).collect();
        agents.sort_by(|a, b| natural(a.0.as_str(), b.0.as_str()));
        self.agents = agents.into_iter().map(|(id, agent)| (id.clone(), agent.clone())).collect();
    }

    /// A boundary without what its members bring along.
    pub(super) fn read_zone(&self, model: &ThreatModel, ix: ZoneIx) -> Zone {
        let id = self.zones.id(ix.0);
        let Some(record) = model.boundaries.get(id) else { return Zone::default() };
        let path = model.boundary_path(id);
        let region = path.iter().find_map(|b| model.boundaries.get(b)?.region.as_ref().filter(|r| !r.is_empty()));
        Zone {
            name: name_of(model, id),
            kind: record.kind,
            trust: record.trust,
            region: region.cloned(),
            path: path.iter().filter_map(|b| self.zones.find(b).map(ZoneIx)).collect(),
            ..Zone::default()
        }
    }

    /// An element as stated; whether several write to it is not known yet.
    pub(super) fn read_node(&mut self, model: &ThreatModel, ix: NodeIx) -> Node {
        let id = self.nodes.id(ix.0);
        let Some(record) = model.elements.get(id) else { return Node::default() };
        let profile = self.profiles.number(self.library, &record.tags);
        let tags = self.profiles.get(profile);
        let name = on_one_line(&record.name);
        let (facts, shared_by_writers) = tags.facts(record);
        Node {
            name: if name.is_empty() { name_of(model, id) } else { name },
            kind: record.kind,
            layer: self.library.layer_of(record),
            profile,
            gateway: tags.gateway,
            in_scope: record.out_of_scope.is_none(),
            zone: record.boundary.as_ref().and_then(|b| self.zones.find(b)).map(ZoneIx),
            parent: record.parent.as_ref().and_then(|p| self.node_at(p)),
            does: tags.does(record),
            facts,
            shared_by_writers,
            holds: self.assets_of(&record.holds),
            ..Node::default()
        }
    }

    pub(super) fn read_flow(&self, model: &ThreatModel, ix: FlowIx) -> Flow {
        let id = self.flows.id(ix.0);
        let Some(record) = model.flows.get(id) else { return Flow::default() };
        let end = |id: &Option<Id>| id.as_ref().and_then(|id| self.node_at(id));
        let ends = end(&record.from).zip(end(&record.to));
        let name = on_one_line(&record.name);
        Flow {
            // A loose flow is named by what ends it has.
            name: if name.is_empty() && ends.is_none() { name_of(model, id) } else { name },
            talk: Talk::of(record),
            ends,
            assets: self.assets_of(&record.assets),
            lines: self.lines_across(id),
            crosses: Vec::new(),
        }
    }

    pub(super) fn lines_across(&self, flow: &Id) -> Vec<ZoneIx> {
        let lines = self.separated.get(flow).into_iter().flatten();
        lines.filter_map(|b| self.zones.find(b).map(ZoneIx)).collect()
    }

    /// The assets there are among these.
    fn assets_of(&self, ids: &BTreeSet<Id>) -> Vec<AssetIx> {
        ids.iter().filter_map(|a| self.asset_at(a)).collect()
    }

    /// Puts assets in natural order, each once.
    pub(super) fn in_order(&self, assets: &mut Vec<AssetIx>) {
        assets.sort_unstable_by_key(|a| self.assets.rank(a.0));
        assets.dedup();
    }
}
