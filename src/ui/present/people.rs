//! Who is there, and as what.

use super::line::Asks;
use super::parts::{head, quiet, row};
use super::{Measure, Present};
use crate::model::{Id, Role};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Align, Key, Label, Layout, RichText, Ui};

/// So many people are seen at once in any window.
const SEEN: usize = 8;

impl Present {
    pub(super) fn people_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        head(ui, m, "Who is there");
        let people = self.attendees(cx);
        let session = self.session(cx);
        let roles = |id| session.and_then(|session| session.attendance.get(id));
        for (n, (id, name)) in people.iter().enumerate() {
            let said: Vec<&str> = roles(id).into_iter().flatten().map(|role| role.label()).collect();
            let is_on = n == self.chosen_person(people.len());
            let shown = row(ui, is_on, |ui| {
                ui.horizontal(|ui| {
                    let text =
                        |words: String, face| RichText::new(words).font(m.font(face, 26.0)).color(style::ink(ui, Ink::Text));
                    let (name, said) = (text(format!("{}  {name}", n + 1), Face::Bold), text(said.join(", "), Face::Regular));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.add(Label::new(said));
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(name).truncate()));
                    });
                });
            });
            if is_on && people.len() > SEEN {
                shown.scroll_to_me(None);
            }
            if shown.clicked() {
                self.player = n;
            }
        }
        if people.is_empty() {
            quiet(ui, m, "Nobody yet. The first one leads the session.");
        }
    }

    /// Which of so many people the arrow keys are at.
    pub(super) fn chosen_person(&self, people: usize) -> usize {
        self.player.min(people.saturating_sub(1))
    }

    /// Moves on by one for arrow keys.
    pub(super) fn pick_key(&mut self, key: Key, people: usize) -> bool {
        match key {
            Key::ArrowDown => self.player = self.chosen_person(people) + 1,
            Key::ArrowUp => self.player = self.chosen_person(people).saturating_sub(1),
            _ => return false,
        }
        self.player = self.chosen_person(people);
        true
    }

    /// Everybody in two columns, some of them marked.
    pub(super) fn pick_ui(&self, ui: &mut Ui, m: Measure, people: &[(Id, String)], mark: &str, is_marked: impl Fn(&Id) -> bool) {
        let at = self.chosen_person(people.len());
        for pair in (0..people.len()).collect::<Vec<_>>().chunks(2) {
            ui.columns(2, |columns| {
                for (n, ui) in pair.iter().zip(columns) {
                    let Some((id, name)) = people.get(*n) else { continue };
                    let sign = if is_marked(id) { mark } else { "○" };
                    let face = if is_marked(id) { Face::Bold } else { Face::Regular };
                    let text = RichText::new(format!("{sign} {name}")).font(m.font(face, 24.0)).color(style::ink(ui, Ink::Text));
                    let shown = row(ui, *n == at, |ui| ui.add(Label::new(text).truncate()));
                    if *n == at && people.len() > SEEN {
                        shown.scroll_to_me(None);
                    }
                }
            });
        }
    }

    pub(super) fn people_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let people = self.attendees(cx);
        let chosen = people.get(self.chosen_person(people.len())).map(|(id, _)| id.clone());
        match key {
            Key::ArrowDown | Key::ArrowUp => drop(self.pick_key(key, people.len())),
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
