//! Shaping with kerning, and fallback to DejaVu Sans for characters a face lacks.

use super::{Face, direction, house};
use harfrust::{Direction, FontRef, Script, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer};
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// One positioned glyph of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub face: Face,
    /// Glyph id in that face; 0 is the missing-glyph box.
    pub id: u16,
    /// Offset of the glyph origin from the start of the line, in the units of the em size asked for.
    pub x: f32,
    pub y: f32,
    pub advance: f32,
    /// Byte offset in the text this glyph came from.
    pub cluster: usize,
}

pub(super) struct Font {
    font: FontRef<'static>,
    data: ShaperData,
    /// Plans made so far: making one costs far more than shaping a word with it.
    plans: RwLock<Vec<(Direction, Script, Arc<ShapePlan>)>>,
}

impl Font {
    pub(super) fn new(bytes: &'static [u8]) -> Option<Font> {
        FontRef::new(bytes).ok().map(|font| Font { data: ShaperData::new(&font), font, plans: RwLock::default() })
    }

    fn plan(&self, shaper: &Shaper<'_>, buffer: &UnicodeBuffer) -> Arc<ShapePlan> {
        let (direction, script) = (buffer.direction(), buffer.script());
        let known = self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., plan)) = known.iter().find(|(d, s, _)| (*d, *s) == (direction, script)) {
            return plan.clone();
        }
        drop(known);
        let plan = Arc::new(ShapePlan::new(shaper, direction, Some(script), buffer.language().as_ref(), &[]));
        self.plans.write().unwrap_or_else(PoisonError::into_inner).push((direction, script, plan.clone()));
        plan
    }
}

/// The parsed font; `None` only if a bundled file were broken (a test reads them all).
fn font(face: Face) -> Option<&'static Font> {
    if let Face::House(n) = face {
        return house::of(n).and_then(|font| font.shaped.as_ref());
    }
    static FONTS: OnceLock<Vec<(Face, Option<Font>)>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| Face::ALL.iter().map(|face| (*face, Font::new(face.bytes()))).collect());
    fonts.iter().find(|(f, _)| *f == face).and_then(|(_, font)| font.as_ref())
}

/// The glyphs of a single line of text, left to right, at an em size.
pub fn shape(face: Face, size: f32, text: &str) -> Vec<Glyph> {
    if !direction::turns(text) {
        return shape_run(face, size, text, 0, Direction::LeftToRight);
    }
    let mut out = Vec::new();
    for (range, is_left) in direction::runs(text) {
        let direction = if is_left { Direction::RightToLeft } else { Direction::LeftToRight };
        append(&mut out, shape_run(face, size, text.get(range.clone()).unwrap_or(""), range.start, direction));
    }
    out
}

/// Glyphs to the right of others.
fn append(out: &mut Vec<Glyph>, more: Vec<Glyph>) {
    let x: f32 = out.iter().map(|g| g.advance).sum();
    out.extend(more.into_iter().map(|g| Glyph { x: g.x + x, ..g }));
}

/// Text that runs one way; what the face lacks is taken from another.
fn shape_run(face: Face, size: f32, text: &str, offset: usize, direction: Direction) -> Vec<Glyph> {
    let glyphs = shape_in(face, size, text, offset, direction);
    let fallback = match face {
        Face::Symbols => return glyphs,
        Face::House(_) => Face::Regular,
        _ => Face::Symbols,
    };
    if glyphs.iter().all(|g| g.id != 0) {
        return glyphs;
    }
    let lacking: std::collections::BTreeSet<usize> =
        glyphs.iter().filter(|g| g.id == 0).filter_map(|g| g.cluster.checked_sub(offset)).collect();
    let mut runs = Vec::new();
    let mut from = 0;
    let mut indices = text.char_indices().peekable();
    while let Some((at, c)) = indices.next() {
        let end = at + c.len_utf8();
        let here = lacking.contains(&at);
        if indices.peek().is_none_or(|(next, _)| lacking.contains(next) != here) {
            runs.push((from..end, here));
            from = end;
        }
    }
    if direction == Direction::RightToLeft {
        runs.reverse();
    }
    let mut out = Vec::new();
    for (range, lacks) in runs {
        let (words, at) = (text.get(range.clone()).unwrap_or(""), offset + range.start);
        let run =
            if lacks { shape_run(fallback, size, words, at, direction) } else { shape_in(face, size, words, at, direction) };
        append(&mut out, run);
    }
    out
}

