//! Preferences: set in their window, kept in a file, and harmless when that is broken or newer.

use crate::support::app::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use std::path::Path;

fn preferences(folder: &Path) -> Window {
    let mut window = start(1280.0, 800.0, Some(folder));
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    window
}

fn file(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("config/preferences.ron")).unwrap_or_default()
}

#[test]
fn what_is_set_counts_at_once_and_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = preferences(folder.path());
    click(&mut window, "Theme: Dark");
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
    click(&mut window, "Nothing slides or fades");
    assert_eq!(window.ctx.global_style().animation_time, 0.0);
    click(&mut window, "Preferences about: Work");
    window.get_by_label("Your name in the preferences").focus();
    settle(&mut window);
    window.get_by_label("Your name in the preferences").type_text("Ann Lee");
    settle(&mut window);
    click(&mut window, "Notation of new models");
    click(&mut window, "Gane and Sarson");
    let text = file(folder.path());
    assert!(text.contains("Ann Lee") && text.contains("Dark") && text.contains("version: 1"), "{text}");
    drop(window);
    let mut window = start(1280.0, 800.0, Some(folder.path()));
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
    assert_eq!(window.ctx.global_style().animation_time, 0.0);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(app(&window).model().info.notation, palisade::model::Notation::GaneSarson);
}

#[test]
fn it_is_beside_the_work_and_not_in_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = preferences(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(window.query_by_label("Theme: Dark").is_some(), "it stays while one goes on");
    assert!(!app(&window).model().diagrams.is_empty());
}

#[test]
fn escape_closes_it_wherever_the_pointer_is_but_not_for_a_field_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = preferences(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::N);
    window.hover_at(egui::pos2(20.0, 700.0));
    settle(&mut window);
    window.get_by_label("Filter the structure").focus();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Theme: Dark").is_some(), "the field had it");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Theme: Dark").is_none());
}

#[test]
fn broken_files_and_newer_ones_are_put_aside_and_told() {
    for (text, why) in [("(theme: Purple", "could not be used"), ("(version: 99, sparkles: true)", "newer version")] {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config");
        std::fs::create_dir_all(&config).unwrap();
        std::fs::write(config.join("preferences.ron"), text).unwrap();
        let window = start(1280.0, 800.0, Some(folder.path()));
        assert!(window.query_by_label_contains(why).is_some() || window.query_by_value(why).is_some(), "{text} is not told");
        assert_eq!(std::fs::read_to_string(config.join("preferences.aside-1.ron")).unwrap(), text, "nothing in it is lost");
        assert!(!config.join("preferences.ron").exists());
        drop(window);
        // A second one does not take the name of the first.
        std::fs::write(config.join("preferences.ron"), "broken again").unwrap();
        start(1280.0, 800.0, Some(folder.path()));
        assert_eq!(std::fs::read_to_string(config.join("preferences.aside-1.ron")).unwrap(), text);
        assert_eq!(std::fs::read_to_string(config.join("preferences.aside-2.ron")).unwrap(), "broken again");
    }
}

#[test]
fn keys_are_changed_by_pressing_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = preferences(folder.path());
    key(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Preferences about: Keys");
    press(&mut window, "Other keys for Legend");
    key(&mut window, Modifiers::COMMAND, Key::K);
    assert!(window.query_by_label_contains("is the key of “Search or run a command”").is_some(), "the clash is told");
    assert!(window.query_by_label("Search").is_none(), "what is pressed for it is no command");
    press(&mut window, "Leave it");
    press(&mut window, "Other keys for Legend");
    key(&mut window, Modifiers::NONE, Key::F12);
    assert!(file(folder.path()).contains("\"Legend\": [\n            \"F12\""), "{}", file(folder.path()));
    window.get_by_label("Close the preferences").click();
    settle(&mut window);
    let legend = |window: &Window| window.query_by_label("Legend").is_some();
    assert!(!legend(&window));
    key(&mut window, Modifiers::NONE, Key::F12);
    assert!(legend(&window), "the new key");
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert!(legend(&window), "the old one means nothing");
    drop(window);
    let mut window = start(1280.0, 800.0, Some(folder.path()));
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::NONE, Key::F12);
    assert!(legend(&window), "and the next time");
    // Everything that names keys names the new one.
    key(&mut window, Modifiers::NONE, Key::F1);
    assert!(window.query_all_by_label("F12").next().is_some(), "the sheet of keys");
}

#[test]
fn letters_of_the_canvas_can_be_others_too() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("preferences.ron"), "(keys: {\"Tool(Process)\": [\"1\"]})").unwrap();
    let mut window = start(1280.0, 800.0, Some(folder.path()));
    key(&mut window, Modifiers::COMMAND, Key::N);
    window.hover_at(egui::pos2(600.0, 300.0));
    window.run();
    key(&mut window, Modifiers::NONE, Key::P);
    assert!(app(&window).model().elements.is_empty());
    key(&mut window, Modifiers::NONE, Key::Num1);
    assert_eq!(app(&window).model().elements.len(), 1);
}

#[test]
fn hints_and_advice_name_the_keys_that_were_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    let keys = "(keys: {\"Tool(Process)\": [\"1\"], \"SelectAll\": [\"Ctrl+Y\"], \"Redo\": [], \"WriteText\": [\"F12\"]})";
    std::fs::write(config.join("preferences.ron"), keys).unwrap();
    let mut window = start(1280.0, 800.0, Some(folder.path()));
    assert!(window.query_by_label_contains("Tip: press 1 over").is_some());
    key(&mut window, Modifiers::COMMAND, Key::N);
    let hints = |window: &Window| window.get_by_label_contains("Hints:").accesskit_node().value().unwrap_or_default();
    let told = hints(&window);
    assert!(told.contains("1: process") && !told.contains("P: process"), "{told}");
    window.event(egui::Event::ModifiersChanged(Modifiers::COMMAND));
    window.run();
    let told = hints(&window);
    assert!(told.contains("Y: select all") && !told.contains("write as text"), "{told}");
    let advice = window.query_by_label_contains("press 1, S, E or B over it");
    assert!(advice.is_some() || window.query_by_value("press 1, S, E or B over it").is_some(), "in the empty structure");
}

#[test]
fn as_the_system_means_also_while_it_changes_and_a_choice_stays() {
    use egui::Theme::{Dark, Light};
    let folder = tempfile::tempdir().unwrap();
    let mut window = preferences(folder.path());
    let becomes = |window: &mut Window, system: egui::Theme| {
        window.input_mut().system_theme = Some(system);
        // Whatever happens next in the window; the system asks for nothing by itself.
        window.step();
        settle(window);
        (window.ctx.theme(), window.ctx.global_style().visuals.dark_mode)
    };
    assert_eq!(becomes(&mut window, Dark), (Dark, true));
    assert_eq!(becomes(&mut window, Light), (Light, false));
    click(&mut window, "Theme: Dark");
    assert_eq!(becomes(&mut window, Light), (Dark, true), "what was chosen counts");
    click(&mut window, "Theme: As the system");
    assert_eq!(becomes(&mut window, Light), (Light, false));
}
