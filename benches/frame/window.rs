//! A window without a screen.

use crate::clock::now;
use egui::{Event, Pos2, RawInput, Rect};
use palisade::ui::{keep_memory, style};
use std::time::Duration;

/// A window without a screen.
pub struct Window {
    pub ctx: egui::Context,
    size: egui::Vec2,
    frames: u32,
    pub triangles: usize,
    /// What screen readers were told in the last frame, while that is asked for.
    pub nodes: Option<egui::accesskit::TreeUpdate>,
}

impl Window {
    pub fn new(size: egui::Vec2) -> Window {
        let ctx = egui::Context::default();
        style::install(&ctx);
        keep_memory();
        let mut window = Window { ctx, size, frames: 0, triangles: 0, nodes: None };
        window.frame(Vec::new(), |_| {});
        window
    }

    /// A whole frame; the processor time it took.
    pub fn frame(&mut self, events: Vec<Event>, draw: impl FnMut(&mut egui::Ui)) -> Duration {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            ..RawInput::default()
        };
        let start = now();
        let mut output = self.ctx.run_ui(input, draw);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let time = now() - start;
        // Nobody draws them.
        output.textures_delta.clear();
        let triangles = |p: &egui::ClippedPrimitive| match &p.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        };
        self.nodes = output.platform_output.accesskit_update.take();
        self.triangles = primitives.iter().map(triangles).sum();
        time
    }
}
