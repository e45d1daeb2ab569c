//! Likeliest ways (Dijkstra 1959 on −ln p).

use super::net::{Hop, Net};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

/// The likeliest way to every vertex that was reached.
pub(super) struct Reached {
    from: usize,
    /// Probability of the likeliest way; 0 where none leads.
    pub p: Vec<f64>,
    came: Vec<Option<Hop>>,
}

impl Reached {
    /// The hops to a vertex; `None` where none leads.
    pub fn way_to(&self, at: usize) -> Option<Vec<Hop>> {
        let mut out = Vec::new();
        let mut next = at;
        while next != self.from {
            let hop = (*self.came.get(next)?)?;
            next = hop.from;
            out.push(hop);
        }
        out.reverse();
        Some(out)
    }
}

struct Entry {
    cost: f64,
    at: usize,
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        // The least cost comes out of the heap first; among equals the first vertex.
        other.cost.total_cmp(&self.cost).then_with(|| other.at.cmp(&self.at))
    }
}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Entry {}

/// Looks from a vertex, up to another or at everything, past the vertices and hops (from one vertex to those like another)
/// that are closed.
pub(super) fn search(
    net: &Net<'_, '_>,
    from: usize,
    to: Option<usize>,
    closed_hops: &HashSet<(usize, usize)>,
    closed: &HashSet<usize>,
) -> Reached {
    let width = net.ground().len();
    let mut costs = vec![f64::INFINITY; width];
    let mut came: Vec<Option<Hop>> = vec![None; width];
    let mut heap = BinaryHeap::new();
    if let Some(cost) = costs.get_mut(from) {
        *cost = 0.0;
    }
    heap.push(Entry { cost: 0.0, at: from });
    while let Some(Entry { cost, at }) = heap.pop() {
        if to == Some(at) {
            break;
        }
        if costs.get(at).is_none_or(|known| cost > *known) {
            continue;
        }
        for hop in net.hops(at) {
            if closed.contains(&hop.to) || closed_hops.contains(&(at, net.ground().alike(hop.to))) {
                continue;
            }
            let next = cost - hop.p.ln();
            let Some(known) = costs.get_mut(hop.to) else { continue };
            // A hair less is no better, so that what comes first stays.
            if next < *known - 1e-12 {
                *known = next;
                let to = hop.to;
                if let Some(place) = came.get_mut(to) {
                    *place = Some(hop);
                }
                heap.push(Entry { cost: next, at: to });
            }
        }
    }
    Reached { from, p: costs.into_iter().map(|cost| (-cost).exp()).collect(), came }
}
