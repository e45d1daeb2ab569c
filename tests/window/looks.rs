//! Theme, size of the interface, and the looks for projectors.

use crate::support::app::{Window, open, oracle, settle, start};
use egui::{Key, Modifiers};
use palisade::theme::Theme;
use palisade::ui::style;

fn worn(window: &Window) -> (Theme, f32) {
    (style::theme_of(&window.ctx.global_style().visuals), window.ctx.zoom_factor())
}

fn ctrl_alt(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers { alt: true, ..Modifiers::COMMAND }, key);
    settle(window);
}

#[test]
fn one_key_makes_the_window_fit_for_a_projector_and_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(2400.0, 1350.0, Some(folder.path()));
    open(&mut window, &oracle("web-shop"));
    window.key_press_modifiers(Modifiers { shift: true, ..Modifiers::ALT }, Key::D);
    settle(&mut window);
    let (before, size) = worn(&window);
    ctrl_alt(&mut window, Key::P);
    let (projected, larger) = worn(&window);
    assert_eq!(projected, Theme::Projector);
    assert!(larger >= 1.5 * size);

    let mut again = start(2400.0, 1350.0, Some(folder.path()));
    settle(&mut again);
    assert_eq!(worn(&again), (Theme::Projector, larger), "remembered");

    ctrl_alt(&mut window, Key::P);
    assert_eq!(worn(&window), (before, size));
}

#[test]
fn panels_keep_their_room_on_a_small_window_and_the_canvas_alone_is_as_large_as_wanted() {
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &oracle("web-shop"));
    ctrl_alt(&mut window, Key::P);
    let (projected, size) = worn(&window);
    assert_eq!(projected, Theme::Projector);
    assert!(size < 1.2, "{size}");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Period);
    settle(&mut window);
    assert!((worn(&window).1 - 1.5).abs() < 0.001);
}

#[test]
fn the_interface_grows_and_shrinks_by_steps_within_bounds() {
    let mut window = start(2400.0, 1350.0, None);
    open(&mut window, &oracle("web-shop"));
    ctrl_alt(&mut window, Key::Plus);
    assert!((worn(&window).1 - 1.1).abs() < 0.001);
    for _ in 0..12 {
        ctrl_alt(&mut window, Key::Plus);
    }
    assert!((worn(&window).1 - 2.0).abs() < 0.001);
    for _ in 0..12 {
        ctrl_alt(&mut window, Key::Minus);
    }
    assert!((worn(&window).1 - 0.75).abs() < 0.001);
    ctrl_alt(&mut window, Key::Num0);
    assert!((worn(&window).1 - 1.0).abs() < 0.001);
}
