//! What surrounds the canvas: the hint line, tools kept in hand, the wheel.

use crate::support::app::{Window, app, key as keys, open, oracle, settle, start};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::ElementKind;

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
fn the_kind_of_what_was_just_made_is_a_click_away() {
    let mut window = empty(None);
    window.hover_at(pos2(500.0, 300.0));
    window.run();
    key(&mut window, Key::P);
    let at = window.get_by_label("Kind: Entity").rect().center();
    click_at(&mut window, at);
    let kinds = |window: &Window| app(window).model().elements.values().map(|e| e.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&window), [ElementKind::ExternalEntity]);
    types(&mut window, "Bank");
    assert!(window.query_by_label("Kind: Entity").is_none(), "once a name is typed its kind is settled");
    key(&mut window, Key::Enter);
    let names: Vec<String> = app(&window).model().elements.values().map(|e| e.name.clone()).collect();
    assert_eq!(names, ["Bank"], "the field kept the keyboard");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(kinds(&window).is_empty(), "made, of which kind, and its name: one step");
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
    assert_eq!(scale(&window), "100 %", "as in a browser, and with Shift");

    keys(&mut window, Modifiers::COMMAND, Key::K);
    types(&mut window, "the wheel zooms");
    key(&mut window, Key::Enter);
    let mut again = empty(Some(folder.path()));
    for window in [&mut window, &mut again] {
        wheel(window, 60.0, Modifiers::NONE);
        assert_eq!(scale(window), zoomed, "as far as with Ctrl before");
        keys(window, Modifiers::SHIFT, Key::Num0);
        wheel(window, 60.0, Modifiers::COMMAND);
        assert_eq!(scale(window), "100 %", "with Ctrl it moves the view");
    }
}

/// The name of what has the keyboard.
fn focused(window: &Window) -> String {
    let id = window.ctx.memory(|m| m.focused()).expect("something has the keyboard");
    let nodes = window.query_all(egui_kittest::kittest::By::new());
    let node = nodes.into_iter().find(|n| n.accesskit_node().is_focused());
    node.map_or_else(|| format!("{id:?}"), |n| n.accesskit_node().label().unwrap_or_default())
}

#[test]
fn f6_walks_the_panels_and_escape_comes_back_without_losing_the_selection() {
    let mut window = shop();
    select(&mut window, "Session cache");
    key(&mut window, Key::Escape);
    assert!(focused(&window).starts_with("Diagram "), "{}", focused(&window));
    keys(&mut window, Modifiers::COMMAND, Key::A);
    let selected = app(&window).selection().clone();
    let mut walked = Vec::new();
    for _ in 0..7 {
        key(&mut window, Key::F6);
        walked.push(focused(&window));
    }
    let panels = ["Right panel", "Lower panel", "Status bar", "Top bar", "Tools", "Left panel"];
    assert_eq!(walked[..6], panels);
    assert!(walked[6].starts_with("Diagram "), "{walked:?}");
    keys(&mut window, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window), "Left panel");
    keys(&mut window, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window), "Tools");
    // Tab goes in; from there F6 goes on, and Escape back to the canvas.
    key(&mut window, Key::Tab);
    assert_eq!(focused(&window), "Select tool");
    key(&mut window, Key::F6);
    assert_eq!(focused(&window), "Left panel");
    key(&mut window, Key::Tab);
    key(&mut window, Key::Escape);
    assert!(focused(&window).starts_with("Diagram "), "{}", focused(&window));
    assert_eq!(app(&window).selection(), &selected, "coming back is all that Escape did");
    key(&mut window, Key::Escape);
    assert_ne!(app(&window).selection(), &selected, "the next one deselects as ever");
    // What is hidden is passed over.
    keys(&mut window, Modifiers::COMMAND, Key::I);
    key(&mut window, Key::F6);
    assert_eq!(focused(&window), "Lower panel");
}

