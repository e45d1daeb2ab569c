//! Sign-offs as readers outside may know them: who signed what, when, and how much has changed since.

use super::{Cx, words};
use crate::audit::sign_offs;
use crate::model::{Date, ThreatModel, Visibility};
use crate::report::redaction::Redacted;
use crate::report::style::*;
use crate::report::tree::*;
use crate::theme::Ink;

/// A sign-off without what the log names beside it.
pub struct Signed {
    /// Empty where the reader may not know the name.
    who: String,
    role: &'static str,
    of: &'static str,
    on: Option<Date>,
    changed: usize,
}

/// The sign-offs of a model for a reader. Statements and what changed stay in the house: nobody wrote them for others.
pub fn signed(model: &ThreatModel, redacted: &Redacted, reader: Visibility) -> Vec<Signed> {
    let is_open = model.info.disclosure.people >= reader;
    let name = |who: &str| {
        let told = redacted.replaced(who);
        // A name that goes under no other name is no name of the model; it is told only where people are.
        if is_open || told != who { told } else { String::new() }
    };
    let one = |signed: crate::audit::SignedBy<'_>| Signed {
        who: name(&signed.entry.who),
        role: signed.sign_off.role.label(),
        of: signed.sign_off.of.label(),
        on: signed.entry.at.map(|at| at.date),
        changed: signed.changed.len(),
    };
    sign_offs(model, &[]).into_iter().map(one).collect()
}

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.origin.signed.is_empty() {
        return Vec::new();
    }
    let mut table = Table::with_head([
        ("Who", share(1.0)),
        ("As", share(1.0)),
        ("Of", share(1.0)),
        ("On", fixed(92.0)),
        ("Since then", fixed(96.0)),
    ]);
    for signed in &cx.origin.signed {
        let since = match signed.changed {
            0 => styled(CELL.ink(Ink::Good), "unchanged"),
            n => cell(format!("{} changed", words::count(n, "entry", "entries"))),
        };
        table.row([
            styled(CELL.bold(), words::or_dash(&signed.who)),
            cell(signed.role),
            cell(signed.of),
            signed.on.map_or_else(|| quiet("–"), |on| cell(cx.date(on))),
            since,
        ]);
    }
    let about = "A sign-off holds for what it was given for; what was changed in the model afterwards is counted here.";
    vec![paragraph(about), Block::Table(table)]
}
