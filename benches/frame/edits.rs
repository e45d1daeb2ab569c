//! Single edits of a large model and their undo: the dearest frame from the key or the button until nothing moves any
//! more, and those in which the whole layout is made beside the window and taken over.

use crate::whole::{Whole, button, key};
use crate::{is_wanted, note};
use egui::{Event, Key, Modifiers, Pos2, vec2};
use palisade::model::Id;
use std::time::Duration;

/// So many frames each, in which lists and what was left for later follow too.
const FRAMES: usize = 40;

const EDITS: &[&str] = &[
    "dropping one",
    "undo of a move",
    "redo of a move",
    "a rename",
    "undo of a rename",
    "redo of a rename",
    "deleting one",
    "undo of deleting",
    "redo of deleting",
    "beside the whole layout",
    "taking the whole layout over",
];

pub fn edits() {
    for (elements, flows) in [(500, 600), (10_000, 15_000)] {
        let name = |view: &str, what: &str| format!("edits of {elements} + {flows} {view}, {what}");
        let is_view_wanted = |view: &str| EDITS.iter().any(|what| is_wanted(&name(view, what)));
        let views: Vec<&str> = ["fitted", "close by"].into_iter().filter(|view| is_view_wanted(view)).collect();
        if views.is_empty() {
            continue;
        }
        let mut whole = Whole::new(elements, flows, &[]);
        for view in views {
            if view == "close by" {
                let (_, at) = whole.find();
                click(&mut whole, at);
                stroke(&mut whole, Key::Num2, Modifiers::SHIFT);
                frames(&mut whole, 3 * FRAMES);
            }
            let mut rows: Vec<(&str, Vec<Duration>)> = EDITS.iter().map(|what| (*what, Vec::new())).collect();
            let mut tell = |what: &str, times: Vec<Duration>| {
                tell(&name(view, what), &times);
                let row = rows.iter_mut().find(|(w, _)| *w == what).map(|(_, row)| row).expect("it is listed");
                row.extend(times.iter().max());
            };
            for n in 0..3 {
                one_round(&mut whole, n, &mut tell);
            }
            for (what, mut times) in rows {
                note(&name(view, what), &mut times, "≤ 16 ms");
            }
        }
    }
}

fn one_round(whole: &mut Whole, n: u32, tell: &mut impl FnMut(&str, Vec<Duration>)) {
    let (element, from) = whole.find();
    let before = whole.rect(&element);
    let by = vec2(46.0, 27.0) * if n.is_multiple_of(2) { 1.0 } else { -1.0 };
    whole.take_hold(from);
    for step in 1..=4u8 {
        whole.frame(vec![Event::PointerMoved(from + by * (f32::from(step) / 4.0))]);
    }
    frames(whole, FRAMES);
    tell("dropping one", times(whole, button(from + by, false)));
    let moved = whole.rect(&element);
    assert!(moved != before, "it was taken along");
    tell("undo of a move", pressed(whole, Key::Z, Modifiers::COMMAND));
    assert!(whole.rect(&element) == before, "it is back");
    tell("redo of a move", pressed(whole, Key::Y, Modifiers::COMMAND));
    assert!(whole.rect(&element) == moved, "and there again");
    pressed(whole, Key::Z, Modifiers::COMMAND);

    if n == 0 {
        renamed_and_deleted(whole, &element, from, tell);
    }
    let mut beside = Vec::new();
    while whole.app().is_busy() {
        std::thread::sleep(Duration::from_millis(20));
        beside.push(whole.frame(Vec::new()));
    }
    // The one that took it over, and what it left for those after it.
    let mut taking = beside.split_off(beside.len().saturating_sub(2));
    taking.extend(frames(whole, FRAMES));
    tell("beside the whole layout", beside);
    tell("taking the whole layout over", taking);
}

fn renamed_and_deleted(whole: &mut Whole, element: &Id, at: Pos2, tell: &mut impl FnMut(&str, Vec<Duration>)) {
    let name = |whole: &Whole| whole.app().model().name_of(element).to_owned();
    let before = name(whole);
    click(whole, at);
    stroke(whole, Key::F2, Modifiers::NONE);
    frames(whole, FRAMES);
    whole.frame(vec![Event::Text("Renamed".into())]);
    frames(whole, FRAMES);
    tell("a rename", pressed(whole, Key::Enter, Modifiers::NONE));
    assert!(name(whole) == "Renamed", "{}", name(whole));
    tell("undo of a rename", pressed(whole, Key::Z, Modifiers::COMMAND));
    assert!(name(whole) == before, "{}", name(whole));
    tell("redo of a rename", pressed(whole, Key::Y, Modifiers::COMMAND));
    assert!(name(whole) == "Renamed");
    pressed(whole, Key::Z, Modifiers::COMMAND);

    let is_there = |whole: &Whole| whole.app().model().elements.contains_key(element);
    click(whole, at);
    tell("deleting one", pressed(whole, Key::Delete, Modifiers::NONE));
    assert!(!is_there(whole));
    tell("undo of deleting", pressed(whole, Key::Z, Modifiers::COMMAND));
    assert!(is_there(whole));
    tell("redo of deleting", pressed(whole, Key::Y, Modifiers::COMMAND));
    assert!(!is_there(whole));
    pressed(whole, Key::Z, Modifiers::COMMAND);
}

/// Prints which frames were dear.
fn tell(name: &str, times: &[Duration]) {
    let mut dear: Vec<(Duration, usize)> = times.iter().enumerate().map(|(n, time)| (*time, n)).collect();
    dear.sort();
    let dear: Vec<String> =
        dear.iter().rev().take(5).map(|(time, n)| format!("{:.1} (frame {n})", time.as_secs_f64() * 1000.0)).collect();
    println!("{name}: {} frames, dearest {}", times.len(), dear.join(", "));
}

fn frames(whole: &mut Whole, count: usize) -> Vec<Duration> {
    (0..count).map(|_| whole.frame(Vec::new())).collect()
}

fn times(whole: &mut Whole, event: Event) -> Vec<Duration> {
    let mut times = vec![whole.frame(vec![event])];
    times.extend(frames(whole, FRAMES));
    times
}

fn stroke(whole: &mut Whole, with: Key, modifiers: Modifiers) -> [Duration; 2] {
    [true, false].map(|is_down| whole.frame(vec![key(with, is_down, modifiers)]))
}

fn pressed(whole: &mut Whole, with: Key, modifiers: Modifiers) -> Vec<Duration> {
    let mut times = stroke(whole, with, modifiers).to_vec();
    times.extend(frames(whole, FRAMES));
    times
}

/// Selects what is there and nothing else.
fn click(whole: &mut Whole, at: Pos2) {
    stroke(whole, Key::Escape, Modifiers::NONE);
    stroke(whole, Key::Escape, Modifiers::NONE);
    frames(whole, 60);
    whole.frame(vec![Event::PointerMoved(at)]);
    whole.frame(vec![button(at, true)]);
    whole.frame(vec![button(at, false)]);
    frames(whole, 60);
}
