//! The app in a window of the system.

use super::{App, Services};
use crate::model::{Date, Moment};
use directories::ProjectDirs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Why the window could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("the window could not be opened: {0}; `palisade --help` lists what works without one")]
    Window(String),
    #[error("the clock of this computer is out of range; set it")]
    Clock,
}

/// Shows the window, with a file if one is given, until it is closed.
///
/// # Errors
/// The system has no display or no OpenGL for it.
pub fn run(file: Option<PathBuf>) -> Result<(), AppError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Palisade")
        .with_app_id("palisade")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 560.0])
        .with_icon(icon());
    let options =
        eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, persist_window: false, ..Default::default() };
    let services = Services::of_system().ok_or(AppError::Clock)?;
    let make: eframe::AppCreator<'_> = Box::new(move |cc| {
        let mut app = App::new(&cc.egui_ctx, services);
        app.set_pace(Some(App::PACE));
        if let Some(file) = file {
            app.open_path(file);
        }
        Ok(Box::new(app))
    });
    eframe::run_native("Palisade", options, make).map_err(|e| AppError::Window(e.to_string()))
}

impl App {
    /// How long laying out may take in one frame of a drag: with all the rest it stays well within the 16 ms of a frame.
    pub const PACE: Duration = Duration::from_micros(1_500);
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

impl Services {
    /// For a window that remembers nothing, asks nobody and is alone: its clock stands still.
    pub fn without_disk(today: Date, seed: u64) -> Services {
        Services {
            today,
            now: Default::default,
            seed,
            config: None,
            state: None,
            system_dialogs: false,
            watch: None,
            host: None,
            user: String::new(),
        }
    }

    /// Clock, randomness and folders of this machine.
    fn of_system() -> Option<Services> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.as_secs());
        let days = i64::try_from(seconds / 86_400).unwrap_or_default();
        let dirs = ProjectDirs::from("", "", "palisade");
        Some(Services {
            today: Date::from_unix_days(days)?,
            now,
            // Without a source of randomness the clock must do; a taken id is refused, never reused.
            seed: getrandom::u64().unwrap_or(seconds),
            config: dirs.as_ref().map(|d| d.config_dir().to_owned()),
            state: dirs.as_ref().map(|d| d.state_dir().unwrap_or(d.data_local_dir()).to_owned()),
            system_dialogs: true,
            watch: Some(Duration::from_secs(3)),
            host: Some(gethostname::gethostname().to_string_lossy().into_owned()),
            user: ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default(),
        })
    }
}

/// The clock of this machine; one that says nonsense says 1970.
fn now() -> Moment {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.as_secs());
    Moment::from_unix_seconds(seconds).unwrap_or_default()
}

/// The picture of the window in task bars.
fn icon() -> egui::IconData {
    egui::IconData { rgba: include_bytes!("../../assets/icon/icon-64.rgba").to_vec(), width: 64, height: 64 }
}
