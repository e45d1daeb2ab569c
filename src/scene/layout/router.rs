//! Finds an orthogonal course between two spots around the elements in the way.
//!
//! The plain courses are tried first (straight, one bend, two bends around a middle lane); where none is free, a search
//! goes around. Running along another flow or a seam, or through a boundary one has no business in, is avoided.

use super::outline::Side;
use super::search;
use crate::geometry::{Point, Rect, pt};

/// Distance kept from elements; flows leave and enter at right angles over this length.
pub(super) const MARGIN: f32 = 14.0;
/// How far around the two ends a detour may lead.
const DETOUR: f32 = 180.0;
/// A bend costs as much as this length.
pub(super) const BEND: f32 = 45.0;
/// Where a flow should rather not be, every unit of length costs this many more.
const UNWANTED: f32 = 2.5;
const NEAR: f32 = 7.0;
/// Most elements a search looks at; among more, the plain course is taken.
const CROWD: usize = 60;

/// What stands in the way on the whole diagram.
pub(super) struct Terrain {
    /// Elements: not to be crossed.
    pub solid: Vec<Rect>,
    /// Boundaries.
    pub zones: Vec<Rect>,
    /// Pieces of flows that have their course.
    pub taken: Vec<(Point, Point)>,
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
    foreign: Vec<Rect>,
    /// Around seams and other flows: no place to run along. Level ones first, upright ones second.
    lanes: [Vec<Rect>; 2],
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
        let mut others = terrain.solid.iter().filter(|r| !own(r, a.0) && !own(r, b.0));
        !others.any(|r| r.expand(-1.0).intersects(thin(a.0, b.0)))
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
    let own = terrain.solid.iter().filter(|r| r.expand(0.5).contains(spot.0)).min_by(|a, b| a.area().total_cmp(&b.area()));
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
fn thin(a: Point, b: Point) -> Rect {
    Rect::from_corners(a, b).expand(0.25)
}

impl Ground {
    fn new(terrain: &Terrain, from: &[Exit], to: &[Exit]) -> Ground {
        let ends = || from.iter().chain(to).map(|exit| exit.0.0);
        let around = Rect::around(ends()).unwrap_or_default();
        let window = around.expand(DETOUR);
        let zones: Vec<Rect> = terrain.zones.iter().filter(|z| z.intersects(window)).copied().collect();
        let seams = zones.iter().flat_map(|z| {
            let [a, b, c, d] = z.corners();
            [(a, b), (b, c), (c, d), (d, a)]
        });
        let taken = terrain.taken.iter().filter(|(a, b)| thin(*a, *b).intersects(window)).copied();
        let (upright, level): (Vec<_>, Vec<_>) = seams.chain(taken).partition(|(a, b)| is_upright(*a, *b));
        let lane = |pieces: Vec<(Point, Point)>| pieces.into_iter().map(|(a, b)| thin(a, b).expand(NEAR)).collect();
        Ground {
            around,
            solid: terrain.solid.iter().filter(|r| r.intersects(window)).map(|r| r.expand(MARGIN - 1.0)).collect(),
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
        Some(a.distance(b) * if unwanted { 1.0 + UNWANTED } else { 1.0 })
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

    #[test]
    fn a_course_goes_around_what_stands_in_the_way() {
        let wall = rect(150.0, -40.0, 60.0, 120.0);
        let terrain = Terrain {
            solid: vec![rect(0.0, 0.0, 100.0, 40.0), wall, rect(260.0, 0.0, 100.0, 40.0)],
            zones: vec![],
            taken: vec![],
        };
        let corners = route(&terrain, &[(pt(100.0, 20.0), Side::Right)], &[(pt(260.0, 20.0), Side::Left)]);
        assert!(corners.len() >= 4, "{corners:?}");
        for w in corners.windows(2) {
            assert!((w[0].x - w[1].x).abs() < 0.6 || (w[0].y - w[1].y).abs() < 0.6, "square: {corners:?}");
            assert!(!wall.intersects(thin(w[0], w[1])), "{corners:?}");
        }
    }

    #[test]
    fn a_free_way_is_straight_and_an_impossible_one_an_elbow() {
        let free = Terrain { solid: vec![], zones: vec![], taken: vec![] };
        assert_eq!(route(&free, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 0.0), Side::Left)]).len(), 2);
        let walled = Terrain { solid: vec![rect(-200.0, -200.0, 600.0, 600.0)], ..free };
        assert!(route(&walled, &[(pt(0.0, 0.0), Side::Right)], &[(pt(50.0, 80.0), Side::Top)]).len() >= 3);
    }
}
