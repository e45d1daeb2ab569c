//! Texts fitted to their place: names inside elements, notes, flow names on one or two lines.

use super::{BoxKind, Outline};
use crate::geometry::{Point, Rect, pt};
use crate::model::{ElementKind, Notation};
use crate::text::{Face, ellipsize, width};

/// Size and gap of the symbol left of an element's name.
pub(crate) const SYMBOL: f32 = 18.0;
const SYMBOL_GAP: f32 = 6.0;
/// Size and line height of flow names.
pub(crate) const FLOW_TEXT: f32 = 12.0;
pub(super) const FLOW_LINE: f32 = 15.0;
/// Line height of notes, in em.
const NOTE_LINE: f32 = 1.25;
const NOTE_PADDING: f32 = 7.0;

/// Lines of text at their final place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextBlock {
    pub lines: Vec<PlacedLine>,
    /// Em size.
    pub size: f32,
    /// Centre of the symbol beside the text, where there is room for one.
    pub symbol: Option<Point>,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLine {
    /// Left end of the baseline.
    pub at: Point,
    pub text: String,
}

/// How lines stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// An element's name inside its outline: 13 bold with the symbol beside it, smaller and without where room is short.
pub(super) fn element_name(notation: Notation, kind: ElementKind, whole: Rect, name: &str) -> TextBlock {
    let r = Outline::face(notation, kind, whole);
    let outline = Outline::of(notation, BoxKind::Element(kind), r);
    // Two lines first: a third one comes close to the pill at the corner of a low element.
    let ways = [(13.0, true, 2), (13.0, false, 2), (13.0, true, 3), (13.0, false, 5), (12.0, false, 5), (11.0, false, 5)];
    for (size, with_symbol, most) in ways {
        let taken = if with_symbol { SYMBOL + SYMBOL_GAP } else { 0.0 };
        let words = Words::new(Face::Bold, size, name);
        for count in 1..=most_lines(r, size).min(most) {
            if let Some(lines) = words.fit(room(outline, r, count, size) - taken, count) {
                return element_block(r, lines, size, with_symbol);
            }
        }
    }
    let (size, count) = (11.0, most_lines(r, 11.0));
    let room = room(outline, r, count, size).max(size);
    element_block(r, cut(Face::Bold, size, name, room, count), size, false)
}

fn line_height(size: f32) -> f32 {
    (size * 1.23).round()
}

fn most_lines(r: Rect, size: f32) -> usize {
    (((r.h - 6.0) / line_height(size)).floor() as usize).clamp(1, 5)
}

/// Width for text of so many lines: a stadium is narrower towards its top and bottom.
fn room(outline: Outline, r: Rect, lines: usize, size: f32) -> f32 {
    let Outline::Rounded(radius) = outline else { return r.w - 12.0 };
    if radius <= 0.0 {
        return r.w - 12.0;
    }
    let half = (lines as f32 * line_height(size) / 2.0 - 3.0).min(r.h / 2.0);
    let into_cap = (half - (r.h / 2.0 - radius)).clamp(0.0, radius);
    r.w - 2.0 * radius + 2.0 * (radius * radius - into_cap * into_cap).sqrt() - 10.0
}

fn element_block(r: Rect, lines: Vec<String>, size: f32, with_symbol: bool) -> TextBlock {
    if lines.is_empty() {
        return TextBlock { lines: Vec::new(), size, symbol: with_symbol.then(|| r.center()) };
    }
    let text_width = widest(Face::Bold, size, &lines);
    let whole = text_width + if with_symbol { SYMBOL + SYMBOL_GAP } else { 0.0 };
    let left = r.center().x - whole / 2.0;
    let text =
        Rect::from_center(pt(left + whole - text_width / 2.0, r.center().y), text_width, line_height(size) * lines.len() as f32);
    let align = if with_symbol { Align::Left } else { Align::Middle };
    let symbol = with_symbol.then(|| pt(left + SYMBOL / 2.0, r.center().y));
    TextBlock { lines: set(Face::Bold, size, line_height(size), lines, text, align), size, symbol }
}

/// A note's text from the top left, smaller where that lets it fit, else cut where the note ends.
pub(super) fn note_text(r: Rect, text: &str) -> TextBlock {
    let inner = r.expand(-NOTE_PADDING);
    let lines_in = |size: f32| ((inner.h / (size * NOTE_LINE)).floor() as usize).max(1);
    let wrapped = |size: f32| crate::text::wrap(Face::Regular, size, text, inner.w.max(size));
    let size = [12.0, 11.0].into_iter().find(|size| wrapped(*size).len() <= lines_in(*size)).unwrap_or(11.0);
    let lines = cut(Face::Regular, size, text, inner.w.max(size), lines_in(size));
    let area = Rect { h: size * NOTE_LINE * lines.len() as f32, ..inner };
    TextBlock { lines: set(Face::Regular, size, size * NOTE_LINE, lines, area, Align::Left), size, symbol: None }
}

/// Lines set into an area of their height, from its top.
pub(super) fn set(face: Face, size: f32, line_height: f32, lines: Vec<String>, area: Rect, align: Align) -> Vec<PlacedLine> {
    let place = |(n, text): (usize, String)| {
        let middle = area.y + line_height * (n as f32 + 0.5);
        let x = match align {
            Align::Left => area.x,
            Align::Middle => area.center().x - width(face, size, &text) / 2.0,
            Align::Right => area.right() - width(face, size, &text),
        };
        PlacedLine { at: pt(x, middle + face.cap_height() * size / 2.0), text }
    };
    lines.into_iter().enumerate().map(place).collect()
}

