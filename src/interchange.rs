//! Foreign formats. A reader gives a model and the list of what could not be carried over; nothing is dropped silently.
//!
//! Files are told apart by their content ([`recognise`]), never by their name. Readers are lenient: real files break
//! their own schemas, so whatever can be placed is placed and the rest is told as a [`Loss`].

#[allow(dead_code)]
mod controls;
mod draft;
mod error;
mod first_layout;
mod foreign_threat;
mod kept;
mod lenient;
mod loss;
mod markup;
mod membership;
pub mod plain_json;
mod protocol;
mod recognise;
mod source;
pub mod threagile;
pub mod threat_dragon;
mod threat_dragon_1;
mod threat_type;
mod tm7;
mod xml;
mod yaml;

pub use error::ImportError;
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
}

const NO_TEMPLATES: &str = "it holds stencils and rules, but no model; open a .tm7 model made from it";

/// Reads a foreign model.
///
/// # Errors
/// The format is not read (yet), or the text is broken beyond repair.
pub fn import(format: Format, source: &Source<'_>) -> Result<Import, ImportError> {
    let mut import = match format {
        Format::PlainJson => plain_json::read(source.text)?,
        Format::Threagile => threagile::read(source)?,
        Format::ThreatDragon2 => threat_dragon::read(source.text)?,
        Format::ThreatDragon1 => threat_dragon_1::read(source.text)?,
        Format::MicrosoftTmt => tm7::read(source.text)?,
        Format::MicrosoftTemplate => return Err(ImportError::NoModel(format, NO_TEMPLATES)),
        other => return Err(ImportError::NotYet(other)),
    };
    // Readers need not care for numbers out of range and the like.
    for mended in repair(&mut import.model) {
        let what = format!("{} “{}”", mended.key.kind_label(), mended.key.id().map_or("", |id| import.model.name_of(id)));
        import.losses.push(Loss::new(LossKind::Changed, what, mended.message));
    }
    first_layout::place(&mut import.model);
    if import.model.info.name.is_empty() {
        import.model.info.name = source.name.to_owned();
    }
    Ok(import)
}
