//! Why a foreign file cannot be read: one sentence, with the place where there is one.

use super::Format;

/// Why a foreign file cannot be read. The sentence does not name the file; whoever opened it does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not text but {0}; choose the threat model itself")]
    Binary(&'static str),
    #[error("this is not a threat model Palisade knows; palisade --help lists the formats it reads")]
    Unknown,
    #[error("this looks like {}, which Palisade does not read yet; export it as Threat Dragon 2 JSON if you can", .0.label())]
    NotYet(Format),
    #[error("this is {}: {_1}", _0.label())]
    NoModel(Format, &'static str),
    #[error("the file is not whole: line {line}, column {column}: {problem}")]
    Cut { line: usize, column: usize, problem: String },
    /// `language` is what it is written in: JSON, XML, YAML …
    #[error("the file is not sound {language}: line {line}, column {column}: {problem}")]
    Syntax { language: &'static str, line: usize, column: usize, problem: String },
    /// Made to exhaust whoever reads it, or broken beyond sense.
    #[error("the file asks for more than any threat model needs: line {line}, column {column}: {problem}")]
    Excessive { line: usize, column: usize, problem: String },
    #[error("{0}")]
    Content(String),
}

impl From<serde_json::Error> for ImportError {
    fn from(e: serde_json::Error) -> ImportError {
        let place = format!(" at line {} column {}", e.line(), e.column());
        let problem = e.to_string().replace(&place, "");
        let (line, column) = (e.line(), e.column());
        if e.is_eof() {
            ImportError::Cut { line, column, problem }
        } else {
            ImportError::Syntax { language: "JSON", line, column, problem }
        }
    }
}

/// Line and column of a place in a text, both from 1; columns count characters.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before.get(line_start..).map_or(0, |l| l.chars().count()) + 1)
}
