//! The camera on its way to another place: so that eyes can follow, or at once for those who want nothing to move.

use super::{CanvasFrame, CanvasState, navigation};
use crate::geometry::{Rect, pt};
use crate::tool::Camera;

/// How long it takes, in seconds.
const UNDER_WAY: f64 = 0.35;

/// A camera under way.
#[derive(Clone, Copy, Debug)]
pub struct Glide {
    from: Camera,
    to: Camera,
    since: f64,
    /// Where it was put last; somebody else moved it when it is not there any more.
    last: Camera,
}

/// What is to be looked at, and how large.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The first of these that fits is looked at, else the last.
    pub worlds: Vec<Rect>,
    /// The scale is at least and at most this.
    pub least: f32,
    pub most: f32,
}

/// Sends the camera to a sight.
pub fn send(ui: &egui::Ui, frame: &CanvasFrame<'_, '_>, sight: Sight, state: &mut CanvasState) {
    let size = frame.size();
    let fits = |world: &&Rect| Camera::fit(**world, size, navigation::MARGIN, sight.most).scale >= sight.least;
    let Some(world) = sight.worlds.iter().find(fits).or(sight.worlds.last()) else { return };
    let fitted = Camera::fit(*world, size, navigation::MARGIN, sight.most);
    let scale = fitted.scale.max(sight.least).clamp(Camera::MIN_SCALE, Camera::MAX_SCALE);
    let to = Camera { scale, ..fitted };
    let from = *frame.camera(state);
    let is_calm = ui.style().animation_time <= 0.0;
    if is_calm {
        state.glide = None;
        *frame.camera(state) = to;
    } else {
        state.glide = Some(Glide { from, to, since: ui.input(|i| i.time), last: from });
    }
    ui.ctx().request_repaint();
}

/// Moves the camera on.
pub fn advance(ui: &egui::Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(glide) = state.glide.take() else { return };
    let camera = frame.camera(state);
    if *camera != glide.last {
        return;
    }
    let share = ((ui.input(|i| i.time) - glide.since) / UNDER_WAY).clamp(0.0, 1.0);
    if share >= 1.0 {
        *camera = glide.to;
        return;
    }
    let eased = (share * share * (3.0 - 2.0 * share)) as f32;
    let between = |a: f32, b: f32| a + (b - a) * eased;
    let scale = glide.from.scale * (glide.to.scale / glide.from.scale).powf(eased);
    let center = pt(between(glide.from.center.x, glide.to.center.x), between(glide.from.center.y, glide.to.center.y));
    *camera = Camera { center, scale };
    let last = *camera;
    state.glide = Some(Glide { last, ..glide });
    ui.ctx().request_repaint();
}
