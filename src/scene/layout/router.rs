//! Finds an orthogonal course between two spots around the elements in the way.
//!
//! The plain courses are tried first (straight, one bend, two bends around a middle lane); where none is free, a search
//! goes around. Running along another flow or a seam, or through a boundary one has no business in, is avoided.

use super::hit::cuts;
use super::nearby::Nearby;
use super::outline::Side;
use super::{BoxKind, PlacedBox, RoutedFlow, search};
use crate::geometry::{Point, Rect, pt};

/// Distance kept from elements; flows leave and enter at right angles over this length.
pub(super) const MARGIN: f32 = 14.0;
/// How far around the two ends a detour may lead.
const DETOUR: f32 = 180.0;
/// A bend costs as much as this length.
pub(super) const BEND: f32 = 45.0;
/// Where a flow should rather not be, every unit of length costs as much as this many.
pub(super) const DEAR: f32 = 3.5;
const NEAR: f32 = 7.0;
/// Most elements a search looks at; among more, the plain course is taken.
const CROWD: usize = 60;

/// What stands in the way on the whole diagram.
#[derive(Default)]
pub(super) struct Terrain {
    /// Elements: not to be crossed.
    solid: Nearby<Rect>,
    /// Boundaries.
    zones: Nearby<Rect>,
    /// Pieces of flows that have their course.
    taken: Nearby<(Point, Point)>,
}

impl Terrain {
    pub fn new<'a>(boxes: impl Iterator<Item = &'a PlacedBox> + Clone) -> Terrain {
        let of = |solid: bool| boxes.clone().filter(move |b| b.kind != BoxKind::Note && (b.kind != BoxKind::Boundary) == solid);
        let with_extent = |b: &PlacedBox| (b.rect, b.rect);
        Terrain {
            solid: of(true).map(with_extent).collect(),
            zones: of(false).map(with_extent).collect(),
            taken: Nearby::default(),
        }
    }

    pub fn add_box(&mut self, placed: &PlacedBox) {
        self.boxes(placed.kind).into_iter().for_each(|boxes| boxes.add(placed.rect, placed.rect));
    }

    pub fn remove_box(&mut self, placed: &PlacedBox) {
        self.boxes(placed.kind).into_iter().for_each(|boxes| boxes.remove(placed.rect, placed.rect));
    }

    fn boxes(&mut self, kind: BoxKind) -> Option<&mut Nearby<Rect>> {
        match kind {
            BoxKind::Element(_) | BoxKind::Folded => Some(&mut self.solid),
            BoxKind::Boundary => Some(&mut self.zones),
            BoxKind::Note => None,
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
            pieces(&flow.corners).for_each(|(a, b)| self.taken.remove(Rect::from_corners(a, b), (a, b)));
        }
    }

    /// True when an element other than those at its ends stands on the course.
    pub fn blocks(&self, course: &RoutedFlow) -> bool {
        let (start, end) = (course.start.at, course.end.at);
        let own = |r: &Rect| r.expand(1.0).contains(start) || r.expand(1.0).contains(end);
        pieces(&course.points).any(|(a, b)| {
            let piece = thin(a, b);
            self.solid.near(piece).any(|r| !own(r) && cuts(r.expand(-1.0), &[a, b]))
        })
    }
}

/// The straight pieces of a course.
pub(super) fn pieces(corners: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    corners.windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None })
}

/// A spot on an outline and the side it is on.
pub(super) type Spot = (Point, Side);

/// A spot, and the place in front of it from where a flow may turn.
pub(super) type Exit = (Spot, Point);

/// What stands in the way around one flow.
pub(super) struct Ground {
    /// The ends span this.
    pub around: Rect,
    /// Elements with the margin flows keep.
    pub solid: Vec<Rect>,
    /// Boundaries with none of the two ends inside.
    pub foreign: Vec<Rect>,
    /// Around seams and other flows: no place to run along. Level ones first, upright ones second.
    pub lanes: [Vec<Rect>; 2],
}

