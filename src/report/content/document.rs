//! Document facts: what this is, who made it, what it was made from, what it cannot show.

use super::{Cx, words};
use crate::model::{ThreatModel, Tlp};
use crate::report::style::*;
use crate::report::tree::*;
use crate::scene::Shape;
use crate::text::{Face, shape};
use crate::theme::Ink;
use blake2::digest::consts::U10;
use blake2::{Blake2b, Digest};
use std::collections::BTreeSet;

/// What viewers and running heads show.
pub fn facts(cx: &Cx<'_>) -> DocumentFacts {
    let info = &cx.model.info;
    let date = cx.options.date;
    let version = Some(info.version.trim()).filter(|v| !v.is_empty()).map(|v| format!("Version {v}, "));
    let mut keywords = vec!["threat model".to_owned(), "risk report".to_owned()];
    keywords.extend(info.classification.map(|tlp| tlp.label().to_owned()));
    DocumentFacts {
        title: format!("Threat model: {}", cx.title()),
        author: info.owner.clone(),
        subject: if info.scope.trim().is_empty() { "Threat model and risk report".to_owned() } else { info.scope.clone() },
        keywords,
        header: format!("Threat model: {}", cx.title()),
        footer: format!("{}{}", version.unwrap_or_default(), date.long()),
        classification: info.classification.map(|tlp| (tlp.label().to_owned(), tlp_ink(tlp))),
        date: (date.year(), date.month(), date.day()),
    }
}

fn tlp_ink(tlp: Tlp) -> Ink {
    match tlp {
        Tlp::Red => Ink::TlpRed,
        Tlp::Amber | Tlp::AmberStrict => Ink::TlpAmber,
        Tlp::Green => Ink::TlpGreen,
        Tlp::Clear => Ink::TlpClear,
    }
}

/// The first hex digits of a hash over the whole model.
pub fn fingerprint(model: &ThreatModel) -> String {
    let mut hash = Blake2b::<U10>::new();
    hash.update(serde_json::to_vec(model).unwrap_or_default());
    let hex: String = hash.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
    let groups: Vec<&str> = [hex.get(..4), hex.get(4..8), hex.get(8..)].into_iter().flatten().collect();
    groups.join(" ")
}

/// The page behind the cover. The finished chapters are searched for characters no bundled font has.
pub fn chapter(cx: &Cx<'_>, report: &Report) -> Chapter {
    let info = &cx.model.info;
    let packs = cx.library.packs.iter().filter(|p| p.is_on(info));
    let packs = words::list(packs.map(|p| format!("{} {}", p.title, p.version)));
    let depth = match info.depth {
        1 => "essential rules only",
        2 => "thorough",
        _ => "exhaustive",
    };
    let people = cx.model.people.values().map(|p| {
        let roles = words::list(p.roles.iter().map(|r| r.label().to_lowercase()));
        if p.roles.is_empty() { p.name.clone() } else { format!("{} ({roles})", p.name) }
    });
    let rows = [
        ("Title", cx.title()),
        ("Client", info.client.clone()),
        ("Owner", info.owner.clone()),
        ("Reviewer", info.reviewer.clone()),
        ("People", if cx.model.people.is_empty() { String::new() } else { people.collect::<Vec<_>>().join("\n") }),
        ("Version", info.version.clone()),
        ("Date of this report", cx.options.date.long()),
        ("Classification", info.classification.map_or_else(String::new, |t| t.label().to_owned())),
        ("File", cx.options.file_name.clone()),
        ("Model hash", fingerprint(cx.model)),
        ("Rule packs", packs),
        ("Depth", format!("{} ({depth})", info.depth)),
        ("Made with", format!("Palisade {}", env!("CARGO_PKG_VERSION"))),
    ];
    let mut table = Table::headless([fixed(110.0), share(1.0)], TableLook::Framed);
    for (label, value) in rows.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        table.row([quiet(label), cell(value)]);
    }
    let mut blocks = vec![Block::Table(table), section("About this document", None)];
    blocks.push(paragraph(
        "Threats, ratings and figures in this document are derived from one model of the system as it was known on the date \
         above; nothing in it was counted by hand. It shows what was modelled: a part of the system that is missing from the \
         diagrams is missing here. It is no test of the running system and no statement of compliance with any standard.",
    ));
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
    Chapter { number: None, title: "Document".to_owned(), anchor: "document".to_owned(), blocks }
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
        Block::Together(blocks) | Block::Callout(blocks) => blocks.iter().for_each(|b| texts_of(b, out)),
        Block::Space(_) | Block::Contents => {}
    }
}
