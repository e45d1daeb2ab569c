//! Points, vectors and rectangles in world units (1 unit = 1 logical pixel at 100 % zoom, y grows downwards).

use serde::{Deserialize, Serialize};
use std::ops::{Add, Mul, Neg, Sub};

/// A position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// A displacement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Vec2 {
    pub x: f32,
    pub y: f32,
}

/// An axis-aligned rectangle: top-left corner and size. Sizes are never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

/// Shorthand for [`Point`].
pub const fn pt(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// Shorthand for [`Vec2`].
pub const fn vec2(x: f32, y: f32) -> Vec2 {
    Vec2 { x, y }
}

/// Shorthand for [`Rect`].
pub const fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
    Rect { x, y, w, h }
}

impl Point {
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
    pub fn distance(self, other: Point) -> f32 {
        (other - self).length()
    }
    /// The point `t` of the way to `other` (0 = here, 1 = there).
    pub fn lerp(self, other: Point, t: f32) -> Point {
        self + (other - self) * t
    }
}

impl Vec2 {
    pub const ZERO: Vec2 = vec2(0.0, 0.0);
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }
    pub fn dot(self, other: Vec2) -> f32 {
        self.x * other.x + self.y * other.y
    }
    /// Turned a quarter clockwise on screen.
    pub fn perp(self) -> Vec2 {
        vec2(-self.y, self.x)
    }
    /// Length one, or zero for the zero vector.
    pub fn unit(self) -> Vec2 {
        let l = self.length();
        if l > f32::EPSILON { self * (1.0 / l) } else { Vec2::ZERO }
    }
}

/// The four ways along the axes, in the order of preference where they are equally long.
pub const WAYS: [Vec2; 4] = [vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0), vec2(0.0, -1.0)];

impl Rect {
    /// The rectangle spanned by two opposite corners, in any order.
    pub fn from_corners(a: Point, b: Point) -> Rect {
        rect(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }
    pub fn from_center(c: Point, w: f32, h: f32) -> Rect {
        rect(c.x - w / 2.0, c.y - h / 2.0, w, h)
    }
    /// The smallest rectangle around all points; `None` for no points.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Rect> {
        points.into_iter().map(|p| rect(p.x, p.y, 0.0, 0.0)).reduce(Rect::union)
    }
    pub fn min(self) -> Point {
        pt(self.x, self.y)
    }
    pub fn max(self) -> Point {
        pt(self.x + self.w, self.y + self.h)
    }
    pub fn right(self) -> f32 {
        self.x + self.w
    }
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }
    pub fn center(self) -> Point {
        pt(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
    pub fn area(self) -> f32 {
        self.w * self.h
    }
    /// Top-left, top-right, bottom-right, bottom-left.
    pub fn corners(self) -> [Point; 4] {
        [self.min(), pt(self.right(), self.y), self.max(), pt(self.x, self.bottom())]
    }
    pub fn contains(self, p: Point) -> bool {
        p.x >= self.x && p.x <= self.right() && p.y >= self.y && p.y <= self.bottom()
    }

    /// The point of it that is nearest to another.
    pub fn nearest(self, p: Point) -> Point {
        pt(p.x.min(self.right()).max(self.x), p.y.min(self.bottom()).max(self.y))
    }
    pub fn contains_rect(self, r: Rect) -> bool {
        self.contains(r.min()) && self.contains(r.max())
    }
    /// True when the two share more than an edge.
    pub fn intersects(self, r: Rect) -> bool {
        self.x < r.right() && r.x < self.right() && self.y < r.bottom() && r.y < self.bottom()
    }
    pub fn union(self, r: Rect) -> Rect {
        let (a, b) = (pt(self.x.min(r.x), self.y.min(r.y)), pt(self.right().max(r.right()), self.bottom().max(r.bottom())));
        Rect::from_corners(a, b)
    }
    /// Grown by `d` on every side (shrunk when negative, never below zero size).
    pub fn expand(self, d: f32) -> Rect {
        let (w, h) = ((self.w + 2.0 * d).max(0.0), (self.h + 2.0 * d).max(0.0));
        Rect::from_center(self.center(), w, h)
    }
    /// How far this one must go along an axis until it lies wholly beyond `of`; negative when it does already.
    pub fn way_out_of(self, of: Rect, way: Vec2) -> f32 {
        if way.x > 0.0 {
            of.right() - self.x
        } else if way.x < 0.0 {
            self.right() - of.x
        } else if way.y > 0.0 {
            of.bottom() - self.y
        } else {
            self.bottom() - of.y
        }
    }
    /// The same with room left between, in whole steps of a grid.
    pub fn steps_out_of(self, of: Rect, way: Vec2, gap: f32, step: f32) -> f32 {
        ((self.way_out_of(of, way) + gap) / step).ceil() * step
    }
    pub fn translate(self, by: Vec2) -> Rect {
        rect(self.x + by.x, self.y + by.y, self.w, self.h)
    }
    pub fn is_finite(self) -> bool {
        self.min().is_finite() && self.w.is_finite() && self.h.is_finite()
    }
}

impl Add<Vec2> for Point {
    type Output = Point;
    fn add(self, v: Vec2) -> Point {
        pt(self.x + v.x, self.y + v.y)
    }
}
impl Sub<Vec2> for Point {
    type Output = Point;
    fn sub(self, v: Vec2) -> Point {
        pt(self.x - v.x, self.y - v.y)
    }
}
impl Sub for Point {
    type Output = Vec2;
    fn sub(self, o: Point) -> Vec2 {
        vec2(self.x - o.x, self.y - o.y)
    }
}
impl Add for Vec2 {
    type Output = Vec2;
    fn add(self, o: Vec2) -> Vec2 {
        vec2(self.x + o.x, self.y + o.y)
    }
}
impl Sub for Vec2 {
    type Output = Vec2;
    fn sub(self, o: Vec2) -> Vec2 {
        vec2(self.x - o.x, self.y - o.y)
    }
}
impl Mul<f32> for Vec2 {
    type Output = Vec2;
    fn mul(self, k: f32) -> Vec2 {
        vec2(self.x * k, self.y * k)
    }
}
impl Neg for Vec2 {
    type Output = Vec2;
    fn neg(self) -> Vec2 {
        vec2(-self.x, -self.y)
    }
}

/// Where segments `a` and `b` cross, with the parameter along `a` (0..1); `None` when they do not or are parallel.
pub fn segment_crossing(a: (Point, Point), b: (Point, Point)) -> Option<(f32, Point)> {
    let (r, s) = (a.1 - a.0, b.1 - b.0);
    let cross = r.x * s.y - r.y * s.x;
    if cross.abs() < 1e-6 {
        return None;
    }
    let d = b.0 - a.0;
    let t = (d.x * s.y - d.y * s.x) / cross;
    let u = (d.x * r.y - d.y * r.x) / cross;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| (t, a.0 + r * t))
}

