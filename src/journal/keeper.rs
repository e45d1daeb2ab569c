//! Writes the journal of the open model, on a thread of its own.

use super::STEPS;
use super::entry::{Entry, HEAD, Start};
use super::shelf::{Desk, Found, Shelf};
use crate::disk;
use crate::edit::{Event, History};
use crate::model::ThreatModel;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What happens within this time reaches the disk together.
const TOGETHER: Duration = Duration::from_millis(250);

/// How long after a failure writing is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// A journal that has grown by more bytes than this, and by more than its beginning, asks for a fresh one.
const GROWN: u64 = 1 << 20;

enum Message {
    /// A new journal, or a fresh one in the place of the present one.
    Begin {
        name: String,
        file: Option<PathBuf>,
        sum: String,
        model: Arc<ThreatModel>,
        history: History,
    },
    Adopt(Box<Found>),
    Tell(Entry),
    /// The model is closed. Its history is kept for the next time if it is given with its file and the sum of that.
    End(Option<(PathBuf, String, History)>),
    /// Everything before this is on disk (or has failed) when it is answered.
    Flush(Sender<()>),
}

/// The hand of the window on its journal. What is told is on disk within a second; nothing waits for it.
#[derive(Debug)]
pub struct Keeper {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    has_grown: AtomicBool,
    problem: Mutex<Option<String>>,
}

impl Keeper {
    /// `seed` names the journals: another one for each running program. `None` when the system gives no thread.
    pub fn new(shelf: Shelf, seed: u64) -> Option<Keeper> {
        let (messages, received) = channel();
        let shared = Arc::new(Shared::default());
        let mut scribe = Scribe {
            shelf,
            seed,
            shared: Arc::clone(&shared),
            desk: None,
            file: None,
            good: 0,
            first: 0,
            waiting: Vec::new(),
            is_failing: false,
        };
        let thread = std::thread::Builder::new().name("journal".into()).spawn(move || scribe.work(&received)).ok()?;
        Some(Keeper { messages: Some(messages), thread: Some(thread), shared })
    }

    /// Begins the journal of a model, or begins it afresh.
    pub fn begin(&self, name: String, file: Option<PathBuf>, sum: String, model: Arc<ThreatModel>, mut history: History) {
        history.shorten(STEPS);
        self.shared.has_grown.store(false, Ordering::Relaxed);
        self.send(Message::Begin { name, file, sum, model, history });
    }

    /// The next journal goes on in the place of this one.
    pub fn adopt(&self, found: Found) {
        self.send(Message::Adopt(Box::new(found)));
    }

    pub fn tell(&self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.send(Message::Tell(Entry::Event(event))));
    }

    /// The model was written to this file.
    pub fn stored(&self, file: PathBuf, sum: String) {
        self.send(Message::Tell(Entry::Stored { file, sum }));
    }

    /// The model is closed and nothing of it is unsaved that anybody wants.
    pub fn end(&self, kept: Option<(PathBuf, String, History)>) {
        let kept = kept.map(|(file, sum, mut history)| {
            history.shorten(STEPS);
            (file, sum, history)
        });
        self.send(Message::End(kept));
    }

    /// True when the journal is to begin afresh.
    pub fn has_grown(&self) -> bool {
        self.shared.has_grown.load(Ordering::Relaxed)
    }

    /// Why nothing is written at the moment; told once.
    pub fn problem(&self) -> Option<String> {
        self.shared.problem.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits until everything told is on disk.
    pub fn flush(&self) {
        let (done, wait) = channel();
        self.send(Message::Flush(done));
        let _ = wait.recv();
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            // Only a thread that is gone does not listen.
            let _ = messages.send(message);
        }
    }
}

