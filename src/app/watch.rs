//! Keeps an eye on the file of the model, on a thread of its own, so that an idle window stays idle: a look at its stamp
//! every few seconds. Network folders may take their time; nothing waits for them.

use crate::disk::{self, Stamp};
use crate::lock;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The window's end of it. Without an interval it never looks by itself.
pub(super) struct Watch {
    messages: Option<Sender<Option<PathBuf>>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// The file may be another one than before.
    has_stirred: AtomicBool,
    /// It is time to touch the lock.
    is_due: AtomicBool,
}

impl Watch {
    pub(super) fn new(interval: Option<Duration>, ctx: &egui::Context) -> Watch {
        let shared = Arc::new(Shared::default());
        let start = |interval| {
            let (messages, received) = channel();
            let mut lookout = Lookout { ctx: ctx.clone(), shared: Arc::clone(&shared), interval };
            std::thread::Builder::new().name("watch".into()).spawn(move || lookout.work(&received)).ok()?;
            Some(messages)
        };
        Watch { messages: interval.and_then(start), shared }
    }

    /// From now on this file is looked at; `None` gives up looking.
    pub(super) fn follow(&self, file: Option<PathBuf>) {
        if let Some(messages) = &self.messages {
            // Only a thread that is gone does not listen.
            let _ = messages.send(file);
        }
    }

    /// True, once, when the file may have changed.
    pub(super) fn has_stirred(&self) -> bool {
        self.shared.has_stirred.swap(false, Ordering::Relaxed)
    }

    /// True, once, when the lock is to be touched.
    pub(super) fn is_due(&self) -> bool {
        self.shared.is_due.swap(false, Ordering::Relaxed)
    }
}

struct Lookout {
    ctx: egui::Context,
    shared: Arc<Shared>,
    interval: Duration,
}

/// What is known of a file.
struct Eye {
    file: PathBuf,
    known: Option<Stamp>,
    before: Option<Stamp>,
}

impl Eye {
    fn on(file: PathBuf) -> Eye {
        let known = disk::stamp(&file).ok().flatten();
        Eye { file, known, before: known }
    }

    /// True when the file is another one than when this was last asked.
    fn has_stirred(&mut self) -> bool {
        // A folder that does not answer for a while says nothing.
        let Ok(now) = disk::stamp(&self.file) else { return false };
        let before = std::mem::replace(&mut self.before, now);
        // A file that is gone may be on its way: told when it is gone twice in a row.
        let is_sure = now.is_some() || before.is_none();
        is_sure && std::mem::replace(&mut self.known, now) != now
    }
}

impl Lookout {
    /// Ends with the window.
    fn work(&mut self, messages: &Receiver<Option<PathBuf>>) {
        let mut eye: Option<Eye> = None;
        let mut touched = Instant::now();
        loop {
            let next = match &eye {
                Some(_) => messages.recv_timeout(self.interval),
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(next) => (eye, touched) = (next.map(Eye::on), Instant::now()),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if eye.as_mut().is_some_and(Eye::has_stirred) {
                        self.tell(&self.shared.has_stirred);
                    }
                    if touched.elapsed() >= lock::BEAT {
                        touched = Instant::now();
                        self.tell(&self.shared.is_due);
                    }
                }
            }
        }
    }

    fn tell(&self, what: &AtomicBool) {
        what.store(true, Ordering::Relaxed);
        self.ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_is_written_replaced_or_gone_is_noticed_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.ron");
        fs::write(&file, "one").unwrap();
        let mut eye = Eye::on(file.clone());
        assert!(!eye.has_stirred());
        fs::write(&file, "one and more").unwrap();
        assert!(eye.has_stirred() && !eye.has_stirred(), "written");
        // Of the same length, and moved into place as programs save.
        fs::write(folder.path().join("two"), "two and more").unwrap();
        fs::rename(folder.path().join("two"), &file).unwrap();
        assert!(eye.has_stirred() && !eye.has_stirred(), "replaced");
        fs::remove_file(&file).unwrap();
        assert!(!eye.has_stirred(), "perhaps it is only being replaced");
        assert!(eye.has_stirred() && !eye.has_stirred(), "gone");
        fs::write(&file, "two and more").unwrap();
        assert!(eye.has_stirred() && !eye.has_stirred(), "back");
    }

    #[test]
    fn the_thread_tells_without_a_frame_and_ends_with_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.ron");
        let watch = Watch::new(Some(Duration::from_millis(1)), &egui::Context::default());
        watch.follow(Some(file.clone()));
        let mut text = String::new();
        let until = Instant::now() + Duration::from_secs(20);
        while !watch.has_stirred() && Instant::now() < until {
            text.push('.');
            fs::write(&file, &text).unwrap();
            std::thread::yield_now();
        }
        assert!(Instant::now() < until, "nothing was noticed");
    }
}
