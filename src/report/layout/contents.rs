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

/// The contents, every line a link.
pub fn set(setter: &mut Setter, width: f32) -> Vec<Slab> {
    let rows: Vec<Vec<Rich>> = setter.entries.iter().map(row).collect();
    let whole = setter.tags.add(Role::Contents, setter.section);
    let mut out = Vec::new();
    for cells in rows {
        let item = setter.tags.add(Role::ContentsItem, Some(whole));
        let mut slab = Slab::default();
        let columns =
            [(0.0, 16.0, Role::ListLabel), (24.0, width - 62.0, Role::Reference), (width - 30.0, 30.0, Role::Reference)];
        for (rich, (x, w, role)) in cells.iter().zip(columns) {
            let tag = setter.tags.add(role, Some(item));
            let lines = setter.lines(rich, w, 1.24, Some(tag));
            let column = Slab::stacked(lines.into_iter().take(LINES).map(of_line).collect());
            slab.height = slab.height.max(column.height + 1.4);
            let x = if x > 24.0 { x + (w - PAGE_OF).max(0.0) } else { x };
            slab.add(column.items, x, 0.7);
        }
        out.push(slab);
    }
    out
}

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
