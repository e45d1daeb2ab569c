//! Rich text broken into lines: words by the rules of Unicode, long ones by syllables, endless ones between characters.

use super::atoms;
use super::line::{Line, Piece, Setting};
use crate::report::options::Language;
use crate::report::page::{TagId, Tags};
use crate::report::tree::{Inline, Rich, Span, Style};
use crate::text::{self, Face};
use std::collections::HashMap;

/// A hyphen is set only where the line would be left emptier than this share of it.
const RAGGED: f32 = 0.14;
/// Lines in a row that may end in a hyphen.
const HYPHENS_IN_A_ROW: usize = 2;
/// Longer names in the letters of code may be parted.
const LONGEST_ID: usize = 14;
/// Stands for a mark while breaks are looked for.
const MARK: char = '\u{fffc}';
/// Looks like a hyphen at the end of a line, and says that the word goes on.
const SOFT_HYPHEN: char = '\u{ad}';

pub fn width_of(style: Style, words: &str) -> f32 {
    text::width(style.face, style.size, words)
}

/// Breaks text to a width. `leading` is the line height over the em size; everything belongs to `tag`.
pub fn break_lines(rich: &Rich, width: f32, leading: f32, language: Language, tag: Option<TagId>, tags: &mut Tags) -> Vec<Line> {
    let setting =
        Setting { width, leading, tag, tags, links: HashMap::new(), lines: Vec::new(), from_right: false, spans: HashMap::new() };
    let mut breaker = Breaker { rich, width, language, row: Vec::new(), x: 0.0, hyphens: 0, is_last: false, setting };
    breaker.all();
    breaker.setting.lines
}

/// The width of the text on one line, and of the widest piece of it that cannot be parted well.
pub fn widths(rich: &Rich) -> (f32, f32) {
    let (text, bounds) = spelled(rich);
    let (mut line, mut longest, mut word) = (0.0_f32, 0.0_f32, 0.0_f32);
    let (mut widest, mut from) = (0.0_f32, 0);
    for (end, must) in breaks(rich, &text, &bounds).chain([(text.len(), true)]) {
        for (index, part) in parts(&text, &bounds, from, end) {
            let shown = part.trim_end();
            word += match rich.0.get(index) {
                Some(Inline::Text(span)) => width_of(span.style, shown),
                Some(mark) => atoms::size_of(mark).0,
                None => 0.0,
            };
            line += match rich.0.get(index) {
                Some(Inline::Text(span)) => width_of(span.style, part),
                Some(mark) => atoms::size_of(mark).0,
                None => 0.0,
            };
        }
        widest = widest.max(word);
        word = 0.0;
        if must {
            longest = longest.max(line);
            line = 0.0;
        }
        from = end;
    }
    (longest.max(line), widest)
}

/// The text of all spans in a row, marks as one character, with where each inline begins.
fn spelled(rich: &Rich) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut bounds = Vec::with_capacity(rich.0.len());
    for inline in &rich.0 {
        bounds.push(text.len());
        match inline {
            Inline::Text(span) => text.extend(span.text.chars().map(printable)),
            Inline::Gap(_) => text.push(' '),
            _ => text.push(MARK),
        }
    }
    (text, bounds)
}

/// Where lines may or must end. An id stays whole: "T-" at the end of a line is no name of anything.
fn breaks(rich: &Rich, text: &str, bounds: &[usize]) -> impl Iterator<Item = (usize, bool)> {
    text::breaks(text).into_iter().filter(move |(at, must)| {
        let index = bounds.partition_point(|b| b < at).saturating_sub(1);
        let begins = bounds.get(index).copied().unwrap_or_default();
        let ends = bounds.get(index + 1).copied().unwrap_or(text.len());
        let is_within = begins < *at && *at < ends;
        let is_id = |span: &Span| {
            span.style.face == Face::Mono && span.text.len() <= LONGEST_ID && !span.text.contains(char::is_whitespace)
        };
        *must || !is_within || !matches!(rich.0.get(index), Some(Inline::Text(span)) if is_id(span))
    })
}

