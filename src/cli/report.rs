//! `palisade report`: the PDF a client reads.

use super::CliError;
use crate::disk;
use crate::library::Library;
use crate::model::{Date, ThreatModel};
use crate::progress::Quiet;
use crate::report::{ReportError, ReportOptions, pdf};
use crate::risk::assess;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn run(model: &ThreatModel, file: &Path, output: &Path, date: Option<Date>) -> Result<(), CliError> {
    // A slip in the file name must not cost a model; reports may be made again over themselves.
    if disk::holds_other_than(output, b"%PDF-") {
        let message = format!("{}: this file is there and is no PDF; name another for the report", output.display());
        return Err(CliError::Usage(message));
    }
    let Some(date) = date.or_else(today) else {
        return Err(CliError::Usage(
            "the clock of this computer cannot be read; give the date with --date YYYY-MM-DD".to_owned(),
        ));
    };
    let file_name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ReportOptions { file_name, ..ReportOptions::new(date) };
    let library = Library::builtin();
    let bytes = pdf(model, library, &assess(model, library), &options, &Quiet).map_err(|e| match e {
        ReportError::NoPdf => CliError::NotHere(e.to_string()),
        other => CliError::Report(other.to_string()),
    })?;
    Ok(disk::write(output, &bytes)?)
}

/// Today in UTC; the one clock of the command line.
pub(super) fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)
}
