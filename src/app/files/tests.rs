//! What must not be lost when reading and writing take their time: results are taken up only when a test says so.

use super::*;
use crate::app::Services;
use crate::edit::Edit;
use crate::model::{Date, Key};

fn app() -> App {
    let today = Date::new(2026, 10, 2).unwrap();
    let mut app = App::new(&egui::Context::default(), Services::without_disk(today, 7));
    app.start_new();
    app
}

fn name_it(app: &mut App, name: &str) {
    let info = Info { name: name.into(), ..app.model().info.clone() };
    app.commit(&Edit::put(Key::Info, info));
}

/// Takes up what the workers did, until there is nothing left.
fn wait(app: &mut App) {
    app.finish_jobs();
    while app.is_busy() {
        std::thread::yield_now();
        app.finish_jobs();
    }
}

fn name_in(path: &Path) -> String {
    open::open(&std::fs::read(path).unwrap(), "").unwrap().model.info.name
}

#[test]
fn a_save_that_ends_late_says_nothing_about_the_next_model() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first.ron");
    let mut app = app();
    name_it(&mut app, "First");
    app.save_to(first.clone(), None);
    app.start_new();
    name_it(&mut app, "Second");
    wait(&mut app);
    assert_eq!(app.file, None, "the second model has no file yet");
    assert!(app.document.is_dirty());
    assert_eq!(name_in(&first), "First");
}

#[test]
fn what_is_changed_while_saving_is_asked_about_before_leaving() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app();
    name_it(&mut app, "Once");
    app.save_to(folder.path().join("a.ron"), Some(After::CloseModel));
    name_it(&mut app, "Twice");
    wait(&mut app);
    assert_eq!(app.question, Some(Question::Unsaved(After::CloseModel)));
    assert_eq!(app.model().info.name, "Twice");
}

#[test]
fn a_file_read_late_does_not_replace_what_was_drawn_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let mut app = app();
    name_it(&mut app, "Stored");
    app.save_to(path.clone(), None);
    wait(&mut app);
    app.open_path(path.clone());
    name_it(&mut app, "Drawn");
    wait(&mut app);
    assert_eq!(app.model().info.name, "Drawn");
    assert!(matches!(app.question, Some(Question::Unsaved(After::Show(_)))));

    // What was asked for last is what is shown.
    app.question = None;
    app.open_path(path);
    app.start_new();
    wait(&mut app);
    assert_eq!(app.model().info.name, "New model");
}

#[test]
fn saves_are_written_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let mut app = app();
    for n in 0..20 {
        name_it(&mut app, &format!("Version {n}"));
        app.save_to(path.clone(), None);
    }
    wait(&mut app);
    assert_eq!(name_in(&path), "Version 19");
    assert!(!app.document.is_dirty());
}

#[test]
fn the_ending_of_the_name_says_how_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app();
    for (name, file, start) in
        [("plain", "plain.ron", "("), ("model v1.2", "model v1.2.ron", "("), ("x.json", "x.json", "{"), ("y.RON", "y.RON", "(")]
    {
        app.path_chosen(Purpose::Save { then: None }, folder.path().join(name), true);
        wait(&mut app);
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(text.starts_with(start), "{file}: {text:.20}");
        assert_eq!(app.file, Some(folder.path().join(file)));
    }
    // An ending that was added may hit a file that the dialog could not ask about.
    app.file = None;
    app.path_chosen(Purpose::Save { then: None }, folder.path().join("plain"), false);
    assert!(matches!(app.question, Some(Question::Overwrite { .. })));
}
