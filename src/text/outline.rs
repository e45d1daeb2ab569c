//! Glyphs as outlines, for pictures whose viewers lack the bundled fonts.

use super::{Face, shape};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::fmt::Write;

/// A line of text as path data in the words of SVG; `at` is the left end of its baseline.
pub fn outlines(face: Face, size: f32, text: &str, at: (f32, f32)) -> String {
    let mut pen = Pen { data: String::new(), x: 0.0, y: 0.0 };
    for glyph in shape(face, size, text) {
        let Ok(font) = FontRef::new(glyph.face.bytes()) else { continue };
        (pen.x, pen.y) = (at.0 + glyph.x, at.1 + glyph.y);
        if let Some(outline) = font.outline_glyphs().get(GlyphId::from(glyph.id)) {
            // A glyph that cannot be drawn leaves its room empty, as on the screen.
            let _ = outline.draw(DrawSettings::unhinted(Size::new(size), LocationRef::default()), &mut pen);
        }
    }
    pen.data
}

/// Writes path data; fonts count upwards, pictures downwards.
struct Pen {
    data: String,
    x: f32,
    y: f32,
}

impl Pen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (n, (x, y)) in points.iter().enumerate() {
            let space = if n > 0 { " " } else { "" };
            // Writing into a string does not fail.
            let _ = write!(self.data, "{space}{:.2} {:.2}", self.x + x, self.y - y);
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[(cx, cy), (x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('C', &[(ax, ay), (bx, by), (x, y)]);
    }
    fn close(&mut self) {
        self.data.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_on_their_baseline_and_spaces_are_empty() {
        let data = outlines(Face::Bold, 20.0, "H", (100.0, 50.0));
        let numbers: Vec<f32> =
            data.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).flat_map(str::parse).collect();
        let (xs, ys): (Vec<f32>, Vec<f32>) = numbers.chunks(2).map(|p| (p[0], p[1])).unzip();
        let top = 50.0 - Face::Bold.cap_height() * 20.0;
        assert!(ys.iter().all(|y| (top - 0.2..=50.01).contains(y)), "{data}");
        assert!(xs.iter().all(|x| (100.0..120.0).contains(x)), "{data}");
        assert_eq!(outlines(Face::Regular, 20.0, " ", (0.0, 0.0)), "");
        assert!(!outlines(Face::Icon, 20.0, &crate::text::icon::DATABASE.to_string(), (0.0, 0.0)).is_empty());
    }
}
