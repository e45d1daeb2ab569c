//! The window, as a person uses it: everything is found by its accessible name.

#![cfg(feature = "gui")]

mod support;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::app::{App, Services};
use palisade::model::Date;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::window::window;

/// The app is made in the first frame, when there is a context, and drawn from the second on, when it has its fonts.
type Window = Harness<'static, Option<App>>;

fn services(folder: Option<&Path>) -> Services {
    Services {
        today: Date::new(2026, 10, 2).unwrap(),
        seed: 7,
        config: folder.map(|f| f.join("config")),
        state: folder.map(|f| f.join("state")),
        system_dialogs: false,
    }
}

fn start(folder: Option<&Path>) -> Window {
    let services = services(folder);
    let draw = move |ui: &mut egui::Ui, app: &mut Option<App>| match app {
        None => {
            *app = Some(App::new(ui.ctx(), services.clone()));
            ui.ctx().request_repaint();
        }
        Some(app) => app.frame(ui),
    };
    let mut window = window(1600.0, 1000.0).build_ui_state(draw, None);
    settle(&mut window);
    window
}

/// Until nothing moves and no job runs.
fn settle(window: &mut Window) {
    window.run();
    for _ in 0..200 {
        if !window.state().as_ref().is_some_and(App::is_busy) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        window.step();
    }
    window.run();
}

fn app<'a>(window: &'a Window) -> &'a App {
    window.state().as_ref().unwrap()
}

fn oracle(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/oracle/{name}.model.json"))
}

fn open(window: &mut Window, path: &Path) {
    window.state_mut().as_mut().unwrap().open_path(path.to_owned());
    settle(window);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

#[test]
fn selecting_in_the_tree_shows_the_element() {
    let mut window = start(None);
    window.get_by_label("New model");
    open(&mut window, &oracle("web-shop"));
    click(&mut window, "Shop database");
    assert_eq!(app(&window).selection().items.len(), 1);
    let zone = window.get_by_label("Zone").rect();
    assert!(zone.left() > 1300.0 && zone.right() < 1600.0, "the inspector keeps its width: {zone:?}");
    for label in window.query_all_by_label_contains("").map(|n| (n.accesskit_node().label(), n.rect())) {
        assert!(label.1.right() <= 1601.0, "{label:?}");
    }
}
