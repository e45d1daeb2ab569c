//! What was decided, put off and noted so far.

use super::parts::{head, quiet, rule, strong, words};
use super::{Measure, Present};
use crate::ui::{Outbox, ViewCx};
use egui::{Key, Ui};

impl Present {
    pub(super) fn log_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        head(ui, m, "Log of the session");
        let Some(summary) = self.summary(cx) else {
            quiet(
                ui,
                m,
                "Nothing was written down yet. The session begins with the first decision, name, note or matter put off.",
            );
            return;
        };
        for row in summary.decided.iter().rev() {
            let by = if row.by.is_empty() { String::new() } else { format!(", {}", row.by) };
            strong(ui, m, format!("{} {}{by}", row.label, row.text), 26.0);
            words(ui, m, &row.title, 24.0);
            if !row.dissent.is_empty() {
                quiet(ui, m, format!("Disagreed: {}", row.dissent.join(", ")));
            }
            ui.add_space(m.px(8.0));
        }
        if !summary.parked.is_empty() {
            rule(ui, m);
            strong(ui, m, "Parking lot", 26.0);
            for (n, parked) in summary.parked.iter().enumerate() {
                let sign = if parked.settled { "✓" } else { "○" };
                let about = if parked.about.is_empty() { String::new() } else { format!(" ({})", parked.about) };
                words(ui, m, format!("{}  {sign} {}{about}", n + 1, parked.text), 24.0);
            }
            quiet(ui, m, "1 to 9  settled, or not");
        }
        if !summary.notes.is_empty() {
            rule(ui, m);
            strong(ui, m, "Notes", 26.0);
            for (about, text) in &summary.notes {
                words(ui, m, format!("{text} ({about})"), 24.0);
            }
        }
        rule(ui, m);
        quiet(ui, m, "F9  closes the session and writes its summary");
    }

    pub(super) fn log_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let Some(at) = super::run::digit(key).and_then(|n| usize::from(n).checked_sub(1)) else { return false };
        if self.session(cx).is_some_and(|session| session.parked.len() > at) {
            self.write(cx, out, "settle", Vec::new(), |session| {
                session.parked.get_mut(at).into_iter().for_each(|parked| parked.settled = !parked.settled);
            });
        }
        true
    }
}
