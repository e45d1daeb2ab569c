//! Two editors of one file: what the other one does is noticed and offered, never taken or replaced unasked.

use crate::support::app::{Window, app, click, meanwhile, open, services, settle, start, start_with};
use crate::support::dsl::model;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::app::Services;
use palisade::storage::save;
use std::fs;
use std::path::{Path, PathBuf};

fn mine() -> String {
    save(model("Shop").process("Web").process("Orders").open().model()).unwrap()
}

/// What somebody else makes of it: one element more.
fn theirs() -> String {
    save(model("Shop").process("Web").process("Orders").process("Mail").open().model()).unwrap()
}

fn shop(folder: &Path) -> PathBuf {
    let file = folder.join("shop.ron");
    fs::write(&file, mine()).unwrap();
    file
}

/// A window with the shop, and its file.
fn opened(folder: &Path) -> (Window, PathBuf) {
    let file = shop(folder);
    let mut window = start(1280.0, 720.0, Some(folder));
    open(&mut window, &file);
    (window, file)
}

fn ctrl(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    settle(window);
}

fn elements(window: &Window) -> usize {
    app(window).model().elements.len()
}

fn delete_all(window: &mut Window) {
    ctrl(window, Key::A);
    window.key_press(Key::Delete);
    settle(window);
    assert_eq!(elements(window), 0);
}

fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn a_changed_file_is_offered_and_reloading_it_is_one_step_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    meanwhile(&mut window, || {});
    assert!(!says(&window, "outside of this window"));
    meanwhile(&mut window, || fs::write(&file, theirs()).unwrap());
    assert!(says(&window, "shop.ron was changed outside of this window"));
    assert_eq!(elements(&window), 2, "nothing is taken unasked");
    click(&mut window, "Reload");
    assert_eq!(elements(&window), 3);
    assert!(!says(&window, "outside of this window") && !app(&window).is_dirty());
    ctrl(&mut window, Key::Z);
    assert_eq!(elements(&window), 2);
    assert!(app(&window).is_dirty(), "the file holds something else");
    // Saving what was undone to replaces a file that is known.
    ctrl(&mut window, Key::S);
    assert_eq!(elements(&window), 2);
    assert!(!says(&window, "changed by somebody else") && !app(&window).is_dirty());
    assert_eq!(fs::read_to_string(file.with_extension("ron.bak")).unwrap(), theirs());
}

#[test]
fn what_is_selected_and_seen_stays_over_a_reload() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    ctrl(&mut window, Key::A);
    assert_eq!(app(&window).selection().items.len(), 2);
    meanwhile(&mut window, || fs::write(&file, theirs()).unwrap());
    let canvas = window.get_by_label_contains("Process Web").rect();
    let at = app(&window).world_at(canvas.center());
    click(&mut window, "Reload");
    assert_eq!(app(&window).selection().items.len(), 2);
    // The strip is gone again, so the canvas is higher up by it; it did not move or zoom under it.
    let after = app(&window).world_at(window.get_by_label_contains("Process Web").rect().center());
    let (a, b) = (at.unwrap(), after.unwrap());
    assert!((a.x - b.x).abs() < 1.0 && (a.y - b.y).abs() < 1.0, "{a:?} {b:?}");
}

#[test]
fn where_both_changed_both_can_be_had_and_neither_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    delete_all(&mut window);
    meanwhile(&mut window, || fs::write(&file, theirs()).unwrap());
    assert!(says(&window, "and you changed it too"));
    // Theirs, with mine one undo away.
    click(&mut window, "Reload theirs");
    assert_eq!(elements(&window), 3);
    ctrl(&mut window, Key::Z);
    assert_eq!(elements(&window), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs());

    // Mine, and saving does not ask again; theirs is kept beside it.
    let other = theirs().replace("Mail", "Post");
    meanwhile(&mut window, || fs::write(&file, &other).unwrap());
    click(&mut window, "Keep mine");
    assert!(!says(&window, "outside of this window") && app(&window).is_dirty());
    assert_eq!(fs::read_to_string(&file).unwrap(), other, "not yet");
    ctrl(&mut window, Key::S);
    assert!(!says(&window, "changed by somebody else"));
    assert_eq!(fs::read_to_string(file.with_extension("ron.bak")).unwrap(), other);
    // A third change is told again.
    meanwhile(&mut window, || fs::write(&file, theirs()).unwrap());
    assert!(says(&window, "outside of this window"));
}

