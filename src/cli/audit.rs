//! `palisade audit`: the log of a model, and whether it is as it was written.

use super::CliError;
use super::outcome;
use crate::audit::{Author, changed_outside, next_entry, sign_offs, verify};
use crate::edit::Document;
use crate::library::Library;
use crate::model::{Id, LogChange, LogEntry, Moment, ThreatModel};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// Prints the log, oldest first; fails when its chain is broken or the model was changed without it.
pub(super) fn run(model: &ThreatModel, head: Option<&str>, as_json: bool) -> Result<(), CliError> {
    let breaks: Vec<String> = verify(model, head.map(Id::new).as_ref()).iter().map(ToString::to_string).collect();
    outcome::print(&if as_json { json(model, &breaks) } else { text(model, &breaks) })?;
    if breaks.is_empty() { Ok(()) } else { Err(CliError::Broken(breaks.len())) }
}

fn text(model: &ThreatModel, breaks: &[String]) -> String {
    let mut out = String::new();
    for (id, entry) in model.log_in_order() {
        let at = entry.at.map_or_else(|| "at no known time".to_owned(), |at| format!("{} {} UTC", at.date, at.time()));
        out += &format!("{at}  {}  {id}\n", who(entry));
        entry.changes.iter().for_each(|change| out += &format!("  {}\n", line(change)));
        if let Some(signed) = &entry.sign_off {
            out += &format!("  Signed off as {}: {}", signed.role.label().to_lowercase(), signed.of.label().to_lowercase());
            out += &if signed.statement.is_empty() { "\n".to_owned() } else { format!(". {}\n", signed.statement) };
        }
    }
    for signed in sign_offs(model, &[]) {
        let many = signed.changed.len();
        let since = if many == 0 { "nothing has changed since".to_owned() } else { format!("{many} changed since") };
        out += &format!("\nSign-off of {} by {}: {since}\n", signed.sign_off.of.label().to_lowercase(), who(signed.entry));
        signed.changed.iter().for_each(|change| out += &format!("  {}\n", line(change)));
    }
    let heads: Vec<String> = model.log_heads().iter().map(ToString::to_string).collect();
    out += "\n";
    out += &match (model.log.len(), breaks.is_empty()) {
        (0, _) => "The log is empty; it begins when the model is saved in the window.\n".to_owned(),
        (1, true) => format!("1 entry, as it was written; newest {}\n", heads.join(" and ")),
        (many, true) => format!("{many} entries, as they were written; newest {}\n", heads.join(" and ")),
        (_, false) => breaks.iter().map(|fault| format!("BROKEN  {fault}\n")).collect(),
    };
    out.trim_start_matches('\n').to_owned()
}

fn who(entry: &LogEntry) -> &str {
    if entry.who.is_empty() { "somebody" } else { &entry.who }
}

fn line(change: &LogChange) -> String {
    let reason = if change.reason.is_empty() { String::new() } else { format!(" ({})", change.reason) };
    format!("{:<10}  {}: {} → {}{reason}", change.kind.label(), change.about, change.before, change.after)
}

fn json(model: &ThreatModel, breaks: &[String]) -> String {
    let entry = |(id, entry): (&Id, &LogEntry)| json!({ "id": id, "entry": entry });
    let entries: Vec<Value> = model.log_in_order().into_iter().map(entry).collect();
    format!("{:#}\n", json!({ "entries": entries, "newest": model.log_heads(), "broken": breaks }))
}

/// Adds to the log what a command did to a document.
pub(super) fn log(document: &mut Document, before: &ThreatModel, command: &str) -> Result<(), CliError> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.as_secs());
    let unread = || CliError::Usage("the clock of this computer cannot be read; set it".to_owned());
    let at = Moment::from_unix_seconds(seconds).ok_or_else(unread)?;
    let author = Author { who: command, at };
    let outside = changed_outside(before);
    if let Some((id, entry)) = next_entry(document, Library::builtin(), &|_| None, &author, outside, None) {
        document.append(id, entry);
    }
    Ok(())
}
