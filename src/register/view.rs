//! How somebody looks at a register: order, groups, columns, filters.

use super::{Column, Query, Register, Term};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub by: Column,
    pub is_descending: bool,
}

/// A column with the width somebody gave it, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Width {
    pub column: Column,
    pub width: f32,
}

/// What is remembered of a register, and what narrows it down at the moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The columns shown, in order.
    pub columns: Vec<Width>,
    /// First the one that counts most; empty for the register's own order.
    pub sort: Vec<Sort>,
    pub group: Option<Column>,
    /// What was asked before, the last first.
    pub history: Vec<String>,
    /// Headings of groups that are folded.
    #[serde(skip)]
    pub folded: BTreeSet<String>,
    /// Filters set with columns and charts.
    #[serde(skip)]
    pub filters: Query,
    /// What is typed.
    #[serde(skip)]
    pub typed: String,
}

impl Default for View {
    fn default() -> View {
        View::of(Register::default())
    }
}

impl View {
    /// Most searches remembered.
    pub const REMEMBERED: usize = 12;

    pub fn of(register: Register) -> View {
        View {
            columns: View::usual(register),
            sort: Vec::new(),
            group: None,
            history: Vec::new(),
            folded: BTreeSet::new(),
            filters: Query::default(),
            typed: String::new(),
        }
    }

    fn usual(register: Register) -> Vec<Width> {
        let shown = register.columns().iter().filter(|(_, is_shown)| *is_shown);
        shown.map(|(column, _)| Width { column: *column, width: column.width() }).collect()
    }

    /// Puts right what a file of another version says: columns the register does not have, none at all, wild widths.
    pub fn sound(mut self, register: Register) -> View {
        let mut seen = BTreeSet::new();
        self.columns.retain(|w| register.has(w.column) && w.width.is_finite() && seen.insert(w.column));
        self.columns.iter_mut().for_each(|w| w.width = w.width.clamp(Width::LEAST, Width::MOST));
        if !seen.contains(&Column::Name) {
            self.columns = View::usual(register);
        }
        self.sort.retain(|s| register.has(s.by));
        self.group = self.group.filter(|c| register.has(*c) && c.groups());
        self.history.truncate(View::REMEMBERED);
        self
    }

    /// The columns and their widths as they were in the beginning.
    pub fn reset_columns(&mut self, register: Register) {
        self.columns = View::usual(register);
    }

    pub fn shows(&self, column: Column) -> bool {
        self.columns.iter().any(|w| w.column == column)
    }

    /// Shows a column at its usual place, or hides it. What rows are called by is always there.
    pub fn toggle_column(&mut self, register: Register, column: Column) {
        if column == Column::Name {
            return;
        }
        if self.shows(column) {
            return self.columns.retain(|w| w.column != column);
        }
        let rank = |c: Column| register.columns().iter().position(|(of, _)| *of == c).unwrap_or(usize::MAX);
        let at = self.columns.iter().rposition(|w| rank(w.column) < rank(column)).map_or(0, |at| at + 1);
        self.columns.insert(at, Width { column, width: column.width() });
    }

    /// Moves a column to another place.
    pub fn move_column(&mut self, column: Column, to: usize) {
        if let Some(from) = self.columns.iter().position(|w| w.column == column) {
            let moved = self.columns.remove(from);
            self.columns.insert(to.min(self.columns.len()), moved);
        }
    }

    pub fn set_width(&mut self, column: Column, width: f32) {
        for shown in self.columns.iter_mut().filter(|w| w.column == column) {
            shown.width = width.clamp(Width::LEAST, Width::MOST);
        }
    }

    /// By a column, then the other way round, then in the register's own order. What counts begins with the most. With
    /// `also` it decides only among those that are equal so far.
    pub fn sort_by(&mut self, by: Column, also: bool) {
        let first = matches!(by, Column::Inherent | Column::Current | Column::Planned | Column::Level | Column::Rating);
        let next = match self.sort.iter().find(|s| s.by == by) {
            None => Some(Sort { by, is_descending: first }),
            Some(sort) if sort.is_descending == first => Some(Sort { by, is_descending: !first }),
            Some(_) => None,
        };
        let at = self.sort.iter().position(|s| s.by == by);
        if !also {
            self.sort = next.into_iter().collect();
            return;
        }
        match (at, next) {
            (Some(at), Some(next)) => self.sort.iter_mut().skip(at).take(1).for_each(|s| *s = next),
            (Some(at), None) => drop(self.sort.remove(at)),
            (None, next) => self.sort.extend(next),
        }
    }

    pub fn sorted(&self, by: Column) -> Option<bool> {
        self.sort.iter().find(|s| s.by == by).map(|s| s.is_descending)
    }

    /// Everything that narrows it down.
    pub fn query(&self) -> Query {
        let typed = Query::read(&self.typed).terms;
        Query::of(self.filters.terms.iter().cloned().chain(typed))
    }

    pub fn is_filtering(&self) -> bool {
        !self.filters.terms.is_empty() || !self.typed.trim().is_empty()
    }

    /// The values a column is narrowed down to; empty for all.
    pub fn chosen(&self, column: Column) -> Vec<String> {
        let of_column = self.filters.terms.iter().find(|t| t.key().and_then(Column::of) == Some(column));
        match of_column.map(|term| &term.test) {
            Some(super::Test::Column { values, .. }) => values.clone(),
            _ => Vec::new(),
        }
    }

    /// Narrows a column down to these values; to all of them with none.
    pub fn choose(&mut self, column: Column, values: Vec<String>) {
        self.filters.terms.retain(|t| t.key().and_then(Column::of) != Some(column));
        if !values.is_empty() {
            self.filters.terms.push(Term::is(column.key(), values));
        }
    }

    /// Keeps a search for the next time.
    pub fn remember(&mut self) {
        let typed = self.typed.trim().to_owned();
        if !typed.is_empty() {
            self.history.retain(|h| *h != typed);
            self.history.insert(0, typed);
            self.history.truncate(View::REMEMBERED);
        }
    }
}

impl Width {
    pub const LEAST: f32 = 34.0;
    pub const MOST: f32 = 900.0;
}
