//! The window of whoever presents: what to say, what comes next, the time.

use super::parts::{head, quiet, rule, strong, words};
use super::{Measure, Present};
use crate::ui::ViewCx;
use egui::{Ui, ViewportBuilder, ViewportId};

/// The second window.
pub fn viewport() -> (ViewportId, ViewportBuilder) {
    let builder = ViewportBuilder::default().with_title("Palisade: presenter").with_inner_size([560.0, 420.0]);
    (ViewportId::from_hash_of("presenter"), builder)
}

impl Present {
    pub fn has_presenter(&self) -> bool {
        self.has_presenter
    }

    pub fn close_presenter(&mut self) {
        self.has_presenter = false;
    }

    pub fn presenter_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let agenda = self.agenda(cx);
        strong(ui, m, self.timer.words(&agenda), 48.0);
        let total = self.timer.total() as u64 / 60;
        quiet(ui, m, format!("{total} minutes since it began"));
        rule(ui, m);
        if let Some(step) = self.stage.step() {
            let (number, of) = self.stage.number();
            head(ui, m, &format!("{number} of {of}  {}", step.title));
            let note = if step.note.is_empty() { "No note for this step: G, then N, writes one." } else { step.note.as_str() };
            words(ui, m, note, 28.0);
        }
        rule(ui, m);
        match self.stage.upcoming() {
            Some(next) => {
                quiet(ui, m, "Next");
                words(ui, m, &next.title, 28.0);
            }
            None => drop(words(ui, m, "This is the last step.", 28.0)),
        }
        let parked = self.session(cx).map_or(0, |s| s.parked.iter().filter(|parked| !parked.settled).count());
        if parked > 0 {
            rule(ui, m);
            quiet(ui, m, if parked == 1 { "1 matter is parked".to_owned() } else { format!("{parked} matters are parked") });
        }
    }
}
