//! Left to right, or top to bottom: everything about guides is the same along both.

use crate::geometry::{Point, Rect, Vec2, pt, vec2};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    X,
    Y,
}

/// What a box takes up along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub low: f32,
    pub high: f32,
}

impl Axis {
    pub const BOTH: [Axis; 2] = [Axis::X, Axis::Y];

    pub fn span(self, r: Rect) -> Span {
        match self {
            Axis::X => Span { low: r.x, high: r.right() },
            Axis::Y => Span { low: r.y, high: r.bottom() },
        }
    }

    /// The span at a right angle to the axis.
    pub fn across(self, r: Rect) -> Span {
        self.other().span(r)
    }

    pub fn other(self) -> Axis {
        match self {
            Axis::X => Axis::Y,
            Axis::Y => Axis::X,
        }
    }

    /// This far along the axis and at a right angle to it.
    pub fn point(self, along: f32, across: f32) -> Point {
        match self {
            Axis::X => pt(along, across),
            Axis::Y => pt(across, along),
        }
    }

    pub fn of(self, v: Vec2) -> f32 {
        match self {
            Axis::X => v.x,
            Axis::Y => v.y,
        }
    }

    /// The vector with this much along the axis.
    pub fn with(self, v: Vec2, along: f32) -> Vec2 {
        match self {
            Axis::X => vec2(along, v.y),
            Axis::Y => vec2(v.x, along),
        }
    }
}

impl Span {
    pub fn middle(self) -> f32 {
        (self.low + self.high) / 2.0
    }

    pub fn length(self) -> f32 {
        self.high - self.low
    }

    pub fn union(self, other: Span) -> Span {
        Span { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What both take up; negative when they are apart.
    pub fn common(self, other: Span) -> Span {
        Span { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// How far they are apart; zero when they overlap.
    pub fn distance(self, other: Span) -> f32 {
        (-self.common(other).length()).max(0.0)
    }
}
