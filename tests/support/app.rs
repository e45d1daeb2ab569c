//! The whole app in a window for tests, driven by accessible names.

use super::window::window;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use palisade::app::{App, Services};
use palisade::model::{Date, Moment, ThreatModel};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The app is made in the first frame, when there is a context, and drawn from the second on, when it has its fonts.
pub type Window = Harness<'static, Option<App>>;

/// The app on its welcome page, on 2 October 2026. With a folder it remembers things there.
pub fn start(width: f32, height: f32, folder: Option<&Path>) -> Window {
    start_with(width, height, services(folder))
}

/// The clock stands at 14:05 on 2 October 2026. Nobody else is told what is open, and files are looked at only when
/// somebody comes back to the window.
pub fn services(folder: Option<&Path>) -> Services {
    Services {
        today: Date::new(2026, 10, 2).unwrap(),
        now: || Moment::new(Date::new(2026, 10, 2).unwrap(), 14, 5).unwrap(),
        seed: 7,
        config: folder.map(|f| f.join("config")),
        state: folder.map(|f| f.join("state")),
        system_dialogs: false,
        watch: None,
        host: None,
        user: String::new(),
    }
}

/// The app on its welcome page in other surroundings.
pub fn start_with(width: f32, height: f32, services: Services) -> Window {
    let draw = move |ui: &mut egui::Ui, app: &mut Option<App>| match app {
        None => {
            *app = Some(App::new(ui.ctx(), services.clone()));
            ui.ctx().request_repaint();
        }
        Some(app) => app.frame(ui),
    };
    let mut window = window(width, height).build_ui_state(draw, None);
    settle(&mut window);
    window
}

/// Presses a key, and waits for what it leads to.
pub fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Replaces what a field says.
pub fn write(window: &mut Window, field: &str, text: &str) {
    window.get_by_label(field).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label(field).type_text(text);
    settle(window);
}

/// Goes to another program, and comes back after that did something.
pub fn meanwhile(window: &mut Window, something: impl FnOnce()) {
    window.input_mut().focused = false;
    settle(window);
    something();
    window.input_mut().focused = true;
    settle(window);
}

/// Until nothing moves and no job runs.
pub fn settle(window: &mut Window) {
    // A job that tells how far it is keeps the window moving: it is waited for, not counted.
    let busy = |window: &Window| window.state().as_ref().is_some_and(App::is_busy);
    for _ in 0..6000 {
        let moves = window.try_run().is_err();
        if !busy(window) {
            assert!(!moves, "nothing is worked on and yet the window does not come to rest");
            window.run();
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
        window.step();
    }
}

pub fn app(window: &Window) -> &App {
    window.state().as_ref().unwrap()
}

/// One of the models the risk engine is held to; they are the samples without pictures.
pub fn oracle(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/oracle/{name}.model.json"))
}

/// A window with a model out of a file, which lies in the folder.
pub fn opened(model: &ThreatModel, width: f32, height: f32) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.ron");
    std::fs::write(&file, palisade::storage::save(model).unwrap()).unwrap();
    let mut window = start(width, height, None);
    open(&mut window, &file);
    (window, folder)
}

pub fn open(window: &mut Window, path: &Path) {
    window.state_mut().as_mut().unwrap().open_path(path.to_owned());
    settle(window);
    // What is told of an oracle, which is foreign, is only that its names say something.
    let is_oracle = path.to_str().is_some_and(|path| path.ends_with(".model.json"));
    if is_oracle && window.query_by_label_contains("They are proposed, not taken over").is_some() {
        window.key_press(egui::Key::Escape);
        settle(window);
    }
}

pub fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// Presses what may be scrolled out of view.
pub fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    settle(window);
}

/// Presses, moves in steps as a hand does, and lets go if told to.
pub fn drag(window: &mut Window, from: egui::Pos2, to: egui::Pos2, release: bool) {
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    window.run();
    for step in 1..=4 {
        window.hover_at(from + (to - from) * (step as f32 / 4.0));
        window.run();
    }
    if release {
        window.drop_at(to);
        settle(window);
    }
}

/// Takes back what was told, by the button beside it and not the one in the bar at the top.
pub fn undo_what_was_told(window: &mut Window) {
    window.get_all_by_label("Undo").max_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap().click();
    settle(window);
}
