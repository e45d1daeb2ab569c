//! Registers: records and threats as tables that are sorted, filtered, grouped and changed.
//!
//! A [`Register`] has rows ([`Facts::rows`]) and columns ([`Register::columns`]); a [`Cell`] is worked out when somebody
//! looks at it. [`Query`] is what people type to narrow a register down, [`View`] how they look at it, and [`Listing`]
//! what they then see. [`Facts::change`] turns a value written into a cell into an ordinary edit.

mod cell;
mod cells;
mod change;
mod column;
mod copy;
mod facts;
mod flag;
mod known;
mod listing;
mod moved;
mod query;
mod subject;
mod view;

pub use cell::{Cell, Unit};
pub use change::{Editor, Value};
pub use column::Column;
pub use copy::{csv, tsv};
pub use facts::{Facts, Row};
pub use flag::Flag;
pub use known::Known;
pub use listing::{Choices, Group, Line, Listing};
pub use query::{Bound, Completion, Op, Query, Term, Test, complete};
pub use subject::Register;
pub use view::{Sort, View, Width};
