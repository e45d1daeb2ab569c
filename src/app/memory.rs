//! What the app remembers between runs: preferences and recent files. Losing either is a pity, never an error.

use crate::disk;
use crate::preferences::Preferences;
use crate::register::{Register, View};
use crate::ui::{Docks, RecentFile};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Reads what people set for themselves. A file that cannot be used is put aside under another name, so that nothing in it
/// is lost, and told in a sentence.
pub(super) fn load_preferences(folder: Option<&Path>) -> (Preferences, Option<String>) {
    let Some(path) = folder.map(|folder| folder.join(PREFERENCES)) else { return Default::default() };
    let Ok(bytes) = disk::read(&path) else { return Default::default() };
    match Preferences::parse(&bytes) {
        Ok(preferences) => (preferences, None),
        Err(why) => {
            let told = match put_aside(&path) {
                Some(aside) => format!("and was put aside as {}", aside.display()),
                None => "and stays as it is until something is changed".to_owned(),
            };
            (
                Preferences::default(),
                Some(format!("{} could not be used ({why}) {told}. The usual settings hold.", path.display())),
            )
        }
    }
}

pub(super) fn store_preferences(preferences: &Preferences, folder: Option<&Path>) {
    store(folder, PREFERENCES, preferences);
}

const PREFERENCES: &str = "preferences.ron";

/// Gives a file a name that no other has; `None` when that cannot be done.
fn put_aside(path: &Path) -> Option<PathBuf> {
    let free = |n: &u32| !path.with_extension(format!("aside-{n}.ron")).exists();
    let aside = path.with_extension(format!("aside-{}.ron", (1..1000).find(free)?));
    std::fs::rename(path, &aside).ok().map(|()| aside)
}

/// How the window was arranged last, in `layout.ron` of the state folder.
pub(super) fn load_docks(folder: Option<&Path>) -> Docks {
    let mut docks: Docks = load(folder, "layout.ron");
    docks.put_right();
    docks
}

pub(super) fn store_docks(docks: &Docks, folder: Option<&Path>) {
    store(folder, "layout.ron", docks);
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
