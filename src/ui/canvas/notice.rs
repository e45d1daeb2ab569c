//! Drawing attention to an item for a moment.

use super::CanvasState;
use crate::model::Id;
use crate::ui::painter::Painter;

/// How long something is pointed out, in seconds.
const PULSE: f64 = 0.8;

impl CanvasState {
    /// Draws attention to an item for a moment.
    pub fn pulse(&mut self, id: Id) {
        self.pulse = Some((id, None));
    }

    /// The item to be noticed and how far that is, 0 to 1.
    pub(super) fn pulse_now(&self, painter: &Painter<'_>) -> Option<(&Id, f32)> {
        let (id, since) = self.pulse.as_ref()?;
        let now = painter.painter.ctx().input(|i| i.time);
        since.map(|since| (id, ((now - since) / PULSE) as f32)).filter(|(_, progress)| *progress < 1.0)
    }

    /// Begins what is to be noticed, and forgets it in the end. Without animations nothing moves.
    pub(super) fn run_pulse(&mut self, ctx: &egui::Context) {
        let (now, still) = (ctx.input(|i| i.time), ctx.global_style().animation_time == 0.0);
        if let Some((_, since)) = &mut self.pulse {
            let began = *since.get_or_insert(now);
            if still || now - began >= PULSE {
                self.pulse = None;
            }
            ctx.request_repaint();
        }
    }
}
