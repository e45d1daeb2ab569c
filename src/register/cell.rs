//! What stands in a cell: its words, its order among others, and what a query may ask of it.

use super::query::Op;
use crate::model::{Band, Category, Date};
use std::borrow::Cow;
use std::cmp::Ordering;

/// The content of one cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Nothing,
    Text(String),
    /// One of a closed list, and its place in there.
    Choice(&'static str, usize),
    Number(f64, Unit),
    /// A risk score and its level.
    Score(f64, Band),
    Level(Band),
    /// What the chosen rating method says: in its words, in its order, and the level it comes to.
    Rated(String, f64, Option<Band>),
    Day(Date),
    Categories(Vec<Category>),
    /// Several names.
    Several(Vec<String>),
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Count,
    /// One decimal where there is any.
    Decimal,
    /// 0 to 1, written in per cent.
    Share,
}

impl Cell {
    pub fn text(words: &str) -> Cell {
        if words.is_empty() { Cell::Nothing } else { Cell::Text(words.to_owned()) }
    }

    pub fn count(n: usize) -> Cell {
        Cell::Number(n as f64, Unit::Count)
    }

    pub fn several(names: impl IntoIterator<Item = String>) -> Cell {
        let names: Vec<String> = names.into_iter().collect();
        if names.is_empty() { Cell::Nothing } else { Cell::Several(names) }
    }

    pub fn day(day: Option<Date>) -> Cell {
        day.map_or(Cell::Nothing, Cell::Day)
    }

    pub fn is_nothing(&self) -> bool {
        *self == Cell::Nothing
    }

    /// As people read it.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Cell::Nothing => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Choice(label, _) => Cow::Borrowed(label),
            Cell::Number(n, Unit::Count) => Cow::Owned(format!("{n:.0}")),
            Cell::Number(n, Unit::Decimal) if n.fract() == 0.0 => Cow::Owned(format!("{n:.0}")),
            Cell::Number(n, Unit::Decimal) => Cow::Owned(format!("{n:.1}")),
            Cell::Number(n, Unit::Share) => Cow::Owned(format!("{:.0} %", n * 100.0)),
            Cell::Score(score, _) => Cow::Owned(format!("{score:.1}")),
            Cell::Level(band) => Cow::Borrowed(band.label()),
            Cell::Rated(told, ..) => Cow::Borrowed(told),
            Cell::Day(day) => Cow::Owned(day.to_string()),
            Cell::Categories(all) => Cow::Owned(all.iter().map(|c| c.name()).collect::<Vec<_>>().join(" ")),
            Cell::Several(names) => Cow::Owned(names.join(", ")),
        }
    }

    /// The single values of it, for filters and groups.
    pub fn parts(&self) -> Vec<String> {
        match self {
            Cell::Nothing => Vec::new(),
            Cell::Several(names) => names.clone(),
            Cell::Categories(all) => all.iter().map(|c| c.label().to_owned()).collect(),
            one => vec![one.words().into_owned()],
        }
    }

    /// Order among cells of the same column; nothing comes last, whichever way it is sorted.
    pub fn order(&self, other: &Cell, is_descending: bool) -> Ordering {
        match (self.is_nothing(), other.is_nothing()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            (false, false) => {}
        }
        let order = match (self, other) {
            (Cell::Number(a, _) | Cell::Score(a, _), Cell::Number(b, _) | Cell::Score(b, _)) => a.total_cmp(b),
            (Cell::Choice(_, a), Cell::Choice(_, b)) => a.cmp(b),
            (Cell::Level(a), Cell::Level(b)) => b.cmp(a),
            (Cell::Rated(_, a, _), Cell::Rated(_, b, _)) => a.total_cmp(b),
            (Cell::Day(a), Cell::Day(b)) => a.cmp(b),
            (Cell::Categories(a), Cell::Categories(b)) => a.cmp(b),
            (a, b) => by_words(&a.words(), &b.words()),
        };
        if is_descending { order.reverse() } else { order }
    }

    /// Whether it holds for one value of a query. `None`: the value is nothing this can be compared with.
    pub fn answers(&self, op: Op, value: &str, today: Date) -> Option<bool> {
        let compared = |order: Ordering| op.holds(order);
        match self {
            Cell::Nothing => Some(false),
            Cell::Number(n, unit) => {
                let wanted = number(value)?;
                let n = if *unit == Unit::Share { n * 100.0 } else { *n };
                Some(compared(n.total_cmp(&wanted)))
            }
            Cell::Score(score, band) => match (number(value), level(value)) {
                (Some(wanted), _) => Some(compared(rounded(*score).total_cmp(&wanted))),
                (None, Some(wanted)) => Some(compared(wanted.cmp(band))),
                (None, None) => None,
            },
            Cell::Level(band) => Some(compared(level(value)?.cmp(band))),
            Cell::Rated(told, _, band) => match (number(value), level(value), band) {
                (Some(wanted), ..) => Some(compared(first_number(told)?.total_cmp(&wanted))),
                (None, Some(wanted), Some(band)) => Some(compared(wanted.cmp(band))),
                _ => Some(matches!(op, Op::Has | Op::Is) && contains(told, value)),
            },
            Cell::Day(day) if matches!(op, Op::Has | Op::Is) && is_part_of_a_date(value) => {
                Some(day.to_string().starts_with(value))
            }
            Cell::Day(day) => Some(compared(day.cmp(&moment(value, today)?))),
            Cell::Categories(all) => match op {
                Op::Has | Op::Is => Some(all.iter().any(|c| is_category(*c, value))),
                _ => None,
            },
            Cell::Choice(label, _) if op == Op::Has => Some(begins(label, value)),
            Cell::Choice(label, _) if op == Op::Is => Some(same(label, value)),
            Cell::Several(names) if op == Op::Has => Some(names.iter().any(|name| contains(name, value))),
            Cell::Several(names) if op == Op::Is => Some(names.iter().any(|name| same(name, value))),
            Cell::Text(text) if op == Op::Has => Some(contains(text, value)),
            Cell::Text(text) if op == Op::Is => Some(same(text, value)),
            // Levels that are written as "3 of 5" and the like compare by their place.
            Cell::Choice(_, at) => Some(compared((*at as f64).total_cmp(&number(value)?))),
            Cell::Text(text) => Some(compared(by_words(text, value))),
            Cell::Several(_) => None,
        }
    }
}

