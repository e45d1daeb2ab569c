//! Sizes on the wall. What is shown to a room is measured in pixels of the window, whatever the zoom of the interface.

use crate::text::Face;
use crate::ui::fonts;
use egui::{Context, FontId};

/// No text is smaller than this, in pixels.
pub const LEAST: f32 = 24.0;
/// The window sizes are given for, in pixels of its height.
const USUAL: f32 = 1080.0;
/// The smallest letters of panels, in points: with the zoom of the stage they are [`LEAST`] high.
const SMALLEST: f32 = 11.0;
/// The smallest letters of diagrams, in units of the world.
const IN_DIAGRAMS: f32 = 10.0;

/// The zoom of the interface while presenting in a window of that height in pixels.
pub fn stage_zoom(height: f32) -> f32 {
    LEAST / SMALLEST * (height / USUAL).max(1.0) * 1.01
}

/// From pixels of a window 1080 high to points of this one.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    zoom: f32,
    share: f32,
}

impl Measure {
    pub fn of(ctx: &Context) -> Measure {
        let zoom = ctx.zoom_factor();
        Measure { zoom, share: ctx.content_rect().height() * zoom / USUAL }
    }

    /// True once the interface has the zoom of the stage.
    pub fn is_staged(self) -> bool {
        (self.zoom / stage_zoom(self.share * USUAL) - 1.0).abs() < 0.02
    }

    /// True in a window so low that cards say the least.
    pub fn is_low(self) -> bool {
        self.share < 0.85
    }

    /// A length.
    pub fn px(self, pixels: f32) -> f32 {
        pixels * self.share / self.zoom
    }

    /// The size of letters: never smaller than can be read from the last row.
    pub fn letters(self, pixels: f32) -> f32 {
        (pixels * self.share).max(LEAST) / self.zoom
    }

    pub fn font(self, face: Face, pixels: f32) -> FontId {
        fonts::font(face, self.letters(pixels))
    }

    /// The scale of a camera from which on the smallest letters of a diagram can be read.
    pub fn legible(self) -> f32 {
        LEAST * self.share.max(1.0) / IN_DIAGRAMS / self.zoom
    }
}
