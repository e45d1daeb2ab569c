//! Where a new box can stand without lying on another or across a seam.

use crate::geometry::{Point, Rect};
use crate::scene::BoxKind;
use crate::tool::{GRID, Modifiers, ToolCx};

/// Room kept around a box that was put nowhere in particular: for its flows and their labels.
const ROOM: f32 = 6.0 * GRID;
/// How many rings of places around the wish are tried.
const RINGS: i32 = 40;

/// True when a box there would be this far from every element and note, and cut no seam.
pub fn is_free(rect: Rect, room: f32, cx: &ToolCx<'_>) -> bool {
    cx.layout.boxes.values().all(|other| match other.kind {
        BoxKind::Boundary => !other.rect.intersects(rect.expand(GRID)) || other.rect.contains_rect(rect.expand(GRID)),
        BoxKind::Element(_) | BoxKind::Folded | BoxKind::Note => !other.rect.intersects(rect.expand(room)),
    })
}

/// The free place nearest to a wish, on the grid; the wish itself when there is none.
pub fn nearest(middle: Point, (w, h): (f32, f32), cx: &ToolCx<'_>) -> Rect {
    let place = |across: i32, down: i32| {
        let step = 3.0 * GRID;
        let rect = Rect::from_center(middle, w, h);
        let corner = cx.snap(rect.min() + crate::geometry::vec2(across as f32 * step, down as f32 * step), Modifiers::NONE);
        Rect { x: corner.x, y: corner.y, ..rect }
    };
    let ring = |n: i32| (-n..=n).flat_map(move |a| (-n..=n).map(move |d| (a, d))).filter(move |(a, d)| a.abs().max(d.abs()) == n);
    let free = (0..RINGS).find_map(|n| {
        let places = ring(n).map(|(a, d)| place(a, d)).filter(|rect| is_free(*rect, ROOM, cx));
        // Of two as near the one that is read later: below and to the right.
        let far = |r: &Rect| r.center().distance(middle) - 0.01 * (r.center().y - middle.y) - 0.005 * (r.center().x - middle.x);
        places.min_by(|a, b| far(a).total_cmp(&far(b)))
    });
    free.unwrap_or_else(|| place(0, 0))
}
