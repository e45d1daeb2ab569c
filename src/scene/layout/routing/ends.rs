//! The ends of flows: which sides of their elements they may use, and how crowded those are.

use super::region::Exit;
use super::search::Way;
use super::{GAP, elbow};
use crate::geometry::{Point, Rect};
use crate::model::{Id, LineStyle};
use crate::scene::layout::outline::Side;
use crate::scene::layout::{BoxKind, PlacedBox};
use std::collections::BTreeMap;

/// Distance kept from the corners of an element.
const CORNER: f32 = 10.0;
/// Distance kept from the middle of the pill of an element, beside and below it.
const PILL: (f32, f32) = (28.0, 16.0);
/// Flows that share a side are no nearer to each other than this, or use another side.
const LEAST: f32 = 9.0;
/// What each flow too many on a side costs.
const FULL: f32 = 90.0;

/// A spot on an outline and the side it is on.
pub(in super::super) type Spot = (Point, Side);

/// A flow whose course is left to us.
pub(in super::super) struct Job {
    pub flow: Id,
    pub style: LineStyle,
    pub from: End,
    pub to: End,
    /// Points it has to pass, in order.
    pub via: Vec<Point>,
}

impl Job {
    pub fn is_loop(&self) -> bool {
        self.from.element.is_some() && self.from.element == self.to.element
    }

    pub fn distance(&self) -> f32 {
        let d = self.to.middle() - self.from.middle();
        d.x.abs() + d.y.abs()
    }

    pub fn around(&self) -> Rect {
        let via = Rect::around(self.via.iter().copied());
        via.into_iter().fold(self.from.placed.rect.union(self.to.placed.rect), Rect::union)
    }

    /// The side of the first end from which a straight line leads into the second, and the range it may run in.
    fn facing_range(&self) -> Option<(Side, (f32, f32))> {
        if self.from.pinned.is_some() || self.to.pinned.is_some() {
            return None;
        }
        let (a, b) = (self.from.placed.rect, self.to.placed.rect);
        let side = if b.x >= a.right() {
            Side::Right
        } else if a.x >= b.right() {
            Side::Left
        } else if b.y >= a.bottom() {
            Side::Bottom
        } else if a.y >= b.bottom() {
            Side::Top
        } else {
            return None;
        };
        let shared = |p: (f32, f32), q: (f32, f32)| Some((p.0.max(q.0), p.1.min(q.1))).filter(|(low, high)| low <= high);
        let clear = shared(self.from.range(side), self.to.range(side.opposite()));
        // Rather straight and a little under a pill than with two bends.
        let range = clear.or_else(|| shared(self.from.whole_range(side), self.to.whole_range(side.opposite())))?;
        Some((side, range))
    }

    /// Where on which side of the first end a straight line leads into the second.
    pub fn facing(&self) -> Option<(Side, f32)> {
        let (side, (low, high)) = self.facing_range()?;
        let along = |end: &End| if side.is_level() { end.middle().y } else { end.middle().x };
        let (a, b) = (along(&self.from), along(&self.to));
        // The middle of the one that the other reaches to, where there is one.
        let middles = [(a + b) / 2.0, a, b].into_iter().skip(usize::from((a - b).abs() > 1.0));
        Some((side, middles.into_iter().find(|m| (low..=high).contains(m)).unwrap_or((low + high) / 2.0)))
    }

    /// The pieces from one of the points it has to pass to the next, and to and from its ends, where they are straight.
    pub fn legs(&self) -> Vec<Option<(Point, Point)>> {
        let all = || self.via.iter().copied();
        let first = self.via.first().and_then(|p| self.from.beside(*p));
        let square = |(a, b): (Point, Point)| (a.x - b.x).abs() < 0.05 || (a.y - b.y).abs() < 0.05;
        let between = all().zip(all().skip(1)).map(|leg| Some(leg).filter(|leg| square(*leg)));
        let last = self.via.last().and_then(|p| self.to.beside(*p).map(|(a, b)| (b, a)));
        std::iter::once(first).chain(between).chain([last]).collect()
    }

    /// The course when no way is to be found.
    pub fn plain(&self) -> Vec<Point> {
        let (a, b) = (self.from.middle(), self.to.middle());
        let from = self.from.toward(self.via.first().copied().unwrap_or(b));
        let to = self.to.toward(self.via.last().copied().unwrap_or(a));
        let mut corners = elbow(from.0, to.0, from.1.is_level());
        if self.via.is_empty() {
            return corners;
        }
        corners = std::iter::once(from.0).chain(self.via.iter().copied()).chain([to.0]).collect();
        crate::geometry::squared(&corners)
    }

    /// The corners with their ends brought to the outlines.
    pub fn attached(&self, mut corners: Vec<Point>) -> Vec<Point> {
        let ends =
            [(&self.from, corners.first().zip(corners.get(1))), (&self.to, corners.last().zip(corners.iter().rev().nth(1)))];
        let spots = ends.map(|(end, at)| at.and_then(|(spot, next)| end.touch(*spot, *next)));
        if let (Some(spot), Some(first)) = (spots[0], corners.first_mut()) {
            *first = spot;
        }
        if let (Some(spot), Some(last)) = (spots[1], corners.last_mut()) {
            *last = spot;
        }
        corners
    }
}

/// One end of it.
pub(in super::super) struct End {
    /// `None` for a loose end, whose box has no size.
    pub element: Option<Id>,
    pub placed: PlacedBox,
    /// The spot people chose.
    pub pinned: Option<Spot>,
}

impl End {
    pub fn middle(&self) -> Point {
        self.placed.rect.center()
    }

