//! Dialogs of the system for files.

use super::{Answer, Choice, Done, Jobs, Purpose, READ};
use crate::app::export::What;
use std::path::PathBuf;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

impl Jobs {
    /// Shows a file dialog of the system. It must be made on the main thread on some systems and be waited for elsewhere.
    pub(in crate::app) fn choose_path(&mut self, purpose: Purpose, serial: u64, folder: Option<PathBuf>, name: &str) {
        let mut dialog = rfd::AsyncFileDialog::new();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        type Chosen = Box<dyn Future<Output = Option<rfd::FileHandle>> + Send + Unpin>;
        let future: Chosen = match &purpose {
            Purpose::Open | Purpose::Import | Purpose::Compare => {
                Box::new(Box::pin(dialog.add_filter("Threat models", READ).add_filter("All files", &["*"]).pick_file()))
            }
            Purpose::Theme => Box::new(Box::pin(dialog.add_filter("Themes", &["ron"]).pick_file())),
            Purpose::Findings => Box::new(Box::pin(
                dialog.add_filter("Tables", &["csv", "tsv", "txt"]).add_filter("All files", &["*"]).pick_file(),
            )),
            Purpose::Save { .. } => {
                Box::new(Box::pin(dialog.add_filter("Palisade model", &["ron", "json"]).set_file_name(name).save_file()))
            }
            Purpose::Picture(choices) if choices.what == What::All => Box::new(Box::pin(dialog.pick_folder())),
            Purpose::Picture(choices) => {
                let ending = choices.options.format.ending();
                let dialog = dialog.add_filter(ending.to_uppercase(), &[ending]);
                Box::new(Box::pin(dialog.set_file_name(name).save_file()))
            }
            Purpose::Chart(_, file) => {
                let dialog = dialog.add_filter(file.ending().to_uppercase(), &[file.ending()]);
                Box::new(Box::pin(dialog.set_file_name(name).save_file()))
            }
            Purpose::Report => Box::new(Box::pin(
                dialog.add_filter("Reports", &["pdf", "html", "xlsx", "csv", "md", "json"]).set_file_name(name).save_file(),
            )),
        };
        self.start(move |_| {
            let asked = Instant::now();
            let answer = match wait(future) {
                Some(file) => Answer::Path(file.path().to_owned()),
                // Nobody cancels within a blink: there was no dialog.
                None if asked.elapsed() < Duration::from_millis(250) => Answer::NoDialog,
                None => Answer::Cancelled,
            };
            Done::Chosen(Choice { purpose, serial, answer })
        });
    }
}

/// Waits for a future on this thread.
fn wait<T>(mut future: impl Future<Output = T> + Unpin) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match std::pin::Pin::new(&mut future).poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
