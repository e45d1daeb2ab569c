//! The lanes flows may take: along the sides of elements and seams, and in front of the ends, as far as nothing stands on them.
#![expect(clippy::indexing_slicing, reason = "what stands is numbered by the strips of its own ground")]

use super::ground::Ground;
use super::strips::Strips;
use crate::geometry::{Point, Rect};
use crate::scene::layout::outline::Side;

/// Distance of the lanes along a seam.
const SEAM: f32 = 11.0;
/// A spot at which flows end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub at: Point,
    pub side: Side,
    /// The element it is on; `None` for a point in the open.
    pub inside: Option<Rect>,
}

/// A straight way that nothing stands on: at a coordinate, from one place along it to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// Lanes along everything, in order.
pub(super) fn lanes(ground: &Ground, pins: &[Pin], upright: bool) -> Vec<Lane> {
    let mut out = Vec::new();
    let turned = |r: &Rect| if upright { *r } else { Rect { x: r.y, y: r.x, w: r.h, h: r.w } };
    let strips: &Strips = if upright { &ground.by_x } else { &ground.by_y };
    let area = turned(&ground.area);
    let mut blocked: Vec<(f32, f32)> = Vec::new();
    let mut add = |at: f32, from: f32, to: f32| {
        blocked.clear();
        let near = strips.at(at).iter().map(|n| turned(&ground.solid[*n as usize]));
        blocked.extend(near.filter(|r| r.x + 0.01 < at && at < r.right() - 0.01).map(|r| (r.y, r.bottom())));
        blocked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free = area.y;
        for (a, b) in blocked.iter().copied().chain([(area.bottom(), f32::INFINITY)]) {
            if a >= free && a >= from - 0.01 && free <= to + 0.01 {
                out.push(Lane { at, from: free, to: a });
            }
            free = free.max(b);
        }
    };
    for r in ground.solid.iter().map(turned) {
        add(r.x, r.y, r.bottom());
        add(r.right(), r.y, r.bottom());
    }
    for z in ground.zones.iter().map(turned) {
        for at in [z.x - SEAM, z.x + SEAM, z.right() - SEAM, z.right() + SEAM] {
            add(at, z.y - SEAM, z.bottom() + SEAM);
        }
    }
    for pin in pins.iter().filter(|pin| pin.side.is_level() != upright) {
        let (at, along) = if upright { (pin.at.x, pin.at.y) } else { (pin.at.y, pin.at.x) };
        let Some(own) = pin.inside.map(|r| turned(&r)) else {
            add(at, along, along);
            continue;
        };
        // From where the room kept around its element ends.
        let forward = matches!(pin.side, Side::Right | Side::Bottom);
        let (edge, is_own) = (if forward { own.bottom() } else { own.y }, |r: &Rect| r.expand(-0.5).contains_rect(own));
        let kept = strips.at(at).iter().map(|n| turned(&ground.solid[*n as usize])).filter(is_own);
        let edges = kept.map(|r| if forward { r.bottom() } else { r.y });
        let start = edges.min_by(|a, b| (a - edge).abs().total_cmp(&(b - edge).abs())).unwrap_or(edge);
        add(at, start, start);
    }
    out.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to)));
    out.dedup_by(|b, a| {
        let same = (a.at - b.at).abs() < 0.01 && b.from <= a.to;
        if same {
            a.to = a.to.max(b.to);
        }
        same
    });
    out
}
