//! Reading a query.

use super::{Op, Query, Term, Test};

pub fn query(text: &str) -> Query {
    let mut rest = text.trim_start();
    let mut terms = Vec::new();
    while !rest.is_empty() {
        let (term, after) = term(rest);
        terms.push(term);
        rest = after.trim_start();
    }
    Query { terms }
}

/// The next term of what begins with one, and what is left.
fn term(text: &str) -> (Term, &str) {
    let negated = text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let (test, rest) = test(negated.unwrap_or(text));
    (Term { is_negated: negated.is_some(), test }, rest)
}

fn test(text: &str) -> (Test, &str) {
    if let Some(after) = text.strip_prefix('"') {
        let (words, rest) = quoted(after);
        return (Test::Quoted(words), rest);
    }
    if let Some((key, op, after)) = head(text) {
        let (values, rest) = values(after);
        return (Test::Column { key: key.to_owned(), op, values }, rest);
    }
    let (word, rest) = word(text, false);
    (Test::Word(word.to_owned()), rest)
}

/// A name of a column and a sign behind it.
pub(super) fn head(text: &str) -> Option<(&str, Op, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))?;
    let (key, after) = text.split_at(end);
    let op = Op::ALL.into_iter().find(|op| after.starts_with(op.sign()))?;
    (key.starts_with(char::is_alphabetic)).then(|| (key, op, after.get(op.sign().len()..).unwrap_or_default()))
}

/// Values between commas; none while nothing is written yet.
fn values(mut text: &str) -> (Vec<String>, &str) {
    let mut found = Vec::new();
    loop {
        match text.strip_prefix('"') {
            Some(after) => {
                let (value, rest) = quoted(after);
                found.push(value);
                text = rest;
            }
            None => {
                let (value, rest) = word(text, true);
                found.extend((!value.is_empty()).then(|| value.to_owned()));
                text = rest;
            }
        }
        match text.strip_prefix(',') {
            Some(rest) => text = rest,
            None => return (found, text),
        }
    }
}

fn word(text: &str, ends_at_comma: bool) -> (&str, &str) {
    let end = text.find(|c: char| c.is_whitespace() || (ends_at_comma && c == ','));
    text.split_at(end.unwrap_or(text.len()))
}

/// What stands before the closing quote; a backslash takes the next sign as it is.
fn quoted(text: &str) -> (String, &str) {
    let mut words = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (words, text.get(at + 1..).unwrap_or_default()),
            '\\' => words.extend(chars.next().map(|(_, c)| c)),
            c => words.push(c),
        }
    }
    (words, "")
}
