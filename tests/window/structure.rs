//! The tree of the model, the tabs of its diagrams and the filters of its threats, by accessible names.
use crate::support::app::*;
use crate::support::dsl::{MAIN, id, model};
use egui::{Event, Key, Modifiers, OutputCommand, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::*;

/// A shop whose Web is decomposed into Cart and Till; the DB is shown on both diagrams.
fn decomposed() -> ThreatModel {
    let shop =
        model("Shop").boundary("Cloud", 2).entity("Customer").process("Web").inside("Cloud").process("Cart").process("Till");
    let mut m = shop.store("DB").flow("Customer", "Web").flow("Web", "DB").build();
    m.diagrams.insert(id("Inside"), Diagram { name: "Inside".into(), of: Some(id("Web")), order: 1, ..Diagram::default() });
    for (n, part) in ["Cart", "Till"].into_iter().enumerate() {
        m.elements.get_mut(&id(part)).unwrap().parent = Some(id("Web"));
        m.placements.remove(&PlacementKey::new(MAIN, id(part)));
        let place = palisade::geometry::rect(240.0 * n as f32, 0.0, 140.0, 64.0);
        m.placements.insert(PlacementKey::new("inside", id(part)), Placement::Box(place));
    }
    let place = palisade::geometry::rect(600.0, 0.0, 140.0, 64.0);
    m.placements.insert(PlacementKey::new("inside", id("DB")), Placement::Box(place));
    assert_eq!(check(&m), []);
    m
}

fn row(window: &Window, name: &str) -> Rect {
    window.get_by_label(name).rect()
}

fn combined(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

#[test]
fn parts_stand_under_their_whole_and_fold_with_it() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let (web, cart, till) = (row(&window, "Web"), row(&window, "Cart"), row(&window, "Till"));
    assert!(web.top() < cart.top() && cart.top() < till.top() && till.top() - web.top() < 60.0, "{web:?} {cart:?} {till:?}");
    let level = |name: &str| window.get_by_label(name).accesskit_node().level();
    assert_eq!((level("Web"), level("Cart")), (Some(2), Some(3)));
    click(&mut window, "Collapse Web");
    assert!(window.query_by_label("Cart").is_none());
    click(&mut window, "Expand Web");
    assert!(window.query_by_label("Cart").is_some());
}

#[test]
fn what_several_diagrams_show_says_which() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let said = |name: &str| window.get_by_label(name).accesskit_node().description().unwrap_or_default();
    assert!(said("DB").contains("on 2 diagrams"), "{}", said("DB"));
    assert!(!said("Web").contains("diagrams"));
    let at = row(&window, "DB").center();
    window.hover_at(at);
    (0..60).for_each(|_| window.step());
    assert!(window.query_by_label_contains("On Main, Inside.").is_some());
}

#[test]
fn a_row_dragged_onto_the_canvas_shows_the_element_there() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let from = row(&window, "Cart").center();
    let canvas = window.get_all_by_label("Diagram Main").map(|node| node.rect());
    let canvas = canvas.max_by(|a, b| a.area().total_cmp(&b.area())).expect("the canvas");
    drag(&mut window, from, canvas.center_bottom() - egui::vec2(0.0, 60.0), true);
    assert!(app(&window).model().placement(&MAIN.into(), &id("Cart")).is_some());
    let shown: Vec<Id> = app(&window).model().shown_on(&id("Cart"));
    assert_eq!(shown.len(), 2, "and stays on the other");
    combined(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(app(&window).model().placement(&MAIN.into(), &id("Cart")).is_none());
}

#[test]
fn ctrl_enter_opens_the_detail_or_makes_one_and_ctrl_bracket_leads_out() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    click(&mut window, "Web");
    combined(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(window.query_by_label_contains("Process Cart").is_some(), "the diagram it has");
    combined(&mut window, Modifiers::COMMAND, Key::OpenBracket);
    assert!(window.query_by_label_contains("External entity Customer").is_some());
    click(&mut window, "DB");
    let before = app(&window).model().diagrams.len();
    combined(&mut window, Modifiers::COMMAND, Key::Enter);
    let made = app(&window).model().diagrams.values().find(|d| d.of.as_ref() == Some(&id("DB")));
    assert!(made.is_some() && app(&window).model().diagrams.len() == before + 1, "the first time it is made");
}

