//! Work beside the window: each job runs on its own thread and ends in one message. The frame never waits.

mod system_dialog;

use super::dialogs::Listing;
use super::export::Choices;
use super::files::Read;
use crate::progress::Progress;
use crate::scene::Bitmap;
use crate::ui::Work;
use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// What a finished job hands over.
pub(super) enum Done {
    /// A model was read, or a sentence says why not. `wish` is the number of the wish for it.
    Opened { wish: u64, read: Result<Box<Read>, String> },
    /// The first of the waiting saves was written, or not.
    Saved(Result<super::saving::Written, super::saving::NotSaved>),
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
    /// All threats were rated by the method of a model; `None` when that was given up.
    Rated { serial: u64, revision: u64, found: Option<crate::ui::RatingsFound> },
    /// What names say was read.
    NamesRead { serial: u64, found: crate::ui::ProposalsFound },
    /// Years of losses were played through for a state of a model; `None` when that was given up.
    Years { serial: u64, revision: u64, played: Option<Box<crate::ui::Played>> },
    /// A diagram was drawn for the clipboard; `what` of it.
    Picture { what: &'static str, pixels: Option<Bitmap> },
    /// A diagram was arranged for a state of a model, or a sentence says why not.
    Tidied { serial: u64, revision: u64, is_whole: bool, tidied: Result<Box<crate::tidy::Tidied>, crate::tidy::NotTidied> },
    /// What the dialog for pictures shows was drawn.
    Preview { wish: u64, pixels: Option<Bitmap> },
    /// Pictures were written, or a sentence says why not.
    Drawn(Result<String, String>),
    /// The summary of a session was written.
    Summed(Result<String, String>),
    /// The diagrams of a file that is looked at were drawn.
    ImportDrawn(Vec<crate::ui::ImportPicture>),
}

/// What a job sends, with its number.
enum Message {
    /// How far it is, 0 to 1, and at what.
    Progress(u64, f32, String),
    Done(u64, Done),
}

/// A job somebody waits for, as it is told.
#[derive(Debug)]
struct Told {
    job: u64,
    /// How far it is, 0 to 1, where it says so.
    share: Option<f32>,
    what: String,
    /// It can be given up without harm.
    can_stop: bool,
    /// When it was first to be told.
    since: Cell<Option<f64>>,
}

/// What takes less than this, in seconds, is over before anybody could read what it is.
const PATIENCE: f64 = 0.25;

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
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    running: usize,
    /// Number of the last one.
    last: u64,
    stop: Arc<AtomicBool>,
    /// The job that is told of.
    told: Option<Told>,
}

/// A job's line to the window.
#[derive(Clone)]
pub(super) struct Line {
    ctx: egui::Context,
    job: u64,
    sender: Sender<Message>,
    stop: Arc<AtomicBool>,
}

impl Line {
    fn send(&self, message: Message) {
        // The window may be gone; then nobody needs the message.
        let _ = self.sender.send(message);
        self.ctx.request_repaint();
    }
}

