//! Foreign formats. A reader gives a model and the list of what could not be carried over; nothing is dropped silently.
//!
//! Files are told apart by their content ([`recognise`]), never by their name. Readers are lenient: real files break
//! their own schemas, so whatever can be placed is placed and the rest is told as a [`Loss`].

mod first_layout;
mod lenient;
pub mod plain_json;
mod recognise;
pub mod threat_dragon;

pub use recognise::{Format, recognise};

use crate::model::{ThreatModel, repair};

/// A model read from a foreign format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    pub model: ThreatModel,
    /// What was changed, set aside or left behind on the way; empty when everything was understood.
    pub losses: Vec<Loss>,
}

/// One thing that did not come over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The object it happened to, in words: "data flow “login”".
    pub what: String,
    /// What happened to it, as a clause: "the protocol “UPnP” is not known; kept as a note".
    pub why: String,
    pub kind: LossKind,
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
        Loss { what: what.into(), why: why.into(), kind }
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
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.what, self.why, self.kind.label())
    }
}

/// Why a foreign file cannot be read. The sentence does not name the file; whoever opened it does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not text but {0}; choose the threat model itself")]
    Binary(&'static str),
    #[error("this is not a threat model Palisade knows; it reads its own .ron files, Threat Dragon 2 and plain model JSON")]
    Unknown,
    #[error("this looks like {}, which Palisade does not read yet; export it as Threat Dragon 2 JSON if you can", .0.label())]
    NotYet(Format),
    #[error("the file is not whole: line {line}, column {column}: {problem}")]
    Cut { line: usize, column: usize, problem: String },
    #[error("the file is not sound JSON: line {line}, column {column}: {problem}")]
    Syntax { line: usize, column: usize, problem: String },
    #[error("{0}")]
    Content(String),
}

impl From<serde_json::Error> for ImportError {
    fn from(e: serde_json::Error) -> ImportError {
        let place = format!(" at line {} column {}", e.line(), e.column());
        let problem = e.to_string().replace(&place, "");
        let (line, column) = (e.line(), e.column());
        if e.is_eof() { ImportError::Cut { line, column, problem } } else { ImportError::Syntax { line, column, problem } }
    }
}

/// Reads a foreign model. `name` is used where the file does not name its model, for example the file's name.
///
/// # Errors
/// The format is not read (yet), or the text is broken beyond repair.
pub fn import(format: Format, text: &str, name: &str) -> Result<Import, ImportError> {
    let mut import = match format {
        Format::PlainJson => plain_json::read(text)?,
        Format::ThreatDragon2 => threat_dragon::read(text)?,
        other => return Err(ImportError::NotYet(other)),
    };
    // Readers need not care for numbers out of range and the like.
    for mended in repair(&mut import.model) {
        let what = format!("{} “{}”", mended.key.kind_label(), mended.key.id().map_or("", |id| import.model.name_of(id)));
        import.losses.push(Loss::new(LossKind::Changed, what, mended.message));
    }
    first_layout::place(&mut import.model);
    if import.model.info.name.is_empty() {
        import.model.info.name = name.to_owned();
    }
    Ok(import)
}
