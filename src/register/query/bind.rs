//! A query put to a register: which rows it lets through, and what of it makes no sense there.

use super::{Op, Query, Term, Test};
use crate::register::cell::same;
use crate::register::{Cell, Column, Facts, Flag, Register, Row};
use std::borrow::Cow;

/// Columns that text is searched for in.
const SEARCHED: &[Column] = &[
    Column::Id,
    Column::Name,
    Column::Place,
    Column::From,
    Column::To,
    Column::Technology,
    Column::Owner,
    Column::Ticket,
    Column::Why,
    Column::Notes,
    Column::Description,
];

/// Most rows looked at to learn what a column holds.
const SAMPLED: usize = 200;

/// A row, as queries ask about it.
pub trait Asked {
    fn is(&self, flag: Flag) -> bool;
    fn cell(&self, column: Column) -> Cow<'_, Cell>;
    /// What stands in these columns, in small letters.
    fn text(&self, searched: &[Column]) -> Cow<'_, str>;
}

/// A row about which nothing is known yet.
impl Asked for (&Facts<'_>, &Row) {
    fn is(&self, flag: Flag) -> bool {
        self.0.is(self.1, flag)
    }

    fn cell(&self, column: Column) -> Cow<'_, Cell> {
        Cow::Owned(self.0.cell(self.1, column))
    }

    fn text(&self, searched: &[Column]) -> Cow<'_, str> {
        Cow::Owned(self.0.searched(self.1, searched))
    }
}

/// A query that knows what its words mean in a register.
#[derive(Debug)]
pub struct Bound {
    asks: Vec<(bool, Ask)>,
    searched: Vec<Column>,
    /// What of it is left out or taken for text, in words.
    pub notes: Vec<String>,
}

#[derive(Debug)]
enum Ask {
    Flag(Flag),
    /// In small letters.
    Text(String),
    Column(Column, Op, Vec<Wanted>),
}

#[derive(Debug)]
enum Wanted {
    Nothing,
    Anything,
    Value(String),
}

impl Bound {
    /// What a query asks of these rows.
    pub fn new(query: &Query, register: Register, facts: &Facts<'_>, rows: &[Row]) -> Bound {
        let searched = SEARCHED.iter().copied().filter(|c| register.has(*c)).collect();
        let mut bound = Bound { asks: Vec::new(), searched, notes: Vec::new() };
        for term in &query.terms {
            if let Some(ask) = bound.ask(term, register, facts, rows) {
                bound.asks.push((term.is_negated, ask));
            }
        }
        bound
    }

    fn ask(&mut self, term: &Term, register: Register, facts: &Facts<'_>, rows: &[Row]) -> Option<Ask> {
        match &term.test {
            Test::Quoted(text) => Some(Ask::Text(text.to_lowercase())),
            Test::Word(word) => Some(Flag::of(word, register).map_or_else(|| Ask::Text(word.to_lowercase()), Ask::Flag)),
            Test::Column { key, op, values } => {
                let Some(column) = Column::of(key).filter(|c| register.has(*c)) else {
                    self.notes.push(format!("No column is called “{key}” here; it is searched for as text."));
                    let text = Term { is_negated: false, test: term.test.clone() }.to_string();
                    return Some(Ask::Text(text.replace('"', "").to_lowercase()));
                };
                if values.is_empty() {
                    self.notes.push(format!("{key}{} waits for a value.", op.sign()));
                    return None;
                }
                let wanted: Vec<Wanted> =
                    values.iter().filter_map(|value| self.wanted(key, column, *op, value, facts, rows)).collect();
                (!wanted.is_empty()).then_some(Ask::Column(column, *op, wanted))
            }
        }
    }

    fn wanted(&mut self, key: &str, column: Column, op: Op, value: &str, facts: &Facts<'_>, rows: &[Row]) -> Option<Wanted> {
        let is_about_somebody = matches!(column, Column::Owner | Column::Approver);
        match value.to_lowercase().as_str() {
            "none" | "nobody" | "nothing" | "-" if op.is_plain() => return Some(Wanted::Nothing),
            "any" | "somebody" | "anything" if op.is_plain() => return Some(Wanted::Anything),
            "me" if is_about_somebody && facts.author.is_empty() => {
                self.notes.push("Nobody said who works here: name the author in the preferences.".to_owned());
                return None;
            }
            "me" if is_about_somebody => return Some(Wanted::Value(facts.author.to_owned())),
            _ => {}
        }
        let cells = rows.iter().take(SAMPLED).map(|row| facts.cell(row, column));
        let sample = cells.into_iter().find(|cell| !cell.is_nothing());
        if sample.is_some_and(|cell| cell.answers(op, value, facts.today).is_none()) {
            self.notes.push(format!("{key} cannot be compared with “{value}”; that is left out."));
            return None;
        }
        Some(Wanted::Value(value.to_owned()))
    }

    pub fn is_empty(&self) -> bool {
        self.asks.is_empty()
    }

    /// The columns it asks about.
    pub(in crate::register) fn columns(&self) -> impl Iterator<Item = Column> {
        self.asks.iter().filter_map(|(_, ask)| if let Ask::Column(column, ..) = ask { Some(*column) } else { None })
    }

    /// The words of the register it asks about.
    pub(in crate::register) fn flags(&self) -> impl Iterator<Item = Flag> {
        self.asks.iter().filter_map(|(_, ask)| if let Ask::Flag(flag) = ask { Some(*flag) } else { None })
    }

    /// Whether a row comes through.
    pub fn lets(&self, facts: &Facts<'_>, row: &Row) -> bool {
        self.passes(&(facts, row), facts)
    }

    pub(in crate::register) fn passes(&self, row: &impl Asked, facts: &Facts<'_>) -> bool {
        self.asks.iter().all(|(is_negated, ask)| self.holds(ask, row, facts) != *is_negated)
    }

    fn holds(&self, ask: &Ask, row: &impl Asked, facts: &Facts<'_>) -> bool {
        match ask {
            Ask::Flag(flag) => row.is(*flag),
            Ask::Text(text) => row.text(&self.searched).contains(text),
            Ask::Column(column, op, wanted) => {
                let cell = row.cell(*column);
                wanted.iter().any(|wanted| match wanted {
                    Wanted::Nothing => cell.is_nothing(),
                    Wanted::Anything => !cell.is_nothing(),
                    Wanted::Value(value) if op.is_plain() && same(&cell.words(), value) => true,
                    Wanted::Value(value) => cell.answers(*op, value, facts.today).unwrap_or_default(),
                })
            }
        }
    }
}

impl Op {
    /// Asks for a value, not for more or less than it.
    fn is_plain(self) -> bool {
        matches!(self, Op::Has | Op::Is)
    }
}
