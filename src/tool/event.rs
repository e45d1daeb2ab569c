//! What happens on a canvas, in world units and without a window toolkit.

use crate::geometry::{Point, Vec2, vec2};

/// Something a person did on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CanvasEvent {
    Down(Pointer),
    Move(Pointer),
    Up(Pointer),
    DoubleClick(Pointer),
    Key(KeyPress),
    /// So many seconds passed; asked for while [`Gesture::is_waiting`](super::Gesture::is_waiting).
    Wait(f32),
    /// Escape, or the gesture lost the pointer: back to how it was.
    Cancel,
}

/// Where the pointer is and what is held with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// In world units.
    pub at: Point,
    pub button: Button,
    pub modifiers: Modifiers,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Button {
    #[default]
    Primary,
    /// Pans, like the primary button with Space held.
    Middle,
}

/// Keys held; Ctrl stands for Cmd on a Mac.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    pub shift: bool,
    pub ctrl: bool,
    pub alt: bool,
}

impl Modifiers {
    pub const NONE: Modifiers = Modifiers { shift: false, ctrl: false, alt: false };
    pub const SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::NONE };
    pub const CTRL: Modifiers = Modifiers { ctrl: true, ..Modifiers::NONE };
    pub const ALT: Modifiers = Modifiers { alt: true, ..Modifiers::NONE };
    /// All three: room is made.
    pub const ALL: Modifiers = Modifiers { shift: true, ctrl: true, alt: true };
}

/// A key, and where the pointer is if it is over the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyPress {
    pub key: Key,
    pub modifiers: Modifiers,
    pub pointer: Option<Point>,
}

/// The keys a canvas understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, upper case.
    Letter(char),
    Arrow(Direction),
    Tab,
    Enter,
    F2,
    Delete,
    Escape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Direction {
    /// Length one, y downwards.
    pub fn unit(self) -> Vec2 {
        match self {
            Direction::Left => vec2(-1.0, 0.0),
            Direction::Right => vec2(1.0, 0.0),
            Direction::Up => vec2(0.0, -1.0),
            Direction::Down => vec2(0.0, 1.0),
        }
    }
}