impl Progress for Line {
    fn report(&self, done: f32, what: &str) {
        self.send(Message::Progress(self.job, done, what.to_owned()));
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Jobs {
    pub(super) fn new(ctx: egui::Context) -> Jobs {
        let (sender, receiver) = channel();
        Jobs { ctx, sender, receiver, running: 0, last: 0, stop: Arc::default(), told: None }
    }

    pub(super) fn context(&self) -> &egui::Context {
        &self.ctx
    }

    pub(super) fn is_busy(&self) -> bool {
        self.running > 0
    }

    /// Starts a job. Returns false when the system gives no thread for it.
    pub(super) fn start(&mut self, work: impl FnOnce(&Line) -> Done + Send + 'static) -> bool {
        self.last += 1;
        let (ctx, job) = (self.ctx.clone(), self.last);
        let line = Line { ctx, job, sender: self.sender.clone(), stop: Arc::clone(&self.stop) };
        let started = std::thread::Builder::new().name("job".into()).spawn(move || {
            let done = work(&line);
            line.send(Message::Done(job, done));
        });
        self.running += usize::from(started.is_ok());
        started.is_ok()
    }

    /// Starts one that somebody waits for, with what it is for people.
    pub(super) fn start_told(&mut self, what: String, can_stop: bool, work: impl FnOnce(&Line) -> Done + Send + 'static) -> bool {
        let started = self.start(work);
        if started {
            self.told = Some(Told { job: self.last, share: None, what, can_stop, since: Cell::default() });
        }
        started
    }

    /// What people wait for, once that takes long enough to be worth a word.
    pub(super) fn work(&self) -> Option<Work<'_>> {
        let now = self.ctx.input(|i| i.time);
        let told = self.told.as_ref()?;
        let since = told.since.get().unwrap_or(now);
        told.since.set(Some(since));
        let age = now - since;
        if age < PATIENCE {
            self.ctx.request_repaint_after(Duration::from_secs_f64(PATIENCE - age));
            return None;
        }
        Some(Work::AskedFor { share: told.share, what: &told.what, can_stop: told.can_stop })
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
        self.told = self.told.take().filter(|told| !told.can_stop);
    }

    /// The messages since the last frame.
    pub(super) fn finished(&mut self) -> Vec<Done> {
        let mut out = Vec::new();
        while let Ok(message) = self.receiver.try_recv() {
            match message {
                Message::Progress(job, share, what) => {
                    let before = self.told.take().filter(|told| told.job == job);
                    let since = before.map(|told| told.since).unwrap_or_default();
                    self.told = Some(Told { job, share: Some(share), what, can_stop: true, since });
                }
                Message::Done(job, done) => {
                    self.running = self.running.saturating_sub(1);
                    self.told = self.told.take().filter(|told| told.job != job);
                    out.push(done);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ctx: &egui::Context, time: f64) {
        let mut out = ctx.run_ui(egui::RawInput { time: Some(time), ..egui::RawInput::default() }, |_| {});
        // Nobody draws it.
        out.textures_delta.clear();
    }

    fn wait(jobs: &mut Jobs) -> Vec<Done> {
        let mut all = Vec::new();
        while jobs.is_busy() {
            all.extend(jobs.finished());
            std::thread::yield_now();
        }
        all
    }

    #[test]
    fn what_takes_long_is_told_with_how_far_it_is_until_it_is_given_up() {
        let ctx = egui::Context::default();
        at(&ctx, 0.0);
        let mut jobs = Jobs::new(ctx.clone());
        let (half, is_half) = channel();
        jobs.start_told("Reading".to_owned(), true, move |line| {
            line.report(0.5, "Reading on");
            half.send(()).unwrap();
            while !line.cancelled() {
                std::thread::yield_now();
            }
            Done::Cancelled
        });
        assert!(jobs.work().is_none(), "it may be over before anybody could read it");
        is_half.recv().unwrap();
        assert!(jobs.finished().is_empty());
        at(&ctx, 1.0);
        match jobs.work() {
            Some(Work::AskedFor { share: Some(share), what, can_stop }) => {
                assert_eq!((share, what, can_stop), (0.5, "Reading on", true));
            }
            other => panic!("{other:?}"),
        }
        jobs.cancel();
        assert!(jobs.work().is_none());
        assert!(matches!(wait(&mut jobs).as_slice(), [Done::Cancelled]));
    }

    #[test]
    fn the_end_of_one_job_does_not_hide_another_and_saving_goes_on() {
        let ctx = egui::Context::default();
        at(&ctx, 0.0);
        let mut jobs = Jobs::new(ctx.clone());
        let (go, may_go) = channel::<()>();
        jobs.start(|_| Done::Cleared);
        jobs.start_told("Saving".to_owned(), false, move |_| {
            may_go.recv().unwrap();
            Done::Cleared
        });
        assert!(jobs.work().is_none());
        at(&ctx, 1.0);
        jobs.cancel();
        let is_told = |jobs: &Jobs| matches!(jobs.work(), Some(Work::AskedFor { what: "Saving", can_stop: false, .. }));
        assert!(is_told(&jobs));
        while jobs.running > 1 {
            jobs.finished();
        }
        assert!(is_told(&jobs), "the other one ended");
        go.send(()).unwrap();
        assert_eq!(wait(&mut jobs).len(), 1);
        assert!(jobs.work().is_none());
    }
}
