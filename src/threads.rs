//! Work on several processors at once.

use crate::progress::Runner;
use std::num::NonZeroUsize;
use std::thread;

/// As many threads as there are processors, for as long as a piece of work takes.
#[derive(Clone, Copy, Debug)]
pub struct Threads(usize);

impl Threads {
    /// More do not help: the parts that one does alone are the longer ones then.
    const MOST: usize = 8;

    /// So many, at least one.
    pub fn new(count: usize) -> Threads {
        Threads(count.max(1))
    }

    /// As many as this machine runs at once.
    pub fn of_this_machine() -> Threads {
        Threads(thread::available_parallelism().map_or(1, NonZeroUsize::get).min(Threads::MOST))
    }
}

impl Runner for Threads {
    fn width(&self) -> usize {
        self.0
    }

    fn run(&self, work: &(dyn Fn(usize) + Sync)) {
        thread::scope(|scope| {
            (1..self.0).for_each(|n| drop(scope.spawn(move || work(n))));
            work(0);
        });
    }
}
