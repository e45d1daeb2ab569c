//! The strings a reader must not find, and the search for them.

use super::said;
use crate::model::{Key, ThreatModel, texts_mut};
use crate::report::tree::Report;
use std::collections::BTreeMap;

/// Texts shorter than this are not told apart from ordinary words.
const SHORTEST_TEXT: usize = 8;
/// So much of a line is enough to know it again.
const ENOUGH: usize = 120;
/// So many lines of one text are.
const LINES: usize = 64;

/// What must not be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Secrets {
    all: Vec<Secret>,
    /// Index into `all` by first character, longest first.
    by_first: BTreeMap<char, Vec<usize>>,
    /// Hidden names that are words of Palisade's own, and so cannot be told from those.
    pub common: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Secret {
    /// In small letters, without white space.
    letters: Vec<char>,
    text: String,
    /// What it is, for the message.
    what: String,
    /// What stands in its place; `None` for texts that are taken out whole.
    instead: Option<String>,
    /// A word somebody listed: never taken for a common one.
    listed: bool,
    searched: bool,
}

/// Something a reader must not see is in what was made for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    pub secret: String,
    /// "the name of an element".
    pub what: String,
    /// "page 7", "the bookmarks".
    pub place: String,
}

impl Secrets {
    pub fn is_empty(&self) -> bool {
        !self.all.iter().any(|secret| secret.searched)
    }

    pub(super) fn name(&mut self, name: &str, alias: &str, kind: &str) {
        self.add(name, format!("the name of a hidden {kind}"), Some(alias.to_owned()), false);
    }

    pub(super) fn word(&mut self, word: &str, instead: &str) {
        self.add(word, "a withheld word".to_owned(), Some(instead.to_owned()), true);
    }

    /// A text that stays in the house: each of its lines is looked for.
    pub(super) fn text(&mut self, text: &str, what: &str) {
        let told = |line: &&str| line.trim().chars().count() >= SHORTEST_TEXT;
        for line in text.lines().filter(told).take(LINES) {
            let start: String = line.trim().chars().take(ENOUGH).collect();
            self.add(&start, what.to_owned(), None, false);
        }
    }

    fn add(&mut self, text: &str, what: String, instead: Option<String>, listed: bool) {
        let letters = letters(text);
        let Some(first) = letters.first().copied() else { return };
        if self.all.iter().any(|s| s.letters == letters && s.instead.is_some() == instead.is_some()) {
            return;
        }
        let n = self.all.len();
        self.all.push(Secret { letters, text: text.trim().to_owned(), what, instead, listed, searched: true });
        let list = self.by_first.entry(first).or_default();
        list.push(n);
        let all = &self.all;
        list.sort_by_key(|n| std::cmp::Reverse(all.get(*n).map_or(0, |s| s.letters.len())));
    }

    /// Once all are known: what readers see anyway is no secret, and a name that is a word of Palisade's own is told from
    /// it by nobody. `wordless` is the report with all that people wrote left out.
    pub(super) fn settle(&mut self, redacted: &ThreatModel, wordless: &Report) {
        let mut visible = vec![false; self.all.len()];
        for key in redacted.keys().into_iter().filter(|k| !matches!(k, Key::Placement(_))) {
            if let Some(mut record) = redacted.get(&key) {
                texts_mut(&mut record, &mut |text| self.mark(text, &mut visible));
            }
        }
        let mut own = vec![false; self.all.len()];
        self.all.iter().filter_map(|s| s.instead.as_deref()).for_each(|alias| self.mark(alias, &mut own));
        said(wordless, &mut |_, text| self.mark(text, &mut own));
        for ((secret, visible), own) in self.all.iter_mut().zip(visible).zip(own) {
            let is_text = secret.instead.is_none();
            if (is_text && visible) || (own && !secret.listed) {
                secret.searched = false;
                self.common.extend((!is_text).then(|| secret.text.clone()));
            }
        }
    }

    /// Marks the secrets that stand in a text.
    fn mark(&self, text: &str, marks: &mut [bool]) {
        self.each(text, |n, _| {
            marks.get_mut(n).into_iter().for_each(|mark| *mark = true);
            true
        });
    }

    /// The text with every secret word under its other name.
    pub fn replaced(&self, text: &str) -> String {
        let mut out = String::new();
        let mut copied = 0;
        self.each(text, |n, range| {
            let instead = self.all.get(n).and_then(|s| s.instead.as_deref());
            if let Some(instead) = instead.filter(|_| range.start >= copied) {
                out.push_str(text.get(copied..range.start).unwrap_or_default());
                out.push_str(instead);
                copied = range.end;
            }
            true
        });
        out.push_str(text.get(copied..).unwrap_or_default());
        out
    }

