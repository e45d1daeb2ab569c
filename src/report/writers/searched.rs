//! Searches a finished file for what its readers must not see.

use super::Format;
use crate::report::ReportError;
use crate::report::redaction::{Leak, Secrets};
use crate::report::tree::Report;
use serde_json::Value;

/// The file as it is handed over, once it is read back and searched.
///
/// # Errors
/// When a secret is found, or the file cannot be read back.
pub fn searched(format: Format, bytes: Vec<u8>, report: &Report) -> Result<Vec<u8>, ReportError> {
    let secrets = &report.secrets;
    if secrets.is_empty() {
        return Ok(bytes);
    }
    match format {
        #[cfg(feature = "pdf")]
        Format::Pdf => crate::report::pdf::search(&bytes, secrets)?,
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => {}
        #[cfg(feature = "xlsx")]
        Format::Xlsx => workbook(&bytes, secrets)?,
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => {}
        Format::Html | Format::Csv | Format::Markdown => {
            let text = String::from_utf8_lossy(&bytes);
            look(secrets, "the text of the file", &text)?;
            look(secrets, "the text of the file", &marked_up(&text))?;
        }
        Format::Json => {
            let what = |why: serde_json::Error| unread("JSON", &why);
            json(&serde_json::from_slice(&bytes).map_err(what)?, "the file", secrets)?;
        }
    }
    Ok(bytes)
}

fn fail(leak: Leak) -> Result<(), ReportError> {
    Err(ReportError::Leak(leak))
}

fn look(secrets: &Secrets, place: &str, text: &str) -> Result<(), ReportError> {
    secrets.leak(place, text).map_or(Ok(()), fail)
}

fn unread(file: &'static str, why: &dyn std::fmt::Display) -> ReportError {
    ReportError::Write { file, what: format!("it could not be read back for the search: {why}") }
}

/// Every string and key of a JSON file.
fn json(value: &Value, place: &str, secrets: &Secrets) -> Result<(), ReportError> {
    match value {
        Value::String(text) => look(secrets, place, text),
        Value::Array(items) => items.iter().try_for_each(|item| json(item, place, secrets)),
        Value::Object(entries) => entries.iter().try_for_each(|(key, value)| {
            look(secrets, place, key)?;
            json(value, &format!("“{key}”"), secrets)
        }),
        _ => Ok(()),
    }
}

/// Every part of a workbook, after decompression.
#[cfg(feature = "xlsx")]
fn workbook(bytes: &[u8], secrets: &Secrets) -> Result<(), ReportError> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|why| unread("workbook", &why))?;
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(|why| unread("workbook", &why))?;
        let mut text = Vec::new();
        part.read_to_end(&mut text).map_err(|why| unread("workbook", &why))?;
        let place = format!("the part {} of the workbook", part.name().unwrap_or_default());
        let text = String::from_utf8_lossy(&text);
        look(secrets, &place, &text)?;
        look(secrets, &place, &marked_up(&text))?;
    }
    Ok(())
}

/// What marked-up text says: without tags, escapes resolved.
fn marked_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            // A break in a word is none for those who read it; a new cell is one.
            '>' if inside => inside = false,
            // Markdown escapes signs by this.
            '\\' => {}
            _ if inside => {}
            c => out.push(c),
        }
    }
    for (escape, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")] {
        out = out.replace(escape, sign);
    }
    out
}
