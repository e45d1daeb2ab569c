//! What is seen of a register: filtered, sorted, in groups.

use super::cell::Cell;
use super::known::{Known, KnownRow};
use super::query::{Asked, Bound};
use super::{Column, Facts, Flag, Register, Row, View};
use crate::model::Band;
use crate::risk::FindingStatus;
use std::collections::BTreeMap;

/// The heading of threats that only may apply.
const POSSIBLE: &str = "Possible, until questions are answered";

/// A line of a register.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Group(Group),
    Row(Row),
}

/// The heading of rows that have the same in a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub words: String,
    pub many: usize,
    /// The worst risk among them, where rows have one.
    pub worst: Option<Band>,
    pub is_folded: bool,
}

/// A register as it is looked at.
#[derive(Debug, Default)]
pub struct Listing {
    pub lines: Vec<Line>,
    /// Rows that come through the filters, also those folded away.
    pub many: usize,
    /// Rows there are.
    pub of: usize,
    /// What of the query makes no sense here, in words.
    pub notes: Vec<String>,
}

impl Listing {
    pub fn of(facts: &Facts<'_>, register: Register, view: &View) -> Listing {
        if register == Register::Threats && Listing::is_plain(view) {
            return Listing::of_threats(facts, view);
        }
        Listing::among(&mut Known::of(facts, register), facts, register, view)
    }

    /// The same among rows that are known already.
    pub fn among(known: &mut Known, facts: &Facts<'_>, register: Register, view: &View) -> Listing {
        let of = known.rows().len();
        let bound = Bound::new(&view.query(), register, facts, known.rows());
        known.prepare(facts, &bound);
        let mut shown: Vec<usize> = (0..of).collect();
        if !bound.is_empty() {
            shown.retain(|at| known.row(facts, *at).is_some_and(|row| bound.passes(&row, facts)));
        }
        for sort in view.sort.iter().rev() {
            known.sort(facts, sort.by, sort.is_descending, &mut shown);
        }
        let many = shown.len();
        // What only applies if an answer says so stands apart from what is confirmed.
        known.look_whether(facts, Flag::Possible);
        let is_possible = |at: &usize| known.row(facts, *at).is_some_and(|row| row.is(Flag::Possible));
        if view.group.is_some() || shown.iter().any(is_possible) {
            known.look_at(facts, Column::Current);
        }
        view.group.iter().for_each(|column| known.look_at(facts, *column));
        let rows = shown.into_iter().filter_map(|at| known.row(facts, at));
        let (possible, confirmed): (Vec<KnownRow<'_, '_>>, Vec<KnownRow<'_, '_>>) = rows.partition(|row| row.is(Flag::Possible));
        let mut lines = match view.group {
            Some(column) => grouped(register, view, column, confirmed),
            None => confirmed.iter().map(|row| Line::Row(row.row().clone())).collect(),
        };
        if !possible.is_empty() {
            group(view, POSSIBLE.to_owned(), &possible, &mut lines);
        }
        Listing { lines, many, of, notes: bound.notes }
    }

    /// Whether all rows are seen in their own order.
    pub fn is_plain(view: &View) -> bool {
        view.query().terms.is_empty() && view.sort.is_empty() && view.group.is_none()
    }

    /// All threats in their own order, which there may be a hundred thousand of: each is looked at once.
    fn of_threats(facts: &Facts<'_>, view: &View) -> Listing {
        let of = facts.assessment.findings.len();
        let (mut lines, mut possible, mut worst) = (Vec::with_capacity(of + 1), Vec::new(), None);
        for finding in facts.threats() {
            let row = Line::Row(Row::Threat(finding.key.clone()));
            if finding.status == FindingStatus::Possible {
                worst = worst.into_iter().chain([finding.band()]).min();
                possible.push(row);
            } else {
                lines.push(row);
            }
        }
        if !possible.is_empty() {
            let heading = possible_threats(possible.len(), worst, view);
            let is_folded = heading.is_folded;
            lines.push(Line::Group(heading));
            lines.extend(possible.into_iter().filter(|_| !is_folded));
        }
        Listing { lines, many: of, of, notes: Vec::new() }
    }