/// The corners from one of the first spots to one of the second.
pub(super) fn route(terrain: &Terrain, from: &[Spot], to: &[Spot]) -> Vec<Point> {
    if let Some(straight) = straight(terrain, from, to) {
        return straight;
    }
    let exits = |spots: &[Spot]| spots.iter().map(|s| (*s, in_front(terrain, s))).collect::<Vec<Exit>>();
    let (from, to) = (exits(from), exits(to));
    let ground = Ground::new(terrain, &from, &to);
    let (plain, free) = plain(&ground, &from, &to);
    if free || ground.solid.len() > CROWD {
        return plain;
    }
    search::around(&ground, &from, &to).unwrap_or(plain)
}

/// A straight line between two facing spots with nothing between them.
fn straight(terrain: &Terrain, from: &[Spot], to: &[Spot]) -> Option<Vec<Point>> {
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let facing = |&(a, b): &(&Spot, &Spot)| {
        let (d, n) = (b.0 - a.0, a.1.normal());
        a.1.opposite() == b.1 && d.dot(n) > 1.0 && (d.x * n.y - d.y * n.x).abs() < 1.0
    };
    let own = |r: &Rect, p: Point| r.expand(0.5).contains(p);
    let clear = |&(a, b): &(&Spot, &Spot)| {
        let line = thin(a.0, b.0);
        let mut others = terrain.solid.near(line).filter(|r| !own(r, a.0) && !own(r, b.0));
        !others.any(|r| r.expand(-1.0).intersects(line))
    };
    pairs.into_iter().filter(facing).find(clear).map(|(a, b)| vec![a.0, b.0])
}

/// The cheapest course with one bend or with a lane in the middle, and whether nothing speaks against it.
fn plain(ground: &Ground, from: &[Exit], to: &[Exit]) -> (Vec<Point>, bool) {
    let mut best: Option<(f32, bool, Vec<Point>)> = None;
    for (a, b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
        let ((start, side), (end, other)) = (a.0, b.0);
        let middle = a.1.lerp(b.1, 0.5);
        let turns: Vec<Point> = match (side.is_level(), other.is_level()) {
            (true, true) => vec![pt(middle.x, start.y), pt(middle.x, end.y)],
            (false, false) => vec![pt(start.x, middle.y), pt(end.x, middle.y)],
            (true, false) => vec![pt(end.x, start.y)],
            (false, true) => vec![pt(start.x, end.y)],
        };
        // A course that turns back into its own element is none.
        let leaves = |exit: &Exit, turn: Option<&Point>| turn.is_some_and(|t| (*t - exit.1).dot(exit.0.1.normal()) >= -0.5);
        let sensible = leaves(a, turns.first()) && leaves(b, turns.last());
        let inner: Vec<Point> = std::iter::once(a.1).chain(turns.iter().copied()).chain([b.1]).collect();
        let pieces = inner.windows(2).map(|w| if let [p, q] = w { ground.cost(*p, *q) } else { Some(0.0) });
        let cost = pieces.sum::<Option<f32>>().filter(|_| sensible);
        let length = inner.windows(2).map(|w| if let [p, q] = w { p.distance(*q) } else { 0.0 }).sum::<f32>();
        let bends = BEND * turns.len() as f32;
        let free = cost.is_some_and(|c| c <= length + 1.0);
        let whole = bends + cost.unwrap_or(length + if sensible { 10_000.0 } else { 100_000.0 });
        if best.as_ref().is_none_or(|(least, ..)| whole < *least) {
            best = Some((whole, free, without_straight(std::iter::once(start).chain(turns).chain([end]))));
        }
    }
    best.map_or((Vec::new(), false), |(_, free, corners)| (corners, free))
}

/// The place in front of a spot: clear of the element, also where its outline is round.
fn in_front(terrain: &Terrain, spot: &Spot) -> Point {
    let here = Rect::from_center(spot.0, 2.0, 2.0);
    let covering = terrain.solid.near(here).filter(|r| r.expand(0.5).contains(spot.0));
    let own = covering.min_by(|a, b| a.area().total_cmp(&b.area()).then(a.x.total_cmp(&b.x)).then(a.y.total_cmp(&b.y)));
    let r = own.copied().unwrap_or(Rect { x: spot.0.x, y: spot.0.y, w: 0.0, h: 0.0 });
    match spot.1 {
        Side::Left => pt(r.x - MARGIN, spot.0.y),
        Side::Right => pt(r.right() + MARGIN, spot.0.y),
        Side::Top => pt(spot.0.x, r.y - MARGIN),
        Side::Bottom => pt(spot.0.x, r.bottom() + MARGIN),
    }
}

