//! What could stand next in a query.

use super::parse;
use crate::register::{Column, Facts, Flag, Register, Row};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most proposals, and most rows looked at for values.
const MOST: usize = 12;
const SAMPLED: usize = 2_000;

/// A word to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text it takes the place of.
    pub range: Range<usize>,
    pub with: String,
    /// What it means.
    pub about: String,
}

/// What fits where the caret (in bytes) is, likeliest first.
pub fn complete(text: &str, caret: usize, register: Register, facts: &Facts<'_>, rows: &[Row]) -> Vec<Completion> {
    let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let before = text.get(..caret).unwrap_or_default();
    let begin = start_of_term(before);
    let word = before.get(begin..).unwrap_or_default();
    let (begin, word) = word.strip_prefix('-').map_or((begin, word), |rest| (begin + 1, rest));
    if word.starts_with('"') {
        return Vec::new();
    }
    match parse::head(word) {
        Some((key, op, after)) => {
            let value = after.rsplit(',').next().unwrap_or_default();
            let range = caret - value.len()..caret;
            let column = Column::of(key).filter(|c| register.has(*c));
            let values = column.map(|column| values(column, value, op.sign(), facts, rows)).unwrap_or_default();
            values.into_iter().map(|(with, about)| Completion { range: range.clone(), with, about }).collect()
        }
        None => words(word, register, begin..caret),
    }
}

/// Where the last term begins: behind the last space that stands outside of quotes.
fn start_of_term(text: &str) -> usize {
    let (mut begin, mut is_quoted, mut is_escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => begin = at + c.len_utf8(),
            _ => {}
        }
    }
    begin
}

/// Own words and names of columns that begin so; those of words that do nothing new are left out.
fn words(word: &str, register: Register, range: Range<usize>) -> Vec<Completion> {
    let lower = word.to_lowercase();
    let fits = |name: &str| name.starts_with(&lower) && name != lower;
    let flags = Flag::ALL.into_iter().filter(|f| f.is_of(register) && fits(f.word()));
    let flags = flags.map(|f| (f.word().to_owned(), f.about().to_owned()));
    let columns = register.columns().iter().map(|(column, _)| *column);
    let columns = columns.filter_map(|column| {
        let mut keys = std::iter::once(column.key()).chain(column.other_keys().iter().copied());
        let key = keys.find(|key| fits(key) || **key == lower)?;
        Some((format!("{key}:"), register.heading(column).to_owned()))
    });
    let all = flags.chain(columns).take(if word.is_empty() { usize::MAX } else { MOST });
    all.map(|(with, about)| Completion { range: range.clone(), with, about }).collect()
}

/// Values that stand in a column, the most frequent first, each with how often.
fn values(column: Column, begun: &str, sign: &str, facts: &Facts<'_>, rows: &[Row]) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().take(SAMPLED) {
        for value in facts.cell(row, column).parts() {
            *found.entry(value).or_default() += 1;
        }
    }
    let lower = begun.trim_start_matches('"').to_lowercase();
    let mut found: Vec<(String, usize)> = found.into_iter().filter(|(value, _)| value.to_lowercase().contains(&lower)).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let values = found.into_iter().take(MOST).map(|(value, many)| {
        let term = super::Term::is("x", [value]).to_string();
        (term.trim_start_matches("x=").to_owned(), format!("{many} rows"))
    });
    let special = ["none", "any"].into_iter().filter(|word| matches!(sign, ":" | "=") && word.starts_with(&lower));
    let special = special.map(|word| {
        let about = if word == "none" { "where nothing is said" } else { "where something is said" };
        (word.to_owned(), about.to_owned())
    });
    let me = matches!(column, Column::Owner | Column::Approver) && "me".starts_with(&lower);
    let me = me.then(|| ("me".to_owned(), "the author".to_owned()));
    me.into_iter().chain(values).chain(special).filter(|(value, _)| *value != begun).collect()
}
