//! Pinned boxes stay where they are; the others are arranged around them as far as there is room.

use crate::geometry::{Point, Rect, Vec2, vec2};

/// The boxes with pinned ones in their places and the others next to where they should be, apart from all.
pub(super) fn respected(rects: Vec<Rect>, pins: &[Option<Point>], gap: f32) -> Vec<Rect> {
    let mut shifts: Vec<Vec2> = rects.iter().zip(pins).filter_map(|(r, pin)| pin.map(|p| p - r.min())).collect();
    if shifts.is_empty() {
        return rects;
    }
    // The arrangement as a whole goes to where most pins want it.
    let middle = |values: &mut Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let by = vec2(middle(&mut shifts.iter().map(|s| s.x).collect()), middle(&mut shifts.iter_mut().map(|s| s.y).collect()));
    let mut standing: Vec<Rect> =
        rects.iter().zip(pins).filter_map(|(r, pin)| pin.map(|p| Rect { x: p.x, y: p.y, ..*r })).collect();
    let mut order: Vec<usize> = (0..rects.len()).filter(|n| pins.get(*n).is_some_and(Option::is_none)).collect();
    let corner = |n: usize| rects.get(n).map_or((0.0, 0.0), |r| (r.x, r.y));
    order.sort_by(|a, b| corner(*a).0.total_cmp(&corner(*b).0).then(corner(*a).1.total_cmp(&corner(*b).1)));
    let mut out: Vec<Rect> = rects.iter().zip(pins).map(|(r, pin)| pin.map_or(*r, |p| Rect { x: p.x, y: p.y, ..*r })).collect();
    for n in order {
        let Some(r) = rects.get(n) else { continue };
        let free = nearest_free(r.translate(by), &standing, gap);
        standing.push(free);
        out.get_mut(n).into_iter().for_each(|slot| *slot = free);
    }
    out
}

/// The place nearest to where a box should be at which it keeps its distance from all others.
fn nearest_free(wish: Rect, standing: &[Rect], gap: f32) -> Rect {
    let is_free = |r: Rect| !standing.iter().any(|s| s.expand(gap - 0.5).intersects(r));
    if is_free(wish) {
        return wish;
    }
    let xs: Vec<f32> =
        std::iter::once(wish.x).chain(standing.iter().flat_map(|s| [s.x - gap - wish.w, s.right() + gap])).collect();
    let ys: Vec<f32> =
        std::iter::once(wish.y).chain(standing.iter().flat_map(|s| [s.y - gap - wish.h, s.bottom() + gap])).collect();
    let mut slots: Vec<Rect> = xs.iter().flat_map(|x| ys.iter().map(move |y| Rect { x: *x, y: *y, ..wish })).collect();
    slots.sort_by(|a, b| a.min().distance(wish.min()).total_cmp(&b.min().distance(wish.min())));
    // Right of everything is free always.
    slots.into_iter().find(|r| is_free(*r)).unwrap_or(wish)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{pt, rect};

    #[test]
    fn others_make_way_for_what_is_pinned() {
        let row: Vec<Rect> = (0..4).map(|n| rect(n as f32 * 100.0, 0.0, 80.0, 40.0)).collect();
        let pins = [None, Some(pt(500.0, 300.0)), None, Some(pt(560.0, 300.0 + 60.0))];
        let out = respected(row, &pins, 10.0);
        assert_eq!(out[1].min(), pt(500.0, 300.0));
        assert_eq!(out[3].min(), pt(560.0, 360.0));
        for (n, a) in out.iter().enumerate() {
            assert!(out[n + 1..].iter().all(|b| !a.intersects(*b)), "{out:?}");
        }
    }
}
