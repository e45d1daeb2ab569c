//! The outlines flows stop at, as they are drawn in each notation.

use super::{BoxKind, DiagramLayout, PlacedBox};
use crate::geometry::{Point, Rect, Vec2, pt, vec2};
use crate::model::{ElementKind, Id, Notation};

/// The shape of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outline {
    /// A rectangle with corners of this radius; a stadium when that is half its height, a circle when it is square too.
    Rounded(f32),
    /// A drum whose ends bulge by this much.
    Drum(f32),
}

/// Radius of the corners of rounded processes.
const CORNER: f32 = 12.0;
/// Height of the head of a process by Gane and Sarson.
const HEAD: f32 = 9.0;
/// Width of the compartment at the left of a store by Gane and Sarson.
const COMPARTMENT: f32 = 12.0;
/// Depth of the shadow of an entity by Gane and Sarson.
const SHADOW: f32 = 4.0;

impl Outline {
    /// The outline of a box of this kind and size.
    pub fn of(notation: Notation, kind: BoxKind, r: Rect) -> Outline {
        let half = r.w.min(r.h) / 2.0;
        match (notation, kind) {
            (Notation::YourdonDeMarco, BoxKind::Element(ElementKind::Process)) => Outline::Rounded(half),
            (_, BoxKind::Element(ElementKind::Process)) => Outline::Rounded(CORNER.min(half)),
            (Notation::Rounded, BoxKind::Element(ElementKind::DataStore)) => {
                Outline::Drum((r.h * 0.12).clamp(3.0, 9.0).min(half))
            }
            _ => Outline::Rounded(0.0),
        }
    }

    /// The part of an element's box that is free for its name.
    pub fn face(notation: Notation, kind: ElementKind, r: Rect) -> Rect {
        let without = |left: f32, top: f32| {
            let (left, top) = (left.min(r.w / 4.0), top.min(r.h / 4.0));
            Rect { x: r.x + left, y: r.y + top, w: r.w - left, h: r.h - top }
        };
        match (notation, kind) {
            (Notation::GaneSarson, ElementKind::Process) => without(0.0, HEAD),
            (Notation::GaneSarson, ElementKind::DataStore) => without(COMPARTMENT, 0.0),
            (Notation::GaneSarson, ElementKind::ExternalEntity) => without(SHADOW, SHADOW),
            (Notation::Rounded, ElementKind::DataStore) => match Outline::of(notation, BoxKind::Element(kind), r) {
                Outline::Drum(rim) => without(0.0, rim),
                Outline::Rounded(_) => r,
            },
            _ => r,
        }
    }
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    pub const ALL: [Side; 4] = [Side::Right, Side::Left, Side::Bottom, Side::Top];

    /// The side that looks most the way a vector goes.
    pub fn toward(way: Vec2) -> Side {
        match (way.x.abs() > way.y.abs(), way.x > 0.0, way.y > 0.0) {
            (true, true, _) => Side::Right,
            (true, false, _) => Side::Left,
            (false, _, true) => Side::Bottom,
            (false, _, false) => Side::Top,
        }
    }

    /// Unit vector out of the box.
    pub fn normal(self) -> Vec2 {
        match self {
            Side::Left => vec2(-1.0, 0.0),
            Side::Right => vec2(1.0, 0.0),
            Side::Top => vec2(0.0, -1.0),
            Side::Bottom => vec2(0.0, 1.0),
        }
    }

    pub fn opposite(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
            Side::Top => Side::Bottom,
            Side::Bottom => Side::Top,
        }
    }

    /// Left or right: flows leave it on a level line.
    pub fn is_level(self) -> bool {
        matches!(self, Side::Left | Side::Right)
    }
}

impl PlacedBox {
    fn corner_radius(&self) -> f32 {
        match self.outline {
            Outline::Rounded(radius) => radius,
            Outline::Drum(_) => 0.0,
        }
    }

    /// The middle of the pill of an element, straddling the top right corner; lower where a round corner is far from the
    /// box's, and further out on a small element, so that flows can enter at its top.
    pub fn badge_center(&self) -> Point {
        let (r, radius) = (self.rect, self.corner_radius());
        let round = (radius - 28.0).max(0.0) * 0.29;
        let inset = ((r.w - 76.0) / 2.0).clamp(-8.0, if radius > 20.0 { 10.0 } else { 14.0 });
        pt(r.right() - inset - round, r.y - 3.5 + round)
    }

