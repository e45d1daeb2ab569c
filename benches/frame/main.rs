//! What a frame costs: `cargo bench --bench frame`. Processor time of this thread, from input to triangles, so that the
//! figures mean something on a busy machine; a table of medians and of the dearest frames comes last. With
//! `--features compare` `egui_graphs` draws the same graphs beside it.

#[path = "../clock/mod.rs"]
mod clock;
#[cfg(feature = "compare")]
mod compare;
mod edits;
mod registers;
mod stage;
mod whole;
mod window;

use clock::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, vec2};
use palisade::edit::{Document, Edit};
use palisade::geometry;
use palisade::model::Id;
use palisade::scene::{Detail, lay_out};
use stage::Stage;
use std::sync::Mutex;
use std::time::Duration;

const WINDOW: egui::Vec2 = vec2(1280.0, 720.0);
/// Here the five hundred are so large when fitted that their names and those of flows are drawn.
const LARGE_SCREEN: egui::Vec2 = vec2(3840.0, 2160.0);

fn scroll(by: egui::Vec2) -> Event {
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    Event::MouseWheel { unit, delta: by, phase, modifiers: Modifiers::NONE }
}

/// Name, median, dearest and a note, in the order of the table.
static TABLE: Mutex<Vec<(String, Duration, Duration, String)>> = Mutex::new(Vec::new());

/// Adds a row to the table.
fn note(name: &str, times: &mut [Duration], note: &str) {
    times.sort();
    if let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) {
        TABLE.lock().expect("one thread").push((name.to_owned(), *median, *worst, note.to_owned()));
    }
}

/// Whether a measurement is among those asked for; what it takes to set up the others is left out.
fn is_wanted(name: &str) -> bool {
    filter().is_none_or(|word| name.contains(&word))
}

/// What is asked for on the command line. Options of Criterion may have a value after them, which is none.
fn filter() -> Option<String> {
    const ALONE: &[&str] = &["--bench", "--test", "--list", "--exact", "--quiet", "--verbose", "--noplot", "--discard-baseline"];
    let mut is_value = false;
    let words = std::env::args().skip(1).filter(|word| {
        let is_option = word.starts_with('-');
        let is_filter = !is_option && !is_value;
        is_value = is_option && !word.contains('=') && !ALONE.contains(&word.as_str());
        is_filter
    });
    words.last()
}

/// Whether any of the three ways a view is looked at is among those asked for.
fn is_look_wanted(what: &str) -> bool {
    ["nothing moves", "panning", "zooming", "after a zoom", "one moved, drawing alone"]
        .into_iter()
        .any(|look| is_wanted(&format!("{what}, {look}")))
}

/// Has criterion measure a frame, and notes its median for the table.
fn measure(c: &mut Criterion<CpuTime>, name: &str, note: impl Into<String>, mut frame: impl FnMut(u64) -> Duration) {
    let mut times = Vec::new();
    let mut n = 0;
    c.bench_function(name, |b| {
        b.iter_custom(|iterations| {
            let run = |_| {
                n += 1;
                frame(n)
            };
            let some: Vec<Duration> = (0..iterations).map(run).collect();
            times.extend_from_slice(&some);
            some.iter().sum()
        });
    });
    crate::note(name, &mut times, &note.into());
}

/// The three ways a view is looked at.
fn looks(c: &mut Criterion<CpuTime>, what: &str, limit: &str, stage: &mut Stage) {
    stage.settle();
    let note = format!("{limit}, at {:.1} %, {} triangles", stage.scale() * 100.0, stage.window.triangles);
    measure(c, &format!("{what}, nothing moves"), note, |_| stage.frame(Vec::new()));
    let back_and_forth = |n: u64| if (n / 20).is_multiple_of(2) { 3.0 } else { -3.0 };
    measure(c, &format!("{what}, panning"), limit, |n| stage.frame(vec![scroll(vec2(back_and_forth(n), 0.0))]));
    measure(c, &format!("{what}, zooming"), limit, |n| stage.frame(vec![Event::Zoom(1.0 + back_and_forth(n) * 0.002)]));
    // What was stretched meanwhile is made sharp once the zoom rests.
    measure(c, &format!("{what}, after a zoom"), limit, |n| match n % 40 {
        0 => stage.frame(vec![Event::Zoom(if (n / 40).is_multiple_of(2) { 1.2 } else { 1.0 / 1.2 })]),
        _ => stage.frame(Vec::new()),
    });
}

fn canvas(c: &mut Criterion<CpuTime>) {
    if is_look_wanted("500 + 600 fitted") {
        fitted(c);
    }
    if is_look_wanted("500 + 600 with names, large screen") {
        let mut stage = Stage::new(LARGE_SCREEN, 500, 600);
        stage.settle();
        assert!(Detail::at_zoom(stage.scale()) <= Detail::Compact, "names are drawn at {}", stage.scale());
        assert!(stage.sees_all(), "and all are in view");
        looks(c, "500 + 600 with names, large screen", "≤ 4 ms", &mut stage);
    }
    if is_look_wanted("10,000 + 15,000 fitted") || is_look_wanted("10,000 + 15,000 at 100 %") {
        let mut stage = Stage::new(WINDOW, 10_000, 15_000);
        looks(c, "10,000 + 15,000 fitted", "≤ 8 ms", &mut stage);
        stage.canvas.zoom(palisade::ui::Command::ZoomActual);
        looks(c, "10,000 + 15,000 at 100 %", "≤ 1 ms", &mut stage);
    }
}

fn fitted(c: &mut Criterion<CpuTime>) {
    let mut stage = Stage::new(WINDOW, 500, 600);
    looks(c, "500 + 600 fitted", "≤ 4 ms", &mut stage);
    // The two states a drag goes back and forth between; working them out is not part of drawing.
    let moved = {
        let items = [Id::new("e00007")].into();
        let mut document = Document::new(stage.model.clone());
        let edit = Edit::Move { diagram: stage.diagram.clone(), items, by: geometry::vec2(40.0, 24.0) };
        document.commit(&edit).expect("it can be moved");
        document.model().clone()
    };
    let mut other = (lay_out(&moved, &stage.diagram), moved);
    measure(c, "500 + 600 fitted, one moved, drawing alone", "of ≤ 6 ms", |_| {
        stage.revision += 1;
        std::mem::swap(&mut stage.layout, &mut other.0);
        std::mem::swap(&mut stage.model, &mut other.1);
        stage.frame(Vec::new())
    });
}

fn table(_: &mut Criterion<CpuTime>) {
    println!("Processor time of a frame with tessellation, in milliseconds: median, dearest");
    for (name, median, worst, note) in TABLE.lock().expect("one thread").iter() {
        println!("{name:<58} {:>8.2} {:>8.2}  {note}", median.as_secs_f64() * 1000.0, worst.as_secs_f64() * 1000.0);
    }
}

fn others(c: &mut Criterion<CpuTime>) {
    #[cfg(feature = "compare")]
    compare::others(c);
    #[cfg(not(feature = "compare"))]
    let _ = c;
}

fn edits(_: &mut Criterion<CpuTime>) {
    edits::edits();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(10).warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = canvas, whole::window, edits, registers::registers, others, table
}
criterion_main!(benches);
