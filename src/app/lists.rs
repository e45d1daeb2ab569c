//! Lists beside the canvas while something is dragged: they stay as they are until the hand rests, for nobody reads a table
//! that is sorted anew sixty times a second, and large ones take longer than a frame.

use std::time::Duration;

/// How long nothing must have moved, in seconds.
const REST: f64 = 0.1;

/// The content of the model that lists show.
#[derive(Debug, Default)]
pub(super) struct Lists {
    content: u64,
    /// The revision seen last, and when that came, in seconds of the window's clock.
    seen: (u64, f64),
}

impl Lists {
    /// Follows the content; in a hurry only after it has rested.
    pub fn follow(&mut self, content: u64, revision: u64, is_hurried: bool, ctx: &egui::Context) {
        let now = ctx.input(|i| i.time);
        if self.seen.0 != revision {
            self.seen = (revision, now);
        }
        let left = self.seen.1 + REST - now;
        if self.content != content && is_hurried && left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else {
            self.content = content;
        }
    }

    pub fn content(&self) -> u64 {
        self.content
    }
}
