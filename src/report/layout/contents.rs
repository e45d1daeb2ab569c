//! The table of contents: chapters and their sections.

use crate::report::style::{CELL, LEAD, fixed, share, styled};
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

/// The contents as rows, every one a link.
pub fn table(entries: &[Entry]) -> Table {
    let mut table = Table::headless([fixed(16.0), share(1.0), fixed(30.0).right()], TableLook::Plain);
    for entry in entries {
        let style = if entry.section { CELL.size(9.0) } else { LEAD.bold().size(9.6) };
        let number = entry.number.map_or_else(String::new, |n| n.to_string());
        let link = Link::Anchor(entry.anchor.clone());
        let mut title = Rich::new();
        if entry.section {
            title = title.gap(4.0);
        }
        table.row([
            styled(style.ink(Ink::Accent), number),
            title.link(style, entry.title.clone(), link),
            Rich::new().push(Inline::PageOf(entry.anchor.clone())),
        ]);
    }
    table
}
