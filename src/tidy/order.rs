//! The order within layers, with few crossings: sweeps of barycentres, then neighbours changing places (Gansner,
//! Koutsofios, North and Vo 1993). Begins as things stand and leaves that only for fewer crossings.

use super::layers::{Layers, Segment};
use super::numbered::Of;
use crate::progress::Progress;

const SWEEPS: usize = 24;
/// Sweeps without gain after which it stops.
const PATIENCE: usize = 6;
/// Rounds of neighbours changing places.
const ROUNDS: usize = 6;

pub(super) fn order(layers: &mut Layers, keeps: bool, progress: &dyn Progress) {
    let hints: Vec<f32> = layers.vertices.iter().map(|v| v.hint).collect();
    let hint = |n: &usize| hints.get(*n).copied().unwrap_or_default();
    layers.rows.iter_mut().for_each(|row| row.sort_by(|a, b| hint(a).total_cmp(&hint(b))));
    let as_it_stands = improved(layers.clone(), progress);
    let mut best = as_it_stands;
    if best.0 > 0.0 {
        // Another beginning: as a walk along the links comes by.
        let mut other = layers.clone();
        let met = walk(&other);
        for row in (0..other.rows.len()).filter(|r| !layers.fixed.contains(r)) {
            other.rows.get_mut(row).into_iter().for_each(|row| row.sort_by_key(|n| met.get(*n)));
        }
        let other = improved(other, progress);
        // What people arranged is worth a few crossings.
        let worth = if keeps { 0.75 * best.0 - 1.0 } else { best.0 };
        if other.0 < worth {
            best = other;
        }
    }
    layers.rows = best.1;
}

/// The number of each vertex as a walk in depth along the links meets it.
fn walk(layers: &Layers) -> Of<usize> {
    let count = layers.vertices.len();
    let (mut met, mut seen, mut next): (Of<usize>, Of<bool>, usize) = (Of::new(count), Of::new(count), 0);
    for start in layers.rows.iter().flatten() {
        let mut stack = vec![*start];
        while let Some(n) = stack.pop() {
            if seen.get(n) {
                continue;
            }
            seen.set(n, true);
            met.set(n, next);
            next += 1;
            let after = layers.after.of(n).iter().map(|s| layers.segment(*s).to);
            let before = layers.before.of(n).iter().map(|s| layers.segment(*s).from);
            stack.extend(before.chain(after).filter(|n| !seen.get(*n)));
        }
    }
    met
}

/// The fewest crossings found from this beginning, and that order.
fn improved(mut layers: Layers, progress: &dyn Progress) -> (f32, Vec<Vec<usize>>) {
    let mut places = Places::of(&layers);
    transpose(&mut layers, &mut places);
    let mut best = (crossings(&layers, &places), layers.rows.clone());
    let mut idle = 0;
    for sweep in 0..SWEEPS {
        if best.0 <= 0.0 || idle >= PATIENCE || progress.cancelled() {
            break;
        }
        let forward = sweep % 2 == 0;
        let count = layers.rows.len();
        let rows: Vec<usize> = if forward { (0..count).collect() } else { (0..count).rev().collect() };
        for row in rows {
            if !layers.fixed.contains(&row) {
                sort(&mut layers, &mut places, row, forward);
            }
        }
        transpose(&mut layers, &mut places);
        let now = crossings(&layers, &places);
        if now < best.0 {
            best = (now, layers.rows.clone());
            idle = 0;
        } else {
            idle += 1;
        }
    }
    best
}

/// Where each vertex stands in its layer, and how many stand there.
struct Places {
    at: Of<usize>,
    sizes: Of<usize>,
}

impl Places {
    fn of(layers: &Layers) -> Places {
        let mut places = Places { at: Of::new(layers.vertices.len()), sizes: layers.rows.iter().map(Vec::len).collect() };
        layers.rows.iter().for_each(|row| places.note(row));
        places
    }

    fn note(&mut self, row: &[usize]) {
        row.iter().enumerate().for_each(|(at, n)| self.at.set(*n, at));
    }

    /// Where an end of a segment is, told in places of its layer.
    fn end(&self, layers: &Layers, n: usize, at: f32) -> f32 {
        let across = layers.vertex(n).across;
        let share = if across > 0.0 { (at / across).clamp(-0.49, 0.49) } else { 0.0 };
        self.at.get(n) as f32 + 0.5 + share
    }

    fn from(&self, layers: &Layers, s: &Segment) -> f32 {
        self.end(layers, s.from, s.from_at)
    }

    fn to(&self, layers: &Layers, s: &Segment) -> f32 {
        self.end(layers, s.to, s.to_at)
    }

    fn share(&self, layers: &Layers, n: usize, at: f32) -> f32 {
        self.end(layers, n, at) / self.sizes.get(layers.vertex(n).layer).max(1) as f32
    }
}

/// Puts a layer in the order of the middles of what it is linked with on one side.
fn sort(layers: &mut Layers, places: &mut Places, row: usize, by_before: bool) {
    let wish = |n: usize| {
        let segments = if by_before { layers.before.of(n) } else { layers.after.of(n) };
        let (mut sum, mut weight) = (0.0, 0.0);
        for s in segments.iter().map(|s| layers.segment(*s)) {
            let at = if by_before { places.share(layers, s.from, s.from_at) } else { places.share(layers, s.to, s.to_at) };
            sum += at * s.weight;
            weight += s.weight;
        }
        if weight > 0.0 { sum / weight } else { places.share(layers, n, 0.0) }
    };
    let mut wishes: Vec<(f32, usize)> = layers.rows.get(row).into_iter().flatten().map(|n| (wish(*n), *n)).collect();
    wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sorted: Vec<usize> = wishes.into_iter().map(|(_, n)| n).collect();
    places.note(&sorted);
    if let Some(row) = layers.rows.get_mut(row) {
        *row = sorted;
    }
}

