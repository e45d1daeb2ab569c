//! The shapes of elements in each notation.

use crate::geometry::{Rect, pt};
use crate::model::{ElementKind, Notation};
use crate::scene::layout::{BoxKind, Outline};
use crate::scene::shape::{Paint, Shape, Step, Stroke};

/// Share of half an axis at which the controls of a cubic lie that draws a quarter of an ellipse.
const QUARTER: f32 = 0.5523;

/// How an outline is painted.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub fill: Paint,
    pub stroke: Stroke,
    /// From afar only outlines are seen: they are closed and bare.
    pub bare: bool,
}

/// An element of a kind in a notation.
pub(super) fn shapes(notation: Notation, kind: ElementKind, r: Rect, look: Look) -> Vec<Shape> {
    let outline = Outline::of(notation, BoxKind::Element(kind), r);
    let body = match outline {
        Outline::Rounded(radius) => Shape::Rect { rect: r, radius, fill: Some(look.fill), stroke: Some(look.stroke) },
        Outline::Drum(rim) => Shape::Path { steps: drum(r, rim), fill: Some(look.fill), stroke: Some(look.stroke) },
    };
    if look.bare {
        return vec![body];
    }
    let line = |steps| Shape::Path { steps, fill: None, stroke: Some(look.stroke) };
    let level = |y: f32| line(vec![Step::Move(pt(r.x, y)), Step::Line(pt(r.right(), y))]);
    let face = Outline::face(notation, kind, r);
    match (notation, kind) {
        (Notation::YourdonDeMarco, ElementKind::DataStore) => {
            let bold = Stroke { width: look.stroke.width * 1.2, ..look.stroke };
            let ground = Shape::Rect { rect: r, radius: 0.0, fill: Some(look.fill), stroke: None };
            let along = |y: f32| Shape::Path {
                steps: vec![Step::Move(pt(r.x, y)), Step::Line(pt(r.right(), y))],
                fill: None,
                stroke: Some(bold),
            };
            vec![ground, along(r.y), along(r.bottom())]
        }
        (Notation::GaneSarson, ElementKind::Process) => vec![body, level(face.y)],
        (Notation::GaneSarson, ElementKind::DataStore) => {
            let ground = Shape::Rect { rect: r, radius: 0.0, fill: Some(look.fill), stroke: None };
            let around = [pt(r.right(), r.y), pt(r.x, r.y), pt(r.x, r.bottom()), pt(r.right(), r.bottom())];
            let open = around.iter().enumerate().map(|(n, p)| if n == 0 { Step::Move(*p) } else { Step::Line(*p) }).collect();
            let wall = line(vec![Step::Move(pt(face.x, r.y)), Step::Line(pt(face.x, r.bottom()))]);
            vec![ground, line(open), wall]
        }
        (Notation::GaneSarson, ElementKind::ExternalEntity) => {
            let inner = [pt(face.x, r.bottom()), pt(face.x, face.y), pt(r.right(), face.y)];
            let edge = inner.iter().enumerate().map(|(n, p)| if n == 0 { Step::Move(*p) } else { Step::Line(*p) }).collect();
            vec![body, line(edge)]
        }
        (Notation::Rounded, ElementKind::DataStore) => match outline {
            Outline::Drum(rim) => vec![body, line(lid(r, rim))],
            Outline::Rounded(_) => vec![body],
        },
        _ => vec![body],
    }
}

/// The silhouette of a drum, clockwise from its left shoulder.
fn drum(r: Rect, rim: f32) -> Vec<Step> {
    let (top, bottom) = (r.y + rim, r.bottom() - rim);
    let mut steps = vec![Step::Move(pt(r.x, top))];
    steps.extend(half_ellipse(r, top, -rim, false));
    steps.push(Step::Line(pt(r.right(), bottom)));
    steps.extend(half_ellipse(r, bottom, rim, true));
    steps.push(Step::Close);
    steps
}

/// The near edge of a drum's lid.
fn lid(r: Rect, rim: f32) -> Vec<Step> {
    let mut steps = vec![Step::Move(pt(r.x, r.y + rim))];
    steps.extend(half_ellipse(r, r.y + rim, rim, false));
    steps
}

/// Across the width of a box at a height, bulging by `by` (down when positive), to the right or back to the left.
fn half_ellipse(r: Rect, y: f32, by: f32, back: bool) -> [Step; 2] {
    let (from, to) = if back { (r.right(), r.x) } else { (r.x, r.right()) };
    let (middle, far) = ((from + to) / 2.0, y + by);
    let along = (to - from) / 2.0 * QUARTER;
    [
        Step::Cubic(pt(from, y + by * QUARTER), pt(middle - along, far), pt(middle, far)),
        Step::Cubic(pt(middle + along, far), pt(to, y + by * QUARTER), pt(to, y)),
    ]
}
