//! The files a report can become, one writer each. All of them write the same tree; none decides what is said.

mod anchors;
mod html;
mod json;
mod markdown;
mod rows;
mod searched;
#[cfg(feature = "xlsx")]
mod xlsx;

use super::ReportError;
use super::tree::Report;
use crate::progress::Progress;
use std::path::Path;

/// A kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Pages, for clients.
    #[default]
    Pdf,
    /// One page that works without a network.
    Html,
    /// The risk register as a workbook.
    Xlsx,
    /// The risk register as a table for other tools.
    Csv,
    /// Text for wikis and repositories.
    Markdown,
    /// The whole tree, for programs.
    Json,
}

impl Format {
    pub const ALL: &'static [Format] = &[Format::Pdf, Format::Html, Format::Xlsx, Format::Csv, Format::Markdown, Format::Json];

    /// The usual ending of file names.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Markdown => "md",
            Format::Json => "json",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Html => "HTML",
            Format::Xlsx => "Excel",
            Format::Csv => "CSV",
            Format::Markdown => "Markdown",
            Format::Json => "JSON",
        }
    }

    /// What is in it, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Format::Pdf => "Pages to hand over and to print.",
            Format::Html => "One file for every browser, with links and diagrams.",
            Format::Xlsx => "The risk register as a workbook.",
            Format::Csv => "The risk register as a table for other tools.",
            Format::Markdown => "Text for wikis and repositories.",
            Format::Json => "Everything the report says, for programs.",
        }
    }

    /// The format a file name asks for by its ending.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        let same = |f: &&Format| f.extension() == ending;
        match ending.as_str() {
            "htm" => Some(Format::Html),
            "markdown" => Some(Format::Markdown),
            _ => Format::ALL.iter().find(same).copied(),
        }
    }

    /// How files of this kind begin; nothing for those that begin with words.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Format::Pdf => b"%PDF-",
            Format::Html => b"<!doctype html>",
            Format::Xlsx => b"PK\x03\x04",
            Format::Csv => rows::MARK.as_bytes(),
            Format::Markdown => b"# ",
            Format::Json => b"{\n  \"format\": \"palisade-report\"",
        }
    }
}

/// The report as a file. Equal trees give equal bytes.
///
/// # Errors
/// It was cancelled, or this build lacks the format.
pub fn write(format: Format, report: &Report, progress: &dyn Progress) -> Result<Vec<u8>, ReportError> {
    if progress.cancelled() {
        return Err(ReportError::Cancelled);
    }
    let bytes = written(format, report, progress)?;
    searched::searched(format, bytes, report)
}

fn written(format: Format, report: &Report, progress: &dyn Progress) -> Result<Vec<u8>, ReportError> {
    match format {
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let pages = super::lay_out(report, progress).ok_or(ReportError::Cancelled)?;
            super::pdf::write(&pages, &report.facts, progress)
        }
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => {
            let _ = progress;
            Err(ReportError::NoPdf)
        }
        Format::Html => Ok(html::write(report).into_bytes()),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::write(report),
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => Err(ReportError::NoXlsx),
        Format::Csv => Ok(rows::write(&report.register).into_bytes()),
        Format::Markdown => Ok(markdown::write(report).into_bytes()),
        Format::Json => Ok(json::write(report).into_bytes()),
    }
}

/// True for text a spreadsheet would calculate.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
