//! The menus at the pointer.

use crate::support::app::{Window, app, open, oracle, settle, start};
use egui::{Event, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::Queryable;
use palisade::model::ElementKind;

fn other_click(window: &mut Window, pos: Pos2) {
    window.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos, button: PointerButton::Secondary, pressed, modifiers: Modifiers::NONE });
        window.run();
    }
}

#[test]
fn the_other_button_selects_and_offers_what_fits() {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    let at = window.query_all_by_label_contains("Data store Session cache").next().unwrap().rect().center();
    other_click(&mut window, at);
    assert_eq!(app(&window).selection().items.len(), 1, "what is under the pointer is selected");
    // The bar above the selection has one of the same name.
    let entries = window.query_all_by_label("Change the kind").count();
    window.query_all_by_label("Change the kind").max_by_key(|n| n.rect().width() as i32).unwrap().click();
    window.run();
    let id = app(&window).selection().single().cloned().unwrap();
    assert_eq!(app(&window).model().elements[&id].kind, ElementKind::ExternalEntity);
    assert_eq!(window.query_all_by_label("Change the kind").count(), entries - 1, "the menu is gone");
}

#[test]
fn on_the_ground_new_things_are_put_where_the_menu_is() {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    let before = app(&window).model().elements.len();
    other_click(&mut window, pos2(320.0, 90.0));
    window.get_by_label_contains("Process here").click();
    window.run();
    assert_eq!(app(&window).model().elements.len(), before + 1);
}

#[test]
fn rows_of_the_tree_and_tabs_offer_the_same_commands_with_their_keys() {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    let row = window.get_by_label("Session cache").rect().center();
    other_click(&mut window, row);
    assert!(app(&window).selection().items.is_empty(), "looking at the menu selects nothing");
    for entry in ["Edit label", "Duplicate", "Lock or unlock", "Copy style: lines, arrow heads, size", "Out of scope…"] {
        window.get_by_label(entry);
    }
    window.get_by_label("Duplicate").click();
    settle(&mut window);
    let model = app(&window).model();
    assert_eq!(model.elements.values().filter(|e| e.name.starts_with("Session cache")).count(), 2);

    let tab = window.query_all_by_label_contains("Diagram ").find(|n| n.rect().top() < 44.0).unwrap().rect().center();
    other_click(&mut window, tab);
    window.get_by_label("Duplicate this diagram").click();
    settle(&mut window);
    assert_eq!(app(&window).model().diagrams.len(), 2);
}

#[test]
fn out_of_scope_asks_why_and_the_same_entry_takes_it_back() {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    let scope = |window: &Window| {
        let element = app(window).model().elements.values().find(|e| e.name == "Session cache").unwrap();
        element.out_of_scope.clone()
    };
    for expected in [Some(String::new()), None] {
        let row = window.get_by_label("Session cache").rect().center();
        other_click(&mut window, row);
        window.get_by_label("Out of scope…").click();
        settle(&mut window);
        assert_eq!(scope(&window), expected);
    }
}