#[test]
fn a_tab_dragged_past_another_takes_its_place() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    assert_eq!(app(&window).model().diagram_order(), [Id::from(MAIN), id("Inside")]);
    // The canvas has the name of what it shows as well.
    let tabs = window.get_all_by_label("Diagram Main").map(|node| node.rect());
    let main = tabs.min_by(|a, b| a.area().total_cmp(&b.area())).expect("a tab");
    let (from, to) = (main.center(), row(&window, "Diagram Inside").right_center());
    drag(&mut window, from, to - egui::vec2(4.0, 0.0), true);
    assert_eq!(app(&window).model().diagram_order(), [id("Inside"), Id::from(MAIN)]);
    combined(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(app(&window).model().diagram_order(), [Id::from(MAIN), id("Inside")], "one step");
}

#[test]
fn filter_chips_narrow_the_threats_and_say_how_many_are_left() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let all = app(&window).assessment().findings.len();
    if window.query_by_label("Filter threats").is_none() {
        combined(&mut window, Modifiers::COMMAND, Key::J);
    }
    let count = |window: &Window| {
        let words = format!(" of {all}");
        let said = window.query_by_label_contains(&words);
        said.and_then(|node| node.accesskit_node().label().or(node.accesskit_node().value())).unwrap_or_default()
    };
    assert_eq!(count(&window), "", "all of them need no number");
    click(&mut window, "Medium and up");
    let medium = count(&window);
    let shown: usize = medium.split(' ').next().unwrap().parse().unwrap();
    let expected = app(&window).assessment().findings.values().filter(|f| f.counts() && f.band() >= Band::Medium).count();
    assert!(shown < all && shown >= expected.min(1), "{medium}");
    click(&mut window, "Crossing");
    let both: usize = count(&window).split(' ').next().unwrap().parse().unwrap();
    assert!(both <= shown);
    click(&mut window, "Medium and up");
    click(&mut window, "Crossing");
    assert_eq!(count(&window), "");
}

#[test]
fn the_copy_keys_copy_cut_duplicate_and_paste_in_place() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let elements = |window: &Window| app(window).model().elements.len();
    let copied = |window: &Window| {
        let commands = &window.output().platform_output.commands;
        commands.iter().find_map(|c| if let OutputCommand::CopyText(text) = c { Some(text.clone()) } else { None })
    };
    window.get_by_label_contains("External entity Customer").click();
    settle(&mut window);
    let before = elements(&window);
    combined(&mut window, Modifiers::COMMAND, Key::D);
    assert_eq!(elements(&window), before + 1, "Ctrl+D");
    combined(&mut window, Modifiers::COMMAND, Key::Z);
    window.get_by_label_contains("External entity Customer").click();
    settle(&mut window);
    window.event(Event::Copy);
    window.step();
    let text = copied(&window).expect("Ctrl+C puts it on the clipboard");
    settle(&mut window);
    window.event(Event::Paste(text));
    settle(&mut window);
    assert_eq!(elements(&window), before + 1, "Ctrl+V");
    window.event(Event::Cut);
    settle(&mut window);
    assert_eq!(elements(&window), before, "Ctrl+X takes the copy away, which was selected");
}

#[test]
fn a_row_dragged_onto_a_boundary_belongs_to_it_and_onto_nothing_to_none() {
    let (mut window, _folder) = opened(&decomposed(), 1280.0, 720.0);
    let home = |window: &Window, name: &str| app(window).model().elements[&id(name)].boundary.clone();
    assert_eq!(home(&window, "DB"), None);
    let (from, to) = (row(&window, "DB").center(), row(&window, "Cloud").center());
    drag(&mut window, from, to, true);
    assert_eq!(home(&window, "DB"), Some(id("Cloud")));
    combined(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(home(&window, "DB"), None, "it was one step");
    // Onto a neighbour it comes to where that one is.
    let (from, to) = (row(&window, "DB").center(), row(&window, "Web").center());
    drag(&mut window, from, to, true);
    assert_eq!(home(&window, "DB"), Some(id("Cloud")));
    // A boundary does not come to be within itself.
    let before = app(&window).model().clone();
    let (from, to) = (row(&window, "Cloud").center(), row(&window, "Web").center());
    drag(&mut window, from, to, true);
    assert!(app(&window).model() == &before);
}
