//! Where lines of text may end: by the Unicode line breaking algorithm (UAX #14), and inside words by syllables.

use hypher::{Lang, hyphenate_bounded};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Longer words are no words of a language.
const LONGEST_WORD: usize = 40;
/// Names longer than this, in bytes, may be parted behind `_` and `.`.
const LONG_NAME: usize = 18;
/// Letters kept before and after a hyphen.
const KEPT: (usize, usize) = (2, 3);

/// Where a line may or must end: the byte after which it does, and whether it must. The end of the text is not told.
/// Long names may also be parted behind `_` and `.`.
pub fn breaks(text: &str) -> Vec<(usize, bool)> {
    let mut out: Vec<(usize, bool)> =
        linebreaks(text).filter(|(at, _)| *at < text.len()).map(|(at, kind)| (at, kind == BreakOpportunity::Mandatory)).collect();
    let known = out.len();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.len() > LONG_NAME {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let joint = |(n, c): (usize, char)| {
                let (before, after) = (word.get(..n)?.chars().next_back(), word.get(n + 1..)?.chars().next());
                (letter(before) && letter(after)).then_some((at + n + c.len_utf8(), false))
            };
            out.extend(word.char_indices().filter(|(_, c)| matches!(c, '_' | '.')).filter_map(joint));
        }
        at += word.len();
    }
    if out.len() > known {
        out.sort_by_key(|(at, must)| (*at, !must));
        out.dedup_by_key(|(at, _)| *at);
    }
    out
}

/// Byte offsets at which a word may be parted with a hyphen in a language (BCP 47); none for names, codes and short words,
/// and in languages whose patterns are not known.
pub fn syllables(word: &str, language: &str) -> Vec<usize> {
    let core = word.trim_end_matches([',', '.', ';', ':', '!', '?', ')', '”', '’', '“', '»']);
    let letters = core.strip_prefix(['(', '“', '‘', '„', '«']).unwrap_or(core);
    let ahead = core.len() - letters.len();
    let mut code = language.bytes();
    let known = code.next().zip(code.next()).and_then(|(a, b)| Lang::from_iso([a, b]));
    let Some(language) = known else { return Vec::new() };
    // A word with other letters than English has is a name of another language.
    let fits = |c: char| if language == Lang::English { c.is_ascii_alphabetic() } else { c.is_alphabetic() };
    let plain = letters.chars().all(fits) && letters.chars().skip(1).all(char::is_lowercase);
    let long = letters.chars().count();
    if !plain || long <= KEPT.0 + KEPT.1 || long > LONGEST_WORD {
        return Vec::new();
    }
    let mut at = ahead;
    let mut out = Vec::new();
    for syllable in hyphenate_bounded(letters, language, KEPT.0, KEPT.1) {
        at += syllable.len();
        out.push(at);
    }
    out.pop();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let mut from = 0;
        let mut out = Vec::new();
        for at in breaks(text).into_iter().map(|(at, _)| at).chain([text.len()]) {
            out.push(&text[from..at]);
            from = at;
        }
        out
    }

    #[test]
    fn lines_end_where_a_printer_would_end_them() {
        assert_eq!(parts("Read, then write (twice)."), ["Read, ", "then ", "write ", "(twice)."]);
        assert_eq!(parts("well-known 100 % of §\u{a0}3"), ["well-", "known ", "100 ", "% ", "of ", "§\u{a0}3"]);
        assert_eq!(parts("get_user.name v1.2"), ["get_user.name ", "v1.2"]);
        assert_eq!(parts("payment_gateway.client_name"), ["payment_", "gateway.", "client_", "name"]);
        assert_eq!(parts("信任边界"), ["信", "任", "边", "界"]);
        assert_eq!(breaks("a\nb"), [(2, true)]);
        assert_eq!(breaks(""), []);
    }

    #[test]
    fn words_are_parted_by_syllables_and_codes_are_not() {
        let parted = |word: &str, language: &str| {
            let mut out = word.to_owned();
            syllables(word, language).into_iter().rev().for_each(|at| out.insert(at, '-'));
            out
        };
        assert_eq!(parted("authentication,", "en-GB"), "au-then-ti-ca-tion,");
        assert_eq!(parted("(Extensive)", "en-US"), "(Ex-ten-sive)");
        for whole in ["CVE", "OAuth", "T-INJ", "data", "https://a", "Überwachung", ""] {
            assert_eq!(parted(whole, "en-GB"), whole);
        }
        assert_eq!(parted("„Zugriffsüberwachung“", "de"), "„Zu-griffs-über-wa-chung“");
        assert_eq!(parted("vulnérabilité", "fr-CH"), "vul-né-ra-bi-lité");
        assert_eq!(parted("authentication", "ar"), "authentication");
    }
}
