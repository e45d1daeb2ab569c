//! Coordinates along: layers one after another with room for the labels of flows between, then drawn together where a
//! large box left a hole.

use super::flat::{Flat, Link, Placed, Spacing};
use super::layers::{Layers, What};
use super::numbered::{Lists, Of};

/// Room at the ends of a label on its flow, for the arrow head and a bit of line.
const AROUND_LABEL: f32 = 44.0;
/// What a flow that bends between two layers takes there, and how much all of them take at most.
const TURN: f32 = 9.0;
const TURNS: f32 = 120.0;
/// Gains below this are not worth leaving the column.
const GAIN: f32 = 70.0;

pub(super) fn place(flat: &Flat, links: &[Link], layers: &Layers, across: &Of<f32>, spacing: &Spacing) -> Placed {
    let node = |n: usize| if let What::Box(n) = layers.vertex(n).what { Some(n) } else { None };
    let gaps = gaps(flat, links, layers, across, spacing);
    let widths: Vec<f32> = layers
        .rows
        .iter()
        .map(|row| row.iter().filter_map(|n| node(*n)).map(|n| flat.node(n).along).fold(0.0, f32::max))
        .collect();
    let mut starts = Vec::with_capacity(widths.len());
    let mut x = 0.0;
    for (row, width) in widths.iter().enumerate() {
        starts.push(x);
        x += width + gaps.get(row);
    }
    let count = flat.nodes.len();
    let (mut at, mut middle): (Of<f32>, Of<f32>) = (Of::new(count), Of::new(count));
    for (row, (start, width)) in layers.rows.iter().zip(starts.iter().zip(&widths)) {
        for v in row {
            if let Some(n) = node(*v) {
                at.set(n, start + (width - flat.node(n).along) / 2.0);
                middle.set(n, across.get(*v));
            }
        }
    }
    let pull = Pull { flat, links, layers, spacing, across, gaps: &gaps, starts: &starts, widths: &widths };
    pull.together(&mut at);
    let low = |n: usize| middle.get(n) - flat.node(n).across / 2.0;
    let corner = (0..count).map(|n| (at.get(n), low(n))).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))).unwrap_or_default();
    let corners: Of<(f32, f32)> = (0..count).map(|n| (at.get(n) - corner.0, low(n) - corner.1)).collect();
    let far = |n: usize| (corners.get(n).0 + flat.node(n).along, corners.get(n).1 + flat.node(n).across);
    let size = (0..count).map(far).reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))).unwrap_or_default();
    Placed { corners, size }
}

/// Room after each layer.
fn gaps(flat: &Flat, links: &[Link], layers: &Layers, across: &Of<f32>, spacing: &Spacing) -> Of<f32> {
    let mut gaps: Of<f32> = Of::new(layers.rows.len());
    let mut turns: Of<f32> = Of::new(layers.rows.len());
    for s in &layers.segments {
        let bend = (across.get(s.from) + s.from_at - across.get(s.to) - s.to_at).abs();
        if bend > 6.0 {
            turns.add(layers.vertex(s.from).layer, 1.0);
        }
    }
    for (row, members) in layers.rows.iter().enumerate() {
        let is_port = |row: Option<&Vec<usize>>| row.is_none_or(|row| row.iter().any(|n| layers.vertex(*n).what == What::Port));
        let gap = if is_port(Some(members)) || is_port(layers.rows.get(row + 1)) {
            (TURN * turns.get(row) / 2.0).min(TURNS / 3.0)
        } else {
            spacing.along.max(TURN * turns.get(row).min(TURNS / TURN) + 32.0)
        };
        gaps.set(row, gap);
    }
    for l in links {
        let (from, to) = (layers.vertex(l.from).layer, layers.vertex(l.to).layer);
        if to == from + 1 {
            gaps.set(from, gaps.get(from).max(l.room.0 + AROUND_LABEL));
        }
    }
    debug_assert!(flat.nodes.len() <= layers.vertices.len());
    gaps
}

/// Draws boxes into holes that a large box beside them in their layer left.
struct Pull<'a> {
    flat: &'a Flat,
    links: &'a [Link],
    layers: &'a Layers,
    spacing: &'a Spacing,
    across: &'a Of<f32>,
    gaps: &'a Of<f32>,
    starts: &'a [f32],
    widths: &'a [f32],
}

impl Pull<'_> {
    fn together(&self, at: &mut Of<f32>) {
        let count = self.flat.nodes.len();
        let sizes = || self.flat.nodes.iter().map(|n| n.along);
        if sizes().fold(0.0, f32::max) < 1.6 * sizes().fold(f32::INFINITY, f32::min) {
            return;
        }
        let (mut before, mut after): (Lists<usize>, Lists<usize>) = (Lists::new(count), Lists::new(count));
        for l in self.links {
            after.push(l.from, l.to);
            before.push(l.to, l.from);
        }
        let (first, last) = (self.starts.first().copied().unwrap_or_default(), self.layers.rows.len());
        // Towards where flows come from.
        for row in 0..last {
            for (v, n) in self.boxes(row) {
                let linked = before.of(n).iter().map(|p| at.get(*p) + self.flat.node(*p).along + self.gap(*p));
                let least = linked.chain(self.walls(v, row, at, true)).fold(first, f32::max);
                if !before.of(n).is_empty() && at.get(n) - least > GAIN {
                    at.set(n, least);
                }
            }
        }
        // What only sends stands by where it sends to.
        let end = (0..count).map(|n| at.get(n) + self.flat.node(n).along).fold(0.0, f32::max);
        for row in (0..last).rev() {
            for (v, n) in self.boxes(row) {
                let along = self.flat.node(n).along;
                let linked = after.of(n).iter().map(|p| at.get(*p) - self.gap(n));
                let most = linked.chain(self.walls(v, row, at, false)).fold(end, f32::min) - along;
                if before.of(n).is_empty() && !after.of(n).is_empty() && most - at.get(n) > GAIN {
                    at.set(n, most);
                }
            }
        }
    }

    fn boxes(&self, row: usize) -> Vec<(usize, usize)> {
        let row = self.layers.rows.get(row).into_iter().flatten();
        row.filter_map(|v| if let What::Box(n) = self.layers.vertex(*v).what { Some((*v, n)) } else { None }).collect()
    }

    /// Room after a box.
    fn gap(&self, n: usize) -> f32 {
        self.gaps.get(self.layers.vertex(n).layer).max(self.spacing.along)
    }

    /// Where what stands in the way in other layers ends, or begins.
    fn walls(&self, v: usize, row: usize, at: &Of<f32>, before: bool) -> Vec<f32> {
        let own = self.layers.vertex(v);
        let rows = if before { 0..row } else { row + 1..self.layers.rows.len() };
        let others = rows.filter_map(|r| self.layers.rows.get(r)).flatten().copied();
        let wall = |o: usize| {
            let other = self.layers.vertex(o);
            let room = if matches!(other.what, What::Box(_)) { self.spacing.across } else { self.spacing.beside };
            let distance = (self.across.get(v) - self.across.get(o)).abs();
            if distance >= (own.across + other.across) / 2.0 + room - 0.5 {
                return None;
            }
            let (start, width) = match other.what {
                What::Box(n) => (at.get(n), self.flat.node(n).along),
                What::Lane => (*self.starts.get(other.layer)?, *self.widths.get(other.layer)?),
                What::Port => return None,
            };
            Some(if before { start + width + self.spacing.along } else { start - self.spacing.along })
        };
        others.filter_map(wall).collect()
    }
}
