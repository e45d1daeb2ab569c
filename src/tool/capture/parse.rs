//! Lines of text as statements: flows, elements, and what is in which boundary.
//!
//! Before the first arrow a colon gives the kind of an element ("db: Orders > api"); after an arrow it begins the label of
//! the flow ("web > db: query").

use super::words::{kind_word, protocol};
use crate::model::{ElementKind, Protocol};

/// An element or boundary as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    /// What the writing says about its kind.
    pub kind: Option<ElementKind>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    Flow {
        from: Name,
        to: Name,
        label: String,
        protocol: Option<Protocol>,
        both_ways: bool,
    },
    Element(Name),
    /// A boundary inside another, or at the top.
    Boundary {
        name: String,
        inside: Option<String>,
    },
    /// An element or boundary belongs to a boundary. `implied`: it is only mentioned between the braces, in a flow.
    Member {
        what: Name,
        of: String,
        implied: bool,
    },
}

/// Something that could not be understood, in words. Lines count from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub line: usize,
    pub words: String,
}

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    pub statements: Vec<Statement>,
    pub faults: Vec<Fault>,
}

/// Longest name taken for one, in characters and in words; longer ones are sentences.
const LONGEST: usize = 80;
const WORDS: usize = 7;
/// Deepest nesting of boundaries.
const DEEPEST: usize = 16;

/// Reads a text.
pub fn parse(text: &str) -> Script {
    let mut reader = Reader { script: Script::default(), open: Vec::new(), line: 0 };
    for (n, line) in text.lines().enumerate() {
        reader.line = n + 1;
        let line = line.trim();
        let is_comment = line.starts_with('#') || line.starts_with("//");
        if !is_comment {
            pieces(line).into_iter().for_each(|piece| reader.piece(piece));
        }
    }
    if !reader.open.is_empty() {
        reader.fault("a “{” has no “}”".to_owned());
    }
    reader.script
}

/// A line cut at braces and semicolons, which stand alone; quoted text is left whole.
fn pieces(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in line.char_indices() {
        quoted ^= c == '"';
        if !quoted && matches!(c, '{' | '}' | ';') {
            out.push(line.get(start..at).unwrap_or_default());
            out.push(line.get(at..at + 1).unwrap_or_default());
            start = at + 1;
        }
    }
    out.push(line.get(start..).unwrap_or_default());
    // A name directly before a brace belongs to it.
    out.into_iter().map(str::trim).filter(|piece| !piece.is_empty() && *piece != ";").collect()
}

struct Reader {
    script: Script,
    /// Boundaries whose brace is open. The last name read is a boundary when a brace follows it.
    open: Vec<String>,
    line: usize,
}

impl Reader {
    fn fault(&mut self, words: String) {
        self.script.faults.push(Fault { line: self.line, words });
    }

    fn say(&mut self, statement: Statement) {
        self.script.statements.push(statement);
    }

    fn piece(&mut self, piece: &str) {
        match piece {
            "{" => self.open_brace(),
            "}" => {
                if self.open.pop().is_none() {
                    self.fault("there is no “{” before this “}”".to_owned());
                }
            }
            _ => self.line_of_words(piece),
        }
    }

    /// What was read just before as an element is a boundary after all.
    fn open_brace(&mut self) {
        let name = match self.script.statements.pop() {
            Some(Statement::Element(name)) => Some(name.text),
            Some(Statement::Member { what, .. }) => Some(what.text),
            Some(other) => {
                self.say(other);
                None
            }
            None => None,
        };
        let Some(name) = name else { return self.fault("write the name of a boundary before “{”".to_owned()) };
        if self.open.len() >= DEEPEST {
            self.fault(format!("boundaries nest at most {DEEPEST} deep here"));
        }
        self.say(Statement::Boundary { name: name.clone(), inside: self.open.last().cloned() });
        self.open.push(name);
    }

