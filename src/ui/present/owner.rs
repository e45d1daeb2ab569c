//! Who does something about a threat, and by when: what a session is held for.

use super::line::Asks;
use super::parts::{quiet, strong};
use super::run::digit;
use super::{Measure, Pane, Present};
use crate::model::{Date, Decision, Disposition, Resolution, ThreatKey};
use crate::ui::deciding::decision_edit;
use crate::ui::{Outbox, ViewCx};
use egui::{Key, Ui};

impl Present {
    /// Asks who does something about the threat that keys are about; again: no more.
    pub(super) fn ask_owner(&mut self, cx: &ViewCx<'_>) {
        if self.attendees(cx).is_empty() {
            self.pane = Pane::People;
            return self.ask_line(Asks::Person, String::new());
        }
        let threat = self.current(cx);
        self.owning = if self.owning.take().is_some() { None } else { threat };
        (self.disagreeing, self.scoring, self.pane) = (None, None, Pane::Step);
    }

    pub(super) fn owner_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, threat: &ThreatKey) {
        strong(ui, m, "Who does it?", 28.0);
        let owner = cx.model.decisions.get(threat).and_then(|decision| decision.owner.as_ref());
        self.pick_ui(ui, m, &self.attendees(cx), "●", |id| owner == Some(id));
        quiet(ui, m, "Then by when");
    }

    pub(super) fn owner_key(&mut self, key: Key, threat: &ThreatKey, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let people = self.attendees(cx);
        if let Some(at) = digit(key).and_then(|n| usize::from(n).checked_sub(1)).filter(|at| *at < people.len()) {
            self.player = at;
        } else if self.pick_key(key, people.len()) {
            return true;
        } else if !matches!(key, Key::Enter | Key::Space) {
            return false;
        }
        let Some((who, name)) = people.get(self.chosen_person(people.len())).cloned() else { return true };
        let before = cx.model.decisions.get(threat).cloned().unwrap_or_default();
        // Whoever does something about what is open mitigates it.
        let disposition = if before.disposition == Disposition::Open { Disposition::Mitigate } else { before.disposition };
        let decision = Decision { owner: Some(who), disposition, ..before };
        self.tell(format!("{name} does it"));
        self.settle(cx, out, threat, decision, format!("Owner {name}"));
        self.owning = None;
        self.ask_line(Asks::Due(threat.clone()), String::new());
        true
    }

    /// By when something is done about a threat.
    pub(super) fn set_due(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, due: Date) {
        let Some(before) = cx.model.decisions.get(threat).cloned() else { return };
        self.tell(format!("Due {due}"));
        self.settle(cx, out, threat, Decision { due: Some(due), ..before }, format!("Due {due}"));
    }

    /// Changes a decision, and says so in the log.
    fn settle(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, decision: Decision, text: String) {
        let disposition = decision.disposition;
        let by = self.chair(cx).or(decision.by.clone());
        let (edit, by) = decision_edit(cx, out, threat, Decision { by, ..decision });
        let line =
            Resolution { at: Some(self.now), threat: Some(threat.clone()), disposition, text, by, ..Resolution::default() };
        self.write(cx, out, "say who does it", vec![edit], |session| session.decided.push(line));
    }
}
