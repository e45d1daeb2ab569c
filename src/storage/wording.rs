//! Parser errors in people's words.

use super::LoadError;
use ron::error::{Error, SpannedError};

pub(super) fn ron_error(e: SpannedError) -> LoadError {
    let at = e.span.end;
    LoadError::Syntax { line: at.line, column: at.col, problem: problem(&e.code) }
}

pub(super) fn json_error(e: serde_json::Error) -> LoadError {
    let place = format!(" at line {} column {}", e.line(), e.column());
    let problem = if e.is_eof() { TOO_SHORT.to_owned() } else { e.to_string().replace(&place, "") };
    LoadError::Syntax { line: e.line(), column: e.column(), problem }
}

const TOO_SHORT: &str = "the file ends too early; it was probably cut off";

fn problem(code: &Error) -> String {
    let expected = match code {
        Error::Eof | Error::UnclosedBlockComment => return TOO_SHORT.to_owned(),
        Error::ExceededRecursionLimit => return "brackets are nested deeper than in any model".to_owned(),
        Error::TrailingCharacters => return "expected the end of the file, but there is more text".to_owned(),
        Error::IntegerOutOfBounds => return "the number is too large or too small here".to_owned(),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            return format!("expected {}, found “{found}”", one_of(expected, found));
        }
        Error::MissingStructField { field, outer } => {
            let of = outer.as_deref().map(|o| format!(" of {o}")).unwrap_or_default();
            return format!("the field “{field}”{of} is missing");
        }
        Error::DuplicateStructField { field, .. } => return format!("the field “{field}” is given twice"),
        Error::InvalidValueForType { expected, found } => return format!("expected {expected}, found {found}"),
        Error::ExpectedArray => "a list beginning with “[”",
        Error::ExpectedArrayEnd => "a comma or the end of the list, “]”",
        Error::ExpectedMap => "a table beginning with “{”",
        Error::ExpectedMapEnd => "a comma or the end of the table, “}”",
        Error::ExpectedMapColon => "a colon after the name",
        Error::ExpectedComma => "a comma",
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "a record beginning with “(”",
        Error::ExpectedStructLikeEnd => "a comma or the end of the record, “)”",
        Error::ExpectedOption => "a value, Some(…) or None",
        Error::ExpectedOptionEnd => "the end of Some(…)",
        Error::ExpectedBoolean => "true or false",
        Error::ExpectedInteger => "a whole number",
        Error::ExpectedFloat => "a number",
        Error::ExpectedString => "text in double quotes",
        Error::ExpectedStringEnd => "the closing double quote of a text",
        Error::ExpectedIdentifier => "a name",
        other => return other.to_string(),
    };
    format!("expected {expected}")
}

/// The likeliest words, so that the sentence stays one.
fn one_of(words: &[&str], found: &str) -> String {
    const SHOWN: usize = 8;
    if words.len() <= SHOWN {
        return format!("one of {}", words.join(", "));
    }
    let start = |w: &str| w.chars().next().map(|c| c.to_ascii_lowercase());
    let near: Vec<&str> = words.iter().copied().filter(|w| start(w) == start(found)).take(SHOWN).collect();
    let shown = if near.is_empty() { words.iter().copied().take(SHOWN).collect() } else { near };
    format!("one of {} … ({} words)", shown.join(", "), words.len())
}
