//! Drawings beside the data flow diagrams: attack trees and graphs, curves of losses, charts of the risk, as plain shapes.

mod curve;
mod figure;
mod graph;
mod hatching;
mod tree;

pub use curve::loss_curve;
pub use figure::{
    Drawn, Entry, Figure, Form, Look, Series, Sources, Spot, State, Step, Topic, Value, cell_band, csv, draw, page, tsv,
};
pub use graph::{DrawnStation, GraphDrawing, about_graph, draw_graph};
pub use hatching::hatching;
pub use tree::{DrawnStep, Place, TreeDrawing, about_tree, draw_tree};

use crate::model::Band;

/// The band that shows how likely something is.
fn likely_band(p: f64) -> Band {
    match crate::risk::likelihood_level(p) {
        5 => Band::Critical,
        4 => Band::High,
        3 => Band::Medium,
        2 => Band::Low,
        _ => Band::Minimal,
    }
}
