//! Layers that would be far too long become several, so that a hub with forty neighbours is no tower.

use super::flat::{Flat, Link, Spacing};
use super::numbered::Of;

/// How much longer a layer may be than the side of the whole would be at the wished shape.
const SLACK: f32 = 1.4;
/// Boxes of usual size that may always stand in one layer.
const ALWAYS: f32 = 6.0;

/// The ranks with long layers split up; links still run forward.
pub(super) fn split(flat: &Flat, links: &[Link], ranks: Of<i32>, spacing: &Spacing, shape: f32) -> Of<usize> {
    let count = flat.nodes.len();
    let length = |n: usize| flat.node(n).across + spacing.across;
    let area: f32 = flat.nodes.iter().map(|n| (n.along + spacing.along) * (n.across + spacing.across)).sum();
    let usual = (0..count).map(length).sum::<f32>() / count.max(1) as f32;
    let longest = (SLACK * (area / shape.max(0.1)).sqrt()).max(ALWAYS * usual);
    let (mut enters, mut leaves): (Of<bool>, Of<bool>) = (Of::new(count), Of::new(count));
    for l in links {
        leaves.set(l.from, true);
        enters.set(l.to, true);
    }
    for port in &flat.ports {
        if port.is_before { enters.set(port.node, true) } else { leaves.set(port.node, true) }
    }
    let layers = ranks.iter().max().map_or(0, |r| r + 1);
    let (mut out, mut next) = (Of::new(count), 0);
    for rank in 0..layers {
        let mut members: Vec<usize> = (0..count).filter(|n| ranks.get(*n) == rank).collect();
        let whole: f32 = members.iter().map(|n| length(*n)).sum();
        let parts = if whole > longest { (whole / longest).ceil() } else { 1.0 };
        // Ends stand near where their flows come from, beginnings near where they go.
        members.sort_by_key(|n| match (enters.get(*n), leaves.get(*n)) {
            (true, false) => 0,
            (false, true) => 2,
            _ => 1,
        });
        let mut used = 0.0;
        let mut last = 0;
        for n in members {
            let middle = used + length(n) / 2.0;
            used += length(n);
            last = ((middle / whole.max(1.0) * parts) as usize).min(parts as usize - 1).max(last);
            out.set(n, next + last);
        }
        next += last + 1;
    }
    out
}
