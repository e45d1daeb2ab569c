//! The decision record: sign-offs with what changed since, and who decided, rated and tested what when.

use super::provenance::pack_hash;
use super::{Cx, words};
use crate::audit::{sign_offs, verify};
use crate::model::{LogChange, LogEntry, LogKind};
use crate::report::style::*;
use crate::report::tree::*;
use crate::theme::Ink;

/// Most changes named under one sign-off.
const NAMED: usize = 12;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.log.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![paragraph(chain(cx)), paragraph(engine(cx))];
    let signed = sign_offs(cx.model, &[]);
    if !signed.is_empty() {
        blocks.push(section("Sign-off", Some("record sign-off".to_owned())));
        let mut table = Table::with_head([
            ("Who", share(0.8)),
            ("As", fixed(74.0)),
            ("Of", fixed(80.0)),
            ("When", fixed(92.0)),
            ("Since then", share(1.6)),
        ]);
        for signed in signed {
            let mut of = cell(signed.sign_off.of.label());
            if !signed.sign_off.statement.is_empty() {
                of = of.text(SMALL.size(7.2), format!("\n“{}”", signed.sign_off.statement));
            }
            table.row([
                styled(CELL.bold(), who(signed.entry)),
                cell(signed.sign_off.role.label()),
                of,
                cell(when(cx, signed.entry)),
                since(&signed.changed),
            ]);
        }
        blocks.push(Block::Table(table));
    }
    let order = cx.model.log_in_order();
    let of_record = |change: &&LogChange| change.kind != LogKind::Model;
    let changes: Vec<(&LogEntry, &LogChange)> =
        order.iter().rev().flat_map(|(_, entry)| entry.changes.iter().filter(of_record).map(|change| (*entry, change))).collect();
    if !changes.is_empty() {
        blocks.push(section("Decisions, ratings, controls and scope", Some("record changes".to_owned())));
        let mut table = Table::with_head([
            ("When", fixed(92.0)),
            ("Who", fixed(64.0)),
            ("What", share(1.2)),
            ("Before", share(0.7)),
            ("After", share(1.1)),
        ]);
        for (entry, change) in changes {
            let mut after = cell(words::or_dash(&change.after));
            if !change.reason.is_empty() {
                after = after.text(SMALL.size(7.2), format!("\n{}", change.reason));
            }
            table.row([
                cell(when(cx, entry)),
                cell(who(entry)),
                styled(CELL, change.about.clone()).text(SMALL.size(7.2), format!("\n{}", change.kind.label())),
                cell(words::or_dash(&change.before)),
                after,
            ]);
        }
        blocks.push(Block::Table(table));
    }
    blocks
}

/// How many entries there are, whether they hold, and by which hash to find them again.
fn chain(cx: &Cx<'_>) -> String {
    let heads: Vec<String> = cx.model.log_heads().iter().map(|id| id.as_str().chars().take(16).collect()).collect();
    let many = words::count(cx.model.log.len(), "entry", "entries");
    let newest = if heads.len() == 1 { "The newest is" } else { "The newest are" };
    let breaks = verify(cx.model, None);
    let state = match breaks.len() {
        0 => "Its entries follow each other by their hashes and are as they were written.".to_owned(),
        n => {
            let told: Vec<String> = breaks.iter().take(3).map(ToString::to_string).collect();
            format!("It does not hold in {}: {}.", words::count(n, "place", "places"), told.join("; "))
        }
    };
    format!(
        "The model keeps a log of who changed what when, written at every save and sign-off: {many}. {state} {newest} {}; \
         “palisade audit --head” with this beginning proves that a file still holds it.",
        words::list(heads)
    )
}

/// What rated the model: engine and rule packs, so that the figures of a record can be had again.
fn engine(cx: &Cx<'_>) -> String {
    let on = cx.library.packs.iter().filter(|pack| pack.is_on(&cx.model.info));
    let packs: Vec<String> = on.map(|pack| format!("{} {} (hash {})", pack.id, pack.version, pack_hash(pack))).collect();
    let engine = concat!("Palisade ", env!("CARGO_PKG_VERSION"));
    if packs.is_empty() {
        return format!("The ratings are those of {engine} without rule packs.");
    }
    let many = words::count(packs.len(), "rule pack", "rule packs");
    format!("The ratings are those of {engine} with {many}: {}.", words::list(packs))
}

fn who(entry: &LogEntry) -> String {
    if entry.who.is_empty() { "somebody".to_owned() } else { entry.who.clone() }
}

fn when(cx: &Cx<'_>, entry: &LogEntry) -> String {
    entry.at.map_or_else(|| "–".to_owned(), |at| format!("{}\n{} UTC", cx.date(at.date), at.time()))
}

fn since(changed: &[LogChange]) -> Rich {
    if changed.is_empty() {
        return styled(CELL.ink(Ink::Good), "Nothing has changed.");
    }
    let mut out = styled(CELL.bold(), format!("{} changed:", words::capitalised(&words::number(changed.len()))));
    for change in changed.iter().take(NAMED) {
        out = out.text(SMALL.size(7.2), format!("\n{}: {} → {}", change.about, change.before, change.after));
    }
    let rest = changed.len().saturating_sub(NAMED);
    if rest > 0 { out.text(SMALL.size(7.2), format!("\nand {rest} more")) } else { out }
}
