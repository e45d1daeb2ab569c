//! What the last change did to the risk, shown for a moment where it happened.

use crate::risk::Change;

/// How long it is shown, and how long it takes to come and to go, in seconds.
const SHOWN: f64 = 2.0;
const FADE: f64 = 0.15;

/// A change of risk that is being shown.
#[derive(Clone, Debug)]
pub struct Pulse {
    pub change: Change,
    /// When it happened, in seconds of the window's clock.
    pub since: f64,
    /// 0 to 1 as it comes and goes.
    pub opacity: f32,
}

impl Pulse {
    pub fn new(change: Change, since: f64) -> Pulse {
        Pulse { change, since, opacity: 0.0 }
    }

    /// Brings it to a moment and asks for the frames it needs, no more. False when it is over.
    pub fn advance(&mut self, ctx: &egui::Context) -> bool {
        let age = ctx.input(|i| i.time) - self.since;
        if !(0.0..SHOWN).contains(&age) {
            return false;
        }
        let is_calm = ctx.global_style().animation_time <= 0.0;
        let fading = age.min(SHOWN - age) < FADE && !is_calm;
        self.opacity = if is_calm { 1.0 } else { (age.min(SHOWN - age) / FADE).clamp(0.0, 1.0) as f32 };
        if fading {
            ctx.request_repaint();
        } else {
            let rest = if is_calm { SHOWN - age } else { SHOWN - FADE - age };
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(rest.max(0.0) + 0.001));
        }
        true
    }
}

/// "▼ 42", "▲ 3.5": which way and by how much.
pub fn in_words(by: f64) -> String {
    let sign = if by < 0.0 { '▼' } else { '▲' };
    let size = by.abs();
    if size < 9.95 { format!("{sign} {size:.1}") } else { format!("{sign} {size:.0}") }
}
