//! `palisade report`: the PDF a client reads.

use super::CliError;
use crate::disk;
use crate::library::Library;
use crate::model::ThreatModel;
use crate::progress::Quiet;
use crate::report::{ReportError, ReportOptions, pdf};
use crate::risk::assess_on;
use std::path::Path;

pub(super) fn run(model: &ThreatModel, file: &Path, output: &Path, options: ReportOptions) -> Result<(), CliError> {
    // A slip in the file name must not cost a model; reports may be made again over themselves.
    if disk::holds_other_than(output, b"%PDF-") {
        let message = format!("{}: this file is there and is no PDF; name another for the report", output.display());
        return Err(CliError::Usage(message));
    }
    let file_name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ReportOptions { file_name, ..options };
    let library = Library::builtin();
    let bytes = pdf(model, library, &assess_on(model, library, options.date), &options, &Quiet).map_err(|e| match e {
        ReportError::NoPdf => CliError::NotHere(e.to_string()),
        other => CliError::Report(other.to_string()),
    })?;
    Ok(disk::write(output, &bytes)?)
}
