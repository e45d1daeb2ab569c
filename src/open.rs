//! Opening a model, whatever format it has: the one way for the window and the command line.

use crate::interchange::{self, Beside, Format, Guess, Import, ImportError, Loss, Source, Sure};
use crate::library::Library;
use crate::model::ThreatModel;
use crate::storage::{self, LoadError, embedded};

/// A model that was opened, sound as [`crate::model::check`] has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub model: ThreatModel,
    pub format: Format,
    /// What was repaired or ignored in a native file, a sentence each.
    pub repairs: Vec<String>,
    /// What did not come over as it was from a foreign file.
    pub losses: Vec<Loss>,
    /// What a foreign file left to be guessed.
    pub guesses: Vec<Guess>,
    /// True when places are those of the file, false when they were made up.
    pub is_drawn: bool,
}

impl Opened {
    /// True when saving must ask for a new file: the format is read, not written back.
    pub fn is_foreign(&self) -> bool {
        !matches!(self.format, Format::Palisade | Format::PalisadeJson)
    }

    /// True when people should see what it is before it becomes their model: it was made with another tool, and kinds may
    /// be guessed and details lost. Plain JSON is written for us.
    pub fn wants_a_look(&self) -> bool {
        self.is_foreign() && !matches!(self.format, Format::Picture | Format::PlainJson)
    }

    /// Everything people should know about the reading, a sentence each.
    pub fn told(&self) -> Vec<String> {
        let guesses = self.guesses.iter().filter(|guess| guess.sure < Sure::High).map(Guess::to_string);
        self.repairs.iter().cloned().chain(self.losses.iter().map(Loss::to_string)).chain(guesses).collect()
    }
}

/// Why a file could not be opened. The sentence does not name the file; whoever opened it does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// Reads a model from the content of a file that stands alone. `name` is used where a foreign file does not name its model.
///
/// # Errors
/// The content is no model, of a format that is not read, or broken beyond repair.
pub fn open(bytes: &[u8], name: &str) -> Result<Opened, OpenError> {
    open_beside(bytes, name, &|_| None)
}

/// As [`open`], for a file whose format may name others in its folder; `beside` reads them.
///
/// # Errors
/// The content is no model, of a format that is not read, or broken beyond repair.
pub fn open_beside(bytes: &[u8], name: &str, beside: Beside<'_>) -> Result<Opened, OpenError> {
    if let Some(text) = embedded::within(bytes) {
        return Ok(own(storage::load(&text)?, Format::Picture));
    }
    let (format, text) = interchange::recognise(bytes)?;
    let text = &*text;
    match format {
        Format::Palisade => Ok(own(storage::load(text)?, format)),
        Format::PalisadeJson => Ok(own(storage::load_json(text)?, format)),
        foreign => {
            let mut import = interchange::import(foreign, &Source { text, name, beside })?;
            // What comes from another tool is a new model here. Plain JSON names the packs it wants, and often has ratings
            // of a reference beside it.
            if foreign != Format::PlainJson {
                import.model.info.packs_on = Library::builtin().further_packs();
            }
            let Import { model, losses, guesses, is_drawn } = import;
            Ok(Opened { model, format, repairs: Vec::new(), losses, guesses, is_drawn })
        }
    }
}

fn own(loaded: storage::Loaded, format: Format) -> Opened {
    let (repairs, losses, guesses) = (loaded.told(), Vec::new(), Vec::new());
    Opened { model: loaded.model, format, repairs, losses, guesses, is_drawn: true }
}
