//! Gestures: pointer and keys become edits. Plain state machines, testable without a window.

mod camera;
mod selection;

pub use camera::Camera;
pub use selection::Selection;

/// What the pointer does on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    #[default]
    Select,
    Hand,
    Flow,
    Process,
    Store,
    Entity,
    Boundary,
    Note,
}
