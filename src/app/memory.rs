//! What the app remembers between runs: preferences and recent files. Losing either is a pity, never an error.

use crate::disk;
use crate::register::{Register, View};
use crate::ui::RecentFile;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which theme the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    Follow,
    Light,
    Dark,
}

/// What people set for themselves, in `preferences.ron` of the configuration folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub theme: ThemeChoice,
    /// Size of the interface in per cent of the usual one; [`super::looks::SIZES`] are offered.
    pub size: u16,
    /// The theme for projectors, and everything larger.
    pub is_projected: bool,
    /// Who works here: in whose name decisions are made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// The wheel zooms; else it moves the view.
    pub wheel_zooms: bool,
    /// The map of the diagram is shown.
    pub minimap: bool,
    pub cards: bool,
    /// How diagrams were last exported.
    pub pictures: crate::picture::Options,
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            theme: ThemeChoice::Follow,
            size: 100,
            is_projected: false,
            author: String::new(),
            wheel_zooms: false,
            minimap: false,
            cards: true,
            pictures: crate::picture::Options::default(),
        }
    }
}

impl Preferences {
    pub(super) fn load(folder: Option<&Path>) -> Preferences {
        load(folder, "preferences.ron")
    }

    pub(super) fn store(&self, folder: Option<&Path>) {
        store(folder, "preferences.ron", self);
    }
}

/// Recent files and commands, newest first, in `recent.ron` of the state folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    pub files: Vec<RecentFile>,
    /// Where reports went.
    pub reports: Vec<PathBuf>,
    /// Themes of reports.
    pub themes: Vec<PathBuf>,
    /// Labels of commands run from the palette.
    pub commands: Vec<String>,
}

impl Recent {
    const MOST: usize = 8;

    pub(super) fn load(folder: Option<&Path>) -> Recent {
        load(folder, "recent.ron")
    }

    /// Puts a file in front.
    pub(super) fn remember(&mut self, file: RecentFile, folder: Option<&Path>) {
        self.files.retain(|f| f.path != file.path);
        self.files.insert(0, file);
        self.files.truncate(Recent::MOST);
        store(folder, "recent.ron", self);
    }

    /// Puts the file of a report in front.
    pub(super) fn remember_report(&mut self, path: &Path, folder: Option<&Path>) {
        self.reports.retain(|p| p != path);
        self.reports.insert(0, path.to_owned());
        self.reports.truncate(Recent::MOST);
        store(folder, "recent.ron", self);
    }

    /// Puts a theme in front.
    pub(super) fn remember_theme(&mut self, path: &Path, folder: Option<&Path>) {
        self.themes.retain(|p| p != path);
        self.themes.insert(0, path.to_owned());
        self.themes.truncate(Recent::MOST);
        store(folder, "recent.ron", self);
    }

    /// Keeps the commands run last, when they are others than before.
    pub(super) fn remember_commands(&mut self, commands: &[String], folder: Option<&Path>) {
        if self.commands != commands {
            self.commands = commands.to_vec();
            store(folder, "recent.ron", self);
        }
    }

    pub(super) fn forget(&mut self, folder: Option<&Path>) {
        self.files.clear();
        store(folder, "recent.ron", self);
    }
}

/// How registers are looked at (columns, order, groups, earlier searches), in `registers.ron` of the state folder.
pub(super) fn load_registers(folder: Option<&Path>) -> BTreeMap<Register, View> {
    load(folder, "registers.ron")
}

pub(super) fn store_registers(registers: &BTreeMap<Register, View>, folder: Option<&Path>) {
    store(folder, "registers.ron", registers);
}

fn load<T: DeserializeOwned + Default>(folder: Option<&Path>, name: &str) -> T {
    let bytes = folder.and_then(|folder| disk::read(&folder.join(name)).ok());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
}

fn store<T: Serialize>(folder: Option<&Path>, name: &str, value: &T) {
    let Some(folder) = folder else { return };
    if let Ok(text) = ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default()) {
        let stored = std::fs::create_dir_all(folder).is_ok() && disk::write(&folder.join(name), text.as_bytes()).is_ok();
        if !stored {
            log_lost(name);
        }
    }
}

/// Said where developers look; people lose only convenience.
fn log_lost(name: &str) {
    eprintln!("{name} could not be stored");
}
