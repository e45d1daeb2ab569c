//! What a gesture or key asks for.

use super::{CopiedStyle, Crossed, Selection, Tool};
use crate::edit::Edit;
use crate::geometry::{Point, Rect, Vec2};
use crate::model::Id;

/// A wish of a tool; the canvas hands it to the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Shown live; replaces the preview before.
    Preview(Edit),
    CancelPreview,
    /// One undo step; ends the preview.
    Commit(Edit),
    /// Steps with the same tag in a row are one undo step.
    CommitMerged(Edit, String),
    /// Puts text on the clipboard.
    Copy(String),
    /// Remembers a look for others.
    CopyStyle(CopiedStyle),
    Select(Selection),
    /// Opens the label for typing.
    EditLabel(Id),
    SetTool(Tool),
    /// The tool did its work: back to selecting, unless it is kept.
    ToolDone,
    /// Shifts the view by this much of the world.
    Pan(Vec2),
    /// Brings the item into view.
    Reveal(Id),
    /// Tells people something they would not have expected.
    Say(String),
}

/// What is drawn over the diagram while a gesture runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    #[default]
    None,
    /// `touch`: takes what it touches, not only what it contains.
    Marquee { area: Rect, touch: bool },
    /// Things are being moved or made; the boundaries they would become members of, and those they leave.
    Drop(Crossed),
    /// Room is made from a line, upright or level, through `from`, up to `to`.
    Room { from: Point, to: Point, upright: bool },
    /// A flow being drawn; the element it begins at, and the one it would end at.
    Rubber { from: Point, to: Point, source: Option<Id>, target: Option<Id> },
}
