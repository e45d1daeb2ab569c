//! Several things selected: what they share is shown, where they differ it says so, and one step sets all of them.

use crate::support::app::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::{Authn, Id};

fn shop() -> Window {
    let mut window = start(1600.0, 1400.0, None);
    open(&mut window, &oracle("web-shop"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut window);
    window
}

fn value(window: &Window, label: &str) -> String {
    let node = window.get_by_label(label);
    let node = node.accesskit_node();
    node.value().unwrap_or_default()
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

#[test]
fn where_things_differ_it_says_so_and_one_choice_sets_all() {
    let mut window = shop();
    let before = app(&window).model().clone();
    assert_eq!(value(&window, "Authentication"), "Different ones");
    let origin = |window: &Window, words: &str| window.query_all_by_label_contains(words).next().is_some();
    let flows = before.flows.values();
    let unknown = flows.clone().filter(|f| f.authn == Authn::Unknown).count();
    let words = match unknown {
        0 => "Authentication: set here".to_owned(),
        n => format!("Authentication: {n} not stated, {} set here", flows.count() - n),
    };
    assert!(origin(&window, &words), "{words}");
    let layers = before.elements.values().filter(|e| e.layer.is_some()).count();
    assert!(layers == 0 && origin(&window, "by technology"), "where layers come from is counted");
    click(&mut window, "Authentication");
    press(&mut window, "Mutual TLS");
    let all: Vec<Authn> = app(&window).model().flows.values().map(|f| f.authn).collect();
    assert!(all.iter().all(|a| *a == Authn::MutualTls), "{all:?}");
    assert_eq!(value(&window, "Authentication"), "Mutual TLS");
    assert!(origin(&window, "Authentication: set here"));
    undo(&mut window);
    assert!(app(&window).model() == &before, "it was one step");
}

#[test]
fn a_technology_of_some_is_given_to_all_or_taken_from_all() {
    let mut window = shop();
    let count = app(&window).model().elements.len();
    let some = window.query_all_by_label_contains("Remove the tag").count();
    assert!(some > 3, "{some}");
    let tag = app(&window).model().elements.values().flat_map(|e| e.tags.iter()).next().unwrap().clone();
    let label = palisade::library::Library::builtin().tags.label(&tag).to_owned();
    press(&mut window, &format!("Remove the tag {label}"));
    assert!(app(&window).model().elements.values().all(|e| !e.tags.contains(&tag)));
    undo(&mut window);
    press(&mut window, "Add an asset to all elements");
    let asset = app(&window).model().assets.values().next().unwrap().name.clone();
    let id: Id = app(&window).model().assets.keys().next().unwrap().clone();
    let rows: Vec<_> = window.query_all_by_label(&asset).collect();
    rows.last().unwrap().click_accesskit();
    settle(&mut window);
    let holding = app(&window).model().elements.values().filter(|e| e.holds.contains(&id)).count();
    assert_eq!(holding, count);
}

#[test]
fn all_leave_the_scope_and_reasons_stay() {
    let mut window = shop();
    let out = |window: &Window| app(window).model().flows.values().filter(|f| f.out_of_scope.is_some()).count();
    let all = app(&window).model().flows.len();
    // Where only some are, the first press takes all of them in.
    if out(&window) > 0 {
        press(&mut window, "Flows in scope");
        assert_eq!(out(&window), 0);
    }
    press(&mut window, "Flows in scope");
    assert_eq!(out(&window), all);
    press(&mut window, "Flows in scope");
    assert_eq!(out(&window), 0);
}
