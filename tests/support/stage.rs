//! A sample in a folder of its own, and what whoever presents does with the keyboard.

use super::app::{Window, open, settle, start_with};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::app::Services;
use std::path::{Path, PathBuf};

/// The sample copied into the folder, and opened from there.
pub fn open_copy(folder: &Path, sample: &str, (width, height): (f32, f32), services: Services) -> (Window, PathBuf) {
    let path = folder.join("model.ron");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("sample_models/{sample}.ron")), &path).unwrap();
    let mut window = start_with(width, height, services);
    open(&mut window, &path);
    (window, path)
}

/// What was set for oneself before the window was opened.
pub fn prefer(folder: &Path, preferences: &str) {
    let config = folder.join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("preferences.ron"), preferences).unwrap();
}

pub fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

pub fn shift(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::SHIFT, key);
    settle(window);
}

pub fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

/// Types a line.
pub fn write(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
    press(window, Key::Enter);
}
