//! The app with everything around the canvas, and drags of one element that go over a seam.

use crate::clock::CpuTime;
use crate::window::Window;
use crate::{WINDOW, is_wanted, measure, note};
use criterion::Criterion;
use egui::{Event, Modifiers, PointerButton, Pos2, pos2, vec2};
use palisade::app::{App, Services};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::Rect;
use palisade::model::*;
use std::time::Duration;

/// The element that is dragged.
const MOVED: &str = "e00007";

/// The app with everything around the canvas.
pub struct Whole {
    pub window: Window,
    app: Option<App>,
    /// Of the file and its journal.
    _folder: tempfile::TempDir,
}

impl Whole {
    pub fn new(elements: usize, flows: usize, collapsed: &[&str]) -> Whole {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("model.ron");
        let mut model = generate(Size { elements, flows }, 1);
        model.diagrams.entry(DIAGRAM.into()).and_modify(|d| d.collapsed.extend(collapsed.iter().map(Id::new)));
        let text = palisade::storage::save(&model).expect("a sound model");
        std::fs::write(&file, text).expect("it can be written");
        let today = Date::new(2026, 1, 1).expect("a date");
        let services = Services { state: Some(folder.path().join("state")), ..Services::without_disk(today, 1) };
        let mut whole = Whole { window: Window::new(WINDOW), app: None, _folder: folder };
        let mut app = App::new(&whole.window.ctx, services);
        app.set_pace(Some(App::PACE));
        whole.app = Some(app);
        whole.frame(Vec::new());
        whole.app.as_mut().expect("just made").open_path(file);
        let worst = whole.wait();
        note(&format!("whole window, {elements} + {flows}, opening"), &mut [worst], "the dearest frame until all is there");
        for _ in 0..100 {
            whole.frame(Vec::new());
        }
        whole
    }

    pub fn app(&self) -> &App {
        self.app.as_ref().expect("it is there")
    }

    /// Until nothing runs in the background any more; the dearest frame meanwhile.
    fn wait(&mut self) -> Duration {
        let mut worst = self.frame(Vec::new());
        while self.app().is_busy() {
            std::thread::sleep(Duration::from_millis(20));
            worst = worst.max(self.frame(Vec::new()));
        }
        worst
    }

    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        let app = &mut self.app;
        self.window.frame(events, |ui| {
            if let Some(app) = app {
                app.frame(ui);
            }
        })
    }

    /// An element on the canvas and the middle of it on the screen. Nearer to its edge one would draw a flow.
    pub fn find(&self) -> (Id, Pos2) {
        let element = Id::new(MOVED);
        let middle = self.rect(&element).center();
        // Two places of the screen say how the world lies on it.
        let (here, there) = (pos2(500.0, 200.0), pos2(700.0, 300.0));
        let at = |at| self.app().world_at(at).expect("a place on the canvas");
        let (from, to) = (at(here), at(there));
        let scale = (there.x - here.x) / (to.x - from.x);
        (element, pos2(here.x + (middle.x - from.x) * scale, here.y + (middle.y - from.y) * scale))
    }

    /// Presses there, with nothing selected before and long enough after the last click.
    pub fn take_hold(&mut self, at: Pos2) {
        self.frame(vec![key(egui::Key::Escape, true, Modifiers::NONE)]);
        self.frame(vec![key(egui::Key::Escape, false, Modifiers::NONE)]);
        let beside = pos2(at.x, 2.0);
        for _ in 0..90 {
            self.frame(vec![Event::PointerMoved(beside)]);
        }
        self.frame(vec![Event::PointerMoved(at), button(at, true)]);
        for step in 1..=4u8 {
            self.frame(vec![Event::PointerMoved(at + vec2(f32::from(step) * 2.0, f32::from(step)))]);
        }
    }

    /// Drags an element a little to one side or back; the dearest frame from letting go until all is worked out.
    fn drop_beside(&mut self, n: u32) -> Duration {
        self.wait();
        let (element, from) = self.find();
        let before = self.rect(&element);
        let by = vec2(40.0, 24.0) * if n.is_multiple_of(2) { 1.0 } else { -1.0 };
        self.take_hold(from);
        for step in 1..=4u8 {
            self.frame(vec![Event::PointerMoved(from + by * (f32::from(step) / 4.0))]);
        }
        let time = self.frame(vec![button(from + by, false)]).max(self.wait());
        assert!(self.rect(&element) != before, "it was taken along");
        time
    }

    /// Takes the last step back; the frame in which that is seen.
    fn undo(&mut self) -> Duration {
        self.wait();
        let element = Id::new(MOVED);
        let before = self.rect(&element);
        self.frame(vec![key(egui::Key::Z, true, Modifiers::COMMAND)]);
        let time = self.frame(vec![key(egui::Key::Z, false, Modifiers::COMMAND)]);
        assert!(self.rect(&element) != before, "it was taken back");
        time
    }

    pub fn rect(&self, element: &Id) -> Rect {
        self.app().model().rect_of(&DIAGRAM.into(), element).expect("it is placed")
    }
}

