//! The native file: RON text, and its JSON twin for other tools.
//!
//! `format` comes first, then the model's tables in a fixed order. Fields with their default value are left out, maps
//! are ordered, nothing changes by itself: the same model gives the same bytes, and a diff shows what people changed.
//!
//! Reading is strict about syntax (the first error names its place and what was expected) and lenient about content:
//! whatever can be put right is put right and told ([`Loaded::repairs`]).

pub mod embedded;
mod wording;

use crate::model::{Repair, ThreatModel, repair};
use ron::extensions::Extensions;
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;

/// Version of a file's structure. A minor step adds fields or words, a major one changes what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormatVersion(pub u16, pub u16);

/// What this version writes, and the newest it reads.
pub const FORMAT: FormatVersion = FormatVersion(1, 0);

/// How deep brackets may nest; a model needs 8.
const DEPTH: usize = 64;

impl fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// A model read from a native file.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub model: ThreatModel,
    /// What was put right, so that the model is sound; empty for a sound file.
    pub repairs: Vec<Repair>,
    /// Fields nobody knows, as paths ("elements.web.colour"). They are lost when the file is saved.
    pub ignored: Vec<String>,
}

impl Loaded {
    /// Everything people should know about the reading, a sentence each.
    pub fn told(&self) -> Vec<String> {
        let ignored = self.ignored.iter().map(|path| format!("the field {path} is not known and was ignored"));
        self.repairs.iter().map(|r| r.message.clone()).chain(ignored).collect()
    }
}

/// Why a native file cannot be read. The sentence does not name the file; whoever opened it does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    #[error("line {line}, column {column}: {problem}")]
    Syntax { line: usize, column: usize, problem: String },
    #[error("the file has format {found}, which is newer than {FORMAT}; open it with a newer version of Palisade")]
    Newer { found: FormatVersion },
    #[error("the file does not say which format it has; a Palisade model begins with `format: (1, 0)`")]
    NoFormat,
}

/// The model cannot be written: only a map key or number that the file format has no form for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model cannot be written: {0}")]
pub struct SaveError(String);

/// How a file of ours is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Ron,
    Json,
}

impl Encoding {
    /// What the ending of a file name asks for; `None` for any other ending.
    pub fn of(path: &Path) -> Option<Encoding> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "ron" => Some(Encoding::Ron),
            "json" => Some(Encoding::Json),
            _ => None,
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// None for a model that [`crate::model::check`] finds sound.
    pub fn write(self, model: &ThreatModel) -> Result<String, SaveError> {
        match self {
            Encoding::Ron => save(model),
            Encoding::Json => save_json(model),
        }
    }
}

/// The model as RON text.
///
/// # Errors
/// None for a model that [`crate::model::check`] finds sound.
pub fn save(model: &ThreatModel) -> Result<String, SaveError> {
    let style = ron::ser::PrettyConfig::new().new_line("\n").depth_limit(3).separate_tuple_members(false);
    let text = ron::Options::default().to_string_pretty(&File(model), style);
    text.map(|t| t + "\n").map_err(|e| SaveError(e.to_string()))
}

/// The model as JSON text of the same structure.
///
/// # Errors
/// None for a model that [`crate::model::check`] finds sound.
pub fn save_json(model: &ThreatModel) -> Result<String, SaveError> {
    let text = serde_json::to_string_pretty(&File(model));
    text.map(|t| t + "\n").map_err(|e| SaveError(e.to_string()))
}

/// Reads RON text and repairs what can be repaired. `Some` may be left out around optional values.
///
/// # Errors
/// The first place where the text is not what a model needs, a newer format, or no format at all.
pub fn load(text: &str) -> Result<Loaded, LoadError> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(DEPTH);
    let find_format = || options.from_str::<Header>(text).map_err(wording::ron_error)?.accept();
    // That takes as long as reading everything; we write the format in front.
    let FormatVersion(major, minor) = FORMAT;
    if !text.starts_with(&format!("(\n    format: ({major}, {minor}),\n")) {
        find_format()?;
    }
    let mut ignored = Vec::new();
    let mut reader = ron::Deserializer::from_str_with_options(text, &options).map_err(wording::ron_error)?;
    let model = serde_ignored::deserialize(&mut reader, |path| ignored.push(path.to_string()));
    match model.and_then(|model| reader.end().map(|()| model)) {
        Ok(model) => Ok(finish(model, ignored)),
        Err(error) => {
            // Brackets that do not match are told better by one who looks at nothing else.
            find_format()?;
            Err(wording::ron_error(reader.span_error(error)))
        }
    }
}

/// Reads the JSON twin and repairs what can be repaired.
///
/// # Errors
/// As [`load`].
pub fn load_json(text: &str) -> Result<Loaded, LoadError> {
    let header: Header = serde_json::from_str(text).map_err(wording::json_error)?;
    header.accept()?;
    let mut ignored = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let model = serde_ignored::deserialize(&mut reader, |path| ignored.push(path.to_string())).map_err(wording::json_error)?;
    Ok(finish(model, ignored))
}

fn finish(mut model: ThreatModel, mut ignored: Vec<String>) -> Loaded {
    ignored.retain(|path| path != "format");
    let repairs = repair(&mut model);
    Loaded { model, repairs, ignored }
}

/// A model with its format in front.
struct File<'a>(&'a ThreatModel);

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("ThreatModel", self.0.table_count() + 1)?;
        out.serialize_field("format", &FORMAT)?;
        self.0.serialize_tables(&mut out)?;
        out.end()
    }
}

/// What must be known of a file before the rest of it can be understood.
#[derive(Deserialize)]
struct Header {
    format: Option<FormatVersion>,
}

impl Header {
    fn accept(self) -> Result<(), LoadError> {
        match self.format {
            None => Err(LoadError::NoFormat),
            Some(found) if found > FORMAT => Err(LoadError::Newer { found }),
            Some(_) => Ok(()),
        }
    }
}
