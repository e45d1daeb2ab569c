//! Boxes whose columns are given, with free lanes for links that pass columns between: for drawings whose order along
//! means something, as agents before elements before assets.

use super::across;
use super::along;
use super::flat::{Flat, Link, Node, Spacing};
use super::layers::Layers;
use super::numbered::Of;
use super::order;
use crate::geometry::{Point, Rect, Vec2, pt, rect};
use crate::progress::Progress;

/// Boxes in columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// One for each size; the corner of the whole at the origin.
    pub places: Vec<Rect>,
    /// For each link where it passes the middle of the columns between; empty for one that leads back or to the next.
    pub lanes: Vec<Vec<Point>>,
}

/// Puts boxes into their columns, with few crossings and nothing over a lane. No column may be empty. Links that lead back,
/// or stay in their column, have no say.
pub fn columns(sizes: &[Vec2], columns: &[usize], links: &[(usize, usize)], progress: &dyn Progress) -> Columns {
    let column = |n: usize| columns.get(n).copied().unwrap_or_default();
    let node = |(n, size): (usize, &Vec2)| Node { along: size.x, across: size.y, was: (0.0, n as f32) };
    let forward: Vec<Link> = links
        .iter()
        .filter(|(from, to)| column(*from) < column(*to))
        .map(|(from, to)| Link { from: *from, to: *to, weight: 1.0, ..Link::default() })
        .collect();
    let nodes = sizes.iter().enumerate().map(node).collect();
    let flat = Flat { nodes, links: forward.clone(), ports: Vec::new(), has_places: true };
    let spacing = Spacing { along: 72.0, across: 22.0, beside: 16.0, lane: 10.0 };
    let ranks: Of<usize> = (0..sizes.len()).map(column).collect();
    let mut layers = Layers::new(&flat, &forward, &ranks, &spacing);
    order::order(&mut layers, false, progress);
    let across = across::across(&layers, &spacing);
    let placed = along::place(&flat, &forward, &layers, &across, &spacing);
    let corner = |n: usize| placed.corners.get(n);
    let places: Vec<Rect> = sizes.iter().enumerate().map(|(n, s)| rect(corner(n).0, corner(n).1, s.x, s.y)).collect();
    // All coordinates across were moved alike, and a column has its middle where its boxes have theirs.
    let moved = sizes.first().map_or(0.0, |size| corner(0).1 + size.y / 2.0 - across.get(0));
    let middles: Of<f32> = (0..layers.rows.len())
        .map(|row| places.iter().enumerate().find(|(n, _)| column(*n) == row).map_or(0.0, |(_, place)| place.center().x))
        .collect();
    // Lanes were numbered after the boxes, link by link.
    let mut next = sizes.len();
    let lanes = links.iter().map(|(from, to)| {
        let between = (column(*from) + 1..column(*to)).map(|row| {
            next += 1;
            pt(middles.get(row), across.get(next - 1) + moved)
        });
        between.collect()
    });
    Columns { lanes: lanes.collect(), places }
}
