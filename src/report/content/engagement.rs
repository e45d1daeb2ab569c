//! The work itself: what was looked at, what was not and why, what was noted.

use super::{Cx, words};
use crate::report::style::*;
use crate::report::tree::*;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let info = &cx.model.info;
    let mut blocks = Vec::new();
    for (title, text) in [("Scope", &info.scope), ("Description", &info.description)] {
        if !text.trim().is_empty() {
            blocks.push(section(title, None));
            blocks.push(paragraph(text.trim()));
        }
    }
    blocks.extend(left_out(cx));
    let limitations = cx.filled(&cx.options.theme.texts.limitations);
    if !limitations.trim().is_empty() {
        blocks.extend([section("Limitations", None), paragraph(limitations)]);
    }
    blocks.extend(notes(cx));
    blocks
}

fn left_out(cx: &Cx<'_>) -> Vec<Block> {
    let elements = cx.model.elements.iter().filter_map(|(id, e)| e.out_of_scope.as_ref().map(|why| (id, why)));
    let flows = cx.model.flows.iter().filter_map(|(id, f)| f.out_of_scope.as_ref().map(|why| (id, why)));
    let all: Vec<_> = elements.chain(flows).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut table = Table::with_head([("Out of scope", share(1.0)), ("Reason", share(2.0))]);
    for (id, why) in all {
        table.row([styled(CELL.bold(), cx.name(id)), cell(words::or_dash(why))]);
    }
    vec![section("Out of scope", Some("out of scope".to_owned())), Block::Table(table)]
}

fn notes(cx: &Cx<'_>) -> Vec<Block> {
    let notes: Vec<Rich> = cx.model.notes.values().filter(|n| n.in_report).map(|n| styled(BODY, n.text.clone())).collect();
    if notes.is_empty() { Vec::new() } else { vec![section("Notes", Some("notes".to_owned())), Block::Bullets(notes)] }
}
