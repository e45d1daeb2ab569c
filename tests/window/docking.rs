//! Panels: moved from side to side, put away, arranged per layout, and found again the next time.

use crate::support::app::*;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT, Queryable};

/// The window without the margin tests have around it.
const WHOLE: egui::Vec2 = egui::vec2(1584.0, 984.0);

const CTRL_ALT: Modifiers = Modifiers { alt: true, ..Modifiers::COMMAND };

fn shop(folder: Option<&std::path::Path>) -> Window {
    let mut window = start(1600.0, 1000.0, folder);
    open(&mut window, &oracle("web-shop"));
    window
}

/// The name of a page in its dock.
fn tab(window: &Window, name: &str) -> Rect {
    let is_tab = |label: &str| label == name || label.starts_with(&format!("{name}, "));
    let found = window.query_all_by_label_contains(name).filter(|node| node.accesskit_node().label().is_some_and(|l| is_tab(&l)));
    let mut tabs = found.filter(|node| node.rect().height() == 32.0).map(|node| node.rect());
    tabs.next_back().unwrap_or_else(|| panic!("no panel is called {name}"))
}

fn canvas(window: &Window) -> Rect {
    let all = window.query_all_by_label_contains("Diagram ").map(|node| node.rect());
    all.max_by(|a, b| a.area().total_cmp(&b.area())).expect("the canvas")
}

#[test]
fn a_panel_is_dragged_to_another_side_and_stays_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop(Some(folder.path()));
    let from = tab(&window, "Questions").center();
    assert!(from.y > 700.0, "{from:?}");
    let to = tab(&window, "Inspector").center();
    drag(&mut window, from, to, true);
    let there = tab(&window, "Questions");
    assert!(there.left() > 1250.0 && there.top() < 100.0, "{there:?}");
    assert!(window.query_by_label_contains("Scope of the model").is_none(), "it is in front");
    drop(window);
    let window = shop(Some(folder.path()));
    assert_eq!(tab(&window, "Questions"), there, "also the next time");
}

#[test]
fn dragged_onto_the_edge_of_the_canvas_it_opens_that_side() {
    let mut window = shop(None);
    key(&mut window, Modifiers::COMMAND, Key::I);
    let wide = canvas(&window);
    let from = tab(&window, "Guide").center();
    drag(&mut window, from, wide.right_center() - egui::vec2(40.0, 0.0), true);
    assert!(tab(&window, "Guide").left() > 1250.0);
    assert!(canvas(&window).right() < wide.right() - 200.0);
    // Escape leaves it where it is.
    let before = tab(&window, "Hygiene");
    drag(&mut window, before.center(), wide.center(), false);
    key(&mut window, Modifiers::NONE, Key::Escape);
    window.drop_at(wide.left_center() + egui::vec2(20.0, 0.0));
    settle(&mut window);
    assert_eq!(tab(&window, "Hygiene").top(), before.top());
}

#[test]
fn the_name_of_a_panel_says_how_much_is_there_before_anybody_looks() {
    let window = shop(None);
    assert!(window.query_all_by_label_contains("Proposals, ").next().is_some());
}

#[test]
fn everything_dragging_does_a_menu_does_too() {
    let mut window = shop(None);
    click(&mut window, "Panels on the bottom");
    click(&mut window, "Move Threats to the right");
    let there = tab(&window, "Threats");
    assert!(there.left() > 1250.0, "{there:?}");
    click(&mut window, "Panels on the right");
    click(&mut window, "Panels of this layout as they were");
    assert!(tab(&window, "Threats").left() < 100.0);
}

#[test]
fn three_layouts_each_arranged_for_itself() {
    let mut window = shop(None);
    let all = canvas(&window);
    key(&mut window, CTRL_ALT, Key::Num1);
    let sketching = canvas(&window);
    assert!(sketching.width() > all.width() + 250.0 && sketching.height() > all.height() + 100.0, "{all:?} {sketching:?}");
    assert!(window.query_by_label("Process tool").is_some());
    key(&mut window, CTRL_ALT, Key::Num3);
    let presenting = canvas(&window);
    assert!(presenting.width() == WHOLE.x, "{presenting:?}");
    key(&mut window, Modifiers::COMMAND, Key::Num2);
    assert!(window.query_by_label_contains("Questions, ").is_some(), "a page asked for opens its side");
    key(&mut window, CTRL_ALT, Key::Num2);
    assert_eq!(canvas(&window), all);
    key(&mut window, CTRL_ALT, Key::Num3);
    assert_ne!(canvas(&window), presenting, "what was opened here is open again");
}

#[test]
fn only_the_canvas_and_back() {
    let mut window = shop(None);
    let before = canvas(&window);
    key(&mut window, Modifiers::COMMAND, Key::Period);
    assert_eq!(canvas(&window).size(), WHOLE);
    key(&mut window, Modifiers::COMMAND, Key::Period);
    assert_eq!(canvas(&window), before);
}

#[test]
fn sizes_are_remembered_and_a_broken_file_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop(Some(folder.path()));
    // The seam is held on its own side.
    let edge = canvas(&window).right_center() + egui::vec2(2.0, 0.0);
    drag(&mut window, edge, edge - egui::vec2(100.0, 0.0), true);
    let made = canvas(&window);
    assert!((edge.x - made.right() - 100.0).abs() < 6.0, "{edge:?} {made:?}");
    drop(window);
    let window = shop(Some(folder.path()));
    assert!((canvas(&window).right() - made.right()).abs() < 1.0);
    drop(window);
    std::fs::write(folder.path().join("state/layout.ron"), "(layout: Flying").unwrap();
    let window = shop(Some(folder.path()));
    assert!((canvas(&window).right() - edge.x).abs() < 3.0);
}

