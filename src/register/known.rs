//! What is worked out about the rows of a register once, for as long as the content stays: people type and sort among tens of
//! thousands of rows, and each letter is to be seen at once.

use super::cell::Cell;
use super::query::{Asked, Bound};
use super::{Column, Facts, Flag, Register, Row};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The rows of a register in their usual order, with what was looked at in them so far.
#[derive(Debug, Default)]
pub struct Known {
    rows: Vec<Row>,
    /// What text is searched for in.
    texts: Vec<OnceCell<String>>,
    cells: BTreeMap<Column, Vec<Cell>>,
    /// Places among the rows sorted up by a column; equal ones have the same, those with nothing there have none.
    ranks: BTreeMap<Column, Vec<Option<u32>>>,
    flags: BTreeMap<Flag, Vec<bool>>,
}

impl Known {
    pub fn of(facts: &Facts<'_>, register: Register) -> Known {
        let rows = facts.rows(register);
        let texts = rows.iter().map(|_| OnceCell::new()).collect();
        Known { rows, texts, ..Known::default() }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Looks at everything a query asks about.
    pub(super) fn prepare(&mut self, facts: &Facts<'_>, bound: &Bound) {
        bound.columns().for_each(|column| self.look_at(facts, column));
        bound.flags().for_each(|flag| self.look_whether(facts, flag));
    }

    pub(super) fn look_at(&mut self, facts: &Facts<'_>, column: Column) {
        let rows = &self.rows;
        self.cells.entry(column).or_insert_with(|| rows.iter().map(|row| facts.cell(row, column)).collect());
    }

    pub(super) fn look_whether(&mut self, facts: &Facts<'_>, flag: Flag) {
        // What is selected and who works here changes without the content.
        if !matches!(flag, Flag::Selected | Flag::Mine) {
            let rows = &self.rows;
            self.flags.entry(flag).or_insert_with(|| rows.iter().map(|row| facts.is(row, flag)).collect());
        }
    }

    /// The row of that number, as it is asked.
    pub(super) fn row<'k, 'f>(&'k self, facts: &'k Facts<'f>, at: usize) -> Option<KnownRow<'k, 'f>> {
        self.rows.get(at).map(|row| KnownRow { known: self, facts, at, row })
    }

    /// Puts rows, by their numbers, into the order of a column; equal ones stay as they were, those with nothing come last.
    pub(super) fn sort(&mut self, facts: &Facts<'_>, by: Column, is_descending: bool, shown: &mut [usize]) {
        self.look_at(facts, by);
        let cells = self.cells.get(&by).map(Vec::as_slice).unwrap_or_default();
        let ranks = self.ranks.entry(by).or_insert_with(|| ranks(cells));
        shown.sort_by_key(|at| match ranks.get(*at).copied().flatten() {
            Some(rank) if is_descending => (false, u32::MAX - rank),
            Some(rank) => (false, rank),
            None => (true, 0),
        });
    }
}

fn ranks(cells: &[Cell]) -> Vec<Option<u32>> {
    let mut order: Vec<(usize, &Cell)> = cells.iter().enumerate().filter(|(_, cell)| !cell.is_nothing()).collect();
    order.sort_by(|(_, a), (_, b)| a.order(b, false));
    let mut ranks = vec![None; cells.len()];
    let mut rank = 0;
    let mut before: Option<&Cell> = None;
    for (at, cell) in order {
        rank += u32::from(before.is_some_and(|before| before.order(cell, false).is_ne()));
        before = Some(cell);
        if let Some(place) = ranks.get_mut(at) {
            *place = Some(rank);
        }
    }
    ranks
}

/// A row of which some things are known.
pub(super) struct KnownRow<'k, 'f> {
    known: &'k Known,
    facts: &'k Facts<'f>,
    at: usize,
    row: &'k Row,
}

impl KnownRow<'_, '_> {
    pub fn row(&self) -> &Row {
        self.row
    }
}

impl Asked for KnownRow<'_, '_> {
    fn is(&self, flag: Flag) -> bool {
        let known = self.known.flags.get(&flag).and_then(|all| all.get(self.at));
        known.copied().unwrap_or_else(|| self.facts.is(self.row, flag))
    }

    fn cell(&self, column: Column) -> Cow<'_, Cell> {
        let known = self.known.cells.get(&column).and_then(|all| all.get(self.at));
        known.map_or_else(|| Cow::Owned(self.facts.cell(self.row, column)), Cow::Borrowed)
    }

    fn text(&self, searched: &[Column]) -> Cow<'_, str> {
        let work_out = || self.facts.searched(self.row, searched);
        match self.known.texts.get(self.at) {
            Some(text) => Cow::Borrowed(text.get_or_init(work_out)),
            None => Cow::Owned(work_out()),
        }
    }
}