pub fn key(key: egui::Key, pressed: bool, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
}

pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

pub fn window(c: &mut Criterion<CpuTime>) {
    for (elements, flows, limit) in [(500, 600, "≤ 6 ms"), (10_000, 15_000, "≤ 16 ms")] {
        let name = |what: &str| format!("whole window, {elements} + {flows}, {what}");
        let [still, dragging, dropping, undoing, beside] = [
            name("nothing moves"),
            name("dragging one, live risk"),
            name("dropping one, the dearest frame of each"),
            name("taking that back, the first frame of each"),
            name("dragging one beside two collapsed"),
        ];
        if [&still, &dragging, &dropping, &undoing].into_iter().any(|name| is_wanted(name)) {
            let mut whole = Whole::new(elements, flows, &[]);
            measure(c, &still, "", |_| whole.frame(Vec::new()));
            if is_wanted(&dragging) {
                drag(c, &dragging, limit, &mut whole);
            }
            if is_wanted(&dropping) || is_wanted(&undoing) {
                let mut drops: Vec<Duration> = (0..6).map(|n| whole.drop_beside(n)).collect();
                note(&dropping, &mut drops, limit);
                let mut undone: Vec<Duration> = (0..6).map(|_| whole.undo()).collect();
                note(&undoing, &mut undone, "≤ 16 ms");
            }
        }
        // Flows that end in what is hidden are led to the box that hides it.
        if is_wanted(&beside) {
            drag(c, &beside, limit, &mut Whole::new(elements, flows, &["b001-0-0", "b001-0-1"]));
        }
    }
}

/// Takes one element far to the right and down and back, over the seams on the way, again and again: each frame shows it
/// in another place, with the risk it has there. As fast as a hand, or guides would hold it where it is for many frames.
fn drag(c: &mut Criterion<CpuTime>, name: &str, limit: &str, whole: &mut Whole) {
    const STEP: f32 = 9.0;
    let (element, from) = whole.find();
    let element = &element;
    whole.take_hold(from);
    let (mut last, mut homes, mut frames, mut still) = (whole.rect(element), Vec::new(), 0u32, 0u32);
    measure(c, name, limit, |n| {
        let far = (n % 60) as f32;
        let by = if far < 30.0 { far } else { 60.0 - far } * STEP + 0.5;
        let time = whole.frame(vec![Event::PointerMoved(from + vec2(by, by * 0.6))]);
        let now = whole.rect(element);
        if now == std::mem::replace(&mut last, now) {
            still += 1
        } else {
            frames += 1
        }
        let home = whole.app().model().elements[element].boundary.clone();
        if homes.last() != Some(&home) {
            homes.push(home);
        }
        time
    });
    let changes = homes.len().saturating_sub(1);
    println!("{name}: moved in {frames} frames of {}, its boundary changed {changes} times", frames + still);
    assert!(still * 5 <= frames + still && (frames < 120 || changes > 1), "nearly each frame is a step of the drag");
    whole.frame(vec![Event::PointerMoved(from), button(from, false)]);
}
