//! Registers as tables in the whole window: keys, the quick filter, cells that are written into, and what is remembered.

use crate::support::app::{Window, app, click, key, open, oracle, press, settle, start};
use egui::accesskit::Toggled;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::model::*;
use std::path::Path;

fn shop() -> Window {
    shop_in(None)
}

fn shop_in(folder: Option<&Path>) -> Window {
    let mut window = start(1600.0, 1000.0, folder);
    open(&mut window, &oracle("web-shop"));
    window
}

fn plain(window: &mut Window, which: Key) {
    key(window, Modifiers::NONE, which);
}

fn types(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    settle(window);
}

fn labels(window: &Window) -> Vec<String> {
    let all = window.query_all(By::new().predicate(|node| node.label().is_some()));
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

fn says(window: &Window, words: &str) -> bool {
    labels(window).iter().any(|label| label == words) || window.query_all(By::new().value(words)).count() > 0
}

/// The titles of the worst threats, as the register lists them.
fn worst(window: &Window, many: usize) -> Vec<(ThreatKey, String)> {
    let ranked = app(window).assessment().ranked();
    ranked.into_iter().take(many).map(|f| (f.key.clone(), f.title.clone())).collect()
}

/// Gives the keyboard to the row of the worst threat.
fn at_first(window: &mut Window) -> Vec<(ThreatKey, String)> {
    let rows = worst(window, 6);
    let row = window.get_all_by_label(&rows[0].1).max_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap();
    row.click();
    settle(window);
    rows
}

#[test]
fn rows_are_walked_chosen_and_written_into_with_the_keyboard_alone() {
    let mut window = shop();
    let rows = at_first(&mut window);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&rows[0].0));
    plain(&mut window, Key::ArrowDown);
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&rows[1].0));
    plain(&mut window, Key::Home);
    for _ in 0..3 {
        key(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    }
    let anchors: std::collections::BTreeSet<Id> = rows[..4].iter().map(|(key, _)| key.anchor.clone()).collect();
    assert_eq!(app(&window).selection().items, anchors, "what is chosen here is selected there");
    // To the column of owners, which is the last but one.
    for _ in 0..20 {
        plain(&mut window, Key::ArrowRight);
    }
    plain(&mut window, Key::ArrowLeft);
    let before = app(&window).model().clone();
    plain(&mut window, Key::Enter);
    assert!(says(&window, "New owner"), "a field opens");
    assert!(says(&window, "for 4 threats"));
    types(&mut window, "Grace Hopper");
    plain(&mut window, Key::Enter);
    let owners = |window: &Window| {
        let model = app(window).model();
        let decided = model.decisions.values().filter_map(|d| d.owner.as_ref());
        decided.filter(|id| model.name_of(id) == "Grace Hopper").count()
    };
    assert_eq!(owners(&window), 4);
    // On to the next cell with Tab.
    plain(&mut window, Key::Enter);
    plain(&mut window, Key::Tab);
    assert!(says(&window, "New due"));
    types(&mut window, "nonsense");
    plain(&mut window, Key::Enter);
    assert!(window.query_by_label_contains("“nonsense” is not a day").is_some(), "what is no day is told");
    plain(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(owners(&window), 0);
    assert!(*app(&window).model() == before, "one step back");
}

#[test]
fn the_quick_filter_is_reached_with_a_key_and_told_what_it_means() {
    let mut window = shop();
    let all = app(&window).assessment().findings.len();
    plain(&mut window, Key::Slash);
    types(&mut window, "cro");
    assert!(says(&window, "Search for crossing"), "what could come next is proposed");
    plain(&mut window, Key::ArrowDown);
    plain(&mut window, Key::Enter);
    let crossings = &app(&window).assessment().crossings;
    let crossing = app(&window).assessment().findings.keys().filter(|key| crossings.contains_key(&key.anchor)).count();
    assert!(says(&window, &format!("{crossing} of {all}")), "{:?}", labels(&window));
    types(&mut window, "risk>lots");
    assert!(labels(&window).iter().any(|l| l.contains("risk cannot be compared with “lots”")));
    assert!(says(&window, &format!("{crossing} of {all}")), "what makes no sense hides nothing");
    plain(&mut window, Key::Escape);
    assert!(!labels(&window).iter().any(|l| l.ends_with(&format!(" of {all}"))), "and away again");
    assert_eq!(app(&window).selection().items.len(), 0, "no letter reached the canvas");
    // From the rows, and remembered.
    at_first(&mut window);
    plain(&mut window, Key::Slash);
    types(&mut window, "risk>=high");
    plain(&mut window, Key::Enter);
    let high = app(&window).assessment().findings.values().filter(|f| f.band() <= Band::High).count();
    assert!(says(&window, &format!("{high} of {all}")));
    plain(&mut window, Key::Escape);
    plain(&mut window, Key::Slash);
    assert!(says(&window, "Search for risk>=high"), "earlier searches are at hand");
}

#[test]
fn a_copy_of_the_rows_is_a_table() {
    let mut window = shop();
    let rows = at_first(&mut window);
    key(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    window.event(Event::Copy);
    window.step();
    let commands = window.output().platform_output.commands.clone();
    let text = commands.iter().find_map(|c| if let OutputCommand::CopyText(text) = c { Some(text.clone()) } else { None });
    let text = text.expect("Ctrl+C copies");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Id\tThreat\tElement\t"), "{text}");
    assert!(lines[1].contains(&rows[0].1) && lines[2].contains(&rows[1].1), "{text}");
    settle(&mut window);
}

#[test]
fn columns_order_and_groups_are_there_again_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop_in(Some(folder.path()));
    click(&mut window, "Columns");
    press(&mut window, "Column Boundary");
    plain(&mut window, Key::Escape);
    press(&mut window, "Sort by threat");
    assert!(says(&window, "Sort by boundary"));
    drop(window);
    let window = shop_in(Some(folder.path()));
    assert!(says(&window, "Sort by boundary") && says(&window, "Sort by threat, sorted up"));
}

#[test]
fn a_column_is_narrowed_down_by_its_values() {
    let mut window = shop();
    let all = app(&window).assessment().findings.len();
    press(&mut window, "Narrow down treatment");
    let possible = app(&window).assessment().totals.risk.possible;
    press(&mut window, "Possible");
    assert!(says(&window, &format!("{possible} of {all}")));
    plain(&mut window, Key::Escape);
    press(&mut window, "Take this filter away");
    assert!(!labels(&window).iter().any(|l| l.ends_with(&format!(" of {all}"))));
}

#[test]
fn the_inventory_and_the_drawing_select_each_other() {
    let mut window = shop();
    key(&mut window, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::R);
    let model = app(&window).model().clone();
    let peak = |id: &Id| app(&window).assessment().elements[id].risk.peak;
    let (id, element) = model.elements.iter().max_by(|(a, _), (b, _)| peak(a).total_cmp(&peak(b))).unwrap();
    let lowest = |window: &Window, name: &str| {
        let found = window.get_all_by_label(name);
        found.map(|node| node.rect()).max_by(|a, b| a.top().total_cmp(&b.top())).unwrap()
    };
    assert!(lowest(&window, &element.name).top() > 760.0, "the worst is listed first");
    let rows = window.get_all_by_label(&element.name);
    rows.max_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap().click();
    settle(&mut window);
    assert_eq!(app(&window).selection().single(), Some(id));
    let other = model.elements.iter().find(|(other, e)| *other != id && e.kind == ElementKind::Process).unwrap();
    window.get_by_label_contains(&format!("Process {}", other.1.name)).click();
    settle(&mut window);
    let chosen = window.query_all(By::new().predicate(|n| n.toggled() == Some(Toggled::True)));
    let below = chosen.filter(|n| n.rect().top() > 760.0);
    let names: Vec<String> = below.filter_map(|n| n.accesskit_node().label()).collect();
    assert!(names.contains(&other.1.name), "{names:?}");
    for register in ["Flows", "Boundaries", "Assets", "Assumptions", "People"] {
        click(&mut window, &format!("Register: {register}"));
        let said = format!("Register of {}, ", register.to_lowercase());
        assert!(labels(&window).iter().any(|l| l.starts_with(&said)), "{said}");
    }
}

#[test]
fn arrows_step_the_rows_under_the_pointer_and_do_not_move_the_drawing() {
    let mut window = shop();
    let before = app(&window).model().clone();
    // The canvas has the keyboard and something to move.
    window.get_by_label_contains("Process Shop web application").click();
    settle(&mut window);
    let heading = window.get_by_label("Sort by threat").rect().center();
    window.hover_at(heading + egui::vec2(0.0, 50.0));
    settle(&mut window);
    plain(&mut window, Key::ArrowDown);
    let first = app(&window).selection().threat.clone();
    assert!(first.is_some(), "a row is chosen");
    plain(&mut window, Key::ArrowDown);
    assert!(app(&window).selection().threat.is_some() && app(&window).selection().threat != first);
    assert!(*app(&window).model() == before, "nothing was nudged");
    // Over the canvas they are its own again.
    window.hover_at(egui::pos2(700.0, 400.0));
    settle(&mut window);
    plain(&mut window, Key::ArrowDown);
    assert!(*app(&window).model() != before);
}

#[test]
fn who_sorts_or_filters_sees_what_comes_first_then() {
    let mut window = shop();
    let title = worst(&window, 1)[0].1.clone();
    let row =
        window.query_all_by_label_contains(&title).map(|node| node.rect()).max_by(|a, b| a.top().total_cmp(&b.top())).unwrap();
    let down = |window: &mut Window| {
        window.event(Event::PointerMoved(row.center()));
        for _ in 0..20 {
            window.event(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: egui::vec2(0.0, -400.0),
                phase: egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            });
            settle(window);
        }
    };
    let sees = |window: &Window| labels(window).iter().any(|label| label.contains(&title));
    down(&mut window);
    assert!(!sees(&window), "it was scrolled away");
    click(&mut window, "Sort by current");
    assert!(sees(&window), "{:?}", labels(&window));
}