impl Drop for Keeper {
    /// What was told is written.
    fn drop(&mut self) {
        self.messages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread that writes.
struct Scribe {
    shelf: Shelf,
    seed: u64,
    shared: Arc<Shared>,
    desk: Option<Desk>,
    file: Option<File>,
    /// Bytes of the journal that are whole entries, and how many of them it began with.
    good: u64,
    first: u64,
    /// Lines that are not on disk yet.
    waiting: Vec<String>,
    /// The last attempt failed, and that was told.
    is_failing: bool,
}

impl Scribe {
    fn work(&mut self, messages: &Receiver<Message>) {
        loop {
            let next = if self.waiting.is_empty() {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                messages.recv_timeout(AGAIN)
            };
            match next {
                Ok(message) => self.gather(message, messages),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.write(),
            }
            self.write();
        }
    }

    /// Takes a message, and what follows within a moment.
    fn gather(&mut self, first: Message, messages: &Receiver<Message>) {
        let until = Instant::now() + TOGETHER;
        let mut next = Some(first);
        while let Some(message) = next {
            if let Message::Flush(done) = message {
                self.write();
                let _ = done.send(());
                return;
            }
            self.take(message);
            next = messages.recv_timeout(until.saturating_duration_since(Instant::now())).ok();
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Begin { name, file, sum, model, history } => {
                self.waiting.clear();
                let begun = Start::new(&name, file, sum, &model, history);
                let line = begun.ok().and_then(|start| Entry::Start(start).line());
                let begun =
                    line.ok_or_else(|| io::Error::other("the model has no form as text")).and_then(|line| self.begin(&line));
                if let Err(e) = begun {
                    self.complain(&e);
                }
            }
            Message::Adopt(found) => (self.desk, self.file) = (Some(found.into_desk()), None),
            Message::Tell(entry) => self.add(&entry),
            Message::End(kept) => {
                // Kept before the journal goes: at no moment is there neither.
                if let Some((file, sum, history)) = kept {
                    self.shelf.keep(&file, &sum, history);
                }
                self.waiting.clear();
                self.file = None;
                if let Some(desk) = self.desk.take() {
                    desk.clear();
                }
            }
            Message::Flush(_) => {}
        }
    }

    /// Adds a line. Of what is being typed only the last state counts.
    fn add(&mut self, entry: &Entry) {
        let Some(line) = entry.line() else { return };
        let is_typing = |line: &String| line.get(17..).is_some_and(|text| text.starts_with(TYPING));
        if is_typing(&line) && self.waiting.last().is_some_and(is_typing) {
            self.waiting.pop();
        }
        self.waiting.push(line);
    }

    /// Puts a journal with one entry in the place of whatever is there.
    fn begin(&mut self, line: &str) -> io::Result<()> {
        self.file = None;
        self.desk = self.desk.take().filter(Desk::has_place);
        if self.desk.is_none() {
            self.desk = Some(self.shelf.desk(self.seed)?);
        }
        let Some(desk) = &self.desk else { return Ok(()) };
        let text = format!("{HEAD}{line}");
        disk::write(&desk.journal, text.as_bytes()).map_err(io::Error::other)?;
        self.file = Some(File::options().append(true).open(&desk.journal)?);
        (self.good, self.first) = (text.len() as u64, text.len() as u64);
        Ok(())
    }

    /// Brings what is waiting onto the disk. After a failure it goes on waiting.
    fn write(&mut self) {
        let text: String = self.waiting.concat();
        if text.is_empty() {
            return;
        }
        let Some(file) = &mut self.file else {
            // The journal could not be begun: only a whole one helps.
            self.waiting.clear();
            self.shared.has_grown.store(true, Ordering::Relaxed);
            return;
        };
        match file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
            // Written into a file that has no name any more: nobody would find it again.
            Ok(()) if self.desk.as_ref().is_some_and(|desk| !desk.is_there()) => {
                (self.desk, self.file) = (None, None);
                self.waiting.clear();
                self.shared.has_grown.store(true, Ordering::Relaxed);
            }
            Ok(()) => {
                self.good += text.len() as u64;
                self.waiting.clear();
                self.is_failing = false;
                if self.good > self.first.saturating_mul(2).max(self.first + GROWN) {
                    self.shared.has_grown.store(true, Ordering::Relaxed);
                }
            }
            Err(e) => {
                // No half entry may stand before the next whole one.
                let _ = file.set_len(self.good);
                self.complain(&e);
            }
        }
    }

    /// Tells of a failure, once until writing works again.
    fn complain(&mut self, why: &io::Error) {
        if std::mem::replace(&mut self.is_failing, true) {
            return;
        }
        let told = format!(
            "Work since the last save could be lost: the recovery journal cannot be written ({why}). Save often; it is tried again."
        );
        *self.shared.problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }
}

/// How an entry about typing begins.
const TYPING: &str = "{\"Event\":{\"Typing\"";