    /// The rows in sight, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(row) } else { None })
    }
}

/// The heading above threats that only may apply.
pub(super) fn possible_threats(many: usize, worst: Option<Band>, view: &View) -> Group {
    Group { words: POSSIBLE.to_owned(), many, worst, is_folded: view.folded.contains(POSSIBLE) }
}

/// Rows under headings, in the order of what the headings say; a row with several categories stands under the first.
fn grouped(register: Register, view: &View, column: Column, rows: Vec<KnownRow<'_, '_>>) -> Vec<Line> {
    let mut groups: BTreeMap<String, (Cell, Vec<KnownRow<'_, '_>>)> = BTreeMap::new();
    for row in rows {
        let cell = match row.cell(column).into_owned() {
            Cell::Categories(all) => Cell::Categories(all.into_iter().take(1).collect()),
            cell => cell,
        };
        let words = match &cell {
            Cell::Categories(all) => all.first().map_or("", |c| c.label()).to_owned(),
            cell => cell.words().into_owned(),
        };
        groups.entry(words).or_insert_with(|| (cell, Vec::new())).1.push(row);
    }
    let mut groups: Vec<(String, (Cell, Vec<KnownRow<'_, '_>>))> = groups.into_iter().collect();
    groups.sort_by(|(_, (a, _)), (_, (b, _))| a.order(b, false));
    let mut lines = Vec::new();
    for (words, (_, rows)) in groups {
        let words = if words.is_empty() { format!("No {}", register.heading(column).to_lowercase()) } else { words };
        group(view, words, &rows, &mut lines);
    }
    lines
}

/// Rows under a heading, unless that is folded.
fn group(view: &View, words: String, rows: &[KnownRow<'_, '_>], lines: &mut Vec<Line>) {
    let is_folded = view.folded.contains(&words);
    let worst = rows.iter().filter_map(|row| match *row.cell(Column::Current) {
        Cell::Score(_, band) => Some(band),
        _ => None,
    });
    lines.push(Line::Group(Group { words, many: rows.len(), worst: worst.min(), is_folded }));
    if !is_folded {
        lines.extend(rows.iter().map(|row| Line::Row(row.row().clone())));
    }
}

/// The values a column can be narrowed down to, each with how many rows have it.
#[derive(Debug, Default, PartialEq)]
pub struct Choices {
    pub values: Vec<(String, usize)>,
    /// Rows with nothing there.
    pub empty: usize,
}

impl Choices {
    /// What stands in a column of the rows that come through everything but its own filter.
    pub fn of(facts: &Facts<'_>, register: Register, view: &View, column: Column) -> Choices {
        let mut others = view.clone();
        others.choose(column, Vec::new());
        let rows = facts.rows(register);
        let bound = Bound::new(&others.query(), register, facts, &rows);
        let mut found: BTreeMap<String, (Cell, usize)> = BTreeMap::new();
        let mut empty = 0;
        for row in rows.iter().filter(|row| bound.lets(facts, row)) {
            let cell = facts.cell(row, column);
            if cell.is_nothing() {
                empty += 1;
            }
            for part in cell.parts() {
                found.entry(part).or_insert_with(|| (cell.clone(), 0)).1 += 1;
            }
        }
        let mut values: Vec<(String, (Cell, usize))> = found.into_iter().collect();
        if matches!(values.first(), Some((_, (Cell::Choice(..) | Cell::Level(_) | Cell::Number(..) | Cell::Score(..), _)))) {
            values.sort_by(|(_, (a, _)), (_, (b, _))| a.order(b, matches!(a, Cell::Level(_) | Cell::Score(..))));
        }
        Choices { values: values.into_iter().map(|(value, (_, many))| (value, many)).collect(), empty }
    }
}
