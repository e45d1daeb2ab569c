//! The dashboard in the whole window: charts that narrow the register down, as tables, and as files.

use crate::support::app::{Window, app, click, open, oracle, press, settle, start};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::library::Library;
use palisade::model::*;

fn shop() -> Window {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    window.key_press(Key::F4);
    settle(&mut window);
    window
}

fn labels(window: &Window) -> Vec<String> {
    let all = window.query_all(By::new().predicate(|node| node.label().is_some()));
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

fn says(window: &Window, words: &str) -> bool {
    labels(window).iter().any(|label| label == words) || window.query_all(By::new().value(words)).count() > 0
}

#[test]
fn it_takes_the_place_of_the_canvas_and_goes_with_a_key() {
    let mut window = shop();
    assert!(says(&window, "Risk dashboard"));
    assert!(window.query_by_label_contains("Process Shop web application").is_none(), "the drawing is not there");
    for title in ["Likelihood and impact", "By boundary", "By STRIDE", "Where the load lies", "Before and after"] {
        assert!(labels(&window).iter().any(|l| l == &format!("{title} as a table")), "{title}");
    }
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label_contains("Process Shop web application").is_some());
}

#[test]
fn a_square_of_the_matrix_shows_its_threats_and_a_second_click_all_again() {
    let mut window = shop();
    let findings = &app(&window).assessment().findings;
    let many = findings.values().filter(|f| f.counts() && f.current.likelihood == 4 && f.current.impact == 4).count();
    let all = findings.len();
    assert!(many > 0);
    let square = format!("Likely, impact high: {many}");
    click(&mut window, &square);
    assert!(says(&window, &format!("{many} of {all}")), "{square}: {:?}", labels(&window));
    click(&mut window, &square);
    assert!(!says(&window, &format!("{many} of {all}")));
    // The piece of a bar, and the whole bar.
    let high = app(&window).assessment().findings.values();
    let high = high.filter(|f| f.counts() && f.about.categories.contains(&Category::S) && f.band() == Band::High).count();
    press(&mut window, &format!("Spoofing, high: {high}"));
    assert!(says(&window, &format!("{high} of {all}")));
    // The register and the dashboard both show what narrows them.
    window.get_all_by_label("Take this filter away").next().unwrap().click();
    settle(&mut window);
    assert!(!says(&window, &format!("{high} of {all}")));
}

#[test]
fn charts_are_tables_too_and_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop();
    press(&mut window, "By STRIDE as a table");
    let high = app(&window).assessment().findings.values();
    let high = high.filter(|f| f.counts() && f.about.categories.contains(&Category::T) && f.band() == Band::High).count();
    assert!(says(&window, &format!("Tampering, high: {high}")));
    press(&mut window, "By STRIDE as a chart");
    click(&mut window, "Take by stride along");
    window.get_by_label("Copy as a table").click();
    window.step();
    let commands = window.output().platform_output.commands.clone();
    let copied =
        commands.iter().find_map(|c| if let egui::OutputCommand::CopyText(text) = c { Some(text.clone()) } else { None });
    let copied = copied.expect("it is in the clipboard");
    let row: Vec<&str> =
        copied.lines().find(|line| line.starts_with("Tampering\t")).expect("a row a class").split('\t').collect();
    assert!(copied.starts_with("By STRIDE\t") && row.contains(&high.to_string().as_str()), "{copied}");
    let widths: Vec<usize> = copied.lines().map(|line| line.split('\t').count()).collect();
    assert!(widths.iter().all(|n| *n == widths[0]), "{copied}");
    settle(&mut window);
    for (words, name, begins) in [
        ("Save as SVG…", "chart.svg", &b"<svg"[..]),
        ("Save as CSV…", "chart.csv", &b"By STRIDE,"[..]),
        #[cfg(feature = "png")]
        ("Save as PNG…", "chart.png", &b"\x89PNG"[..]),
    ] {
        click(&mut window, "Take by stride along");
        click(&mut window, words);
        window.get_by_label("Path of the file").focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        let path = folder.path().join(name);
        window.event(Event::Text(path.to_str().unwrap().to_owned()));
        // What is in the folder is listed beside the window, and moves the button.
        settle(&mut window);
        click(&mut window, "Save");
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(bytes.starts_with(begins), "{name}: {:?}", String::from_utf8_lossy(&bytes[..40.min(bytes.len())]));
    }
}

#[test]
fn the_drawing_is_dimmed_to_what_a_chart_asked_for_until_escape() {
    let mut window = shop();
    let all = app(&window).assessment().findings.len();
    let many = app(&window).assessment().findings.values().filter(|f| f.counts() && f.layer == Layer::DataStorage).count();
    press(&mut window, &format!("Data storage: {many}"));
    assert!(says(&window, &format!("{many} of {all}")));
    let places = app(&window).bright().cloned().expect("the rest is dimmed");
    let layer = |id: &Id| Library::builtin().layer_of(&app(&window).model().elements[id]);
    assert!(!places.is_empty() && places.iter().all(|id| layer(id) == Layer::DataStorage), "{places:?}");
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label_contains("Process Shop web application").is_some(), "first the drawing comes back");
    assert!(app(&window).bright().is_some());
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(app(&window).bright().is_none() && !says(&window, &format!("{many} of {all}")));
}
