//! From where a diagram is looked at.

use super::navigation;
use crate::geometry::{Rect, Vec2, vec2};
use crate::tool::Camera;

/// Height of the hints and the zoom bar, less the room that is around what is fitted anyway, in points.
const BELOW: f32 = 21.0;

/// The view of a diagram.
#[derive(Clone, Copy, Debug)]
pub(super) struct Eye {
    pub camera: Camera,
    /// The camera that shows everything in a canvas of that size. While nobody moved away from it, it follows the window.
    pub fitted: (Camera, Vec2),
}

impl Eye {
    pub fn fitted(world: Rect, size: Vec2) -> Eye {
        // Above what lies along the lower edge.
        let room = vec2(size.x, (size.y - BELOW).max(0.0));
        let Camera { center, scale } = Camera::fit(world, room, navigation::MARGIN, 1.0);
        let camera = Camera { center: center + vec2(0.0, BELOW / 2.0 / scale), scale };
        Eye { camera, fitted: (camera, size) }
    }
}