    /// The spots it may use: the chosen one, or the middle of every side.
    pub fn spots(&self) -> Vec<Spot> {
        self.pinned.map_or_else(|| Side::ALL.map(|side| self.spot(side)).to_vec(), |spot| vec![spot])
    }

    fn spot(&self, side: Side) -> Spot {
        let c = self.middle();
        (self.placed.on_side(side, if side.is_level() { c.y } else { c.x }), side)
    }

    /// The spot that looks most towards a point.
    fn toward(&self, p: Point) -> Spot {
        self.pinned.unwrap_or_else(|| self.spot(Side::toward(p - self.middle())))
    }

    /// From the outline straight to a point above, below or beside it.
    fn beside(&self, p: Point) -> Option<(Point, Point)> {
        self.element.as_ref().filter(|_| self.pinned.is_none())?;
        Side::ALL.into_iter().find_map(|side| {
            let ((low, high), along) = (self.whole_range(side), if side.is_level() { p.y } else { p.x });
            let spot = self.placed.on_side(side, along);
            let is_before = (low..=high).contains(&along) && (p - spot).dot(side.normal()) > 0.0;
            is_before.then_some((spot, p))
        })
    }

    /// The range of a side between its corners.
    fn whole_range(&self, side: Side) -> (f32, f32) {
        let r = self.placed.rect;
        let (a, b) = if side.is_level() { (r.y, r.bottom()) } else { (r.x, r.right()) };
        let inset = CORNER.min((b - a) / 4.0);
        (a + inset, b - inset)
    }

    /// The range of a side flows may use: their heads do not end under the pill, but the middle is always theirs.
    pub fn range(&self, side: Side) -> (f32, f32) {
        let (low, high) = self.whole_range(side);
        let (pill, middle) = (self.placed.badge_center(), (low + high) / 2.0);
        match side {
            _ if !matches!(self.placed.kind, BoxKind::Element(_)) => (low, high),
            Side::Top => (low, high.min(pill.x - PILL.0).max(middle)),
            Side::Right => (low.max(pill.y + PILL.1).min(middle), high),
            Side::Left | Side::Bottom => (low, high),
        }
    }

    /// How many flows a side has room for.
    fn room(&self, side: Side) -> usize {
        let (a, b) = self.range(side);
        ((b - a) / LEAST) as usize + 1
    }

    /// Where the outline is met by a line that ends at a spot, coming from another point; `None` for a loose end.
    fn touch(&self, spot: Point, from: Point) -> Option<Point> {
        self.element.as_ref()?;
        if self.pinned.is_some() {
            return None;
        }
        let side = Side::toward(from - spot);
        let at = self.placed.on_side(side, if side.is_level() { spot.y } else { spot.x });
        // Kept square to the line.
        Some(if side.is_level() { Point { y: spot.y, ..at } } else { Point { x: spot.x, ..at } })
    }

    /// The range the piece that ends there may be moved in; `None` when it may not.
    pub fn play(&self, side: Side, at: Point) -> Option<(f32, f32)> {
        let (clear, along) = (self.range(side), if side.is_level() { at.y } else { at.x });
        let is_clear = (clear.0..=clear.1).contains(&along);
        (self.element.is_some() && self.pinned.is_none()).then(|| if is_clear { clear } else { self.whole_range(side) })
    }
}

/// How many flows end at the sides of elements.
#[derive(Default)]
pub(super) struct Taken {
    sides: BTreeMap<(Id, Side), usize>,
    /// Straight ones by the elements they join.
    straight: BTreeMap<[Option<Id>; 2], usize>,
}

fn pair(job: &Job) -> [Option<Id>; 2] {
    let mut pair = [job.from.element.clone(), job.to.element.clone()];
    pair.sort();
    pair
}

impl Taken {
    pub fn take(&mut self, end: &End, side: Option<Side>) {
        if let (Some(element), Some(side)) = (&end.element, side) {
            *self.sides.entry((element.clone(), side)).or_default() += 1;
        }
    }

    /// A flow runs straight between its ends.
    pub fn take_straight(&mut self, job: &Job) {
        *self.straight.entry(pair(job)).or_default() += 1;
    }

    /// Whether there is no room for one more that does.
    pub fn is_full(&self, job: &Job) -> bool {
        let room = job.facing_range().map_or(0.0, |(_, (low, high))| (high - low) / LEAST);
        self.straight.get(&pair(job)).is_some_and(|count| *count > room as usize)
    }

    fn on(&self, end: &End, side: Side) -> usize {
        let key = end.element.clone().map(|id| (id, side));
        key.and_then(|key| self.sides.get(&key)).copied().unwrap_or_default()
    }

    /// What it costs to use each side, by its number: nothing while there is room.
    pub fn over(&self, end: &End) -> [f32; 4] {
        let mut out = [0.0; 4];
        for side in Side::ALL {
            let over = (self.on(end, side) + 1).saturating_sub(end.room(side));
            if let (Some(cost), true) = (out.get_mut(side as usize), end.element.is_some()) {
                *cost = over as f32 * FULL;
            }
        }
        out
    }

    /// Whether the sides another way uses have room for one more.
    pub fn has_room(&self, job: &Job, from: &[Exit], to: &[Exit], way: &Way) -> bool {
        let fits = |end: &End, exit: Option<&Exit>| exit.is_some_and(|e| self.on(end, e.side) < end.room(e.side));
        fits(&job.from, from.get(way.start)) && fits(&job.to, to.get(way.goal))
    }
}

/// Distance between flows from an element to itself.
pub(super) const BETWEEN_LOOPS: f32 = GAP;
