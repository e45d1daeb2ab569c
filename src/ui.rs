//! Panels and widgets: they read a [`ViewCx`] and report [`Action`]s; they never change the document.

mod action;
mod canvas;
mod command;
pub mod painter;
mod view;

pub use action::{Action, Outbox};
pub use canvas::{CanvasState, canvas_ui};
pub use command::{Command, Group};
pub use view::{Panels, ViewCx};
