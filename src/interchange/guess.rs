//! What a reader had to guess: pictures say less than models.

use crate::model::{ElementKind, Id};

/// What something on a drawing was taken for, so that people can correct it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The element, boundary or note.
    pub id: Id,
    pub taken_for: Taken,
    pub sure: Sure,
    /// What spoke for it, as a clause: "it is drawn as an ellipse".
    pub why: String,
}

/// What a shape can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Taken {
    /// Words for people.
    pub fn label(self) -> &'static str {
        match self {
            Taken::Element(kind) => kind.label(),
            Taken::Boundary => "Trust boundary",
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
}
