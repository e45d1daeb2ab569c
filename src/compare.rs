//! Two models side by side, and three brought together.
//!
//! [`Comparison`] tells what differs, record by record and field by field, how risk moved and which change moved it.
//! [`merge`] brings two models together that come from one, field by field. Records are matched by id and taken apart into
//! fields by [`Record::fields`](crate::model::Record::fields), so that whatever a record is given takes part.

mod baseline;
mod causes;
mod comparison;
mod difference;
mod merge;
mod movement;
mod names;
mod review;
mod scores;
mod words;

pub use baseline::{BaselineError, Frozen, bare, freeze, in_order, newest, thaw};
pub use comparison::Comparison;
pub use difference::{Difference, FieldChange, RecordChange, Redrawn, Way, kind_heading, rank};
pub use merge::{At, Choices, Conflict, Merged, Side, edit_to, merge, resolve};
pub use movement::{Fate, Moved, Movement};
pub use review::{Outcome, Reviewed, review};
pub use scores::{Scores, Standing};
