//! Where the stations of an attack graph lie: agents at the left, what they want further to the right.

use crate::attack::AttackGraph;
use crate::geometry::{Rect, Vec2};
use crate::progress::Quiet;
use crate::tidy::layered;

/// One place for every station, all of this size.
pub fn graph_places(graph: &AttackGraph, size: Vec2) -> Vec<Rect> {
    let links: Vec<(usize, usize)> = graph.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    layered(&vec![size; graph.nodes.len()], &links, false, &Quiet)
}
