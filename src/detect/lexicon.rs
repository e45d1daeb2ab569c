//! The words: read from `assets/library/lexicon.ron`, and found by the first word of a phrase.

use super::Confidence;
use super::words::plain_words;
use crate::model::{AssetKind, Authn, BoundaryKind, Channel, ElementKind, Protocol};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Where in a name a word counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Place {
    /// Where it is what the name is about.
    #[default]
    Head,
    /// Anywhere, unless a word follows that says otherwise.
    Product,
    /// Anywhere, beside whatever else the thing is.
    Aside,
}

/// What a word says about an element.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    words: Vec<String>,
    /// What such a thing is, in words: “a SQL database”.
    pub is: String,
    #[serde(default)]
    pub kind: Option<ElementKind>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub place: Place,
    #[serde(default)]
    pub sure: Confidence,
}

/// What a word says about data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataWord {
    words: Vec<String>,
    pub kind: AssetKind,
    #[serde(default = "medium")]
    pub sure: Confidence,
}

fn medium() -> Confidence {
    Confidence::Medium
}

/// What a word says about how a flow talks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowWord {
    words: Vec<String>,
    pub is: String,
    #[serde(default)]
    pub protocol: Option<Protocol>,
    #[serde(default)]
    pub authn: Option<Authn>,
    #[serde(default)]
    pub channel: Option<Channel>,
    #[serde(default)]
    pub sure: Confidence,
}

/// What a word says about a trust boundary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundaryWord {
    words: Vec<String>,
    pub is: String,
    #[serde(default)]
    pub kind: Option<BoundaryKind>,
    pub trust: u8,
    #[serde(default)]
    pub sure: Confidence,
}

/// What a store of a tag holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    pub tag: String,
    pub kind: AssetKind,
}

/// How things of these tags usually talk: one end carries a tag of `at`, the other one of `with` (none: any process).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub at: Vec<String>,
    /// Not where it carries one of these tags besides.
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub with: Vec<String>,
    pub protocol: Protocol,
    pub sure: Confidence,
}

#[derive(Default, Deserialize)]
#[serde(rename = "Lexicon")]
#[serde(deny_unknown_fields)]
struct Text {
    neutral: Vec<String>,
    hosts: Vec<String>,
    tails: Vec<String>,
    breaks: Vec<String>,
    negations: Vec<String>,
    nouns: Vec<Noun>,
    data: Vec<DataWord>,
    flows: Vec<FlowWord>,
    boundaries: Vec<BoundaryWord>,
    holds: Vec<Holding>,
    talks: Vec<Talk>,
}

/// Entries of one sort, by the first word of each of their phrases; longer phrases first.
#[derive(Debug)]
pub struct Section<T> {
    entries: Vec<T>,
    phrases: BTreeMap<String, Vec<(Vec<String>, Vec<usize>)>>,
}

impl<T> Default for Section<T> {
    fn default() -> Section<T> {
        Section { entries: Vec::new(), phrases: BTreeMap::new() }
    }
}

impl<T> Section<T> {
    fn new(entries: Vec<T>, words: impl Fn(&T) -> &[String]) -> Section<T> {
        let mut phrases: BTreeMap<String, Vec<(Vec<String>, Vec<usize>)>> = BTreeMap::new();
        for (n, entry) in entries.iter().enumerate() {
            for phrase in words(entry).iter().map(|phrase| plain_words(phrase)) {
                let Some(first) = phrase.first() else { continue };
                let at = phrases.entry(first.clone()).or_default();
                match at.iter_mut().find(|(known, _)| *known == phrase) {
                    Some((_, entries)) => entries.push(n),
                    None => at.push((phrase, vec![n])),
                }
            }
        }
        phrases.values_mut().for_each(|list| list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
        Section { entries, phrases }
    }

    /// The entries of the longest phrase these words begin with, and how many words that has.
    pub fn longest<'a>(&'a self, words: &[&str]) -> Option<(usize, Vec<&'a T>)> {
        let first = words.first()?;
        let begins = |phrase: &[String]| phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b);
        let (phrase, entries) = self.phrases.get(*first)?.iter().find(|(phrase, _)| begins(phrase))?;
        Some((phrase.len(), entries.iter().filter_map(|n| self.entries.get(*n)).collect()))
    }

    fn phrases(&self) -> impl Iterator<Item = &[String]> {
        self.phrases.values().flatten().map(|(phrase, _)| phrase.as_slice())
    }

    pub fn entries(&self) -> &[T] {
        &self.entries
    }
}

