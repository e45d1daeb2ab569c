//! The one way of changing a model: an [`Edit`] says what a person wants, [`plan`] turns it into a reversible
//! [`Transaction`], and only a [`Document`] applies it.

mod arrange;
mod document;
mod draft;
mod intent;
mod plan;
mod reconnect;
mod remove;
mod settle;
mod step;
mod step_aside;
mod transaction;

pub use document::Document;
pub use intent::{Edit, EditError, End};
pub use plan::plan;
pub use settle::{PADDING, PADDING_ABOVE, frame_around};
pub use step::{Event, History, Step};
pub use transaction::{Change, Transaction};
