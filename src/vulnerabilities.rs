//! Vulnerabilities: what is likely where, lists of findings from other tools, and the register as a table.
//!
//! A vulnerability is a plain record; this room proposes them. [`suspects`] reads the threats at an element and its
//! technology, [`Findings`] a table that a scanner or a tester wrote, [`Import`] puts such findings where they belong.

mod columns;
mod import;
mod register;
mod suspect;
mod table;

pub use import::Import;
pub use register::{csv_text, in_order};
pub use suspect::{Suspect, fits, linked, suspects};
pub use table::{Findings, FindingsError, Found, LIMIT};
