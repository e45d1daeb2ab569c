//! What is worth protecting.

use super::{Cx, words};
use crate::model::Id;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk;

/// Places that are named; the tables of elements and flows have them all.
const NAMED: usize = 2;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.assets.is_empty() {
        return Vec::new();
    }
    let value = || fixed(10.0).right();
    let mut table = Table::with_head([
        ("Asset", share(1.3)),
        ("Kind", share(0.9)),
        ("C", value()),
        ("I", value()),
        ("A", value()),
        ("P", value()),
        ("S", value()),
        ("Held at", share(1.0)),
        ("Carried by", share(2.0)),
        ("Worst threat", fixed(52.0)),
    ]);
    for (id, asset) in &cx.model.assets {
        let mut name = styled(CELL.bold(), cx.name(id));
        if !asset.description.trim().is_empty() {
            name = name.text(SMALL.size(7.2), format!("\n{}", asset.description.trim()));
        }
        if !asset.reason.trim().is_empty() {
            name = name.text(SMALL.size(7.2), format!("\nValued so: {}", asset.reason.trim()));
        }
        if !asset.regulation.is_empty() {
            name = name.text(SMALL.size(7.2), format!("\n{}", words::list(asset.regulation.iter().cloned())));
        }
        let optional = |v: Option<u8>| v.map_or_else(|| quiet("–"), |v| cell(v.to_string()));
        let risk = cx.assessment.assets.get(id).filter(|r| r.counts.total() > 0);
        let kinds = words::list(asset.kinds.iter().map(|k| k.label().to_owned()));
        table.row([
            name,
            cell(kinds),
            cell(asset.c.to_string()),
            cell(asset.i.to_string()),
            cell(asset.a.to_string()),
            optional(asset.p),
            optional(asset.s),
            cell(held(cx, id)),
            cell(carried(cx, id)),
            risk.map_or_else(|| quiet("–"), |r| Rich::new().chip(risk::band(r.peak))),
        ]);
    }
    let about = "Value of confidentiality, integrity, availability, privacy and safety, from 0 (none) to 4 (vital).";
    vec![paragraph(about), Block::Table(table)]
}

fn held(cx: &Cx<'_>, asset: &Id) -> String {
    words::some(cx.model.elements.iter().filter(|(_, e)| e.holds.contains(asset)).map(|(id, _)| cx.name(id)), NAMED)
}

fn carried(cx: &Cx<'_>, asset: &Id) -> String {
    words::some(cx.model.flows.iter().filter(|(_, f)| f.assets.contains(asset)).map(|(id, _)| cx.name(id)), NAMED)
}
