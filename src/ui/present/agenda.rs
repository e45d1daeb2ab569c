//! The order of the day.

use super::parts::{head, key_line, row, strong};
use super::{Measure, Present};
use crate::model::{AgendaItem, MAX_MINUTES};
use crate::session::ninety_minutes;
use crate::ui::{Outbox, ViewCx};
use egui::{Key, Ui};

impl Present {
    /// That of the session, or the usual one of ninety minutes.
    pub(super) fn agenda(&self, cx: &ViewCx<'_>) -> Vec<AgendaItem> {
        let own = self.session(cx).map(|session| session.agenda.clone()).filter(|agenda| !agenda.is_empty());
        own.unwrap_or_else(ninety_minutes)
    }

    pub(super) fn agenda_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let agenda = self.agenda(cx);
        let total: u32 = agenda.iter().map(|item| u32::from(item.minutes)).sum();
        head(ui, m, &format!("Agenda, {total} minutes"));
        for (n, item) in agenda.iter().enumerate() {
            let is_on = n == self.timer.part();
            let text = if is_on { self.timer.words(&agenda) } else { format!("{}  {} min", item.name, item.minutes) };
            row(ui, is_on, |ui| {
                strong(ui, m, text, 28.0);
            });
        }
        ui.add_space(m.px(12.0));
        let stop = if self.timer.is_stopped() { "goes on" } else { "stops the clock" };
        let keys = [
            (". ,", "next part, part before"),
            ("+ −", "longer, shorter"),
            ("N", "another part after it"),
            ("Del", "take it out"),
            ("⇧ ␣", stop),
        ];
        for (key, what) in keys {
            key_line(ui, m, key, what);
        }
    }

    pub(super) fn agenda_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        if matches!(key, Key::Delete | Key::Backspace) {
            let (mut agenda, part) = (self.agenda(cx), self.timer.part());
            if agenda.len() > 1 && part < agenda.len() {
                agenda.remove(part);
                self.timer.fit(&agenda);
                self.write(cx, out, "change the agenda", Vec::new(), |session| session.agenda = agenda);
            }
            return true;
        }
        let by: i32 = match key {
            Key::Plus | Key::Equals => 5,
            Key::Minus => -5,
            _ => return false,
        };
        let (mut agenda, part) = (self.agenda(cx), self.timer.part());
        if let Some(item) = agenda.get_mut(part) {
            let minutes = (i32::from(item.minutes) + by).clamp(5, i32::from(MAX_MINUTES));
            item.minutes = u16::try_from(minutes).unwrap_or(MAX_MINUTES);
        }
        self.write(cx, out, "change the agenda", Vec::new(), |session| session.agenda = agenda);
        true
    }

    /// "Break 10": another part after the present one; ten minutes where none are said.
    pub(super) fn add_part(&mut self, text: &str, cx: &ViewCx<'_>, out: &mut Outbox) {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let said = words.last().filter(|_| words.len() > 1).and_then(|last| last.parse::<u16>().ok());
        if said.is_some() {
            words.pop();
        }
        let minutes = said.map_or_else(|| AgendaItem::default().minutes, |minutes| minutes.clamp(1, MAX_MINUTES));
        let (mut agenda, part) = (self.agenda(cx), self.timer.part());
        agenda.insert((part + 1).min(agenda.len()), AgendaItem { name: words.join(" "), minutes });
        self.write(cx, out, "change the agenda", Vec::new(), |session| session.agenda = agenda);
    }
}