#[test]
fn every_button_says_what_it_does_and_which_key_does_it() {
    use palisade::ui::Command;
    let mut window = shop();
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    select(&mut window, "Session cache");
    let by_name: std::collections::BTreeMap<&str, Command> = Command::all().map(|c| (c.label(), c)).collect();
    let (mut with_keys, mut bare) = (Vec::new(), Vec::new());
    use egui::accesskit::Role;
    let buttons = [Role::Button, Role::RadioButton].map(|role| window.query_all_by_role(role).collect::<Vec<_>>());
    for node in buttons.iter().flatten() {
        let (node, rect) = (node.accesskit_node(), node.rect());
        let name = node.label().unwrap_or_default();
        let data = node.data();
        // A button whose face is a picture must say what it is; the canvas and lists name what they show.
        let is_tool = name.ends_with(" tool");
        let is_menu = palisade::ui::Group::ALL.iter().any(|group| group.label() == name);
        let is_picture = !is_menu && node.role() == Role::Button && rect.width() <= 64.0 && rect.height() <= 34.0;
        if is_tool || (is_picture && by_name.contains_key(name.as_str())) {
            if data.tooltip().is_none() {
                bare.push(name.clone());
            }
            let command = by_name.get(name.as_str()).copied();
            if let Some(keys) = command.and_then(|c| c.keys(&window.ctx)) {
                assert_eq!(data.keyboard_shortcut(), Some(keys.as_str()), "{name}");
                with_keys.push(name);
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new(), "buttons without a tooltip");
    for name in ["Undo", "Redo", "Zoom in", "Zoom out", "Zoom to fit", "Map of the diagram", "Add a threat"] {
        assert!(with_keys.iter().any(|n| n == name), "{name} among {with_keys:?}");
    }
    let tip = |name: &str| {
        let node = window.get_by_label(name);
        let data = node.accesskit_node().data();
        (data.tooltip().is_some(), data.keyboard_shortcut().unwrap_or_default().to_owned())
    };
    assert_eq!(tip("Process tool"), (true, "P".to_owned()));
    assert_eq!(tip("Hide the lower panel"), (true, "Ctrl J".to_owned()));
    assert_eq!(tip("Close the legend"), (true, "Ctrl Shift K".to_owned()));
}

#[test]
fn help_is_beside_the_work_and_closed_one_after_the_other() {
    let mut window = shop();
    let shown = |window: &Window, words: &str| window.query_all_by_label(words).next().is_some();
    key(&mut window, Key::F1);
    assert!(shown(&window, "Pull out of its boundary") && shown(&window, "Close keyboard shortcuts"));
    // A key that is read about can be tried at once.
    let before = app(&window).model().elements.len();
    window.hover_at(egui::pos2(420.0, 160.0));
    settle(&mut window);
    select(&mut window, "Shop database");
    window.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut window);
    assert_eq!(app(&window).model().elements.len(), before + 1);
    window.state_mut().as_mut().unwrap().ask_for(palisade::ui::Command::About);
    settle(&mut window);
    assert!(shown(&window, "Close about palisade"));
    key(&mut window, Key::Escape);
    assert!(!shown(&window, "Close about palisade") && shown(&window, "Close keyboard shortcuts"), "the latest first");
    key(&mut window, Key::F1);
    assert!(!shown(&window, "Close keyboard shortcuts"), "the key that opens it closes it");
    assert!(!app(&window).selection().items.is_empty(), "and nothing else");
}

#[test]
fn a_menu_that_is_open_takes_letters_for_itself() {
    let mut window = shop();
    select(&mut window, "Shop database");
    let id = app(&window).selection().single().cloned().expect("it is selected");
    let before = app(&window).model().elements[&id].kind;
    select(&mut window, "File");
    key(&mut window, Key::C);
    assert!(app(&window).model().elements[&id].kind == before, "nothing is done behind it");
    key(&mut window, Key::Escape);
    assert_eq!(app(&window).selection().single(), Some(&id), "Escape closes the menu alone");
    key(&mut window, Key::C);
    assert!(app(&window).model().elements[&id].kind != before);
}

#[test]
fn the_map_moves_the_view_and_is_drawn_only_when_something_changed() {
    const MAP: &str = "Map: drag to move the view";
    let mut window = shop();
    assert!(window.query_by_label(MAP).is_none());
    keys(&mut window, Modifiers::COMMAND, Key::M);
    keys(&mut window, Modifiers::SHIFT, Key::Num0);
    let drawn = app(&window).maps_drawn();
    let at = |window: &Window| {
        let nodes = window.query_all_by_label_contains("Process Shop web application");
        nodes.map(|n| n.rect().center()).next()
    };
    let map = window.get_by_label(MAP).rect();
    assert!(map.right() < 1300.0 && map.bottom() < 830.0, "inside the canvas: {map:?}");
    click_at(&mut window, map.left_top() + egui::vec2(30.0, 70.0));
    settle(&mut window);
    let left = at(&window);
    let right = {
        let to = map.center();
        crate::support::app::drag(&mut window, map.left_top() + egui::vec2(30.0, 70.0), to, true);
        at(&window)
    };
    assert_ne!(left, right, "the view followed the pointer");
    assert_eq!(app(&window).maps_drawn(), drawn, "moving the view draws no other map");
    select(&mut window, "Session cache");
    key(&mut window, Key::C);
    assert_eq!(app(&window).maps_drawn(), drawn + 1, "a change does");
    keys(&mut window, Modifiers::COMMAND, Key::M);
    assert!(window.query_by_label(MAP).is_none());
}

#[test]
fn the_laser_touches_nothing_and_its_trail_is_gone_in_the_end() {
    let mut window = shop();
    select(&mut window, "Session cache");
    let (model, selection) = (app(&window).model().clone(), app(&window).selection().clone());
    key(&mut window, Key::K);
    says(&window, "Drag: point something out");
    let from = window.query_all_by_label_contains("Process Order service").next().unwrap().rect().center();
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    for step in 1..=6 {
        window.hover_at(from + egui::vec2(20.0 * step as f32, 6.0 * step as f32));
        window.step();
    }
    window.drop_at(from + egui::vec2(120.0, 36.0));
    window.step();
    assert!(window.ctx.has_requested_repaint(), "the trail fades");
    // 1.2 seconds at 60 frames; the window rests after that.
    window.run_steps(80);
    window.run();
    assert!(*app(&window).model() == model);
    assert_eq!(*app(&window).selection(), selection);
    key(&mut window, Key::Escape);
    says(&window, "Ctrl →: add next element");
}
