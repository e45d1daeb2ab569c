//! `palisade report`: what a client reads, as the kind of file its name asks for.

use super::CliError;
use crate::disk;
use crate::library::Library;
use crate::model::ThreatModel;
use crate::progress::Quiet;
use crate::report::{self, Format, ReportError, ReportOptions};
use crate::risk::assess_on;
use std::path::Path;

pub(super) fn run(model: &ThreatModel, file: &Path, output: &Path, options: ReportOptions) -> Result<(), CliError> {
    let Some(format) = Format::of(output) else {
        let endings: Vec<&str> = Format::ALL.iter().map(|f| f.extension()).collect();
        let message = format!("{}: the ending says what is written; use one of {}", output.display(), endings.join(", "));
        return Err(CliError::Usage(message));
    };
    // A slip in the file name must not cost a model; reports may be made again over themselves.
    if disk::holds_other_than(output, format.mark()) {
        let message = format!("{}: this file is there and is no {} report; name another", output.display(), format.label());
        return Err(CliError::Usage(message));
    }
    let file_name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ReportOptions { file_name, ..options };
    let library = Library::builtin();
    let assessment = assess_on(model, library, options.date);
    let bytes = report::make(format, model, library, &assessment, &options, &Quiet).map_err(|e| match e {
        ReportError::NoPdf | ReportError::NoXlsx => CliError::NotHere(e.to_string()),
        other => CliError::Report(other.to_string()),
    })?;
    Ok(disk::write(output, &bytes)?)
}
