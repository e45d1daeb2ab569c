//! How long work tells where it stands, learns that nobody waits for it any more, and is shared out.

/// Told by long work, asked by long work. The shells implement it; the core only calls it.
pub trait Progress {
    /// `done` of 0 to 1 of the work is finished; `what` names the present step for people.
    fn report(&self, done: f32, what: &str);

    /// True when the result is not wanted any more.
    fn cancelled(&self) -> bool {
        false
    }
}

/// For callers who simply wait.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn report(&self, _done: f32, _what: &str) {}
}

/// Several hands for work that falls into pieces. The shells have them; the core only asks for them.
pub trait Runner: Sync {
    /// How many there are, at least 1.
    fn width(&self) -> usize;

    /// Calls `work` with 0 to [`width`](Runner::width) − 1, at once or one after the other, and returns when all are done.
    fn run(&self, work: &(dyn Fn(usize) + Sync));
}

/// One hand: everything is done where it is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl Runner for Alone {
    fn width(&self) -> usize {
        1
    }

    fn run(&self, work: &(dyn Fn(usize) + Sync)) {
        work(0);
    }
}