    /// True when a secret that has another name stands in the text, also inside of words.
    pub(super) fn found_in(&self, text: &str) -> bool {
        let text: String = letters(text).into_iter().collect();
        let named = self.all.iter().filter(|s| s.instead.is_some());
        named.map(|s| s.letters.iter().collect::<String>()).any(|word| text.contains(&word))
    }

    /// The first secret that stands in a text of a place.
    pub fn leak(&self, place: &str, text: &str) -> Option<Leak> {
        let mut found = None;
        self.each(text, |n, _| {
            let secret = self.all.get(n).filter(|s| s.searched);
            found = secret.map(|s| Leak { secret: s.text.clone(), what: s.what.clone(), place: place.to_owned() });
            found.is_none()
        });
        found
    }

    /// Calls `each` with every secret in the text and its bytes, left to right, the longest first where several begin,
    /// until it says no. Secrets are found as whole words, in any case, across line breaks and hyphens.
    fn each(&self, text: &str, mut each: impl FnMut(usize, std::ops::Range<usize>) -> bool) {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut n = 0;
        let mut before: Option<char> = None;
        while let Some(&(start, c)) = chars.get(n) {
            let begins = before.is_none_or(|b| !b.is_alphanumeric()) || !c.is_alphanumeric();
            let first = c.to_lowercase().next().unwrap_or(c);
            let candidates = self.by_first.get(&first).filter(|_| begins).map_or(&[][..], Vec::as_slice);
            let hits = candidates.iter().filter_map(|s| Some((*s, matched(&self.all.get(*s)?.letters, &chars, n)?)));
            let mut end = None;
            for (secret, past) in hits {
                let to = chars.get(past).map_or(text.len(), |(at, _)| *at);
                if !each(secret, start..to) {
                    return;
                }
                end = end.max(Some(past));
            }
            let next = end.unwrap_or(n + 1);
            before = chars.get(next - 1).map(|(_, c)| *c);
            n = next;
        }
    }
}

/// Where a secret that begins at a place of the text ends; `None` when it does not stand there.
fn matched(secret: &[char], text: &[(usize, char)], from: usize) -> Option<usize> {
    let mut n = from;
    let mut wanted = secret.iter().copied();
    let mut next = wanted.next();
    let mut last = None;
    while let Some(expected) = next {
        let (_, c) = *text.get(n)?;
        if c.to_lowercase().eq([expected]) || c == expected {
            next = wanted.next();
            last = Some(c);
            n += 1;
            continue;
        }
        // Small letters of several signs, such as İ.
        let mut parts = c.to_lowercase();
        if parts.len() > 1 && parts.next() == Some(expected) {
            next = wanted.next();
            for part in parts {
                if next != Some(part) {
                    return None;
                }
                next = wanted.next();
            }
            last = Some(c);
            n += 1;
            continue;
        }
        let breaks = matches!(c, '-' | '\u{2010}') && text.get(n + 1).is_some_and(|(_, c)| c.is_whitespace());
        if c.is_whitespace() || is_unseen(c) || breaks {
            n += 1;
            continue;
        }
        return None;
    }
    let ends = text.get(n).is_none_or(|(_, c)| !c.is_alphanumeric()) || last.is_some_and(|c| !c.is_alphanumeric());
    ends.then_some(n)
}

/// Soft hyphens, joiners and marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace() && !is_unseen(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        let mut out = Secrets::default();
        out.name("Ada", "Person 1", "person");
        out.name("Ada Lovelace", "Person 2", "person");
        out.name("pay-db-01", "Host A", "element");
        out.text("too short\nok\nThe key is under the mat", "a note");
        out
    }

    #[test]
    fn whole_words_go_under_another_name_in_any_case() {
        let text = "ADA met Ada  Lovelace in Canada, by Ada's pay-DB-01; repay-db-01 stays.";
        assert_eq!(secrets().replaced(text), "Person 1 met Person 2 in Canada, by Person 1's Host A; repay-db-01 stays.");
    }

    #[test]
    fn line_breaks_and_hyphens_hide_nothing() {
        let secrets = secrets();
        for text in ["ada", "a\nAda\nLove-\nlace", "pay-\ndb-01", "pay-db\u{ad}-01", "the KEY is un-\nder\nthe mat."] {
            assert!(secrets.leak("here", text).is_some(), "{text}");
        }
        for text in ["Canada", "adamant", "pay-db-011", "the key is", "ok"] {
            assert!(secrets.leak("here", text).is_none(), "{text}");
        }
    }
}
