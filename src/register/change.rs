//! What is written into cells becomes an edit: one for all the rows it is written into.

mod decision;
mod records;

use super::cell::{moment, same};
use super::{Cell, Column, Facts, Register, Row};
use crate::edit::Edit;
use crate::model::*;

/// How a cell is written into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editor {
    Text,
    /// One of the labels.
    Choice(Vec<&'static str>),
    /// Somebody, whom one may have to introduce.
    Person,
    Day,
    /// A whole number between two bounds, or none where that says something.
    Number(u64, u64),
    /// Person-days.
    Days,
    /// In per cent.
    Share,
}

/// What is written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Nothing,
    Text(String),
    /// The place in the list of labels.
    Choice(usize),
    Person(Id),
    /// Somebody the model does not know yet.
    NewPerson(String),
    Day(Date),
    Number(f64),
}

impl Editor {
    /// How a column of a register is written into; `None` where it is worked out.
    pub fn of(register: Register, column: Column) -> Option<Editor> {
        use Column as C;
        use Register as R;
        Some(match (register, column) {
            (R::Threats, C::Status) => Editor::Choice(labels(Disposition::ALL, Disposition::label)),
            (R::Threats, C::Owner | C::Approver) => Editor::Person,
            (R::Threats, C::Due | C::Expires) => Editor::Day,
            (R::Threats, C::Why | C::Ticket) => Editor::Text,
            (R::Controls, C::Status) => Editor::Choice(labels(ControlStatus::ALL, ControlStatus::label)),
            (R::Controls, C::Evidence) => Editor::Choice(labels(EvidenceLevel::ALL, EvidenceLevel::label)),
            (R::Controls, C::Due | C::Reviewed) => Editor::Day,
            (R::Controls, C::Share) => Editor::Share,
            (R::Controls, C::Cost) => Editor::Days,
            (R::Controls, C::Notes) => Editor::Text,
            (R::Vulnerabilities, C::Status) => Editor::Choice(labels(VulnerabilityStatus::ALL, VulnerabilityStatus::label)),
            (R::Vulnerabilities, C::Kind) => Editor::Choice(labels(VulnerabilityKind::ALL, VulnerabilityKind::label)),
            (R::Vulnerabilities, C::Cwe) => Editor::Number(1, 9_999),
            (R::Vulnerabilities, C::Name | C::Evidence | C::Description) => Editor::Text,
            (R::Agents, C::Kind) => Editor::Choice(labels(AgentKind::ALL, AgentKind::label)),
            (R::Agents, C::Capability | C::Intent) => Editor::Number(1, 5),
            (R::Agents, C::Active) => Editor::Choice(vec!["Yes", "No"]),
            (R::Agents, C::Name | C::Description) => Editor::Text,
            (R::Elements, C::Kind) => Editor::Choice(labels(ElementKind::ALL, ElementKind::label)),
            (R::Elements, C::Layer) => Editor::Choice(labels(Layer::ALL, Layer::label)),
            (R::Flows, C::Protocol) => Editor::Choice(labels(Protocol::ALL, Protocol::label)),
            (R::Flows, C::Authn) => Editor::Choice(labels(Authn::ALL, Authn::label)),
            (R::Flows, C::Channel) => Editor::Choice(labels(Channel::ALL, Channel::label)),
            (R::Elements | R::Flows, C::Name | C::Notes | C::Description) => Editor::Text,
            (R::Elements | R::Flows | R::Assumptions, C::Reviewed) => Editor::Day,
            (R::Boundaries, C::Kind) => Editor::Choice(labels(BoundaryKind::ALL, BoundaryKind::label)),
            (R::Boundaries, C::Trust) => Editor::Number(0, 4),
            (R::Boundaries, C::Name | C::Region | C::Description) => Editor::Text,
            (R::Assets, C::Confidentiality | C::Integrity | C::Availability | C::Privacy | C::Safety) => Editor::Number(0, 4),
            (R::Assets, C::Records) => Editor::Number(0, u64::MAX >> 12),
            (R::Assets, C::Name | C::Why | C::Description) => Editor::Text,
            (R::Assumptions, C::Status) => Editor::Choice(labels(AssumptionStatus::ALL, AssumptionStatus::label)),
            (R::Assumptions | R::People, C::Name) => Editor::Text,
            (R::Controls | R::Elements | R::Boundaries | R::Assets | R::Assumptions, C::Owner) => Editor::Person,
            _ => return None,
        })
    }

