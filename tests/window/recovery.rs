//! What is not saved when the window ends is there again when it comes back, and nobody's file is replaced unasked.

use crate::support::app::{Window, app, click, open, settle, start};
use crate::support::dsl::model;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::storage::save;
use std::fs;
use std::path::{Path, PathBuf};

fn shop(folder: &Path) -> PathBuf {
    let file = folder.join("shop.ron");
    fs::write(&file, save(model("Shop").process("Web").process("Orders").open().model()).unwrap()).unwrap();
    file
}

fn ctrl(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    settle(window);
}

/// Deletes everything that is drawn, as one step.
fn delete_all(window: &mut Window) {
    ctrl(window, Key::A);
    window.key_press(Key::Delete);
    settle(window);
    assert_eq!(app(window).model().elements.len(), 0);
}

fn elements(window: &Window) -> usize {
    app(window).model().elements.len()
}

#[test]
fn after_a_crash_the_work_is_offered_again_with_its_undo_and_only_until_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = shop(folder.path());
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &file);
    delete_all(&mut window);
    // Ends without a word to anybody; what was told so far reaches the disk.
    drop(window);

    let mut window = start(1280.0, 720.0, Some(folder.path()));
    assert!(window.query_by_label("Work that was not saved").is_some());
    click(&mut window, "Recover Shop");
    assert_eq!(elements(&window), 0);
    ctrl(&mut window, Key::Z);
    assert_eq!(elements(&window), 2, "undo came along");
    window.key_press_modifiers(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
    settle(&mut window);
    ctrl(&mut window, Key::S);
    assert!(window.query_by_label_contains("changed by somebody else").is_none(), "it is the file it was");
    drop(window);

    let mut window = start(1280.0, 720.0, Some(folder.path()));
    assert!(window.query_by_label("Work that was not saved").is_none(), "everything was saved");
    open(&mut window, &file);
    assert_eq!(elements(&window), 0);
}

#[test]
fn what_was_being_typed_and_what_has_no_file_yet_comes_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    ctrl(&mut window, Key::N);
    let description = "Description";
    window.get_by_label(description).focus();
    window.run();
    window.get_by_label(description).type_text("Sells shoes");
    window.run();
    drop(window);

    let mut window = start(1280.0, 720.0, Some(folder.path()));
    assert!(window.query_by_label("never saved").is_some());
    click(&mut window, "Recover New model");
    assert_eq!(app(&window).model().info.description, "Sells shoes");
}

#[test]
fn discarded_work_is_not_offered_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = shop(folder.path());
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &file);
    delete_all(&mut window);
    drop(window);
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    click(&mut window, "Discard Shop");
    click(&mut window, "Cancel");
    assert!(window.query_by_label("Recover Shop").is_some(), "nothing was thrown away");
    click(&mut window, "Discard Shop");
    click(&mut window, "Throw away");
    drop(window);
    let window = start(1280.0, 720.0, Some(folder.path()));
    assert!(window.query_by_label("Work that was not saved").is_none());
}

#[test]
fn undo_goes_back_behind_closing_and_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = shop(folder.path());
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &file);
    delete_all(&mut window);
    ctrl(&mut window, Key::S);
    ctrl(&mut window, Key::W);
    open(&mut window, &file);
    assert_eq!(elements(&window), 0);
    ctrl(&mut window, Key::Z);
    assert_eq!(elements(&window), 2);
}

#[test]
fn a_file_somebody_else_changed_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let file = shop(folder.path());
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &file);
    delete_all(&mut window);
    let theirs = save(model("Theirs").process("Mail").open().model()).unwrap();
    fs::write(&file, &theirs).unwrap();
    ctrl(&mut window, Key::S);
    assert!(window.query_by_label("The file was changed by somebody else").is_some());
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    click(&mut window, "Cancel");
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    ctrl(&mut window, Key::S);
    click(&mut window, "Replace it");
    assert_ne!(fs::read_to_string(&file).unwrap(), theirs);
    assert_eq!(fs::read_to_string(file.with_extension("ron.bak")).unwrap(), theirs);
}
