//! Which flows lead where, element by element.

use super::items::{FlowIx, NodeIx, Talk};

/// For every element its flows in one sense, each with the element at the other end, in order of flows.
#[derive(Default)]
pub(in crate::risk) struct Links {
    /// Where the entries of an element start; one more than elements.
    starts: Vec<usize>,
    entries: Vec<(FlowIx, NodeIx)>,
}

impl Links {
    /// Sorts (of, flow, other end) by the first, keeping the order within each.
    pub fn new(width: usize, edges: impl Iterator<Item = (NodeIx, FlowIx, NodeIx)> + Clone) -> Links {
        let mut starts = vec![0usize; width + 1];
        for (of, ..) in edges.clone() {
            if let Some(count) = starts.get_mut(of.position() + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![(FlowIx::default(), NodeIx::default()); sum];
        for (of, flow, other) in edges {
            let Some(place) = next.get_mut(of.position()) else { continue };
            if let Some(entry) = entries.get_mut(*place) {
                *entry = (flow, other);
            }
            *place += 1;
        }
        Links { starts, entries }
    }

    /// Makes room for elements that came.
    pub fn widen(&mut self, width: usize) {
        let end = self.entries.len();
        self.starts.resize(width + 1, end);
    }

    /// Adds a flow of an element, behind those of its flows for which `is_before` is true.
    pub fn add(&mut self, of: NodeIx, entry: (FlowIx, NodeIx), is_before: impl Fn(FlowIx) -> bool) {
        let behind = self.of(of).partition_point(|(flow, _)| is_before(*flow));
        let Some(start) = self.starts.get(of.position()) else { return };
        self.entries.insert(start + behind, entry);
        self.starts.iter_mut().skip(of.position() + 1).for_each(|start| *start += 1);
    }

    /// Takes a flow of an element away.
    pub fn remove(&mut self, of: NodeIx, flow: FlowIx) {
        let Some(place) = self.of(of).iter().position(|(known, _)| *known == flow) else { return };
        let Some(start) = self.starts.get(of.position()) else { return };
        self.entries.remove(start + place);
        self.starts.iter_mut().skip(of.position() + 1).for_each(|start| *start -= 1);
    }

    /// The flows of an element, with the other ends.
    pub fn of(&self, node: NodeIx) -> &[(FlowIx, NodeIx)] {
        let n = node.position();
        let range = self.starts.get(n).zip(self.starts.get(n + 1)).map(|(from, to)| *from..*to);
        range.and_then(|range| self.entries.get(range)).unwrap_or_default()
    }
}

/// Where a flow leads, in each of the senses below.
type Edges = [Option<(NodeIx, NodeIx)>; 2];

impl AllLinks {
    /// What a flow between these ends is to them, as (of, other end).
    fn senses(&mut self, (from, to): (NodeIx, NodeIx), talk: Talk) -> [(&mut Links, Edges); 6] {
        let (caller, responder) = if talk.by_source { (from, to) } else { (to, from) };
        let one = |of, other| [Some((of, other)), None];
        let both = |of, other| [Some((of, other)), talk.both_ways.then_some((other, of))];
        [
            (&mut self.inbound, one(to, from)),
            (&mut self.outbound, one(from, to)),
            (&mut self.answers, one(responder, caller)),
            (&mut self.opens, one(caller, responder)),
            (&mut self.receives, both(to, from)),
            (&mut self.sends, both(from, to)),
        ]
    }

    /// Makes room for elements that came.
    pub fn widen(&mut self, width: usize) {
        let plain =
            [&mut self.inbound, &mut self.outbound, &mut self.answers, &mut self.opens, &mut self.receives, &mut self.sends];
        let ways = [&mut self.ways_in, &mut self.ways_out, &mut self.ways_through];
        plain.into_iter().chain(ways).for_each(|links| links.widen(width));
    }

    /// Adds a flow, behind those for which `is_before` is true.
    pub fn add(&mut self, flow: FlowIx, ends: (NodeIx, NodeIx), talk: Talk, is_before: impl Fn(FlowIx) -> bool) {
        for (links, edges) in self.senses(ends, talk) {
            edges.into_iter().flatten().for_each(|(of, other)| links.add(of, (flow, other), &is_before));
        }
    }

    /// Takes a flow away that was added between these ends.
    pub fn remove(&mut self, flow: FlowIx, ends: (NodeIx, NodeIx), talk: Talk) {
        for (links, edges) in self.senses(ends, talk) {
            edges.into_iter().flatten().for_each(|(of, _)| links.remove(of, flow));
        }
    }
}

/// All the senses in which flows are asked for.
#[derive(Default)]
pub(in crate::risk) struct AllLinks {
    /// Flows whose arrow points at an element, and away from it.
    pub inbound: Links,
    pub outbound: Links,
    /// Flows it answers, and flows it opens.
    pub answers: Links,
    pub opens: Links,
    /// Ways content comes in and goes out; a flow both ways comes twice.
    pub receives: Links,
    pub sends: Links,
    /// Ways through gateways that end and start here.
    pub ways_in: Links,
    pub ways_out: Links,
    /// Ways that pass through here, with the element they lead to.
    pub ways_through: Links,
}
