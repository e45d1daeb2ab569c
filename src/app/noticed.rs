//! What a change did to the risk: noticed once it is committed, and shown for a moment.

use super::App;
use crate::model::Mark;
use crate::risk::{Change, Figures, LiveAssessment};
use crate::ui::Pulse;

/// The figures as last committed.
pub(super) struct Noticed {
    /// Number of the model, and how often it had been judged.
    state: (u64, u64),
    mark: Mark,
    figures: Figures,
}

impl Noticed {
    fn of(state: (u64, u64), live: &LiveAssessment<'_>) -> Noticed {
        Noticed { state, mark: live.trail().mark(), figures: Figures::of(live.assessment()) }
    }

    /// What is there now, and how it differs; only where something may differ is looked at.
    fn follow(mut self, state: (u64, u64), live: &LiveAssessment<'_>) -> (Noticed, Change) {
        match live.trail().since(&self.mark) {
            Some(ids) => {
                let change = self.figures.follow(live.assessment(), ids);
                (Noticed { state, mark: live.trail().mark(), ..self }, change)
            }
            None => {
                let now = Noticed::of(state, live);
                let change = self.figures.change_to(&now.figures);
                (now, change)
            }
        }
    }
}

impl App {
    /// Compares what is committed with what was before, and shows the difference for a moment.
    pub(super) fn notice_change(&mut self, ctx: &egui::Context) {
        let state = (self.serial, self.assessed.runs);
        let is_other = self.noticed.as_ref().is_none_or(|known| known.state != state);
        if let Some(live) = self.assessed.live().filter(|_| self.is_open && is_other && !self.document.is_previewing()) {
            let before = self.noticed.take().filter(|known| known.state.0 == self.serial);
            let (now, change) = match before {
                Some(before) => before.follow(state, live),
                None => (Noticed::of(state, live), Change::default()),
            };
            self.noticed = Some(now);
            if !change.is_empty() {
                self.pulse = Some(Pulse::new(change, ctx.input(|i| i.time)));
            }
        }
        self.pulse = self.pulse.take().filter(|_| self.is_open).and_then(|mut pulse| pulse.advance(ctx).then_some(pulse));
    }
}