/// As it is written: what reads 60.0 is not more than 60.
fn rounded(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}

fn number(value: &str) -> Option<f64> {
    let value = value.trim().trim_end_matches('%').trim_end();
    value.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
}

/// The number that words begin with: "4.4 · 7.2", "32, pool 2", "299 000 a year".
fn first_number(words: &str) -> Option<f64> {
    let digits: String = words.chars().filter(|c| *c != '\u{202f}').take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok()
}

/// A level by its word, the beginning of it, or its letter.
pub(super) fn level(value: &str) -> Option<Band> {
    Band::ALL.iter().find(|band| !value.is_empty() && begins(band.label(), value)).copied()
}

fn is_part_of_a_date(value: &str) -> bool {
    value.len() >= 4 && value.chars().all(|c| c.is_ascii_digit() || c == '-')
}

/// A day by its date, "today", or so many days from today: "30d", "-7d".
pub(super) fn moment(value: &str, today: Date) -> Option<Date> {
    match value.to_lowercase().as_str() {
        "today" | "now" => Some(today),
        "tomorrow" => today.after_days(1),
        "yesterday" => today.after_days(-1),
        other => match other.strip_suffix(['d', 'w']) {
            Some(n) => today.after_days(n.parse::<i32>().ok()?.saturating_mul(if other.ends_with('w') { 7 } else { 1 }).into()),
            None => other.parse().ok(),
        },
    }
}

/// By its letters or the beginning of its name.
fn is_category(category: Category, value: &str) -> bool {
    category.name().eq_ignore_ascii_case(value) || (value.chars().count() > 2 && begins(category.label(), value))
}

pub(super) fn contains(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(&wanted.to_lowercase())
}

fn begins(label: &str, value: &str) -> bool {
    label.to_lowercase().starts_with(&value.to_lowercase())
}

pub(super) fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Without regard to capitals, and with numbers in them as numbers: T-2 before T-12.
fn by_words(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, y) = (digits(&mut a), digits(&mut b));
                let order = x.len().cmp(&y.len()).then_with(|| x.cmp(&y));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(x), Some(y)) => {
                let order = x.to_lowercase().cmp(y.to_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
                a.next();
                b.next();
            }
        }
    }
}

/// The digits ahead without leading zeros.
fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut found = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if digit != '0' || !found.is_empty() {
            found.push(digit);
        }
    }
    found
}
