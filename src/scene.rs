//! What a diagram looks like, as plain shapes that every painter (window, paper, SVG) interprets alike.

mod band_icon;
mod draw;
mod layout;
mod morph;
#[cfg(feature = "png")]
mod png;
mod shape;
mod svg;

pub use band_icon::band_icon;
pub use draw::{Access, Detail, Drawing, Look, access_at, access_points, detail_mark, draw, legend, pill_place, symbol_of};
pub use layout::{
    BoundaryCurve, BoxKind, Crossing, DiagramLayout, Differences, FlowEnd, FlowLabel, Hit, LiveLayout, OVERHANG, Outline, Part,
    PlacedBox, PlacedLine, Reach, RoutedFlow, TextBlock, is_private, lay_out,
};
pub use morph::between;
#[cfg(feature = "png")]
pub use png::{Bitmap, to_pixels, to_pixels_with};
pub use shape::*;
pub use svg::{SvgOptions, Words, to_svg, to_svg_with};
