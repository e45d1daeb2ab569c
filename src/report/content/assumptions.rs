//! What was taken for granted.

use super::{Cx, words};
use crate::report::style::*;
use crate::report::tree::*;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.assumptions.is_empty() {
        return Vec::new();
    }
    let mut table = Table::with_head([
        ("Assumption", share(2.0)),
        ("Status", fixed(52.0)),
        ("About", share(1.0)),
        ("Owner", fixed(76.0)),
        ("Reviewed", fixed(72.0)),
    ]);
    for assumption in cx.model.assumptions.values() {
        table.row([
            cell(words::or_dash(&assumption.text)),
            cell(assumption.status.label()),
            cell(cx.names(&assumption.about)),
            cell(cx.person(assumption.owner.as_ref())),
            assumption.reviewed.map_or_else(|| quiet("–"), |d| cell(cx.date(d))),
        ]);
    }
    let about = "Where one of these turns out wrong, the threats around it have to be looked at again.";
    vec![paragraph(about), Block::Table(table)]
}
