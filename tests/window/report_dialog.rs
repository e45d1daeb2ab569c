//! The dialog of the report: Ctrl P and Enter give the first one; chapters, profile and format show at once.

use crate::support::app::{Window, app, key, open, settle, start};
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

fn shows(window: &Window, words: &str) -> bool {
    window
        .query_all_by(|node| node.label().is_some_and(|l| l.contains(words)) || node.value().is_some_and(|v| v.contains(words)))
        .next()
        .is_some()
}

#[test]
fn a_theme_is_chosen_kept_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    let theme = folder.path().join("our-house.ron");
    std::fs::write(&theme, "(chapters: {Full: [(chapter: Summary)]})").unwrap();
    key(&mut window, Modifiers::COMMAND, Key::P);
    let whole = counted(&window).1;
    window.get_by_label("Choose a theme…").click();
    settle(&mut window);
    let field = window.get_by_label("Path of the file");
    field.focus();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Path of the file").type_text(&theme.display().to_string());
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    settle(&mut window);
    let few = counted(&window).1;
    assert!(few < whole && few <= 3, "{few} of {whole}");
    assert!(shows(&window, "our-house"));
    // It is mended beside the window, wrongly at first.
    std::fs::write(&theme, "(chapters: {Full: [(chapter: Summry)]})").unwrap();
    window.get_by_label("Read the theme again").click();
    settle(&mut window);
    assert!(shows(&window, "line 1, column") && shows(&window, "did you mean “Summary”?"));
    assert_eq!(counted(&window).1, few);
    std::fs::write(&theme, "(chapters: {Full: [(chapter: Summary), (chapter: Register)]})").unwrap();
    window.get_by_label("Read the theme again").click();
    settle(&mut window);
    assert!(counted(&window).1 > few && !shows(&window, "line 1, column"));
    // Left and opened again, it still wears it.
    key(&mut window, Modifiers::NONE, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::P);
    assert!(shows(&window, "our-house") && counted(&window).1 < whole);
}

#[test]
fn a_theme_nobody_chooses_after_all_leaves_the_dialog_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::P);
    window.get_by_label("Choose a theme…").click();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Write report").is_some());
}

#[test]
fn the_dialog_is_worked_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::P);
    let focused = |window: &Window| {
        let node = window.query_all_by(|node| node.is_focused()).next();
        node.map(|n| n.accesskit_node().label().unwrap_or_default()).unwrap_or_default()
    };
    assert_eq!(focused(&window), "Write report");
    // Around once, through everything there is to set.
    let mut seen = Vec::new();
    let mut tab_to = |window: &mut Window, name: &str| {
        for _ in 0..220 {
            window.key_press(Key::Tab);
            window.step();
            seen.push(focused(window));
            if seen.last().is_some_and(|s| s == name) {
                return;
            }
        }
        panic!("{name} is not reached: {seen:?}");
    };
    tab_to(&mut window, "Write report");
    tab_to(&mut window, "Findings");
    // Space on a chapter leaves it out and writes nothing.
    let whole = counted(&window).1;
    key(&mut window, Modifiers::NONE, Key::Space);
    assert!(counted(&window).1 < whole);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(reports(folder.path()).is_empty() && window.query_by_label("Write report").is_some(), "Enter is for the chapter");
    tab_to(&mut window, "Write report");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(reports(folder.path()).len(), 1);
    for name in
        ["Profile", "Format", "Theme", "Choose a theme…", "Cover", "Paper", "Executive summary", "File of the report", "Cancel"]
    {
        assert!(seen.iter().any(|s| s == name), "{name} in {seen:?}");
    }
}

#[test]
fn a_chapter_gets_another_title() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::P);
    window.get_by_label("Another title for Document control").click();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Title of the chapter").type_text("About this paper");
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(reports(folder.path()).is_empty(), "Enter ends the title");
    assert!(window.query_by_label("About this paper").is_some());
    key(&mut window, Modifiers::NONE, Key::PageDown);
    assert!(shows(&window, "Page 2 of") && shows(&window, "About this paper"));
}
