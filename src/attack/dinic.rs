//! The least cut between two vertices of a network (Dinic 1970).

use std::collections::VecDeque;

/// What cannot be cut.
pub(super) const NEVER: u64 = u64::MAX / 4;

#[derive(Clone, Copy, Debug)]
struct Pipe {
    to: usize,
    left: u64,
    /// Number of the pipe in the other direction.
    back: usize,
}

/// A network of pipes with capacities.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    pipes: Vec<Pipe>,
    from: Vec<Vec<usize>>,
}

impl Network {
    pub fn with_vertices(count: usize) -> Network {
        Network { pipes: Vec::new(), from: vec![Vec::new(); count] }
    }

    pub fn pipe(&mut self, from: usize, to: usize, capacity: u64) {
        let n = self.pipes.len();
        self.pipes.push(Pipe { to, left: capacity, back: n + 1 });
        self.pipes.push(Pipe { to: from, left: 0, back: n });
        for (vertex, pipe) in [(from, n), (to, n + 1)] {
            if let Some(list) = self.from.get_mut(vertex) {
                list.push(pipe);
            }
        }
    }

    /// The greatest flow, and on which side of the least cut each vertex is: true with the source.
    pub fn cut(mut self, source: usize, sink: usize) -> (u64, Vec<bool>) {
        let mut flow = 0u64;
        loop {
            let levels = self.levels(source);
            if levels.get(sink).copied().flatten().is_none() || flow >= NEVER {
                return (flow, levels.iter().map(Option::is_some).collect());
            }
            let mut next = vec![0; self.from.len()];
            loop {
                let pushed = self.push(source, sink, &levels, &mut next);
                if pushed == 0 {
                    break;
                }
                flow = flow.saturating_add(pushed);
            }
        }
    }

    /// How far from the source vertices are along pipes with something left.
    fn levels(&self, source: usize) -> Vec<Option<usize>> {
        let mut levels = vec![None; self.from.len()];
        if let Some(level) = levels.get_mut(source) {
            *level = Some(0);
        }
        let mut queue = VecDeque::from([source]);
        while let Some(at) = queue.pop_front() {
            let level = levels.get(at).copied().flatten().unwrap_or_default();
            for pipe in self.of(at) {
                if let Some(place @ None) = levels.get_mut(pipe.to).filter(|_| pipe.left > 0) {
                    *place = Some(level + 1);
                    queue.push_back(pipe.to);
                }
            }
        }
        levels
    }

    fn of(&self, at: usize) -> impl Iterator<Item = &Pipe> {
        self.from.get(at).into_iter().flatten().filter_map(|n| self.pipes.get(*n))
    }

    /// Pushes along one way of the level graph and returns how much; kept flat, as ways can be long.
    fn push(&mut self, source: usize, sink: usize, levels: &[Option<usize>], next: &mut [usize]) -> u64 {
        let level = |at: usize| levels.get(at).copied().flatten();
        let mut way: Vec<usize> = Vec::new();
        let mut at = source;
        while at != sink {
            let list = self.from.get(at).map_or(&[][..], Vec::as_slice);
            let Some(tried) = next.get_mut(at) else { return 0 };
            let fits = |n: &usize| {
                let pipe = self.pipes.get(*n)?;
                (pipe.left > 0 && level(pipe.to) == level(at).map(|l| l + 1)).then_some((*n, pipe.to))
            };
            let found = list.iter().enumerate().skip(*tried).find_map(|(place, n)| fits(n).map(|found| (place, found)));
            match found {
                Some((place, (pipe, to))) => {
                    *tried = place;
                    way.push(pipe);
                    at = to;
                }
                None => {
                    *tried = list.len();
                    // Back over the pipe that led here; it is of no use this round.
                    let Some(pipe) = way.pop() else { return 0 };
                    let before = self.pipes.get(pipe).and_then(|p| self.pipes.get(p.back)).map(|p| p.to);
                    let Some(before) = before else { return 0 };
                    at = before;
                    if let Some(tried) = next.get_mut(at) {
                        *tried += 1;
                    }
                }
            }
        }
        let pushed = way.iter().filter_map(|n| self.pipes.get(*n)).map(|pipe| pipe.left).min().unwrap_or_default();
        for n in way {
            let Some(back) = self.pipes.get_mut(n).map(|pipe| {
                pipe.left -= pushed;
                pipe.back
            }) else {
                continue;
            };
            if let Some(pipe) = self.pipes.get_mut(back) {
                pipe.left = pipe.left.saturating_add(pushed);
            }
        }
        pushed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_textbook_network_carries_23() {
        let mut network = Network::with_vertices(6);
        for (from, to, capacity) in
            [(0, 1, 16), (0, 2, 13), (1, 2, 10), (2, 1, 4), (1, 3, 12), (3, 2, 9), (2, 4, 14), (4, 3, 7), (3, 5, 20), (4, 5, 4)]
        {
            network.pipe(from, to, capacity);
        }
        let (flow, side) = network.cut(0, 5);
        assert_eq!(flow, 23);
        assert_eq!(side, [true, true, true, false, true, false]);
    }

    proptest! {
        #[test]
        fn what_the_cut_costs_is_what_flows_and_nothing_gets_past_it(
            pipes in proptest::collection::vec((0..7usize, 0..7usize, 1..20u64), 0..24),
        ) {
            let mut network = Network::with_vertices(7);
            pipes.iter().for_each(|(from, to, capacity)| network.pipe(*from, *to, *capacity));
            let (flow, side) = network.cut(0, 6);
            prop_assert!(side[0] && !side[6]);
            let cost: u64 = pipes.iter().filter(|(from, to, _)| side[*from] && !side[*to]).map(|(.., c)| c).sum();
            prop_assert_eq!(cost, flow);
            // No other side costs less.
            for sides in 0u32..(1 << 5) {
                let with_source = |n: usize| n == 0 || (n < 6 && sides & (1 << (n - 1)) != 0);
                let other: u64 = pipes.iter().filter(|(f, t, _)| with_source(*f) && !with_source(*t)).map(|(.., c)| c).sum();
                prop_assert!(other >= flow);
            }
        }
    }
}
