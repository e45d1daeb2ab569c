//! The window, as a person uses it: everything is found by its accessible name.

use crate::support::app::{Window, app, click, open, oracle, press, settle};
use crate::support::window::snapshot;
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::{Date, ThreatModel};
use palisade::risk::Finding;
use std::path::Path;

fn start(folder: Option<&Path>) -> Window {
    crate::support::app::start(1600.0, 1000.0, folder)
}

fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get_by_label(field).focus();
    settle(window);
    window.get_by_label(field).type_text(text);
    settle(window);
}

fn key(window: &mut Window, modifiers: egui::Modifiers, key: egui::Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

const CTRL: egui::Modifiers = egui::Modifiers::COMMAND;

#[test]
fn selecting_in_the_tree_shows_the_element() {
    let mut window = start(None);
    window.get_by_label("New model");
    open(&mut window, &oracle("web-shop"));
    click(&mut window, "Shop database");
    assert_eq!(app(&window).selection().items.len(), 1);
    let zone = window.get_by_label("Trust boundary").rect();
    assert!(zone.left() > 1300.0 && zone.right() < 1600.0, "the inspector keeps its width: {zone:?}");
    for label in window.query_all_by_label_contains("").map(|n| (n.accesskit_node().label(), n.rect())) {
        assert!(label.1.right() <= 1601.0, "{label:?}");
    }
}

#[test]
fn a_dialog_answered_by_escape_leaves_the_window_to_the_mouse() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    key(&mut window, egui::Modifiers::NONE, egui::Key::F1);
    window.get_by_label("Close keyboard shortcuts");
    key(&mut window, egui::Modifiers::NONE, egui::Key::Escape);
    assert!(window.query_by_label("Close keyboard shortcuts").is_none());
    click(&mut window, "Shop database");
    assert_eq!(app(&window).selection().items.len(), 1);
}

/// The row of a threat in the inspector, right of the canvas; the table has one of the same name below.
fn click_in_inspector(window: &mut Window, label: &str) {
    let nodes: Vec<_> = window.query_all_by_label(label).collect();
    let places: Vec<_> = nodes.iter().map(|n| n.rect()).collect();
    let node = nodes.into_iter().find(|n| n.rect().left() > 1290.0);
    let node = node.unwrap_or_else(|| panic!("“{label}” is in the inspector, not only at {places:?}"));
    node.click_accesskit();
    settle(window);
}

/// The injection threat at the database; its title names the worst route, which may change.
fn injection(window: &Window) -> &Finding {
    let assessment = app(window).assessment();
    assessment.findings.values().find(|f| f.title.contains("SQL injection")).expect("the injection threat")
}

