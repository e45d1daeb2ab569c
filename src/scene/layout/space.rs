//! What already takes place on a diagram, in a grid of buckets, so that hundreds of labels find room quickly.

use super::hit::cuts;
use crate::geometry::{Point, Rect};
use std::collections::BTreeMap;

const CELL: f32 = 160.0;
/// Something larger than this many cells is looked at by everybody.
const MANY: i64 = 64;

/// Something a label should not cover, and how bad it is when it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Obstacle {
    pub shape: Extent,
    pub weight: f32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Extent {
    Area(Rect),
    Line(Point, Point),
}

#[derive(Default)]
pub(super) struct Space {
    obstacles: Vec<Obstacle>,
    cells: BTreeMap<(i64, i64), Vec<usize>>,
    everywhere: Vec<usize>,
}

impl Space {
    pub fn area(&mut self, area: Rect, weight: f32) {
        self.add(Extent::Area(area), area, weight);
    }

    pub fn line(&mut self, points: &[Point], weight: f32) {
        for w in points.windows(2) {
            if let [a, b] = w {
                self.add(Extent::Line(*a, *b), Rect::from_corners(*a, *b), weight);
            }
        }
    }

    fn add(&mut self, shape: Extent, around: Rect, weight: f32) {
        let index = self.obstacles.len();
        self.obstacles.push(Obstacle { shape, weight });
        let (a, b) = (cell(around.min()), cell(around.max()));
        if (b.0 - a.0 + 1).saturating_mul(b.1 - a.1 + 1) > MANY {
            self.everywhere.push(index);
            return;
        }
        for x in a.0..=b.0 {
            for y in a.1..=b.1 {
                self.cells.entry((x, y)).or_default().push(index);
            }
        }
    }

    /// The summed weight of everything an area would cover.
    pub fn cost(&self, area: Rect) -> f32 {
        let (a, b) = (cell(area.min()), cell(area.max()));
        let mut near: Vec<usize> = self.everywhere.clone();
        for x in a.0..=b.0.min(a.0 + MANY) {
            for y in a.1..=b.1.min(a.1 + MANY) {
                near.extend(self.cells.get(&(x, y)).into_iter().flatten());
            }
        }
        near.sort_unstable();
        near.dedup();
        let covered = near.into_iter().filter_map(|i| self.obstacles.get(i)).filter(|o| o.shape.touches(area));
        covered.map(|o| o.weight).sum()
    }
}

impl Extent {
    fn touches(&self, area: Rect) -> bool {
        match self {
            Extent::Area(r) => r.intersects(area),
            Extent::Line(a, b) => area.contains(*a) || area.contains(*b) || cuts(area, &[*a, *b]),
        }
    }
}

fn cell(p: Point) -> (i64, i64) {
    ((p.x / CELL).floor() as i64, (p.y / CELL).floor() as i64)
}
