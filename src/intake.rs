//! What was read from a file on its way to becoming a model of its own, or a part of one: counted, corrected, merged.
//!
//! A file is looked at before it is taken in. Guesses of its reader are put right ([`correct`]); then it is opened, or
//! becomes a part of the model that is open ([`merge`]), in one undoable step. Where that has it already ([`Known`]) it is
//! brought up to date instead of being there twice.

mod correct;
mod counts;
mod known;
mod merge;
mod overlay;

pub use correct::correct;
pub use counts::Counts;
pub use known::Known;
pub use merge::{How, Incoming, Merged, merge};
