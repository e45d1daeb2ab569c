//! What surrounds the canvas: the hint line, tools kept in hand, the wheel.

#![cfg(feature = "gui")]

mod support;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use support::app::{Window, app, open, oracle, settle, start};

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn empty(folder: Option<&std::path::Path>) -> Window {
    let mut window = start(1280.0, 720.0, folder);
    keys(&mut window, Modifiers::COMMAND, Key::N);
    window
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

fn click_at(window: &mut Window, pos: Pos2) {
    window.hover_at(pos);
    window.run();
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
        window.run();
    }
}

fn types(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

/// What the hint line says.
fn hints(window: &Window) -> String {
    window.get_by_label_contains("Hints:").accesskit_node().value().unwrap_or_default()
}

/// Presses keys down without letting go of them.
fn hold(window: &mut Window, modifiers: Modifiers) {
    window.event(Event::ModifiersChanged(modifiers));
    window.run();
}

fn says(window: &Window, words: &str) {
    assert!(hints(window).contains(words), "“{words}” in “{}”", hints(window));
}

fn select(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    settle(window);
}

#[test]
fn the_hint_line_tells_what_held_keys_make_of_the_next_key() {
    let mut window = shop();
    select(&mut window, "Session cache");
    says(&window, "Ctrl →: add next element");
    hold(&mut window, Modifiers::COMMAND);
    says(&window, "Arrow: next element, with its flow");
    says(&window, "Wheel: zoom here");
    hold(&mut window, Modifiers::SHIFT);
    says(&window, "Arrow: move by 8");
    hold(&mut window, Modifiers::ALT);
    says(&window, "Arrow: along its flows");
    hold(&mut window, Modifiers::ALT | Modifiers::SHIFT);
    says(&window, "Arrow: take the next one in");
    hold(&mut window, Modifiers::COMMAND | Modifiers::SHIFT);
    says(&window, "↑: out of its boundary");
    hold(&mut window, Modifiers::COMMAND | Modifiers::ALT | Modifiers::SHIFT);
    says(&window, "make room");
    hold(&mut window, Modifiers::NONE);
    says(&window, "Ctrl →: add next element");
    key(&mut window, Key::Escape);
    key(&mut window, Key::Escape);
    key(&mut window, Key::Escape);
    hold(&mut window, Modifiers::COMMAND);
    assert!(!hints(&window).contains("next element"), "nothing is selected: {}", hints(&window));
    says(&window, "A: select all");
}

#[test]
fn the_label_editor_offers_only_what_its_keys_do() {
    let mut window = empty(None);
    window.hover_at(pos2(500.0, 300.0));
    window.run();
    key(&mut window, Key::P);
    says(&window, "Ctrl →: add next element");
    says(&window, "Tab: process, store, entity");
    types(&mut window, "Web");
    says(&window, "Tab: next without a name");
    key(&mut window, Key::Enter);
    key(&mut window, Key::F2);
    says(&window, "Esc: as it was");
    assert!(!hints(&window).contains("Ctrl →"), "arrows with Ctrl move the caret in an old name: {}", hints(&window));
    key(&mut window, Key::Escape);
    window.hover_at(pos2(500.0, 420.0));
    window.run();
    key(&mut window, Key::N);
    assert!(!hints(&window).contains("Ctrl →"), "no flow leads from a note: {}", hints(&window));
}

#[test]
fn walking_among_several_says_which_one_it_is_at() {
    let mut window = shop();
    select(&mut window, "Shop web application");
    hold(&mut window, Modifiers::ALT);
    let press = |window: &mut Window| {
        for pressed in [true, false] {
            let (modifiers, repeat) = (Modifiers::ALT, false);
            window.event(Event::Key { key: Key::ArrowRight, physical_key: None, pressed, repeat, modifiers });
        }
        window.run();
    };
    press(&mut window);
    says(&window, "1 of ");
    press(&mut window);
    says(&window, "2 of ");
    hold(&mut window, Modifiers::NONE);
    assert!(!hints(&window).contains(" of "), "{}", hints(&window));
}

#[test]
fn a_kept_tool_stays_in_hand_until_escape() {
    let mut window = empty(None);
    let elements = |window: &Window| app(window).model().elements.len();
    let make = |window: &mut Window, at: Pos2| {
        click_at(window, at);
        key(window, Key::Enter);
    };
    let is_on = |window: &Window, tool: &str| {
        window.get_by_label(tool).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    window.get_by_label("Process tool").click();
    settle(&mut window);
    says(&window, "Q: keep the tool");
    make(&mut window, pos2(400.0, 200.0));
    assert!(is_on(&window, "Select tool"), "once only");

    key(&mut window, Key::Escape);
    key(&mut window, Key::Q);
    assert_eq!(window.get_by_label("Process tool").accesskit_node().description().as_deref(), Some("stays in hand"));
    window.get_by_label("Process tool").click();
    settle(&mut window);
    make(&mut window, pos2(600.0, 200.0));
    make(&mut window, pos2(800.0, 200.0));
    assert_eq!(elements(&window), 3);
    assert!(is_on(&window, "Process tool"));
    key(&mut window, Key::Escape);
    assert!(is_on(&window, "Select tool"));
    key(&mut window, Key::Q);
    assert_eq!(window.get_by_label("Process tool").accesskit_node().description(), None);
}

/// Turns the wheel by so many points over the canvas.
fn wheel(window: &mut Window, points: f32, modifiers: Modifiers) {
    window.hover_at(pos2(600.0, 300.0));
    window.run();
    window.event(Event::ModifiersChanged(modifiers));
    let (unit, delta, phase) = (egui::MouseWheelUnit::Point, egui::vec2(0.0, points), egui::TouchPhase::Move);
    window.event(Event::MouseWheel { unit, delta, phase, modifiers });
    settle(window);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    settle(window);
}

fn scale(window: &Window) -> String {
    window.get_by_label("Zoom to 100 %").accesskit_node().value().unwrap_or_default()
}

#[test]
fn the_wheel_zooms_if_told_so_and_in_the_next_window_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = empty(Some(folder.path()));
    wheel(&mut window, 60.0, Modifiers::NONE);
    assert_eq!(scale(&window), "100 %", "at first the wheel moves the view");
    wheel(&mut window, 60.0, Modifiers::COMMAND);
    let zoomed = scale(&window);
    assert_ne!(zoomed, "100 %");
    keys(&mut window, Modifiers::COMMAND, Key::Num0);

    keys(&mut window, Modifiers::COMMAND, Key::K);
    types(&mut window, "the wheel zooms");
    key(&mut window, Key::Enter);
    let mut again = empty(Some(folder.path()));
    for window in [&mut window, &mut again] {
        wheel(window, 60.0, Modifiers::NONE);
        assert_eq!(scale(window), zoomed, "as far as with Ctrl before");
        keys(window, Modifiers::COMMAND, Key::Num0);
        wheel(window, 60.0, Modifiers::COMMAND);
        assert_eq!(scale(window), "100 %", "with Ctrl it moves the view");
    }
}
