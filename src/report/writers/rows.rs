//! The risk register as CSV (RFC 4180): UTF-8 with the mark spreadsheets look for, and nothing they would calculate.

use super::is_formula;
use crate::report::tree::{Register, Value};

/// Tells spreadsheets that this is UTF-8.
pub const MARK: &str = "\u{feff}";

pub fn write(register: &Register) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and all rows are as long as the heading.
    let _ = writer.write_record(register.columns.iter().map(|c| c.title));
    for row in &register.rows {
        let _ = writer.write_record(row.iter().map(cell));
    }
    let rows = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    format!("{MARK}{rows}")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Text(text) if is_formula(text) => format!("'{text}"),
        other => other.to_string(),
    }
}
