//! Text that runs from right to left, and what stands within it (UAX #9).

use std::borrow::Cow;
use std::ops::Range;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// Stands before a line of a text read from the right that would not be taken for one, and the other way round.
pub const FROM_RIGHT: char = '\u{200f}';
pub const FROM_LEFT: char = '\u{200e}';

/// True for the two above: they are followed, not shown.
pub fn is_mark(c: char) -> bool {
    matches!(c, FROM_RIGHT | FROM_LEFT)
}

/// True when a part of the text runs from right to left.
pub fn turns(text: &str) -> bool {
    // No letter before Hebrew does, and most texts have none after it.
    text.bytes().any(|b| b >= 0xd6) && text.chars().any(runs_left)
}

fn runs_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// True when the text as a whole does: it begins so, and no more letters run the other way. A sentence in English that
/// begins with a name in Hebrew is read from the left.
pub fn is_right_to_left(text: &str) -> bool {
    match text.chars().next() {
        Some(FROM_RIGHT) => return true,
        Some(FROM_LEFT) => return false,
        _ if !turns(text) => return false,
        _ => {}
    }
    let strong = || text.chars().filter(|c| runs_left(*c) || bidi_class(*c) == BidiClass::L);
    let (left, all) = strong().fold((0_usize, 0_usize), |(left, all), c| (left + usize::from(runs_left(c)), all + 1));
    strong().next().is_some_and(runs_left) && 2 * left >= all
}

/// The pieces of a line as they stand from left to right, and whether each is read from the right.
pub fn runs(text: &str) -> Vec<(Range<usize>, bool)> {
    let base = if is_right_to_left(text) { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(base));
    let mut out = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        let left = |run: &Range<usize>| levels.get(run.start).is_some_and(Level::is_rtl);
        out.extend(runs.into_iter().map(|run| (run.clone(), left(&run))));
    }
    out
}

/// The letters in the order in which they stand on the line, for painters that know no other.
pub fn visual(text: &str) -> Cow<'_, str> {
    if !turns(text) {
        return Cow::Borrowed(text);
    }
    let piece = |(range, left): (Range<usize>, bool)| {
        let words = text.get(range).unwrap_or_default();
        if left { words.chars().rev().map(mirrored).collect() } else { words.to_owned() }
    };
    let all: String = runs(text).into_iter().map(piece).collect();
    Cow::Owned(all.chars().filter(|c| !is_mark(*c)).collect())
}

fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('“', '”')];
    let other = |(a, b): &(char, char)| if c == *a { Some(*b) } else { (c == *b).then_some(*a) };
    PAIRS.iter().find_map(other).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_most_of_the_letters_decide_about_a_text() {
        for text in ["שרת", "12 שרת", "«خادم» web", "\u{200f}web שרת"] {
            assert!(turns(text) && is_right_to_left(text), "{text}");
        }
        for text in ["Server שרת", "שרת can be made unavailable", "\u{200e}שרת"] {
            assert!(turns(text) && !is_right_to_left(text), "{text}");
        }
        assert!(!turns("Überwachung, Ελλάδα, 信任"));
    }

    #[test]
    fn pieces_stand_where_people_read_them() {
        assert_eq!(visual("ab אבג cd"), "ab גבא cd");
        assert_eq!(visual("אבג 12 (x)"), "(x) 12 גבא");
        assert_eq!(visual("\u{200e}אבג, ab"), "גבא, ab");
        assert_eq!(visual("plain"), "plain");
    }
}
