//! Which flows lead where, element by element.

use super::items::{FlowIx, NodeIx};

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

    /// The flows of an element, with the other ends.
    pub fn of(&self, node: NodeIx) -> &[(FlowIx, NodeIx)] {
        let n = node.position();
        let range = self.starts.get(n).zip(self.starts.get(n + 1)).map(|(from, to)| *from..*to);
        range.and_then(|range| self.entries.get(range)).unwrap_or_default()
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