#[test]
fn the_whole_job() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("shop.ron");
    let mut window = start(Some(folder.path()));
    open(&mut window, &oracle("web-shop"));
    let as_opened = app(&window).model().clone();
    let threats = app(&window).assessment().findings.len();

    // Select by name; the inspector shows the element, and a technology tag raises threats at once.
    click(&mut window, "Session cache");
    // By a name people have for it, too.
    pick(&mut window, "Add a technology", "Search technologies", "minio");
    assert!(app(&window).assessment().findings.len() > threats, "more threats than {threats}");

    // A new asset, made where it is needed, and answered trust.
    pick(&mut window, "Add an asset", "Search assets", "Loyalty points");
    let asset = app(&window).model().assets.iter().find(|(_, a)| a.name == "Loyalty points").map(|(id, _)| id.clone());
    let cache = app(&window).selection().single().cloned().expect("the cache is selected");
    assert!(app(&window).model().elements[&cache].holds.contains(&asset.expect("the new asset")));
    click(&mut window, "Office");
    click(&mut window, "Trust: 4");
    assert_eq!(app(&window).model().boundaries.values().find(|b| b.name == "Office").unwrap().trust, Some(4));

    // The worst threat of the database: a control is attached from it, and its risk falls in the same step.
    click(&mut window, "Shop database");
    let title = injection(&window).title.clone();
    click_in_inspector(&mut window, &title);
    let (inherent, current) = (injection(&window).inherent.score, injection(&window).current.score);
    press(&mut window, "Attach Parameterised data access");
    click(&mut window, "Implemented");
    assert_eq!(injection(&window).inherent.score, inherent);
    assert!(injection(&window).current.score < current, "{} < {current}", injection(&window).current.score);

    // Decide, with a reason; the first decision gives the threat its number.
    press(&mut window, "Mitigate");
    type_into(&mut window, "Justification", "Queries are built by the driver.");
    click(&mut window, "Log store");
    let decision = app(&window).model().decisions.values().next().expect("a decision").clone();
    assert_eq!(decision.justification, "Queries are built by the driver.");
    assert_eq!(decision.number, Some(1));
    assert!(!decision.basis.is_empty());
    let done = app(&window).model().clone();

    // Typing was one step: undo takes the whole sentence, six more everything else.
    key(&mut window, CTRL, egui::Key::Z);
    assert_eq!(app(&window).model().decisions.values().next().unwrap().justification, "");
    for _ in 0..6 {
        key(&mut window, CTRL, egui::Key::Z);
    }
    assert!(app(&window).model() == &as_opened, "undone, it is as it was opened");
    for _ in 0..7 {
        key(&mut window, CTRL | egui::Modifiers::SHIFT, egui::Key::Z);
    }
    assert!(app(&window).model() == &done, "redone, it is as it was");

    // Saved and opened again it is the same.
    key(&mut window, CTRL, egui::Key::S);
    answer_path(&mut window, &saved);
    assert!(saved.is_file());
    open(&mut window, &saved);
    let opened = app(&window).model();
    assert_eq!(opened.log.len(), 1, "saving tells the log what was done");
    assert!(ThreatModel { log: done.log.clone(), ..opened.clone() } == done, "what was saved is what is opened");

    // The report is written beside it.
    let report = folder.path().join("shop.pdf");
    click(&mut window, "Report…");
    click(&mut window, "Choose…");
    answer_path(&mut window, &report);
    let bytes = std::fs::read(&report).unwrap();
    assert!(bytes.starts_with(b"%PDF-"), "a PDF of {} bytes", bytes.len());
}

/// Opens a searchable list, types and takes the first hit.
fn pick(window: &mut Window, button: &str, search: &str, text: &str) {
    click(window, button);
    type_into(window, search, text);
    key(window, egui::Modifiers::NONE, egui::Key::Enter);
}

/// Answers the question for a path that is shown where the system has no dialogs.
fn answer_path(window: &mut Window, path: &Path) {
    window.get_by_label("Path of the file").focus();
    settle(window);
    key(window, CTRL, egui::Key::A);
    window.get_by_label("Path of the file").type_text(path.to_str().unwrap());
    settle(window);
    key(window, egui::Modifiers::NONE, egui::Key::Enter);
}

#[test]
fn changes_are_not_lost_without_asking() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(Some(folder.path()));
    click(&mut window, "New model");
    type_into(&mut window, "Name", " of the shop");
    assert_eq!(app(&window).model().info.name, "New model of the shop");

    // Cancel stays, and what was typed is kept.
    key(&mut window, CTRL, egui::Key::W);
    window.get_by_label_contains("has changes that are not saved");
    click(&mut window, "Cancel");
    assert_eq!(app(&window).model().info.name, "New model of the shop");

    // Save goes on after saving.
    key(&mut window, CTRL, egui::Key::W);
    click(&mut window, "Save");
    let path = folder.path().join("mine.ron");
    answer_path(&mut window, &path);
    assert!(path.is_file());
    window.get_by_label("Recent");
    window.get_by_label("New model of the shop");

    // Opened from the list of recent files and changed, it can be left without saving.
    click(&mut window, "New model of the shop");
    type_into(&mut window, "Client", "ACME");
    key(&mut window, CTRL, egui::Key::W);
    click(&mut window, "Don’t save");
    window.get_by_label("Recent");
    assert!(!std::fs::read_to_string(&path).unwrap().contains("ACME"));
}

