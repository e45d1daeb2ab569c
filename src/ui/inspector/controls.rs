//! Controls that cover what is selected: attached here, around it, to the whole model, or implied.

use super::Inspector;
use super::element::people;
use super::threat::attach;
use crate::edit::Edit;
use crate::model::{ControlInstance, ControlStatus, Evidence, EvidenceLevel, Id, Key, Site};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{
    Pick, Row, caption, choice, date_field, empty_note, icon_button, labelled, optional_choice, pick, section, segmented,
    text_area,
};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui};
use std::collections::BTreeSet;

const COVERAGE: &[(u8, &str)] = &[(25, "25 %"), (50, "50 %"), (75, "75 %"), (100, "all")];

impl Inspector {
    pub(super) fn controls_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let around: BTreeSet<Id> =
            cx.model.boundary_chain(id).into_iter().chain(cx.model.boundary_path(id)).chain([id.clone()]).collect();
        let covers = |site: &Site| match site {
            Site::Model => true,
            Site::At(at) => around.contains(at),
        };
        let here: Vec<(&Id, &ControlInstance)> = cx.model.instances.iter().filter(|(_, i)| i.at.iter().any(covers)).collect();
        let implied: BTreeSet<&str> = cx
            .assessment
            .at(id)
            .flat_map(|f| f.controls.iter().filter(|u| u.instance.is_none()).map(|u| u.control.as_str()))
            .collect();
        let mut attached = None;
        let trailing = |ui: &mut Ui| {
            let button = icon_button(ui, icon::PLUS, "Attach a control");
            attached = pick(&button, "Search controls", None, || control_list(cx));
        };
        let count = here.len() + implied.len();
        section(ui, ("controls", id), "Controls", Some(count), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if count == 0 {
                empty_note(ui, "None attached.", "Attach one here, or from a threat that it answers.");
            }
            for (instance_id, instance) in here {
                self.control_ui(ui, cx, instance_id, instance, id, out);
            }
            for control in implied {
                implied_ui(ui, cx, control);
            }
        });
        if let Some(Pick::Item(control)) = attached {
            let new = out.fresh_id();
            out.commit(attach(&control, Site::At(id.clone()), ControlStatus::Planned, new.clone()));
            self.unfolded = Some(new);
        }
    }

    fn control_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, instance: &ControlInstance, subject: &Id, out: &mut Outbox) {
        let name = control_name(cx, &instance.control);
        let is_open = self.unfolded.as_ref() == Some(id);
        let mut row = Row::new(ui, 26.0, is_open, name);
        row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
        let (face, glyph, ink) = match instance.status {
            ControlStatus::Implemented | ControlStatus::Operating => (Face::IconFill, icon::SHIELD_CHECK, Ink::Good),
            ControlStatus::Partial | ControlStatus::Planned => (Face::Icon, icon::CIRCLE_HALF, Ink::Accent),
            ControlStatus::Proposed => (Face::Icon, icon::SHIELD_PLUS, Ink::Muted),
            ControlStatus::Retired => (Face::Icon, icon::SHIELD, Ink::Muted),
        };
        let (color, text, muted) = (style::ink(row.ui, ink), style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
        row.icon(face, glyph, 15.0, color);
        row.right(instance.status.label(), fonts::font(Face::Regular, 11.0), muted);
        row.text(name, fonts::font(Face::Regular, 12.0), text);
        let response = row.response.on_hover_text(name);
        if response.clicked() {
            self.toggle(id);
        }
        if is_open {
            let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                instance_ui(ui, cx, id, instance, subject, out);
            });
        }
    }
}

/// Control definitions for a picker: the model's own and the library's.
fn control_list(cx: &ViewCx<'_>) -> Vec<(String, String, String)> {
    let own = cx.model.controls.iter().map(|(id, c)| (id.to_string(), c));
    let library = cx.library.controls.iter().map(|(id, c)| (id.clone(), c));
    own.chain(library).map(|(id, c)| (id, c.name.clone(), c.layer.label().to_owned())).collect()
}

