//! Work beside the window: each job runs on its own thread and ends in one message. The frame never waits.

use super::export::{Choices, What};
use super::files::Read;
use super::path_dialog::Listing;
use crate::progress::Progress;
use crate::scene::Bitmap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// What a finished job hands over.
pub(super) enum Done {
    /// A model was read, or a sentence says why not. `wish` is the number of the wish for it.
    Opened { wish: u64, read: Result<Box<Read>, String> },
    /// The first of the waiting saves was written and has this sum, or not.
    Saved(Result<String, super::saving::NotSaved>),
    /// The file of the model of this number was compared with what had this sum.
    Looked { serial: u64, expected: String, look: super::outside::Look },
    /// It was read again, or a sentence says why not.
    Reread { serial: u64, read: Result<Box<super::outside::Reread>, String> },
    /// The lock of this window beside the file, and who else has one, in words.
    Neighbours { serial: u64, file: PathBuf, lock: Option<Arc<crate::lock::Lock>>, others: String },
    /// What earlier windows left behind.
    LeftBehind(Vec<crate::journal::Found>),
    /// The pages of the report in the dialog, for the model of this number; `None` when they could not be laid out.
    ReportPages { serial: u64, pages: Option<Box<crate::report::Pages>> },
    /// The theme of a report was read, or sentences say what is wrong with it.
    Theme { path: PathBuf, read: Result<Box<crate::report::Theme>, Vec<String>> },
    /// A report was written, or a sentence says why not.
    /// Where it is, and what could not be searched for in it.
    Exported(Result<(PathBuf, Vec<String>), String>),
    /// The file was read again to be merged, or a sentence says why not.
    ToMerge { serial: u64, read: Result<Box<super::outside::Reread>, String> },
    /// Another file was read to be compared with, or a sentence says why not.
    Other { serial: u64, path: PathBuf, read: Result<Box<crate::model::ThreatModel>, String> },
    /// A state of a model was compared.
    Compared { serial: u64, revision: u64, found: Box<crate::compare::Comparison> },
    /// A table of findings was read for the model of this number, or a sentence says why not.
    Findings { serial: u64, path: PathBuf, read: Result<crate::vulnerabilities::Findings, String> },
    /// A dialog of the system was answered.
    Chosen(Choice),
    /// A folder was read for the question for a path.
    Listed(Listing),
    /// The whole layout of a diagram was made.
    LaidOut(Box<super::Brought>),
    /// What is not needed any more was thrown away.
    Cleared,
    /// Work that was given up when asked to.
    Cancelled,
    /// What the welcome page shows of a sample.
    Card(Box<crate::ui::SampleCard>),
    /// The next best controls were found for a state of a model.
    Roadmap { serial: u64, revision: u64, found: Box<crate::what_if::Roadmap> },
    /// Attack paths were found for a state of a model; `None` when that was given up.
    Paths { serial: u64, revision: u64, found: Option<Vec<crate::ui::FoundPaths>> },
    /// Years of losses were played through for a state of a model; `None` when that was given up.
    Years { serial: u64, revision: u64, played: Option<Box<crate::ui::Played>> },
    /// A diagram was drawn for the clipboard; `what` of it.
    Picture { what: &'static str, pixels: Option<Bitmap> },
    /// A diagram was arranged for a state of a model, or a sentence says why not.
    Tidied { serial: u64, revision: u64, is_whole: bool, tidied: Result<Box<crate::tidy::Tidied>, crate::tidy::NotTidied> },
    /// What the dialog for pictures shows was drawn.
    Preview { choices: Choices, pixels: Option<Bitmap> },
    /// Pictures were written, or a sentence says why not.
    Drawn(Result<String, String>),
    /// The diagrams of a file that is looked at were drawn.
    ImportDrawn(Vec<crate::ui::ImportPicture>),
    /// How far a job is, 0 to 1, and at what.
    Progress(f32, String),
}

/// Endings files usually have that can be read; the content decides.
pub(super) const READ: &[&str] =
    &["ron", "json", "tm7", "otm", "yaml", "yml", "drawio", "xml", "svg", "png", "mmd", "mermaid", "md", "csv", "tsv"];

/// What a path is chosen for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    Open,
    /// A file to become a part of what is open.
    Import,
    Save {
        then: Option<super::questions::After>,
    },
    Report,
    /// The looks of reports.
    Theme,
    /// Diagrams as pictures.
    Picture(Choices),
    /// A chart as a file.
    Chart(crate::chart::Topic, crate::ui::ChartFile),
    /// Findings of another tool, to be imported.
    Findings,
    /// A model to compare with.
    Compare,
}

