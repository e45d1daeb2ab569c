//! Panels and widgets: they read a [`ViewCx`] and report [`Action`]s; they never change the document.

mod action;
mod canvas;
mod command;
mod control_list;
pub mod fonts;
mod help;
mod inspector;
mod menus;
mod messages;
pub mod painter;
mod palette;
mod pulse;
mod status_bar;
mod structure;
pub mod style;
mod threat_table;
mod tools;
mod top_bar;
mod view;
mod welcome;
pub mod widgets;

pub use action::{Action, Outbox};
pub use canvas::{CanvasState, Pasted, canvas_ui};
pub use command::{Command, Group, tool_icon, tool_label};
pub use help::shortcuts_ui;
pub use inspector::Inspector;
pub use messages::Messages;
pub use palette::Palette;
pub use pulse::Pulse;
pub use status_bar::StatusBar;
pub use structure::Structure;
pub use threat_table::ThreatTable;
pub use top_bar::TopBar;
pub use view::{Panels, ViewCx};
pub use welcome::{RecentFile, SampleCard, WelcomeCx, welcome_ui};
