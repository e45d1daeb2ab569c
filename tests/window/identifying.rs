//! Choosing how threats are found, in the properties of the model: every choice says beforehand what it would find.

use crate::support::app::{Window, app, open, oracle, press, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::model::{Identification, Layer, ThreatModel};
use palisade::risk::FindingStatus;

fn shop() -> Window {
    let mut window = start(1600.0, 1400.0, None);
    open(&mut window, &oracle("web-shop"));
    window
}

fn model(window: &Window) -> &ThreatModel {
    app(window).model()
}

/// Threats that apply.
fn found(window: &Window) -> usize {
    app(window).assessment().findings.values().filter(|f| f.status == FindingStatus::Applies).count()
}

/// The one control whose name begins so.
fn named(window: &Window, beginning: &str) -> String {
    let nodes = window.query_all(By::new().predicate(|node| node.label().is_some_and(|l| l.starts_with(beginning))));
    nodes.filter_map(|node| node.accesskit_node().label()).next().unwrap_or_else(|| panic!("nothing is called “{beginning}…”"))
}

/// "STRIDE per element (82 threats)" says 82.
fn promised(label: &str) -> usize {
    label.rsplit('(').next().unwrap().split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn each_way_finds_what_it_promised_and_one_undo_goes_back() {
    let mut window = shop();
    let before = found(&window);
    for way in Identification::ALL.iter().rev() {
        let label = named(&window, &format!("{} (", way.label()));
        press(&mut window, &label);
        assert_eq!(model(&window).info.identification, *way);
        assert_eq!(found(&window), promised(&label), "{label}");
    }
    assert_eq!(found(&window), before, "the rules come last");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_ne!(model(&window).info.identification, Identification::Rules);
}

#[test]
fn depth_and_packs_find_what_they_promised() {
    let mut window = shop();
    let all = found(&window);
    press(&mut window, "Depth: Essential");
    assert_eq!(model(&window).info.depth, 1);
    assert!(found(&window) < all);
    let label = named(&window, "LINDDUN privacy (");
    let (with, brings) = (found(&window), promised(&label));
    assert!(brings > 0, "{label}");
    press(&mut window, &label);
    assert_eq!(found(&window), with - brings);
    // The tables of STRIDE know neither depth nor packs.
    let label = named(&window, "STRIDE per element (");
    press(&mut window, &label);
    assert!(window.query_by_label("Depth: Essential").is_none());
}

fn group(window: &mut Window, by: &str) {
    window.get_by_label("Groups").click();
    settle(window);
    window.get_by_label(by).click();
    settle(window);
}

#[test]
fn threats_are_filtered_and_grouped_by_layer() {
    let mut window = shop();
    let of = |window: &Window, layer: Layer| app(window).assessment().findings.values().filter(|f| f.layer == layer).count();
    let storage = of(&window, Layer::DataStorage);
    assert!(storage > 0 && storage < app(&window).assessment().findings.len());
    group(&mut window, "By layer");
    let heading = format!("{}: {storage} threats", Layer::DataStorage.label());
    let application = named(&window, "Application: ");
    // Folded away, the next layer comes into sight.
    press(&mut window, &application);
    let network = named(&window, "Network: ");
    press(&mut window, &network);
    assert!(window.query_by_label(&heading).is_some(), "{heading}");
    group(&mut window, "No groups");
    window.key_press(egui::Key::Slash);
    settle(&mut window);
    window.event(egui::Event::Text("layer:\"data storage\"".to_owned()));
    settle(&mut window);
    let shown = format!("{storage} of {}", app(&window).assessment().findings.len());
    assert!(window.query_by_label(&shown).is_some() || window.query_all(By::new().value(&shown)).count() > 0, "{shown}");
}

#[test]
fn the_choice_is_one_command_away() {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &oracle("web-shop"));
    let seen = |window: &Window| {
        let label = named(window, "STRIDE per element (");
        window.ctx.content_rect().contains_rect(window.get_by_label(&label).rect())
    };
    assert!(!seen(&window), "it is far down in the inspector");
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut window);
    window.get_by_label("Search").type_text("how threats are");
    settle(&mut window);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(seen(&window));
}
