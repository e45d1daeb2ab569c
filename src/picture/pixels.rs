//! Pixels as a PNG file.

use super::{Options, PictureError};
use crate::scene::{Scene, to_pixels_with};
use crate::storage::embedded;
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

/// Pixels by metre of a screen with 96 dots an inch.
const DENSITY: f32 = 3779.5;

pub(super) fn write(scene: &Scene, options: &Options, title: &str, model: Option<&str>) -> Result<Vec<u8>, PictureError> {
    let fault = |e: png::EncodingError| PictureError::Write(e.to_string());
    let too_large = || PictureError::Write("it is too large; export SVG instead".to_owned());
    let scale = options.scale.clamp(1.0, 4.0);
    let pixels = to_pixels_with(scene, options.theme, scale, options.is_transparent).ok_or_else(too_large)?;
    let size = |n: usize| u32::try_from(n).map_err(|_| too_large());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size(pixels.width)?, size(pixels.height)?);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let density = (DENSITY * scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), title.to_owned()).map_err(fault)?;
    if let Some(model) = model {
        encoder.add_itxt_chunk(embedded::NAME.to_owned(), model.to_owned()).map_err(fault)?;
    }
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(&pixels.rgba).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(bytes)
}
