//! A scene as pixels: written as SVG with outlined words and drawn by `resvg`, so that no font of the machine plays a part.

use super::shape::Scene;
use super::svg::{SvgOptions, Words, to_svg_with};
use crate::theme::Theme;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels side by side, row by row: red, green, blue and opacity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

/// Largest side and area in pixels: what other programs take, and what fits into memory several times over.
const LONGEST: f32 = 16_384.0;
const AREA: f32 = 40_000_000.0;

/// The scene on its canvas with so many pixels by world unit, or fewer where that would be too large. `None` for a scene
/// without extent.
pub fn to_pixels(scene: &Scene, theme: Theme, scale: f32) -> Option<Bitmap> {
    to_pixels_with(scene, theme, scale, false)
}

/// As [`to_pixels`], on nothing where that is wished.
pub fn to_pixels_with(scene: &Scene, theme: Theme, scale: f32, is_transparent: bool) -> Option<Bitmap> {
    let options = SvgOptions { is_transparent, ..SvgOptions::new(theme, Words::Outlines) };
    let tree = Tree::from_str(&to_svg_with(scene, &options), &Options::default()).ok()?;
    let (w, h) = (tree.size().width(), tree.size().height());
    let scale = scale.min(LONGEST / w.max(h)).min((AREA / (w * h)).sqrt());
    let mut pixels = Pixmap::new((w * scale).round() as u32, (h * scale).round() as u32)?;
    // To the edges: a last column covered in part would be a line.
    let to_edges = Transform::from_scale(pixels.width() as f32 / w, pixels.height() as f32 / h);
    resvg::render(&tree, to_edges, &mut pixels.as_mut());
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    // On an opaque canvas nothing is multiplied with an opacity.
    let rgba = if is_transparent { pixels.take_demultiplied() } else { pixels.take() };
    Some(Bitmap { width, height, rgba })
}
