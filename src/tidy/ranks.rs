//! A layer for each box, so that links run forward and are as short as possible together: the network simplex of
//! Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs" (1993).

use super::flat::{Flat, Link};
use super::numbered::{Lists, Of};
use crate::progress::Progress;

#[derive(Clone, Copy, Debug)]
struct Edge {
    from: usize,
    to: usize,
    weight: f32,
}

/// The layer of each box, from 0.
pub(super) fn ranks(flat: &Flat, links: &[Link], progress: &dyn Progress) -> Of<i32> {
    let count = flat.nodes.len();
    let (before, after) = (count, count + 1);
    let mut edges: Vec<Edge> = links.iter().map(|l| Edge { from: l.from, to: l.to, weight: l.weight.max(0.1) }).collect();
    // What is outside pulls a little: boxes stand on the side where their flows come in or go out.
    for port in &flat.ports {
        let weight = 0.3 * port.weight;
        let edge = if port.is_before {
            Edge { from: before, to: port.node, weight }
        } else {
            Edge { from: port.node, to: after, weight }
        };
        match edges.iter_mut().skip(links.len()).find(|e| (e.from, e.to) == (edge.from, edge.to)) {
            Some(known) => known.weight += weight,
            None => edges.push(edge),
        }
    }
    let mut simplex = Simplex::new(count + 2, edges);
    simplex.run(progress);
    simplex.balance(count);
    let lowest = (0..count).map(|n| simplex.ranks.get(n)).min().unwrap_or_default();
    (0..count).map(|n| simplex.ranks.get(n) - lowest).collect()
}

struct Simplex {
    edges: Vec<Edge>,
    at: Lists<usize>,
    ranks: Of<i32>,
    /// For each vertex the edge to the one above it in the tree.
    up: Of<Option<usize>>,
    /// When the walk over the tree enters and leaves a vertex.
    enter: Of<usize>,
    leave: Of<usize>,
    /// Vertices in the order of the walk.
    walk: Vec<usize>,
    in_tree: Of<bool>,
}

impl Simplex {
    fn new(count: usize, edges: Vec<Edge>) -> Simplex {
        let mut at = Lists::new(count);
        for (n, e) in edges.iter().enumerate() {
            at.push(e.from, n);
            at.push(e.to, n);
        }
        let in_tree = Of::new(edges.len());
        let (up, enter, leave) = (Of::new(count), Of::new(count), Of::new(count));
        let mut simplex = Simplex { edges, at, ranks: Of::new(count), up, enter, leave, walk: Vec::new(), in_tree };
        simplex.longest_path();
        simplex
    }

    fn edge(&self, n: usize) -> Edge {
        self.edges.get(n).copied().unwrap_or(Edge { from: 0, to: 0, weight: 0.0 })
    }

    fn slack(&self, n: usize) -> i32 {
        let e = self.edge(n);
        self.ranks.get(e.to) - self.ranks.get(e.from) - 1
    }

    /// As early as possible.
    fn longest_path(&mut self) {
        let mut waits: Of<usize> = Of::new(self.ranks.len());
        self.edges.iter().for_each(|e| waits.add(e.to, 1));
        let mut ready: Vec<usize> = (0..self.ranks.len()).filter(|n| waits.get(*n) == 0).collect();
        while let Some(n) = ready.pop() {
            for e in self.at.of(n).iter().map(|e| self.edge(*e)).filter(|e| e.from == n).collect::<Vec<_>>() {
                self.ranks.set(e.to, self.ranks.get(e.to).max(self.ranks.get(n) + 1));
                waits.set(e.to, waits.get(e.to).saturating_sub(1));
                if waits.get(e.to) == 0 {
                    ready.push(e.to);
                }
            }
        }
    }

