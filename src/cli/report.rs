//! `palisade report`: what a client reads, as the kind of file its name asks for.

use super::CliError;
use super::outcome;
use crate::compare::in_order;
use crate::disk;
use crate::library::Library;
use crate::model::{Id, ThreatModel};
use crate::progress::Quiet;
use crate::report::{self, Format, ReportError, ReportOptions, Theme};
use crate::risk::assess_on;
use std::path::Path;

/// A theme with what lies beside it.
pub(super) fn theme(path: &Path) -> Result<Theme, CliError> {
    let bytes = disk::read(path)?;
    let text =
        std::str::from_utf8(&bytes).map_err(|_| CliError::Unknown(format!("{}: a theme is text in UTF-8", path.display())))?;
    let beside = |name: &str| disk::read(&path.with_file_name(name)).map_err(|why| why.to_string());
    let told = |f: &report::Fault| format!("{}:{}:{}: {}", path.display(), f.line, f.column, f.what);
    let theme = report::read_theme(text, &beside)
        .map_err(|faults| CliError::Unknown(faults.iter().map(told).collect::<Vec<_>>().join("\n")))?;
    theme.warnings.iter().for_each(|warning| outcome::tell(&told(warning)));
    Ok(theme)
}

/// The baseline of this name.
pub(super) fn baseline(model: &ThreatModel, name: &str) -> Result<Id, CliError> {
    let all = in_order(model);
    let found = all.iter().find(|(id, baseline)| baseline.name == name || id.as_str() == name);
    found.map(|(id, _)| (*id).clone()).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|(_, baseline)| format!("“{}”", baseline.name)).collect();
        let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        CliError::Unknown(format!("there is no baseline “{name}”; the model has {has}"))
    })
}

pub(super) fn run(model: &ThreatModel, file: &Path, output: &Path, options: ReportOptions) -> Result<(), CliError> {
    let file_name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ReportOptions { file_name, ..options };
    let library = Library::builtin();
    let report = report::compose(model, library, &assess_on(model, library, options.date), &options);
    let named = output.is_dir().then(|| output.join(format!("{}.pdf", report.facts.file_name)));
    let output = named.as_deref().unwrap_or(output);
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
    for name in &report.secrets.common {
        outcome::tell(&format!("“{name}” goes under another name, but is a word of the report as well and was not searched for"));
    }
    let bytes = report::write(format, &report, &Quiet).map_err(|e| match e {
        ReportError::NoPdf | ReportError::NoXlsx => CliError::NotHere(e.to_string()),
        other => CliError::Report(other.to_string()),
    })?;
    Ok(disk::write(output, &bytes)?)
}
