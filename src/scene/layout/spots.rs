//! Places along a flow where its label may stand, and how far along they are.

use super::RoutedFlow;
use super::flow_label::Spot;
use crate::geometry::{Point, Rect};
use crate::model::LineStyle;

/// Where the better places are taken, places so near to each other are tried, but no more than so many.
const CLOSE: f32 = 14.0;
const MOST_SPOTS: f32 = 80.0;

impl RoutedFlow {
    /// Length of the course.
    pub fn length(&self) -> f32 {
        self.points.windows(2).map(|w| if let [a, b] = w { a.distance(*b) } else { 0.0 }).sum()
    }

    /// The point a share (0 to 1) of the way along.
    pub fn at(&self, share: f32) -> Option<Point> {
        self.spot(share).map(|s| s.at)
    }

    /// The share of the way (0 to 1) at which the course is nearest to a point.
    pub fn share_near(&self, p: Point) -> f32 {
        let tried = (0..=100).map(|n| n as f32 / 100.0).filter_map(|t| self.at(t).map(|at| (at.distance(p), t)));
        tried.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.5, |(_, t)| t)
    }

    pub(super) fn bends_within(&self, area: Rect) -> f32 {
        if self.style == LineStyle::Curved {
            return 0.0;
        }
        let inner = self.corners.iter().skip(1).take(self.corners.len().saturating_sub(2));
        inner.filter(|p| area.expand(6.0).contains(**p)).count() as f32
    }

    /// The spot a share of the way along; `free` and `off_centre` are left to the caller.
    pub(super) fn spot(&self, share: f32) -> Option<Spot> {
        let mut left = self.length() * share.clamp(0.0, 1.0);
        let mut last = None;
        for w in self.points.windows(2) {
            let [a, b] = w else { continue };
            let piece = a.distance(*b);
            if piece <= 0.0 {
                continue;
            }
            let spot = |t: f32| Spot { at: a.lerp(*b, t), along: (*b - *a).unit(), free: 0.0, off_centre: 0.0 };
            if left <= piece {
                return Some(spot(left / piece));
            }
            left -= piece;
            last = Some(spot(1.0));
        }
        last
    }

    /// Places to try: the middle of every free stretch, then from the middle of the flow outwards.
    pub(super) fn spots(&self, pinned: Option<f32>) -> Vec<Spot> {
        let (stretches, whole) = (self.stretches(), self.length().max(1.0));
        if let Some(share) = pinned {
            return self.spot_on(share, &stretches).into_iter().collect();
        }
        let middles = stretches.iter().filter(|(a, b)| b - a >= 30.0).map(|(a, b)| (a + b) / 2.0 / whole);
        let outwards = (0..=8).flat_map(|n| [0.5 - 0.05 * n as f32, 0.5 + 0.05 * n as f32]);
        middles.chain(outwards).filter_map(|share| self.spot_on(share, &stretches)).collect()
    }

    /// Places close to each other all along the flow, for where all others are taken.
    pub(super) fn spots_all_along(&self) -> Vec<Spot> {
        let (stretches, whole) = (self.stretches(), self.length().max(1.0));
        let count = (whole / CLOSE).min(MOST_SPOTS).floor();
        let share = |n: usize| (n as f32 + 0.5) / count.max(1.0);
        (0..count as usize).filter_map(|n| self.spot_on(share(n), &stretches)).collect()
    }

    /// The spot a share of the way along, in the stretch it is on.
    fn spot_on(&self, share: f32, stretches: &[(f32, f32)]) -> Option<Spot> {
        let whole = self.length().max(1.0);
        let at = share * whole;
        let (from, to) = stretches.iter().copied().find(|(a, b)| *a <= at && at <= *b)?;
        let off_stretch = (share - (from + to) / 2.0 / whole).abs();
        Some(Spot { free: to - from, off_centre: 0.4 * (share - 0.5).abs() + 0.8 * off_stretch, ..self.spot(share)? })
    }

    /// From where to where nothing is on the flow, as distances from its start.
    fn stretches(&self) -> Vec<(f32, f32)> {
        self.stops().windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None }).collect()
    }

    /// Distances from the start at which something is: ends, bends and crossings.
    fn stops(&self) -> Vec<f32> {
        let (mut stops, mut walked) = (vec![0.0], 0.0);
        let bends = self.corners.len() == self.points.len();
        for w in self.points.windows(2) {
            let [a, b] = w else { continue };
            let on_piece = |p: Point| crate::geometry::segment_distance(p, *a, *b) < 0.5;
            stops.extend(self.crossings.iter().filter(|c| on_piece(c.at)).map(|c| walked + a.distance(c.at)));
            walked += a.distance(*b);
            if bends {
                stops.push(walked);
            }
        }
        stops.push(walked);
        stops.sort_by(f32::total_cmp);
        stops
    }
}