/// Characters that would move the pen in ways nobody expects become spaces; line ends stay.
fn printable(c: char) -> char {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => '\n',
        // Marks that turn the direction of text around could make it read as something else.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => ' ',
        c if c.is_control() || c == MARK || c == SOFT_HYPHEN => ' ',
        c => c,
    }
}

/// The pieces of inlines between two places of the spelled text.
fn parts<'t>(text: &'t str, bounds: &[usize], from: usize, to: usize) -> Vec<(usize, &'t str)> {
    let first = bounds.partition_point(|b| *b <= from).saturating_sub(1);
    let mut out = Vec::new();
    for index in first..bounds.len() {
        let begin = bounds.get(index).copied().unwrap_or(0).max(from);
        let end = bounds.get(index + 1).copied().unwrap_or(text.len()).min(to);
        if begin >= to {
            break;
        }
        if let Some(part) = text.get(begin..end).filter(|p| !p.is_empty()) {
            out.push((index, part));
        }
    }
    out
}

struct Breaker<'a, 'm> {
    rich: &'a Rich,
    width: f32,
    language: Language,
    row: Vec<Piece<'a>>,
    x: f32,
    /// Lines just before that end in a hyphen.
    hyphens: usize,
    /// At the last word of a paragraph: a part of it alone on a line looks poor.
    is_last: bool,
    setting: Setting<'m>,
}

