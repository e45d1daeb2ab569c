//! Round corners as curves.

use crate::geometry::{Rect, pt};
use crate::scene::Step;

/// Distance of the control points of a quarter circle drawn as a cubic, for radius 1.
const QUARTER: f32 = 0.552_285;

/// The outline of a rectangle with round corners; a circle when the radius is half of it.
pub fn rounded(r: Rect, radius: f32) -> Vec<Step> {
    let k = radius.min(r.w / 2.0).min(r.h / 2.0).max(0.0);
    if k <= 0.05 {
        let [a, b, c, d] = r.corners();
        return vec![Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d), Step::Close];
    }
    let (left, top, right, bottom) = (r.x, r.y, r.right(), r.bottom());
    let h = k * (1.0 - QUARTER);
    vec![
        Step::Move(pt(left + k, top)),
        Step::Line(pt(right - k, top)),
        Step::Cubic(pt(right - h, top), pt(right, top + h), pt(right, top + k)),
        Step::Line(pt(right, bottom - k)),
        Step::Cubic(pt(right, bottom - h), pt(right - h, bottom), pt(right - k, bottom)),
        Step::Line(pt(left + k, bottom)),
        Step::Cubic(pt(left + h, bottom), pt(left, bottom - h), pt(left, bottom - k)),
        Step::Line(pt(left, top + k)),
        Step::Cubic(pt(left, top + h), pt(left + h, top), pt(left + k, top)),
        Step::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_straight_and_a_pill_has_round_corners() {
        let square = rounded(crate::geometry::rect(0.0, 0.0, 4.0, 4.0), 0.0);
        let pill = rounded(crate::geometry::rect(0.0, 0.0, 9.0, 4.0), 9.0);
        assert_eq!(square.len(), 5);
        assert!(pill.iter().any(|s| matches!(s, Step::Cubic(..))));
        assert!(matches!(pill.first(), Some(Step::Move(p)) if *p == pt(2.0, 0.0)));
    }
}
