//! Work that people wait for, and what happens when they do no longer.

use super::App;
use super::jobs::{Done, Line};

impl App {
    /// Starts a job that somebody waits for, or tells why not; `what` it is, for people. It can be given up.
    pub(super) fn work(&mut self, what: impl Into<String>, job: impl FnOnce(&Line) -> Done + Send + 'static) -> bool {
        let started = self.jobs.start_told(what.into(), true, job);
        self.told_whether(started)
    }

    /// One that goes on to its end.
    pub(super) fn work_through(&mut self, what: &str, job: impl FnOnce(&Line) -> Done + Send + 'static) -> bool {
        let started = self.jobs.start_told(what.to_owned(), false, job);
        self.told_whether(started)
    }

    /// People stopped waiting.
    pub(super) fn stop_waiting(&mut self) {
        self.jobs.cancel();
        if self.is_reading {
            // What arrives later was not asked for.
            self.wish += 1;
            self.is_reading = false;
            self.waiting.clear();
            self.arrived = None;
            self.views.messages.say("Stopped: nothing was opened".to_owned());
        }
        if self.roadmap.as_ref().is_some_and(|found| found.roadmap.is_none()) {
            self.roadmap = None;
        }
        if self.compared.as_ref().is_some_and(|compared| compared.found.is_none()) {
            self.end_compare();
        }
    }

    fn told_whether(&mut self, started: bool) -> bool {
        if !started {
            self.views.messages.warn("Nothing was read or written: the system is too busy; close other programs".to_owned());
        }
        started
    }
}
