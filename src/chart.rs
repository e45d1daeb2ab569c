//! Drawings beside the data flow diagrams: attack trees and curves of losses, as plain shapes for window, files and paper.

mod curve;
mod tree;

pub use curve::loss_curve;
pub use tree::{Place, TreeDrawing, about_tree, draw_tree};
