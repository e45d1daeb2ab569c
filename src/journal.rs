//! What keeps work from being lost: while a model is open, every step is written down within a moment, and a later start
//! finds what was not saved.
//!
//! A journal is a text file that only grows: a line that says what it is, then entries, each a line with a sum over it
//! ([`entry`]). The first entry holds the whole model, the others what happened to it. When much has happened, a new
//! journal with the present model takes the old one's place. Who writes a journal holds a lock beside it, so that
//! journals of other windows and of programs that ended badly are told apart ([`shelf`]).

mod entry;
mod keeper;
mod replay;
mod shelf;

pub use entry::{Entry, Start, sum};
pub use keeper::Keeper;
pub use replay::{Fault, Replayed, replay};
pub use shelf::{Found, Shelf};

/// Undo steps that survive a restart.
pub const STEPS: usize = 500;
