//! What a change of the model lets the engine judge again.

use super::{Engine, by_hand};
use crate::model::{Id, Key, ThreatModel};
use crate::risk::controls_in_force::ControlsInForce;
use crate::risk::score::agent;
use crate::risk::state::{Anchor, FlowIx, NodeIx, Touched};
use crate::risk::vulnerabilities;
use std::collections::{BTreeMap, BTreeSet};

/// Where findings have to be judged again.
#[derive(Default)]
pub(in crate::risk) struct Again {
    /// Everywhere, by every rule.
    pub all: bool,
    /// By how many flows each anchor is away from what changed: rules that read less far are not asked again.
    pub anchors: BTreeMap<Anchor, u8>,
    pub touched: Touched,
}

impl Again {
    fn put(&mut self, anchor: Anchor, distance: u8) {
        let known = self.anchors.entry(anchor).or_insert(distance);
        *known = distance.min(*known);
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
        self.spread(&mut again);
        again.anchors.retain(|anchor, _| self.state.exists(*anchor));
        again
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
                    self.put_around(end, 1, again);
                }
            }
        }
        for (start, end) in self.state.ways_along(&touched.flows) {
            again.put(Anchor::Node(start), 0);
            again.put(Anchor::Node(end), 0);
        }
        for node in &touched.nodes {
            again.put(Anchor::Node(*node), 0);
            self.put_around(*node, 1, again);
        }
        for node in &touched.far {
            let links = &self.state.links;
            let ahead = links.outbound.of(*node).iter().chain(links.ways_out.of(*node));
            let back = links.inbound.of(*node).iter().chain(links.ways_in.of(*node)).filter(|_| self.reads_deep);
            let neighbours: BTreeSet<NodeIx> = ahead.chain(back).map(|(_, other)| *other).collect();
            for neighbour in neighbours {
                self.put_around(neighbour, 2, again);
            }
        }
        again.touched = touched;
    }

    /// An element's flows and whom it talks with, also through gateways.
    fn put_around(&self, node: NodeIx, distance: u8, again: &mut Again) {
        let links = &self.state.links;
        for flows in [&links.inbound, &links.outbound] {
            for (flow, other) in flows.of(node) {
                again.put(Anchor::Flow(*flow), distance);
                again.put(Anchor::Node(*other), distance);
            }
        }
        for ways in [&links.ways_in, &links.ways_out] {
            ways.of(node).iter().for_each(|(_, other)| again.put(Anchor::Node(*other), distance));
        }
        let ends = |way: &FlowIx| self.state.ends(*way).into_iter().flat_map(|(a, b)| [a, b]);
        for end in links.ways_through.of(node).iter().flat_map(|(way, _)| ends(way)) {
            again.put(Anchor::Node(end), distance);
        }
    }
}
