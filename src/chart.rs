//! Drawings beside the data flow diagrams: attack trees and graphs and curves of losses, as plain shapes for window, files and paper.

mod curve;
mod graph;
mod tree;

pub use curve::loss_curve;
pub use graph::graph_places;
pub use tree::{DrawnStep, Place, TreeDrawing, about_tree, draw_tree};