#[test]
fn who_keeps_theirs_unchanged_model_is_asked_before_it_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    meanwhile(&mut window, || fs::write(&file, theirs()).unwrap());
    click(&mut window, "Keep mine");
    assert!(app(&window).is_dirty(), "what is shown is in no file");
    ctrl(&mut window, Key::W);
    assert!(says(&window, "Save your changes?"));
}

#[test]
fn a_file_that_is_gone_is_told_and_written_again_or_is_fine_when_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    let aside = folder.path().join("elsewhere.ron");
    meanwhile(&mut window, || fs::rename(&file, &aside).unwrap());
    assert!(says(&window, "shop.ron is no longer there") && app(&window).is_dirty());
    meanwhile(&mut window, || fs::rename(&aside, &file).unwrap());
    assert!(!says(&window, "no longer there") && !app(&window).is_dirty());
    meanwhile(&mut window, || fs::remove_file(&file).unwrap());
    // Ends without a word: there is no file, so the model is offered again.
    drop(window);
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    click(&mut window, "Recover Shop");
    assert_eq!(elements(&window), 2);
    meanwhile(&mut window, || {});
    click(&mut window, "Save again");
    assert!(file.exists() && !app(&window).is_dirty() && !says(&window, "no longer there"));
}

#[test]
fn what_cannot_be_read_is_told_and_read_again_later() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    let half = theirs()[..200].to_owned();
    meanwhile(&mut window, || fs::write(&file, half).unwrap());
    assert!(says(&window, "cannot be read now"));
    assert_eq!(elements(&window), 2);
    fs::write(&file, theirs()).unwrap();
    click(&mut window, "Try again");
    assert_eq!(elements(&window), 3);
    assert!(!says(&window, "cannot be read now"));
}

#[test]
fn the_same_content_written_again_is_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    meanwhile(&mut window, || fs::write(&file, mine()).unwrap());
    assert!(!says(&window, "outside of this window"));
    // Nor are spaces, nor what this window holds already.
    meanwhile(&mut window, || fs::write(&file, mine() + "\n\n").unwrap());
    assert!(!says(&window, "outside of this window") && !app(&window).is_dirty());
}

#[test]
fn a_strip_does_not_come_under_a_hand_that_drags() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    window.input_mut().focused = false;
    window.run();
    fs::write(&file, theirs()).unwrap();
    let at = window.get_by_label_contains("Process Web").rect().center();
    window.hover_at(at);
    window.run();
    window.drag_at(at);
    window.input_mut().focused = true;
    settle(&mut window);
    window.hover_at(at + egui::vec2(40.0, 0.0));
    settle(&mut window);
    assert!(!says(&window, "outside of this window"));
    window.drop_at(at + egui::vec2(40.0, 0.0));
    settle(&mut window);
    assert!(says(&window, "outside of this window"));
}

fn on(host: &str, user: &str, seed: u64, folder: &Path) -> Window {
    let services = Services { host: Some(host.into()), user: user.into(), seed, ..services(Some(folder)) };
    start_with(1280.0, 720.0, services)
}

#[test]
fn who_else_has_it_open_is_shown_and_hinders_nobody() {
    let (folder, annas) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = shop(folder.path());
    let mut anna = on("laptop", "Anna", 1, annas.path());
    open(&mut anna, &file);
    assert!(!says(&anna, "Also open"));
    let mut ben = on("desk", "Ben", 2, folder.path());
    open(&mut ben, &file);
    assert!(ben.query_by_label("Also open: Anna on laptop since 14:05 UTC").is_some());
    meanwhile(&mut anna, || {});
    assert!(says(&anna, "Also open: Ben on desk since 14:05 UTC"));
    // Nothing is blocked: Anna saves, Ben is offered it.
    delete_all(&mut anna);
    ctrl(&mut anna, Key::S);
    assert!(!app(&anna).is_dirty());
    meanwhile(&mut ben, || {});
    assert!(says(&ben, "outside of this window"));
    // She closes it, and nothing is left beside it.
    ctrl(&mut anna, Key::W);
    meanwhile(&mut ben, || {});
    assert!(ben.query_by_label("Also open: Anna on laptop since 14:05 UTC").is_none());
    drop(ben);
    let locks =
        fs::read_dir(folder.path()).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains("lock"));
    assert_eq!(locks.count(), 0);
}