impl<'a> Breaker<'a, '_> {
    fn all(&mut self) {
        let (text, bounds) = spelled(self.rich);
        // Names among words of the report do not turn it around.
        let texts =
            || self.rich.0.iter().filter_map(|inline| if let Inline::Text(span) = inline { Some(&span.text) } else { None });
        self.setting.from_right =
            text::turns(&text) && texts().all(|text| text::is_right_to_left(text) || !text.chars().any(char::is_alphabetic));
        let mut from = 0;
        for (end, must) in breaks(self.rich, &text, &bounds).chain([(text.len(), false)]) {
            self.is_last = must || end == text.len();
            self.word(&parts(&text, &bounds, from, end));
            if must {
                self.end_line(false);
            }
            from = end;
        }
        if !self.row.is_empty() || self.setting.lines.is_empty() {
            self.end_line(false);
        }
    }

    fn inline(&self, index: usize) -> Option<&'a Inline> {
        self.rich.0.get(index)
    }

    fn span(&self, index: usize) -> Option<&'a Span> {
        match self.inline(index) {
            Some(Inline::Text(span)) => Some(span),
            _ => None,
        }
    }

    fn bare_width(&self, parts: &[(usize, &str)]) -> f32 {
        let last = parts.len().saturating_sub(1);
        let of = |(n, (index, part)): (usize, &(usize, &str))| match self.inline(*index) {
            Some(Inline::Text(span)) => width_of(span.style, if n == last { part.trim_end() } else { part }),
            Some(mark) => atoms::size_of(mark).0,
            None => 0.0,
        };
        parts.iter().enumerate().map(of).sum()
    }

    /// What no line end goes through, over one or several spans.
    fn word(&mut self, parts: &[(usize, &str)]) {
        let blank = parts.iter().all(|(index, part)| self.span(*index).is_some() && part.trim().is_empty());
        if parts.is_empty() || (blank && self.row.is_empty()) {
            return;
        }
        let bare = self.bare_width(parts);
        if self.x + bare <= self.width {
            return self.put_all(parts);
        }
        if let Some(rest) = self.hyphenated(parts) {
            return self.word(&rest.iter().map(|(index, part)| (*index, part.as_str())).collect::<Vec<_>>());
        }
        if !self.row.is_empty() {
            self.end_line(false);
        }
        if bare <= self.width { self.put_all(parts) } else { self.cut(parts) }
    }

    /// Sets as many syllables as fit and ends the line; what is left of the word.
    fn hyphenated(&mut self, parts: &[(usize, &str)]) -> Option<Vec<(usize, String)>> {
        let [(index, word)] = parts else { return None };
        let span = self.span(*index).filter(|s| s.link.is_none() && matches!(s.style.face, Face::Regular | Face::House(_)))?;
        let room = self.width - self.x;
        if self.is_last || self.hyphens >= HYPHENS_IN_A_ROW || room < RAGGED * self.width {
            return None;
        }
        let fits = |at: &usize| {
            let head = word.get(..*at).unwrap_or_default();
            width_of(span.style, head) + width_of(span.style, "-") <= room
        };
        let at = text::syllables(word.trim_end(), self.language.tag()).into_iter().rev().find(fits)?;
        let (head, tail) = word.split_at_checked(at)?;
        let head = format!("{head}{SOFT_HYPHEN}");
        let width = width_of(span.style, &head);
        self.words(*index, span, &head, width);
        self.end_line(true);
        Some(vec![(*index, tail.to_owned())])
    }

    fn put_all(&mut self, parts: &[(usize, &str)]) {
        for (index, part) in parts {
            let part = part.trim_end_matches('\n');
            match self.inline(*index) {
                Some(Inline::Text(span)) if !part.is_empty() => self.words(*index, span, part, width_of(span.style, part)),
                Some(Inline::Text(_)) | None => {}
                Some(mark) => self.mark(mark),
            }
        }
    }

    /// A word wider than the line, cut between characters.
    fn cut(&mut self, parts: &[(usize, &str)]) {
        for (index, part) in parts {
            let Some(span) = self.span(*index) else {
                self.put_all(&[(*index, part)]);
                continue;
            };
            let mut piece = String::new();
            let mut piece_width = 0.0;
            for c in part.chars().filter(|c| *c != '\n') {
                let mut buffer = [0; 4];
                let w = width_of(span.style, c.encode_utf8(&mut buffer));
                if self.x + piece_width + w > self.width && (!self.row.is_empty() || !piece.is_empty()) {
                    // Letters are not always as wide together as one by one.
                    let carried = self.overhang(span, &mut piece);
                    self.words(*index, span, &piece, width_of(span.style, &piece));
                    self.end_line(false);
                    piece_width = if carried.is_empty() { 0.0 } else { width_of(span.style, &carried) };
                    piece = carried;
                }
                piece.push(c);
                piece_width += w;
            }
            let carried = self.overhang(span, &mut piece);
            self.words(*index, span, &piece, width_of(span.style, &piece));
            if !carried.is_empty() {
                self.end_line(false);
                self.words(*index, span, &carried, width_of(span.style, &carried));
            }
        }
    }

    /// Takes letters off the end of a piece until it fits the line, and gives them.
    fn overhang(&self, span: &Span, piece: &mut String) -> String {
        let mut carried: Vec<char> = Vec::new();
        while piece.chars().nth(1).is_some() && self.x + width_of(span.style, piece) > self.width {
            carried.extend(piece.pop());
        }
        carried.into_iter().rev().collect()
    }

    fn words(&mut self, index: usize, span: &'a Span, words: &str, width: f32) {
        if words.is_empty() {
            return;
        }
        self.x += width;
        match self.row.last_mut() {
            Some(Piece::Words { index: before, text, width: w, .. }) if *before == index => {
                text.push_str(words);
                *w += width;
            }
            _ => self.row.push(Piece::Words { index, span, text: words.to_owned(), width }),
        }
    }

    fn mark(&mut self, inline: &'a Inline) {
        let (width, _) = atoms::size_of(inline);
        if self.x + width > self.width && !self.row.is_empty() {
            self.end_line(false);
        }
        self.x += width;
        self.row.push(Piece::Mark { inline, width });
    }

    fn end_line(&mut self, hyphen: bool) {
        self.hyphens = if hyphen { self.hyphens + 1 } else { 0 };
        self.x = 0.0;
        self.setting.line(std::mem::take(&mut self.row));
    }
}
