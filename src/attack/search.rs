//! Likeliest ways (Dijkstra 1959 on −ln p; Hart, Nilsson and Raphael 1968 where it is known how far the end is).

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
        way(&self.came, self.from, at)
    }
}

fn way(came: &[Option<Hop>], from: usize, to: usize) -> Option<Vec<Hop>> {
    let mut out = Vec::new();
    let mut next = to;
    while next != from {
        let hop = (*came.get(next)?)?;
        next = hop.from;
        out.push(hop);
    }
    out.reverse();
    Some(out)
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

/// A hair less is no better, so that what comes first stays.
const HAIR: f64 = 1e-12;

/// Likeliest ways from a vertex to everything.
pub(super) fn everywhere(net: &Net<'_, '_>, from: usize) -> Reached {
    let width = net.ground().len();
    let (mut costs, mut came) = (vec![f64::INFINITY; width], vec![None; width]);
    let mut heap = BinaryHeap::from([Entry::new(0.0, from)]);
    costs.iter_mut().skip(from).take(1).for_each(|cost| *cost = 0.0);
    while let Some((cost, at)) = heap.pop().map(|entry| entry.parts()) {
        if costs.get(at).is_none_or(|known| cost > *known) {
            continue;
        }
        for hop in net.hops(at) {
            let next = cost + hop.cost;
            if let (Some(known), Some(place)) = (costs.get_mut(hop.to), came.get_mut(hop.to))
                && next < *known - HAIR
            {
                (*known, *place) = (next, Some(*hop));
                heap.push(Entry::new(next, hop.to));
            }
        }
    }
    Reached { from, p: costs.into_iter().map(|cost| (-cost).exp()).collect(), came }
}

/// What the likeliest way from every vertex to this one costs; infinite where none leads.
pub(super) fn ahead(net: &Net<'_, '_>, to: usize) -> Vec<f64> {
    let mut costs = vec![f64::INFINITY; net.ground().len()];
    let mut heap = BinaryHeap::from([Entry::new(0.0, to)]);
    costs.iter_mut().skip(to).take(1).for_each(|cost| *cost = 0.0);
    while let Some((cost, at)) = heap.pop().map(|entry| entry.parts()) {
        if costs.get(at).is_none_or(|known| cost > *known) {
            continue;
        }
        for (from, more) in net.into(at) {
            let next = cost + more;
            if let Some(known) = costs.get_mut(*from).filter(|known| next < **known) {
                *known = next;
                heap.push(Entry::new(next, *from));
            }
        }
    }
    costs
}

/// What is closed to a way.
#[derive(Default)]
pub(super) struct Closed {
    pub vertices: HashSet<usize>,
    /// Hops from a vertex to those like another.
    pub hops: HashSet<(usize, usize)>,
}

/// The likeliest way from one vertex to another past what is closed. `ahead` is what is left to the end when nothing is.
pub(super) fn search(net: &Net<'_, '_>, from: usize, to: usize, ahead: &[f64], closed: &Closed) -> Option<Vec<Hop>> {
    let left = |at: usize| ahead.get(at).copied().unwrap_or(f64::INFINITY);
    let width = net.ground().len();
    let (mut costs, mut came) = (vec![f64::INFINITY; width], vec![None; width]);
    costs.iter_mut().skip(from).take(1).for_each(|cost| *cost = 0.0);
    let mut heap = BinaryHeap::from([Entry::new(left(from), from)]);
    while let Some((whole, at)) = heap.pop().map(|entry| entry.parts()) {
        if at == to {
            return way(&came, from, to);
        }
        let cost = costs.get(at).copied().unwrap_or(f64::INFINITY);
        if whole > cost + left(at) {
            continue;
        }
        for hop in net.hops(at) {
            let rest = left(hop.to);
            if !rest.is_finite() || closed.vertices.contains(&hop.to) || closed.hops.contains(&(at, net.ground().alike(hop.to))) {
                continue;
            }
            let next = cost + hop.cost;
            if let (Some(known), Some(place)) = (costs.get_mut(hop.to), came.get_mut(hop.to))
                && next < *known - HAIR
            {
                (*known, *place) = (next, Some(*hop));
                heap.push(Entry::new(next + rest, hop.to));
            }
        }
    }
    None
}