fn shape_in(face: Face, size: f32, text: &str, offset: usize, direction: Direction) -> Vec<Glyph> {
    let Some(font) = font(face) else { return Vec::new() };
    let shaper = font.data.shaper(&font.font).build();
    let scale = size / shaper.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    match text.strip_suffix('\u{ad}') {
        // A soft hyphen at the end of a line is seen.
        Some(words) => {
            buffer.push_str(words);
            buffer.push_str("-");
        }
        None => buffer.push_str(text),
    }
    buffer.guess_segment_properties();
    buffer.set_direction(direction);
    let plan = font.plan(&shaper, &buffer);
    let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)));
    let mut x = 0.0;
    shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, pos)| {
            let advance = pos.x_advance as f32 * scale;
            let glyph = Glyph {
                face,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                x: x + pos.x_offset as f32 * scale,
                y: -(pos.y_offset as f32) * scale,
                advance,
                cluster: info.cluster as usize + offset,
            };
            x += advance;
            glyph
        })
        .collect()
}

thread_local! {
    static MEASURED: Cell<u64> = const { Cell::new(0) };
}

/// Bytes of text this thread was asked the width of so far: a measure of the work of laying out that no clock disturbs.
pub fn measured() -> u64 {
    MEASURED.get()
}

/// Width of a single line of text at an em size.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    MEASURED.set(MEASURED.get() + text.len() as u64);
    size * em_width(face, text)
}

/// Texts whose width is remembered at most; then it starts afresh.
const REMEMBERED: usize = 16_384;

/// Width in em. Remembered, because layouts measure the same words on every change and shaping is slow.
fn em_width(face: Face, text: &str) -> f32 {
    static WIDTHS: Mutex<BTreeMap<Face, HashMap<String, f32>>> = Mutex::new(BTreeMap::new());
    let mut widths = WIDTHS.lock().unwrap_or_else(PoisonError::into_inner);
    let widths = widths.entry(face).or_default();
    if let Some(width) = widths.get(text) {
        return *width;
    }
    let width = shape(face, 1.0, text).iter().map(|g| g.advance).sum();
    if widths.len() >= REMEMBERED {
        widths.clear();
    }
    widths.insert(text.to_owned(), width);
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_font_is_read() {
        for face in Face::ALL {
            assert!(font(*face).is_some(), "{face:?}");
        }
        for icon in [super::super::icon::DATABASE, super::super::icon::WARNING_OCTAGON] {
            assert!(shape(Face::Icon, 16.0, &icon.to_string()).iter().all(|g| g.id != 0 && g.advance > 0.0));
            assert!(shape(Face::IconFill, 16.0, &icon.to_string()).iter().all(|g| g.id != 0));
        }
    }

    #[test]
    fn latin_greek_and_cyrillic_are_there_and_symbols_fall_back() {
        for text in ["Trust boundary", "Όριο εμπιστοσύνης", "Граница доверия", "ÄÖÜ ß é ñ"] {
            assert!(shape(Face::Regular, 13.0, text).iter().all(|g| g.id != 0 && g.face == Face::Regular), "{text}");
        }
        let mixed = shape(Face::Regular, 13.0, "a☂b");
        assert_eq!(mixed.iter().map(|g| g.face).collect::<Vec<_>>(), [Face::Regular, Face::Symbols, Face::Regular]);
        assert!(mixed.windows(2).all(|w| w[0].x < w[1].x));
        assert_eq!(mixed.iter().map(|g| g.cluster).collect::<Vec<_>>(), [0, 1, 4]);
    }

    #[test]
    fn hebrew_and_arabic_are_read_from_the_right() {
        let hebrew = shape(Face::Regular, 10.0, "שלום עולם");
        assert!(hebrew.iter().all(|g| g.id != 0), "{hebrew:?}");
        assert!(hebrew.windows(2).all(|w| w[0].cluster > w[1].cluster && w[0].x < w[1].x), "{hebrew:?}");
        let mixed = shape(Face::Regular, 10.0, "Server שרת 12, web");
        let order: Vec<usize> = mixed.iter().map(|g| g.cluster).collect();
        assert!(order.starts_with(&[0, 1, 2, 3, 4, 5, 6, 14, 15]), "the number is read before the word: {order:?}");
        // Letters of Arabic join: the same three are other glyphs together than alone.
        let ids = |text: &str| shape(Face::Regular, 10.0, text).iter().map(|g| g.id).collect::<Vec<_>>();
        let alone: Vec<u16> = "سلم".chars().rev().flat_map(|c| ids(&c.to_string())).collect();
        assert_ne!(ids("سلم"), alone);
    }

    #[test]
    fn width_grows_with_size_and_kerning_counts() {
        let w = width(Face::Bold, 10.0, "Shop database");
        assert!((width(Face::Bold, 20.0, "Shop database") - 2.0 * w).abs() < 0.01);
        assert!(
            width(Face::Regular, 100.0, "AVAVAV") < 6.0 * width(Face::Regular, 100.0, "A").max(width(Face::Regular, 100.0, "V"))
        );
        assert_eq!(width(Face::Regular, 13.0, ""), 0.0);
    }
}
