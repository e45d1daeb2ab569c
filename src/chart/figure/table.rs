//! A chart as a table for other programs.

use super::{Figure, Value};

/// The rows of a chart with their headings, as comma-separated values.
pub fn csv(figure: &Figure) -> String {
    table(figure, ',')
}

/// The same between tabs, as spreadsheets take it from the clipboard.
pub fn tsv(figure: &Figure) -> String {
    table(figure, '\t')
}

fn table(figure: &Figure, between: char) -> String {
    let has_marks = figure.rows.iter().any(|entry| !entry.mark.is_empty());
    let mut heads = vec![cell(figure.title, between)];
    heads.extend(has_marks.then(String::new));
    heads.extend(figure.columns.iter().map(|series| cell(&series.heading, between)));
    let gap = between.to_string();
    let mut lines = vec![heads.join(&gap)];
    for entry in &figure.rows {
        let mut cells = vec![cell(&entry.label, between)];
        cells.extend(has_marks.then(|| cell(&entry.mark, between)));
        cells.extend(entry.values.iter().map(|value| value.map(written).unwrap_or_default()));
        lines.push(cells.join(&gap));
    }
    lines.join("\n") + "\n"
}

/// Nothing in a cell ends it; what starts a formula elsewhere is text.
fn cell(words: &str, between: char) -> String {
    let words = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() };
    if words.contains([between, '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

/// Counts as they are, scores with a decimal.
pub(super) fn written(value: Value) -> String {
    if value.amount.fract() == 0.0 { format!("{:.0}", value.amount) } else { format!("{:.1}", value.amount) }
}
