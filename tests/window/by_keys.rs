//! What must be there on the canvas, by the keys people try first: each does what it says, in the whole window.

use crate::support::app::{Window, app, drag, key as keys, open, oracle, settle, start, undo_what_was_told};
use crate::support::dsl::id;
use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::*;
use palisade::storage::Encoding;
use palisade::theme::Theme;
use palisade::ui::style;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

fn bytes(window: &Window) -> String {
    Encoding::Ron.write(app(window).model()).unwrap()
}

/// Where an element, told by its kind and name, is on the screen.
fn at(window: &Window, told: &str) -> egui::Rect {
    window.get_all_by_label_contains(told).next().unwrap_or_else(|| panic!("{told} is drawn")).rect()
}

fn click(window: &mut Window, pos: Pos2, modifiers: Modifiers) {
    window.hover_at(pos);
    window.run();
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        window.run();
    }
    settle(window);
}

fn take(window: &mut Window, told: &str) {
    let pos = at(window, told).center();
    click(window, pos, Modifiers::NONE);
}

/// Selects the cache and the log store.
fn take_both_stores(window: &mut Window) {
    take(window, "Data store Session cache");
    let log = at(window, "Data store Log store").center();
    click(window, log, Modifiers::SHIFT);
}

fn scale(window: &Window) -> f32 {
    let said = window.get_by_label("Zoom to 100 %").accesskit_node().value().unwrap_or_default();
    said.trim_end_matches(" %").parse().unwrap()
}

fn place(window: &Window, item: &str) -> palisade::geometry::Rect {
    let model = app(window).model();
    model
        .placements
        .iter()
        .find(|(key, _)| key.item == Id::from(item))
        .map(|(key, _)| model.rect_of(&key.diagram, &key.item))
        .unwrap()
        .unwrap()
}

#[test]
fn shift_and_a_number_looks_at_all_at_what_is_selected_or_at_full_size() {
    let mut window = shop();
    let whole = scale(&window);
    take(&mut window, "Data store Session cache");
    keys(&mut window, Modifiers::SHIFT, Key::Num2);
    let (near, cache) = (scale(&window), at(&window, "Data store Session cache"));
    assert!(near > whole, "{near} after {whole}");
    assert!(cache.width() > 100.0, "it fills the view: {cache:?}");
    keys(&mut window, Modifiers::SHIFT, Key::Num0);
    assert_eq!(scale(&window), 100.0);
    keys(&mut window, CTRL, Key::Plus);
    assert!(scale(&window) > 100.0);
    keys(&mut window, CTRL, Key::Minus);
    assert_eq!(scale(&window), 100.0);
    keys(&mut window, Modifiers::SHIFT, Key::Num1);
    assert_eq!(scale(&window), whole);
}

#[test]
fn the_middle_button_drags_the_view_and_nothing_else() {
    let mut window = shop();
    let before = bytes(&window);
    let from = at(&window, "Process Order service").center();
    let to = from + vec2(60.0, 40.0);
    let button = |window: &mut Window, pos: Pos2, pressed: bool| {
        window.event(Event::PointerButton { pos, button: PointerButton::Middle, pressed, modifiers: Modifiers::NONE });
        window.run();
    };
    window.hover_at(from);
    window.run();
    button(&mut window, from, true);
    window.hover_at(from + vec2(30.0, 20.0));
    window.run();
    window.hover_at(to);
    window.run();
    button(&mut window, to, false);
    settle(&mut window);
    assert!(at(&window, "Process Order service").center().distance(to) < 2.0);
    assert_eq!((bytes(&window), app(&window).selection().items.len()), (before, 0));
}

