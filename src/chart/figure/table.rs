//! A chart as comma-separated values.

use super::{Figure, Value};

/// The rows of a chart with their headings; what starts a formula elsewhere is text.
pub fn csv(figure: &Figure) -> String {
    let has_marks = figure.rows.iter().any(|entry| !entry.mark.is_empty());
    let mut heads = vec![cell(figure.title)];
    heads.extend(has_marks.then(String::new));
    heads.extend(figure.columns.iter().map(|series| cell(&series.heading)));
    let mut lines = vec![heads.join(",")];
    for entry in &figure.rows {
        let mut cells = vec![cell(&entry.label)];
        cells.extend(has_marks.then(|| cell(&entry.mark)));
        cells.extend(entry.values.iter().map(|value| value.map(written).unwrap_or_default()));
        lines.push(cells.join(","));
    }
    lines.join("\n") + "\n"
}

fn cell(words: &str) -> String {
    let words = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() };
    if words.contains([',', '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

/// Counts as they are, scores with a decimal.
pub(super) fn written(value: Value) -> String {
    if value.amount.fract() == 0.0 { format!("{:.0}", value.amount) } else { format!("{:.1}", value.amount) }
}
