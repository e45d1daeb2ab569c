//! Who takes part.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Id, Key, Person, Role};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, filter_chip, icon_button, labelled, section, text_field};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui, vec2};

impl Inspector {
    pub(super) fn people_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let mut add = false;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, "New person").clicked();
        section(ui, "people", "People", Some(cx.model.people.len()), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (id, person) in &cx.model.people {
                let is_open = self.unfolded.as_ref() == Some(id);
                let roles: Vec<&str> = person.roles.iter().map(|r| r.label()).collect();
                let mut row = Row::new(ui, 26.0, is_open, &person.name);
                row.rest = row.whole.shrink2(vec2(4.0, 0.0));
                let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
                row.icon(Face::Icon, icon::USER_CIRCLE, 15.0, muted);
                row.right(roles.first().copied().unwrap_or_default(), fonts::font(Face::Regular, 11.0), muted);
                row.text(&person.name, fonts::font(Face::Regular, 12.0), text);
                if row.response.clicked() {
                    self.toggle(id);
                }
                if is_open {
                    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
                    frame.show(ui, |ui| person_ui(ui, id, person, out));
                }
            }
        });
        if add {
            let id = out.fresh_id();
            out.commit(Edit::put(Key::Person(id.clone()), Person { name: "New person".into(), ..Person::default() }));
            self.unfolded = Some(id);
        }
    }
}

fn person_ui(ui: &mut Ui, id: &Id, person: &Person, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let put = |person: Person| Edit::put(Key::Person(id.clone()), person);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the person", &person.name, "Name", |name| {
            put(Person { name, ..person.clone() })
        });
    });
    labelled(ui, "Roles", |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for role in Role::ALL {
                let on = person.roles.contains(role);
                if filter_chip(ui, on, role.label()).clicked() {
                    let mut roles = person.roles.clone();
                    if !roles.remove(role) {
                        roles.insert(*role);
                    }
                    out.commit(put(Person { roles, ..person.clone() }));
                }
            }
        });
    });
    if ui.button("Delete").clicked() {
        out.commit(Edit::Remove { keys: [Key::Person(id.clone())].into() });
    }
}
