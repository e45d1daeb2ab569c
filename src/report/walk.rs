//! Every text and every anchor of a report tree.

use super::tree::{Block, Inline, Link, Report, Rich};
use crate::theme::Ink;
use std::collections::BTreeSet;

/// Names links can lead to, in reading order.
pub fn anchors(report: &Report) -> Vec<String> {
    let mut out = Vec::new();
    for chapter in &report.chapters {
        out.push(chapter.anchor.clone());
        collect(&chapter.blocks, &mut out);
    }
    out
}

fn collect(blocks: &[Block], names: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => names.extend(heading.anchor.clone()),
            Block::Figure(figure) => names.extend(figure.anchor.clone()),
            Block::Table(table) => names.extend(table.rows.iter().filter_map(|row| row.anchor.clone())),
            Block::Columns(columns) => columns.iter().for_each(|(_, blocks)| collect(blocks, names)),
            Block::Together(blocks) | Block::Continued(_, blocks) | Block::Callout(blocks) => collect(blocks, names),
            Block::Paragraph(_) | Block::Bullets(_) | Block::Space(_) | Block::Contents => {}
        }
    }
}

/// Calls `each` with every text of a block.
pub fn each_text(block: &mut Block, each: &mut dyn FnMut(&mut Rich)) {
    match block {
        Block::Heading(heading) => each(&mut heading.text),
        Block::Paragraph(text) => each(text),
        Block::Bullets(items) => items.iter_mut().for_each(each),
        Block::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            table.head.iter_mut().chain(cells).for_each(each);
        }
        Block::Figure(figure) => each(&mut figure.caption),
        Block::Columns(columns) => columns.iter_mut().flat_map(|(_, blocks)| blocks).for_each(|b| each_text(b, each)),
        Block::Continued(words, blocks) => {
            each(words);
            blocks.iter_mut().for_each(|b| each_text(b, each));
        }
        Block::Together(blocks) | Block::Callout(blocks) => blocks.iter_mut().for_each(|b| each_text(b, each)),
        Block::Space(_) | Block::Contents => {}
    }
}

/// Takes links away whose end is in a chapter this report does without; they would look as if they led somewhere.
pub fn drop_dead_ends(report: &mut Report) {
    let known: BTreeSet<String> = anchors(report).into_iter().collect();
    let mut mend = |text: &mut Rich| {
        for inline in &mut text.0 {
            let Inline::Text(span) = inline else { continue };
            if matches!(&span.link, Some(Link::Anchor(name)) if !known.contains(name)) {
                span.link = None;
                if span.style.ink == Ink::Accent {
                    span.style.ink = Ink::Text;
                }
            }
        }
    };
    report.chapters.iter_mut().flat_map(|chapter| &mut chapter.blocks).for_each(|block| each_text(block, &mut mend));
}
