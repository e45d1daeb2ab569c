//! What is known only when all pages are: numbers, and the running header and footer.

use super::atoms::{filled, text_at};
use super::cover::fitted;
use crate::geometry::{pt, rect};
use crate::report::page::{Content, Page, PageItem, Pages};
use crate::report::style::SMALL;
use crate::report::theme::Theme;
use crate::report::tree::DocumentFacts;
use crate::scene::{Shape, TextRun};
use crate::text::{self, Face, width};
use crate::theme::Ink;
use std::collections::BTreeMap;

/// Puts numbers where contents refer to pages.
pub fn number(pages: &mut Pages) {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (n, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            if let Content::Anchor { name, .. } = &item.content {
                numbers.entry(name.clone()).or_insert(n + 1);
            }
        }
    }
    for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Content::PageOf { anchor, right, style } = &item.content {
            let text = numbers.get(anchor).map_or_else(|| "–".to_owned(), ToString::to_string);
            let at = pt(right.x - width(style.face, style.size, &text), right.y);
            let run = TextRun { at, text, face: style.face, size: style.size, paint: style.ink.into() };
            item.content = Content::Shape(Shape::Text(run));
        }
    }
}

/// Adds header and footer to every page.
pub fn dress(pages: &mut Pages, facts: &DocumentFacts, theme: &Theme) {
    let logo = theme.logos.house.as_ref().filter(|_| theme.logos.running);
    let count = pages.pages.len();
    for (n, page) in pages.pages.iter_mut().enumerate() {
        let logo = logo.filter(|_| !page.bare).map(|logo| {
            let (w, h) = fitted(&logo.pixels, LOGO);
            let area = rect(page.sheet.margin(), HEAD - h / 2.0, w, h);
            (area, Content::Logo { area, pixels: logo.pixels.clone(), ground: Ink::Canvas })
        });
        let indent = logo.as_ref().map_or(0.0, |(area, _)| area.w + 9.0);
        page.items.extend(logo.map(|(_, content)| PageItem { tag: None, content }));
        let shapes = if page.bare { bare_footer(page, facts) } else { running(page, facts, (n + 1, count), indent, theme) };
        page.items.extend(shapes.into_iter().map(|shape| PageItem { tag: None, content: Content::Shape(shape) }));
    }
}

const LABEL: f32 = 12.0;
/// Middle of the running head, and the room for a logo in it.
const HEAD: f32 = 33.0;
const LOGO: (f32, f32) = (80.0, 17.0);

/// The classification label, right-aligned at `right`, with the x where it begins.
fn label(facts: &DocumentFacts, right: f32, middle: f32, out: &mut Vec<Shape>) -> f32 {
    let Some((words, ink)) = &facts.classification else { return right };
    let w = width(Face::Bold, LABEL, words) + 8.4;
    let area = rect(right - w, middle - 7.9, w, 15.8);
    out.push(filled(area, 0.0, Ink::TlpGround));
    out.push(text_at(area.x + 4.2, middle, Face::Bold, LABEL, *ink, words));
    area.x - 10.0
}

fn small(face: Face, x: f32, middle: f32, words: String) -> Shape {
    text_at(x, middle, face, SMALL.size, SMALL.ink, words)
}

/// No running head is longer; more is not worth the work on every page.
const LONGEST: usize = 400;

/// A running head with what differs from page to page.
fn of_page(words: &str, page: &Page, number: usize, count: usize) -> String {
    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(at, _)| at);
    let words = words.get(..end).unwrap_or(words);
    let words = words.replace("{{page}}", &number.to_string()).replace("{{pages}}", &count.to_string());
    let chapter: String = page.chapter.chars().take(LONGEST).collect();
    words.replace("{{chapter}}", &chapter)
}

fn running(page: &Page, facts: &DocumentFacts, (number, count): (usize, usize), indent: f32, theme: &Theme) -> Vec<Shape> {
    let face = theme.fonts.of(Face::Regular);
    let (w, h) = page.sheet.size();
    let (left, right) = (page.sheet.margin(), w - page.sheet.margin());
    let mut out = Vec::new();

    let middle = HEAD;
    let room = label(facts, right, middle, &mut out) - left - indent;
    let centre = of_page(&facts.header.middle, page, number, count);
    let centre_wide = width(face, SMALL.size, &centre).min(room / 3.0);
    let room = if centre.is_empty() { room } else { (w - centre_wide) / 2.0 - left - indent - 8.0 };
    if !centre.is_empty() {
        let centre = text::ellipsize(face, SMALL.size, &centre, centre_wide + 0.5);
        out.push(small(face, (w - centre_wide) / 2.0, middle, centre));
    }
    out.push(small(
        face,
        left + indent,
        middle,
        text::ellipsize(face, SMALL.size, &of_page(&facts.header.left, page, number, count), room),
    ));
    out.push(filled(rect(left, 46.4, right - left, 0.6), 0.0, Ink::Border));

    let middle = h - 26.0;
    out.push(filled(rect(left, h - 38.6, right - left, 0.6), 0.0, Ink::Border));
    let edge = label(facts, right, middle, &mut out);
    let numbers = format!("{number} of {count}");
    let numbers = theme.words.say(&numbers).unwrap_or(numbers);
    let numbers_left = edge - width(face, SMALL.size, &numbers);
    out.push(small(face, numbers_left, middle, numbers));
    let third = (right - left) / 3.0 - 8.0;
    out.push(small(
        face,
        left,
        middle,
        text::ellipsize(face, SMALL.size, &of_page(&facts.footer.left, page, number, count), third),
    ));
    let middle_words = of_page(&facts.footer.middle, page, number, count);
    let chapter = text::ellipsize(face, SMALL.size, &middle_words, third);
    let chapter_left = (w - width(face, SMALL.size, &chapter)) / 2.0;
    out.push(small(face, chapter_left, middle, chapter));
    out
}

fn bare_footer(page: &Page, facts: &DocumentFacts) -> Vec<Shape> {
    let (w, h) = page.sheet.size();
    let mut out = Vec::new();
    label(facts, w - page.sheet.margin(), h - 29.0, &mut out);
    out
}
