//! Who is there, and as what.

use super::line::Asks;
use super::parts::{head, quiet, row, strong};
use super::{Measure, Present};
use crate::model::Role;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Key, Label, RichText, Ui};

impl Present {
    pub(super) fn people_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        head(ui, m, "Who is there");
        let people = self.attendees(cx);
        let session = self.session(cx);
        let roles = |id| session.and_then(|session| session.attendance.get(id));
        for (n, (id, name)) in people.iter().enumerate() {
            let said: Vec<&str> = roles(id).into_iter().flatten().map(|role| role.label()).collect();
            let is_on = n == self.player.min(people.len().saturating_sub(1));
            let shown = row(ui, is_on, |ui| {
                strong(ui, m, format!("{}  {name}", n + 1), 28.0);
                let text = RichText::new(said.join(", ")).font(m.font(Face::Regular, 24.0)).color(style::ink(ui, Ink::Text));
                ui.add(Label::new(text).truncate());
            });
            if shown.clicked() {
                self.player = n;
            }
        }
        if people.is_empty() {
            quiet(ui, m, "Nobody yet. The first one leads the session.");
        }
        ui.add_space(m.px(12.0));
        quiet(ui, m, "N  another name\n↑ ↓  choose    R  role\nDelete  was not there");
    }

    pub(super) fn people_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let people = self.attendees(cx);
        let last = people.len().saturating_sub(1);
        let chosen = people.get(self.player.min(last)).map(|(id, _)| id.clone());
        match key {
            Key::ArrowDown => self.player = (self.player + 1).min(last),
            Key::ArrowUp => self.player = self.player.min(last).saturating_sub(1),
            Key::N | Key::Enter => self.ask_line(Asks::Person, String::new()),
            Key::R => {
                let Some(id) = chosen else { return true };
                self.write(cx, out, "change a role", Vec::new(), |session| {
                    let roles = session.attendance.entry(id).or_default();
                    let now = roles
                        .iter()
                        .next()
                        .and_then(|role| Role::ALL.iter().position(|r| r == role))
                        .unwrap_or(Role::ALL.len() - 1);
                    *roles = Role::ALL.get((now + 1) % Role::ALL.len()).copied().into_iter().collect();
                });
            }
            Key::Delete | Key::Backspace => {
                let Some(id) = chosen else { return true };
                self.write(cx, out, "was not there", Vec::new(), |session| drop(session.attendance.remove(&id)));
            }
            _ => return false,
        }
        true
    }
}
