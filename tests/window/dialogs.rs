//! Dialogs that float over the work: what lies behind goes on, and each follows what happens there.

use crate::support::app::{Window, app, click, key, meanwhile, open, settle, start, write};
use crate::support::dsl::{Draft, id, model};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::ThreatModel;
use palisade::storage::save;
use std::path::{Path, PathBuf};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn shop() -> Draft {
    model("Shop").process("Web").store("Orders").flow("Web", "Orders")
}

fn written(folder: &Path, name: &str, draft: Draft) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, save(draft.open().model()).unwrap()).unwrap();
    file
}

fn opened(folder: &Path) -> Window {
    let file = written(folder, "shop.ron", shop());
    let mut window = start(1600.0, 1000.0, Some(folder));
    open(&mut window, &file);
    window
}

fn shown(window: &Window) -> &ThreatModel {
    app(window).model()
}

fn sees(window: &Window, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

/// What has the keyboard.
fn focused(window: &Window) -> String {
    let node = window.query_all_by(|node| node.is_focused()).next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn place(window: &Window, label: &str) -> Rect {
    window.get_by_label(label).rect()
}

/// Runs a command from the palette.
fn run(window: &mut Window, words: &str) {
    key(window, CTRL, Key::K);
    window.event(egui::Event::Text(words.to_owned()));
    settle(window);
    key(window, Modifiers::NONE, Key::Enter);
}

/// Where nothing is drawn on the canvas, and no dialog lies.
fn on_canvas(window: &mut Window) {
    let canvas = window.query_all_by_label_contains("Diagram ").map(|node| node.rect());
    let canvas = canvas.max_by(|a, b| a.area().total_cmp(&b.area())).unwrap();
    pull(window, canvas.left_bottom() + egui::vec2(30.0, -30.0), egui::Vec2::ZERO);
}

/// Presses somewhere, moves by so much and lets go. While the button is down over a dialog the window does not rest.
fn pull(window: &mut Window, from: egui::Pos2, by: egui::Vec2) {
    window.hover_at(from);
    window.step();
    window.drag_at(from);
    window.step();
    window.hover_at(from + by);
    window.step();
    window.drop_at(from + by);
    settle(window);
}

/// Selects an element by its name.
fn select(window: &mut Window, element: &str) {
    window.get_all_by_label_contains(element).next().unwrap().click();
    settle(window);
}

#[test]
fn the_pages_of_a_report_follow_what_is_done_behind_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    key(&mut window, CTRL, Key::P);
    assert_eq!(focused(&window), "Write report");
    assert!(sees(&window, "Page 1 of"));
    // The model is worked on behind it, and the dialog stays.
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(shown(&window).elements.is_empty());
    assert!(sees(&window, "Page 1 of"));
    key(&mut window, CTRL, Key::Z);
    assert_eq!(shown(&window).elements.len(), 2);
    // A baseline of the model can be chosen at once.
    run(&mut window, "keep as baseline");
    assert_eq!(focused(&window), "Name of the baseline");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(window.query_by_label("Since").is_some(), "the baseline is offered");
    key(&mut window, CTRL, Key::Z);
    assert!(window.query_by_label("Since").is_none());
}

#[test]
fn keys_are_for_whichever_has_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    run(&mut window, "keep as baseline");
    // Written and deleted letters stay in the field; so does what is a command on the canvas.
    for letter in [Key::Delete, Key::Backspace, Key::P, Key::B, Key::F] {
        key(&mut window, Modifiers::NONE, letter);
    }
    key(&mut window, CTRL, Key::X);
    assert_eq!((shown(&window).elements.len(), shown(&window).boundaries.len()), (2, 0));
    // Nor do they reach the canvas from a button of it.
    key(&mut window, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window), "Keep");
    for letter in [Key::Delete, Key::Backspace, Key::B] {
        key(&mut window, Modifiers::NONE, letter);
    }
    assert_eq!((shown(&window).elements.len(), shown(&window).boundaries.len()), (2, 0));
    // A press beside its controls keeps the keyboard in it.
    let title = place(&window, "Keep as baseline");
    pull(&mut window, title.left_top() + egui::vec2(8.0, 8.0), egui::Vec2::ZERO);
    assert_eq!(focused(&window), "Keep as baseline");
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(shown(&window).elements.len(), 2);
    // On the canvas they are the canvas's, and Escape leaves the dialog alone.
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(sees(&window, "Keep as baseline"));
    key(&mut window, CTRL, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(shown(&window).elements.is_empty());
    assert!(sees(&window, "Keep as baseline"));
}

