//! Deriving again what a change has a say in, and nothing else.

use super::State;
use super::items::{Anchor, FlowIx, NodeIx, Talk, Way, ZoneIx};
use super::touched::Touched;
use crate::risk::{exposure, gateways};
use std::collections::BTreeSet;

/// Of so many flows it is quicker to find again where all of them lead.
const MANY: usize = 30;

/// What has to be derived again.
#[derive(Default)]
pub(super) struct Again {
    pub links: bool,
    /// Flows that lead elsewhere than they did: where they led, and those that lead somewhere now.
    pub cut: Vec<(FlowIx, (NodeIx, NodeIx), Talk)>,
    pub joined: BTreeSet<FlowIx>,
    pub crosses: BTreeSet<FlowIx>,
    pub settle: BTreeSet<NodeIx>,
    pub members: bool,
    pub gather: BTreeSet<ZoneIx>,
    pub reach: bool,
    pub ways: bool,
}

impl State<'_> {
    pub(super) fn derive_again(&mut self, mut again: Again, touched: &mut Touched) {
        if again.links {
            self.relink(&again);
            // Elements that came bring no flows of their own into this, flows that came do.
            let came: Vec<FlowIx> = touched.flows.iter().copied().collect();
            for ix in came {
                again.crosses.insert(ix);
                if let Some((from, to)) = self.flow(ix).ends {
                    again.settle.extend([from, to]);
                }
            }
        }
        for ix in std::mem::take(&mut again.crosses) {
            let crosses = self.crossed(ix);
            touched.crossings.insert(ix);
            if crosses != self.flow(ix).crosses {
                touched.flows.insert(ix);
                let ends = self.flow(ix).ends;
                again.ways |= ends.is_some_and(|(from, to)| self.node(from).gateway || self.node(to).gateway);
                self.flows.get_mut(ix.0).crosses = crosses;
            }
        }
        for ix in std::mem::take(&mut again.settle) {
            if self.settle_node(ix) {
                touched.nodes.insert(ix);
                again.gather.extend(self.chain(ix));
            }
        }
        if again.members {
            let changed = self.count_members();
            again.gather.extend(&changed);
            touched.around.extend(&changed);
            touched.zones.extend(changed);
        }
        for ix in again.gather {
            if self.zones.find(self.zones.id(ix.0)) == Some(ix.0) && self.gather(ix) {
                touched.zones.insert(ix);
            }
        }
        if again.reach {
            for (ix, reach) in exposure::reaches(self) {
                let node = self.nodes.get_mut(ix.0);
                if node.reach != reach {
                    touched.reached.insert(ix, node.reach.against(reach));
                    node.reach = reach;
                }
            }
        }
        if again.ways && (!self.ways.is_empty() || self.nodes().any(|n| self.node(n).gateway)) {
            self.ways_again(touched);
        }
        touched.settle(self);
    }

    /// Brings the flows of elements up to date.
    fn relink(&mut self, again: &Again) {
        self.links.widen(self.nodes.width());
        if again.cut.len() + again.joined.len() > MANY {
            return self.link();
        }
        for (flow, ends, talk) in &again.cut {
            self.links.remove(*flow, *ends, *talk);
        }
        let rank = |flow: FlowIx| self.flows.rank(flow.0);
        for ix in &again.joined {
            let flow = self.flows.get(ix.0);
            if let Some(ends) = flow.ends {
                self.links.add(*ix, ends, flow.talk, |other| rank(other) < rank(*ix));
            }
        }
    }

    fn ways_again(&mut self, touched: &mut Touched) {
        let ways = std::mem::take(&mut self.ways);
        let links = std::mem::take(&mut self.links.ways_in);
        self.ways = gateways::ways(self);
        self.link_ways();
        let of = |ways: &[Way], flow: FlowIx| flow.as_way().and_then(|n| ways.get(n)).cloned();
        for ix in self.nodes() {
            let (old, new) = (links.of(ix), self.links.ways_in.of(ix));
            let is_other = |n: &usize| match (old.get(*n), new.get(*n)) {
                (Some((a, _)), Some((b, _))) => of(&ways, *a) != of(&self.ways, *b),
                _ => true,
            };
            for n in (0..old.len().max(new.len())).filter(is_other) {
                touched.way_ends.insert(ix);
                touched.way_ends.extend([old.get(n), new.get(n)].into_iter().flatten().map(|(_, start)| *start));
            }
        }
    }

    /// An element and the processes it is a part of. Ends at a cycle.
    pub fn with_parents(&self, node: NodeIx) -> Vec<NodeIx> {
        let mut out = vec![node];
        while let Some(next) = out.last().and_then(|n| self.node(*n).parent).filter(|n| !out.contains(n)) {
            out.push(next);
        }
        out
    }

    /// True while the item exists.
    pub fn exists(&self, anchor: Anchor) -> bool {
        self.anchor(self.anchor_id(anchor)) == Some(anchor)
    }
}
