//! Names of places that every browser understands.

use crate::report::tree::{Block, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Anchors of a report and the short names they go by in files.
pub struct Anchors(BTreeMap<String, String>);

impl Anchors {
    pub fn of(report: &Report) -> Anchors {
        let mut names = Vec::new();
        for chapter in &report.chapters {
            names.push(chapter.anchor.clone());
            collect(&chapter.blocks, &mut names);
        }
        let mut taken = BTreeSet::new();
        let mut out = BTreeMap::new();
        for name in names {
            if out.contains_key(&name) {
                continue;
            }
            let plain = plain(&name);
            let mut unique = plain.clone();
            let mut n = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{plain}-{n}");
                n += 1;
            }
            out.insert(name, unique);
        }
        Anchors(out)
    }

    /// The short name; `None` for an anchor that is nowhere in the report.
    pub fn get(&self, anchor: &str) -> Option<&str> {
        self.0.get(anchor).map(String::as_str)
    }
}

fn collect(blocks: &[Block], names: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => names.extend(heading.anchor.clone()),
            Block::Figure(figure) => names.extend(figure.anchor.clone()),
            Block::Table(table) => names.extend(table.rows.iter().filter_map(|row| row.anchor.clone())),
            Block::Columns(columns) => columns.iter().for_each(|(_, blocks)| collect(blocks, names)),
            Block::Together(blocks) | Block::Callout(blocks) => collect(blocks, names),
            Block::Paragraph(_) | Block::Bullets(_) | Block::Space(_) | Block::Contents => {}
        }
    }
}

fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    if joined.is_empty() { "place".to_owned() } else { joined }
}
