//! Proposals from names in the window, by mouse and by keyboard.

use crate::support::app::{Window, app, click, key, open, press, settle};
use crate::support::dsl::model;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::model::*;
use palisade::storage::Encoding;

/// A shop whose names say more than what is stated.
fn start() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let shop = model("Shop")
        .boundary("Internet", 0)
        .entity("Customer")
        .inside("Internet")
        .process("Web portal")
        .process("Postgres")
        .flow("Customer", "Web portal")
        .flow("Web portal", "Postgres")
        .build();
    let file = folder.path().join("shop.ron");
    std::fs::write(&file, Encoding::Ron.write(&shop).unwrap()).unwrap();
    let mut window = crate::support::app::start(1600.0, 1400.0, None);
    open(&mut window, &file);
    (window, folder)
}

fn bytes(window: &Window) -> String {
    Encoding::Ron.write(app(window).model()).unwrap()
}

fn postgres(window: &Window) -> &Element {
    &app(window).model().elements["postgres"]
}

#[test]
fn one_key_accepts_what_the_name_of_the_selected_element_says_and_one_undo_takes_it_back() {
    let (mut window, _folder) = start();
    let before = bytes(&window);
    click(&mut window, "Postgres");
    assert_eq!(bytes(&window), before, "nothing is taken over by itself");
    window.get_by_label("Accept SQL database");
    window.get_by_label("Take over SQL database");
    window.get_by_label_contains("F8: accept what is proposed");
    key(&mut window, Modifiers::NONE, Key::F8);
    assert_eq!(postgres(&window).kind, ElementKind::DataStore);
    assert!(postgres(&window).tags.contains("sql"));
    assert!(window.query_by_label("Accept SQL database").is_none());
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(bytes(&window), before);
    // Declined one by one, it is not proposed again.
    press(&mut window, "Decline SQL database");
    assert!(window.query_by_label("Accept SQL database").is_none());
    window.get_by_label("Accept Data store");
    assert!(postgres(&window).declined.contains("tag:sql"));
}

#[test]
fn the_list_of_all_is_looked_at_before_those_of_high_confidence_are_accepted() {
    let (mut window, _folder) = start();
    let before = bytes(&window);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Search").type_text("Accept all proposals");
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(bytes(&window), before, "the list comes first");
    window.get_by_label_contains("Postgres: Kind, Data store, High confidence");
    assert!(window.query_by_label_contains("Medium confidence").is_none(), "only what is sure is shown");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let model = app(&window).model();
    assert_eq!(model.elements["postgres"].kind, ElementKind::DataStore);
    assert!(model.elements["web-portal"].tags.contains("web-app"));
    assert_eq!(model.boundaries["internet"].kind, BoundaryKind::Internet);
    press(&mut window, "Undo");
    assert_eq!(bytes(&window), before, "one undo takes all of it back");
    // One of them, from the list.
    press(&mut window, "Accept Data store for Postgres");
    assert_eq!(postgres(&window).kind, ElementKind::DataStore);
    assert!(postgres(&window).tags.is_empty());
}

#[test]
fn a_name_that_is_typed_says_what_it_means_and_a_key_takes_it_over() {
    let (mut window, _folder) = start();
    click(&mut window, "Web portal");
    let before = bytes(&window);
    key(&mut window, Modifiers::NONE, Key::F2);
    window.event(egui::Event::Text("Redis".into()));
    settle(&mut window);
    window.get_by_label("Proposed: Data store · Cache; F8 accepts");
    key(&mut window, Modifiers::NONE, Key::F8);
    assert!(window.query_by_label_contains("F8 accepts").is_none(), "taken over");
    key(&mut window, Modifiers::NONE, Key::Enter);
    let element = &app(&window).model().elements["web-portal"];
    assert_eq!((element.name.as_str(), element.kind), ("Redis", ElementKind::DataStore));
    assert!(element.tags.contains("cache"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(bytes(&window), before, "name and what it means are one step");
}