#[test]
fn threats_are_decided_about_in_the_list_with_the_letters_of_the_card() {
    let mut window = shop();
    let rows = at_first(&mut window);
    let stands = |window: &Window, n: usize| app(window).model().decisions.get(&rows[n].0).cloned().unwrap_or_default();
    let before = app(&window).model().clone();
    plain(&mut window, Key::M);
    assert_eq!(stands(&window, 0).disposition, Disposition::Mitigate);
    plain(&mut window, Key::M);
    assert_eq!(stands(&window, 0).disposition, Disposition::Open, "the same key takes it back");
    plain(&mut window, Key::A);
    assert_eq!(stands(&window, 0).disposition, Disposition::Accept);
    assert!(says(&window, "New why"), "a reason is owed, so it is asked for");
    types(&mut window, "Its owner lives with it");
    plain(&mut window, Key::Enter);
    assert_eq!(stands(&window, 0).justification, "Its owner lives with it");
    for _ in 0..4 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert!(*app(&window).model() == before);
    // Several in one step, and no letter is taken for a tool meanwhile.
    plain(&mut window, Key::Home);
    key(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    let chosen = app(&window).selection().items.clone();
    plain(&mut window, Key::M);
    let decided = app(&window).model().decisions.iter().filter(|(key, d)| before.decisions.get(key) != Some(d)).count();
    assert_eq!(decided, 2);
    assert_eq!(app(&window).selection().items, chosen);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(*app(&window).model() == before, "one step back");
    // What is decided leaves a list of the open ones, with its reason; the next in line comes up.
    plain(&mut window, Key::Slash);
    types(&mut window, "open");
    plain(&mut window, Key::Enter);
    plain(&mut window, Key::ArrowDown);
    plain(&mut window, Key::Home);
    let first = app(&window).selection().threat.clone().expect("a threat is chosen");
    plain(&mut window, Key::ArrowDown);
    let second = app(&window).selection().threat.clone().expect("another one");
    plain(&mut window, Key::Home);
    plain(&mut window, Key::A);
    assert!(says(&window, "New why"));
    types(&mut window, "Nobody would gain by it");
    plain(&mut window, Key::Enter);
    let decided = &app(&window).model().decisions[&first];
    assert_eq!((decided.disposition, decided.justification.as_str()), (Disposition::Accept, "Nobody would gain by it"));
    assert_eq!(app(&window).selection().threat.as_ref(), Some(&second), "on to the next");
    plain(&mut window, Key::M);
    assert_eq!(app(&window).model().decisions[&second].disposition, Disposition::Mitigate);
    // A tool taken up meanwhile is put down before the keyboard goes.
    plain(&mut window, Key::P);
    let in_hand = |window: &Window, tool: &str| {
        let all: Vec<_> = window.query_all_by_label(tool).collect();
        all.iter().any(|node| node.accesskit_node().toggled() == Some(Toggled::True))
    };
    assert!(in_hand(&window, "Process tool"));
    plain(&mut window, Key::Escape);
    assert!(in_hand(&window, "Select tool") && !in_hand(&window, "Process tool"));
    plain(&mut window, Key::ArrowDown);
    assert!(app(&window).selection().threat.is_some(), "the rows still have the keyboard");
}
