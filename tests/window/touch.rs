//! Fingers on the canvas: they reach further than a mouse, held still they open the menu, and two move the view.

use crate::support::app::{Window, app, open, oracle, start};
use crate::support::dsl::{MAIN, id};
use crate::support::hand::{Hand, shop};
use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use egui_kittest::kittest::Queryable;
use palisade::edit::Edit;
use palisade::geometry::{Point, pt, vec2 as by};
use palisade::model::{Key, Placement, PlacementKey, Route};
use palisade::tool::{Grip, Handle};

fn grip(hand: &mut Hand, at: Point) -> Grip {
    let mut found = Grip::Ground;
    hand.with_tools(|_, cx| {
        found = Grip::at(cx, at);
        Vec::new()
    });
    found
}

#[test]
fn a_mouse_reaches_8_pixels_and_a_finger_20() {
    for (touch, hit, missed) in [(false, 7.0, 10.0), (true, 19.0, 23.0)] {
        for scale in [0.5, 1.0, 2.0] {
            let mut hand = shop();
            let key = PlacementKey::new(MAIN, id("customer>web"));
            let route = Placement::Route(Route { label: Some(0.9), ..Route::default() });
            hand.document.commit(&Edit::put(Key::Placement(key), route)).unwrap();
            (hand.touch, hand.scale) = (touch, scale);
            let (hit, missed) = (hit / scale, missed / scale);
            // Above the flow from Customer to Web; its label is moved far away from there.
            let flow = Some(id("customer>web"));
            assert_eq!(grip(&mut hand, pt(190.0, 136.0 - hit)).item().cloned(), flow, "{touch} {scale}");
            assert_eq!(grip(&mut hand, pt(190.0, 136.0 - missed)), Grip::Ground, "{touch} {scale}");
            // Outside of the lower seam of the cloud.
            assert_eq!(grip(&mut hand, pt(500.0, 440.0 + hit)), Grip::Frame(id("cloud")));
            assert_eq!(grip(&mut hand, pt(500.0, 440.0 + missed)), Grip::Ground);
            // Right of the lower right handle, 4 pixels outside of the box.
            hand.select(&["DB"]);
            let corner = hand.rect("DB").max() + by(4.0 / scale, 4.0 / scale);
            let handle = Grip::Resize(id("DB"), Handle { x: 1, y: 1 });
            assert_eq!(grip(&mut hand, pt(corner.x + hit, corner.y)), handle);
            assert_ne!(grip(&mut hand, pt(corner.x + missed, corner.y)), handle);
        }
    }
}

/// What the window hands on for a finger, in one frame: of the first one it makes a pointer.
fn finger(window: &mut Window, n: u64, phase: TouchPhase, pos: Pos2) {
    let mut events = vec![Event::Touch { device_id: TouchDeviceId(0), id: TouchId(n), phase, pos, force: None }];
    if n == 0 {
        events.push(Event::PointerMoved(pos));
        if phase != TouchPhase::Move {
            let pressed = phase == TouchPhase::Start;
            events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
        }
        if phase == TouchPhase::End {
            events.push(Event::PointerGone);
        }
    }
    window.input_mut().events.extend(events);
    window.step();
}

fn shop_window() -> (Window, Pos2) {
    let mut window = start(1600.0, 1000.0, None);
    open(&mut window, &oracle("web-shop"));
    let at = window.query_all_by_label_contains("Data store Session cache").next().unwrap().rect().center();
    (window, at)
}

#[test]
fn a_finger_held_still_opens_the_menu_and_letting_go_leaves_it_open() {
    let (mut window, at) = shop_window();
    let entries = |window: &Window| window.query_all_by_label("Change the kind").count();
    let before = entries(&window);
    finger(&mut window, 0, TouchPhase::Start, at);
    for _ in 0..20 {
        window.step();
    }
    // The bar above the selection has one of the same name.
    assert!(entries(&window) <= before + 1, "not before half a second");
    for _ in 0..15 {
        window.step();
    }
    assert_eq!(entries(&window), before + 2);
    finger(&mut window, 0, TouchPhase::End, at);
    window.run();
    assert_eq!(entries(&window), before + 2);
    assert_eq!(app(&window).selection().items.len(), 1);
}

#[test]
fn two_fingers_move_the_view_and_drag_nothing() {
    let (mut window, at) = shop_window();
    let before = app(&window).model().clone();
    finger(&mut window, 0, TouchPhase::Start, at);
    finger(&mut window, 0, TouchPhase::Move, at + vec2(30.0, 0.0));
    finger(&mut window, 1, TouchPhase::Start, at + vec2(130.0, 0.0));
    for n in 1..5 {
        let by = vec2(0.0, 20.0 * n as f32);
        finger(&mut window, 0, TouchPhase::Move, at + vec2(30.0, 0.0) + by);
        finger(&mut window, 1, TouchPhase::Move, at + vec2(130.0, 0.0) + by);
    }
    finger(&mut window, 1, TouchPhase::End, at + vec2(130.0, 80.0));
    finger(&mut window, 0, TouchPhase::Move, at + vec2(60.0, 80.0));
    finger(&mut window, 0, TouchPhase::End, at + vec2(60.0, 80.0));
    window.run();
    assert_eq!(app(&window).model().placements, before.placements);
    let now = window.query_all_by_label_contains("Data store Session cache").next().unwrap().rect().center();
    assert!((now - at).y > 60.0, "{at} went to {now}");
}