    /// What was typed as a value. The error says what would be one.
    pub fn read(&self, facts: &Facts<'_>, text: &str) -> Result<Value, String> {
        let text = text.trim();
        let unread = |what: String| Err(format!("“{text}” is not {what}."));
        match self {
            Editor::Choice(labels) => {
                let exact = labels.iter().position(|label| same(label, text));
                let begins = |label: &&'static str| !text.is_empty() && label.to_lowercase().starts_with(&text.to_lowercase());
                match exact.or_else(|| labels.iter().position(begins)) {
                    Some(at) => Ok(Value::Choice(at)),
                    None => unread(format!("one of {}", labels.join(", "))),
                }
            }
            _ if text.is_empty() => Ok(Value::Nothing),
            Editor::Text => Ok(Value::Text(text.to_owned())),
            Editor::Person => {
                let known = facts.model.people.iter().find(|(_, person)| same(person.name.trim(), text));
                Ok(known.map_or_else(|| Value::NewPerson(text.to_owned()), |(id, _)| Value::Person(id.clone())))
            }
            Editor::Day => match moment(text, facts.today) {
                Some(day) => Ok(Value::Day(day)),
                None => unread("a day: write 2026-03-31, today, 30d or 2w".to_owned()),
            },
            Editor::Number(least, most) => match text.trim_start_matches("CWE-").parse::<u64>() {
                Ok(n) if (*least..=*most).contains(&n) => Ok(Value::Number(n as f64)),
                _ => unread(format!("a whole number from {least} to {most}")),
            },
            Editor::Days => match text.replace(',', ".").parse::<f64>() {
                Ok(days) if (0.0..=10_000.0).contains(&days) => Ok(Value::Number(days)),
                _ => unread("a number of days".to_owned()),
            },
            Editor::Share => match text.trim_end_matches('%').trim_end().replace(',', ".").parse::<f64>() {
                Ok(share) if (0.0..=100.0).contains(&share) => Ok(Value::Number(share / 100.0)),
                _ => unread("a share from 0 to 100 %".to_owned()),
            },
        }
    }

    /// What can be picked, as it would be typed.
    pub fn offers(&self, facts: &Facts<'_>) -> Vec<String> {
        match self {
            Editor::Choice(labels) => labels.iter().map(|label| (*label).to_owned()).collect(),
            Editor::Person => {
                let mut names: Vec<String> = facts.model.people.values().map(|person| person.name.clone()).collect();
                names.sort_by_key(|name| name.to_lowercase());
                names
            }
            Editor::Day => {
                let later = [0, 7, 14, 30, 90].iter().filter_map(|days| facts.today.after_days(*days));
                later.map(|day| day.to_string()).collect()
            }
            Editor::Number(least, most) if most - least < 6 => (*least..=*most).map(|n| n.to_string()).collect(),
            _ => Vec::new(),
        }
    }
}

fn labels<T: Copy>(all: &[T], label: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| label(*value)).collect()
}

impl Facts<'_> {
    /// Whether something can be written into a cell.
    pub fn is_written(&self, register: Register, row: &Row, column: Column) -> bool {
        !matches!(row, Row::Implied(..) | Row::Question(_)) && Editor::of(register, column).is_some()
    }

    /// What stands in a cell as it would be typed.
    pub fn typed(&self, row: &Row, column: Column) -> String {
        match (row, column) {
            (Row::Threat(key), Column::Status) => self.finding(key).map_or("", |f| f.disposition.label()).to_owned(),
            _ => match self.cell(row, column) {
                Cell::Number(n, super::Unit::Share) => format!("{:.0}", n * 100.0),
                cell => cell.words().into_owned(),
            },
        }
    }

    /// The edit that writes a value into a column of these rows, as one step; `None` when that changes nothing.
    pub fn change(&self, rows: &[Row], column: Column, value: &Value, ids: &mut IdSource) -> Option<Edit> {
        let mut edits = Vec::new();
        let mut value = value.clone();
        if let Value::NewPerson(name) = &value {
            let id = ids.fresh();
            let person = Person { name: name.clone(), roles: [Role::Owner].into(), ..Person::default() };
            edits.push(Edit::put(Key::Person(id.clone()), person));
            value = Value::Person(id);
        }
        let introduced = edits.len();
        let mut author = None;
        for row in rows {
            match row {
                Row::Threat(key) => {
                    let decided = self.decided(key, column, &value, &mut author, ids);
                    edits.extend(decided.into_iter().flatten());
                }
                Row::Record(key) => edits.extend(self.rewritten(key, column, &value)),
                Row::Implied(..) | Row::Question(_) => {}
            }
        }
        match edits.len() {
            n if n == introduced => None,
            1 => edits.pop(),
            _ => {
                let what = match rows {
                    [_] => edits.last().map_or_else(String::new, Edit::label),
                    rows => format!("change {} rows", rows.len()),
                };
                Some(Edit::Batch { label: what, edits })
            }
        }
    }
}
