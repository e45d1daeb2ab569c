//! Likeliest ways (Dijkstra 1959 on −ln p).

use super::net::{Hop, Net};
use std::cmp::Reverse;
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

/// A vertex with what it costs to get there. The least cost comes out of the heap first, among equals the first vertex.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry(Reverse<(u64, usize)>);

impl Entry {
    /// Costs are never below 0, and the bits of such numbers are in the order of the numbers.
    fn new(cost: f64, at: usize) -> Entry {
        Entry(Reverse((cost.abs().to_bits(), at)))
    }

    fn parts(&self) -> (f64, usize) {
        let Reverse((cost, at)) = self.0;
        (f64::from_bits(cost), at)
    }
}

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
    heap.push(Entry::new(0.0, from));
    while let Some((cost, at)) = heap.pop().map(|entry| entry.parts()) {
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
                heap.push(Entry::new(next, to));
            }
        }
    }
    Reached { from, p: costs.into_iter().map(|cost| (-cost).exp()).collect(), came }
}