fn control_name<'a>(cx: &'a ViewCx<'_>, control: &'a str) -> &'a str {
    cx.library.control(cx.model, control).map_or(control, |c| c.name.as_str())
}

fn instance_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, instance: &ControlInstance, subject: &Id, out: &mut Outbox) {
    let put = |instance: ControlInstance| Edit::put(Key::Instance(id.clone()), instance);
    if let Some(definition) = cx.library.control(cx.model, &instance.control) {
        ui.add(egui::Label::new(caption(ui, &definition.description)).wrap());
    }
    labelled(ui, "Status", |ui| {
        if let Some(status) = choice(ui, ("status", id), "Status", instance.status, ControlStatus::ALL, ControlStatus::label) {
            out.commit(put(ControlInstance { status, ..instance.clone() }));
        }
    });
    labelled(ui, "Evidence", |ui| {
        let level = instance.evidence.level;
        if let Some(level) = choice(ui, ("evidence", id), "Evidence", level, EvidenceLevel::ALL, EvidenceLevel::label) {
            let on = instance.evidence.on.or(Some(cx.today));
            let evidence = Evidence { level, on, ..instance.evidence.clone() };
            out.commit(put(ControlInstance { evidence, ..instance.clone() }));
        }
    });
    labelled(ui, "Coverage", |ui| {
        let share = (instance.coverage * 100.0).round() as u8;
        if let Some(share) = segmented(ui, "Coverage", share, COVERAGE) {
            out.commit(put(ControlInstance { coverage: f64::from(share) / 100.0, ..instance.clone() }));
        }
    });
    labelled(ui, "Owner", |ui| {
        if let Some(owner) = optional_choice(ui, ("owner", id), "Owner", instance.owner.as_ref(), &people(cx), "Nobody yet") {
            out.commit(put(ControlInstance { owner, ..instance.clone() }));
        }
    });
    labelled(ui, "Due", |ui| {
        date_field(ui, out, ("due", id), "Due", instance.due, |due| put(ControlInstance { due, ..instance.clone() }));
    });
    text_area(ui, out, ("notes", id), "Notes on the control", &instance.notes, "Notes", |notes| {
        put(ControlInstance { notes, ..instance.clone() })
    });
    let elsewhere: Vec<String> =
        instance.at.iter().filter(|s| **s != Site::At(subject.clone())).map(|s| site_name(cx, s)).collect();
    if !elsewhere.is_empty() {
        ui.add(egui::Label::new(caption(ui, format!("Also at: {}", elsewhere.join(", ")))).wrap());
    }
    if ui.button("Detach").clicked() {
        let mut at = instance.at.clone();
        at.remove(&Site::At(subject.clone()));
        // Attached around it rather than here, or nowhere else: the whole instance goes.
        if at.is_empty() || at == instance.at {
            out.commit(Edit::Remove { keys: [Key::Instance(id.clone())].into() });
        } else {
            out.commit(put(ControlInstance { at, ..instance.clone() }));
        }
    }
}

fn site_name(cx: &ViewCx<'_>, site: &Site) -> String {
    match site {
        Site::Model => "the whole model".to_owned(),
        Site::At(id) => crate::risk::name_of(cx.model, id),
    }
}

fn implied_ui(ui: &mut Ui, cx: &ViewCx<'_>, control: &str) {
    let name = control_name(cx, control);
    let mut row = Row::new(ui, 26.0, false, &format!("{name}, implied"));
    row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
    let (good, text, muted) = (style::ink(row.ui, Ink::Good), style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.icon(Face::Icon, icon::SHIELD_CHECK, 15.0, good).right("implied", fonts::font(Face::Regular, 11.0), muted);
    row.text(name, fonts::font(Face::Regular, 12.0), text);
    row.response.on_hover_text("Implied by the protocol or authentication of a flow");
}