    /// Where the ray from the centre towards a point leaves the outline.
    pub fn outline_toward(&self, toward: Point) -> Point {
        let (c, d) = (self.rect.center(), toward - self.rect.center());
        if d.length() < 1e-3 {
            return pt(self.rect.right(), c.y);
        }
        let r = self.corner_radius();
        let (half_w, half_h) = (self.rect.w / 2.0, self.rect.h / 2.0);
        let scale = (half_w / d.x.abs().max(1e-6)).min(half_h / d.y.abs().max(1e-6));
        let q = d * scale;
        if let Outline::Drum(_) = self.outline {
            return self.last_inside(c, c + q);
        }
        // Inside a corner square the rounding decides.
        let cap = vec2((half_w - r) * q.x.signum(), (half_h - r) * q.y.signum());
        if q.x.abs() <= half_w - r || q.y.abs() <= half_h - r || r <= 0.0 {
            return c + q;
        }
        let u = d.unit();
        let along = u.dot(cap);
        let off2 = cap.dot(cap) - along * along;
        c + u * (along + (r * r - off2).max(0.0).sqrt())
    }

    /// The point of the outline on a side, at a coordinate along that side (x for top and bottom, y for left and right).
    pub(super) fn on_side(&self, side: Side, along: f32) -> Point {
        let (r, c) = (self.corner_radius(), self.rect.center());
        let (half_w, half_h) = (self.rect.w / 2.0, self.rect.h / 2.0);
        let (half_along, half_out, mid) = if side.is_level() { (half_h, half_w, c.y) } else { (half_w, half_h, c.x) };
        let off = (along - mid).clamp(-half_along, half_along);
        let into_cap = (off.abs() - (half_along - r)).max(0.0);
        let (off, out) = match self.outline {
            Outline::Rounded(_) => (off, half_out - r + (r * r - into_cap * into_cap).max(0.0).sqrt()),
            Outline::Drum(rim) if side.is_level() => (off.clamp(rim - half_h, half_h - rim), half_out),
            Outline::Drum(rim) => (off, half_out - sag(rim, off / half_w.max(1e-6))),
        };
        match side {
            Side::Left => pt(c.x - out, mid + off),
            Side::Right => pt(c.x + out, mid + off),
            Side::Top => pt(mid + off, c.y - out),
            Side::Bottom => pt(mid + off, c.y + out),
        }
    }

    /// The side nearest to a point in unit coordinates of the box.
    pub(super) fn side_near(unit: Point) -> Side {
        let gaps = [(unit.x, Side::Left), (1.0 - unit.x, Side::Right), (unit.y, Side::Top), (1.0 - unit.y, Side::Bottom)];
        gaps.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(Side::Right, |(_, side)| side)
    }

    /// True when the point is within the outline.
    pub fn covers(&self, p: Point) -> bool {
        if !self.rect.contains(p) {
            return false;
        }
        if let Outline::Drum(rim) = self.outline {
            let (half, c) = (vec2(self.rect.w / 2.0, self.rect.h / 2.0), self.rect.center());
            return (p.y - c.y).abs() <= half.y - sag(rim, (p.x - c.x) / half.x.max(1e-6));
        }
        let r = self.corner_radius();
        let inner = Rect::from_center(self.rect.center(), self.rect.w - 2.0 * r, self.rect.h - 2.0 * r);
        let nearest = pt(p.x.clamp(inner.x, inner.right()), p.y.clamp(inner.y, inner.bottom()));
        r <= 0.0 || p.distance(nearest) <= r
    }
}

impl PlacedBox {
    /// The last point of the outline's inside on the way from the centre to a point of the box's edge.
    fn last_inside(&self, center: Point, edge: Point) -> Point {
        let (mut inside, mut outside) = (0.0, 1.0);
        for _ in 0..16 {
            let middle = (inside + outside) / 2.0;
            if self.covers(center.lerp(edge, middle)) { inside = middle } else { outside = middle }
        }
        center.lerp(edge, inside)
    }
}

/// How far the bulge of a drum lies below its highest point, at -1 (left) to 1 (right).
fn sag(rim: f32, at: f32) -> f32 {
    rim * (1.0 - (1.0 - at * at).max(0.0).sqrt())
}

impl DiagramLayout {
    /// Where a flow from this element towards a point leaves its outline; `None` when it is not on the diagram.
    pub fn outline_anchor(&self, element: &Id, toward: Point) -> Option<Point> {
        self.boxes.get(element).map(|b| b.outline_toward(toward))
    }
}