/// All words.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub nouns: Section<Noun>,
    pub data: Section<DataWord>,
    pub flows: Section<FlowWord>,
    pub boundaries: Section<BoundaryWord>,
    pub holds: Vec<Holding>,
    pub talks: Vec<Talk>,
    neutral: BTreeSet<String>,
    hosts: BTreeSet<String>,
    breaks: BTreeSet<String>,
    negations: BTreeSet<String>,
    tails: BTreeSet<String>,
    /// Every word of every phrase.
    known: BTreeSet<String>,
    /// Words that stand alone, and so may be parts of compounds.
    parts: BTreeSet<String>,
}

/// Shortest part of a compound, shortest unknown beginning, and shortest known end after one, in letters.
const PART: usize = 3;
const BEGINNING: usize = 4;
const END: usize = 6;

impl Lexicon {
    /// Reads a lexicon.
    ///
    /// # Errors
    /// What is wrong with the text, with its place.
    pub fn parse(text: &str) -> Result<Lexicon, ron::error::SpannedError> {
        let text: Text = ron::from_str(text)?;
        let set = |words: &[String]| words.iter().flat_map(|w| plain_words(w)).collect::<BTreeSet<String>>();
        let mut lexicon = Lexicon {
            neutral: set(&text.neutral),
            hosts: set(&text.hosts),
            breaks: set(&text.breaks),
            negations: set(&text.negations),
            tails: set(&text.tails),
            nouns: Section::new(text.nouns, |e| &e.words),
            data: Section::new(text.data, |e| &e.words),
            flows: Section::new(text.flows, |e| &e.words),
            boundaries: Section::new(text.boundaries, |e| &e.words),
            holds: text.holds,
            talks: text.talks,
            ..Lexicon::default()
        };
        let (nouns, data) = (lexicon.nouns.phrases(), lexicon.data.phrases());
        let (flows, boundaries) = (lexicon.flows.phrases(), lexicon.boundaries.phrases());
        let phrases: Vec<&[String]> = nouns.chain(data).chain(flows).chain(boundaries).collect();
        let known = phrases.iter().copied().flatten().cloned().collect();
        let long = |word: &&String| word.chars().count() >= PART;
        let alone = phrases.iter().filter_map(|phrase| if let [word] = phrase { Some(word) } else { None });
        let parts = alone.filter(long).filter(|word| !lexicon.breaks.contains(*word)).cloned().collect();
        (lexicon.known, lexicon.parts) = (known, parts);
        Ok(lexicon)
    }

