//! The sheet charts are drawn on.

use super::draw::polyline;
use super::{Drawn, Figure, Look, Spot};
use crate::chart::hatching;
use crate::geometry::{Point, Rect, pt, rect};
use crate::model::Band;
use crate::scene::{Item, Layer, Paint, Scene, Shape, Stroke, TextRun};
use crate::text::{Face, width};
use crate::theme::Ink;

/// How much coarser patterns are than in print: charts are drawn for screens, and smaller on paper.
const GRAIN: f32 = 1.4;

pub(super) struct Sheet {
    pub look: Look,
    shapes: Vec<Shape>,
    spots: Vec<Spot>,
}

impl Sheet {
    pub fn new(look: Look) -> Sheet {
        Sheet { look, shapes: Vec::new(), spots: Vec::new() }
    }

    /// Words whose capitals have their middle at `middle`.
    pub fn text(&mut self, x: f32, middle: f32, face: Face, size: f32, ink: Ink, words: &str) {
        let at = pt(x, middle + face.cap_height() * size / 2.0);
        self.shapes.push(Shape::Text(TextRun { at, text: words.to_owned(), face, size, paint: ink.into() }));
    }

    pub fn filled(&mut self, rect: Rect, radius: f32, fill: Paint) {
        self.shapes.push(Shape::Rect { rect, radius, fill: Some(fill), stroke: None });
    }

    pub fn framed(&mut self, area: Rect, radius: f32, stroke: Stroke) {
        let rect = rect(area.x + 0.5, area.y + 0.5, (area.w - 1.0).max(0.5), (area.h - 1.0).max(0.5));
        self.shapes.push(Shape::Rect { rect, radius, fill: None, stroke: Some(stroke) });
    }

    pub fn line(&mut self, points: &[Point], stroke: Stroke) {
        self.shapes.push(Shape::Path { steps: polyline(points), fill: None, stroke: Some(stroke) });
    }

    pub fn circle(&mut self, center: Point, radius: f32, fill: Paint, stroke: Stroke) {
        self.shapes.push(Shape::Circle { center, radius, fill: Some(fill), stroke: Some(stroke) });
    }

    /// A small square in the colour of a level, with its edge.
    pub fn level(&mut self, at: Point, band: Band) {
        let area = rect(at.x - 4.5, at.y - 4.5, 9.0, 9.0);
        self.filled(area, 2.0, Ink::RiskFill(band).into());
        self.framed(area, 2.0, Stroke::new(1.0, Ink::RiskOutline(band).at(0.6)));
    }

    /// The pattern of a level over an area, where patterns are wished for.
    pub fn pattern(&mut self, area: Rect, band: Band) {
        if !self.look.is_patterned || area.w < 6.0 {
            return;
        }
        self.shapes.extend(hatching(band, area, GRAIN));
    }

    /// Ground in the colour of a level for words in the middle of an area, where a pattern would run through them.
    pub fn clear(&mut self, middle: Point, wide: f32, high: f32, fill: Paint) {
        if self.look.is_patterned {
            self.filled(Rect::from_center(middle, wide + 6.0, high), 3.0, fill);
        }
    }

    pub fn spot(&mut self, rect: Rect, row: usize, column: Option<usize>, said: String) {
        self.spots.push(Spot { rect, row, column, said });
    }

    pub fn finish(self, figure: &Figure) -> Drawn {
        let bounds = rect(0.0, 0.0, self.look.wide, self.look.high);
        let item = Item { key: None, layer: Layer::Element, bounds, shapes: self.shapes, alt: figure.words() };
        Drawn { scene: Scene { items: vec![item], bounds }, spots: self.spots }
    }
}

/// The width of the longest of these.
pub(super) fn room_for<'w>(words: impl Iterator<Item = &'w str>, size: f32) -> f32 {
    words.map(|words| width(Face::Regular, size, words)).fold(0.0, f32::max)
}
