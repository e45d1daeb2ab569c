//! Line breaking by words.

use super::{Face, width};

/// Lines no wider than `max` (a single word that is wider is cut between characters). `\n` always breaks.
pub fn wrap(face: Face, size: f32, text: &str, max: f32) -> Vec<String> {
    text.lines().flat_map(|paragraph| wrap_paragraph(face, size, paragraph, max)).collect()
}

fn wrap_paragraph(face: Face, size: f32, text: &str, max: f32) -> Vec<String> {
    let fits = |line: &str| width(face, size, line) <= max;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in pieces(text) {
        let candidate = format!("{line}{word}");
        if fits(candidate.trim_end()) {
            line = candidate;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line.clear();
        for c in word.chars() {
            let longer = format!("{line}{c}");
            if !line.is_empty() && !fits(longer.trim_end()) {
                lines.push(std::mem::take(&mut line));
                line.push(c);
            } else {
                line = longer;
            }
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Breakable pieces: words with the spaces behind them; also after `/`, `-` and `_` inside long identifiers.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(&(next, following)) = chars.peek() else { break };
        let after_space = c.is_whitespace() && !following.is_whitespace();
        let inside_word = matches!(c, '/' | '-' | '_') && following.is_alphanumeric() && at > from;
        if after_space || inside_word {
            out.extend(text.get(from..next));
            from = next;
        }
    }
    out.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    out
}

/// The text, or as much of it as fits into `max` with an ellipsis.
pub fn ellipsize(face: Face, size: f32, text: &str, max: f32) -> String {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).take(LONGEST).collect();
    // What is longer than any line is not measured whole: it may be a megabyte, and wanted on every page.
    let is_short = ends.len() < LONGEST;
    if is_short && width(face, size, text) <= max {
        return text.to_owned();
    }
    let candidate = |kept: usize| format!("{}…", text.get(..kept).unwrap_or_default().trim_end());
    let fits = ends.partition_point(|end| width(face, size, &candidate(*end)) <= max);
    candidate(fits.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0))
}

/// More letters than any line has.
const LONGEST: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Database backups readable by anyone through a storage-policy mistake in /var/lib/backups/production";
        for max in [40.0, 90.0, 200.0, 2000.0] {
            let lines = wrap(Face::Regular, 12.0, text, max);
            assert!(lines.iter().all(|l| width(Face::Regular, 12.0, l) <= max), "{lines:?}");
            let squeeze = |s: &str| s.split_whitespace().collect::<String>();
            assert_eq!(squeeze(&lines.concat()), squeeze(text));
        }
        assert_eq!(wrap(Face::Regular, 12.0, "one\ntwo", 500.0), ["one", "two"]);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis_and_fits() {
        let cut = ellipsize(Face::Regular, 12.0, "Customer and catalogue queries", 80.0);
        assert!(cut.ends_with('…') && width(Face::Regular, 12.0, &cut) <= 80.0);
        let endless = ellipsize(Face::Regular, 12.0, &"endless ".repeat(100_000), 80.0);
        assert!(endless.starts_with("endless e") && endless.ends_with('…') && width(Face::Regular, 12.0, &endless) <= 80.0);
    }
}
