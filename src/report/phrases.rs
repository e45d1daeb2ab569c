//! The report's own words another way: a table of phrases, as themes have it.

use super::style::plain_words;
use super::tree::{Block, Cover, Inline, Report, Rich};
use super::walk::each_text;
use crate::scene::Shape;
use std::collections::BTreeMap;

/// Phrases by the English ones. A phrase is a whole piece of text; `{}` stands for a part that differs from report to
/// report, `{n}` for a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    whole: BTreeMap<String, String>,
    /// Those with parts, the longest first.
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    /// The English words around each part, and which parts are numbers.
    from: Vec<String>,
    numbers: Vec<bool>,
    to: Vec<String>,
}

/// Letters a phrase with parts of any kind has at least: a shorter one would fit names of the model.
const FEWEST: usize = 6;

impl Phrases {
    /// A table of English phrases and what stands instead; and what is wrong with which of them.
    pub fn new(table: BTreeMap<String, String>) -> (Phrases, Vec<(String, String)>) {
        let mut out = Phrases::default();
        let mut wrong = Vec::new();
        for (english, other) in table {
            let ((from, numbers), (to, _)) = (split(&english), split(&other));
            let letters = from.iter().flat_map(|part| part.chars()).filter(|c| c.is_alphabetic()).count();
            if from.len() != to.len() {
                wrong.push((english, format!("what stands instead needs as many parts in braces, {}", from.len() - 1)));
            } else if numbers.contains(&false) && letters < FEWEST {
                wrong.push((english, "it fits too much: write {n} for numbers".to_owned()));
            } else if numbers.is_empty() {
                out.whole.insert(english, other);
            } else {
                out.patterns.push(Pattern { from, numbers, to });
            }
        }
        out.patterns.sort_by_key(|p| std::cmp::Reverse(p.from.iter().map(String::len).sum::<usize>()));
        (out, wrong)
    }

    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.patterns.is_empty()
    }

    /// What stands for a text; blanks around it stay.
    pub fn say(&self, text: &str) -> Option<String> {
        let core = text.trim();
        let said = self.whole.get(core).cloned().or_else(|| self.patterns.iter().find_map(|pattern| filled(core, pattern)))?;
        let ahead = text.get(..text.len() - text.trim_start().len()).unwrap_or_default();
        let behind = text.get(text.trim_end().len()..).unwrap_or_default();
        Some(format!("{ahead}{said}{behind}"))
    }

    /// Puts them into a report.
    pub fn apply(&self, report: &mut Report) {
        if self.is_empty() {
            return;
        }
        let Cover { kicker, facts, colophon, .. } = &mut report.cover;
        [kicker, colophon].into_iter().chain(facts.iter_mut().map(|(label, _)| label)).for_each(|text| self.put(text));
        for slot in [&mut report.facts.header, &mut report.facts.footer] {
            self.put(&mut slot.left);
            self.put(&mut slot.middle);
        }
        self.put(&mut report.facts.title);
        for chapter in &mut report.chapters {
            self.put(&mut chapter.title);
            for block in &mut chapter.blocks {
                each_text(block, &mut |text| self.rich(text));
                self.block(block);
            }
        }
    }

    fn put(&self, text: &mut String) {
        if let Some(said) = self.say(text) {
            *text = said;
        }
    }

    fn rich(&self, rich: &mut Rich) {
        for inline in &mut rich.0 {
            match inline {
                Inline::Text(span) => self.put(&mut span.text),
                Inline::Chip { text, .. } => self.put(text),
                _ => {}
            }
        }
        // A phrase may go over several pieces in one style.
        let whole: String = rich.0.iter().map(plain_words).collect();
        if let (Some(said), Some(Inline::Text(first))) = (self.say(&whole), rich.0.first().cloned())
            && rich.0.len() > 1
        {
            rich.0 = vec![Inline::Text(super::tree::Span { text: said, ..first })];
        }
    }

    /// What a block says beside its texts: bookmarks, and the words of pictures.
    fn block(&self, block: &mut Block) {
        match block {
            Block::Heading(heading) => heading.bookmark.iter_mut().for_each(|title| self.put(title)),
            Block::Figure(figure) => {
                figure.bookmark.iter_mut().for_each(|title| self.put(title));
                self.put(&mut figure.drawing.alt);
                for shape in figure.drawing.shapes.iter_mut().chain(figure.legend.iter_mut().flat_map(|l| &mut l.shapes)) {
                    if let Shape::Text(run) = shape {
                        self.put(&mut run.text);
                    }
                }
            }
            Block::Columns(columns) => columns.iter_mut().flat_map(|(_, blocks)| blocks).for_each(|b| self.block(b)),
            Block::Together(blocks) | Block::Continued(_, blocks) | Block::Callout(blocks) => {
                blocks.iter_mut().for_each(|b| self.block(b));
            }
            _ => {}
        }
    }
}

/// The words around the parts of a phrase, and whether each part is a number.
fn split(phrase: &str) -> (Vec<String>, Vec<bool>) {
    let pieces = phrase.split("{}").map(|piece| piece.split("{n}").map(str::to_owned).collect::<Vec<_>>());
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    for (n, piece) in pieces.enumerate() {
        if n > 0 {
            numbers.push(false);
        }
        numbers.extend(std::iter::repeat_n(true, piece.len() - 1));
        words.extend(piece);
    }
    (words, numbers)
}

/// The text in other words, when it has the parts of a phrase.
fn filled(text: &str, pattern: &Pattern) -> Option<String> {
    let (first, others) = pattern.from.split_first()?;
    let mut rest = text.strip_prefix(first.as_str())?;
    let mut parts = Vec::new();
    for (n, (words, is_number)) in others.iter().zip(&pattern.numbers).enumerate() {
        let at = match (words.as_str(), n + 1 == others.len()) {
            ("", true) => rest.len(),
            (words, true) => rest.ends_with(words).then(|| rest.len() - words.len())?,
            (words, false) => rest.find(words)?,
        };
        let part = rest.get(..at)?;
        if *is_number && (part.is_empty() || !part.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))) {
            return None;
        }
        parts.push(part);
        rest = rest.get(at + words.len()..)?;
    }
    let (first, others) = pattern.to.split_first()?;
    Some(others.iter().zip(parts).fold(first.clone(), |out, (words, part)| out + part + words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(pairs: &[(&str, &str)]) -> Phrases {
        Phrases::new(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()).0
    }

    #[test]
    fn whole_texts_and_those_with_parts_are_said_another_way() {
        let german = phrases(&[("Findings", "Befunde"), ("Figure {n}. {}", "Bild {n}: {}"), ("{n} of {n}", "{n} von {n}")]);
        assert_eq!(german.say(" Findings "), Some(" Befunde ".to_owned()));
        assert_eq!(german.say("Figure 3. Web shop"), Some("Bild 3: Web shop".to_owned()));
        assert_eq!(german.say("3 of 20"), Some("3 von 20".to_owned()));
        for other in ["Findings at a glance", "Figure x. Web shop", "Sketch of a shop", " of 20"] {
            assert_eq!(german.say(other), None, "{other}");
        }
    }

    #[test]
    fn a_phrase_that_cannot_be_put_or_fits_everything_is_told() {
        let table = [("Figure {}.", "Bild {} {}"), ("{} of {}", "{} von {}")];
        let (_, wrong) = Phrases::new(table.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        let told: Vec<&str> = wrong.iter().map(|(_, what)| what.as_str()).collect();
        assert!(told.len() == 2 && told[0].contains("braces, 1") && told[1].contains("{n}"), "{told:?}");
    }
}
