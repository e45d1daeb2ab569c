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
    shape: Extent,
    weight: f32,
    /// The flow whose line it is.
    owner: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Extent {
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
        self.add(Obstacle { shape: Extent::Area(area), weight, owner: None }, area);
    }

    /// A polyline; `owner` tells a flow its own line from others.
    pub fn line(&mut self, points: &[Point], weight: f32, owner: Option<usize>) {
        for w in points.windows(2) {
            if let [a, b] = w {
                self.add(Obstacle { shape: Extent::Line(*a, *b), weight, owner }, Rect::from_corners(*a, *b));
            }
        }
    }

    fn add(&mut self, obstacle: Obstacle, around: Rect) {
        let index = self.obstacles.len();
        self.obstacles.push(obstacle);
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

    /// Everything that may touch an area.
    pub fn near(&self, area: Rect) -> Vec<Obstacle> {
        let (a, b) = (cell(area.min()), cell(area.max()));
        if (b.0 - a.0 + 1).saturating_mul(b.1 - a.1 + 1) > MANY * MANY {
            return self.obstacles.clone();
        }
        let mut near = self.everywhere.clone();
        for x in a.0..=b.0 {
            let column = self.cells.range((x, a.1)..=(x, b.1));
            near.extend(column.flat_map(|(_, found)| found));
        }
        near.sort_unstable();
        near.dedup();
        near.into_iter().filter_map(|i| self.obstacles.get(i)).copied().collect()
    }
}

/// The summed weight of what an area would cover, not counting the line of one flow.
pub(super) fn cost(near: &[Obstacle], area: Rect, ignoring: Option<usize>) -> f32 {
    let covered = near.iter().filter(|o| (o.owner.is_none() || o.owner != ignoring) && o.shape.touches(area));
    covered.map(|o| o.weight).sum()
}

impl Extent {
    fn touches(&self, area: Rect) -> bool {
        match self {
            Extent::Area(r) => r.intersects(area),
            Extent::Line(a, b) => {
                let apart =
                    a.x.max(b.x) < area.x || a.x.min(b.x) > area.right() || a.y.max(b.y) < area.y || a.y.min(b.y) > area.bottom();
                !apart && (area.contains(*a) || area.contains(*b) || cuts(area, &[*a, *b]))
            }
        }
    }
}

fn cell(p: Point) -> (i64, i64) {
    ((p.x / CELL).floor() as i64, (p.y / CELL).floor() as i64)
}