#[test]
fn f6_walks_to_a_dialog_tab_goes_round_in_it_and_escape_closes_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    run(&mut window, "keep as baseline");
    on_canvas(&mut window);
    key(&mut window, Modifiers::SHIFT, Key::F6);
    let mut walked = Vec::new();
    for _ in 0..8 {
        walked.push(focused(&window));
        key(&mut window, Modifiers::NONE, Key::F6);
    }
    assert!(walked.contains(&"Keep as baseline".to_owned()), "{walked:?}");
    while focused(&window) != "Keep as baseline" {
        key(&mut window, Modifiers::NONE, Key::F6);
    }
    let mut round = Vec::new();
    for _ in 0..10 {
        key(&mut window, Modifiers::NONE, Key::Tab);
        round.push(focused(&window));
    }
    let all = ["Name of the baseline", "Keep", "Cancel", "Close keep as baseline", "Keep as baseline"];
    assert_eq!(round, [all, all].concat(), "round and round");
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(focused(&window), "Close keep as baseline", "and back");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!sees(&window, "Keep as baseline"));
    assert!(shown(&window).baselines.is_empty());
}

#[test]
fn what_is_asked_again_comes_to_the_front_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    run(&mut window, "keep as baseline");
    write(&mut window, "Name of the baseline", "First");
    key(&mut window, CTRL_SHIFT, Key::E);
    assert_eq!(focused(&window), "Export…");
    assert!(sees(&window, "Keep as baseline"), "one of each kind");
    run(&mut window, "keep as baseline");
    assert_eq!(focused(&window), "Name of the baseline");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(shown(&window).baselines.values().any(|kept| kept.name == "First"));
    assert!(sees(&window, "Export…"), "the other stays");
}

#[test]
fn a_dialog_is_moved_and_found_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    run(&mut window, "keep as baseline");
    let before = place(&window, "Name of the baseline");
    let grip = place(&window, "Keep as baseline").left_top() + egui::vec2(4.0, 4.0);
    pull(&mut window, grip, egui::vec2(-200.0, 120.0));
    let after = place(&window, "Name of the baseline");
    assert_eq!((after.left() - before.left(), after.top() - before.top()), (-200.0, 120.0));
    click(&mut window, "Close keep as baseline");
    run(&mut window, "keep as baseline");
    assert_eq!(place(&window, "Name of the baseline"), after);
}

#[test]
fn what_would_be_lost_is_asked_above_the_dialogs_which_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    std::fs::write(folder.path().join("Shop.pdf"), "something else").unwrap();
    key(&mut window, CTRL, Key::P);
    let target = folder.path().join("Shop.pdf");
    write(&mut window, "File of the report", target.to_str().unwrap());
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(sees(&window, "Replace the file?"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!sees(&window, "Replace the file?") && sees(&window, "Write report"), "only what was asked last is left");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "something else");
    click(&mut window, "Write report");
    click(&mut window, "Replace");
    assert!(std::fs::read(&target).unwrap().starts_with(b"%PDF-"));
    assert!(!sees(&window, "Write report"));
}

#[test]
fn what_is_asked_about_a_model_ends_with_it_and_quitting_asks_above() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    let other = written(folder.path(), "other.ron", model("Other").process("Mail"));
    for (modifiers, shortcut) in [(CTRL, Key::P), (CTRL_SHIFT, Key::E)] {
        key(&mut window, modifiers, shortcut);
    }
    run(&mut window, "keep as baseline");
    open(&mut window, &other);
    for label in ["Write report", "Export…", "Keep as baseline"] {
        assert!(!sees(&window, label), "{label}");
    }
    key(&mut window, CTRL, Key::P);
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);
    run(&mut window, "quit");
    assert!(sees(&window, "Save your changes?") && sees(&window, "Write report"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!sees(&window, "Save your changes?") && sees(&window, "Write report"));
}

#[test]
fn an_import_is_looked_at_while_the_model_changes_and_while_another_one_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    let chart = folder.path().join("chart.mmd");
    std::fs::write(&chart, "flowchart LR\n  Browser --> Api\n").unwrap();
    open(&mut window, &chart);
    assert!(sees(&window, "Import chart.mmd") && !sees(&window, "in this model already"));
    // Drawn behind it: what the file has is known then.
    click(&mut window, "Merge into this model");
    assert_eq!(shown(&window).elements.len(), 4);
    open(&mut window, &chart);
    assert!(sees(&window, "3 of 3 elements, flows and boundaries are in this model already"));
    key(&mut window, CTRL, Key::Z);
    assert_eq!(shown(&window).elements.len(), 2);
    assert!(!sees(&window, "in this model already"), "taken back behind it");
    key(&mut window, CTRL, Key::S);
    // Another file waits its turn; a model of our own opens at once, and is what is merged into then.
    let second = folder.path().join("second.mmd");
    std::fs::write(&second, "flowchart LR\n  Client --> Server\n").unwrap();
    open(&mut window, &second);
    assert!(sees(&window, "Import chart.mmd") && sees(&window, "1 more file follows"));
    let other = written(folder.path(), "other.ron", model("Other").process("Mail"));
    open(&mut window, &other);
    assert_eq!(shown(&window).info.name, "Other");
    assert!(sees(&window, "Import chart.mmd"));
    click(&mut window, "Merge into this model");
    assert_eq!(shown(&window).elements.len(), 3);
    assert!(sees(&window, "Import second.mmd"));
}

