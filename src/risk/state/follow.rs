//! Following a change of the model: only records that changed are read again, what depends on them is derived again, and
//! it is told which items read differently now.

use super::State;
use super::again::Again;
use super::items::{Anchor, AssetIx, AssetState, FlowIx, NodeIx, ZoneIx};
use super::touched::Touched;
use crate::model::{Id, Key, Placement, ThreatModel};
use std::collections::BTreeSet;

impl State<'_> {
    /// Follows the model through a change of the records with these keys. The model is sound before and after: a record
    /// that refers to one that went is among them.
    pub fn follow<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key> + Clone) -> Touched {
        let mut touched = Touched::default();
        let mut again = Again::default();
        self.come_and_go(model, keys.clone(), &mut touched, &mut again);
        if keys.clone().any(|key| matches!(key, Key::Boundary(_))) {
            self.follow_zones(model, &mut touched, &mut again);
        }
        for key in keys.clone() {
            match key {
                Key::Asset(id) => self.follow_asset(model, id, &mut touched),
                Key::Agent(_) => touched.agents = true,
                Key::Element(id) => self.follow_node(model, id, &mut touched, &mut again),
                _ => {}
            }
        }
        if touched.agents {
            self.read_agents(model);
        }
        self.follow_lines(model, keys.clone(), &mut again);
        for id in keys.filter_map(|key| if let Key::Flow(id) = key { Some(id) } else { None }) {
            self.follow_flow(model, id, &mut touched, &mut again);
        }
        self.derive_again(again, &mut touched);
        touched.came_or_went |= !touched.gone.is_empty();
        touched.any = touched.agents || touched.came_or_went || !touched.is_quiet();
        touched
    }

    /// Numbers for what came, and none for what went.
    fn come_and_go<'k>(
        &mut self,
        model: &ThreatModel,
        keys: impl Iterator<Item = &'k Key>,
        touched: &mut Touched,
        again: &mut Again,
    ) {
        self.nodes.release();
        self.flows.release();
        self.zones.release();
        self.assets.release();
        for key in keys {
            let is_there = model.contains(key);
            match key {
                Key::Element(id) if is_there && self.nodes.find(id).is_none() => {
                    let ix = NodeIx(self.nodes.insert(id));
                    touched.far.insert(ix);
                    touched.wholes.insert(ix);
                    touched.came_or_went = true;
                    (again.links, again.members, again.reach) = (true, true, true);
                    again.settle.insert(ix);
                }
                Key::Element(id) if !is_there => {
                    let Some(ix) = self.node_at(id) else { continue };
                    self.around(ix, touched, again);
                    again.ways |= self.is_on_way(ix);
                    (again.links, again.members, again.reach) = (true, true, true);
                    self.nodes.remove(id);
                    touched.gone.push((Anchor::Node(ix), id.clone()));
                }
                Key::Flow(id) if is_there && self.flows.find(id).is_none() => {
                    let ix = FlowIx(self.flows.insert(id));
                    touched.flows.insert(ix);
                    touched.came_or_went = true;
                    again.links = true;
                }
                Key::Flow(id) if !is_there => {
                    let Some(ix) = self.flows.find(id).map(FlowIx) else { continue };
                    self.unlink(ix, touched, again);
                    self.cut(ix, again);
                    self.flows.remove(id);
                    touched.gone.push((Anchor::Flow(ix), id.clone()));
                }
                Key::Boundary(id) if is_there && self.zones.find(id).is_none() => {
                    let ix = ZoneIx(self.zones.insert(id));
                    touched.zones.insert(ix);
                    touched.around.insert(ix);
                    touched.came_or_went = true;
                    again.members = true;
                }
                Key::Boundary(id) if !is_there => {
                    let Some(ix) = self.zones.find(id).map(ZoneIx) else { continue };
                    touched.around.extend(&self.zone(ix).path);
                    again.gather.extend(&self.zone(ix).path);
                    self.zones.remove(id);
                    touched.gone.push((Anchor::Zone(ix), id.clone()));
                    again.members = true;
                }
                Key::Asset(id) if is_there => drop(touched.assets.insert(AssetIx(self.assets.insert(id)))),
                Key::Asset(id) => touched.came_or_went |= self.assets.remove(id).is_some(),
                _ => {}
            }
        }
    }

    /// The boundaries and wholes an element is in, as it stands.
    fn around(&self, ix: NodeIx, touched: &mut Touched, again: &mut Again) {
        touched.around.extend(self.chain(ix));
        again.gather.extend(self.chain(ix));
        touched.wholes.extend(self.with_parents(ix));
        touched.assets.extend(&self.node(ix).handles);
        for links in [&self.links.inbound, &self.links.outbound] {
            for (flow, other) in links.of(ix) {
                touched.wholes.extend(self.with_parents(*other));
                touched.around.extend(self.chain(*other));
                touched.crossings.insert(*flow);
            }
        }
    }

    /// Where a flow leads it leads no longer.
    fn cut(&self, ix: FlowIx, again: &mut Again) {
        let flow = self.flow(ix);
        again.joined.remove(&ix);
        again.cut.extend(flow.ends.map(|ends| (ix, ends, flow.talk)));
    }

    fn is_on_way(&self, ix: NodeIx) -> bool {
        let ends = |links: &super::links::Links| !links.of(ix).is_empty();
        self.node(ix).gateway || ends(&self.links.ways_in) || ends(&self.links.ways_out)
    }

    /// A flow stops leading where it leads.
    fn unlink(&self, ix: FlowIx, touched: &mut Touched, again: &mut Again) {
        (again.links, again.reach) = (true, true);
        touched.assets.extend(self.carried(ix));
        if let Some((from, to)) = self.flow(ix).ends {
            for end in [from, to] {
                again.ways |= self.node(end).gateway;
                again.settle.insert(end);
                touched.nodes.insert(end);
                touched.around.extend(self.chain(end));
                touched.wholes.extend(self.with_parents(end));
            }
        }
    }

    fn follow_zones(&mut self, model: &ThreatModel, touched: &mut Touched, again: &mut Again) {
        let mut moved = BTreeSet::new();
        for ix in self.zones().collect::<Vec<_>>() {
            let mut new = self.read_zone(model, ix);
            let old = self.zones.get_mut(ix.0);
            let is_else = (old.trust, &old.region, &old.path) != (new.trust, &new.region, &new.path);
            let is_other_kind = old.kind != new.kind;
            if is_else || is_other_kind || old.name != new.name {
                touched.zones.insert(ix);
            }
            if is_else {
                touched.around.extend(old.path.iter().chain(&new.path));
                again.gather.extend(old.path.iter().chain(&new.path));
                (again.members, again.reach) = (true, true);
                moved.insert(ix);
            }
            (new.members, new.size) = (std::mem::take(&mut old.members), old.size);
            (new.handles, new.holds) = (std::mem::take(&mut old.handles), std::mem::take(&mut old.holds));
            *old = new;
            if is_other_kind {
                let crossing = |f: &FlowIx| self.crosses(*f).contains(&ix);
                touched.flows.extend(self.flows().filter(crossing));
                let ways = (0..self.ways.len()).map(FlowIx::way).filter(crossing);
                let ends: Vec<NodeIx> = ways.filter_map(|w| self.ends(w)).flat_map(|(a, b)| [a, b]).collect();
                touched.nodes.extend(ends);
            }
        }
        if !moved.is_empty() {
            let members: Vec<NodeIx> = self.nodes().filter(|n| self.node(*n).zone.is_some_and(|z| moved.contains(&z))).collect();
            for ix in members {
                self.node_moved(ix, touched, again);
            }
        }
    }

    /// The surroundings of an element are others.
    fn node_moved(&self, ix: NodeIx, touched: &mut Touched, again: &mut Again) {
        touched.moved.insert(ix);
        again.ways |= self.is_on_way(ix);
        for links in [&self.links.inbound, &self.links.outbound] {
            again.crosses.extend(links.of(ix).iter().map(|(flow, _)| *flow));
        }
    }

    fn follow_asset(&mut self, model: &ThreatModel, id: &Id, touched: &mut Touched) {
        let (Some(ix), Some(record)) = (self.asset_at(id), model.assets.get(id)) else { return };
        let new = AssetState::new(record);
        let old = self.assets.get(ix.0);
        if *old == new {
            return;
        }
        let (nodes, flows) = (self.nodes().map(Anchor::Node), self.flows().map(Anchor::Flow));
        for anchor in nodes.chain(flows).filter(|anchor| self.handles(*anchor).contains(&ix)) {
            touched.revalued.entry(anchor).or_default().take_in(self.revalued(anchor, ix, old, &new));
        }
        touched.zones.extend(self.zones().filter(|z| self.keeps_or_passes(*z, ix)));
        touched.assets.insert(ix);
        *self.assets.get_mut(ix.0) = new;
    }

    fn keeps_or_passes(&self, zone: ZoneIx, asset: AssetIx) -> bool {
        let rank = |a: &AssetIx| self.assets.rank(a.0);
        self.zone(zone).handles.binary_search_by_key(&rank(&asset), rank).is_ok()
    }

    fn follow_node(&mut self, model: &ThreatModel, id: &Id, touched: &mut Touched, again: &mut Again) {
        let Some(ix) = self.node_at(id) else { return };
        let mut new = self.read_node(model, ix);
        let old = self.node(ix);
        // What is derived is not read.
        (new.handles, new.reach) = (old.handles.clone(), old.reach);
        if new == *old {
            return;
        }
        let is_moved = new.zone != old.zone;
        let is_regrouped = is_moved || new.kind != old.kind;
        let is_only_named = super::Node { name: old.name.clone(), ..new.clone() } == *old;
        let is_only_moved = super::Node { zone: old.zone, ..new.clone() } == *old;
        if is_regrouped || new.gateway != old.gateway {
            again.reach = true;
            again.ways |= new.gateway || old.gateway;
        }
        if is_moved || new.parent != old.parent {
            self.around(ix, touched, again);
        }
        if is_only_named || is_only_moved { &mut touched.nodes } else { &mut touched.far }.insert(ix);
        again.members |= is_regrouped;
        again.settle.insert(ix);
        again.gather.extend(self.chain(ix));
        let is_out = new.in_scope != self.node(ix).in_scope;
        *self.nodes.get_mut(ix.0) = new;
        again.gather.extend(self.chain(ix));
        if is_moved {
            self.node_moved(ix, touched, again);
        }
        if is_moved || is_out {
            self.around(ix, touched, again);
        }
        touched.wholes.extend(self.with_parents(ix));
    }

    /// Boundaries drawn as lines may come to lie between other flows.
    fn follow_lines<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key>, again: &mut Again) {
        let mut is_drawn = false;
        for key in keys {
            match key {
                Key::Placement(place) => {
                    is_drawn = true;
                    self.lines.remove(place);
                    if matches!(model.placements.get(place), Some(Placement::Line(_))) {
                        self.lines.insert(place.clone());
                    }
                }
                Key::Flow(_) | Key::Diagram(_) | Key::Element(_) | Key::Boundary(_) => is_drawn = true,
                _ => {}
            }
        }
        if !is_drawn || (self.lines.is_empty() && self.separated.is_empty()) {
            return;
        }
        self.read_separated(model);
        for ix in self.flows().collect::<Vec<_>>() {
            let lines = self.lines_across(self.flow_id(ix));
            if lines != self.flow(ix).lines {
                self.flows.get_mut(ix.0).lines = lines;
                again.crosses.insert(ix);
            }
        }
    }

    fn follow_flow(&mut self, model: &ThreatModel, id: &Id, touched: &mut Touched, again: &mut Again) {
        let Some(ix) = self.flows.find(id).map(FlowIx) else { return };
        let mut new = self.read_flow(model, ix);
        new.crosses.clone_from(&self.flow(ix).crosses);
        if new == *self.flow(ix) {
            return;
        }
        touched.flows.insert(ix);
        let old = self.flow(ix);
        let (a, b) = (old.talk, new.talk);
        let is_relinked = new.ends != old.ends || (a.by_source, a.both_ways) != (b.by_source, b.both_ways);
        again.reach |= (a.channel, a.protocol) != (b.channel, b.protocol);
        let implies = |talk: super::items::Talk| (talk.protocol.is_encrypted(), talk.authn);
        touched.implied |= is_relinked || implies(a) != implies(b);
        let is_carrying_else = new.assets != old.assets;
        if is_relinked {
            self.unlink(ix, touched, again);
            self.cut(ix, again);
        }
        if is_carrying_else {
            touched.assets.extend(self.carried(ix));
        }
        *self.flows.get_mut(ix.0) = new;
        if is_relinked {
            self.unlink(ix, touched, again);
            again.joined.insert(ix);
            again.crosses.insert(ix);
            touched.crossings.insert(ix);
        }
        if is_carrying_else && let Some((from, to)) = self.flow(ix).ends {
            again.settle.extend([from, to]);
            again.ways |= self.node(from).gateway || self.node(to).gateway;
        }
    }
}
