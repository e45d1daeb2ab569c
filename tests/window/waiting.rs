//! Work that takes long is told, shows how far it is, and can be given up; the window stays free meanwhile.

use crate::support::app::*;
use egui_kittest::kittest::Queryable;
use palisade::generate::{Size, generate};
use palisade::ui::Command;

/// Steps until a word is on the screen, as long as something is worked on.
fn until(window: &mut Window, word: &str) {
    window.step();
    for _ in 0..2000 {
        window.step();
        if window.query_all_by_label_contains(word).next().is_some() {
            return;
        }
        assert!(app(window).is_busy(), "nobody waits any more, and “{word}” was never told");
    }
    panic!("“{word}” is not told");
}

#[test]
fn reading_a_large_file_is_told_and_given_up_and_the_next_file_opens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.ron");
    std::fs::write(&file, palisade::storage::save(&generate(Size { elements: 3_000, flows: 4_500 }, 1)).unwrap()).unwrap();
    let mut window = start(1280.0, 720.0, None);
    window.state_mut().as_mut().unwrap().open_path(file);
    until(&mut window, "Understanding large");
    window.get_by_label("Stop").click();
    window.step();
    window.step();
    assert!(window.query_by_label("Stop").is_none(), "nobody waits for it any more");
    assert!(window.query_by_value("Stopped: nothing was opened").is_some());
    // The window is free at once; what comes back late is not shown.
    window.state_mut().as_mut().unwrap().ask_for(Command::New);
    settle(&mut window);
    assert!(app(&window).model().elements.is_empty());
    open(&mut window, &oracle("web-shop"));
    assert_eq!(app(&window).model().elements.len(), 14);
}

#[test]
fn a_search_that_is_stopped_ends_and_is_offered_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("middling.ron");
    std::fs::write(&file, palisade::storage::save(&generate(Size { elements: 150, flows: 200 }, 1)).unwrap()).unwrap();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &file);
    window.state_mut().as_mut().unwrap().ask_for(Command::Page(palisade::ui::Page::WhatIf));
    settle(&mut window);
    window.get_by_label("Find the next best controls").click();
    until(&mut window, "Trying controls");
    until(&mut window, "Stop");
    window.get_by_label("Stop").click();
    settle(&mut window);
    assert!(window.query_by_label_contains("Which controls pay off most?").is_some(), "it is offered again");
}
