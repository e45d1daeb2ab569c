//! `palisade session`: the summary of a session as a file.

use super::CliError;
use crate::disk;
use crate::library::Library;
use crate::model::{Date, Id, ThreatModel};
use crate::progress::Quiet;
use crate::report::{self, Format, ReportError};
use crate::risk::assess_on;
use crate::session::Summary;
use std::path::Path;

/// Writes the summary of the session of this name, or of the newest.
pub(super) fn run(model: &ThreatModel, name: Option<&str>, output: &Path, day: Date) -> Result<(), CliError> {
    let format = Format::of(output).filter(|format| matches!(format, Format::Pdf | Format::Markdown | Format::Html));
    let Some(format) = format else {
        let message = format!("{}: the ending says what is written; use one of pdf, md, html", output.display());
        return Err(CliError::Usage(message));
    };
    if disk::holds_other_than(output, format.mark()) {
        let message = format!("{}: this file is there and is no {} summary; name another", output.display(), format.label());
        return Err(CliError::Usage(message));
    }
    let library = Library::builtin();
    let assessment = assess_on(model, library, day);
    let summary = found(model, name)?;
    let Some(summary) = Summary::of(model, library, &assessment, &summary) else { return Ok(()) };
    let bytes = report::write(format, &report::session_report(&summary, day), &Quiet).map_err(|e| match e {
        ReportError::NoPdf => CliError::NotHere(e.to_string()),
        other => CliError::Report(other.to_string()),
    })?;
    Ok(disk::write(output, &bytes)?)
}

fn found(model: &ThreatModel, name: Option<&str>) -> Result<Id, CliError> {
    let named = |(id, session): &(&Id, &crate::model::Session)| name.is_none_or(|n| session.name == n || id.as_str() == n);
    let newest = model.sessions.iter().filter(named).max_by_key(|(id, session)| (session.began, *id));
    newest.map(|(id, _)| id.clone()).ok_or_else(|| {
        let names: Vec<String> = model.sessions.values().map(|session| format!("“{}”", session.name)).collect();
        CliError::Unknown(match (name, names.is_empty()) {
            (_, true) => "the model has no session yet; F5 in the window begins one".to_owned(),
            (name, false) => format!("there is no session “{}”; the model has {}", name.unwrap_or_default(), names.join(", ")),
        })
    })
}
