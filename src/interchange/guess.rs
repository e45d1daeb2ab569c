//! What a reader had to guess: files say less than models.

use crate::model::{ElementKind, Id};
use std::fmt;

/// What something was taken for where its file does not say it, so that people can correct it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The element, boundary or note.
    pub at: Id,
    /// It in words, as losses name it: "shape “Orders”".
    pub what: String,
    pub taken_for: Taken,
    /// What else it may be, most likely first.
    pub instead: Vec<Taken>,
    pub sure: Sure,
    /// What spoke for it, as a clause: "it is drawn as an ellipse".
    pub why: String,
}

/// What a thing can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    Element(ElementKind),
    Boundary,
    Note,
}

/// How sure a guess is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    Low,
    Medium,
    High,
}

impl Guess {
    /// About something drawn, which may be anything that is drawn.
    pub(super) fn of_shape(at: &Id, what: &str, taken_for: Taken, sure: Sure, why: impl Into<String>) -> Guess {
        let instead = Taken::ALL.iter().copied().filter(|other| *other != taken_for).collect();
        Guess { at: at.clone(), what: what.to_owned(), taken_for, instead, sure, why: why.into() }
    }

    /// About something that is an element for certain.
    pub(super) fn of_element(at: &Id, what: &str, kind: ElementKind, sure: Sure, why: impl Into<String>) -> Guess {
        let whole = Guess::of_shape(at, what, Taken::Element(kind), sure, why);
        let instead = whole.instead.iter().copied().filter(|other| matches!(other, Taken::Element(_))).collect();
        Guess { instead, ..whole }
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: taken for {}, for {} ({})", self.what, self.taken_for.with_article(), self.why, self.sure.label())
    }
}

impl Taken {
    /// The usual ones first.
    pub const ALL: &[Taken] = &[
        Taken::Element(ElementKind::Process),
        Taken::Element(ElementKind::DataStore),
        Taken::Element(ElementKind::ExternalEntity),
        Taken::Boundary,
        Taken::Note,
    ];

    /// Words for people.
    pub fn label(self) -> &'static str {
        match self {
            Taken::Element(kind) => kind.label(),
            Taken::Boundary => "Trust boundary",
            Taken::Note => "Note",
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Taken::Element(ElementKind::ExternalEntity) => "an external entity",
            Taken::Element(ElementKind::Process) => "a process",
            Taken::Element(ElementKind::DataStore) => "a data store",
            Taken::Boundary => "a trust boundary",
            Taken::Note => "a note",
        }
    }

    /// The word of the loss report for tools.
    pub fn name(self) -> &'static str {
        match self {
            Taken::Element(kind) => kind.name(),
            Taken::Boundary => "Boundary",
            Taken::Note => "Note",
        }
    }
}

impl Sure {
    /// Words for people.
    pub fn label(self) -> &'static str {
        match self {
            Sure::Low => "a guess",
            Sure::Medium => "likely",
            Sure::High => "sure",
        }
    }

    /// The word of the loss report for tools.
    pub fn name(self) -> &'static str {
        match self {
            Sure::Low => "low",
            Sure::Medium => "medium",
            Sure::High => "high",
        }
    }
}
