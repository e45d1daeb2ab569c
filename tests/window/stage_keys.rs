//! The tools of whoever presents: laser, pen, spotlight, agenda, steps made one's own; and keys that come faster than frames.

use crate::support::app::{Window, app, services, settle};
use crate::support::stage::{open_copy, prefer, press, says, shift, write};
use egui::{Event, Key, Modifiers, Pos2, Shape, pos2};
use egui_kittest::kittest::Queryable;
use palisade::model::*;

fn shop(preferences: &str) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    prefer(folder.path(), preferences);
    let (window, _) = open_copy(folder.path(), "web-shop", (1280.0, 720.0), services(Some(folder.path())));
    (window, folder)
}

fn calm() -> (Window, tempfile::TempDir) {
    shop("(is_calm: true)")
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(window);
}

fn steps(window: &Window) -> Vec<PlayStep> {
    app(window).model().playlists.values().next().map(|list| list.steps.clone()).unwrap_or_default()
}

fn agenda(window: &Window) -> Vec<(String, u16)> {
    let session = app(window).model().sessions.values().next();
    session.into_iter().flat_map(|s| &s.agenda).map(|part| (part.name.clone(), part.minutes)).collect()
}

fn shapes(window: &Window, is_it: impl Fn(&Shape) -> bool) -> usize {
    fn count(shape: &Shape, is_it: &dyn Fn(&Shape) -> bool) -> usize {
        match shape {
            Shape::Vec(shapes) => shapes.iter().map(|shape| count(shape, is_it)).sum(),
            shape => usize::from(is_it(shape)),
        }
    }
    window.output().shapes.iter().map(|clipped| count(&clipped.shape, &is_it)).sum()
}

/// Pieces of a trail of light, or of ink.
fn trail(window: &Window) -> usize {
    shapes(
        window,
        |shape| matches!(shape, Shape::LineSegment { stroke, .. } if stroke.width > 1.5 && stroke.color.b() > stroke.color.r()),
    )
}

fn stroke(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.step();
    window.drag_at(from);
    window.step();
    for n in 1..=5 {
        window.hover_at(from + (to - from) * (n as f32 / 5.0));
        window.step();
    }
    window.drop_at(to);
    window.step();
}

fn seconds(window: &mut Window, seconds: f32) {
    (0..(seconds * 60.0) as usize).for_each(|_| window.step());
}

const FROM: Pos2 = pos2(60.0, 80.0);
const TO: Pos2 = pos2(200.0, 150.0);

#[test]
fn keys_that_come_faster_than_frames_are_each_taken() {
    let (mut window, _folder) = calm();
    let down = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let up = |key| Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::NONE };
    // All of them arrive while the stage comes up.
    let keys = [Key::F5, Key::ArrowRight, Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft];
    window.input_mut().events.extend(keys.into_iter().flat_map(|key| [down(key), up(key)]));
    settle(&mut window);
    assert!(says(&window, "Step 3 of "));
    // A line opened by one key takes what is typed after it, but not the letter that opened it.
    let typed = ["W", "A", "n", "n"].map(|letter| Event::Text(letter.to_lowercase()));
    let [w, rest @ ..] = typed;
    window.input_mut().events.extend([down(Key::W), w, up(Key::W)]);
    for (key, text) in [Key::A, Key::N, Key::N].into_iter().zip(rest) {
        window.input_mut().events.extend([down(key), text, up(key)]);
    }
    window.input_mut().events.extend([down(Key::Enter), up(Key::Enter)]);
    settle(&mut window);
    let model = app(&window).model();
    let session = model.sessions.values().next().expect("somebody is there");
    assert_eq!(session.attendance.keys().map(|id| model.name_of(id)).collect::<Vec<_>>(), ["ann"]);
}

#[test]
fn the_laser_leaves_a_trail_that_fades_and_the_pen_one_that_stays_for_the_step() {
    let (mut window, _folder) = calm();
    press(&mut window, Key::F5);
    stroke(&mut window, FROM, TO);
    assert_eq!(trail(&window), 0, "without a tool in the hand nothing is drawn");
    press(&mut window, Key::Escape);
    let model = app(&window).model().clone();
    press(&mut window, Key::K);
    stroke(&mut window, FROM, TO);
    assert!(trail(&window) >= 4);
    seconds(&mut window, 0.6);
    assert!(trail(&window) > 0, "it fades within 1.2 s, not at once");
    seconds(&mut window, 0.8);
    assert_eq!(trail(&window), 0);
    press(&mut window, Key::I);
    stroke(&mut window, FROM, TO);
    seconds(&mut window, 2.0);
    assert!(trail(&window) >= 4, "ink stays");
    press(&mut window, Key::ArrowRight);
    assert_eq!(trail(&window), 0, "it belongs to its step");
    stroke(&mut window, FROM, TO);
    press(&mut window, Key::I);
    assert_eq!(trail(&window), 0, "and is wiped off with the pen");
    assert!(app(&window).model() == &model, "nothing of it is in the model");
}

#[test]
fn a_spotlight_is_at_the_pointer_while_shift_is_held() {
    let (mut window, _folder) = calm();
    press(&mut window, Key::F5);
    window.hover_at(TO);
    settle(&mut window);
    let spots = |window: &Window| shapes(window, |shape| matches!(shape, Shape::Mesh(mesh) if mesh.vertices.len() == 130));
    assert_eq!(spots(&window), 0);
    window.event(Event::ModifiersChanged(Modifiers::SHIFT));
    settle(&mut window);
    assert_eq!(spots(&window), 1);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    settle(&mut window);
    assert_eq!(spots(&window), 0);
}