    fn line_of_words(&mut self, line: &str) {
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line).trim();
        if let Some((path, members)) =
            line.strip_prefix("in ").or_else(|| line.strip_prefix("In ")).and_then(|l| l.split_once(':'))
        {
            return self.members(path, members);
        }
        let (segments, arrows) = split_at_arrows(line);
        if arrows.is_empty() {
            return self.elements(line);
        }
        self.flows(&segments, &arrows);
    }

    /// "in Cloud / DMZ: web, api".
    fn members(&mut self, path: &str, members: &str) {
        let mut inside = self.open.last().cloned();
        for name in path.split('/') {
            let Some(name) = self.plain_name(name) else { return };
            self.say(Statement::Boundary { name: name.clone(), inside: inside.clone() });
            inside = Some(name);
        }
        let Some(of) = inside else { return };
        for member in members.split(',').filter(|m| !m.trim().is_empty()) {
            if let Some(what) = self.name(member) {
                self.say(Statement::Member { what, of: of.clone(), implied: false });
            }
        }
    }

    /// "Orders, [Customer], db: Archive".
    fn elements(&mut self, line: &str) {
        for part in line.split(',').filter(|part| !part.trim().is_empty()) {
            let Some(name) = self.name(part) else { continue };
            match self.open.last().cloned() {
                Some(of) => self.say(Statement::Member { what: name, of, implied: false }),
                None => self.say(Statement::Element(name)),
            }
        }
    }

    /// A chain of flows; each name after an arrow may carry the label of the flow that ends or, backwards, begins there.
    fn flows(&mut self, segments: &[&str], arrows: &[Arrow]) {
        let mut before: Option<Name> = None;
        for (n, segment) in segments.iter().enumerate() {
            let arrow = n.checked_sub(1).and_then(|n| arrows.get(n));
            let (name, label) = if arrow.is_some() { label_of(segment) } else { (*segment, "") };
            let Some((label, protocol, name)) = self.without_protocol(name, label) else { continue };
            if name.trim().is_empty() {
                let side = if arrow.is_some() { "after" } else { "before" };
                self.fault(format!("there is nothing {side} the arrow"));
                before = None;
                continue;
            }
            let Some(name) = self.name(name) else {
                before = None;
                continue;
            };
            if let (Some(arrow), Some(before)) = (arrow, before.take()) {
                let (from, to) = if *arrow == Arrow::Back { (name.clone(), before) } else { (before, name.clone()) };
                let both_ways = *arrow == Arrow::Both;
                self.say(Statement::Flow { from, to, label: unquoted(&label), protocol, both_ways });
            }
            if let Some(of) = self.open.last().cloned() {
                self.say(Statement::Member { what: name.clone(), of, implied: true });
            }
            before = Some(name);
        }
    }

    /// Takes "[https]" off the end of a label, or off the end of a name without one. In what is left, brackets around the
    /// whole name say its kind.
    fn without_protocol<'a>(&mut self, name: &'a str, label: &str) -> Option<(String, Option<Protocol>, &'a str)> {
        let hint = |text: &str| -> Option<(usize, String)> {
            let inner = text.trim_end().strip_suffix(']')?;
            let at = inner.rfind('[').filter(|at| *at > 0 || text == label)?;
            Some((at, inner.get(at + 1..)?.to_owned()))
        };
        let (in_label, in_name) = (hint(label), hint(name).filter(|_| label.is_empty()));
        let words = in_label.as_ref().or(in_name.as_ref()).map(|(_, words)| words.clone());
        let known = words.as_deref().and_then(protocol);
        if let Some(words) = words.filter(|_| known.is_none()) {
            self.fault(format!("“{words}” is no protocol known here; write for example [https], [sql] or [amqps]"));
        }
        let label = in_label.and_then(|(at, _)| label.get(..at)).unwrap_or(label).trim().to_owned();
        let name = in_name.and_then(|(at, _)| name.get(..at)).unwrap_or(name);
        Some((label, known, name))
    }

    fn plain_name(&mut self, text: &str) -> Option<String> {
        self.name(text).map(|name| name.text)
    }

    /// A name with what its writing says about its kind.
    fn name(&mut self, written: &str) -> Option<Name> {
        let written = written.trim();
        let (text, kind) = marked(written);
        let text = unquoted(text);
        if text.is_empty() {
            self.fault("a name is missing".to_owned());
            return None;
        }
        if text.chars().count() > LONGEST || text.split_whitespace().count() > WORDS {
            let begin: String = text.chars().take(24).collect();
            self.fault(format!("“{begin}…” is too long for a name; a flow is written as “user > web: login”"));
            return None;
        }
        Some(Name { text, kind })
    }
}

/// "[Customer]", "(Web)", "=Orders=", "db: Orders", "Orders (db)".
fn marked(written: &str) -> (&str, Option<ElementKind>) {
    let within = |open: char, close: char| written.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(inner) = within('[', ']') {
        return (inner, Some(ElementKind::ExternalEntity));
    }
    if let Some(inner) = within('(', ')') {
        return (inner, Some(ElementKind::Process));
    }
    if let Some(inner) = written.strip_prefix('=') {
        return (inner.strip_suffix('=').unwrap_or(inner), Some(ElementKind::DataStore));
    }
    if let Some((before, name)) = written.split_once(':')
        && let Some(kind) = kind_word(before)
    {
        return (name, Some(kind));
    }
    if let Some((name, word)) = written.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && let Some(kind) = kind_word(word)
    {
        return (name, Some(kind));
    }
    (written, None)
}

/// The name and the label in a part after an arrow: "web: login", and "db: Orders: query" with the kind first.
fn label_of(segment: &str) -> (&str, &str) {
    let Some((first, rest)) = split_at_colon(segment) else { return (segment, "") };
    if kind_word(first).is_some()
        && let Some((name, label)) = split_at_colon(rest)
    {
        let name_end = first.len() + 1 + name.len();
        return (segment.get(..name_end).unwrap_or(segment), label);
    }
    (first, rest)
}

fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    })?;
    Some((text.get(..at.0)?, text.get(at.0 + 1..)?))
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches('"').trim().to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Arrow {
    On,
    Back,
    Both,
}

/// The parts between arrows: ">", "->", "=>", "→", "<", "<-", "←", "<>", "<->", "↔".
fn split_at_arrows(line: &str) -> (Vec<&str>, Vec<Arrow>) {
    let (mut segments, mut arrows) = (Vec::new(), Vec::new());
    let (mut start, mut quoted) = (0, false);
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        quoted ^= c == '"';
        if quoted || !matches!(c, '<' | '>' | '→' | '←' | '↔') {
            continue;
        }
        // Dashes before the head belong to the arrow.
        let before = line.get(start..at).unwrap_or_default();
        let before = if c == '>' { before.trim_end_matches(['-', '=']) } else { before };
        let mut end = at + c.len_utf8();
        let mut arrow = match c {
            '→' | '>' => Arrow::On,
            '↔' => Arrow::Both,
            _ => Arrow::Back,
        };
        while let Some((next, c)) = rest.peek().copied().filter(|(_, c)| matches!(c, '-' | '=' | '>')) {
            // "a <= =b=" and "a > =b=" keep their mark.
            if arrow != Arrow::Back {
                break;
            }
            rest.next();
            end = next + c.len_utf8();
            if c == '>' {
                arrow = Arrow::Both;
            }
        }
        segments.push(before);
        arrows.push(arrow);
        start = end;
    }
    segments.push(line.get(start..).unwrap_or_default());
    (segments, arrows)
}
