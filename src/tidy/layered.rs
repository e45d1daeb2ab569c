//! Any boxes and links put in layers, for drawings that are no data flow diagrams: attack trees, attack graphs.

use super::flat::{Flat, Link, Node, Spacing};
use crate::geometry::{Rect, Vec2, rect};
use crate::progress::Progress;

/// Places boxes of these sizes so that links lead down (or to the right), with few crossings; those of equal standing keep
/// their order. One box for each size, the corner of the whole at the origin.
pub fn layered(sizes: &[Vec2], links: &[(usize, usize)], is_down: bool, progress: &dyn Progress) -> Vec<Rect> {
    let node = |(n, size): (usize, &Vec2)| {
        let (along, across) = if is_down { (size.y, size.x) } else { (size.x, size.y) };
        Node { along, across, was: (0.0, n as f32) }
    };
    let link = |(from, to): &(usize, usize)| Link { from: *from, to: *to, weight: 1.0, ..Link::default() };
    let flat = Flat {
        nodes: sizes.iter().enumerate().map(node).collect(),
        links: links.iter().map(link).collect(),
        ports: Vec::new(),
        has_places: true,
    };
    let spacing = Spacing { along: 40.0, across: 24.0, beside: 16.0, lane: 12.0 };
    let placed = flat.place(&spacing, 1.0, progress);
    let at = |(n, size): (usize, &Vec2)| {
        let (along, across) = placed.corners.get(n);
        let (x, y) = if is_down { (across, along) } else { (along, across) };
        rect(x, y, size.x, size.y)
    };
    sizes.iter().enumerate().map(at).collect()
}
