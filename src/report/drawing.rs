//! Pictures on paper: diagrams taken from the scene, and scaling.

use super::tree::Drawing;
use crate::geometry::{Point, Rect, pt, rect, vec2};
use crate::scene::{Scene, Shape, Step, Stroke, TextRun};

impl Drawing {
    /// A scene at `scale` points a world unit.
    pub fn of_scene(scene: &Scene, scale: f32, alt: String) -> Drawing {
        let shapes = scene.items.iter().flat_map(|item| item.shapes.iter().cloned());
        Drawing::of_shapes(shapes, scene.bounds, scale, alt)
    }

    /// Shapes inside `bounds` at `scale` points a world unit.
    pub fn of_shapes(shapes: impl IntoIterator<Item = Shape>, bounds: Rect, scale: f32, alt: String) -> Drawing {
        let place = |shape: Shape| scaled(&shape.translated(vec2(-bounds.x, -bounds.y)), scale, 0.0, 0.0);
        let shapes = shapes.into_iter().map(place).collect();
        Drawing { width: bounds.w * scale, height: bounds.h * scale, shapes, alt }
    }

    /// The shapes scaled, then moved.
    pub fn scaled(&self, k: f32, x: f32, y: f32) -> Vec<Shape> {
        self.shapes.iter().map(|shape| scaled(shape, k, x, y)).collect()
    }
}

fn scaled(shape: &Shape, k: f32, x: f32, y: f32) -> Shape {
    let p = |q: Point| pt(x + q.x * k, y + q.y * k);
    let line = |s: Stroke| Stroke { width: s.width * k, dash: s.dash.map(|(a, b)| (a * k, b * k)), ..s };
    match shape {
        Shape::Rect { rect: r, radius, fill, stroke } => Shape::Rect {
            rect: rect(x + r.x * k, y + r.y * k, r.w * k, r.h * k),
            radius: radius * k,
            fill: *fill,
            stroke: stroke.map(line),
        },
        Shape::Circle { center, radius, fill, stroke } => {
            Shape::Circle { center: p(*center), radius: radius * k, fill: *fill, stroke: stroke.map(line) }
        }
        Shape::Path { steps, fill, stroke } => {
            let step = |s: &Step| match *s {
                Step::Move(a) => Step::Move(p(a)),
                Step::Line(a) => Step::Line(p(a)),
                Step::Quad(a, b) => Step::Quad(p(a), p(b)),
                Step::Cubic(a, b, c) => Step::Cubic(p(a), p(b), p(c)),
                Step::Close => Step::Close,
            };
            Shape::Path { steps: steps.iter().map(step).collect(), fill: *fill, stroke: stroke.map(line) }
        }
        Shape::Text(run) => Shape::Text(TextRun { at: p(run.at), size: run.size * k, ..run.clone() }),
    }
}
