//! The few shapes painters understand.

use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Id, Key};
use crate::text::Face;
use crate::theme::Ink;
use std::collections::BTreeSet;

/// A token with an opacity (0..1) multiplied onto it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    pub ink: Ink,
    pub opacity: f32,
}

impl From<Ink> for Paint {
    fn from(ink: Ink) -> Paint {
        Paint { ink, opacity: 1.0 }
    }
}

impl Ink {
    /// This token at an opacity of 0..1.
    pub fn at(self, opacity: f32) -> Paint {
        Paint { ink: self, opacity }
    }
}

/// A line drawn along an outline or path; width and dash in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    pub width: f32,
    /// Lengths of dash and gap.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    pub fn new(width: f32, paint: impl Into<Paint>) -> Stroke {
        Stroke { paint: paint.into(), width, dash: None }
    }
    pub fn dashed(self, dash: f32, gap: f32) -> Stroke {
        Stroke { dash: Some((dash, gap)), ..self }
    }
}

/// One step of a path; the first is always `Move`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Move(Point),
    Line(Point),
    /// Quadratic Bézier: control, end.
    Quad(Point, Point),
    /// Cubic Bézier: controls, end.
    Cubic(Point, Point, Point),
    Close,
}

/// A plain shape in world units.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Rect { rect: Rect, radius: f32, fill: Option<Paint>, stroke: Option<Stroke> },
    Circle { center: Point, radius: f32, fill: Option<Paint>, stroke: Option<Stroke> },
    Path { steps: Vec<Step>, fill: Option<Paint>, stroke: Option<Stroke> },
    Text(TextRun),
}

/// A line of text at its final place; `at` is the left end of the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    pub at: Point,
    pub text: String,
    pub face: Face,
    /// Em size in world units.
    pub size: f32,
    pub paint: Paint,
}

/// The shapes of one thing on the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The record shown; `None` for decoration.
    pub key: Option<Key>,
    pub layer: Layer,
    /// Everything it covers, for culling.
    pub bounds: Rect,
    pub shapes: Vec<Shape>,
    /// What it says to people who do not see it: "Process API, in DMZ, 3 open threats, highest High".
    pub alt: String,
}

/// Drawing order, back to front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    BoundaryGround,
    BoundaryFrame,
    Flow,
    Element,
    Crossing,
    LabelMask,
    Label,
    Tab,
    Badge,
}

/// A drawn diagram: items back to front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub items: Vec<Item>,
    pub bounds: Rect,
}

impl Scene {
    /// What shows these records, and nothing else.
    pub fn only(self, ids: &BTreeSet<Id>) -> Scene {
        let shown = |item: &Item| item.key.as_ref().and_then(Key::id).is_some_and(|id| ids.contains(id));
        let items: Vec<Item> = self.items.into_iter().filter(shown).collect();
        let bounds = items.iter().map(|item| item.bounds).reduce(Rect::union).unwrap_or_default();
        Scene { items, bounds }
    }
}

impl Shape {
    /// True with an outline or line of dashes.
    pub fn is_dashed(&self) -> bool {
        match self {
            Shape::Rect { stroke, .. } | Shape::Circle { stroke, .. } | Shape::Path { stroke, .. } => {
                stroke.is_some_and(|s| s.dash.is_some())
            }
            Shape::Text(_) => false,
        }
    }

    /// Moved by a vector.
    pub fn translated(mut self, by: Vec2) -> Shape {
        match &mut self {
            Shape::Rect { rect, .. } => *rect = rect.translate(by),
            Shape::Circle { center, .. } => *center = *center + by,
            Shape::Text(run) => run.at = run.at + by,
            Shape::Path { steps, .. } => {
                for step in steps {
                    *step = match *step {
                        Step::Move(p) => Step::Move(p + by),
                        Step::Line(p) => Step::Line(p + by),
                        Step::Quad(c, p) => Step::Quad(c + by, p + by),
                        Step::Cubic(a, b, p) => Step::Cubic(a + by, b + by, p + by),
                        Step::Close => Step::Close,
                    };
                }
            }
        }
        self
    }
}