#[test]
fn what_is_typed_into_a_label_or_a_tab_is_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(Some(folder.path()));
    open(&mut window, &oracle("web-shop"));
    let has = |window: &Window, name: &str| app(window).model().elements.values().any(|e| e.name == name);
    let type_label = |window: &mut Window, element: &str, name: &str| {
        click_in_tree(window, element);
        key(window, egui::Modifiers::NONE, egui::Key::F2);
        window.event(egui::Event::Text(name.to_owned()));
        settle(window);
    };
    type_label(&mut window, "Session cache", "Cookie jar");
    assert!(has(&window, "Cookie jar"), "seen everywhere while it is typed");
    key(&mut window, egui::Modifiers::NONE, egui::Key::Escape);
    assert!(has(&window, "Session cache"), "Escape brings the old name back");

    type_label(&mut window, "Session cache", "Cookie jar");
    key(&mut window, CTRL, egui::Key::S);
    let saved = folder.path().join("shop.ron");
    answer_path(&mut window, &saved);
    assert!(std::fs::read_to_string(&saved).unwrap().contains("Cookie jar"));

    // Another diagram: the name is kept, and what is not on it is no longer selected.
    type_label(&mut window, "Cookie jar", "Biscuits");
    click(&mut window, "Add a diagram");
    assert!(has(&window, "Biscuits"));
    assert!(app(&window).selection().items.is_empty());
    let elements = app(&window).model().elements.len();
    key(&mut window, egui::Modifiers::NONE, egui::Key::Delete);
    assert_eq!(app(&window).model().elements.len(), elements);

    run_by_palette(&mut window, "rename this diagram");
    window.event(egui::Event::Text("Overview".into()));
    settle(&mut window);
    key(&mut window, CTRL, egui::Key::S);
    assert!(std::fs::read_to_string(&saved).unwrap().contains("Overview"));
}

#[test]
fn a_date_is_kept_however_its_field_is_left() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    let threat = |window: &mut Window| {
        click(window, "Shop database");
        let title = injection(window).title.clone();
        click_in_inspector(window, &title);
    };
    threat(&mut window);
    press(&mut window, "Mitigate");
    let due = |window: &Window| app(window).model().decisions.values().next().expect("a decision").due;
    type_into(&mut window, "Due", "2026-12-3");
    assert_eq!(due(&window), None, "half a date is none");
    window.get_by_label("Due").type_text("1");
    settle(&mut window);
    let elsewhere = window.query_all_by_label_contains("Process Order service").next().expect("it is drawn").rect().center();
    window.drag_at(elsewhere);
    window.step();
    window.drop_at(elsewhere);
    settle(&mut window);
    assert_eq!(due(&window), Date::new(2026, 12, 31), "pressing something else on the canvas keeps it");

    threat(&mut window);
    window.get_by_label("Due").focus();
    settle(&mut window);
    key(&mut window, CTRL, egui::Key::A);
    window.get_by_label("Due").type_text("2027-01-01");
    settle(&mut window);
    key(&mut window, egui::Modifiers::NONE, egui::Key::Escape);
    assert_eq!(due(&window), Date::new(2026, 12, 31), "Escape brings the old one back");
}

/// The row of an element in the tree, left of the canvas.
fn click_in_tree(window: &mut Window, label: &str) {
    let node = window.query_all_by_label(label).find(|n| n.rect().left() < 200.0).expect("it is in the tree");
    node.click();
    settle(window);
}

/// Runs a command by its name.
fn run_by_palette(window: &mut Window, command: &str) {
    key(window, CTRL, egui::Key::K);
    window.get_by_label("Search").type_text(command);
    settle(window);
    key(window, egui::Modifiers::NONE, egui::Key::Enter);
}

