//! What of the lexicon is in a text, and where: the word a name is about, words before it, and what it is for.

use super::lexicon::{Lexicon, Section};
use super::words::{Token, tokens};
use std::collections::BTreeSet;

/// A phrase of the lexicon in a text.
#[derive(Clone, Debug)]
pub struct Found<'a, T> {
    pub entry: &'a T,
    /// As it was written.
    pub written: String,
    /// Which part of the text it is in; 0 says what the thing is, later ones only what it is for.
    pub part: usize,
    /// Its place among the words, from and to.
    pub from: usize,
    pub to: usize,
    /// Nothing but neutral words follow it in its part.
    pub is_head: bool,
    /// Words it has.
    pub words: usize,
}

/// Everything of `section` in the text that is not denied. One phrase may stand for several entries.
pub fn read<'a, T>(text: &str, lexicon: &Lexicon, section: &'a Section<T>) -> Vec<Found<'a, T>> {
    let tokens = tokens(text, lexicon);
    let words: Vec<&str> = tokens.iter().map(|t| t.word.as_str()).collect();
    // Words that are known themselves may be plurals of others: "cookies".
    let stems: Vec<Option<String>> = tokens.iter().map(|t| lexicon.stem(&t.word)).collect();
    let singular: Vec<&str> = words.iter().zip(&stems).map(|(word, stem)| stem.as_deref().unwrap_or(word)).collect();
    let mut found = Vec::new();
    // Prepositions begin a part as brackets and commas do.
    let (mut part, mut hard, mut denied) = (0, 0, false);
    let mut ends: Vec<usize> = Vec::new();
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.part != hard {
            (hard, part, denied) = (token.part, part + usize::from(at > 0), false);
        }
        let same = tokens.get(at..).unwrap_or_default().iter().take_while(|t| t.part == hard).count();
        let longest = |words: &[&str]| section.longest(words.get(at..at + same).unwrap_or_default());
        if let Some((length, entries)) = longest(&words).or_else(|| longest(&singular)) {
            if !denied {
                let written = written(tokens.get(at..at + length).unwrap_or_default());
                let found_here = |entry| Found {
                    entry,
                    written: written.clone(),
                    part,
                    from: at,
                    to: at + length,
                    is_head: false,
                    words: length,
                };
                found.extend(entries.into_iter().map(found_here));
            }
            if !settled.contains(&part) {
                mark(&mut ends, part, at + length);
            }
            // "Base de données clients": what such a name is about comes first.
            if tokens.get(at..at + length).is_some_and(|phrase| phrase.iter().any(|t| lexicon.is_break(&t.word))) {
                settled.insert(part);
            }
            at += length;
        } else {
            if lexicon.is_negation(&token.word) {
                denied = true;
            } else if lexicon.is_break(&token.word) {
                part += usize::from(at > 0);
            } else if !lexicon.is_neutral(&token.word) && !settled.contains(&part) {
                mark(&mut ends, part, at + 1);
            }
            at += 1;
        }
    }
    for phrase in &mut found {
        phrase.is_head = ends.get(phrase.part) == Some(&phrase.to);
    }
    found
}

/// The last word of a part that is not neutral ends here.
fn mark(ends: &mut Vec<usize>, part: usize, end: usize) {
    if ends.len() <= part {
        ends.resize(part + 1, 0);
    }
    if let Some(last) = ends.get_mut(part) {
        *last = end;
    }
}

/// Tokens as they were written; a compound is shown once.
fn written(tokens: &[Token]) -> String {
    let mut out: Vec<&str> = Vec::new();
    for token in tokens {
        if out.last() != Some(&token.written.as_str()) {
            out.push(&token.written);
        }
    }
    out.join(" ")
}
