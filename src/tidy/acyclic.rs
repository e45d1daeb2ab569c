//! Which links run backwards, so that the others form no cycle: the greedy way of Eades, Lin and Smyth (1993), ties
//! broken by how things stand so far.

use super::flat::{Flat, Link};
use super::numbered::{Lists, Of};
use std::collections::BTreeMap;

/// One link for each pair that is linked, turned forward.
pub(super) fn without_cycles(flat: &Flat) -> Vec<Link> {
    let merged = merged(flat);
    let place = sequence(flat, &merged);
    let forward = |l: &Link| if place.get(l.from) < place.get(l.to) { *l } else { turned(l) };
    let mut links: Vec<Link> = merged.iter().map(forward).collect();
    links.sort_by_key(|l| (l.from, l.to));
    links
}

fn turned(l: &Link) -> Link {
    Link { from: l.to, to: l.from, from_at: l.to_at, to_at: l.from_at, ..*l }
}

/// Links between the same two become one, in the direction most of them have.
fn merged(flat: &Flat) -> Vec<Link> {
    let mut pairs: BTreeMap<(usize, usize), (Link, f32)> = BTreeMap::new();
    for link in flat.links.iter().filter(|l| l.from != l.to) {
        let (one, sign) = if link.from < link.to { (*link, 1.0) } else { (turned(link), -1.0) };
        pairs
            .entry((one.from, one.to))
            .and_modify(|(sum, net)| {
                let whole = sum.weight + one.weight;
                let mean = |a: f32, b: f32| (a * sum.weight + b * one.weight) / whole;
                (sum.from_at, sum.to_at) = (mean(sum.from_at, one.from_at), mean(sum.to_at, one.to_at));
                sum.room = (sum.room.0.max(one.room.0), sum.room.1 + one.room.1);
                sum.weight = whole;
                *net += sign * one.weight;
            })
            .or_insert((one, sign * one.weight));
    }
    let along = |n: usize| flat.node(n).was.0;
    let forward = |(link, net): (Link, f32)| {
        let is_back = net < 0.0 || (net == 0.0 && flat.has_places && along(link.from) > along(link.to));
        if is_back { turned(&link) } else { link }
    };
    pairs.into_values().map(forward).collect()
}

/// The place of each box in a row in which as few links as possible run backwards.
fn sequence(flat: &Flat, links: &[Link]) -> Of<usize> {
    let count = flat.nodes.len();
    let (mut out, mut into): (Lists<(usize, f32)>, Lists<(usize, f32)>) = (Lists::new(count), Lists::new(count));
    // How much still leaves and enters; what comes from or goes outside has its say in who stands first.
    let (mut leaves, mut enters, mut lean): (Of<f32>, Of<f32>, Of<f32>) = (Of::new(count), Of::new(count), Of::new(count));
    for l in links {
        out.push(l.from, (l.to, l.weight));
        into.push(l.to, (l.from, l.weight));
        leaves.add(l.from, l.weight);
        enters.add(l.to, l.weight);
    }
    for port in &flat.ports {
        lean.add(port.node, if port.is_before { 0.5 * port.weight } else { -0.5 * port.weight });
    }
    let mut left: Vec<usize> = (0..count).collect();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut gone: Of<bool> = Of::new(count);
    while !left.is_empty() {
        let sink = left.iter().copied().filter(|n| leaves.get(*n) <= 0.0).max_by(|a, b| lean.get(*b).total_cmp(&lean.get(*a)));
        let source = || left.iter().copied().find(|n| enters.get(*n) <= 0.0);
        let (next, is_last) = if let Some(sink) = sink {
            (sink, true)
        } else if let Some(source) = source() {
            (source, false)
        } else {
            let gain = |n: usize| leaves.get(n) - enters.get(n) + lean.get(n);
            let earlier = |n: usize| if flat.has_places { flat.node(n).was.0 } else { 0.0 };
            let best = left.iter().copied().reduce(|best, n| {
                let is_better = gain(n) > gain(best) || (gain(n) == gain(best) && earlier(n) < earlier(best));
                if is_better { n } else { best }
            });
            let Some(best) = best else { break };
            (best, false)
        };
        gone.set(next, true);
        left.retain(|n| *n != next);
        out.of(next).iter().filter(|(to, _)| !gone.get(*to)).for_each(|(to, w)| enters.add(*to, -w));
        into.of(next).iter().filter(|(from, _)| !gone.get(*from)).for_each(|(from, w)| leaves.add(*from, -w));
        if is_last { tail.push(next) } else { head.push(next) }
    }
    let mut place = Of::new(count);
    head.into_iter().chain(tail.into_iter().rev()).enumerate().for_each(|(at, n)| place.set(n, at));
    place
}
