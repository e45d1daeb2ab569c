//! One line of text and marks, set on its baseline.

use super::atoms;
use super::lines::width_of;
use crate::geometry::{pt, rect, vec2};
use crate::report::page::{Content, PageItem, Role, TagId, Tags};
use crate::report::style::CELL;
use crate::report::tree::{Inline, Span, Style};
use crate::scene::{Shape, TextRun};
use crate::text::{self, FROM_LEFT, FROM_RIGHT, Face};
use std::collections::HashMap;

/// Letters of a link that name it.
const LINK_WORDS: usize = 300;

/// One line, its items placed from its top left corner.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub width: f32,
    pub height: f32,
    /// Belongs to a paragraph that is read from the right, and stands there.
    pub from_right: bool,
    pub items: Vec<PageItem>,
}

impl Line {
    /// The items moved to where the line is.
    pub fn placed(self, x: f32, y: f32) -> impl Iterator<Item = PageItem> {
        self.items.into_iter().map(move |item| PageItem { content: item.content.translated(vec2(x, y)), ..item })
    }
}

/// What a line is made of.
pub enum Piece<'a> {
    Words { index: usize, span: &'a Span, text: String, width: f32 },
    Mark { inline: &'a Inline, width: f32 },
}

/// Sets lines one after the other.
pub struct Setting<'m> {
    pub width: f32,
    pub leading: f32,
    pub tag: Option<TagId>,
    pub tags: &'m mut Tags,
    /// Structure element of each linked span.
    pub links: HashMap<usize, TagId>,
    pub lines: Vec<Line>,
    /// The paragraph is read from right to left.
    pub from_right: bool,
    /// The same of its spans.
    pub spans: HashMap<usize, bool>,
}

impl Setting<'_> {
    pub fn line(&mut self, mut row: Vec<Piece<'_>>) {
        self.turn(&mut row);
        let size = row.iter().map(|p| match p {
            Piece::Words { span, .. } => span.style.size,
            Piece::Mark { .. } => 0.0,
        });
        let size = size.fold(0.0, f32::max);
        let marks = row.iter().map(|p| match p {
            Piece::Mark { inline, .. } => atoms::size_of(inline).1,
            Piece::Words { .. } => 0.0,
        });
        let marks = marks.fold(0.0, f32::max);
        let size = if size > 0.0 { size } else { CELL.size };
        let height = (size * self.leading).max(marks + 1.6);
        let middle = height / 2.0;
        let baseline = middle + Face::Regular.cap_height() * size / 2.0;
        let mut line = Line { width: 0.0, height, from_right: self.from_right, items: Vec::new() };
        let last = row.len().saturating_sub(1);
        for (n, piece) in row.into_iter().enumerate() {
            match piece {
                Piece::Words { index, span, text, width } => {
                    let shown = if n == last { text.trim_end() } else { text.as_str() };
                    // Words are not always as wide together as one by one.
                    let width = if n == last {
                        width_of(span.style, shown).min(self.width)
                    } else {
                        width_of(span.style, shown).max(width)
                    };
                    self.run(&mut line, index, span, shown, width, baseline);
                }
                Piece::Mark { inline: Inline::PageOf(anchor), width } => {
                    line.width += width;
                    let content = Content::PageOf { anchor: anchor.clone(), right: pt(line.width, baseline), style: CELL };
                    line.items.push(PageItem { tag: self.tag, content });
                }
                Piece::Mark { inline, width } => {
                    for (shape, says) in atoms::shapes_of(inline, line.width, middle) {
                        line.items.push(PageItem { tag: self.tag.filter(|_| says), content: Content::Shape(shape) });
                    }
                    line.width += width;
                }
            }
        }
        self.lines.push(line);
    }

    /// Pieces of a paragraph read from the right stand with the last at the left; each piece is read as its whole span is.
    fn turn(&mut self, row: &mut [Piece<'_>]) {
        for piece in row.iter_mut() {
            let Piece::Words { index, span, text, .. } = piece else { continue };
            if text::turns(text) || self.from_right {
                let wanted = *self.spans.entry(*index).or_insert_with(|| text::is_right_to_left(&span.text));
                if text::turns(text) && text::is_right_to_left(text) != wanted {
                    text.insert(0, if wanted { FROM_RIGHT } else { FROM_LEFT });
                }
            }
        }
        if self.from_right {
            if let Some(Piece::Words { span, text, width, .. }) = row.last_mut() {
                text.truncate(text.trim_end().len());
                *width = width_of(span.style, text);
            }
            row.reverse();
        }
    }

    fn run(&mut self, line: &mut Line, index: usize, span: &Span, words: &str, width: f32, baseline: f32) {
        if words.is_empty() {
            return;
        }
        let Style { face, size, ink } = span.style;
        let mut tag = self.tag;
        if let Some(to) = &span.link {
            let (tags, parent) = (&mut *self.tags, self.tag);
            tag = Some(*self.links.entry(index).or_insert_with(|| tags.add(Role::Link, parent)));
            let area = rect(line.width, 0.0, width, line.height);
            line.items.push(PageItem { tag, content: Content::Link { area, to: to.clone(), words: said(&span.text) } });
        }
        let run = TextRun { at: pt(line.width, baseline), text: words.to_owned(), face, size, paint: ink.into() };
        line.items.push(PageItem { tag, content: Content::Shape(Shape::Text(run)) });
        line.width += width;
    }
}

/// What a link is called: the beginning of it is enough, and it is kept for each of its lines.
fn said(words: &str) -> String {
    words.chars().take(LINK_WORDS).collect()
}
