//! How long work tells where it stands and learns that nobody waits for it any more.

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