#[test]
fn the_palette_finds_commands_elements_and_threats() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    key(&mut window, CTRL, egui::Key::K);
    window.get_by_label("Search").type_text("order serv");
    settle(&mut window);
    key(&mut window, egui::Modifiers::NONE, egui::Key::Enter);
    let chosen = app(&window).selection().single().cloned().expect("one element");
    assert_eq!(app(&window).model().elements[&chosen].name, "Order service");

    key(&mut window, CTRL, egui::Key::K);
    window.get_by_label("Search").type_text("sql injection back-office");
    settle(&mut window);
    key(&mut window, egui::Modifiers::NONE, egui::Key::Enter);
    assert!(app(&window).selection().threat.is_some());

    key(&mut window, CTRL, egui::Key::K);
    window.get_by_label("Search").type_text("dark theme");
    settle(&mut window);
    key(&mut window, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn what_keys_do_on_the_canvas_commands_do_too() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    let count = |window: &Window| app(window).model().elements.len();
    let before = count(&window);
    click_in_tree(&mut window, "Session cache");
    run_by_palette(&mut window, "duplicate");
    assert_eq!(count(&window), before + 1);
    run_by_palette(&mut window, "cut");
    assert_eq!(count(&window), before);
    run_by_palette(&mut window, "select all");
    assert!(app(&window).selection().items.len() > before);

    // Shift 1 as keyboards send it: the sign above the digit, at the place of the digit.
    let place = |window: &Window| window.query_all_by_label_contains("Process Order service").next().unwrap().rect();
    let fitted = place(&window);
    key(&mut window, CTRL, egui::Key::Plus);
    assert_ne!(place(&window), fitted);
    let (key, physical_key) = (egui::Key::Exclamationmark, Some(egui::Key::Num1));
    let modifiers = egui::Modifiers::SHIFT;
    window.event(egui::Event::Key { key, physical_key, pressed: true, repeat: false, modifiers });
    settle(&mut window);
    assert_eq!(place(&window), fitted);
}

#[test]
fn a_threat_is_written_by_hand_with_two_keys_and_a_title() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    click(&mut window, "Log store");
    key(&mut window, egui::Modifiers::NONE, egui::Key::T);
    window.get_by_label("Title of the new threat").type_text("Logs are sold");
    settle(&mut window);
    key(&mut window, egui::Modifiers::NONE, egui::Key::Enter);
    let model = app(&window).model();
    assert!(model.threats.values().any(|t| t.title == "Logs are sold"));
    let key = app(&window).selection().threat.clone().expect("the new threat is selected");
    assert_eq!(app(&window).assessment().findings[&key].title, "Logs are sold");
}

#[test]
fn a_diagram_is_deleted_with_what_only_it_shows() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    let elements = app(&window).model().elements.len();
    let delete = |window: &mut Window| {
        key(window, CTRL, egui::Key::K);
        window.get_by_label("Search").type_text("delete this diagram");
        settle(window);
        key(window, egui::Modifiers::NONE, egui::Key::Enter);
    };
    // Nothing is asked: it is told what went, and undo is at hand.
    click(&mut window, "Add a diagram");
    assert_eq!(app(&window).model().diagrams.len(), 2);
    delete(&mut window);
    assert_eq!(app(&window).model().diagrams.len(), 1);

    click(&mut window, "Add a diagram");
    key(&mut window, CTRL, egui::Key::PageUp);
    delete(&mut window);
    assert!(app(&window).model().elements.is_empty());
    window.get_by_label_contains(&format!("with {elements} elements"));
    key(&mut window, CTRL, egui::Key::Z);
    assert_eq!(app(&window).model().elements.len(), elements);
}

#[test]
fn a_boundary_is_folded_by_a_control_of_its_own() {
    let mut window = start(None);
    open(&mut window, &oracle("web-shop"));
    click(&mut window, "Collapse Data network");
    assert!(app(&window).selection().items.is_empty());
    window.get_by_label("Expand Data network").click_accesskit();
    settle(&mut window);
    window.get_by_label("Collapse Data network");
}

#[test]
fn the_window_looks_as_agreed_in_light_and_dark() {
    let mut window = start(None);
    snapshot(&mut window, "welcome");
    open(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron"));
    window.get_by_label_contains("Process Shop web application").click();
    settle(&mut window);
    for (theme, name) in [(egui::Theme::Light, "web-shop-light"), (egui::Theme::Dark, "web-shop-dark")] {
        window.ctx.set_theme(theme);
        settle(&mut window);
        snapshot(&mut window, name);
    }
}
