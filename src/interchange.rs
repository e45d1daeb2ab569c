//! Foreign formats. A reader gives a model and the list of what could not be carried over; nothing is dropped silently.
//!
//! Files are told apart by their content ([`recognise`]), never by their name. Readers are lenient: real files break
//! their own schemas, so whatever can be placed is placed and the rest is told as a [`Loss`].

mod controls;
pub mod cyclonedx;
mod draft;
pub mod drawio;
mod error;
mod export;
mod first_layout;
mod foreign_threat;
mod guess;
mod kept;
mod lenient;
mod long_names;
mod loss;
mod markup;
mod membership;
pub mod mermaid;
mod otm;
pub mod plain_json;
mod protocol;
pub mod pytm;
mod recognise;
mod shape_words;
mod source;
pub mod threagile;
pub mod threat_composer;
pub mod threat_dragon;
mod threat_dragon_1;
pub mod threat_table;
mod threat_type;
mod tm7;
pub mod tm_library;
mod xml;
mod yaml;

pub use error::ImportError;
pub use export::{Derived, Export, FoundThreat, Target, export};
pub use guess::{Guess, Sure, Taken};
pub use loss::{Loss, LossKind};
pub use recognise::{Format, recognise};
pub use source::{Beside, Source};

use crate::model::{ThreatModel, repair};

/// A model read from a foreign format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    pub model: ThreatModel,
    /// What was changed, set aside or left behind on the way; empty when everything was understood.
    pub losses: Vec<Loss>,
    /// What had to be guessed, for people to correct.
    pub guesses: Vec<Guess>,
    /// True when places are those of the file, false when they were made up.
    pub is_drawn: bool,
}

const NO_TEMPLATES: &str = "it holds stencils and rules, but no model; open a .tm7 model made from it";

/// Reads a foreign model.
///
/// # Errors
/// The format is not read (yet), or the text is broken beyond repair.
pub fn import(format: Format, source: &Source<'_>) -> Result<Import, ImportError> {
    let mut import = match format {
        Format::CycloneDx => cyclonedx::read(source.text)?,
        Format::DrawIo => drawio::read(source.text)?,
        Format::PlainJson => plain_json::read(source.text)?,
        Format::Mermaid => mermaid::read(source.text)?,
        Format::Pytm => pytm::read(source.text)?,
        Format::ThreatTable => threat_table::read(source.text)?,
        Format::Threagile => threagile::read(source)?,
        Format::ThreatComposer => threat_composer::read(source.text)?,
        Format::ThreatModelLibrary => tm_library::read(source.text)?,
        Format::ThreatDragon2 => threat_dragon::read(source.text)?,
        Format::ThreatDragon1 => threat_dragon_1::read(source.text)?,
        Format::OpenThreatModel => otm::read(source.text)?,
        Format::MicrosoftTmt => tm7::read(source.text)?,
        Format::MicrosoftTemplate => return Err(ImportError::NoModel(format, NO_TEMPLATES)),
        other => return Err(ImportError::NotYet(other)),
    };
    // Readers need not care for numbers out of range and the like.
    for mended in repair(&mut import.model) {
        let what = format!("{} “{}”", mended.key.kind_label(), mended.key.id().map_or("", |id| import.model.name_of(id)));
        import.losses.push(Loss::new(LossKind::Changed, what, mended.message));
    }
    long_names::cut(&mut import);
    import.is_drawn = !import.model.placements.is_empty();
    first_layout::place(&mut import.model);
    if import.model.info.name.is_empty() {
        import.model.info.name = source.name.to_owned();
    }
    Ok(import)
}
