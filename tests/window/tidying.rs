//! Putting diagrams in order by key and menu: worked out beside the window, one step, taken back by one undo.

use crate::support::app::{app, open, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::model::*;
use std::path::Path;

fn sample(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("sample_models/{name}.ron"))
}

#[test]
fn one_key_tidies_the_diagram_and_one_undo_takes_it_back() {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &sample("hospital"));
    let before = app(&window).model().clone();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    settle(&mut window);
    let after = app(&window).model().clone();
    assert!(before.placements != after.placements && before.elements == after.elements);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(*app(&window).model() == before);
}

#[test]
fn what_is_tidy_already_is_told() {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &sample("first-sketch"));
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
        settle(&mut window);
    }
    let boxes = |model: &ThreatModel| model.placements.values().filter(|p| matches!(p, Placement::Box(_))).count();
    assert_eq!(boxes(app(&window).model()), 8);
    assert!(window.query_by_label_contains("tidy already").is_some(), "it comes to rest");
}
