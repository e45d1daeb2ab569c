//! What a diagram looks like, as plain shapes that every painter (window, paper, SVG) interprets alike.

mod layout;
mod shape;

pub use layout::{BoundaryCurve, BoxKind, Crossing, DiagramLayout, FlowEnd, Hit, Part, PlacedBox, Reach, RoutedFlow, lay_out};
pub use shape::*;
