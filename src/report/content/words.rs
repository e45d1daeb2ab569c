//! Numbers and lists in words.

use crate::model::{Band, trust_label};
use crate::report::tree::Link;
use crate::risk::BandCounts;
pub use crate::text::capitalised;

/// A score with one decimal.
pub fn score(value: f64) -> String {
    format!("{value:.1}")
}

/// Small numbers in letters, as running text wants them.
pub fn number(n: usize) -> String {
    let letters = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    letters.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// "one threat", "14 threats".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// "one is", "14 are".
pub fn is_are(n: usize) -> String {
    format!("{} {}", number(n), if n == 1 { "is" } else { "are" })
}

/// "a, b and c"; a dash for nothing.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().filter(|i| !i.is_empty()).collect();
    match items.split_last() {
        None => "–".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// "a, b and 5 more": as many as there is room for.
pub fn some(items: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut items: Vec<String> = items.into_iter().filter(|i| !i.is_empty()).collect();
    if items.len() > most + 1 {
        let rest = items.split_off(most).len();
        items.push(format!("{rest} more"));
    }
    list(items)
}

/// "a, b or c".
pub fn alternatives(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.split_last() {
        None => "–".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The words, or a dash for none.
pub fn or_dash(words: &str) -> String {
    if words.trim().is_empty() { "–".to_owned() } else { words.trim().to_owned() }
}

/// The text up to its first full stop or line end.
pub fn first_sentence(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    line.get(..end).unwrap_or(line).to_owned()
}

/// "4 critical, 85 high"; leaves out what is not there.
pub fn bands(counts: &BandCounts, of: &[Band]) -> String {
    let some = of.iter().filter(|b| counts.get(**b) > 0);
    let parts: Vec<String> = some.map(|b| format!("{} {}", counts.get(*b), b.label().to_lowercase())).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// A trust level with its name.
pub fn trust(level: Option<u8>) -> String {
    let number = level.map(|n| format!("{n} ")).unwrap_or_default();
    number + trust_label(level)
}

pub fn cwe(id: u32) -> (String, Link) {
    (format!("CWE-{id}"), Link::Web(format!("https://cwe.mitre.org/data/definitions/{id}.html")))
}

pub fn capec(id: u32) -> (String, Link) {
    (format!("CAPEC-{id}"), Link::Web(format!("https://capec.mitre.org/data/definitions/{id}.html")))
}

/// A technique of MITRE ATT&CK, or of ATLAS when it says so.
pub fn technique(id: &str) -> (String, Link) {
    let address = if id.starts_with("AML") {
        format!("https://atlas.mitre.org/techniques/{id}")
    } else {
        format!("https://attack.mitre.org/techniques/{}/", id.replace('.', "/"))
    };
    (id.to_owned(), Link::Web(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_well() {
        let some = |names: &[&str]| list(names.iter().map(|n| (*n).to_owned()));
        assert_eq!((some(&[]), some(&["a"]), some(&["a", "b", "c"])), ("–".into(), "a".into(), "a, b and c".into()));
        let few = |n: u8| self::some((0..n).map(|k| k.to_string()), 2);
        assert_eq!((few(3), few(4)), ("0, 1 and 2".into(), "0, 1 and 2 more".into()));
        assert_eq!((count(1, "threat", "threats"), count(14, "threat", "threats")), ("one threat".into(), "14 threats".into()));
        assert_eq!(capitalised("élan"), "Élan");
        assert_eq!((trust(Some(2)), trust(None)), ("2 exposed edge".into(), "not stated".into()));
        assert_eq!(bands(&BandCounts { critical: 4, high: 85, ..BandCounts::default() }, Band::ALL), "4 critical, 85 high");
        assert_eq!(technique("T1110.004").1, Link::Web("https://attack.mitre.org/techniques/T1110/004/".into()));
    }
}
