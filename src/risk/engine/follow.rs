//! What a change of the model lets the engine judge again.

use super::{Asked, Engine, by_hand};
use crate::model::{Id, Key, ThreatModel};
use crate::risk::controls_in_force::ControlsInForce;
use crate::risk::score::agent;
use crate::risk::sight::Sight;
use crate::risk::state::{Anchor, FlowIx, NodeIx, Reached, Revalued, Touched};
use crate::risk::vulnerabilities;
use std::collections::{BTreeMap, BTreeSet};

/// Where findings have to be judged again.
#[derive(Default)]
pub(in crate::risk) struct Again {
    /// Everywhere, by every rule.
    pub all: bool,
    /// Where, and which rules there.
    pub anchors: BTreeMap<Anchor, Ask>,
    pub touched: Touched,
}

/// Which rules are asked again at an anchor.
#[derive(Clone, Copy, Debug)]
pub(in crate::risk) struct Ask {
    /// Those that read as many flows away as what changed is.
    distance: u8,
    /// Those that read what became other of assets.
    assets: Revalued,
    /// Those that harm assets which became others like this.
    harm: Revalued,
    /// Those that read so many flows away how elements are reached.
    reached: Sight,
}

impl Ask {
    pub const ALL: Ask = Ask { distance: 0, ..Ask::NONE };
    const NONE: Ask = Ask { distance: u8::MAX, assets: Revalued::NONE, harm: Revalued::NONE, reached: Sight::NEVER };

    /// Every rule reads its anchor and the flows there, and so do threats written by hand.
    pub fn is_whole(self) -> bool {
        self.distance <= 1
    }

    pub fn wants(self, asked: &Asked<'_>) -> bool {
        asked.reads >= self.distance
            || asked.reads_assets.meets(&self.assets)
            || asked.cause.feels(&self.harm)
            || asked.reads_reach.sees(self.reached)
    }
}

impl Again {
    fn put(&mut self, anchor: Anchor, distance: u8) {
        let known = self.anchors.entry(anchor).or_insert(Ask::NONE);
        known.distance = distance.min(known.distance);
    }

    /// What assets beside it are like changed.
    fn put_for_assets(&mut self, anchor: Anchor, how: Revalued) {
        self.anchors.entry(anchor).or_insert(Ask::NONE).assets.take_in(how);
    }

    /// An element so many steps away is reached otherwise.
    fn put_for_reach(&mut self, anchor: Anchor, steps: u8, how: Reached) {
        self.anchors.entry(anchor).or_insert(Ask::NONE).reached.approach(steps, how);
    }
}

