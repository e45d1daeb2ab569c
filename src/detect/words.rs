//! Names as words: upper case, CamelCase, underscores, umlauts, accents and compounds taken apart.

use super::lexicon::Lexicon;

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As in the lexicon: small letters, no umlauts or accents, singular where known.
    pub word: String,
    /// As it was written.
    pub written: String,
    /// How many punctuation marks stand before it that part a text: brackets, commas, dashes.
    pub part: usize,
}

/// Small letters without umlauts and accents: "Schlüssel" is "schluessel", "données" is "donnees".
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' => out.push('o'),
            'ù' | 'ú' | 'û' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            // What is left of letters that small ones are made of two of ("İ").
            '\u{0300}'..='\u{036f}' => {}
            c => out.push(c),
        }
    }
    out
}

/// The words of a phrase of the lexicon.
pub fn plain_words(phrase: &str) -> Vec<String> {
    folded(phrase).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The words of a name or a sentence.
pub fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::new();
    let mut part = 0;
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        // "User's network" is about users.
        if matches!(c, '\'' | '’') && chars.peek() == Some(&'s') && chars.clone().nth(1).is_none_or(|c| !c.is_alphanumeric()) {
            chars.next();
            continue;
        }
        let inside = c.is_alphanumeric() || ('\u{0300}'..='\u{036f}').contains(&c);
        if inside {
            word.push(c);
        } else {
            take(&mut word, part, lexicon, &mut out);
            let alone = before.is_whitespace() && chars.peek().is_none_or(|next| next.is_whitespace());
            let parts = match c {
                '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | ':' | '|' | '–' | '—' | '\n' | '!' | '?' => true,
                '-' | '>' => alone,
                '.' => chars.peek().is_none_or(|next| next.is_whitespace()),
                _ => false,
            };
            part += usize::from(parts);
        }
        before = c;
    }
    take(&mut word, part, lexicon, &mut out);
    out
}

/// Ends the word under way.
fn take(word: &mut String, part: usize, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let written = std::mem::take(word);
    if written.is_empty() {
        return;
    }
    let whole = folded(&written);
    if let Some(word) = lexicon.base(&whole) {
        out.push(Token { word, written, part });
        return;
    }
    if let Some(words) = lexicon.parts_of(&whole, 0) {
        out.extend(words.into_iter().map(|word| Token { word, written: written.clone(), part }));
        return;
    }
    let humps = humps(&written);
    let single = humps.len() == 1;
    for hump in humps {
        let small = folded(&hump);
        let words = match lexicon.base(&small) {
            Some(base) => vec![base],
            None => lexicon.compound(&small).unwrap_or_else(|| vec![small]),
        };
        let shown = if single { &written } else { &hump };
        out.extend(words.into_iter().map(|word| Token { word, written: shown.clone(), part }));
    }
}

/// "OrderDB" is "Order" and "DB", "HTTPServer" is "HTTP" and "Server".
fn humps(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut out = vec![String::new()];
    for (n, c) in chars.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| chars.get(n));
        let after = chars.get(n + 1);
        let rises = c.is_uppercase() && before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit());
        let ends_run = c.is_uppercase() && before.is_some_and(|b| b.is_uppercase()) && after.is_some_and(|a| a.is_lowercase());
        if rises || ends_run {
            out.push(String::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(*c);
        }
    }
    out.retain(|hump| !hump.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        tokens(text, Lexicon::builtin()).into_iter().map(|t| t.word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_fall_into_words_however_they_are_written() {
        for (text, expected) in [
            ("CustomerDatabase", "customer database"),
            ("order_db", "order db"),
            ("click-logger-table", "click logger table"),
            ("HTTPServer", "http server"),
            ("PostgreSQL", "postgresql"),
            ("NoSQL", "nosql"),
            ("Kundendatenbanken", "kunden datenbank"),
            ("Kunden-DB", "kunden db"),
            ("Anmeldeseite", "anmeldeseite"),
            ("Buchungsseite", "buchung seite"),
            ("Schlüsselspeicher", "schluesselspeicher"),
            ("Prometheus2", "prometheus"),
            ("IoTDevice", "iot device"),
            ("apiserver", "api server"),
            ("Queues", "queue"),
            ("Categories of news", "categories of news"),
            ("observer", "observer"),
            ("immutable", "immutable"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