#[test]
fn the_agenda_is_kept_to_and_changed_by_keys() {
    let (mut window, _folder) = calm();
    press(&mut window, Key::F5);
    assert!(says(&window, "Scope 9:5") || says(&window, "Scope 10:00"));
    press(&mut window, Key::Period);
    assert!(says(&window, "Map 1"));
    press(&mut window, Key::Comma);
    assert!(says(&window, "Scope "));
    seconds(&mut window, 3.0);
    shift(&mut window, Key::Space);
    let clock = |window: &Window| {
        let bar = window.query_all_by_label_contains("Step 1 of").next().unwrap();
        let node = egui_kittest::kittest::NodeT::accesskit_node(&bar);
        node.label().or(node.value()).unwrap()
    };
    let before = clock(&window);
    seconds(&mut window, 3.0);
    assert_eq!(clock(&window), before, "it stands still");
    shift(&mut window, Key::Space);
    seconds(&mut window, 3.0);
    assert_ne!(clock(&window), before);
    press(&mut window, Key::O);
    assert!(says(&window, "Agenda, 90 minutes"));
    press(&mut window, Key::Plus);
    assert!(says(&window, "Agenda, 95 minutes") && agenda(&window)[0] == ("Scope".into(), 15));
    press(&mut window, Key::N);
    write(&mut window, "Short break 7");
    assert_eq!(agenda(&window)[1], ("Short break".into(), 7));
    press(&mut window, Key::Period);
    press(&mut window, Key::Delete);
    assert_eq!(agenda(&window)[1], ("Map".into(), 15));
    (0..3).for_each(|_| undo(&mut window));
    assert!(app(&window).model().sessions.is_empty(), "one step back for each");
}

#[test]
fn a_step_keeps_a_view_and_a_filter_and_steps_are_added() {
    let (mut window, _folder) = calm();
    let before = app(&window).model().clone();
    press(&mut window, Key::F5);
    press(&mut window, Key::ArrowRight);
    let corner = |window: &Window| app(window).world_at(pos2(30.0, 60.0)).unwrap();
    let by_itself = corner(&window);
    // Moved by hand, then kept.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    settle(&mut window);
    let moved = corner(&window);
    assert!(moved.distance(by_itself) > 1.0);
    shift(&mut window, Key::V);
    assert!(steps(&window)[1].viewport.is_some());
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowLeft);
    assert!(corner(&window).distance(moved) < 0.5, "{:?} is not {moved:?}", corner(&window));
    shift(&mut window, Key::F);
    assert_eq!(steps(&window)[1].filter, StepFilter::Grave);
    press(&mut window, Key::G);
    assert!(says(&window, "View as it was kept") && says(&window, "critical and high threats"));
    press(&mut window, Key::Escape);
    undo(&mut window);
    assert_eq!(steps(&window)[1].filter, StepFilter::Open);
    undo(&mut window);
    assert!(app(&window).model() == &before);
    assert!(corner(&window).distance(by_itself) < 0.5, "and the view is found by itself again");
    // A step of what is selected.
    press(&mut window, Key::Tab);
    let chosen = app(&window).selection().items.clone();
    assert_eq!(chosen.len(), 1);
    press(&mut window, Key::Plus);
    let own = steps(&window)[2].clone();
    assert!(
        own.highlighted == chosen && own.viewport.is_some() && own.title == app(&window).model().name_of(chosen.first().unwrap())
    );
    undo(&mut window);
    assert!(app(&window).model() == &before);
}

#[test]
fn the_gravest_steps_are_gone_through_and_one_key_takes_in_all() {
    let (mut window, _folder) = calm();
    press(&mut window, Key::F5);
    press(&mut window, Key::G);
    assert!(says(&window, "the gravest of 26"));
    let count = |window: &Window| (30..=300).find(|n| says(window, &format!("of {n}, Overview"))).unwrap();
    let few = count(&window);
    assert!(few <= 40);
    shift(&mut window, Key::E);
    assert!(count(&window) > 200 && says(&window, "All 26"));
    shift(&mut window, Key::E);
    assert_eq!(count(&window), few);
    assert!(!app(&window).is_dirty(), "what is only suggested is not stored");
}

#[test]
fn the_card_is_read_on_by_keys() {
    let (mut window, _folder) = calm();
    press(&mut window, Key::F5);
    (0..3).for_each(|_| shift(&mut window, Key::PageDown));
    let height = |window: &Window| window.get_by_label_contains("Mitigate (M)").rect().top();
    let before = height(&window);
    shift(&mut window, Key::ArrowDown);
    assert!(height(&window) < before - 10.0);
    shift(&mut window, Key::ArrowUp);
    assert_eq!(height(&window), before);
}

#[test]
fn the_camera_glides_unless_nothing_is_to_move() {
    let travelled = |preferences: &str| {
        let (mut window, _folder) = shop(preferences);
        press(&mut window, Key::F5);
        window.key_press(Key::ArrowRight);
        let corner = |window: &Window| app(window).world_at(pos2(30.0, 60.0)).unwrap();
        let mut places = vec![corner(&window)];
        for _ in 0..60 {
            window.step();
            let now = corner(&window);
            if places.last().unwrap().distance(now) > 0.01 {
                places.push(now);
            }
        }
        places.len()
    };
    assert!(travelled("()") > 5);
    assert_eq!(travelled("(is_calm: true)"), 2);
}