    /// A tree of edges without slack over each part that hangs together.
    fn tighten(&mut self) {
        let count = self.ranks.len();
        let mut reached: Of<bool> = Of::new(count);
        for start in 0..count {
            if reached.get(start) {
                continue;
            }
            let mut tree = vec![start];
            reached.set(start, true);
            let mut done = 0;
            loop {
                while let Some(n) = tree.get(done).copied() {
                    done += 1;
                    for e in self.at.of(n).to_vec() {
                        let Edge { from, to, .. } = self.edge(e);
                        let other = if from == n { to } else { from };
                        if !reached.get(other) && self.slack(e) == 0 {
                            reached.set(other, true);
                            self.in_tree.set(e, true);
                            tree.push(other);
                        }
                    }
                }
                // The nearest that is not yet reached, and the tree moved next to it.
                let rim = tree.iter().flat_map(|n| self.at.of(*n)).copied().filter(|e| {
                    let e = self.edge(*e);
                    reached.get(e.from) != reached.get(e.to)
                });
                let Some(nearest) = rim.min_by_key(|e| self.slack(*e)) else { break };
                let slack = self.slack(nearest);
                let by = if reached.get(self.edge(nearest).from) { slack } else { -slack };
                tree.iter().for_each(|n| self.ranks.add(*n, by));
                done = 0;
            }
        }
    }

    /// Walks over the tree and notes who is above whom.
    fn survey(&mut self) {
        let count = self.ranks.len();
        let mut seen: Of<bool> = Of::new(count);
        self.walk.clear();
        let mut clock = 0;
        for start in 0..count {
            if seen.get(start) {
                continue;
            }
            seen.set(start, true);
            self.up.set(start, None);
            let mut stack = vec![(start, false)];
            while let Some((n, is_done)) = stack.pop() {
                clock += 1;
                if is_done {
                    self.leave.set(n, clock);
                    continue;
                }
                self.enter.set(n, clock);
                self.walk.push(n);
                stack.push((n, true));
                for e in self.at.of(n) {
                    let edge = self.edge(*e);
                    let other = if edge.from == n { edge.to } else { edge.from };
                    if self.in_tree.get(*e) && !seen.get(other) {
                        seen.set(other, true);
                        self.up.set(other, Some(*e));
                        stack.push((other, false));
                    }
                }
            }
        }
    }

    /// For each vertex how much leaves the part of the tree below it, less what enters.
    fn balances(&self) -> Of<f32> {
        let mut sum: Of<f32> = Of::new(self.ranks.len());
        for e in &self.edges {
            sum.add(e.from, e.weight);
            sum.add(e.to, -e.weight);
        }
        for n in self.walk.iter().rev() {
            if let Some(e) = self.up.get(*n) {
                let edge = self.edge(e);
                let above = if edge.from == *n { edge.to } else { edge.from };
                sum.add(above, sum.get(*n));
            }
        }
        sum
    }

    fn is_below(&self, n: usize, top: usize) -> bool {
        self.enter.get(top) <= self.enter.get(n) && self.leave.get(n) <= self.leave.get(top)
    }

    fn run(&mut self, progress: &dyn Progress) {
        self.tighten();
        for _ in 0..4 * self.ranks.len() + 100 {
            if progress.cancelled() {
                return;
            }
            self.survey();
            let balances = self.balances();
            let cut = |n: usize| self.up.get(n).map(|e| if self.edge(e).from == n { balances.get(n) } else { -balances.get(n) });
            let worst = self.walk.iter().copied().filter_map(|n| cut(n).map(|cut| (n, cut)));
            let Some((below, _)) = worst.filter(|(_, cut)| *cut < -1e-3).min_by(|a, b| a.1.total_cmp(&b.1)) else { return };
            let Some(leaving) = self.up.get(below) else { return };
            // The way the other edges may take its place: against it.
            let is_tail_below = self.edge(leaving).from == below;
            let may_enter = |e: &Edge| {
                let (from, to) = (self.is_below(e.from, below), self.is_below(e.to, below));
                from != to && from != is_tail_below
            };
            let entering = (0..self.edges.len()).filter(|n| may_enter(&self.edge(*n))).min_by_key(|n| self.slack(*n));
            let Some(entering) = entering else { return };
            let slack = self.slack(entering);
            let by = if is_tail_below { -slack } else { slack };
            let moved: Vec<usize> = self.walk.iter().copied().filter(|n| self.is_below(*n, below)).collect();
            // The edge leaves the tree by growing: its tail side goes back, or its head side forward.
            moved.into_iter().for_each(|n| self.ranks.add(n, by));
            self.in_tree.set(leaving, false);
            self.in_tree.set(entering, true);
        }
    }

