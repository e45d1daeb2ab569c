//! Diagrams as files by dialog: choices that are remembered, a preview, a file that opens again.

use crate::support::app::{app, click, open, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::path::Path;

#[test]
fn a_picture_is_exported_and_the_choices_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/first-sketch.ron"));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    settle(&mut window);
    for choice in ["Format: PNG", "Pixels: 1×", "With the model inside: Palisade opens the picture again"] {
        click(&mut window, choice);
    }
    click(&mut window, "Export…");
    let path = folder.path().join("sketch.png");
    window.get_by_label("Path of the file").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("Path of the file").type_text(path.to_str().unwrap());
    window.run();
    click(&mut window, "Export");
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    let again = palisade::open::open(&bytes, "sketch").unwrap();
    assert!(again.model == *app(&window).model());
    assert!(window.query_by_label_contains("The picture is in").is_some());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    settle(&mut window);
    assert!(window.query_by_label("Pixels: 1×").is_some(), "PNG is chosen again");
    window.key_press(Key::Escape);
    settle(&mut window);
}

#[test]
fn a_name_without_an_ending_gets_that_of_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/first-sketch.ron"));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    settle(&mut window);
    click(&mut window, "Export…");
    window.get_by_label("Path of the file").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("Path of the file").type_text(folder.path().join("sketch").to_str().unwrap());
    window.run();
    click(&mut window, "Export");
    let written: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(written, ["sketch.svg"]);
}
