//! What happened to things on the way from one format to another.

use crate::model::Id;

/// One thing that did not come over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The object it happened to, in words: "data flow “login”".
    pub what: String,
    /// What happened to it, as a clause: "the protocol “UPnP” is not known; kept as a note".
    pub why: String,
    pub kind: LossKind,
    /// The record of the model it happened to; `None` for what has none, as the drawing as a whole.
    pub at: Option<Id>,
}

/// How much was lost, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// Kept word for word with the object, but without a meaning here.
    Kept,
    /// Carried over in another shape than it had.
    Changed,
    /// Not carried over.
    Dropped,
}

impl Loss {
    pub fn new(kind: LossKind, what: impl Into<String>, why: impl Into<String>) -> Loss {
        Loss { what: what.into(), why: why.into(), kind, at: None }
    }

    /// The same about a record of the model.
    pub fn at(self, id: &Id) -> Loss {
        Loss { at: Some(id.clone()), ..self }
    }
}

impl LossKind {
    /// Words for people.
    pub fn label(self) -> &'static str {
        match self {
            LossKind::Kept => "kept as a note",
            LossKind::Changed => "changed",
            LossKind::Dropped => "not carried over",
        }
    }

    /// The word of the loss report for tools.
    pub fn name(self) -> &'static str {
        match self {
            LossKind::Kept => "kept",
            LossKind::Changed => "changed",
            LossKind::Dropped => "dropped",
        }
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.what, self.why, self.kind.label())
    }
}
