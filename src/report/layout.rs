//! From the report tree to pages: blocks become slabs, slabs are stacked onto sheets, then page numbers are known.

mod atoms;
mod blocks;
mod columns;
mod contents;
mod cover;
mod figure;
mod furniture;
mod line;
mod lines;
mod slab;
mod table;
mod tiles;

pub use atoms::{filled, shapes_of, size_of, text_at};
pub use contents::entries;

use super::page::{Pages, Role};
use super::tree::Report;
use crate::progress::Progress;
use blocks::Setter;
use slab::Stacker;

/// Lays a report out on pages. `None` when cancelled.
pub fn lay_out(report: &Report, progress: &dyn Progress) -> Option<Pages> {
    let mut setter = Setter::new(contents::entries(report), report.paper);
    let mut stacker = Stacker::new(report.paper);
    stacker.out.pages.push(cover::page(report, &mut setter));
    let count = report.chapters.len().max(1) as f32;
    for (n, chapter) in report.chapters.iter().enumerate() {
        if progress.cancelled() {
            return None;
        }
        progress.report(n as f32 / count, &chapter.title);
        let section = setter.tags.add(Role::Section, None);
        setter.section = Some(section);
        stacker.begin_chapter(&chapter.title);
        stacker.stack(&setter.chapter(chapter));
    }
    let mut pages = stacker.out;
    pages.tags = std::mem::take(&mut setter.tags);
    furniture::number(&mut pages);
    furniture::dress(&mut pages, &report.facts);
    Some(pages)
}
