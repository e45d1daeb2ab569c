//! What already takes place on a diagram, so that thousands of labels find room quickly.

use super::hit::cuts;
use super::nearby::Nearby;
use super::routing::pieces;
use crate::geometry::{Point, Rect, Vec2, segment_crossing};
use crate::model::Id;

/// Something a label should not cover, and how bad it is when it does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Obstacle {
    shape: Extent,
    weight: f32,
    /// The flow whose line it is.
    owner: Option<Id>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Extent {
    Area(Rect),
    Line(Point, Point),
}

/// What takes place, found by where it is.
#[derive(Default)]
pub(super) struct Space(Nearby<Obstacle>);

impl FromIterator<Obstacle> for Space {
    fn from_iter<I: IntoIterator<Item = Obstacle>>(obstacles: I) -> Space {
        Space(obstacles.into_iter().map(|o| (o.shape.around(), o)).collect())
    }
}

impl Space {
    pub fn add(&mut self, obstacle: Obstacle) {
        self.0.add(obstacle.shape.around(), obstacle);
    }

    pub fn remove(&mut self, obstacle: &Obstacle) {
        self.0.remove(obstacle.shape.around(), obstacle);
    }

    /// Everything that may touch an area, the gravest first.
    pub fn near(&self, area: Rect) -> Vec<&Obstacle> {
        let mut near = Vec::with_capacity(USUAL);
        near.extend(self.0.near(area));
        near.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        near
    }
}

/// What lies along a way, for those who ask again and again close by: whole areas are asked for once.
pub(super) struct Along<'s> {
    space: &'s Space,
    known: Vec<(Rect, Vec<&'s Obstacle>)>,
}

/// Room for what lies around a label.
const USUAL: usize = 64;

/// How much further than it was asked for an area is looked at.
const FURTHER: f32 = 240.0;

impl<'s> Along<'s> {
    /// All within an area is known from the beginning.
    pub fn knowing(space: &'s Space, area: Option<Rect>) -> Along<'s> {
        Along { space, known: area.map(|area| (area, space.near(area))).into_iter().collect() }
    }

    /// Everything that touches an area, the gravest first, in a list that is used again.
    pub fn touching(&mut self, area: Rect, list: &mut Vec<&'s Obstacle>) {
        if !self.known.iter().any(|(known, _)| known.contains_rect(area)) {
            let wide = area.expand(FURTHER);
            self.known.push((wide, self.space.near(wide)));
        }
        let known = self.known.iter().find(|(known, _)| known.contains_rect(area)).map(|(_, near)| near);
        list.clear();
        list.extend(known.into_iter().flatten().filter(|o| o.touches(area)));
    }
}

impl Obstacle {
    pub fn area(area: Rect, weight: f32) -> Obstacle {
        Obstacle { shape: Extent::Area(area), weight, owner: None }
    }

    /// The pieces of a polyline; `owner` tells a flow its own line from others.
    pub fn line(points: &[Point], weight: f32, owner: Option<Id>) -> impl Iterator<Item = Obstacle> {
        pieces(points).map(move |(a, b)| Obstacle { shape: Extent::Line(a, b), weight, owner: owner.clone() })
    }

    pub fn touches(&self, area: Rect) -> bool {
        self.shape.touches(area)
    }

    /// Whether it is the line of another flow than `own`, and lies between two points.
    pub fn is_between(&self, from: Point, to: Point, own: &Id) -> bool {
        let Extent::Line(a, b) = self.shape else { return false };
        self.owner.as_ref().is_some_and(|owner| owner != own) && segment_crossing((a, b), (from, to)).is_some()
    }

    /// Whether it is the line of another flow than `own`, and runs about that way.
    pub fn runs_along(&self, way: Vec2, own: &Id) -> bool {
        let Extent::Line(a, b) = self.shape else { return false };
        self.owner.as_ref().is_some_and(|owner| owner != own) && (b - a).unit().dot(way).abs() > 0.9
    }

    /// Whether it is at least so bad to cover it.
    pub fn weighs(&self, least: f32) -> bool {
        self.weight >= least
    }
}

/// The summed weight of what an area would cover, not counting the line of one flow; counting ends where it is clearly
/// more than `most`. Weights are whole numbers, so the order does not matter.
pub(super) fn cost(near: &[&Obstacle], area: Rect, ignoring: Option<&Id>, most: f32) -> f32 {
    let mut sum = 0.0;
    for o in near {
        if o.touches(area) && (o.owner.is_none() || o.owner.as_ref() != ignoring) {
            sum += o.weight;
            if sum > most + 1.0 {
                break;
            }
        }
    }
    sum
}

impl Extent {
    fn around(&self) -> Rect {
        match self {
            Extent::Area(r) => *r,
            Extent::Line(a, b) => Rect::from_corners(*a, *b),
        }
    }

    fn touches(&self, area: Rect) -> bool {
        match self {
            Extent::Area(r) => r.intersects(area),
            Extent::Line(a, b) => {
                let apart =
                    a.x.max(b.x) < area.x || a.x.min(b.x) > area.right() || a.y.max(b.y) < area.y || a.y.min(b.y) > area.bottom();
                let is_square = a.x == b.x || a.y == b.y;
                !apart && (is_square || area.contains(*a) || area.contains(*b) || cuts(area, &[*a, *b]))
            }
        }
    }
}
