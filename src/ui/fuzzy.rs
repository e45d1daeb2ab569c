//! How well typed letters fit a text. The same letters always give the same order.

/// Points for a letter that follows the one before, that begins a word, and for every letter skipped.
const FOLLOWS: i32 = 8;
const BEGINS: i32 = 12;
const SKIPPED: i32 = -1;
/// Most points lost for letters skipped before one.
const FAR: i32 = -6;

/// Points for a text in which every word of the pattern occurs, letter by letter in order; `None` when one does not.
/// More is better; an empty pattern fits everything alike.
pub fn score(pattern: &str, text: &str) -> Option<i32> {
    let letters: Vec<(char, bool)> = with_beginnings(text);
    let words = pattern.split_whitespace().map(|word| word.to_lowercase().chars().collect::<Vec<char>>());
    let all = words.map(|word| word_score(&word, &letters)).sum::<Option<i32>>()?;
    // Of texts that fit alike the shorter one says less beside what was typed.
    Some(if pattern.trim().is_empty() { 0 } else { 4 * all - letters.len() as i32 / 4 })
}

/// Lower case letters, and whether each begins a word.
fn with_beginnings(text: &str) -> Vec<(char, bool)> {
    let mut before = ' ';
    let mut out = Vec::new();
    for c in text.chars() {
        let begins = c.is_alphanumeric() && (!before.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()));
        out.extend(c.to_lowercase().map(|c| (c, begins)));
        before = c;
    }
    out
}

/// The best way to find the letters of a word in order.
fn word_score(word: &[char], text: &[(char, bool)]) -> Option<i32> {
    let (first, rest) = word.split_first()?;
    let starts = text.iter().enumerate().filter(|(_, (c, _))| c == first).map(|(at, _)| at);
    starts.filter_map(|at| from(at, rest, text)).max()
}

/// Points when the word begins at a place, taking each further letter where it comes next, at the beginning of a word if
/// it cannot follow directly.
fn from(start: usize, rest: &[char], text: &[(char, bool)]) -> Option<i32> {
    let begins = |at: usize| text.get(at).is_some_and(|(_, begins)| *begins);
    let mut points = if begins(start) { BEGINS } else { 0 };
    let mut at = start;
    for letter in rest {
        if text.get(at + 1).is_some_and(|(c, _)| c == letter) {
            points += FOLLOWS;
            at += 1;
            continue;
        }
        let after = || text.iter().enumerate().skip(at + 1).filter(|(_, (c, _))| c == letter).map(|(n, _)| n);
        let next = after().find(|n| begins(*n)).or_else(|| after().next())?;
        points += (SKIPPED * (next - at) as i32).max(FAR) + if begins(next) { BEGINS } else { 0 };
        at = next;
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::score;

    #[track_caller]
    fn better(pattern: &str, one: &str, other: &str) {
        assert!(
            score(pattern, one) > score(pattern, other),
            "{pattern}: {one} {:?} before {other} {:?}",
            score(pattern, one),
            score(pattern, other)
        );
    }

    #[test]
    fn letters_in_order_fit_and_others_do_not() {
        assert!(score("zf", "Zoom to fit").is_some());
        assert!(score("fit zoom", "Zoom to fit").is_some(), "words in any order");
        assert_eq!(score("fz", "Zoom to fit"), None);
        assert_eq!(score("zoom x", "Zoom to fit"), None);
        assert_eq!(score("", "anything"), Some(0));
        assert!(score("ÄR", "ärger").is_some());
    }

    #[test]
    fn beginnings_of_words_and_letters_in_a_row_come_first() {
        better("zf", "Zoom to fit", "Fuzzy flow");
        better("zts", "Zoom to selection", "Zoom to fit and rest");
        better("dup", "Duplicate", "Delete upper part");
        better("copy", "Copy", "Copy as picture");
        better("sql", "OrderSQL", "Sequel of flows");
    }
}
