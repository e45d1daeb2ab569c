//! Palette, find and the threat quick-add, in the whole window.

use crate::support::app::{Window, app, click, open, oracle, settle, start};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::Disposition;

const CTRL: Modifiers = Modifiers::COMMAND;

fn shop(folder: Option<&std::path::Path>) -> Window {
    let mut window = start(1600.0, 1000.0, folder);
    open(&mut window, &oracle("web-shop"));
    window
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

fn types(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

fn selected(window: &Window) -> String {
    let id = app(window).selection().single().cloned().expect("one thing is selected");
    app(window).model().name_of(&id).to_owned()
}

/// The chosen row of an open list.
fn chosen(window: &Window, rows: &[&str]) -> String {
    let is_chosen = |label: &&&str| {
        window.query_all_by_label(label).any(|n| n.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True))
    };
    rows.iter().find(is_chosen).unwrap_or_else(|| panic!("one of {rows:?} is chosen")).to_string()
}

#[test]
fn the_palette_takes_letters_and_remembers_what_was_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop(Some(folder.path()));
    // Letters from the beginnings of words are enough.
    keys(&mut window, CTRL, Key::K);
    types(&mut window, "selall");
    key(&mut window, Key::Enter);
    settle(&mut window);
    assert!(app(&window).selection().items.len() > 10);
    let remembered = std::fs::read_to_string(folder.path().join("state/recent.ron")).unwrap();
    assert!(remembered.contains("Select all"), "{remembered}");

    // In the next window it is the first of all.
    let mut window = shop(Some(folder.path()));
    keys(&mut window, CTRL, Key::K);
    assert_eq!(chosen(&window, &["New model", "Select all"]), "Select all");
}

#[test]
fn what_cannot_be_done_is_shown_with_its_reason_and_does_nothing() {
    let mut window = shop(None);
    let before = app(&window).model().clone();
    keys(&mut window, CTRL, Key::K);
    types(&mut window, "boundary around the sel");
    key(&mut window, Key::Enter);
    window.get_by_label("Search");
    assert_eq!(app(&window).model(), &before);
}

#[test]
fn a_line_that_reads_as_a_flow_is_drawn_from_the_palette() {
    let mut window = shop(None);
    keys(&mut window, CTRL, Key::K);
    types(&mut window, "Auditor > Log store: reads");
    key(&mut window, Key::Enter);
    window.get_by_label("Diagram as text");
    window.run();
    key(&mut window, Key::Enter);
    key(&mut window, Key::Escape);
    let model = app(&window).model();
    let flow = model.flows.values().find(|f| f.name == "reads").expect("the flow is drawn");
    assert_eq!(model.name_of(flow.to.as_ref().unwrap()), "Log store");
}

#[test]
fn find_looks_ahead_goes_there_and_goes_on() {
    let mut window = shop(None);
    keys(&mut window, CTRL, Key::F);
    types(&mut window, "session cache");
    assert!(app(&window).selection().items.is_empty(), "looking ahead selects nothing");
    key(&mut window, Key::Enter);
    assert_eq!(selected(&window), "Session cache");
    // Once more, then the next match and back.
    keys(&mut window, CTRL, Key::F);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::Escape);
    assert_eq!(selected(&window), "Session cache", "Escape leaves things as they were");
    key(&mut window, Key::F3);
    let second = app(&window).selection().clone();
    keys(&mut window, Modifiers::SHIFT, Key::F3);
    assert_ne!(app(&window).selection(), &second);
}

/// Where something is drawn on the screen.
fn place(window: &Window, name: &str) -> egui::Rect {
    window.query_all_by_label_contains(&format!("Process {name}")).next().expect("it is in view").rect()
}

#[test]
fn escape_from_find_goes_back_to_what_was_looked_at_and_enter_stays() {
    let mut window = shop(None);
    for _ in 0..6 {
        keys(&mut window, CTRL, Key::Plus);
    }
    let before = place(&window, "Shop web application");
    let search = |window: &mut Window| {
        keys(window, CTRL, Key::F);
        types(window, "analytics script");
        settle(window);
    };
    search(&mut window);
    let is_there =
        |window: &Window| window.query_all_by_label_contains("Process Shop web application").any(|n| n.rect() == before);
    assert!(!is_there(&window), "the view moved to what was found");
    key(&mut window, Key::Escape);
    settle(&mut window);
    assert!(is_there(&window));
    assert!(app(&window).selection().items.is_empty());
    search(&mut window);
    key(&mut window, Key::Enter);
    settle(&mut window);
    assert!(!is_there(&window));
    assert_eq!(selected(&window), "Analytics script");
}

#[test]
fn find_knows_threats_and_says_where_things_are() {
    let mut window = shop(None);
    keys(&mut window, CTRL, Key::F);
    types(&mut window, "sql injection");
    let label = "SQL injection";
    assert!(
        window.query_all_by_label_contains(label).any(|n| n.accesskit_node().label().is_some_and(|l| l.contains("Threat, on ")))
    );
    key(&mut window, Key::Enter);
    let threat = app(&window).selection().threat.clone().expect("a threat is shown");
    assert!(app(&window).assessment().findings[&threat].title.contains(label));
}

#[test]
fn a_threat_takes_two_keys() {
    let mut window = shop(None);
    click(&mut window, "Shop database");
    let id = app(&window).selection().single().cloned().unwrap();
    let open = |window: &Window| {
        let at = app(window).assessment().at(&id);
        at.filter(|f| f.counts() && f.disposition == Disposition::Open).count()
    };
    let before = open(&window);
    key(&mut window, Key::T);
    key(&mut window, Key::Enter);
    settle(&mut window);
    let threat = app(&window).selection().threat.clone().expect("the threat is shown");
    assert_eq!(app(&window).model().decisions[&threat].disposition, Disposition::Mitigate);
    assert_eq!(open(&window), before - 1);
    // What was taken is no longer suggested: the next one comes.
    key(&mut window, Key::T);
    key(&mut window, Key::Enter);
    settle(&mut window);
    assert_ne!(app(&window).selection().threat.clone(), Some(threat));
    assert_eq!(open(&window), before - 2);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(open(&window), before - 1, "one undo step");
}
