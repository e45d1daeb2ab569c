//! The model beside a baseline, its last saved state or another file; and two editors' changes brought together.

use crate::support::app::{Window, app, click, key, meanwhile, open, press, settle, start};
use crate::support::dsl::{Draft, id, model};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::model::*;
use palisade::storage::save;
use std::fs;
use std::path::{Path, PathBuf};

fn shop() -> Draft {
    model("Shop")
        .boundary("Data centre", 3)
        .process("Web")
        .tagged("web-app")
        .inside("Data centre")
        .store("Orders")
        .inside("Data centre")
        .flow("Web", "Orders")
        .asset("Cards", [4, 3, 2])
        .kept_in("Orders")
}

fn written(folder: &Path, name: &str, draft: Draft) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, save(draft.open().model()).unwrap()).unwrap();
    file
}

fn opened(folder: &Path) -> (Window, PathBuf) {
    let file = written(folder, "shop.ron", shop());
    let mut window = start(1280.0, 800.0, Some(folder));
    open(&mut window, &file);
    (window, file)
}

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

/// Runs a command from the palette.
fn run(window: &mut Window, words: &str) {
    key(window, Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text(words.to_owned()));
    settle(window);
    key(window, Modifiers::NONE, Key::Enter);
}

fn keep(window: &mut Window) {
    run(window, "keep as baseline");
    assert!(says(window, "Keep as baseline"));
    click(window, "Keep");
}

/// Deletes what is selected with its name in the tree.
fn delete(window: &mut Window, element: &str) {
    window.get_all_by_label_contains(element).next().unwrap().click();
    settle(window);
    key(window, Modifiers::NONE, Key::Delete);
}

#[test]
fn a_baseline_is_kept_compared_with_and_left() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = opened(folder.path());
    keep(&mut window);
    let kept = app(&window).model().baselines.values().next().unwrap().clone();
    assert_eq!((kept.name.as_str(), kept.on), ("Delivery 1", Date::new(2026, 10, 2)));
    assert!(app(&window).is_dirty());

    key(&mut window, CTRL_SHIFT, Key::D);
    assert!(says(&window, "Compared with “Delivery 1”") && says(&window, "0 changed"));
    delete(&mut window, "Data store Orders");
    assert!(!app(&window).model().elements.contains_key(&id("Orders")));
    assert!(says(&window, "2 removed"), "the store and its flow");
    assert!(says(&window, "Removed: Orders") && says(&window, "Removed: Web to Orders"));
    window.get_by_label("Filter changes").focus();
    window.run();
    window.get_by_label("Filter changes").type_text("gone");
    settle(&mut window);
    assert!(window.query_all_by_label_contains("Gone: ").next().is_some(), "threats that went with it");
    assert!(!says(&window, "Removed: Orders"), "only what fits the filter");
    (0..4).for_each(|_| key(&mut window, Modifiers::NONE, Key::Backspace));
    key(&mut window, Modifiers::NONE, Key::Escape);

    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "0 removed") && !says(&window, "Removed: Orders"), "it follows the model");
    key(&mut window, Modifiers::NONE, Key::Escape);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!says(&window, "Compared with"), "Esc leaves");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(app(&window).model().baselines.is_empty() && !app(&window).is_dirty(), "one undo takes the baseline back");
}

#[test]
fn the_last_saved_state_is_at_hand_and_a_click_goes_to_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = opened(folder.path());
    delete(&mut window, "Data store Orders");
    key(&mut window, CTRL_SHIFT, Key::D);
    assert!(says(&window, "Compared with the last saved state") && says(&window, "Removed: Orders"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(says(&window, "0 removed") && !says(&window, "Removed: Orders"));
}

#[test]
fn another_file_is_compared_with_and_rows_lead_to_things() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = opened(folder.path());
    let other = shop().also(|m| m.elements.get_mut(&id("Web")).unwrap().name = "Old web".into());
    written(folder.path(), "other.ron", other);
    key(&mut window, Modifiers::COMMAND, Key::A);
    key(&mut window, CTRL_SHIFT, Key::D);
    assert_eq!(app(&window).model().elements.len(), 2, "it compares, and duplicates nothing");
    key(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, "Another file…");
    settle(&mut window);
    click(&mut window, "other.ron");
    click(&mut window, "Compare with it");
    assert!(says(&window, "Compared with other.ron"));
    let row = "Changed: Web, name: Old web → Web";
    assert!(app(&window).selection().items.is_empty());
    click(&mut window, row);
    assert_eq!(app(&window).selection().single(), Some(&id("Web")));
}

#[test]
fn what_both_editors_did_comes_together_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = opened(folder.path());
    delete(&mut window, "Data store Orders");
    let theirs = shop().also(|m| {
        m.people.insert("bo".into(), Person { name: "Bo".into(), ..Person::default() });
        m.elements.get_mut(&id("Web")).unwrap().name = "Front end".into();
    });
    meanwhile(&mut window, || drop(written(folder.path(), "shop.ron", theirs)));
    assert!(says(&window, "and you changed it too"));
    click(&mut window, "Merge…");
    let merged = app(&window).model();
    assert_eq!(merged.elements.len(), 1, "mine");
    assert_eq!((merged.people.len(), merged.elements[&id("Web")].name.as_str()), (1, "Front end"), "theirs");
    assert!(app(&window).is_dirty() && !says(&window, "outside of this window"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!((app(&window).model().elements.len(), app(&window).model().people.len()), (1, 0), "as it was here before");
    key(&mut window, Modifiers::COMMAND, Key::Y);
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!app(&window).is_dirty() && !says(&window, "changed by somebody else"));
    assert!(fs::read_to_string(&file).unwrap().contains("Front end"));
}

#[test]
fn what_clashes_is_decided_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = opened(folder.path());
    delete(&mut window, "Data store Orders");
    let theirs = shop().also(|m| m.elements.get_mut(&id("Orders")).unwrap().name = "Ledger".into());
    meanwhile(&mut window, || drop(written(folder.path(), "shop.ron", theirs)));
    click(&mut window, "Merge…");
    assert!(says(&window, "one change clashes with yours"));
    assert!(says(&window, "Mine for conflict 1: deleted"));
    assert_eq!(app(&window).model().elements.len(), 1, "nothing yet");
    click(&mut window, "Theirs for conflict 1: changed: name Orders → Ledger");
    click(&mut window, "Merge");
    let merged = app(&window).model();
    assert_eq!(merged.elements[&id("Orders")].name, "Ledger");
    assert_eq!(check(merged), []);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).model().elements.len(), 1);
}
