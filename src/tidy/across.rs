//! Coordinates across: every vertex as near as its neighbours in the layer allow to the median of what it is linked with.
//!
//! For one layer that is solved exactly: regression with the sum of distances under a given order, by pooling adjacent
//! violators. Medians rather than means, because they make flows straight wherever two can be.

use super::flat::Spacing;
use super::layers::{Layers, What};
use super::numbered::Of;

const SWEEPS: usize = 14;

/// The middle of each vertex across.
pub(super) fn across(layers: &Layers, spacing: &Spacing) -> Of<f32> {
    let mut at: Of<f32> = Of::new(layers.vertices.len());
    for row in &layers.rows {
        let offsets = offsets(layers, row, spacing);
        let whole = offsets.last().copied().unwrap_or_default();
        row.iter().zip(offsets).for_each(|(n, offset)| at.set(*n, offset - whole / 2.0));
    }
    let count = layers.rows.len();
    for sweep in 0..SWEEPS {
        let (before, after) = match sweep {
            _ if sweep + 2 >= SWEEPS => (true, true),
            _ => (sweep % 2 == 0, sweep % 2 == 1),
        };
        let rows: Vec<usize> = if sweep % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        for row in rows.into_iter().filter_map(|r| layers.rows.get(r)) {
            settle(layers, row, spacing, &mut at, (before, after));
        }
    }
    at
}

/// How far the middle of each vertex of a layer is from that of the first at least.
fn offsets(layers: &Layers, row: &[usize], spacing: &Spacing) -> Vec<f32> {
    let mut out = Vec::with_capacity(row.len());
    let mut last: Option<(usize, f32)> = None;
    for n in row {
        let offset = last.map_or(0.0, |(before, at)| at + apart(layers, before, *n, spacing));
        out.push(offset);
        last = Some((*n, offset));
    }
    out
}

fn apart(layers: &Layers, a: usize, b: usize, spacing: &Spacing) -> f32 {
    let (a, b) = (layers.vertex(a), layers.vertex(b));
    let gap = match (a.what, b.what) {
        (What::Box(_), What::Box(_)) => spacing.across,
        (What::Box(_), _) | (_, What::Box(_)) => spacing.beside,
        _ => spacing.lane,
    };
    (a.across + b.across) / 2.0 + gap
}

/// Vertices that stand as close as they may, and what they would like together.
struct Pool {
    count: usize,
    /// Wishes for the first of them, in order, each with its weight.
    wishes: Vec<(f32, f32)>,
}

impl Pool {
    fn middle(&self) -> f32 {
        let half = self.wishes.iter().map(|w| w.1).sum::<f32>() / 2.0;
        let mut sum = 0.0;
        for (n, (wish, weight)) in self.wishes.iter().enumerate() {
            sum += weight;
            if (sum - half).abs() < 1e-4 * half {
                let next = self.wishes.get(n + 1).map_or(*wish, |w| w.0);
                return (wish + next) / 2.0;
            }
            if sum > half {
                return *wish;
            }
        }
        0.0
    }

    fn with(self, other: Pool) -> Pool {
        let mut wishes = self.wishes;
        wishes.extend(other.wishes);
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
        Pool { count: self.count + other.count, wishes }
    }
}

fn settle(layers: &Layers, row: &[usize], spacing: &Spacing, at: &mut Of<f32>, (before, after): (bool, bool)) {
    let offsets = offsets(layers, row, spacing);
    let mut pools: Vec<Pool> = Vec::with_capacity(row.len());
    for (n, offset) in row.iter().zip(&offsets) {
        let mut wishes = wishes(layers, *n, at, before, after);
        wishes.iter_mut().for_each(|w| w.0 -= offset);
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut pool = Pool { count: 1, wishes };
        while let Some(last) = pools.pop() {
            if last.middle() <= pool.middle() {
                pools.push(last);
                break;
            }
            pool = last.with(pool);
        }
        pools.push(pool);
    }
    let middles = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.middle(), pool.count));
    row.iter().zip(&offsets).zip(middles).for_each(|((n, offset), middle)| at.set(*n, middle + offset));
}

/// Where a vertex would like to be for each of its segments, and how much that counts.
fn wishes(layers: &Layers, n: usize, at: &Of<f32>, before: bool, after: bool) -> Vec<(f32, f32)> {
    let own = layers.vertex(n).what;
    // Long flows should be straight above all.
    let firmness = |other: What| match (own, other) {
        (What::Port, _) | (_, What::Port) => 0.05,
        (What::Lane, What::Lane) => 8.0,
        (What::Lane, _) | (_, What::Lane) => 2.0,
        _ => 1.0,
    };
    let mut wishes = Vec::new();
    if before {
        wishes.extend(
            layers
                .before
                .of(n)
                .iter()
                .map(|s| layers.segment(*s))
                .map(|s| (at.get(s.from) + s.from_at - s.to_at, s.weight * firmness(layers.vertex(s.from).what))),
        );
    }
    if after {
        wishes.extend(
            layers
                .after
                .of(n)
                .iter()
                .map(|s| layers.segment(*s))
                .map(|s| (at.get(s.to) + s.to_at - s.from_at, s.weight * firmness(layers.vertex(s.to).what))),
        );
    }
    // What wishes for nothing stays.
    wishes.push((at.get(n), 0.01));
    wishes
}