#[test]
fn undo_and_redo_by_every_key_and_in_the_middle_of_a_drag() {
    let mut window = shop();
    let before = bytes(&window);
    let from = at(&window, "Data store Session cache").center();
    drag(&mut window, from, from + vec2(64.0, 0.0), true);
    let moved = bytes(&window);
    assert_ne!(moved, before);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(bytes(&window), before);
    keys(&mut window, CTRL, Key::Y);
    assert_eq!(bytes(&window), moved);
    keys(&mut window, CTRL, Key::Z);
    keys(&mut window, CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(bytes(&window), moved);
    // Held in the hand: the drag alone is taken back, and letting go does nothing.
    let from = at(&window, "Process Order service").center();
    drag(&mut window, from, from + vec2(90.0, 30.0), false);
    assert_ne!(bytes(&window), moved, "it is seen while it is dragged");
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(bytes(&window), moved);
    window.drop_at(from + vec2(120.0, 60.0));
    settle(&mut window);
    assert_eq!(bytes(&window), moved);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(bytes(&window), before);
}

#[test]
fn undo_selects_again_what_was_selected_before_the_step() {
    let mut window = shop();
    take_both_stores(&mut window);
    let chosen = app(&window).selection().clone();
    keys(&mut window, CTRL, Key::D);
    assert_ne!(app(&window).selection(), &chosen, "the copies");
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(app(&window).selection(), &chosen);
    // A boundary and the name typed for it are one step.
    key(&mut window, Key::B);
    window.event(Event::Text("Pair".into()));
    settle(&mut window);
    key(&mut window, Key::Enter);
    key(&mut window, Key::Escape);
    assert!(app(&window).model().boundaries.values().any(|b| b.name == "Pair"));
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(app(&window).selection(), &chosen);
    key(&mut window, Key::Delete);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(app(&window).selection(), &chosen, "what was deleted is there again, and selected");
}

#[test]
fn what_is_undone_and_done_again_is_seen_wherever_one_is() {
    let mut window = shop();
    window.get_by_label("Add a diagram").click_accesskit();
    settle(&mut window);
    keys(&mut window, CTRL, Key::PageUp);
    let before = place(&window, "cache");
    take(&mut window, "Data store Session cache");
    key(&mut window, Key::ArrowRight);
    let after = place(&window, "cache");
    assert_ne!(after, before);
    for (modifiers, told, cache) in [(CTRL, "Undone on “", before), (CTRL_SHIFT, "Done again on “", after)] {
        keys(&mut window, CTRL, Key::PageDown);
        assert!(window.query_by_label_contains("Data store Session cache").is_none(), "the other diagram is empty");
        keys(&mut window, modifiers, Key::Z);
        assert_eq!(place(&window, "cache"), cache);
        at(&window, "Data store Session cache");
        window.get_by_label_contains(told);
    }
    window.get_by_label("Collapse Data network").click_accesskit();
    settle(&mut window);
    window.get_by_label("Expand Data network");
    keys(&mut window, CTRL, Key::PageDown);
    keys(&mut window, CTRL, Key::Z);
    at(&window, "Data store Session cache");
}

#[test]
fn what_is_selected_stays_where_it_is_while_one_zooms_by_key() {
    let mut window = shop();
    take(&mut window, "Data store Log store");
    let before = at(&window, "Data store Log store").center();
    for zoomed in [Key::Plus, Key::Plus, Key::Minus, Key::Num0] {
        keys(&mut window, CTRL, zoomed);
        settle(&mut window);
        let now = at(&window, "Data store Log store").center();
        assert!(now.distance(before) < 2.0, "{zoomed:?}: {before:?} became {now:?}");
    }
}

#[test]
fn two_are_aligned_and_spread_and_one_is_sized_by_keys() {
    let mut window = shop();
    take_both_stores(&mut window);
    assert_eq!(app(&window).selection().items.len(), 2);
    let edges = |window: &Window| (place(window, "cache"), place(window, "logs"));
    let (cache, log) = edges(&window);
    for (held, which, same) in [
        (Modifiers::ALT, Key::D, (|r| r.right()) as fn(palisade::geometry::Rect) -> f32),
        (Modifiers::ALT, Key::A, |r| r.x),
        (Modifiers::ALT, Key::H, |r| r.center().x),
        (Modifiers::ALT, Key::W, |r| r.y),
    ] {
        keys(&mut window, held, which);
        let (a, b) = edges(&window);
        assert!((same(a) - same(b)).abs() < 0.01, "Alt+{which:?}: {a:?} {b:?}");
        while edges(&window) != (cache, log) {
            keys(&mut window, CTRL, Key::Z);
        }
    }
}

#[test]
fn a_flow_changes_its_style_its_heads_and_its_course_by_keys() {
    let mut window = shop();
    let route = |window: &Window| {
        let model = app(window).model();
        let found = model.placements.iter().find(|(key, _)| key.item == Id::from("f1")).map(|(_, placed)| placed.clone());
        match found {
            Some(Placement::Route(route)) => route,
            other => panic!("{other:?}"),
        }
    };
    take(&mut window, "Data flow Browse and order");
    assert_eq!(app(&window).selection().items.iter().map(Id::as_str).collect::<Vec<_>>(), ["f1"]);
    let (style, both) = (route(&window).style, app(&window).model().flows[&Id::from("f1")].bidirectional);
    keys(&mut window, Modifiers::SHIFT, Key::F);
    assert_ne!(route(&window).style, style);
    keys(&mut window, CTRL, Key::B);
    let flow = &app(&window).model().flows[&Id::from("f1")];
    assert!(flow.bidirectional != both || route(&window) != Route::default(), "heads at both ends");
    keys(&mut window, CTRL, Key::Z);
    keys(&mut window, CTRL, Key::Z);
    assert_eq!(route(&window).style, style);
}

#[test]
fn a_name_is_opened_by_each_of_its_keys_and_kept_or_not() {
    let mut window = shop();
    let name = |window: &Window| app(window).model().elements[&id("cache")].name.clone();
    take(&mut window, "Data store Session cache");
    for opening in [Key::F2, Key::Enter] {
        key(&mut window, opening);
        window.event(Event::Text("Cache 1".into()));
        settle(&mut window);
        keys(&mut window, CTRL, Key::Enter);
        assert_eq!(name(&window), "Cache 1", "{opening:?}");
        keys(&mut window, CTRL, Key::Z);
        assert_eq!(name(&window), "Session cache");
        key(&mut window, opening);
        window.event(Event::Text("Never".into()));
        settle(&mut window);
        key(&mut window, Key::Escape);
        assert_ne!(name(&window), "", "{opening:?}");
        while name(&window) != "Session cache" {
            keys(&mut window, CTRL, Key::Z);
        }
        take(&mut window, "Data store Session cache");
    }
}

#[test]
fn escape_ends_a_name_just_begun_and_keeps_what_is_typed() {
    let mut window = shop();
    key(&mut window, Key::Escape);
    let free = pos2(700.0, 160.0);
    window.event(Event::PointerMoved(free));
    settle(&mut window);
    key(&mut window, Key::P);
    window.event(Event::Text("Loyalty".into()));
    settle(&mut window);
    key(&mut window, Key::Escape);
    assert!(app(&window).model().elements.values().any(|e| e.name == "Loyalty"));
    keys(&mut window, CTRL, Key::Z);
    assert!(app(&window).model().elements.values().all(|e| e.name != "Loyalty" && !e.name.is_empty()), "one step");
}

#[test]
fn an_element_that_is_moved_onto_a_flow_and_into_it_says_so() {
    let mut window = shop();
    let before = app(&window).model().clone();
    let flow = at(&window, "Data flow Browse and order").center();
    let store = at(&window, "Data store Session cache").center();
    drag(&mut window, store, flow, true);
    assert_eq!(app(&window).model().flows.len(), before.flows.len() + 1);
    window.get_by_label("“Session cache” was put into the data flow it was dropped on.");
    undo_what_was_told(&mut window);
    assert!(*app(&window).model() == before);
}

#[test]
fn the_grid_the_canvas_alone_and_pictures_have_their_keys() {
    let mut window = shop();
    let before = bytes(&window);
    keys(&mut window, CTRL, Key::Period);
    assert!(window.query_by_label("Process tool").is_none(), "only the canvas");
    key(&mut window, Key::F11);
    assert!(window.query_by_label("Process tool").is_some(), "and everything again");
    take(&mut window, "Data store Session cache");
    // As SVG: text on the clipboard.
    let modifiers = Modifiers { shift: true, ..Modifiers::ALT };
    window.event(Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers });
    let mut copied = None;
    for _ in 0..4 {
        window.step();
        let commands = &window.output().platform_output.commands;
        copied = copied
            .or(commands.iter().find_map(|c| if let OutputCommand::CopyText(text) = c { Some(text.clone()) } else { None }));
    }
    settle(&mut window);
    assert!(copied.is_some_and(|text| text.contains("<svg")), "a picture as text");
    assert_eq!(bytes(&window), before);
}

#[test]
fn the_window_wears_what_the_system_wears_until_told_otherwise() {
    let mut window = shop();
    let worn = |window: &Window| style::theme_of(&window.ctx.global_style().visuals);
    for (system, wanted) in [(egui::Theme::Dark, Theme::Dark), (egui::Theme::Light, Theme::Light)] {
        window.input_mut().system_theme = Some(system);
        settle(&mut window);
        window.step();
        assert_eq!(worn(&window), wanted);
    }
    keys(&mut window, Modifiers { shift: true, ..Modifiers::ALT }, Key::D);
    assert_eq!(worn(&window), Theme::Dark);
    window.input_mut().system_theme = Some(egui::Theme::Light);
    settle(&mut window);
    assert_eq!(worn(&window), Theme::Dark, "what somebody chose stays");
}

#[test]
fn a_threat_is_about_something_and_its_key_says_so() {
    let mut window = shop();
    window.key_press(egui::Key::T);
    settle(&mut window);
    assert!(window.query_by_label_contains("Select an element, a flow or a boundary first").is_some());
}
