//! Threats and controls on the canvas itself: the card of what is selected, and the silent one under the pointer.
#![cfg(feature = "gui")]

mod support;

use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::Queryable;
use palisade::model::*;
use palisade::risk::{Finding, RatedBy};
use std::path::Path;
use support::app::{Window, app, click, open, settle, start};

fn shop() -> Window {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron"));
    window
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

fn element(window: &Window, name: &str) -> Id {
    let found = app(window).model().elements.iter().find(|(_, e)| e.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).0.clone()
}

fn counting(window: &Window, id: &Id) -> Vec<Finding> {
    app(window).assessment().at(id).filter(|f| f.counts()).cloned().collect()
}

fn decision(window: &Window, key: &ThreatKey) -> Decision {
    app(window).model().decisions.get(key).cloned().unwrap_or_default()
}

/// Where something called like this is on the screen.
fn place(window: &Window, label: &str) -> Rect {
    let bounds = window.get_by_label_contains(label).rect();
    Rect::from_min_max(Pos2::new(bounds.left(), bounds.top()), Pos2::new(bounds.right(), bounds.bottom()))
}

#[test]
fn every_decision_has_a_key_and_the_next_threat_is_one_key_away() {
    let mut window = shop();
    window.get_by_label_contains("Process Order service").click();
    settle(&mut window);
    let here = counting(&window, &element(&window, "Order service"));
    let (first, second, third) = (here[0].key.clone(), here[1].key.clone(), here[2].key.clone());
    let before = decision(&window, &second).disposition;
    key(&mut window, Key::Period);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&second), "the second worst");
    key(&mut window, Key::R);
    assert_eq!(decision(&window, &second).disposition, Disposition::Transfer);
    key(&mut window, Key::R);
    assert_eq!(decision(&window, &second).disposition, Disposition::Open, "the same key takes it back");
    key(&mut window, Key::A);
    assert_eq!(decision(&window, &second).disposition, Disposition::Accept);
    key(&mut window, Key::Period);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&third));
    for _ in 0..5 {
        key(&mut window, Key::Comma);
    }
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&first), "stops at the worst");
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert_eq!(decision(&window, &second).disposition, before);
}

#[test]
fn a_threat_is_scored_with_three_keys_and_goes_back_to_the_method_with_one() {
    let mut window = shop();
    window.get_by_label_contains("Data store Session cache").click();
    settle(&mut window);
    let id = element(&window, "Session cache");
    let threat = counting(&window, &id)[0].key.clone();
    let by_method = app(&window).assessment().findings[&threat].current;
    for press in [Key::L, Key::Num2, Key::Num4] {
        key(&mut window, press);
    }
    let levels = decision(&window, &threat).level_override.expect("set by hand");
    assert_eq!((levels.likelihood, levels.impact), (2, 4));
    let now = &app(&window).assessment().findings[&threat];
    assert_eq!((now.rated_by, now.current.likelihood, now.current.impact), (RatedBy::Decision, 2, 4));
    window.get_by_label("Reason for the levels").focus();
    settle(&mut window);
    window.get_by_label("Reason for the levels").type_text("Internal only");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_eq!(decision(&window, &threat).level_override.unwrap().reason, "Internal only");
    click(&mut window, "Back to the method");
    assert_eq!(decision(&window, &threat).level_override, None);
    assert_eq!(app(&window).assessment().findings[&threat].current, by_method);
}

#[test]
fn the_card_never_covers_what_it_is_about_and_stays_where_it_is() {
    let mut window = shop();
    let names: Vec<String> = app(&window).model().elements.values().map(|e| format!("{} {}", e.kind.label(), e.name)).collect();
    for name in names {
        window.get_by_label_contains(&name).click();
        settle(&mut window);
        if window.query_by_label("Close the card").is_none() {
            continue;
        }
        let item = place(&window, &name);
        let corner = |window: &Window| (place(window, "Close the card").right(), place(window, "Add a threat here").bottom());
        let left = |window: &Window| place(window, "Mitigate: ").left() - 8.0;
        let card = |w: &Window| {
            let (right, bottom) = corner(w);
            Rect::from_min_max(Pos2::new(left(w), place(w, "Close the card").top() - 6.0), Pos2::new(right + 6.0, bottom + 8.0))
        };
        let before = card(&window);
        assert!(!before.intersects(item), "{name}: {before:?} over {item:?}");
        assert!(window.ctx.content_rect().contains_rect(before), "{name}: {before:?} leaves the window");
        key(&mut window, Key::L);
        assert!(!card(&window).intersects(item), "{name}, while scoring");
        key(&mut window, Key::Escape);
        assert!(card(&window).min.distance(before.min) < 1.0, "{name}: it came back to another place");
        while !app(&window).selection().items.is_empty() {
            key(&mut window, Key::Escape);
        }
    }
}

#[test]
fn boundaries_and_flows_have_a_card_too() {
    let mut window = shop();
    window.get_by_label_contains("Trust boundary Data network").click();
    settle(&mut window);
    window.get_by_label_contains("Mitigate: ");
    let inside = app(&window).selection().single().cloned().unwrap();
    let worst = app(&window).assessment().boundaries[&inside].risk.findings[0].clone();
    key(&mut window, Key::A);
    assert_eq!(decision(&window, &worst).disposition, Disposition::Accept, "the worst inside");
    assert_eq!(app(&window).selection().single(), Some(&inside), "and the boundary stays selected");
    window.get_by_label_contains("Data flow Order records").click();
    settle(&mut window);
    window.get_by_label_contains("Mitigate: ");
}

#[test]
fn resting_on_a_thing_shows_a_silent_card_that_goes_with_the_first_press() {
    let mut window = shop();
    let at = place(&window, "Data flow Browse and order").center();
    window.hover_at(at);
    settle(&mut window);
    let shown = |window: &Window| window.query_by_label_contains("Internet (T0) → ").is_some();
    assert!(!shown(&window), "not at once");
    window.run_steps(45);
    assert!(shown(&window));
    assert_eq!(window.run(), 1, "it is still while it is shown");
    window.drag_at(at);
    window.run_steps(2);
    assert!(!shown(&window), "never in the way");
}
