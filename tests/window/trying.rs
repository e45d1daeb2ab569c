//! Trying things out in the window, and the roadmap of the next best controls.

use crate::support::app::{Window, app, click, open, oracle, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::*;

const CTRL: Modifiers = Modifiers::COMMAND;
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn what_is_tried_shows_its_outcome_and_is_dropped_without_a_trace() {
    let mut window = shop();
    let before = app(&window).model().clone();
    let load = app(&window).assessment().totals.risk.load;
    keys(&mut window, ALT_SHIFT, Key::T);
    assert!(says(&window, "Only tried out") && says(&window, "Change anything"));
    keys(&mut window, CTRL, Key::Num8);
    click(&mut window, "It has: bearer token: Forwarded requests enters Shop web application without authentication");
    assert_ne!(app(&window).assessment().totals.risk.load, load);
    assert!(says(&window, &format!("Load {load:.0} →")), "the strip tells the outcome");
    // Nothing is stored meanwhile.
    keys(&mut window, CTRL, Key::S);
    click(&mut window, "Drop what was tried");
    assert_eq!(app(&window).model(), &before);
    assert_eq!(app(&window).assessment().totals.risk.load, load);
    assert!(!says(&window, "Only tried out"));
}

#[test]
fn what_is_kept_is_one_undo_step() {
    let mut window = shop();
    let before = app(&window).model().clone();
    keys(&mut window, ALT_SHIFT, Key::T);
    keys(&mut window, CTRL, Key::Num8);
    click(&mut window, "It has: bearer token: Forwarded requests enters Shop web application without authentication");
    click(&mut window, "It has: shared secret: Sessions enters Session cache without authentication");
    let after = app(&window).model().clone();
    click(&mut window, "Keep what was tried");
    assert_eq!(app(&window).model(), &after);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(app(&window).model(), &before);
}

#[test]
fn the_roadmap_is_found_beside_the_window_tried_and_planned() {
    let mut window = shop();
    keys(&mut window, CTRL, Key::Num7);
    click(&mut window, "Find the next best controls");
    settle(&mut window);
    let steps = window.query_all_by_label_contains("Step 1: ").filter_map(|n| n.accesskit_node().label()).collect::<Vec<_>>();
    assert_eq!(steps.len(), 1, "{steps:?}");
    let load = app(&window).assessment().totals.risk.load;
    click(&mut window, "Try step 1");
    assert!(app(&window).assessment().totals.risk.load < load, "tried controls work");
    click(&mut window, "Drop what was tried");
    assert_eq!(app(&window).assessment().totals.risk.load, load);
    let count = app(&window).model().instances.len();
    click(&mut window, "Plan step 1");
    let model = app(&window).model();
    assert!(model.instances.len() > count);
    assert!(model.instances.values().filter(|i| i.status == ControlStatus::Planned).count() > 0);
    assert_eq!(app(&window).assessment().totals.risk.load, load, "a plan does nothing today");
}

#[test]
fn risk_is_seen_before_controls_and_planned_and_nothing_else_changes() {
    let mut window = shop();
    let model = app(&window).model().clone();
    let today = app(&window).assessment().totals.clone();
    keys(&mut window, Modifiers::ALT, Key::Num1);
    assert!(says(&window, &format!("{:.0} here", today.inherent_load)), "the strip tells the load before controls");
    keys(&mut window, Modifiers::ALT, Key::Num2);
    assert!(!says(&window, "Risk as of"));
    // The target needs a roadmap first.
    keys(&mut window, Modifiers::ALT, Key::Num4);
    assert!(!says(&window, "Risk as of"));
    keys(&mut window, CTRL, Key::Num7);
    click(&mut window, "Find the next best controls");
    settle(&mut window);
    keys(&mut window, Modifiers::ALT, Key::Num4);
    assert!(says(&window, "Risk as of"));
    click(&mut window, "Risk today");
    assert_eq!(app(&window).model(), &model);
    assert_eq!(app(&window).assessment().totals, today);
}