/// Neighbours change places as long as that takes away crossings.
fn transpose(layers: &mut Layers, places: &mut Places) {
    for _ in 0..ROUNDS {
        let mut is_better = false;
        for row in (0..layers.rows.len()).filter(|r| !layers.fixed.contains(r)).collect::<Vec<_>>() {
            let count = layers.rows.get(row).map_or(0, Vec::len);
            for at in 1..count {
                let pair = layers.rows.get(row).and_then(|r| Some((*r.get(at - 1)?, *r.get(at)?)));
                let Some((a, b)) = pair else { continue };
                if between(layers, places, a, b) > between(layers, places, b, a) + 1e-3 {
                    layers.rows.get_mut(row).into_iter().for_each(|row| row.swap(at - 1, at));
                    places.at.set(a, at);
                    places.at.set(b, at - 1);
                    is_better = true;
                }
            }
        }
        if !is_better {
            return;
        }
    }
}

/// Crossings between the segments of two vertices of a layer when the first stands before the second.
fn between(layers: &Layers, places: &Places, first: usize, second: usize) -> f32 {
    let mut sum = 0.0;
    for a in layers.before.of(first).iter().map(|s| layers.segment(*s)) {
        let at = places.from(layers, &a);
        let crossed = layers.before.of(second).iter().map(|s| layers.segment(*s));
        sum += crossed.filter(|b| places.from(layers, b) < at).map(|b| a.weight * b.weight).sum::<f32>();
    }
    for a in layers.after.of(first).iter().map(|s| layers.segment(*s)) {
        let at = places.to(layers, &a);
        let crossed = layers.after.of(second).iter().map(|s| layers.segment(*s));
        sum += crossed.filter(|b| places.to(layers, b) < at).map(|b| a.weight * b.weight).sum::<f32>();
    }
    sum
}

/// All crossings, by weight: of segments in the order they leave, how much of those before ends further on.
fn crossings(layers: &Layers, places: &Places) -> f32 {
    let mut sum = 0.0;
    for row in 0..layers.rows.len() {
        let mut segments: Vec<(f32, f32, f32)> = layers
            .leaving
            .of(row)
            .iter()
            .map(|s| layers.segment(*s))
            .map(|s| (places.from(layers, &s), places.to(layers, &s), s.weight))
            .collect();
        segments.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut ends: Vec<f32> = segments.iter().map(|s| s.1).collect();
        ends.sort_by(f32::total_cmp);
        ends.dedup();
        // Sums over ends, as a tree of Fenwick; what leaves at the same spot does not cross.
        let mut tree: Of<f32> = Of::new(ends.len() + 1);
        let (mut all, mut waiting): (f32, Vec<(usize, f32)>) = (0.0, Vec::new());
        let mut last = f32::NEG_INFINITY;
        for (from, to, weight) in segments {
            if from > last {
                for (place, weight) in waiting.drain(..) {
                    all += weight;
                    let mut at = place;
                    while at <= ends.len() {
                        tree.add(at, weight);
                        at += at & at.wrapping_neg();
                    }
                }
                last = from;
            }
            let place = ends.partition_point(|e| *e < to) + 1;
            let (mut upto, mut at) = (0.0, place);
            while at > 0 {
                upto += tree.get(at);
                at &= at - 1;
            }
            sum += weight * (all - upto).max(0.0);
            waiting.push((place, weight));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Quiet;
    use crate::tidy::flat::{Flat, Link, Node, Spacing};

    fn layers(pairs: &[(usize, usize)], ranks: &[usize]) -> Layers {
        let spacing = Spacing { along: 10.0, across: 10.0, beside: 5.0, lane: 5.0 };
        let links: Vec<Link> =
            pairs.iter().map(|(from, to)| Link { from: *from, to: *to, weight: 1.0, ..Link::default() }).collect();
        let flat = Flat { nodes: vec![Node { across: 10.0, ..Node::default() }; ranks.len()], ..Flat::default() };
        Layers::new(&flat, &links, &ranks.iter().copied().collect(), &spacing)
    }

    #[test]
    fn crossings_are_counted_and_undone() {
        let mut crossed = layers(&[(0, 4), (1, 3), (2, 5), (0, 5)], &[0, 0, 0, 1, 1, 1]);
        let places = Places::of(&crossed);
        // (0,4) over (1,3); (0,5) over (1,3); (2,5) and (0,5) end together.
        assert_eq!(crossings(&crossed, &places), 2.0);
        order(&mut crossed, false, &Quiet);
        assert_eq!(crossings(&crossed, &Places::of(&crossed)), 0.0, "{:?}", crossed.rows);
    }

    #[test]
    fn an_order_without_crossings_stays() {
        let mut calm = layers(&[(0, 3), (1, 4), (2, 5)], &[0, 0, 0, 1, 1, 1]);
        order(&mut calm, true, &Quiet);
        assert_eq!(calm.rows, [vec![0, 1, 2], vec![3, 4, 5]]);
    }
}