/// The same corners with an elbow wherever two neighbours are on neither a horizontal nor a vertical line.
pub fn squared(corners: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(corners.len() + 2);
    for p in corners {
        if let Some(last) = out.last().copied()
            && (last.x - p.x).abs() > 0.5
            && (last.y - p.y).abs() > 0.5
        {
            let came_level = out.len() >= 2 && out.get(out.len() - 2).is_some_and(|q| (q.y - last.y).abs() <= 0.5);
            out.push(if came_level { pt(last.x, p.y) } else { pt(p.x, last.y) });
        }
        out.push(*p);
    }
    out
}

/// Whether a piece goes from one side of another to the other side of it. A corner that lies on the other line belongs to
/// one side, so that of two pieces that meet there exactly one goes across.
pub fn goes_across(a: (Point, Point), b: (Point, Point)) -> bool {
    let side = |(from, to): (Point, Point), p: Point| {
        let (along, off) = (to - from, p - from);
        f64::from(along.x) * f64::from(off.y) - f64::from(along.y) * f64::from(off.x) >= 0.0
    };
    side(a, b.0) != side(a, b.1) && side(b, a.0) != side(b, a.1)
}

/// Distance from `p` to the segment.
pub fn segment_distance(p: Point, a: Point, b: Point) -> f32 {
    let ab = b - a;
    let len2 = ab.dot(ab);
    let t = if len2 <= f32::EPSILON { 0.0 } else { ((p - a).dot(ab) / len2).clamp(0.0, 1.0) };
    p.distance(a + ab * t)
}

/// One cubic Bézier piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cubic(pub Point, pub Point, pub Point, pub Point);

