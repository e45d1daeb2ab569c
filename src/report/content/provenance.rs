//! What the report was made from: hash of the model, versions, packs; and what could not be printed.

use super::{Cx, words};
use crate::library::Pack;
use crate::model::ThreatModel;
use crate::report::style::*;
use crate::report::tree::*;
use crate::scene::Shape;
use crate::text::{Face, shape};
use blake2::digest::consts::U10;
use blake2::{Blake2b, Digest};
use serde::Serialize;
use std::collections::BTreeSet;

/// The first hex digits of a hash over the whole model.
pub fn fingerprint(model: &ThreatModel) -> String {
    hash_of(model)
}

/// The same of a rule pack: of what it says, not of how its file is written.
pub fn pack_hash(pack: &Pack) -> String {
    hash_of(pack)
}

fn hash_of(value: &impl Serialize) -> String {
    let mut hash = Blake2b::<U10>::new();
    hash.update(serde_json::to_vec(value).unwrap_or_default());
    let hex: String = hash.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
    let groups: Vec<&str> = [hex.get(..4), hex.get(4..8), hex.get(8..)].into_iter().flatten().collect();
    groups.join(" ")
}

/// The finished chapters are searched for characters no bundled font has.
pub fn blocks(cx: &Cx<'_>, report: &Report) -> Vec<Block> {
    let info = &cx.model.info;
    let depth = match info.depth {
        1 => "essential rules only",
        2 => "thorough",
        _ => "exhaustive",
    };
    let rows = [
        ("File", cx.options.file_name.clone()),
        ("Model hash", cx.origin.hash.clone()),
        ("Depth", format!("{} ({depth})", info.depth)),
        ("Profile", cx.options.profile.label().to_owned()),
        ("Made with", format!("Palisade {}", env!("CARGO_PKG_VERSION"))),
    ];
    let mut table = Table::headless([fixed(110.0), share(1.0)], TableLook::Framed);
    for (label, value) in rows.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        table.row([quiet(label), cell(value)]);
    }
    let mut blocks = vec![Block::Table(table)];
    let mut packs = Table::with_head([
        ("Rule pack", share(1.0)),
        ("Version", fixed(60.0)),
        ("Hash", fixed(92.0)),
        ("Rules", fixed(40.0).right()),
    ]);
    for pack in cx.library.packs.iter().filter(|p| p.is_on(info)) {
        packs.row([
            cell(pack.title.clone()),
            cell(pack.version.clone()),
            cell(pack_hash(pack)),
            cell(pack.rules.len().to_string()),
        ]);
    }
    blocks.extend([section("Rules asked", Some("packs".to_owned())), Block::Table(packs)]);
    let missing = unprintable(report);
    if !missing.is_empty() {
        let shown: Vec<String> = missing.iter().take(24).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let more = if missing.len() > 24 { " and others" } else { "" };
        blocks.push(Block::Callout(vec![
            topic("Characters that cannot be printed"),
            paragraph(format!(
                "The fonts of this document have no sign for {}: {}{more}. They appear as boxes; copied or searched, the text is complete.",
                words::count(missing.len(), "character", "characters"),
                shown.join(", "),
            )),
        ]));
    }
    blocks
}

/// Characters of the report that no bundled font can show.
fn unprintable(report: &Report) -> BTreeSet<char> {
    let mut texts = vec![report.cover.title.clone(), report.cover.subtitle.clone()];
    texts.extend(report.cover.facts.iter().map(|(_, value)| value.clone()));
    for chapter in &report.chapters {
        texts.push(chapter.title.clone());
        chapter.blocks.iter().for_each(|block| texts_of(block, &mut texts));
    }
    let seen: BTreeSet<char> = texts.iter().flat_map(|t| t.chars()).filter(|c| !c.is_ascii() && !c.is_control()).collect();
    let lacks = |c: &char| shape(Face::Regular, 1.0, &c.to_string()).iter().any(|g| g.id == 0);
    let private = |c: &char| ('\u{e000}'..='\u{f8ff}').contains(c);
    seen.into_iter().filter(|c| !private(c) && lacks(c)).collect()
}

fn texts_of(block: &Block, out: &mut Vec<String>) {
    match block {
        Block::Heading(heading) => out.push(heading.text.plain()),
        Block::Paragraph(text) => out.push(text.plain()),
        Block::Bullets(items) => out.extend(items.iter().map(Rich::plain)),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
            out.extend(cells.map(Rich::plain));
        }
        Block::Figure(figure) => {
            let runs = figure.drawing.shapes.iter().filter_map(|shape| match shape {
                Shape::Text(run) => Some(run.text.clone()),
                _ => None,
            });
            out.extend(runs);
            out.push(figure.caption.plain());
        }
        Block::Columns(columns) => columns.iter().flat_map(|(_, blocks)| blocks).for_each(|b| texts_of(b, out)),
        Block::Together(blocks) | Block::Continued(_, blocks) | Block::Callout(blocks) => {
            blocks.iter().for_each(|b| texts_of(b, out))
        }
        Block::Space(_) | Block::Contents => {}
    }
}
