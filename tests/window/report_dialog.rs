//! The dialog of the report: Ctrl P and Enter give the first one; chapters, profile and format show at once.

use crate::support::app::{Window, app, open, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::generate::{Size, generate};
use palisade::storage;
use std::path::Path;

/// A window with a small model that has a file.
fn window(folder: &Path) -> Window {
    let mut window = start(1280.0, 720.0, Some(folder));
    let path = folder.join("shop.ron");
    std::fs::write(&path, storage::save(&generate(Size { elements: 6, flows: 6 }, 1)).unwrap()).unwrap();
    open(&mut window, &path);
    window
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn reports(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.filter(|n| n.ends_with(".pdf") || n.ends_with(".html")).collect();
    names.sort();
    names
}

#[test]
fn one_key_and_enter_give_the_first_report_and_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    for _ in 0..2 {
        key(&mut window, Modifiers::COMMAND, Key::P);
        key(&mut window, Modifiers::NONE, Key::Enter);
        let written = reports(folder.path());
        assert_eq!(written.len(), 1, "{written:?}");
        assert!(std::fs::read(folder.path().join(&written[0])).unwrap().starts_with(b"%PDF-"));
        assert!(!app(&window).is_busy());
    }
}

/// "Page 3 of 12" of the preview.
fn counted(window: &Window) -> (usize, usize) {
    let says = |words: Option<String>| words.filter(|w| w.starts_with("Page ") && w.contains(" of "));
    let found = window.get_all_by(|node| says(node.value()).or_else(|| says(node.label())).is_some()).next().unwrap();
    let node = found.accesskit_node();
    let words = says(node.value()).or_else(|| says(node.label())).unwrap();
    let numbers: Vec<usize> = words.split_whitespace().filter_map(|w| w.parse().ok()).collect();
    (numbers[0], numbers[1])
}

#[test]
fn pages_are_shown_and_follow_what_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::P);
    let (page, whole) = counted(&window);
    assert!(page == 1 && whole > 5);
    key(&mut window, Modifiers::NONE, Key::PageDown);
    assert_eq!(counted(&window).0, 2);
    window.get_by_label("Next page").click();
    settle(&mut window);
    assert_eq!(counted(&window).0, 3);
    // A chapter less, a page less.
    window.get_by_label("Document control").click();
    settle(&mut window);
    let (_, fewer) = counted(&window);
    assert!(fewer < whole, "{fewer} of {whole}");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Write report").is_none());
    assert!(reports(folder.path()).is_empty(), "nothing was written");
}
