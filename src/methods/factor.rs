//! One thing a method asks for: its scale, what the model says and why, and what people say over it.

use super::subject::Subject;
use crate::model::{FactorValue, Given, Pert};
use std::borrow::Cow;

/// One factor of a method for one threat.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The stable name a value by hand is kept under, for example `owasp.motive`.
    pub id: String,
    pub name: Cow<'static, str>,
    pub scale: Scale,
    pub side: Side,
    /// What the model says; `None` where only people can say.
    pub derived: Option<FactorValue>,
    /// By which rule it says so.
    pub why: String,
    /// What people say over it.
    pub given: Option<Given>,
}

/// What values a factor can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Marks from one number to another; whole ones where `whole`.
    Marks { from: f64, to: f64, whole: bool, words: &'static [(f64, &'static str)] },
    /// Values of a CVSS metric, by letter.
    Letters(&'static [(&'static str, &'static str)]),
    /// Money lost in one event: least, most likely, most.
    Loss,
}

/// What controls do to a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Lowered with the likelihood.
    Likelihood,
    /// Lowered with the impact.
    Impact,
    /// Left alone.
    Apart,
}

impl Scale {
    /// Any number between two, no words for single marks.
    pub const fn marks(from: f64, to: f64) -> Scale {
        Scale::Marks { from, to, whole: true, words: &[] }
    }

    /// The value as the scale takes it: marks at the nearest allowed one; `None` for what does not belong on it at all.
    pub fn take(&self, value: &FactorValue) -> Option<FactorValue> {
        match (self, value) {
            (Scale::Marks { from, to, whole, .. }, FactorValue::Mark(mark)) if mark.is_finite() => {
                let held = mark.clamp(*from, *to);
                Some(FactorValue::Mark(if *whole { held.round() } else { held }))
            }
            (Scale::Letters(all), FactorValue::Letter(letter)) if all.iter().any(|(known, _)| known == letter) => {
                Some(value.clone())
            }
            (Scale::Loss, FactorValue::Loss(loss)) if loss.is_sound() => Some(value.clone()),
            _ => None,
        }
    }

    /// The words for a value: of the nearest mark below that has some, or of the letter.
    pub fn words(&self, value: &FactorValue) -> &'static str {
        match (self, value) {
            (Scale::Marks { words, .. }, FactorValue::Mark(mark)) => {
                words.iter().rev().find(|(from, _)| mark >= from).map_or("", |(_, word)| word)
            }
            (Scale::Letters(all), FactorValue::Letter(letter)) => {
                all.iter().find(|(known, _)| known == letter).map_or("", |(_, word)| word)
            }
            _ => "",
        }
    }
}

impl Factor {
    /// A factor with what the model says of it; values by hand that do not belong on the scale do not count.
    pub(super) fn new(
        subject: &Subject<'_>,
        id: impl Into<String>,
        name: impl Into<Cow<'static, str>>,
        scale: Scale,
        side: Side,
    ) -> Factor {
        let id = id.into();
        let given = subject.given.given.get(&id);
        let given = given.and_then(|g| Some(Given { value: scale.take(&g.value)?, reason: g.reason.clone() }));
        Factor { id, name: name.into(), scale, side, derived: None, why: String::new(), given }
    }

    pub(super) fn marked(self, mark: f64, why: impl Into<String>) -> Factor {
        self.says(FactorValue::Mark(mark), why)
    }

    pub(super) fn lettered(self, letter: &str, why: impl Into<String>) -> Factor {
        self.says(FactorValue::Letter(letter.to_owned()), why)
    }

    pub(super) fn says(self, value: FactorValue, why: impl Into<String>) -> Factor {
        Factor { derived: self.scale.take(&value).or(Some(value)), why: why.into(), ..self }
    }

    /// What holds: what people say, else what the model says.
    pub fn value(&self) -> Option<&FactorValue> {
        self.given.as_ref().map(|given| &given.value).or(self.derived.as_ref())
    }

    /// The mark that holds.
    pub fn mark(&self) -> Option<f64> {
        match self.value()? {
            FactorValue::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    /// The letter that holds.
    pub fn letter(&self) -> Option<&str> {
        match self.value()? {
            FactorValue::Letter(letter) => Some(letter),
            _ => None,
        }
    }

    /// The loss that holds.
    pub fn loss(&self) -> Option<Pert> {
        match self.value()? {
            FactorValue::Loss(loss) => Some(*loss),
            _ => None,
        }
    }

    /// The value that holds, for people: "7", "N network".
    pub fn told(&self) -> String {
        match self.value() {
            None => "–".to_owned(),
            Some(FactorValue::Mark(mark)) => number(*mark),
            Some(value @ FactorValue::Letter(letter)) => format!("{letter} {}", self.scale.words(value)),
            Some(FactorValue::Loss(loss)) => {
                format!("{} to {}, mostly {}", amount(loss.min), amount(loss.max), amount(loss.mode))
            }
        }
    }
}

/// At most three decimals, none of them idle.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// An amount of money with separated thousands.
pub fn amount(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if value <= -0.5 { format!("−{out}") } else { out }
}
