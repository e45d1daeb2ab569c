//! Inline marks that are not text: risk chips, bars, discs, icons.

use crate::chart::hatching;
use crate::geometry::{Point, Rect, pt, rect};
use crate::model::Band;
use crate::report::tree::Inline;
use crate::scene::{Paint, Shape, Stroke, TextRun, band_icon};
use crate::text::{Face, Icon, width};
use crate::theme::Ink;

const CHIP_HEIGHT: f32 = 11.6;
const CHIP_TEXT: f32 = 6.9;
const CHIP_ICON: f32 = 7.6;
const BAR_HEIGHT: f32 = 7.6;
const DISC: f32 = 12.6;

/// Width and height of an inline mark; nothing for text, which is measured by words.
pub fn size_of(inline: &Inline) -> (f32, f32) {
    match inline {
        Inline::Text(_) => (0.0, 0.0),
        Inline::Chip { text, .. } => (4.6 + CHIP_ICON + 2.6 + width(Face::Bold, CHIP_TEXT, text) + 5.2, CHIP_HEIGHT),
        Inline::Icon { size, .. } => (*size, *size),
        Inline::Bar { width, .. } => (*width, BAR_HEIGHT),
        Inline::Disc(_) => (DISC, DISC),
        Inline::PageOf(_) => (24.0, 0.0),
        Inline::Gap(w) => (*w, 0.0),
    }
}

/// A line of text centred on `middle` by the height of its capitals, starting at `x`.
pub fn text_at(x: f32, middle: f32, face: Face, size: f32, ink: impl Into<Paint>, text: impl Into<String>) -> Shape {
    let at = pt(x, middle + face.cap_height() * size / 2.0);
    Shape::Text(TextRun { at, text: text.into(), face, size, paint: ink.into() })
}

/// An icon centred on a point.
fn icon_at(center: Point, face: Face, size: f32, ink: impl Into<Paint>, icon: Icon) -> Shape {
    // Phosphor glyphs are centred 7/16 em above the baseline.
    let at = pt(center.x - size / 2.0, center.y + size * 0.4375);
    Shape::Text(TextRun { at, text: icon.to_string(), face, size, paint: ink.into() })
}

pub fn filled(area: Rect, radius: f32, ink: impl Into<Paint>) -> Shape {
    Shape::Rect { rect: area, radius, fill: Some(ink.into()), stroke: None }
}

/// The shapes of a mark that starts at `x` and is centred on `middle`, and whether they say something on their own.
pub fn shapes_of(inline: &Inline, x: f32, middle: f32) -> Vec<(Shape, bool)> {
    let (w, h) = size_of(inline);
    let top = middle - h / 2.0;
    match inline {
        Inline::Text(_) | Inline::PageOf(_) | Inline::Gap(_) => Vec::new(),
        Inline::Chip { band, text } => chip(*band, text, rect(x, top, w, h)),
        Inline::Icon { icon, filled, size, ink } => {
            let face = if *filled { Face::IconFill } else { Face::Icon };
            vec![(icon_at(pt(x + size / 2.0, middle), face, *size, *ink, *icon), false)]
        }
        Inline::Bar { band, score, ghost, .. } => bar(*band, *score, *ghost, rect(x, top, w, h)),
        Inline::Disc(text) => {
            let size = 7.2;
            let left = x + (w - width(Face::Bold, size, text)) / 2.0;
            let disc =
                Shape::Circle { center: pt(x + w / 2.0, middle), radius: w / 2.0, fill: Some(Ink::Accent.into()), stroke: None };
            vec![(disc, false), (text_at(left, middle, Face::Bold, size, Ink::OnAccent, text), true)]
        }
    }
}

fn chip(band: Band, text: &str, area: Rect) -> Vec<(Shape, bool)> {
    let (face, icon) = band_icon(band);
    let middle = area.center().y;
    let outline = (band == Band::Minimal).then(|| Stroke::new(0.5, Ink::RiskOutline(band)));
    let ground = Shape::Rect { rect: area, radius: area.h / 2.0, fill: Some(Ink::RiskFill(band).into()), stroke: outline };
    let icon = icon_at(pt(area.x + 4.6 + CHIP_ICON / 2.0, middle), face, CHIP_ICON, Ink::OnRisk(band), icon);
    let words = text_at(area.x + 4.6 + CHIP_ICON + 2.6, middle, Face::Bold, CHIP_TEXT, Ink::OnRisk(band), text);
    vec![(ground, false), (icon, false), (words, true)]
}

fn bar(band: Band, score: f64, ghost: Option<f64>, track: Rect) -> Vec<(Shape, bool)> {
    let share = |score: f64| track.w * (score / 100.0).clamp(0.0, 1.0) as f32;
    let part = |w: f32| Rect { w, ..track };
    let mut out = vec![(filled(track, 1.8, Ink::Raised), false)];
    out.push((filled(part(share(score).max(1.2)), 1.8, Ink::RiskFill(band)), false));
    out.extend(hatching(band, part(share(score).max(1.2)), 1.0).map(|lines| (lines, false)));
    if band == Band::Minimal || band == Band::Low {
        let edge = Some(Stroke::new(0.5, Ink::RiskOutline(band)));
        out.push((Shape::Rect { rect: part(share(score).max(1.2)), radius: 1.8, fill: None, stroke: edge }, false));
    }
    if let Some(was) = ghost.filter(|was| *was > score + 0.05) {
        let stroke = Some(Stroke::new(0.6, Ink::BorderStrong).dashed(1.8, 1.4));
        out.push((Shape::Rect { rect: part(share(was)), radius: 1.8, fill: None, stroke }, false));
    }
    out
}
