//! The view moves along while something is dragged to its edge.

use crate::geometry::{Point, Rect, Vec2, vec2};

/// The zone along the edge, in pixels.
const ZONE: f32 = 8.0;
/// The pointer rests there so long, in seconds, before the view moves.
const DELAY: f32 = 0.2;
/// Pixels a second where the zone ends; beyond the edge up to so many times faster.
const SPEED: f32 = 320.0;
const FASTEST: f32 = 4.0;

/// How long the pointer has been at an edge, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EdgeScroll {
    waited: f32,
}

impl EdgeScroll {
    /// How far the view moves in this time, in world units; `None` while the pointer is not at an edge.
    pub fn step(&mut self, at: Point, seen: Rect, scale: f32, seconds: f32) -> Option<Vec2> {
        let depth = |from_edge: f32| (1.0 - from_edge * scale / ZONE).clamp(0.0, FASTEST);
        let pull = vec2(depth(seen.right() - at.x) - depth(at.x - seen.x), depth(seen.bottom() - at.y) - depth(at.y - seen.y));
        if pull == Vec2::ZERO {
            *self = EdgeScroll::default();
            return None;
        }
        let moving = (self.waited + seconds - DELAY).clamp(0.0, seconds);
        self.waited += seconds;
        Some(pull * (SPEED * moving / scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{pt, rect};

    const SEEN: Rect = rect(100.0, 0.0, 800.0, 600.0);
    const FRAME: f32 = 1.0 / 60.0;

    #[test]
    fn it_waits_before_it_moves_and_begins_anew_when_the_pointer_leaves_the_edge() {
        let mut scroll = EdgeScroll::default();
        assert_eq!(scroll.step(pt(500.0, 300.0), SEEN, 1.0, FRAME), None);
        for _ in 0..12 {
            let by = scroll.step(pt(899.0, 300.0), SEEN, 1.0, FRAME).unwrap();
            assert!(by.x < 1e-3, "{by:?}");
        }
        assert!(scroll.step(pt(899.0, 300.0), SEEN, 1.0, FRAME).unwrap().x > 1.0);
        scroll.step(pt(500.0, 300.0), SEEN, 1.0, FRAME);
        assert_eq!(scroll.step(pt(899.0, 300.0), SEEN, 1.0, FRAME), Some(Vec2::ZERO));
    }

    #[test]
    fn nearer_is_faster_and_it_goes_towards_the_edge() {
        let at = |p: Point, scale: f32| {
            let mut scroll = EdgeScroll { waited: 1.0 };
            scroll.step(p, SEEN, scale, 0.1).unwrap_or_default()
        };
        assert!(at(pt(899.0, 300.0), 1.0).x > at(pt(894.0, 300.0), 1.0).x);
        assert!(at(pt(950.0, 300.0), 1.0).x > at(pt(900.0, 300.0), 1.0).x, "beyond the edge faster still");
        assert_eq!(at(pt(9000.0, 300.0), 1.0).x, 128.0, "but not without end");
        assert!(at(pt(101.0, 599.0), 1.0).x < 0.0 && at(pt(101.0, 599.0), 1.0).y > 0.0);
        assert_eq!(at(pt(891.0, 300.0), 1.0), Vec2::ZERO, "8 pixels and no more");
        assert_eq!(at(pt(897.0, 300.0), 4.0), Vec2::ZERO, "of the screen, not of the world");
    }
}
