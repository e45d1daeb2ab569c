//! Work beside the window for the state of the model that is shown. Only the newest state counts: work for an earlier one
//! gives up, and what it found is not shown.

use super::jobs::Line;
use crate::progress::Progress;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What was found for a state of the model, and whether something is looked for.
pub(super) struct Beside<T> {
    found: Option<T>,
    /// The revision that work is under way for.
    under_way: Option<u64>,
    /// Counts how often work was begun.
    generation: Arc<AtomicU64>,
}

impl<T> Default for Beside<T> {
    fn default() -> Beside<T> {
        Beside { found: None, under_way: None, generation: Arc::default() }
    }
}

impl<T> Beside<T> {
    /// What was found last; of an earlier state until there is something newer.
    pub(super) fn found(&self) -> Option<&T> {
        self.found.as_ref()
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// A turn for this revision, which ends those before it; `None` while it is worked on already.
    pub(super) fn begin(&mut self, revision: u64) -> Option<Turn> {
        if self.under_way == Some(revision) {
            return None;
        }
        self.under_way = Some(revision);
        let number = self.generation.fetch_add(1, Ordering::Relaxed) + 1;
        Some(Turn { generation: Arc::clone(&self.generation), number })
    }

    /// Nothing came of the work for the newest state.
    pub(super) fn fail(&mut self) {
        self.under_way = None;
    }

    /// The end of work for a revision; true when that is the newest, so that what was found counts.
    pub(super) fn end(&mut self, revision: u64, found: Option<T>) -> bool {
        let is_newest = self.under_way == Some(revision);
        if is_newest {
            self.under_way = None;
            self.found = found.or(self.found.take());
        }
        is_newest
    }

    /// Another model is shown: nothing found or under way is about it.
    pub(super) fn forget(&mut self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
        (self.found, self.under_way) = (None, None);
    }
}

/// One piece of work, until the next is begun.
pub(super) struct Turn {
    generation: Arc<AtomicU64>,
    number: u64,
}

impl Turn {
    /// What the work hears of the window. Work that nobody asked for tells nothing of how far it is.
    pub(super) fn on<'a>(&'a self, line: &'a Line, tells: bool) -> Hearing<'a> {
        Hearing { turn: self, line, tells }
    }
}

/// Progress of one turn.
pub(super) struct Hearing<'a> {
    turn: &'a Turn,
    line: &'a Line,
    tells: bool,
}

impl Progress for Hearing<'_> {
    fn report(&self, done: f32, what: &str) {
        if self.tells && !self.cancelled() {
            self.line.report(done, what);
        }
    }

    fn cancelled(&self) -> bool {
        self.turn.generation.load(Ordering::Relaxed) != self.turn.number || self.line.cancelled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_found_for_the_newest_state_is_shown() {
        let mut beside = Beside::<&str>::default();
        let first = beside.begin(1).unwrap();
        assert!(beside.begin(1).is_none(), "it is under way");
        let second = beside.begin(2).unwrap();
        let is_over = |turn: &Turn| turn.generation.load(Ordering::Relaxed) != turn.number;
        assert!(is_over(&first) && !is_over(&second));
        assert!(!beside.end(1, Some("of the first")) && beside.found().is_none());
        assert!(beside.end(2, Some("of the second")) && beside.found() == Some(&"of the second"));
        // What was given up leaves what is there.
        let third = beside.begin(3).unwrap();
        assert!(beside.end(3, None) && beside.found() == Some(&"of the second"));
        assert!(beside.begin(3).is_some(), "it may be begun again");
        beside.forget();
        assert!(is_over(&third) && beside.found().is_none());
    }
}
