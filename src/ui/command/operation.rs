//! Commands that do something to the selection or the diagram at once.

use super::Command;
use crate::tool::Operation;

impl Command {
    /// What it does on the canvas; `None` for commands that concern the window.
    pub fn operation(self) -> Option<Operation> {
        Some(match self {
            Command::Cut => Operation::Cut,
            Command::Copy => Operation::Copy,
            Command::Duplicate => Operation::Duplicate,
            Command::Delete => Operation::Delete,
            Command::SelectAll => Operation::SelectAll,
            Command::EditLabel => Operation::EditLabel,
            Command::ChangeKind => Operation::ChangeKind,
            Command::Wrap => Operation::Wrap,
            _ => return None,
        })
    }
}
