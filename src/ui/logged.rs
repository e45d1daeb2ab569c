//! What the audit log says about one threat, wherever it is shown.

use super::widgets::{caption, link};
use super::{Command, Outbox, Page, ViewCx};
use crate::model::{LogChange, LogEntry, ThreatKey};
use egui::{Label, Ui};

/// Most entries told of one threat beside its decision.
const TOLD: usize = 3;

/// The newest entry about a threat in a line, for what appears under the pointer.
pub fn last_logged(cx: &ViewCx<'_>, threat: &ThreatKey) -> Option<String> {
    cx.model.logged_about(threat).first().map(|(entry, change)| line(entry, change))
}

/// The newest entries about a threat, with the way to all of them.
pub fn logged_ui(ui: &mut Ui, cx: &ViewCx<'_>, threat: &ThreatKey, out: &mut Outbox) {
    let logged = cx.model.logged_about(threat);
    if logged.is_empty() {
        return;
    }
    ui.add_space(2.0);
    ui.label(caption(ui, "Logged"));
    for (entry, change) in logged.iter().take(TOLD) {
        let text = caption(ui, line(entry, change));
        ui.add(Label::new(text).wrap());
    }
    let rest = logged.len().saturating_sub(TOLD);
    let words = if rest == 0 { "History".to_owned() } else { format!("History, {rest} more") };
    if link(ui, &words).clicked() {
        out.run(Command::Page(Page::History));
    }
}

fn line(entry: &LogEntry, change: &LogChange) -> String {
    let who = if entry.who.is_empty() { "somebody" } else { &entry.who };
    let when = entry.at.map(|at| format!("{}, ", at.date)).unwrap_or_default();
    let reason = if change.reason.is_empty() { String::new() } else { format!(": {}", change.reason) };
    format!("{when}{who}: {} → {}{reason}", change.before, change.after)
}