    /// Boxes that may stand in several layers at the same cost go to the emptiest.
    fn balance(&mut self, count: usize) {
        let lowest = (0..count).map(|n| self.ranks.get(n)).min().unwrap_or_default();
        let mut crowd: Vec<usize> = Vec::new();
        let place = |rank: i32| usize::try_from(rank - lowest).unwrap_or_default();
        for n in 0..count {
            let at = place(self.ranks.get(n));
            crowd.resize(crowd.len().max(at + 1), 0);
            crowd.get_mut(at).into_iter().for_each(|c| *c += 1);
        }
        for n in 0..count {
            let edges = || self.at.of(n).iter().map(|e| self.edge(*e));
            let (enters, leaves): (Vec<Edge>, Vec<Edge>) = edges().partition(|e| e.to == n);
            let sum = |edges: &[Edge]| edges.iter().map(|e| e.weight).sum::<f32>();
            if enters.is_empty() || leaves.is_empty() || (sum(&enters) - sum(&leaves)).abs() > 1e-3 {
                continue;
            }
            let first = enters.iter().map(|e| self.ranks.get(e.from) + 1).max().unwrap_or_default().max(lowest);
            let last = leaves.iter().map(|e| self.ranks.get(e.to) - 1).min().unwrap_or_default();
            let here = self.ranks.get(n);
            let size = |rank: i32| crowd.get(place(rank)).copied().unwrap_or_default() + usize::from(rank != here);
            if let Some(best) = (first..=last).min_by_key(|r| (size(*r), (r - here).abs()))
                && best != here
            {
                crowd.get_mut(place(here)).into_iter().for_each(|c| *c = c.saturating_sub(1));
                crowd.get_mut(place(best)).into_iter().for_each(|c| *c += 1);
                self.ranks.set(n, best);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Quiet;
    use crate::tidy::flat::Node;

    fn flat(count: usize, pairs: &[(usize, usize)]) -> (Flat, Vec<Link>) {
        let link = |(from, to): &(usize, usize)| Link { from: *from, to: *to, weight: 1.0, ..Link::default() };
        (Flat { nodes: vec![Node::default(); count], ..Flat::default() }, pairs.iter().map(link).collect())
    }

    /// The least sum of lengths, by trying everything.
    fn least(count: usize, pairs: &[(usize, usize)]) -> i32 {
        let mut ranks = vec![0i32; count];
        let mut best = i32::MAX;
        loop {
            if pairs.iter().all(|(a, b)| ranks[*b] > ranks[*a]) {
                best = best.min(pairs.iter().map(|(a, b)| ranks[*b] - ranks[*a]).sum());
            }
            let Some(next) = ranks.iter().position(|r| *r < 4) else { return best };
            ranks[next] += 1;
            ranks[..next].fill(0);
        }
    }

    #[test]
    fn links_are_as_short_together_as_they_can_be() {
        let graphs: [&[(usize, usize)]; 4] = [
            &[(0, 1), (1, 2), (2, 3), (0, 4), (4, 3), (5, 3)],
            &[(0, 3), (1, 3), (2, 3), (3, 4), (2, 5), (5, 4)],
            &[(0, 1), (0, 2), (0, 3), (4, 3), (4, 5), (1, 5)],
            &[(0, 1), (2, 3), (3, 4), (4, 1), (2, 5)],
        ];
        for pairs in graphs {
            let (flat, links) = flat(6, pairs);
            let ranks = ranks(&flat, &links, &Quiet);
            assert!(pairs.iter().all(|(a, b)| ranks.get(*b) > ranks.get(*a)), "{pairs:?}: {ranks:?}");
            let sum: i32 = pairs.iter().map(|(a, b)| ranks.get(*b) - ranks.get(*a)).sum();
            assert_eq!(sum, least(6, pairs), "{pairs:?}: {ranks:?}");
        }
    }
}
