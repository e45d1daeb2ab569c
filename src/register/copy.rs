//! Rows as text for other programs.

use super::{Column, Facts, Register, Row};

/// Rows with their headings between tabs, as spreadsheets take them from the clipboard.
pub fn tsv<'r>(facts: &Facts<'_>, register: Register, columns: &[Column], rows: impl IntoIterator<Item = &'r Row>) -> String {
    table(facts, register, columns, rows, '\t')
}

/// Rows with their headings as comma-separated values.
pub fn csv<'r>(facts: &Facts<'_>, register: Register, columns: &[Column], rows: impl IntoIterator<Item = &'r Row>) -> String {
    table(facts, register, columns, rows, ',')
}

fn table<'r>(
    facts: &Facts<'_>,
    register: Register,
    columns: &[Column],
    rows: impl IntoIterator<Item = &'r Row>,
    between: char,
) -> String {
    let heads: Vec<String> = columns.iter().map(|column| written(register.heading(*column), between)).collect();
    let mut out = line(&heads, between);
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|column| written(&facts.cell(row, *column).words(), between)).collect();
        out.push_str(&line(&cells, between));
    }
    out
}

fn line(cells: &[String], between: char) -> String {
    let mut line = cells.join(&between.to_string());
    line.push('\n');
    line
}

/// One cell: nothing in it ends the cell or starts a formula.
fn written(words: &str, between: char) -> String {
    let starts_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let words = if starts_formula { format!("'{words}") } else { words.to_owned() };
    if words.contains([between, '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}
