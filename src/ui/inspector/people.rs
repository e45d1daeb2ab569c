//! Who takes part.

use super::Inspector;
use super::list::{Line, RecordList};
use crate::edit::Edit;
use crate::model::{Id, Key, Person, Role};
use crate::text::icon;
use crate::ui::widgets::{filter_chip, labelled, line_edit, named, text_field};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{Ui, vec2};

impl Inspector {
    pub(super) fn people_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let list = RecordList {
            title: "People",
            one: "person",
            empty: ["None yet.", "Owners and approvers are chosen from here."],
            records: cx.model.people.iter().collect(),
            key: Key::Person,
            line: |person| {
                let roles: Vec<&str> = person.roles.iter().map(|r| r.label()).collect();
                Line::new(icon::USER_CIRCLE, &person.name, roles.join(", "))
            },
            fields: person_ui,
            fresh: Person { name: "New person".into(), ..Person::default() },
        };
        self.list_ui(ui, cx, "people", list, out);
        labelled(ui, "Your name", |ui| {
            let mut name = cx.author.to_owned();
            let field = ui.add(line_edit(&mut name).id_salt("author").hint_text("Beside decisions"));
            if named(field, "Your name").on_hover_text("Kept on this computer, not in the model").changed() {
                out.push(Action::SetAuthor(name));
            }
        });
    }
}

fn person_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, person: &Person, out: &mut Outbox) {
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
    super::readers::readers_ui(ui, cx, Key::Person(id.clone()), out);
}
