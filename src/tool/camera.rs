//! Which part of a diagram is seen, and how large.

use crate::geometry::{Point, Rect, Vec2, pt, vec2};

/// A view of the world: the point in the middle of the view, and how many logical pixels one world unit takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub center: Point,
    pub scale: f32,
}

impl Default for Camera {
    fn default() -> Camera {
        Camera { center: pt(0.0, 0.0), scale: 1.0 }
    }
}

impl Camera {
    pub const MIN_SCALE: f32 = 0.02;
    pub const MAX_SCALE: f32 = 4.0;

    /// Shows all of `world` in a view of this size with a margin in pixels, never larger than `most`.
    pub fn fit(world: Rect, view: Vec2, margin: f32, most: f32) -> Camera {
        let room = vec2((view.x - 2.0 * margin).max(1.0), (view.y - 2.0 * margin).max(1.0));
        let scale = (room.x / world.w.max(1.0)).min(room.y / world.h.max(1.0));
        Camera { center: world.center(), scale: scale.min(most).clamp(Self::MIN_SCALE, Self::MAX_SCALE) }
    }

    /// From a position relative to the middle of the view, in pixels.
    pub fn to_world(self, from_middle: Vec2) -> Point {
        self.center + from_middle * (1.0 / self.scale)
    }

    /// Pixels relative to the middle of the view.
    pub fn to_view(self, world: Point) -> Vec2 {
        (world - self.center) * self.scale
    }

    /// Zooms by a factor, within limits; the world point under `at` (pixels from the middle) stays where it is.
    pub fn zoom_at(self, at: Vec2, factor: f32) -> Camera {
        let fixed = self.to_world(at);
        let scale = (self.scale * factor).clamp(Self::MIN_SCALE, Self::MAX_SCALE);
        Camera { center: fixed - at * (1.0 / scale), scale }
    }

    /// Moves the view so that content shifts by `by` pixels.
    pub fn pan(self, by: Vec2) -> Camera {
        Camera { center: self.center - by * (1.0 / self.scale), ..self }
    }

    /// The part of the world seen in a view of this size.
    pub fn visible(self, view: Vec2) -> Rect {
        Rect::from_center(self.center, view.x / self.scale, view.y / self.scale)
    }

    /// Shifts the view just enough that `world` is seen with a margin in pixels; the scale stays unless it is too large to fit.
    pub fn reveal(self, world: Rect, view: Vec2, margin: f32) -> Camera {
        let seen = self.visible(view).expand(-margin / self.scale);
        if world.w > seen.w || world.h > seen.h {
            return Camera::fit(world, view, margin, self.scale);
        }
        let shift = |lo: f32, hi: f32, a: f32, b: f32| if a < lo { a - lo } else { (b - hi).max(0.0) };
        let by = vec2(shift(seen.x, seen.right(), world.x, world.right()), shift(seen.y, seen.bottom(), world.y, world.bottom()));
        Camera { center: self.center + by, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::rect;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera { center: pt(30.0, -20.0), scale: 1.0 };
        let at = vec2(150.0, -90.0);
        let fixed = camera.to_world(at);
        for factor in [1.25, 1.25, 0.5, 3.0, 100.0, 0.0001] {
            camera = camera.zoom_at(at, factor);
            assert!(camera.to_world(at).distance(fixed) < 0.01, "{camera:?}");
            assert!((Camera::MIN_SCALE..=Camera::MAX_SCALE).contains(&camera.scale));
        }
        assert_eq!(camera.scale, Camera::MIN_SCALE);
    }

    #[test]
    fn fitting_shows_everything_with_its_margin() {
        let world = rect(-100.0, 50.0, 1000.0, 400.0);
        let view = vec2(800.0, 600.0);
        let camera = Camera::fit(world, view, 40.0, 1.0);
        assert!(camera.visible(view).expand(-40.0 / camera.scale + 0.01).contains_rect(world));
        assert_eq!(camera.scale, 0.72);
        assert_eq!(Camera::fit(rect(0.0, 0.0, 10.0, 10.0), view, 40.0, 1.0).scale, 1.0, "small diagrams are not blown up");
        assert_eq!(Camera::fit(rect(0.0, 0.0, 1e7, 10.0), view, 40.0, 1.0).scale, Camera::MIN_SCALE);
        assert!(Camera::fit(Rect::default(), vec2(0.0, 0.0), 40.0, 1.0).scale.is_finite());
    }

    #[test]
    fn panning_and_revealing_move_no_more_than_needed() {
        let view = vec2(800.0, 600.0);
        let camera = Camera { center: pt(0.0, 0.0), scale: 2.0 };
        assert_eq!(camera.pan(vec2(10.0, -20.0)).center, pt(-5.0, 10.0));
        assert_eq!(camera.reveal(rect(-10.0, -10.0, 20.0, 20.0), view, 20.0), camera, "seen already");
        let moved = camera.reveal(rect(300.0, 0.0, 50.0, 50.0), view, 20.0);
        assert_eq!((moved.center, moved.scale), (pt(160.0, 0.0), 2.0));
        assert!(camera.reveal(rect(0.0, 0.0, 2000.0, 50.0), view, 20.0).scale < 1.0, "too large: zooms out");
    }
}
