//! What stands in the way on a whole diagram, kept while things move.

use super::super::hit::cuts;
use super::super::nearby::Nearby;
use super::super::{BoxKind, PlacedBox, RoutedFlow};
use crate::geometry::{Point, Rect};

/// What a box is to flows.
#[derive(Clone, Copy, PartialEq)]
enum Footing {
    Solid,
    Zone,
    Note,
}

impl Footing {
    fn of(kind: BoxKind) -> Footing {
        match kind {
            BoxKind::Element(_) | BoxKind::Folded => Footing::Solid,
            BoxKind::Boundary => Footing::Zone,
            BoxKind::Note => Footing::Note,
        }
    }
}

/// What stands in the way on the whole diagram.
#[derive(Default)]
pub(in super::super) struct Terrain {
    /// Elements: not to be crossed.
    solid: Nearby<Rect>,
    /// Boundaries.
    zones: Nearby<Rect>,
    /// Notes: gone around where they stand alone; one that lies on an element is that element's.
    notes: Nearby<Rect>,
    /// Pieces of flows that have their course.
    taken: Nearby<(Point, Point)>,
}

impl Terrain {
    pub fn new<'a>(boxes: impl Iterator<Item = &'a PlacedBox> + Clone) -> Terrain {
        let of = |wanted: Footing| {
            let those = boxes.clone().filter(move |b| Footing::of(b.kind) == wanted);
            those.map(|b| (b.rect, b.rect)).collect()
        };
        Terrain { solid: of(Footing::Solid), zones: of(Footing::Zone), notes: of(Footing::Note), taken: Nearby::default() }
    }

    pub fn add_box(&mut self, placed: &PlacedBox) {
        self.boxes(placed.kind).add(placed.rect, placed.rect);
    }

    pub fn remove_box(&mut self, placed: &PlacedBox) {
        self.boxes(placed.kind).remove(placed.rect, &placed.rect);
    }

    fn boxes(&mut self, kind: BoxKind) -> &mut Nearby<Rect> {
        match Footing::of(kind) {
            Footing::Solid => &mut self.solid,
            Footing::Zone => &mut self.zones,
            Footing::Note => &mut self.notes,
        }
    }

    pub fn add_course(&mut self, corners: &[Point]) {
        pieces(corners).for_each(|(a, b)| self.taken.add(Rect::from_corners(a, b), (a, b)));
    }

    /// A flow has its course; one from an element to itself is in nobody's way.
    pub fn learn(&mut self, flow: &RoutedFlow) {
        if !flow.is_loop() {
            self.add_course(&flow.corners);
        }
    }

    /// Takes back one time that the course was added.
    pub fn forget(&mut self, flow: &RoutedFlow) {
        if !flow.is_loop() {
            pieces(&flow.corners).for_each(|(a, b)| self.taken.remove(Rect::from_corners(a, b), &(a, b)));
        }
    }

    /// True when an element other than those at its ends, or a note, stands on the course.
    pub fn blocks(&self, course: &RoutedFlow) -> bool {
        let notes = pieces(&course.points)
            .any(|(a, b)| self.notes.near(Rect::from_corners(a, b)).any(|r| self.is_alone(r) && cuts(r.expand(-1.0), &[a, b])));
        notes || self.stands_on(&course.points, course.start.at, course.end.at)
    }

    /// A note that lies on no element.
    fn is_alone(&self, note: &Rect) -> bool {
        !self.solid.near(*note).any(|r| r.intersects(*note))
    }

    /// True when an element that has neither end at its outline stands on a line.
    pub fn stands_on(&self, points: &[Point], start: Point, end: Point) -> bool {
        let own = |r: &Rect| r.expand(1.0).contains(start) || r.expand(1.0).contains(end);
        pieces(points).any(|(a, b)| {
            let piece = Rect::from_corners(a, b).expand(0.25);
            self.solid.near(piece).any(|r| !own(r) && cuts(r.expand(-1.0), &[a, b]))
        })
    }

    /// Whether an element stands on a point or next to it.
    pub fn covers(&self, p: Point) -> bool {
        self.solid.near(Rect::from_corners(p, p)).any(|r| r.expand(1.0).contains(p))
    }

    /// Everything there is, as one rectangle.
    pub fn extent(&self) -> Option<Rect> {
        [&self.solid, &self.zones, &self.notes].into_iter().filter_map(Nearby::extent).reduce(Rect::union)
    }

    /// How many elements may be in an area.
    pub fn count(&self, area: Rect) -> usize {
        self.solid.near(area).count()
    }

    /// Elements in an area and the notes between them, in a fixed order.
    pub fn solid(&self, area: Rect) -> Vec<Rect> {
        let notes = self.notes.near(area).filter(|note| self.is_alone(note));
        in_order(self.solid.near(area).chain(notes).copied().collect())
    }

    /// Boundaries whose seam may be met in an area, in a fixed order.
    pub fn zones(&self, area: Rect) -> Vec<Rect> {
        in_order(self.zones.near(area).filter(|z| !z.expand(-20.0).contains_rect(area)).copied().collect())
    }

    /// Pieces of flows in an area, in a fixed order.
    pub fn taken(&self, area: Rect) -> Vec<(Point, Point)> {
        let mut taken: Vec<(Point, Point)> = self.taken.near(area).copied().collect();
        let key = |(a, b): &(Point, Point)| [a.x, a.y, b.x, b.y];
        taken.sort_by(|a, b| {
            key(a).iter().zip(key(b)).map(|(a, b)| a.total_cmp(&b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
        });
        taken
    }
}

/// The straight pieces of a course.
pub(in super::super) fn pieces(corners: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    corners.windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None })
}

fn in_order(mut rects: Vec<Rect>) -> Vec<Rect> {
    let by = |a: f32, b: f32| a.total_cmp(&b);
    rects.sort_by(|a, b| by(a.x, b.x).then(by(a.y, b.y)).then(by(a.w, b.w)).then(by(a.h, b.h)));
    rects
}
