//! Very large models: `cargo bench --bench scale`. Processor time of the thread, the best of a few; with two hands the time
//! on the wall. What the window takes is measured in a process of its own, which does nothing but open the file.

#[path = "clock/now.rs"]
mod clock;
#[path = "frame/window.rs"]
mod window;

use clock::now;
use palisade::app::{App, Services};
use palisade::generate::{Size, generate};
use palisade::library::Library;
use palisade::model::Date;
use palisade::threads::Threads;
use palisade::{disk, risk, storage};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use window::Window;

const OPEN: &str = "--open";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(file) = args.iter().skip_while(|arg| *arg != OPEN).nth(1) {
        return open(Path::new(file));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (elements, flows, times) in [(1_000, 1_500, 20), (10_000, 15_000, 5), (100_000, 150_000, 1)] {
        println!("{elements} + {flows}");
        let model = generate(Size { elements, flows }, 1);
        let text = storage::save(&model).expect("a sound model");
        row("load", best(times, || drop(black_box(storage::load(&text)))));
        row("save", best(times, || drop(black_box(storage::save(&model)))));
        let (library, hands) = (Library::builtin(), Threads::of_this_machine());
        row("assess from scratch", best(times, || drop(black_box(risk::assess(&model, library)))));
        let on_the_wall = (0..times).map(|_| {
            let start = Instant::now();
            let assessment = black_box(risk::assess_by(&model, library, None, &hands));
            let time = start.elapsed();
            drop(assessment);
            time
        });
        row("assess from scratch by two hands, on the wall", on_the_wall.min().unwrap_or_default());
        if text.len() as u64 > disk::LIMIT {
            println!("  window: the file is refused, it is larger than {} MB", disk::LIMIT / 1024 / 1024);
            continue;
        }
        let file: PathBuf = folder.path().join(format!("{elements}.ron"));
        std::fs::write(&file, &text).expect("it can be written");
        let this = std::env::current_exe().expect("this program");
        let child = Command::new(this).arg(OPEN).arg(&file).status().expect("it starts");
        assert!(child.success(), "the window opened it");
    }
}

/// Opens a file in a window without a screen, and tells what that took.
fn open(file: &Path) {
    let mut window = Window::new(egui::vec2(1280.0, 720.0));
    let today = Date::new(2026, 1, 1).expect("a date");
    let services = Services::without_disk(today, 1);
    let mut app = App::new(&window.ctx, services);
    window.frame(Vec::new(), |ui| app.frame(ui));
    let start = Instant::now();
    app.open_path(file.to_owned());
    let (mut dearest, mut shown) = (Duration::ZERO, None);
    while app.is_busy() || shown.is_none() {
        dearest = dearest.max(window.frame(Vec::new(), |ui| app.frame(ui)));
        if shown.is_none() && !app.model().elements.is_empty() {
            shown = Some(start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    row("window: until it is seen, on the wall", shown.unwrap_or_default());
    row("window: until all is laid out, on the wall", start.elapsed());
    row("window: the dearest frame meanwhile", dearest);
    let still = (0..20).map(|_| window.frame(Vec::new(), |ui| app.frame(ui))).min().unwrap_or_default();
    row("window: a frame in which nothing moves", still);
    if let Some(most) = most_memory() {
        println!("  {:<50} {most:>9} MB", "window: memory at most");
    }
}

fn best(times: u32, work: impl FnMut()) -> Duration {
    let mut work = work;
    let one = |_| {
        let start = now();
        work();
        now() - start
    };
    (0..times).map(one).min().unwrap_or_default()
}

fn row(what: &str, time: Duration) {
    println!("  {what:<50} {:>9.1} ms", time.as_secs_f64() * 1000.0);
}

/// What the process had at most, in megabytes; known on Linux.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes / 1000)
}
