//! Everybody can work it: each control has a name, is reached by keyboard, and is large enough to be hit.

use crate::support::app::*;
use egui::accesskit::Role;
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::ui::{Command, Page};
use std::collections::BTreeSet;

/// Least width and height of what is pressed, in points.
const LEAST: f32 = 24.0;

/// What people press, choose or write into.
const CONTROLS: &[Role] = &[
    Role::Button,
    Role::CheckBox,
    Role::RadioButton,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::SpinButton,
    Role::Slider,
    Role::Link,
    Role::Tab,
    Role::MenuItem,
];

/// How the names of things on the diagram begin.
const DRAWN: &[&str] = &["Data flow ", "Process ", "Data store ", "External entity ", "Trust boundary ", "Note ", "Diagram "];

fn shop(width: f32, height: f32) -> Window {
    let mut window = start(width, height, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn ask(window: &mut Window, command: Command) {
    window.state_mut().as_mut().unwrap().ask_for(command);
    settle(window);
}

/// The controls on the screen without a name, and those too small to be hit.
fn faults(window: &Window, place: &str, found: &mut BTreeSet<String>) {
    let all = window.query_all(By::new().predicate(|node| CONTROLS.contains(&node.role())));
    for node in all {
        let (rect, node) = (node.rect(), node.accesskit_node());
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            continue;
        }
        let name = node.label().unwrap_or_default();
        if name.trim().is_empty() {
            found.insert(format!("{place}: a {:?} at {rect:?} has no name", node.role()));
        }
        // What is drawn on the diagram is as large as its drawing.
        if DRAWN.iter().any(|kind| name.starts_with(kind)) {
            continue;
        }
        // A word within text is as large as the text.
        let is_text = node.role() == Role::Link;
        if !is_text && (rect.width() < LEAST - 0.6 || rect.height() < LEAST - 0.6) {
            found.insert(format!("{place}: “{name}” ({:?}) is only {} by {}", node.role(), rect.width(), rect.height()));
        }
    }
}

#[test]
fn every_control_of_the_window_has_a_name_and_can_be_hit() {
    let mut found = BTreeSet::new();
    let mut window = start(1280.0, 800.0, None);
    faults(&window, "welcome", &mut found);
    ask(&mut window, Command::Preferences);
    for part in ["Looks", "Work", "Keys"] {
        click(&mut window, &format!("Preferences about: {part}"));
        faults(&window, part, &mut found);
    }
    let mut window = shop(1600.0, 1400.0);
    for page in Page::ALL {
        ask(&mut window, Command::Page(*page));
        faults(&window, page.label(), &mut found);
    }
    ask(&mut window, Command::Page(Page::Structure));
    ask(&mut window, Command::Page(Page::Inspector));
    let model = app(&window).model().clone();
    let one = |names: Vec<String>| names.into_iter().next().expect("one of them");
    let element = one(model.elements.values().map(|e| e.name.clone()).collect());
    let boundary = one(model.boundaries.values().map(|b| b.name.clone()).collect());
    for name in [element, boundary] {
        click(&mut window, &name);
        faults(&window, &format!("inspector of {name}"), &mut found);
    }
    ask(&mut window, Command::SelectAll);
    faults(&window, "several", &mut found);
    for command in [Command::Shortcuts, Command::Report, Command::ExportDiagram, Command::Palette, Command::Find] {
        ask(&mut window, command);
        faults(&window, command.label(), &mut found);
        window.key_press(egui::Key::Escape);
        settle(&mut window);
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

fn focused(window: &Window) -> String {
    let mut all = window.query_all(By::new());
    let node = all.find(|node| node.accesskit_node().is_focused());
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn tab_reaches_every_control_of_a_panel_and_shows_where_it_is() {
    let mut window = shop(1600.0, 1000.0);
    ask(&mut window, Command::Page(Page::Cards));
    // To the right panel, then into it.
    for _ in 0..8 {
        window.key_press(egui::Key::F6);
        settle(&mut window);
        if focused(&window) == "Right panel" {
            break;
        }
    }
    assert_eq!(focused(&window), "Right panel");
    let wanted = ["Category of the cards", "Card before", "Next card", "Next place of this card"];
    let mut seen = BTreeSet::new();
    for _ in 0..24 {
        window.key_press(egui::Key::Tab);
        settle(&mut window);
        seen.insert(focused(&window));
    }
    for name in wanted {
        assert!(seen.contains(name), "{name} is not among {seen:?}");
    }
}
