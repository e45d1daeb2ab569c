//! The register of all threats.

use super::register::table::Tables;
use crate::register::Register;
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
    let empty = "No threats yet. Draw elements and flows, place them in trust boundaries, and they appear here.";
    tables.of(Register::Threats).ui(ui, cx, &mut |_, _| None, empty, out);
}

/// "236 · 9 possible", as in the status bar.
pub fn count(cx: &ViewCx<'_>) -> String {
    let counting = cx.assessment.totals.risk.counts.total();
    let possible = cx.assessment.totals.risk.possible;
    if possible == 0 { counting.to_string() } else { format!("{counting} · {possible} possible") }
}
