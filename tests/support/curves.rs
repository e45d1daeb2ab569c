//! Drawn lines, measured.

use palisade::geometry::{Point, segment_distance};
use palisade::scene::Step;

/// The drawn line, far finer than anything the product works with.
pub fn fine(steps: &[Step]) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::new();
    for step in steps {
        match *step {
            Step::Move(p) | Step::Line(p) => line.push(p),
            Step::Quad(c, p) => {
                let a = *line.last().unwrap();
                line.extend((1..=200).map(|n| n as f32 / 200.0).map(|t| a.lerp(c, t).lerp(c.lerp(p, t), t)));
            }
            Step::Cubic(b, c, p) => {
                let cubic = palisade::geometry::Cubic(*line.last().unwrap(), b, c, p);
                line.extend((1..=800).map(|n| cubic.at(n as f32 / 800.0)));
            }
            Step::Close => {}
        }
    }
    line
}

pub fn distance(p: Point, line: &[Point]) -> f32 {
    line.windows(2).map(|w| segment_distance(p, w[0], w[1])).fold(f32::INFINITY, f32::min)
}
