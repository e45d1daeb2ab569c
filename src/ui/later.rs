//! Lists of thousands of lines follow a change some frames after the canvas, one in each frame.

/// What a list waits for.
#[derive(Debug, Default)]
pub struct Later {
    /// The state it is to follow, and how many frames it has waited.
    of: Option<u64>,
    frames: u8,
}

impl Later {
    /// Whether a list still has to wait until it follows a state, `frames` in all.
    pub fn waits(&mut self, ctx: &egui::Context, of: u64, frames: u8) -> bool {
        if self.of != Some(of) {
            (self.of, self.frames) = (Some(of), 0);
        }
        let waits = self.frames < frames;
        if waits {
            self.frames += 1;
            ctx.request_repaint();
        }
        waits
    }
}
