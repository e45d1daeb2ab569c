//! Rich text broken into lines.

use super::atoms;
use crate::geometry::{pt, rect, vec2};
use crate::report::page::{Content, PageItem, Role, TagId, Tags};
use crate::report::style::CELL;
use crate::report::tree::{Inline, Rich, Span, Style};
use crate::scene::{Shape, TextRun};
use crate::text::{self, Face};
use std::collections::HashMap;

/// One line, its items placed from its top left corner.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub width: f32,
    pub height: f32,
    pub items: Vec<PageItem>,
}

impl Line {
    /// The items moved to where the line is.
    pub fn placed(self, x: f32, y: f32) -> impl Iterator<Item = PageItem> {
        self.items.into_iter().map(move |item| PageItem { content: item.content.translated(vec2(x, y)), ..item })
    }
}

enum Piece<'a> {
    Words { span: usize, style: &'a Span, text: String, width: f32 },
    Mark { inline: &'a Inline, width: f32 },
}

fn width_of(style: Style, words: &str) -> f32 {
    text::width(style.face, style.size, words)
}

/// Breaks text to a width. `leading` is the line height over the em size; everything belongs to `tag`.
pub fn break_lines(rich: &Rich, width: f32, leading: f32, tag: Option<TagId>, tags: &mut Tags) -> Vec<Line> {
    let mut breaker = Breaker { width, leading, tag, tags, links: HashMap::new(), row: Vec::new(), x: 0.0, lines: Vec::new() };
    for (index, inline) in rich.0.iter().enumerate() {
        match inline {
            Inline::Text(span) => breaker.span(index, span),
            mark => breaker.mark(mark),
        }
    }
    breaker.finish()
}

struct Breaker<'a, 'm> {
    width: f32,
    leading: f32,
    tag: Option<TagId>,
    tags: &'m mut Tags,
    /// Structure element of each linked span.
    links: HashMap<usize, TagId>,
    row: Vec<Piece<'a>>,
    x: f32,
    lines: Vec<Line>,
}

impl<'a> Breaker<'a, '_> {
    fn span(&mut self, index: usize, span: &'a Span) {
        for (n, paragraph) in span.text.split('\n').enumerate() {
            if n > 0 {
                self.end_line();
            }
            let paragraph: String = paragraph.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            for word in text::pieces(&paragraph) {
                self.word(index, span, word);
            }
        }
    }

    fn word(&mut self, index: usize, span: &'a Span, word: &str) {
        if word.trim().is_empty() && self.row.is_empty() {
            return;
        }
        let bare = width_of(span.style, word.trim_end());
        if self.x + bare > self.width && !self.row.is_empty() {
            self.end_line();
        }
        if bare > self.width {
            return self.cut(index, span, word);
        }
        let width = width_of(span.style, word);
        self.words(index, span, word, width);
    }

    /// A word wider than the line, cut between characters.
    fn cut(&mut self, index: usize, span: &'a Span, word: &str) {
        let mut part = String::new();
        let mut part_width = 0.0;
        for c in word.chars() {
            let w = width_of(span.style, c.encode_utf8(&mut [0; 4]));
            if !part.is_empty() && part_width + w > self.width * 0.98 {
                self.words(index, span, &part, part_width);
                self.end_line();
                part.clear();
                part_width = 0.0;
            }
            part.push(c);
            part_width += w;
        }
        self.words(index, span, &part, part_width);
    }

    fn words(&mut self, index: usize, span: &'a Span, words: &str, width: f32) {
        self.x += width;
        match self.row.last_mut() {
            Some(Piece::Words { span, text, width: w, .. }) if *span == index => {
                text.push_str(words);
                *w += width;
            }
            _ => self.row.push(Piece::Words { span: index, style: span, text: words.to_owned(), width }),
        }
    }

    fn mark(&mut self, inline: &'a Inline) {
        let (width, _) = atoms::size_of(inline);
        if self.x + width > self.width && !self.row.is_empty() {
            self.end_line();
        }
        self.x += width;
        self.row.push(Piece::Mark { inline, width });
    }

    fn finish(mut self) -> Vec<Line> {
        if !self.row.is_empty() || self.lines.is_empty() {
            self.end_line();
        }
        self.lines
    }

    fn end_line(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.x = 0.0;
        let size = row.iter().filter_map(|p| match p {
            Piece::Words { style, .. } => Some(style.style.size),
            Piece::Mark { .. } => None,
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
        let mut line = Line { width: 0.0, height, items: Vec::new() };
        let last = row.len().saturating_sub(1);
        for (n, piece) in row.into_iter().enumerate() {
            match piece {
                Piece::Words { span: index, style: span, text, width } => {
                    let shown = if n == last { text.trim_end() } else { text.as_str() };
                    let width = if n == last { width_of(span.style, shown).min(self.width) } else { width };
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
            line.items.push(PageItem { tag, content: Content::Link { area, to: to.clone(), words: span.text.clone() } });
        }
        let run = TextRun { at: pt(line.width, baseline), text: words.to_owned(), face, size, paint: ink.into() };
        line.items.push(PageItem { tag, content: Content::Shape(Shape::Text(run)) });
        line.width += width;
    }
}