/// The end of a dialog of the system.
pub(super) struct Choice {
    pub(super) purpose: Purpose,
    /// Number of the model the dialog was about.
    pub(super) serial: u64,
    pub(super) answer: Answer,
}

pub(super) enum Answer {
    Path(PathBuf),
    Cancelled,
    /// The system has no dialogs: the app must ask itself.
    NoDialog,
}

pub(super) struct Jobs {
    ctx: egui::Context,
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    running: usize,
    stop: Arc<AtomicBool>,
    /// How far the job that tells is.
    pub(super) progress: Option<(f32, String)>,
}

/// A job's line to the window.
#[derive(Clone)]
pub(super) struct Line {
    ctx: egui::Context,
    sender: Sender<Done>,
    stop: Arc<AtomicBool>,
}

impl Line {
    fn send(&self, done: Done) {
        // The window may be gone; then nobody needs the message.
        let _ = self.sender.send(done);
        self.ctx.request_repaint();
    }
}

impl Progress for Line {
    fn report(&self, done: f32, what: &str) {
        self.send(Done::Progress(done, what.to_owned()));
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Jobs {
    pub(super) fn new(ctx: egui::Context) -> Jobs {
        let (sender, receiver) = channel();
        Jobs { ctx, sender, receiver, running: 0, stop: Arc::default(), progress: None }
    }

    pub(super) fn context(&self) -> &egui::Context {
        &self.ctx
    }

    pub(super) fn is_busy(&self) -> bool {
        self.running > 0
    }

    /// Starts a job. Returns false when the system gives no thread for it.
    pub(super) fn start(&mut self, work: impl FnOnce(&Line) -> Done + Send + 'static) -> bool {
        let line = Line { ctx: self.ctx.clone(), sender: self.sender.clone(), stop: Arc::clone(&self.stop) };
        let started = std::thread::Builder::new().name("job".into()).spawn(move || {
            let done = work(&line);
            line.send(done);
        });
        self.running += usize::from(started.is_ok());
        started.is_ok()
    }

    /// Throws something large away beside the window.
    pub(super) fn clear(&mut self, thing: impl Send + 'static) {
        self.start(move |_| {
            drop(thing);
            Done::Cleared
        });
    }

    /// Asks running jobs that listen to give up.
    pub(super) fn cancel(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
        self.progress = None;
    }

    /// The messages since the last frame.
    pub(super) fn finished(&mut self) -> Vec<Done> {
        let mut out = Vec::new();
        while let Ok(done) = self.receiver.try_recv() {
            if let Done::Progress(share, what) = done {
                self.progress = Some((share, what));
                continue;
            }
            self.running = self.running.saturating_sub(1);
            if matches!(done, Done::Exported(_) | Done::Drawn(_) | Done::Tidied { .. } | Done::Years { .. } | Done::Cancelled) {
                self.progress = None;
            }
            out.push(done);
        }
        out
    }

    /// Shows a file dialog of the system. It must be made on the main thread on some systems and be waited for elsewhere.
    pub(super) fn choose_path(&mut self, purpose: Purpose, serial: u64, folder: Option<PathBuf>, name: &str) {
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
