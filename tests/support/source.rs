//! Reads the source as text: what code names, without comments, literals and tests.

use std::fs;
use std::path::Path;

/// One file below `src`.
pub struct Source {
    /// Path below `src` with forward slashes, for example `report/pdf.rs`.
    pub path: String,
    /// As written.
    pub text: String,
    /// Without comments and `#[cfg(test)]` items; literals are kept.
    pub code: String,
    /// Without literals as well.
    pub names: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let code = without_tests(&blank(text, true));
        let names = blank(&code, false);
        Source { path: path.into(), text: text.into(), code, names }
    }

    /// The top-level module it belongs to.
    pub fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// What directly follows `root::`, groups included: `crate::{a::b, c}` names `a` and `c`.
    pub fn named_after(&self, root: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (at, _) in self.names.match_indices(&format!("{root}::")) {
            let before = self.names[..at].chars().next_back();
            if before.is_some_and(|c| is_word(c) || c == ':') {
                continue;
            }
            let rest = &self.names[at + root.len() + 2..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads(group)),
                None => found.push(head(rest)),
            }
        }
        found
    }

    /// True when the word stands in the code by itself.
    pub fn has_word(&self, word: &str) -> bool {
        self.names.match_indices(word).any(|(at, _)| {
            let (before, after) = (self.names[..at].chars().next_back(), self.names[at + word.len()..].chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
    }

    /// True when a chain of `super::` leaves the room.
    pub fn escapes_by_super(&self) -> bool {
        let depth = self.path.split('/').count();
        self.names.contains(&"super::".repeat(depth))
    }
}

/// Every file below `src`, in path order.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    // `tests.rs` is what a file declares as `#[cfg(test)] mod tests;`: no part of the program.
    let is_test = |p: &Path| p.file_name().is_some_and(|name| name == "tests.rs");
    let rust = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "rs") && !is_test(p));
    rust.map(|p| {
        let name = p.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        Source::new(&name, &fs::read_to_string(p).unwrap())
    })
    .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn head(text: &str) -> String {
    text.chars().take_while(|c| is_word(*c)).collect()
}

/// First names of the members of a group whose opening brace is gone.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut members = vec![String::new()];
    for c in group.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            _ if depth == 0 => break,
            ',' if depth == 1 => members.push(String::new()),
            _ => members.last_mut().unwrap().push(c),
        }
    }
    members.iter().map(|m| head(m.trim_start())).filter(|m| !m.is_empty()).collect()
}

/// Comments (and literals, unless kept) become spaces; line breaks stay.
fn blank(text: &str, keep_literals: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (length, is_literal) = token(&chars[at..]);
        let keep = length == 1 || (is_literal && keep_literals);
        out.extend(chars[at..at + length].iter().map(|c| if keep || *c == '\n' { *c } else { ' ' }));
        at += length;
    }
    out
}

/// Length of the comment or literal at the start, else 1; and whether it is a literal.
fn token(rest: &[char]) -> (usize, bool) {
    let until = |from: usize, end: &[char]| {
        (from..rest.len()).find(|i| rest[*i..].starts_with(end)).map_or(rest.len(), |i| i + end.len())
    };
    let escaped = |quote: char| {
        let mut i = 1;
        while i < rest.len() && rest[i] != quote {
            i += if rest[i] == '\\' { 2 } else { 1 };
        }
        (i + 1).min(rest.len())
    };
    match rest {
        ['/', '/', ..] => (until(2, &['\n']) - usize::from(rest.contains(&'\n')), false),
        ['/', '*', ..] => (until(2, &['*', '/']), false),
        ['"', ..] => (escaped('"'), true),
        ['r', '"', ..] => (until(2, &['"']), true),
        ['r', '#', '"', ..] => (until(3, &['"', '#']), true),
        // A lifetime has no closing quote.
        ['\'', '\\', ..] => (escaped('\''), true),
        ['\'', _, '\'', ..] => (3, true),
        _ => (1, false),
    }
}

/// Items under `#[cfg(test)]` become spaces.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::from(code);
    while let Some(from) = out.find(MARK) {
        let rest = &out[from + MARK.len()..];
        let mut depth = 0;
        let end = rest.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && matches!(c, '}' | ';')
        });
        let to = end.map_or(out.len(), |(i, c)| from + MARK.len() + i + c.len_utf8());
        let spaces: String = out[from..to].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(from..to, &spaces);
    }
    out
}
