//! The window of whoever presents: the time, what to say, what comes next, what was put off.

use super::parts::{head, quiet, rule, strong, words};
use super::{Measure, Present};
use crate::session::Progressed;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{ViewCx, style};
use egui::{Label, RichText, Ui, ViewportBuilder, ViewportId};

/// Steps to come, and matters put off last, that are listed.
const COMING: usize = 3;
const PARKED: usize = 3;

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
        ui.spacing_mut().interact_size.y = 0.0;
        self.clock_ui(ui, m, cx);
        rule(ui, m);
        if let Some(step) = self.stage.step() {
            let (number, of) = self.stage.number();
            head(ui, m, &format!("{number} of {of}  {}", step.title));
            let note = if step.note.is_empty() { "No note for this step: G, then N, writes one." } else { step.note.as_str() };
            words(ui, m, note, 28.0);
        }
        let about = self.subject(cx);
        let notes = self.session(cx).map(|session| session.notes.as_slice()).unwrap_or_default();
        let is_here = |note: &&crate::model::Remark| {
            let at = note.threat.as_ref().map(|threat| &threat.anchor).or(note.about.as_ref());
            about.is_some() && at == about.as_ref()
        };
        for note in notes.iter().filter(is_here) {
            quiet(ui, m, format!("Noted: {}", note.text));
        }
        rule(ui, m);
        self.coming_ui(ui, m);
        let parked = self.session(cx).map(|session| session.parked.as_slice()).unwrap_or_default();
        let open: Vec<&str> = parked.iter().filter(|parked| !parked.settled).map(|parked| parked.text.as_str()).collect();
        if !open.is_empty() {
            rule(ui, m);
            quiet(
                ui,
                m,
                if open.len() == 1 { "1 matter is parked".to_owned() } else { format!("{} matters are parked", open.len()) },
            );
            open.iter().rev().take(PARKED).for_each(|text| line(ui, m, text));
        }
    }

    /// What is left of the part, of the whole, and how long things take.
    fn clock_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let agenda = self.agenda(cx);
        strong(ui, m, self.timer.words(&agenda), 48.0);
        let (total, planned) = (self.timer.total() as u64 / 60, agenda.iter().map(|item| u32::from(item.minutes)).sum::<u32>());
        let then = agenda.get(self.timer.part() + 1).map(|item| format!(", then {}", item.name)).unwrap_or_default();
        quiet(ui, m, format!("{total} of {planned} minutes since it began{then}"));
        let clock = |seconds: u64| format!("{}:{:02}", seconds / 60, seconds % 60);
        let progress = self.progress.map_or_else(Progressed::default, |(_, progress)| progress);
        let usual = match progress.seconds_each {
            0 => String::new(),
            seconds => format!(", usually {}", clock(u64::from(seconds))),
        };
        quiet(ui, m, format!("{} on this step{usual}", clock(self.spent as u64)));
        let (reviewed, crossings) = (progress.reviewed, progress.crossings);
        quiet(ui, m, format!("Coverage {:.0} %, crossings reviewed {reviewed} of {crossings}", 100.0 * progress.share()));
    }

    /// The next steps.
    fn coming_ui(&self, ui: &mut Ui, m: Measure) {
        let mut coming = self.stage.coming().take(COMING);
        let Some(next) = coming.next() else { return drop(words(ui, m, "This is the last step.", 28.0)) };
        quiet(ui, m, "Next");
        words(ui, m, &next.title, 28.0);
        coming.for_each(|step| line(ui, m, &step.title));
    }
}

/// As much as one line has room for.
fn line(ui: &mut Ui, m: Measure, text: &str) {
    let text = RichText::new(text).font(m.font(Face::Regular, 24.0)).color(style::ink(ui, Ink::Text));
    ui.add(Label::new(text).truncate());
}
