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
            Command::DeleteEverywhere => Operation::DeleteEverywhere,
            Command::SelectAll => Operation::SelectAll,
            Command::EditLabel => Operation::EditLabel,
            Command::ChangeKind => Operation::ChangeKind,
            Command::Wrap => Operation::Wrap,
            Command::PullOut => Operation::PullOut,
            Command::FitToContent => Operation::FitToContent,
            Command::Fold => Operation::Fold,
            Command::Arrange(arrangement) => Operation::Arrange(arrangement),
            Command::DeleteAndJoin => Operation::DeleteAndJoin,
            Command::SelectSameKind => Operation::SelectSameKind,
            Command::SelectConnected => Operation::SelectConnected,
            Command::SelectContent => Operation::SelectContent,
            Command::CycleLineStyle => Operation::CycleLineStyle,
            Command::ToggleHeads => Operation::ToggleHeads,
            Command::ResetRoute => Operation::ResetRoute,
            Command::ReverseFlow => Operation::ReverseFlow,
            Command::CopyStyle => Operation::CopyStyle,
            Command::ToggleLock => Operation::ToggleLock,
            Command::UnlockAll => Operation::UnlockAll,
            _ => return None,
        })
    }
}
