//! Logos of houses and clients as pixels: read once, with the theme, so that a bad file is told before anything is made.

use std::sync::Arc;

/// Pixels a logo is printed with at most: twice what its place on the cover needs at 150 dots an inch.
#[cfg(feature = "png")]
pub const MOST: (u32, u32) = (600, 200);
/// Pixels of the file along a side at most; more would fill the memory before it is made smaller.
#[cfg(feature = "png")]
const LARGEST: u32 = 4_000;

/// Rows of red, green, blue and opacity; not multiplied with the opacity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Arc<[u8]>,
}

impl Pixels {
    /// Red, green and blue as they look on a ground.
    pub fn on(&self, ground: crate::theme::Rgba) -> Vec<u8> {
        let mix = |over: u8, under: u8, share: u8| {
            let (over, under, share) = (u32::from(over), u32::from(under), u32::from(share));
            u8::try_from((over * share + under * (255 - share) + 127) / 255).unwrap_or(u8::MAX)
        };
        let pixel = |p: &[u8]| match p {
            [r, g, b, a] => [mix(*r, ground.0, *a), mix(*g, ground.1, *a), mix(*b, ground.2, *a)],
            _ => [ground.0, ground.1, ground.2],
        };
        self.rgba.chunks(4).flat_map(pixel).collect()
    }
}

impl Pixels {
    /// True when much of what is seen of it hardly differs from a ground.
    pub fn is_lost_on(&self, ground: crate::theme::Rgba) -> bool {
        let (mut seen, mut lost) = (0_u64, 0_u64);
        for pixel in self.rgba.chunks_exact(4) {
            let [r, g, b, a] = *pixel else { continue };
            seen += u64::from(a);
            let pale = crate::theme::Rgba(r, g, b, 255).contrast(ground) < PALE;
            lost += if pale { u64::from(a) } else { 0 };
        }
        lost * 4 > seen
    }
}

/// Contrast below which a sign is not seen well (WCAG 2.2, 1.4.11).
const PALE: f32 = 3.0;

/// The pixels of a PNG.
///
/// # Errors
/// Why it is no picture that can be printed, as the rest of a sentence.
#[cfg(feature = "png")]
pub fn of_png(bytes: &[u8]) -> Result<Pixels, String> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|why| format!("is damaged: {why}"))?;
    let (width, height) = reader.info().size();
    if width == 0 || height == 0 || width > LARGEST || height > LARGEST {
        return Err(format!("has {width} × {height} pixels; at most {LARGEST} × {LARGEST} are taken"));
    }
    let mut buffer = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let frame = reader.next_frame(&mut buffer).map_err(|why| format!("is damaged: {why}"))?;
    let bytes = buffer.get(..frame.buffer_size()).unwrap_or_default();
    let rgba: Vec<u8> = match frame.color_type {
        png::ColorType::Rgba => bytes.to_vec(),
        png::ColorType::Rgb => bytes.chunks(3).flat_map(|p| [at(p, 0), at(p, 1), at(p, 2), 255]).collect(),
        png::ColorType::GrayscaleAlpha => bytes.chunks(2).flat_map(|p| [at(p, 0), at(p, 0), at(p, 0), at(p, 1)]).collect(),
        _ => bytes.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect(),
    };
    Ok(smaller(Pixels { width, height, rgba: rgba.into() }))
}

/// An SVG drawn as pixels.
///
/// # Errors
/// As [`of_png`]. Words and pictures in it are refused: nobody has their fonts, and they may lie elsewhere.
#[cfg(feature = "png")]
pub fn of_svg(text: &str) -> Result<Pixels, String> {
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};
    for (mark, what) in [("<text", "words"), ("<image", "pictures")] {
        if text.contains(mark) {
            return Err(format!("has {what} in it; turn everything into outlines"));
        }
    }
    let tree = Tree::from_str(text, &Options::default()).map_err(|why| format!("is no sound SVG: {why}"))?;
    let (w, h) = (tree.size().width(), tree.size().height());
    let scale = (MOST.0 as f32 / w).min(MOST.1 as f32 / h);
    let mut pixels = Pixmap::new((w * scale).round().max(1.0) as u32, (h * scale).round().max(1.0) as u32)
        .ok_or_else(|| "has no size".to_owned())?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let (width, height) = (pixels.width(), pixels.height());
    Ok(Pixels { width, height, rgba: pixels.take_demultiplied().into() })
}

/// Builds without pictures know only that there is one.
#[cfg(not(feature = "png"))]
pub fn of_png(_: &[u8]) -> Result<Pixels, String> {
    Ok(Pixels::default())
}

#[cfg(not(feature = "png"))]
pub fn of_svg(_: &str) -> Result<Pixels, String> {
    Ok(Pixels::default())
}

#[cfg(feature = "png")]
fn at(bytes: &[u8], n: usize) -> u8 {
    bytes.get(n).copied().unwrap_or(0)
}

/// Each pixel the mean of those it stands for, weighted by their opacity.
#[cfg(feature = "png")]
fn smaller(pixels: Pixels) -> Pixels {
    let scale = (MOST.0 as f32 / pixels.width as f32).min(MOST.1 as f32 / pixels.height as f32);
    if scale >= 1.0 {
        return pixels;
    }
    let side = |long: u32| ((long as f32 * scale).round() as u32).max(1);
    let (width, height) = (side(pixels.width), side(pixels.height));
    let span = |n: u32, all: u32, of: u32| {
        let from = u64::from(n) * u64::from(of) / u64::from(all);
        let to = (u64::from(n + 1) * u64::from(of) / u64::from(all)).max(from + 1);
        (from as usize, to as usize)
    };
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for y in 0..height {
        let (top, bottom) = span(y, height, pixels.height);
        for x in 0..width {
            let (left, right) = span(x, width, pixels.width);
            let (mut sums, mut opacity, mut count) = ([0_u64; 3], 0_u64, 0_u64);
            for row in top..bottom {
                let from = (row * pixels.width as usize + left) * 4;
                for p in pixels.rgba.get(from..from + (right - left) * 4).unwrap_or_default().chunks(4) {
                    let share = u64::from(at(p, 3));
                    sums.iter_mut().enumerate().for_each(|(n, sum)| *sum += u64::from(at(p, n)) * share);
                    opacity += share;
                    count += 1;
                }
            }
            let mean = |sum: u64, of: u64| u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX);
            rgba.extend(sums.map(|sum| mean(sum, opacity)));
            rgba.push(mean(opacity, count));
        }
    }
    Pixels { width, height, rgba: rgba.into() }
}
