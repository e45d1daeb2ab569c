//! The small language that narrows a register down.
//!
//! Words that stand side by side must all hold: `open crossing owner:me -stride:S "personal data" risk>60 due<today`.
//! A word is one of the register's own ([`Flag`](super::Flag)) or text that is searched for; what stands in quotes is
//! always searched for. `column:value` asks whether a cell has it, `column=value` whether it is that and nothing else,
//! `>` `>=` `<` `<=` compare; commas mean any of them, a leading minus the opposite.

mod bind;
mod complete;
mod parse;

pub(super) use bind::Asked;
pub use bind::Bound;
pub use complete::{Completion, complete};

use std::cmp::Ordering;
use std::fmt;

/// What somebody typed, understood as far as its form goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    pub terms: Vec<Term>,
}

/// One word of a query, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub is_negated: bool,
    pub test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// A word of the register's own, or text.
    Word(String),
    /// Text, whatever it says.
    Quoted(String),
    /// What stands in a column, under any of its names; any of the values will do.
    Column { key: String, op: Op, values: Vec<String> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `:`
    Has,
    /// `=`
    Is,
    More,
    AtLeast,
    Less,
    AtMost,
}

impl Op {
    pub const ALL: [Op; 6] = [Op::AtLeast, Op::AtMost, Op::More, Op::Less, Op::Is, Op::Has];

    pub fn sign(self) -> &'static str {
        match self {
            Op::Has => ":",
            Op::Is => "=",
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::Less => "<",
            Op::AtMost => "<=",
        }
    }

    /// Whether it holds for something that stands so to the value.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Op::Has | Op::Is => order == Ordering::Equal,
            Op::More => order == Ordering::Greater,
            Op::AtLeast => order != Ordering::Less,
            Op::Less => order == Ordering::Less,
            Op::AtMost => order != Ordering::Greater,
        }
    }
}

impl Term {
    /// A column that is one of these values, as filters of columns and charts say it.
    pub fn is(key: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Term {
        Term::column(key, Op::Is, values)
    }

    pub fn column(key: &str, op: Op, values: impl IntoIterator<Item = impl Into<String>>) -> Term {
        let values = values.into_iter().map(Into::into).collect();
        Term { is_negated: false, test: Test::Column { key: key.to_owned(), op, values } }
    }

    /// A word of the register's own.
    pub fn word(word: &str) -> Term {
        Term { is_negated: false, test: Test::Word(word.to_owned()) }
    }

    /// The column it asks about.
    pub fn key(&self) -> Option<&str> {
        match &self.test {
            Test::Column { key, .. } => Some(key),
            _ => None,
        }
    }
}

impl Query {
    /// Reads what was typed; everything can be read.
    pub fn read(text: &str) -> Query {
        parse::query(text)
    }

    pub fn of(terms: impl IntoIterator<Item = Term>) -> Query {
        Query { terms: terms.into_iter().collect() }
    }

    /// Puts a word in, or takes it out where it is.
    pub fn toggle(&mut self, term: &Term) {
        let before = self.terms.len();
        self.terms.retain(|t| t != term);
        if self.terms.len() == before {
            self.terms.push(term.clone());
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negated {
            f.write_str("-")?;
        }
        match &self.test {
            Test::Word(word) => f.write_str(word),
            Test::Quoted(text) => quoted(f, text),
            Test::Column { key, op, values } => {
                write!(f, "{key}{}", op.sign())?;
                for (n, value) in values.iter().enumerate() {
                    if n > 0 {
                        f.write_str(",")?;
                    }
                    if is_plain(value) { f.write_str(value)? } else { quoted(f, value)? }
                }
                Ok(())
            }
        }
    }
}

/// A value that needs no quotes.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.starts_with(['=', '"']) && !value.contains(|c: char| c.is_whitespace() || c == ',')
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
