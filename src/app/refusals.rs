//! What the system's clipboard refuses. The window library only writes it to the log, so that is listened to.

use log::{Level, LevelFilter, Log, Metadata, Record};
use std::sync::Mutex;

/// Where the window library speaks of the clipboard.
const CLIPBOARD: &str = "egui_winit::clipboard";

struct Listener(Mutex<Option<String>>);

static LISTENER: Listener = Listener(Mutex::new(None));

impl Log for Listener {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.level() == Level::Error && about.target() == CLIPBOARD
    }

    fn log(&self, record: &Record<'_>) {
        if let (true, Ok(mut last)) = (self.enabled(record.metadata()), self.0.lock()) {
            *last = Some(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Listens from now on, unless somebody else does.
pub fn listen() {
    if log::set_logger(&LISTENER).is_ok() {
        log::set_max_level(LevelFilter::Error);
    }
}

/// The last refusal since this was asked before.
pub fn take() -> Option<String> {
    LISTENER.0.lock().ok()?.take()
}