impl Cubic {
    pub fn at(&self, t: f32) -> Point {
        let (ab, bc, cd) = (self.0.lerp(self.1, t), self.1.lerp(self.2, t), self.2.lerp(self.3, t));
        ab.lerp(bc, t).lerp(bc.lerp(cd, t), t)
    }
}

/// The smooth curve Threat Dragon draws through `points` (AntV X6 "smooth" connector).
///
/// Two points give one S-shaped cubic; more give a C² natural spline. Fewer than two give nothing.
pub fn smooth(points: &[Point]) -> Vec<Cubic> {
    match points {
        [] | [_] => Vec::new(),
        [s, t] => {
            let d = *t - *s;
            let (a, b) = if d.x.abs() >= d.y.abs() {
                let mx = (s.x + t.x) / 2.0;
                (pt(mx, s.y), pt(mx, t.y))
            } else {
                let my = (s.y + t.y) / 2.0;
                (pt(s.x, my), pt(t.x, my))
            };
            vec![Cubic(*s, a, b, *t)]
        }
        _ => spline(points),
    }
}

/// First control points solve a tridiagonal system (Thomas algorithm); the last row is 3.5 with the right side halved, as X6 does.
#[expect(clippy::indexing_slicing, reason = "every vector has the length the loops run to")]
fn spline(p: &[Point]) -> Vec<Cubic> {
    let n = p.len() - 1;
    let mut rhs: Vec<Point> = Vec::with_capacity(n);
    for i in 0..n {
        let (a, b) = (p[i], p[i + 1]);
        rhs.push(if i == 0 {
            pt(a.x + 2.0 * b.x, a.y + 2.0 * b.y)
        } else if i == n - 1 {
            pt((8.0 * a.x + b.x) / 2.0, (8.0 * a.y + b.y) / 2.0)
        } else {
            pt(4.0 * a.x + 2.0 * b.x, 4.0 * a.y + 2.0 * b.y)
        });
    }
    let mut first = vec![Point::default(); n];
    let mut gamma = vec![0.0f32; n];
    let mut b = 2.0f32;
    first[0] = pt(rhs[0].x / b, rhs[0].y / b);
    for i in 1..n {
        gamma[i] = 1.0 / b;
        b = if i < n - 1 { 4.0 } else { 3.5 } - gamma[i];
        first[i] = pt((rhs[i].x - first[i - 1].x) / b, (rhs[i].y - first[i - 1].y) / b);
    }
    for i in (0..n - 1).rev() {
        let next = first[i + 1];
        first[i] = pt(first[i].x - gamma[i + 1] * next.x, first[i].y - gamma[i + 1] * next.y);
    }
    (0..n)
        .map(|i| {
            let second = if i + 1 < n {
                pt(2.0 * p[i + 1].x - first[i + 1].x, 2.0 * p[i + 1].y - first[i + 1].y)
            } else {
                pt((p[n].x + first[n - 1].x) / 2.0, (p[n].y + first[n - 1].y) / 2.0)
            };
            Cubic(p[i], first[i], second, p[i + 1])
        })
        .collect()
}

/// Pieces a cubic is flattened into: enough for hit tests and crossings.
pub const FLATTENED: usize = 16;

/// Points along the cubics, [`FLATTENED`] a piece.
pub fn flatten(cubics: &[Cubic]) -> Vec<Point> {
    let mut out: Vec<Point> = cubics.first().map(|c| c.0).into_iter().collect();
    for c in cubics {
        out.extend((1..=FLATTENED).map(|i| c.at(i as f32 / FLATTENED as f32)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spline_passes_through_its_points() {
        let points = [pt(0.0, 0.0), pt(50.0, 40.0), pt(120.0, -10.0), pt(200.0, 0.0)];
        let cubics = smooth(&points);
        assert_eq!(cubics.len(), 3);
        for (c, w) in cubics.iter().zip(points.windows(2)) {
            assert_eq!((c.0, c.3), (w[0], w[1]));
        }
    }

    #[test]
    fn crossing_segments_meet_once() {
        let (t, p) = segment_crossing((pt(0.0, 0.0), pt(10.0, 0.0)), (pt(5.0, -5.0), pt(5.0, 5.0))).unwrap();
        assert!((t - 0.5).abs() < 1e-6 && p.distance(pt(5.0, 0.0)) < 1e-5);
        assert!(segment_crossing((pt(0.0, 0.0), pt(10.0, 0.0)), (pt(0.0, 1.0), pt(10.0, 1.0))).is_none());
    }
}
