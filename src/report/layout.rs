//! From the report tree to pages: blocks become slabs, slabs are stacked onto sheets, then page numbers are known.

mod atoms;
mod blocks;
mod columns;
mod contents;
mod cover;
mod figure;
mod furniture;
mod hand;
mod line;
mod lines;
mod slab;
mod table;
mod tiles;

pub use atoms::{shapes_of, size_of};
pub use contents::entries;

use super::page::{Pages, Role};
use super::tree::{Report, SUMMARY};
use crate::progress::Progress;
use blocks::Setter;
use hand::Hand;
use slab::Stacker;

/// Lays a report out on pages. `None` when cancelled.
pub fn lay_out(report: &Report, progress: &dyn Progress) -> Option<Pages> {
    let mut setter = Setter::new(contents::entries(report), report.paper, Hand::of(report));
    let mut stacker = Stacker::new(report.paper);
    if !report.is_short {
        stacker.out.pages.push(cover::page(report, &mut setter));
    }
    let count = report.chapters.len().max(1) as f32;
    let mut before_is_apart = true;
    for (n, chapter) in report.chapters.iter().enumerate() {
        if progress.cancelled() {
            return None;
        }
        progress.report(n as f32 / count, &chapter.title);
        let section = setter.tags.add(Role::Section, None);
        setter.section = Some(section);
        // Front matter and the page for those who decide have no neighbours.
        let is_apart = chapter.number.is_none() || chapter.anchor == SUMMARY;
        let slabs = setter.chapter(chapter);
        stacker.chapter(&chapter.title, !is_apart && !before_is_apart, &slabs);
        before_is_apart = is_apart;
    }
    let mut pages = stacker.out;
    pages.tags = std::mem::take(&mut setter.tags);
    furniture::number(&mut pages);
    furniture::dress(&mut pages, &report.facts, &report.theme);
    Some(pages)
}