fn widest(face: Face, size: f32, lines: &[String]) -> f32 {
    lines.iter().map(|l| width(face, size, l)).fold(0.0, f32::max)
}

/// Lines of a flow's name and how wide they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wording {
    pub lines: Vec<String>,
    pub width: f32,
    /// Width of the first line.
    pub first: f32,
}

/// A flow's name on one line and on two (a long one on three), whole words only where possible; breaks people made are
/// kept. Never empty.
pub(super) fn flow_wordings(name: &str, widest_line: f32) -> Vec<Wording> {
    let words = Words::new(Face::Regular, FLOW_TEXT, name);
    let mut out: Vec<Vec<String>> = [1, 2].into_iter().filter_map(|count| words.fit(widest_line, count)).collect();
    out.dedup();
    if out.is_empty() {
        let longer = widest_line * 1.15;
        out.push(words.fit(longer, 3).unwrap_or_else(|| cut(Face::Regular, FLOW_TEXT, name, longer, 3)));
    }
    let measure = |lines: Vec<String>| {
        let widths: Vec<f32> = lines.iter().map(|l| width(Face::Regular, FLOW_TEXT, l)).collect();
        Wording { lines, width: widths.iter().copied().fold(0.0, f32::max), first: widths.first().copied().unwrap_or_default() }
    };
    out.into_iter().map(measure).collect()
}

/// At most `count` lines, the last ending in an ellipsis when something is left out.
fn cut(face: Face, size: f32, text: &str, max: f32, count: usize) -> Vec<String> {
    let mut lines = crate::text::wrap(face, size, text, max);
    if lines.len() > count {
        let rest = lines.split_off(count.saturating_sub(1));
        lines.push(ellipsize(face, size, &rest.join(" "), max));
    }
    lines
}

/// Words of a text with their widths, so that many line lengths can be tried.
struct Words {
    paragraphs: Vec<Vec<(String, f32)>>,
    space: f32,
}

impl Words {
    fn new(face: Face, size: f32, text: &str) -> Words {
        let measured = |word: &str| (word.to_owned(), width(face, size, word));
        let paragraphs = text.lines().map(|line| line.split_whitespace().map(measured).collect()).collect();
        Words { paragraphs, space: width(face, size, " ") }
    }

    /// At most `count` lines no wider than `max`, as narrow and so as even as they can be, whole words only.
    fn fit(&self, max: f32, count: usize) -> Option<Vec<String>> {
        let mut best = self.lines(max).filter(|lines| lines.len() <= count)?;
        if count > 1 {
            let (mut low, mut high) = (0.0, max);
            for _ in 0..8 {
                let middle = (low + high) / 2.0;
                match self.lines(middle).filter(|tried| tried.len() <= count) {
                    Some(tried) => (best, high) = (tried, middle),
                    None => low = middle,
                }
            }
        }
        Some(best)
    }

    fn lines(&self, max: f32) -> Option<Vec<String>> {
        let mut out = Vec::new();
        for words in &self.paragraphs {
            let (mut line, mut used) = (String::new(), 0.0);
            for (word, width) in words {
                if *width > max {
                    return None;
                }
                if !line.is_empty() && used + self.space + width > max {
                    out.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                if !line.is_empty() {
                    line.push(' ');
                    used += self.space;
                }
                line.push_str(word);
                used += width;
            }
            if !line.is_empty() {
                out.push(line);
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::rect;

    #[test]
    fn names_fit_their_outline() {
        let names = [
            "Web",
            "Shop web application",
            "Customer",
            "Account and transfer service",
            "Extraordinarilylongidentifierwithoutspaces",
        ];
        for name in names {
            for (w, h) in [(132.0, 56.0), (100.0, 100.0), (60.0, 40.0), (300.0, 30.0)] {
                for (notation, kind) in Notation::ALL.iter().flat_map(|n| ElementKind::ALL.iter().map(move |k| (n, k))) {
                    let block = element_name(*notation, *kind, rect(0.0, 0.0, w, h), name);
                    assert!(block.size >= 11.0 && !block.lines.is_empty());
                    for line in &block.lines {
                        let right = line.at.x + width(Face::Bold, block.size, &line.text);
                        assert!(line.at.x >= 0.0 && right <= w + 0.5, "{name} in {w}x{h}: {line:?}");
                        assert!(line.at.y <= h && line.at.y > 0.0);
                    }
                }
            }
        }
    }

    #[test]
    fn flow_names_are_whole_and_balanced() {
        let lines = |name: &str| flow_wordings(name, 150.0).into_iter().map(|w| w.lines).collect::<Vec<_>>();
        assert_eq!(lines("Customer and catalogue queries"), [["Customer and", "catalogue queries"]]);
        assert_eq!(lines("Application log"), [vec!["Application log"], vec!["Application", "log"]]);
        assert_eq!(lines("one\ntwo"), [["one", "two"]]);
        assert_eq!(lines(""), [Vec::<String>::new()]);
        assert!(lines(&"endless ".repeat(20)).iter().all(|l| l.len() == 3 && l[2].ends_with('…')));
    }
}
