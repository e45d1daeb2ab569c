//! What came of a session, for the room to read before it leaves: what was decided, who does what, where the summary is.

use super::parts::{head, quiet, rule, strong, words};
use super::{Measure, Pane, Present};
use crate::model::Id;
use crate::ui::ViewCx;
use egui::Ui;

/// Next steps listed.
const STEPS: usize = 8;

impl Present {
    /// The session is over; `file` is where its summary is being written, if that could be said.
    pub fn show_closed(&mut self, session: Id, file: Option<String>) {
        (self.session, self.summed_up, self.pane) = (Some(session), file, Pane::Closed);
        (self.line, self.vote, self.dealt, self.summary) = (None, None, None, None);
    }

    pub(super) fn closed_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let Some(summary) = self.summary(cx) else { return };
        head(ui, m, &format!("{} is closed", summary.name));
        let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut facts = Vec::new();
        facts.extend(summary.minutes().map(|minutes| count(minutes.max(0) as usize, "minute", "minutes")));
        facts.push(count(summary.attendance.len(), "person", "people"));
        facts.push(count(summary.decided.len(), "line in the log", "lines in the log"));
        facts.push(format!("{} parked", summary.parked.iter().filter(|parked| !parked.settled).count()));
        words(ui, m, facts.join(" · "), 26.0);
        if let Some(movement) = &summary.movement {
            let grave = |counts: &[usize; 5]| counts.iter().take(2).sum::<usize>();
            let (before, after) = (grave(&movement.counts.0), grave(&movement.counts.1));
            words(ui, m, format!("Load {:.0} → {:.0}", movement.load.0, movement.load.1), 26.0);
            words(ui, m, format!("Critical and high {before} → {after}"), 26.0);
        }
        rule(ui, m);
        strong(ui, m, "Next steps", 28.0);
        if summary.next.is_empty() {
            quiet(ui, m, "None were agreed.");
        }
        for step in summary.next.iter().take(STEPS) {
            let who = if step.who.is_empty() { "nobody yet" } else { step.who.as_str() };
            let due = step.due.map(|due| format!(", by {due}")).unwrap_or_default();
            words(ui, m, format!("{} ({who}{due})", step.what), 24.0);
        }
        if summary.next.len() > STEPS {
            quiet(ui, m, format!("and {} more in the summary", summary.next.len() - STEPS));
        }
        rule(ui, m);
        match &self.summed_up {
            Some(file) => quiet(ui, m, format!("The summary is written to {file}, as PDF and as Markdown.")),
            None => quiet(ui, m, "Save the model, then F9 writes the summary beside it."),
        };
    }
}