    /// The lexicon that ships with the program; empty should it ever fail to load, which a test holds off.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| Lexicon::parse(include_str!("../../assets/library/lexicon.ron")).unwrap_or_default())
    }

    /// What people call things with a tag: "postgres" for a SQL database.
    pub fn names_of<'a, 't>(&'a self, tag: &'t str) -> impl Iterator<Item = &'a str> + use<'a, 't> {
        let nouns = self.nouns.entries().iter().filter(move |noun| noun.tags.iter().any(|t| t == tag));
        nouns.flat_map(|noun| noun.words.iter().map(String::as_str))
    }

    pub fn is_neutral(&self, word: &str) -> bool {
        self.neutral.contains(word) || word.chars().all(|c| c.is_ascii_digit())
    }

    pub fn is_host(&self, word: &str) -> bool {
        plain_words(word).iter().all(|word| self.hosts.contains(word))
    }

    pub fn is_break(&self, word: &str) -> bool {
        self.breaks.contains(word)
    }

    pub fn is_negation(&self, word: &str) -> bool {
        self.negations.contains(word)
    }

    /// The word as it stands in the lexicon: itself, or without the ending of a plural or case, or without a number.
    pub fn base(&self, word: &str) -> Option<String> {
        let is_known = |word: &str| {
            self.known.contains(word)
                || self.neutral.contains(word)
                || self.breaks.contains(word)
                || self.negations.contains(word)
        };
        if is_known(word) {
            return Some(word.to_owned());
        }
        let numbered = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if numbered.len() < word.len() && numbered.len() > 1 && is_known(numbered) {
            return Some(numbered.to_owned());
        }
        self.stem(word)
    }

    /// Without the ending of a plural or case, where that is a word of its own.
    pub fn stem(&self, word: &str) -> Option<String> {
        let endings = [("ies", "y"), ("s", ""), ("es", ""), ("innen", ""), ("en", ""), ("n", ""), ("e", ""), ("er", "")];
        let stems = endings.into_iter().filter_map(|(ending, to)| Some(format!("{}{to}", word.strip_suffix(ending)?)));
        // "aws" is no plural of "aw".
        stems.filter(|stem| stem.chars().count() >= PART).find(|stem| self.known.contains(stem.as_str()))
    }

    /// A compound as the words it is made of; an unknown beginning is one of them. `None` when no end of it is known.
    pub fn compound(&self, word: &str) -> Option<Vec<String>> {
        self.parts_of(word, 0).or_else(|| self.known_end(word))
    }

    /// The whole of a compound in known words.
    pub fn parts_of(&self, word: &str, depth: usize) -> Option<Vec<String>> {
        if word.chars().count() < 2 * PART && depth == 0 || depth > 3 {
            return None;
        }
        // The longest end first: what a compound is about is its last part, and "datenbank" is no bank.
        for (at, _) in word.char_indices().skip(PART) {
            let (Some(head), Some(end)) = (word.get(..at), word.get(at..)) else { continue };
            let Some(end) = self.base(end).filter(|base| self.parts.contains(base)) else { continue };
            // Letters that join in German.
            for joint in ["", "s", "es", "n", "en", "er"] {
                let Some(head) = head.strip_suffix(joint) else { continue };
                if self.parts.contains(head) {
                    return Some(vec![head.to_owned(), end]);
                }
                if let Some(mut words) = self.parts_of(head, depth + 1) {
                    words.push(end);
                    return Some(words);
                }
            }
        }
        None
    }

    fn known_end(&self, word: &str) -> Option<Vec<String>> {
        let (at, end) = word.char_indices().skip(BEGINNING).find_map(|(at, _)| {
            let end = word.get(at..)?;
            let base = self.base(end)?;
            let long = end.chars().count() >= END && self.parts.contains(&base);
            (long || self.tails.contains(&base)).then_some((at, base))
        })?;
        Some(vec![word.get(..at)?.to_owned(), end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn the_lexicon_names_only_tags_of_the_library_that_fit() {
        let lexicon = Lexicon::parse(include_str!("../../assets/library/lexicon.ron")).unwrap();
        let tags = &Library::builtin().tags;
        for noun in lexicon.nouns.entries() {
            for tag in &noun.tags {
                let known = tags.get(tag).unwrap_or_else(|| panic!("no tag {tag}"));
                assert!(noun.kind.is_none_or(|kind| known.kinds.contains(&kind)), "{} is {:?}, {tag} is not", noun.is, noun.kind);
            }
        }
        for holding in &lexicon.holds {
            assert!(tags.get(&holding.tag).is_some(), "no tag {}", holding.tag);
        }
        for talk in &lexicon.talks {
            let unknown = talk.at.iter().chain(&talk.with).chain(&talk.unless).find(|tag| tags.get(tag).is_none());
            assert_eq!(unknown, None);
        }
    }

    #[test]
    fn every_phrase_is_found_as_it_stands() {
        let lexicon = Lexicon::builtin();
        for noun in lexicon.nouns.entries() {
            for phrase in &noun.words {
                let found = crate::detect::reading::read(phrase, lexicon, &lexicon.nouns);
                assert!(found.iter().any(|f| f.entry.is == noun.is), "{phrase} is not found as {}", noun.is);
            }
        }
    }
}
