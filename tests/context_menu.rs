//! The menus at the pointer.

#![cfg(feature = "gui")]

mod support;

use egui::{Event, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::Queryable;
use palisade::model::ElementKind;
use support::app::{Window, app, open, oracle, start};

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
