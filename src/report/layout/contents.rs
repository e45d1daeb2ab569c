//! The table of contents: chapters and their sections.

use super::blocks::{Setter, of_line};
use super::slab::Slab;
use crate::report::page::Role;
use crate::report::style::{CELL, LEAD, styled};
use crate::report::tree::*;
use crate::theme::Ink;

/// A line of the contents.
pub struct Entry {
    pub number: Option<usize>,
    pub title: String,
    pub anchor: String,
    pub section: bool,
}

/// What the contents of a report list.
pub fn entries(report: &Report) -> Vec<Entry> {
    let mut out = Vec::new();
    for chapter in report.chapters.iter().filter(|c| c.number.is_some()) {
        out.push(Entry { number: chapter.number, title: chapter.title.clone(), anchor: chapter.anchor.clone(), section: false });
        for block in &chapter.blocks {
            let (title, anchor) = match block {
                Block::Heading(Heading { level: 2, bookmark: Some(title), anchor: Some(anchor), .. }) => (title, anchor),
                Block::Figure(Figure { bookmark: Some(title), anchor: Some(anchor), .. }) => (title, anchor),
                _ => continue,
            };
            out.push(Entry { number: None, title: title.clone(), anchor: anchor.clone(), section: true });
        }
    }
    out
}

/// The contents, every line a link; a little tighter where that saves a page with a few lines on it.
pub fn set(setter: &mut Setter, width: f32) -> Vec<Slab> {
    let rows: Vec<(bool, Vec<Rich>)> = setter.entries.iter().map(|entry| (entry.section, row(entry))).collect();
    let body = setter.sheet().body().h - ABOVE;
    let high = |between: f32| rows.iter().map(|(_, cells)| between + row_height(cells)).sum::<f32>();
    let between = SPACING.into_iter().find(|between| high(*between) <= body).unwrap_or(SPACING[0]);
    let whole = setter.tags.add(Role::Contents, setter.section);
    let mut out: Vec<Slab> = Vec::new();
    for (is_section, cells) in rows {
        let item = setter.tags.add(Role::ContentsItem, Some(whole));
        let mut slab = Slab::default();
        let columns =
            [(0.0, 16.0, Role::ListLabel), (24.0, width - 62.0, Role::Reference), (width - 30.0, 30.0, Role::Reference)];
        for (rich, (x, w, role)) in cells.iter().zip(columns) {
            let tag = setter.tags.add(role, Some(item));
            let lines = setter.lines(rich, w, LEADING, Some(tag));
            let column = Slab::stacked(lines.into_iter().take(LINES).map(of_line).collect());
            slab.height = slab.height.max(column.height + between);
            let x = if x > 24.0 { x + (w - PAGE_OF).max(0.0) } else { x };
            slab.add(column.items, x, between / 2.0);
        }
        // A chapter stays with the first of its sections.
        out.iter_mut().last().into_iter().for_each(|above| above.glue = is_section && !above.lingers);
        slab.lingers = is_section;
        out.push(slab);
    }
    out.iter_mut().for_each(|slab| slab.lingers = false);
    out
}

/// Height of a line that needs no second one.
fn row_height(cells: &[Rich]) -> f32 {
    let sizes = cells.iter().flat_map(|rich| &rich.0).map(|inline| match inline {
        Inline::Text(span) => span.style.size,
        _ => 0.0,
    });
    LEADING * sizes.fold(0.0, f32::max)
}

/// Room between lines, the first that fits the page.
const SPACING: [f32; 4] = [1.4, 0.6, 0.0, -0.9];
/// Line height over em size.
const LEADING: f32 = 1.24;
/// Height of the title above.
const ABOVE: f32 = 46.0;
/// Lines of one title at most: the whole of it stands at its place.
const LINES: usize = 3;
/// Width of a page number.
const PAGE_OF: f32 = 24.0;

fn row(entry: &Entry) -> Vec<Rich> {
    let style = if entry.section { CELL.size(9.0) } else { LEAD.bold().size(9.6) };
    let number = entry.number.map_or_else(String::new, |n| n.to_string());
    let link = Link::Anchor(entry.anchor.clone());
    let mut title = Rich::new();
    if entry.section {
        title = title.gap(4.0);
    }
    vec![
        styled(style.ink(Ink::Accent), number),
        title.link(style, entry.title.clone(), link),
        Rich::new().push(Inline::PageOf(entry.anchor.clone())),
    ]
}
