//! The pages on hygiene and the guide, in the whole window.

use crate::support::app::{Window, app, click, open, oracle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::Authn;

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn shows(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

/// The only control whose name begins so, in the order they are drawn the first.
fn first(window: &Window, beginning: &str) -> String {
    let names = window
        .query_all(egui_kittest::kittest::By::new().predicate(|node| node.label().is_some_and(|l| l.starts_with(beginning))));
    let name = names.filter_map(|node| node.accesskit_node().label()).next();
    name.unwrap_or_else(|| panic!("nothing is called “{beginning}…”"))
}

#[test]
fn a_problem_is_put_right_from_its_row_in_one_step() {
    let mut window = shop();
    shows(&mut window, Key::Num8);
    let row = first(&window, "Error, Change of trust without authentication: Forwarded requests");
    let flow = |window: &Window| {
        let flows = &app(window).model().flows;
        flows.values().find(|f| f.name == "Forwarded requests").map(|f| f.authn)
    };
    assert_eq!(flow(&window), Some(Authn::NoAuth));
    click(&mut window, "It has: bearer token: Forwarded requests enters Shop web application without authentication");
    assert_eq!(flow(&window), Some(Authn::Bearer));
    assert!(window.query_by_label(&row).is_none(), "it is not a problem any more");
    shows(&mut window, Key::Z);
    assert_eq!(flow(&window), Some(Authn::NoAuth));
    assert!(window.query_by_label(&row).is_some());
}

#[test]
fn a_row_leads_to_what_it_is_about() {
    let mut window = shop();
    shows(&mut window, Key::Num8);
    let row = first(&window, "Error, Change of trust without authentication: Sessions");
    click(&mut window, &row);
    let selected = app(&window).selection().single().cloned().unwrap();
    assert_eq!(app(&window).model().name_of(&selected), "Sessions");
}

#[test]
fn chips_hide_what_is_less_grave() {
    let mut window = shop();
    shows(&mut window, Key::Num8);
    let errors = first(&window, "10 error");
    click(&mut window, &errors);
    let of = |kind: &str| {
        window.query_all(egui_kittest::kittest::By::new().predicate(|n| n.label().is_some_and(|l| l.starts_with(kind)))).count()
    };
    assert_eq!(of("Error, "), 0);
    assert!(of("Warning, ") > 0);
}

#[test]
fn the_guide_says_what_is_next_and_leads_there() {
    let mut window = shop();
    shows(&mut window, Key::Num9);
    assert!(window.query_by_label("Next: 1. Scope and people").is_some());
    click(&mut window, "Stores with declared content, 4 of 5");
    let selected = app(&window).selection().single().cloned().unwrap();
    let element = &app(&window).model().elements[&selected];
    assert!(element.holds.is_empty(), "{} is the store without content", element.name);
    click(&mut window, "Decisions that still hold, done");
    assert!(window.query_all_by_label_contains(" warnings").count() > 0, "the list of what is to be put right");
}
