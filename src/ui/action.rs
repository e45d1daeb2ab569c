//! What panels ask for. The app performs the actions of a frame after it is drawn.

use crate::edit::Edit;
use crate::model::{Id, ThreatKey};
use crate::tool::{Selection, Tool};

/// A wish of the interface.
#[derive(Clone, Debug)]
pub enum Action {
    /// One undo step.
    Commit(Edit),
    /// Shown live, not yet in the history; replaced by the next preview, dropped by [`Action::CancelPreview`].
    Preview(Edit),
    CancelPreview,
    Select(Selection),
    /// The threat to show in full; selects its anchor too.
    ShowThreat(ThreatKey),
    SetTool(Tool),
    ShowDiagram(Id),
    /// Brings an item into view on the canvas.
    Reveal(Id),
    /// Starts in-place editing of an item's label.
    EditLabel(Id),
    Run(super::Command),
}

/// Collects the actions of one frame.
#[derive(Debug, Default)]
pub struct Outbox(Vec<Action>);

impl Outbox {
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }
    pub fn commit(&mut self, edit: Edit) {
        self.push(Action::Commit(edit));
    }
    pub fn preview(&mut self, edit: Edit) {
        self.push(Action::Preview(edit));
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Takes everything out, in the order it was asked for.
    pub fn drain(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }
}
