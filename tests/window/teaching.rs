//! Learning by doing: patterns, prompt cards, the tour, and the form that makes a sentence of a threat.

use crate::support::app::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::model::{Category, Dimension};
use palisade::ui::{Command, Page};

fn show(window: &mut Window, page: Page) {
    window.state_mut().as_mut().unwrap().ask_for(Command::Page(page));
    settle(window);
}

fn empty() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    settle(&mut window);
    window
}

fn shop() -> Window {
    let mut window = start(1600.0, 1400.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

#[test]
fn a_pattern_is_put_on_the_diagram_with_one_step_and_another_beside_it() {
    let mut window = empty();
    show(&mut window, Page::Patterns);
    click(&mut window, "Add Web, API and database");
    let model = app(&window).model();
    assert_eq!((model.elements.len(), model.flows.len(), model.boundaries.len()), (4, 3, 2));
    assert!(app(&window).assessment().totals.risk.counts.total() > 5, "it has threats at once");
    assert_eq!(app(&window).selection().items.len(), 9);
    click(&mut window, "Add Queue and worker");
    let model = app(&window).model();
    assert_eq!(model.elements.len(), 8);
    let diagram = model.diagram_order().remove(0);
    let rects: Vec<_> = model.elements.keys().filter_map(|id| model.rect_of(&diagram, id)).collect();
    let apart = |a: &palisade::geometry::Rect, b: &palisade::geometry::Rect| a == b || !a.intersects(*b);
    assert!(rects.iter().all(|a| rects.iter().all(|b| apart(a, b))), "{rects:?}");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(app(&window).model().elements.is_empty());
}

#[test]
fn a_pattern_dragged_stands_where_it_is_let_go_of() {
    let mut window = empty();
    show(&mut window, Page::Patterns);
    let from = window.get_by_label("Add Reverse proxy").rect().center();
    let to = egui::pos2(800.0, 400.0);
    drag(&mut window, from, to, true);
    let model = app(&window).model();
    assert_eq!(model.elements.len(), 3);
}

#[test]
fn a_card_leads_to_its_places_and_to_a_threat_of_its_category() {
    let mut window = shop();
    show(&mut window, Page::Cards);
    assert!(window.query_by_label_contains("The borrowed badge").is_some());
    click(&mut window, "Next card");
    assert!(window.query_by_label_contains("The costume").is_some());
    click(&mut window, "Card before");
    click(&mut window, "Card before");
    assert!(window.query_by_label_contains("Seventy-two hours").is_some(), "before the first one is the last");
    click(&mut window, "Next card");
    click(&mut window, "Select all places of this card");
    let all = app(&window).selection().items.len();
    assert!(all > 1, "{all}");
    click(&mut window, "Next place of this card");
    let at = app(&window).selection().single().cloned().expect("one place");
    let before = app(&window).model().threats.len();
    click(&mut window, "It could happen here");
    window.get_by_label("Title of the new threat").type_text("use a password leaked elsewhere");
    settle(&mut window);
    press(&mut window, "Add threat");
    let model = app(&window).model();
    assert_eq!(model.threats.len(), before + 1);
    let threat = model.threats.values().find(|t| t.title.contains("leaked elsewhere")).unwrap();
    assert_eq!((threat.categories.as_slice(), threat.targets.contains(&at)), (&[Category::S][..], true));
    assert!(
        threat.description.starts_with("Somebody with anonymous access could use a password leaked"),
        "{}",
        threat.description
    );
    assert_eq!(threat.hits.get(Dimension::A), 0.0, "spoofing harms no availability by itself");
}

#[test]
fn the_tour_goes_once_around_and_leaves_all_as_it_was() {
    let mut window = start(1280.0, 720.0, None);
    window.state_mut().as_mut().unwrap().ask_for(Command::Tour);
    settle(&mut window);
    assert!(window.query_all_by_label_contains("A system, drawn").next().is_some());
    let before = app(&window).model().clone();
    // By keyboard too: the keys of the canvas stay with the canvas.
    let says = |window: &Window, words: &str| window.query_by_label_contains(words).is_some();
    window.key_press(egui::Key::PageDown);
    settle(&mut window);
    assert!(says(&window, "2 of 8"));
    window.key_press(egui::Key::PageUp);
    settle(&mut window);
    assert!(says(&window, "1 of 8"));
    for _ in 0..7 {
        press(&mut window, "Next");
    }
    assert!(window.query_by_label_contains("8 of 8").is_some());
    press(&mut window, "Done");
    assert!(window.query_all_by_label_contains("Handing it over").next().is_none());
    assert!(app(&window).model() == &before && !app(&window).is_dirty(), "looking changes nothing");
}
