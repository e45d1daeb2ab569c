//! Gestures: pointer and keys become edits. Plain state machines, testable without a window.
//!
//! A [`CanvasEvent`] goes into [`Gesture::on`], [`Outcome`]s come out; [`Operation`]s are what keys and menus do at once.

mod apart;
mod camera;
mod capture;
mod clip;
mod context;
mod edge_scroll;
mod event;
mod gesture;
mod grip;
mod ground;
mod handle;
mod landing;
mod operation;
mod outcome;
mod pages;
mod pattern;
mod presence;
mod room;
mod seams;
mod selection;
mod show_here;
mod snapping;
mod splitting;
mod surroundings;

pub use camera::Camera;
pub use capture::{Captured, Fault, capture, has_flow, paste_text};
pub use clip::Clip;
pub use context::{GRID, REACH, TOUCH_REACH, ToolCx};
pub use edge_scroll::EdgeScroll;
pub use event::{Button, CanvasEvent, Direction, Key, KeyPress, Modifiers, Pointer};
pub use gesture::Gesture;
pub use grip::{CHEVRON, End, Grip, chevron_at, creates_box, outline};
pub use handle::Handle;
pub use landing::Crossed;
pub use operation::{
    Arrangement, BESIDE, CHANGED_TO, CopiedStyle, Operation, PUT_INTO_FLOW, arranged, birth, ghost, next_kind, next_unlabelled,
    of_key, paste, paste_at, paste_originals, perform, reading_order, with_heads,
};
pub use outcome::{Outcome, Overlay};
pub use pages::{detail, duplicate, reorder};
pub use pattern::Pattern;
pub use presence::{HIDDEN, delete_here, hide_here, inside_of_deleted, only_on};
pub use selection::Selection;
pub use show_here::{show_all, show_at, show_here};
pub use snapping::Guide;
pub use surroundings::{show_connected, show_outside};

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
    /// A boundary as an open line.
    Line,
    Note,
    /// Points things out to others; touches nothing.
    Laser,
}