impl Engine<'_> {
    /// Follows the model through a change of the records with these keys.
    pub fn follow<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key> + Clone) -> Again {
        let mut again = Again { touched: self.state.follow(model, keys.clone()), ..Again::default() };
        if keys.clone().any(|key| *key == Key::Info) {
            let is_on: Vec<bool> = self.asked.iter().map(|a| a.is_on(&model.info)).collect();
            again.all |= is_on != self.is_on;
            self.is_on = is_on;
        }
        if again.touched.agents {
            let agents: Vec<_> = self.asked.iter().map(|a| agent(&self.state, &a.cause)).collect();
            again.all |= agents != self.agents || !self.by_hand.is_empty();
            self.agents = agents;
        }
        self.follow_controls(model, keys.clone(), &mut again);
        if keys.clone().any(|key| matches!(key, Key::Vulnerability(_))) {
            let new = vulnerabilities::factors(model, &self.state.library.calibration);
            let others = new.keys().chain(self.vulnerabilities.keys()).filter(|k| new.get(*k) != self.vulnerabilities.get(*k));
            for anchor in others.filter_map(|key| self.state.anchor(&key.anchor)) {
                again.put(anchor, 0);
            }
            self.vulnerabilities = new;
        }
        let is_threat = |key: &Key| matches!(key, Key::Threat(_));
        if keys.clone().any(is_threat) || (!self.by_hand.is_empty() && again.touched.came_or_went) {
            let new = by_hand(model, &self.state);
            let changed: BTreeSet<&Id> = keys.clone().filter(|key| is_threat(key)).filter_map(Key::id).collect();
            for (anchor, ids) in self.by_hand.iter().chain(&new) {
                if ids.iter().any(|id| changed.contains(id)) {
                    again.put(*anchor, 0);
                }
            }
            self.by_hand = new;
        }
        for key in keys {
            if let Key::Decision(threat) = key
                && let Some(anchor) = self.state.anchor(&threat.anchor)
            {
                again.put(anchor, 0);
            }
        }
        self.follow_values(model, &mut again);
        self.spread(&mut again);
        again.anchors.retain(|anchor, _| self.state.exists(*anchor));
        again
    }

    /// Threats written by hand, and decisions that remember what they rested on, where assets became others.
    fn follow_values(&self, model: &ThreatModel, again: &mut Again) {
        if again.touched.revalued.is_empty() {
            return;
        }
        let remembering = model.decisions.iter().filter(|(_, decision)| !decision.basis.is_empty());
        let decided = remembering.filter_map(|(key, _)| self.state.anchor(&key.anchor));
        for anchor in decided.chain(self.by_hand.keys().copied()) {
            if again.touched.revalued.contains_key(&anchor) {
                again.put(anchor, 0);
            }
        }
    }

    fn follow_controls<'k>(&mut self, model: &ThreatModel, keys: impl Iterator<Item = &'k Key> + Clone, again: &mut Again) {
        let changed: BTreeSet<&Id> = keys.clone().filter(|key| matches!(key, Key::Instance(_))).filter_map(Key::id).collect();
        again.all |= keys.clone().any(|key| matches!(key, Key::Control(_)));
        let is_affected = again.touched.came_or_went || !changed.is_empty() || again.touched.implied;
        if again.all {
            self.controls = ControlsInForce::new(model, &self.state);
        }
        if again.all || !is_affected {
            return;
        }
        for site in self.controls.follow(model, &self.state, &changed, &again.touched) {
            match site {
                Some(Anchor::Node(n)) => drop(again.touched.far.insert(n)),
                Some(Anchor::Flow(f)) => drop(again.touched.flows.insert(f)),
                Some(Anchor::Zone(z)) => {
                    again.touched.zones.insert(z);
                    again.touched.far.extend(&self.state.zone(z).members);
                    again.touched.flows.extend(self.state.flows().filter(|f| self.state.crosses(*f).contains(&z)));
                    for inner in self.state.zones().filter(|inner| self.state.zone(*inner).path.contains(&z)) {
                        again.touched.zones.insert(inner);
                    }
                }
                None => again.all = true,
            }
        }
        again.touched.nodes.extend(&again.touched.far);
    }

    /// From what reads differently to the anchors whose rules read it.
    fn spread(&self, again: &mut Again) {
        let touched = std::mem::take(&mut again.touched);
        for zone in &touched.zones {
            again.put(Anchor::Zone(*zone), 0);
        }
        for flow in &touched.flows {
            again.put(Anchor::Flow(*flow), 0);
            for end in self.state.ends(*flow).into_iter().flat_map(|(a, b)| [a, b]) {
                again.put(Anchor::Node(end), 0);
                if self.reads_deep {
                    self.around(end, |anchor| again.put(anchor, 2));
                }
            }
        }
        for (start, end) in self.state.ways_along(&touched.flows) {
            again.put(Anchor::Node(start), 0);
            again.put(Anchor::Node(end), 0);
        }
        for node in &touched.way_ends {
            again.put(Anchor::Node(*node), 0);
        }
        for node in &touched.nodes {
            again.put(Anchor::Node(*node), 0);
            self.around(*node, |anchor| again.put(anchor, 1));
        }
        let (mut flows, mut of_flows) = (BTreeSet::new(), Revalued::NONE);
        for (anchor, how) in &touched.revalued {
            again.put_for_assets(*anchor, *how);
            again.anchors.entry(*anchor).or_insert(Ask::NONE).harm.take_in(*how);
            match anchor {
                Anchor::Node(node) => self.around(*node, |anchor| again.put_for_assets(anchor, *how)),
                Anchor::Flow(flow) => {
                    flows.insert(*flow);
                    of_flows.take_in(*how);
                }
                Anchor::Zone(_) => {}
            }
        }
        for end in self.state.ways_along(&flows).into_iter().flat_map(|(a, b)| [a, b]) {
            again.put_for_assets(Anchor::Node(end), of_flows);
        }
        for node in &touched.moved {
            self.behind_gateways(*node, again);
        }
        for node in touched.far.iter().chain(touched.moved.iter().filter(|_| self.reads_deep)) {
            for neighbour in self.neighbours(*node) {
                self.around(neighbour, |anchor| again.put(anchor, 2));
            }
        }
        for (node, how) in &touched.reached {
            again.put_for_reach(Anchor::Node(*node), Sight::HERE, *how);
            self.around(*node, |anchor| again.put_for_reach(anchor, Sight::BESIDE, *how));
            for neighbour in self.neighbours(*node) {
                self.around(neighbour, |anchor| again.put_for_reach(anchor, Sight::BEYOND, *how));
            }
            if how.taint {
                self.behind_gateways(*node, again);
            }
        }
        again.touched = touched;
    }

    /// What gateways keep off what stands behind them depends on the boundaries around them, and on who else sends untrusted
    /// data there.
    fn behind_gateways(&self, node: NodeIx, again: &mut Again) {
        let links = &self.state.links;
        for (_, target) in links.outbound.of(node) {
            if links.inbound.of(*target).iter().any(|(_, source)| self.state.node(*source).gateway) {
                again.put(Anchor::Node(*target), 1);
                self.around(*target, |anchor| again.put(anchor, 2));
            }
        }
    }

    /// Whom an element sends to; also who sends to it where that may be read.
    fn neighbours(&self, node: NodeIx) -> BTreeSet<NodeIx> {
        let links = &self.state.links;
        let ahead = links.outbound.of(node).iter().chain(links.ways_out.of(node));
        let back = links.inbound.of(node).iter().chain(links.ways_in.of(node)).filter(|_| self.reads_deep);
        ahead.chain(back).map(|(_, other)| *other).collect()
    }

    /// An element's flows and whom it talks with, also through gateways.
    fn around(&self, node: NodeIx, mut put: impl FnMut(Anchor)) {
        let links = &self.state.links;
        for flows in [&links.inbound, &links.outbound] {
            for (flow, other) in flows.of(node) {
                put(Anchor::Flow(*flow));
                put(Anchor::Node(*other));
            }
        }
        for ways in [&links.ways_in, &links.ways_out] {
            ways.of(node).iter().for_each(|(_, other)| put(Anchor::Node(*other)));
        }
        let ends = |way: &FlowIx| self.state.ends(*way).into_iter().flat_map(|(a, b)| [a, b]);
        for end in links.ways_through.of(node).iter().flat_map(|(way, _)| ends(way)) {
            put(Anchor::Node(end));
        }
    }
}
