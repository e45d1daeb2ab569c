//! Writing a model for other tools. What a format has no place for is told, as when reading.

mod threats;

use super::{Format, Loss, otm, threat_dragon};
use crate::model::{Band, Category, ThreatKey, ThreatModel};

pub(super) use threats::{Told, threats_at};

/// A model as another tool reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub text: String,
    /// What did not go along, or went in another shape.
    pub losses: Vec<Loss>,
}

/// What of a model is worked out elsewhere and goes along.
pub struct Derived<'a> {
    /// Threats the library found, as they are rated today.
    pub threats: &'a [FoundThreat],
    /// What a control is called, of the library or of the model.
    pub control_name: &'a dyn Fn(&str) -> String,
}

/// A threat the library found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundThreat {
    pub key: ThreatKey,
    pub title: String,
    pub description: String,
    pub categories: Vec<Category>,
    pub band: Band,
    /// 0 to 100.
    pub score: f64,
}

/// Formats that are written, by the word that asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    ThreatDragon,
    OpenThreatModel,
}

impl Target {
    pub const ALL: &'static [Target] = &[Target::ThreatDragon, Target::OpenThreatModel];

    /// The format it is read back as.
    pub fn format(self) -> Format {
        match self {
            Target::ThreatDragon => Format::ThreatDragon2,
            Target::OpenThreatModel => Format::OpenThreatModel,
        }
    }

    /// The usual ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Target::ThreatDragon => "json",
            Target::OpenThreatModel => "otm",
        }
    }
}

/// Writes a model.
pub fn export(target: Target, model: &ThreatModel, derived: &Derived<'_>) -> Export {
    match target {
        Target::ThreatDragon => threat_dragon::write(model, derived),
        Target::OpenThreatModel => otm::write(model, derived),
    }
}