fn is_upright(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < 0.5
}

/// The rectangle of an axis-parallel piece.
pub(super) fn thin(a: Point, b: Point) -> Rect {
    Rect::from_corners(a, b).expand(0.25)
}

impl Ground {
    fn new(terrain: &Terrain, from: &[Exit], to: &[Exit]) -> Ground {
        let ends = || from.iter().chain(to).map(|exit| exit.0.0);
        let around = Rect::around(ends()).unwrap_or_default();
        let window = around.expand(DETOUR);
        let zones: Vec<Rect> = terrain.zones.near(window).filter(|z| z.intersects(window)).copied().collect();
        let seams = zones.iter().flat_map(|z| {
            let [a, b, c, d] = z.corners();
            [(a, b), (b, c), (c, d), (d, a)]
        });
        let taken = terrain.taken.near(window).filter(|(a, b)| thin(*a, *b).intersects(window)).copied();
        let (upright, level): (Vec<_>, Vec<_>) = seams.chain(taken).partition(|(a, b)| is_upright(*a, *b));
        let lane = |pieces: Vec<(Point, Point)>| pieces.into_iter().map(|(a, b)| thin(a, b).expand(NEAR)).collect();
        Ground {
            around,
            solid: terrain.solid.near(window).filter(|r| r.intersects(window)).map(|r| r.expand(MARGIN - 1.0)).collect(),
            foreign: zones.iter().filter(|z| !ends().any(|p| z.contains(p))).copied().collect(),
            lanes: [lane(level), lane(upright)],
        }
    }

    /// What an axis-parallel piece costs; `None` where an element is.
    pub fn cost(&self, a: Point, b: Point) -> Option<f32> {
        let piece = thin(a, b);
        if self.solid.iter().any(|r| r.intersects(piece)) {
            return None;
        }
        let [level, upright] = &self.lanes;
        let lanes = if is_upright(a, b) { upright } else { level };
        let unwanted = self.foreign.iter().chain(lanes).any(|r| r.intersects(piece));
        Some(a.distance(b) * if unwanted { DEAR } else { 1.0 })
    }
}

/// The points at which a line turns, and its ends.
pub(super) fn without_straight(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for p in points {
        if let [.., a, b] = out.as_slice() {
            let straight =
                ((a.x - b.x).abs() < 0.6 && (b.x - p.x).abs() < 0.6) || ((a.y - b.y).abs() < 0.6 && (b.y - p.y).abs() < 0.6);
            if straight {
                out.pop();
            }
        }
        out.push(p);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::rect;

    fn with<const N: usize>(solid: [Rect; N]) -> Terrain {
        Terrain { solid: solid.into_iter().map(|r| (r, r)).collect(), ..Terrain::default() }
    }

    #[test]
    fn a_course_goes_around_what_stands_in_the_way() {
        let wall = rect(150.0, -40.0, 60.0, 120.0);
        let terrain = with([rect(0.0, 0.0, 100.0, 40.0), wall, rect(260.0, 0.0, 100.0, 40.0)]);
        let corners = route(&terrain, &[(pt(100.0, 20.0), Side::Right)], &[(pt(260.0, 20.0), Side::Left)]);
        assert!(corners.len() >= 4, "{corners:?}");
        for w in corners.windows(2) {
            assert!((w[0].x - w[1].x).abs() < 0.6 || (w[0].y - w[1].y).abs() < 0.6, "square: {corners:?}");
            assert!(!wall.intersects(thin(w[0], w[1])), "{corners:?}");
        }
    }

    #[test]
    fn a_free_way_is_straight_and_an_impossible_one_an_elbow() {
        let free = with([]);
        assert_eq!(route(&free, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 0.0), Side::Left)]).len(), 2);
        let walled = with([rect(-200.0, -200.0, 600.0, 600.0)]);
        assert!(route(&walled, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 80.0), Side::Top)]).len() >= 3);
    }
}
