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
        (self.session, self.summed_up, self.pane) = (Some(session), file.map(|file| (file, None)), Pane::Closed);
        (self.line, self.vote, self.dealt, self.summary) = (None, None, None, None);
        (self.scoring, self.disagreeing, self.owning) = (None, None, None);
    }

    /// The summary is there, or could not be written; false while nothing of it is shown here.
    pub fn note_written(&mut self, is_there: bool) -> bool {
        self.summed_up.as_mut().into_iter().for_each(|(_, is_written)| *is_written = Some(is_there));
        self.pane == Pane::Closed
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
        match &self.summed_up {
            Some((file, Some(true))) => quiet(ui, m, format!("The summary is in {file}, as PDF and as Markdown.")),
            Some((_, None)) => quiet(ui, m, "The summary is being written."),
            Some((_, Some(false))) => quiet(ui, m, "The summary was not written. F9 tries again."),
            None => quiet(ui, m, "Save the model, then F9 writes the summary beside it."),
        };
        rule(ui, m);
        strong(ui, m, "Next steps", 28.0);
        if summary.next.is_empty() {
            quiet(ui, m, "None were agreed.");
        }
        let listed = if m.is_low() { STEPS / 2 } else { STEPS };
        for step in summary.next.iter().take(listed) {
            let due = step.due.map(|due| format!(" by {due}")).unwrap_or_default();
            let who = if step.who.is_empty() { due } else { format!(" ({}{due})", step.who) };
            words(ui, m, format!("{}{who}", step.what), 24.0);
        }
        if summary.next.len() > listed {
            quiet(ui, m, format!("and {} more in the summary", summary.next.len() - listed));
        }
        let unowned = summary.next.iter().filter(|step| step.who.is_empty()).count();
        if unowned > 0 {
            let text = if unowned == 1 {
                "One of them is nobody's yet".to_owned()
            } else {
                format!("{unowned} of them are nobody's yet")
            };
            strong(ui, m, text, 24.0);
        }
    }
}
