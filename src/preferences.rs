//! What people set for themselves, as it is written in `preferences.ron`. Where that file lies is the shell's matter.

use crate::model::{Method, Notation};
use crate::picture::Options;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the file this program writes. One it does not know is left alone.
pub const VERSION: u32 = 1;

/// Which theme the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    Follow,
    Light,
    Dark,
}

/// What people set for themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub version: u32,
    pub theme: ThemeChoice,
    /// Size of the interface in per cent of the usual one; [`SIZES`] are offered.
    pub size: u16,
    /// The theme for projectors, and everything larger.
    pub is_projected: bool,
    /// Nothing slides or fades.
    pub is_calm: bool,
    /// Who works here: in whose name decisions are made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// How diagrams of new models are drawn.
    pub notation: Notation,
    /// What the register of new models shows.
    pub method: Method,
    /// The wheel zooms; else it moves the view.
    pub wheel_zooms: bool,
    /// The map of the diagram is shown.
    pub minimap: bool,
    /// Cards come up beside what is selected.
    pub cards: bool,
    /// Keys of commands that are others than usual, by the name of the command.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// How diagrams were last exported.
    pub pictures: Options,
}

/// Sizes of the interface that are offered, in per cent.
pub const SIZES: &[u16] = &[75, 90, 100, 110, 125, 150, 175, 200];

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            version: VERSION,
            theme: ThemeChoice::Follow,
            size: 100,
            is_projected: false,
            is_calm: false,
            author: String::new(),
            notation: Notation::YourdonDeMarco,
            method: Method::LikelihoodImpact,
            wheel_zooms: false,
            minimap: false,
            cards: true,
            keys: BTreeMap::new(),
            pictures: Options::default(),
        }
    }
}

/// Why a file of preferences cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PreferencesError {
    #[error("it was written by a newer version of Palisade")]
    Newer,
    #[error("line {line}, column {column}: {message}")]
    Broken { line: usize, column: usize, message: String },
    #[error("it is not text")]
    NotText,
}

/// Only what tells which version wrote the rest.
#[derive(Deserialize)]
struct Head {
    #[serde(default = "first")]
    version: u32,
}

fn first() -> u32 {
    VERSION
}

impl Preferences {
    /// # Errors
    /// The file is broken, or of a newer version.
    pub fn parse(bytes: &[u8]) -> Result<Preferences, PreferencesError> {
        let text = std::str::from_utf8(bytes).map_err(|_| PreferencesError::NotText)?;
        if ron::from_str::<Head>(text).is_ok_and(|head| head.version > VERSION) {
            return Err(PreferencesError::Newer);
        }
        ron::from_str(text).map_err(|e| PreferencesError::Broken {
            line: e.span.start.line,
            column: e.span.start.col,
            message: e.code.to_string(),
        })
    }

    /// As a factor, within what is offered.
    pub fn scale(&self) -> f32 {
        let (least, most) = (SIZES.first().copied().unwrap_or(100), SIZES.last().copied().unwrap_or(100));
        f32::from(self.size.clamp(least, most)) / 100.0
    }
}