#[test]
fn a_merge_is_decided_while_the_model_is_edited() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    select(&mut window, "Data store Orders");
    key(&mut window, Modifiers::NONE, Key::Delete);
    let theirs = shop().also(|m| {
        m.elements.get_mut(&id("Orders")).unwrap().name = "Ledger".into();
        m.elements.get_mut(&id("Web")).unwrap().name = "Front end".into();
    });
    meanwhile(&mut window, || drop(written(folder.path(), "shop.ron", theirs)));
    click(&mut window, "Merge…");
    assert!(sees(&window, "one change clashes with yours"));
    click(&mut window, "Theirs for conflict 1: changed: name Orders → Ledger");
    // Here the other one goes as well: one more clash, and what was decided stays.
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(shown(&window).elements.is_empty());
    assert!(sees(&window, "2 changes clash with yours"));
    click(&mut window, "Merge");
    let names: Vec<&str> = shown(&window).elements.values().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Ledger"], "theirs where it was chosen, ours elsewhere");
}

#[test]
fn a_picture_shows_what_is_selected_now_and_the_work_goes_on_while_it_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    key(&mut window, CTRL_SHIFT, Key::E);
    assert!(!sees(&window, "What: The selection"));
    on_canvas(&mut window);
    key(&mut window, CTRL, Key::A);
    assert!(sees(&window, "What: The selection"));
    click(&mut window, "What: The selection");
    click(&mut window, "Format: SVG");
    click(&mut window, "Export…");
    assert_eq!(focused(&window), "Path of the file");
    let path = folder.path().join("part.svg");
    write(&mut window, "Path of the file", path.to_str().unwrap());
    click(&mut window, "Export");
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("Orders") && !sees(&window, "Export…"));
}

#[test]
fn a_path_that_is_asked_for_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    key(&mut window, CTRL, Key::N);
    key(&mut window, CTRL_SHIFT, Key::S);
    assert_eq!(focused(&window), "Path of the file");
    let path = folder.path().join("drawn.ron");
    write(&mut window, "Path of the file", path.to_str().unwrap());
    on_canvas(&mut window);
    key(&mut window, Modifiers::NONE, Key::P);
    key(&mut window, Modifiers::NONE, Key::Enter);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(shown(&window).elements.len(), 1);
    key(&mut window, CTRL_SHIFT, Key::S);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(path.exists() && !app(&window).is_dirty(), "with what was drawn meanwhile");
}

#[test]
fn a_dialog_that_led_to_another_has_the_keyboard_again_when_that_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(folder.path());
    key(&mut window, CTRL, Key::P);
    click(&mut window, "Choose a theme…");
    assert_eq!(focused(&window), "Path of the file");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!sees(&window, "Path of the file"));
    assert_eq!(focused(&window), "Write report");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!sees(&window, "Page 1 of"));
    // Asked for from the canvas, it leaves the canvas the keyboard.
    key(&mut window, CTRL, Key::P);
    on_canvas(&mut window);
    key(&mut window, CTRL_SHIFT, Key::S);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(sees(&window, "Page 1 of"));
    assert_ne!(focused(&window), "Write report");
}

#[test]
fn what_is_deleted_with_more_than_is_in_sight_is_told_and_taken_back_at_a_press() {
    let folder = tempfile::tempdir().unwrap();
    let whole = model("Shop").process("Web").process("Cart").also(|m| {
        m.elements.get_mut(&id("Cart")).unwrap().parent = Some(id("Web"));
    });
    let file = written(folder.path(), "shop.ron", whole);
    let mut window = start(1280.0, 720.0, Some(folder.path()));
    open(&mut window, &file);
    select(&mut window, "Process Web");
    key(&mut window, Modifiers::NONE, Key::Delete);
    assert!(shown(&window).elements.is_empty());
    assert!(sees(&window, "Deleted with what was inside: 1 element."));
    // The other one is in the bar at the top.
    window.query_all_by_label("Undo").last().unwrap().click();
    settle(&mut window);
    assert_eq!(shown(&window).elements.len(), 2);
    assert!(!sees(&window, "Deleted with"));
    select(&mut window, "Process Web");
    key(&mut window, Modifiers::NONE, Key::Delete);
    click(&mut window, "Keep what was inside");
    let left: Vec<_> = shown(&window).elements.values().map(|e| (e.name.as_str(), e.parent.clone())).collect();
    assert_eq!(left, [("Cart", None)]);
    key(&mut window, CTRL, Key::Z);
    assert_eq!(shown(&window).elements.len(), 2, "one step");
    // Once something else was done, an undo would not be of this any more.
    select(&mut window, "Process Web");
    key(&mut window, Modifiers::NONE, Key::Delete);
    key(&mut window, CTRL, Key::Z);
    assert!(!sees(&window, "Deleted with"));
}