#[test]
fn every_page_can_be_brought_to_the_front_and_settles() {
    use palisade::ui::{Command, Page};
    let looks = [Command::LightTheme, Command::DarkTheme, Command::Projector];
    for (size, look) in [(1280.0, 720.0), (1920.0, 1080.0)].into_iter().flat_map(|size| looks.map(|look| (size, look))) {
        let mut window = start(size.0, size.1, None);
        // Empty panels say what to do; they come to rest as well.
        window.state_mut().as_mut().unwrap().ask_for(Command::New);
        settle(&mut window);
        let is_first = look == Command::LightTheme;
        for is_empty in [true, false].into_iter().filter(|is_empty| is_first || !is_empty) {
            if !is_empty {
                open(&mut window, &oracle("web-shop"));
                window.state_mut().as_mut().unwrap().ask_for(look);
                settle(&mut window);
            }
            for page in Page::ALL {
                window.state_mut().as_mut().unwrap().ask_for(Command::Page(*page));
                settle(&mut window);
                assert!(tab(&window, page.label()).width() > 40.0, "{page:?} has no name in front at {size:?}");
            }
            for over in [Command::Dashboard, Command::Preferences, Command::Shortcuts, Command::Palette] {
                window.state_mut().as_mut().unwrap().ask_for(over);
                settle(&mut window);
                key(&mut window, Modifiers::NONE, Key::Escape);
            }
        }
    }
}

#[test]
fn the_same_records_are_on_the_screen_once() {
    use palisade::ui::{Command, Page};
    let mut window = shop(None);
    assert_eq!(window.query_all_by_label("New asset").count(), 1);
    click(&mut window, "Panels on the right");
    click(&mut window, "Assets, 7");
    let from = tab(&window, "Assets").center();
    let to = tab(&window, "Threats").center();
    drag(&mut window, from, to, true);
    window.state_mut().as_mut().unwrap().ask_for(Command::Page(Page::Inspector));
    settle(&mut window);
    assert_eq!(window.query_all_by_label("New asset").count(), 1);
}

#[test]
fn a_side_shows_two_panels_one_below_the_other_and_remembers_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = shop(Some(folder.path()));
    let inspector = tab(&window, "Inspector");
    let right = canvas(&window).right();
    // The name of a panel let go of in the lower part of a side stands below what is there.
    let from = tab(&window, "Guide").center();
    let low = egui::pos2(right + 150.0, canvas(&window).bottom() - 30.0);
    drag(&mut window, from, low, true);
    let guide = tab(&window, "Guide");
    assert!(guide.left() >= right && guide.top() > inspector.bottom() + 100.0, "{guide:?} below {inspector:?}");
    assert_eq!(tab(&window, "Inspector"), inspector, "what was there is in sight as before");
    assert!(window.query_by_label("Panels on the lower right").is_some());
    // The seam between them is dragged.
    let seam = egui::pos2(right + 60.0, guide.top());
    drag(&mut window, seam, seam - egui::vec2(0.0, 80.0), true);
    let higher = tab(&window, "Guide");
    assert!((guide.top() - higher.top() - 80.0).abs() < 6.0, "{guide:?} {higher:?}");
    // The arrows move it as well, where it has the keyboard.
    window.get_by_label("Seam on the right").focus();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert!(tab(&window, "Guide").top() < higher.top() - 20.0);
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!((tab(&window, "Guide").top() - higher.top()).abs() < 1.0);
    let higher = tab(&window, "Guide");
    drop(window);
    let mut window = shop(Some(folder.path()));
    assert_eq!(tab(&window, "Guide"), higher, "also the next time");
    // By keyboard and back: the side is one again.
    click(&mut window, "Panels on the lower right");
    click(&mut window, "Move Guide to the bottom");
    assert!(window.query_by_label("Panels on the lower right").is_none());
    click(&mut window, "Panels on the bottom");
    click(&mut window, "Move Guide to the bottom right");
    let (beside, threats) = (tab(&window, "Guide"), tab(&window, "Threats"));
    assert!(beside.top() == threats.top() && beside.left() > 600.0, "{beside:?} beside {threats:?}");
}

#[test]
fn sides_begin_larger_in_a_large_window_until_somebody_sizes_them() {
    let folder = tempfile::tempdir().unwrap();
    let room = |width: f32, height: f32| {
        let mut window = start(width, height, Some(folder.path()));
        open(&mut window, &oracle("web-shop"));
        let canvas = canvas(&window);
        (canvas.left(), canvas.right(), window)
    };
    let (small, _, window) = room(1280.0, 800.0);
    drop(window);
    let (large, right, mut window) = room(1920.0, 1080.0);
    assert!(large > small + 30.0, "{small} {large}");
    // What somebody sized stays as it is in any window.
    let edge = egui::pos2(large - 2.0, 600.0);
    drag(&mut window, edge, edge + egui::vec2(60.0, 0.0), true);
    let made = canvas(&window).left();
    assert!((made - large - 60.0).abs() < 6.0 && canvas(&window).right() == right, "{large} {made}");
    drop(window);
    assert!((room(1280.0, 800.0).0 - made).abs() < 1.0);
}
