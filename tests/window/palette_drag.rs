//! Tools dragged from the grid onto the canvas make something there.
use crate::support::app::*;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;
use palisade::model::ElementKind;

/// Drags the button of a tool to a place.
fn drag_tool(window: &mut Window, tool: &str, to: Pos2) {
    let from = window.get_by_label(&format!("{tool} tool")).rect().center();
    drag(window, from, to, true);
}

fn start_new() -> Window {
    let mut window = start(1280.0, 720.0, None);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    settle(&mut window);
    window
}

#[test]
fn a_tool_dropped_on_the_canvas_makes_a_member_of_what_is_there() {
    let mut window = start_new();
    drag_tool(&mut window, "Boundary", Pos2::new(600.0, 300.0));
    window.key_press(Key::Enter);
    settle(&mut window);
    drag_tool(&mut window, "Store", Pos2::new(600.0, 300.0));
    let model = app(&window).model();
    assert_eq!((model.boundaries.len(), model.elements.len()), (1, 1));
    let element = model.elements.values().next().unwrap();
    assert_eq!(element.kind, ElementKind::DataStore);
    assert_eq!(element.boundary.as_ref(), model.boundaries.keys().next(), "dropped into the boundary");
    assert_eq!(app(&window).selection().single(), model.elements.keys().next(), "and ready for its name");
}

#[test]
fn a_tool_let_go_of_beside_the_canvas_makes_nothing() {
    let mut window = start_new();
    drag_tool(&mut window, "Process", Pos2::new(100.0, 600.0));
    assert!(app(&window).model().elements.is_empty());
    window.get_by_label("Process tool").click();
    settle(&mut window);
    assert!(app(&window).model().elements.is_empty(), "a click only takes the tool");
}

#[test]
fn a_tool_dropped_on_a_flow_is_put_into_it() {
    let mut window = start_new();
    for (tool, x) in [("Entity", 460.0), ("Process", 860.0)] {
        drag_tool(&mut window, tool, Pos2::new(x, 300.0));
        window.key_press(Key::Enter);
        settle(&mut window);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut window);
    window.key_press(Key::F);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(app(&window).model().flows.len(), 1);
    let steps = app(&window).model().clone();
    drag_tool(&mut window, "Store", Pos2::new(660.0, 300.0));
    window.key_press(Key::Enter);
    settle(&mut window);
    let model = app(&window).model();
    let store = model.elements.iter().find(|(_, e)| e.kind == ElementKind::DataStore).expect("it was made").0;
    let ends: Vec<_> = model.flows.values().map(|f| (f.from.as_ref() == Some(store), f.to.as_ref() == Some(store))).collect();
    assert!(ends.contains(&(true, false)) && ends.contains(&(false, true)) && ends.len() == 2, "{ends:?}");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(*app(&window).model(), steps, "one step");
}
