//! A query put to a register: which rows it lets through, and what of it makes no sense there.

use super::{Op, Query, Term, Test};
use crate::register::cell::{contains, same};
use crate::register::{Column, Facts, Flag, Register, Row};

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
            Test::Quoted(text) => Some(Ask::Text(text.clone())),
            Test::Word(word) => Some(Flag::of(word, register).map_or_else(|| Ask::Text(word.clone()), Ask::Flag)),
            Test::Column { key, op, values } => {
                let Some(column) = Column::of(key).filter(|c| register.has(*c)) else {
                    self.notes.push(format!("No column is called “{key}” here; it is searched for as text."));
                    let text = Term { is_negated: false, test: term.test.clone() }.to_string();
                    return Some(Ask::Text(text.replace('"', "")));
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

    /// Whether a row comes through.
    pub fn lets(&self, facts: &Facts<'_>, row: &Row) -> bool {
        self.asks.iter().all(|(is_negated, ask)| self.holds(ask, facts, row) != *is_negated)
    }

    fn holds(&self, ask: &Ask, facts: &Facts<'_>, row: &Row) -> bool {
        match ask {
            Ask::Flag(flag) => facts.is(row, *flag),
            Ask::Text(text) => self.searched.iter().any(|column| contains(&facts.cell(row, *column).words(), text)),
            Ask::Column(column, op, wanted) => {
                let cell = facts.cell(row, *column);
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
