//! Parser errors in people's words.

use super::LoadError;
use ron::error::{Error, SpannedError};

pub(super) fn ron_error(e: SpannedError) -> LoadError {
    let at = e.span.end;
    LoadError::Syntax { line: at.line, column: at.col, problem: problem(&e.code) }
}

pub(super) fn json_error(e: serde_json::Error) -> LoadError {
    let place = format!(" at line {} column {}", e.line(), e.column());
    let problem = if e.is_eof() { TOO_SHORT.to_owned() } else { json_problem(&e.to_string().replace(&place, "")) };
    LoadError::Syntax { line: e.line(), column: e.column(), problem }
}

const TOO_SHORT: &str = "the file ends too early; it was probably cut off";
const TOO_DEEP: &str = "brackets are nested deeper than in any model";
const MORE_TEXT: &str = "expected the end of the file, but there is more text";

/// The words of `serde_json` ("invalid type: null, expected a sequence") without the names of this program's types.
fn json_problem(message: &str) -> String {
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return match message {
            "recursion limit exceeded" => TOO_DEEP.to_owned(),
            "trailing characters" => MORE_TEXT.to_owned(),
            _ => shortened(message, 160),
        };
    };
    let kinds = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant ", "unknown field "];
    let found = kinds.iter().find_map(|kind| found.strip_prefix(kind)).unwrap_or(found);
    let found = shortened(&found.replace('`', ""), 60);
    let words: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let is_whole = |kind: &str| kind.strip_prefix(['u', 'i']).is_some_and(|bits| bits.parse::<u8>().is_ok());
    let expected = match expected {
        _ if !words.is_empty() => one_of(&words, &found),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table".to_owned(),
        "a string" | "str" => "text in double quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        kind if is_whole(kind) => "a whole number".to_owned(),
        kind if kind.starts_with("struct ") => "a record beginning with “{”".to_owned(),
        kind if kind.starts_with("tuple ") => {
            let length = kind.split_once(" with ").map(|(_, n)| format!(" of {n}")).unwrap_or_default();
            format!("a list{length}")
        }
        other => shortened(other, 60),
    };
    let found = match found.split_once(' ') {
        _ if found.parse::<usize>().is_ok() && message.starts_with("invalid length") => format!("only {found}"),
        Some(("string", text)) => format!("the text {text}"),
        Some(("integer" | "floating", number)) => format!("the number {}", number.trim_start_matches("point ")),
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "map" => "a table".to_owned(),
        _ => found,
    };
    format!("expected {expected}, found {found}")
}

/// A part of a file that is quoted, in bearable length.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most).chain(['…']).collect() }
}

fn problem(code: &Error) -> String {
    let expected = match code {
        Error::Eof | Error::UnclosedBlockComment => return TOO_SHORT.to_owned(),
        Error::ExceededRecursionLimit => return TOO_DEEP.to_owned(),
        Error::TrailingCharacters => return MORE_TEXT.to_owned(),
        Error::IntegerOutOfBounds => return "the number is too large or too small here".to_owned(),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            return format!("expected {}, found “{}”", one_of(expected, found), shortened(found, 60));
        }
        Error::MissingStructField { field, outer } => {
            let of = outer.as_deref().map(|o| format!(" of {o}")).unwrap_or_default();
            return format!("the field “{field}”{of} is missing");
        }
        Error::DuplicateStructField { field, .. } => return format!("the field “{field}” is given twice"),
        Error::InvalidValueForType { expected, found } => return format!("expected {expected}, found {}", shortened(found, 60)),
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
        other => return shortened(&other.to_string(), 160),
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
