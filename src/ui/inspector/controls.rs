//! Controls that cover what is selected: attached here, around it, to the whole model, or implied.

use super::Inspector;
use super::definitions::definition_ui;
use super::list::Line;
use super::threat::attach;
use crate::edit::Edit;
use crate::model::{Control, ControlInstance, ControlStatus, Evidence, EvidenceLevel, Id, Key, Role, Site};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::people::person_field;
use crate::ui::widgets::{
    Pick, Row, caption, choice, date_field, empty_note, icon_button, labelled, link, pick, section, segmented, text_area,
    text_field,
};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::Ui;
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
            attached = pick(&button, "Search controls", Some("control"), || control_list(cx));
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
        if let Some(picked) = attached {
            let new = out.fresh_id();
            let here = |control: &str| attach(control, Site::At(id.clone()), ControlStatus::Planned, new.clone());
            match picked {
                Pick::Item(control) => out.commit(here(&control)),
                Pick::New(name) => {
                    let definition = out.fresh_id();
                    let name = if name.is_empty() { "New control".to_owned() } else { name };
                    let define = Edit::put(Key::Control(definition.clone()), Control { name, ..Control::default() });
                    let edits = vec![define, here(definition.as_str())];
                    out.commit(Edit::Batch { label: "add control".into(), edits });
                }
            }
            self.unfolded = Some(new);
        }
    }

    fn control_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, instance: &ControlInstance, subject: &Id, out: &mut Outbox) {
        let (face, icon, ink) = control_mark(instance.status);
        let tested = match instance.evidence.level {
            EvidenceLevel::Failed => ", test failed",
            EvidenceLevel::Tested => ", tested",
            EvidenceLevel::Reviewed => ", reviewed",
            EvidenceLevel::Assumed | EvidenceLevel::Documented => "",
        };
        let about = format!("{}{tested}", instance.status.label());
        let line = Line { face, ink, ..Line::new(icon, cx.control_name(&instance.control), about) };
        self.unfolding(ui, id, line, |ui| instance_ui(ui, cx, id, instance, subject, out));
    }
}

/// How far a control is, as a mark.
pub(in crate::ui) fn control_mark(status: ControlStatus) -> (Face, icon::Icon, Ink) {
    match status {
        ControlStatus::Implemented | ControlStatus::Operating => (Face::IconFill, icon::SHIELD_CHECK, Ink::Good),
        ControlStatus::Partial | ControlStatus::Planned => (Face::Icon, icon::CIRCLE_HALF, Ink::Accent),
        ControlStatus::Proposed => (Face::Icon, icon::SHIELD_PLUS, Ink::Muted),
        ControlStatus::Retired => (Face::Icon, icon::SHIELD, Ink::Muted),
    }
}

/// Control definitions for a picker: the model's own and the library's.
fn control_list(cx: &ViewCx<'_>) -> Vec<(String, String, String)> {
    let own = cx.model.controls.iter().map(|(id, c)| (id.to_string(), c));
    let library = cx.library.controls.iter().map(|(id, c)| (id.clone(), c));
    own.chain(library).map(|(id, c)| (id, c.name.clone(), c.layer.label().to_owned())).collect()
}

pub(in crate::ui) fn instance_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    id: &Id,
    instance: &ControlInstance,
    subject: &Id,
    out: &mut Outbox,
) {
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
    if !matches!(instance.evidence.level, EvidenceLevel::Assumed | EvidenceLevel::Documented) {
        proof_ui(ui, id, instance, out);
    }
    labelled(ui, "Coverage", |ui| {
        let share = (instance.coverage * 100.0).round() as u8;
        if let Some(share) = segmented(ui, "Coverage", share, COVERAGE) {
            out.commit(put(ControlInstance { coverage: f64::from(share) / 100.0, ..instance.clone() }));
        }
    });
    labelled(ui, "Owner", |ui| {
        person_field(ui, cx, out, "Owner", instance.owner.as_ref(), Role::Owner, |owner| {
            put(ControlInstance { owner, ..instance.clone() })
        });
    });
    labelled(ui, "Due", |ui| {
        date_field(ui, out, ("due", id), "Due", instance.due, |due| put(ControlInstance { due, ..instance.clone() }));
    });
    labelled(ui, "Cost", |ui| cost_ui(ui, cx, id, instance, out));
    super::readers::readers_ui(ui, cx, Key::Instance(id.clone()), out);
    text_area(ui, out, ("notes", id), "Notes on the control", &instance.notes, "Notes", |notes| {
        put(ControlInstance { notes, ..instance.clone() })
    });
    sites_ui(ui, cx, id, instance, subject, out);
    // A definition of the library is not the model's to change.
    if let Some((definition, control)) = cx.model.controls.get_key_value(instance.control.as_str()) {
        ui.add_space(4.0);
        ui.label(caption(ui, "Definition, wherever it is attached"));
        definition_ui(ui, cx, definition, control, out);
    }
}

/// Person-days, by the definition unless somebody knows better.
fn cost_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, instance: &ControlInstance, out: &mut Outbox) {
    let effort = &cx.library.calibration.effort;
    let tier = cx.library.control(cx.model, &instance.control).map_or(0, |c| usize::from(c.cost).saturating_sub(1));
    let usual = effort.get(tier).copied().unwrap_or_default();
    let mut days = instance.cost.unwrap_or(usual);
    let field = egui::DragValue::new(&mut days).range(0.0..=10_000.0).speed(0.5).max_decimals(1).suffix(" days");
    let response = crate::ui::widgets::named(ui.add(field), "Cost in person-days");
    if response.changed() {
        let edit = Edit::put(Key::Instance(id.clone()), ControlInstance { cost: Some(days), ..instance.clone() });
        out.push(Action::CommitMerged(edit, format!("cost of {id}")));
    }
    if instance.cost.is_some() {
        if link(ui, "As usual").on_hover_text(format!("{usual} person-days")).clicked() {
            out.commit(Edit::put(Key::Instance(id.clone()), ControlInstance { cost: None, ..instance.clone() }));
        }
    } else {
        ui.label(caption(ui, "as usual"));
    }
}

/// When it was shown to work, and what came out.
fn proof_ui(ui: &mut Ui, id: &Id, instance: &ControlInstance, out: &mut Outbox) {
    let put = |evidence: Evidence| Edit::put(Key::Instance(id.clone()), ControlInstance { evidence, ..instance.clone() });
    let evidence = &instance.evidence;
    labelled(ui, "On", |ui| {
        date_field(ui, out, ("proved", id), "Date of the evidence", evidence.on, |on| put(Evidence { on, ..evidence.clone() }));
    });
    labelled(ui, "Result", |ui| {
        text_field(ui, out, ("result", id), "Result of the test", &evidence.result, "What came out", |result| {
            put(Evidence { result, ..evidence.clone() })
        });
    });
}

/// Where it is attached, and taking it away: only here, or everywhere when it is not attached here at all.
fn sites_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, instance: &ControlInstance, subject: &Id, out: &mut Outbox) {
    let here = Site::At(subject.clone());
    let is_here = instance.at.contains(&here);
    ui.horizontal_wrapped(|ui| {
        let elsewhere: Vec<&Site> = instance.at.iter().filter(|site| **site != here).collect();
        if !elsewhere.is_empty() {
            ui.label(caption(ui, if is_here { "Also at" } else { "Attached to" }));
        }
        for site in elsewhere {
            let name = site_name(cx, site);
            match site {
                Site::Model => drop(ui.label(caption(ui, name))),
                Site::At(at) => {
                    if link(ui, &name).on_hover_text("Go there").clicked() {
                        out.push(Action::Select(Selection::one(at.clone())));
                    }
                }
            }
        }
    });
    if is_here && instance.at.len() > 1 {
        if ui.button("Detach here").clicked() {
            let mut at = instance.at.clone();
            at.remove(&here);
            out.commit(Edit::put(Key::Instance(id.clone()), ControlInstance { at, ..instance.clone() }));
        }
    } else if ui.button(if is_here { "Detach" } else { "Remove everywhere" }).clicked() {
        out.commit(Edit::Remove { keys: [Key::Instance(id.clone())].into() });
    }
}

fn site_name(cx: &ViewCx<'_>, site: &Site) -> String {
    match site {
        Site::Model => "the whole model".to_owned(),
        Site::At(id) => crate::risk::name_of(cx.model, id),
    }
}

fn implied_ui(ui: &mut Ui, cx: &ViewCx<'_>, control: &str) {
    let name = cx.control_name(control);
    let mut row = Row::new(ui, 26.0, false, &format!("{name}, implied"));
    row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
    let (good, text, muted) = (style::ink(row.ui, Ink::Good), style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.icon(Face::Icon, icon::SHIELD_CHECK, 15.0, good).right("implied", fonts::font(Face::Regular, 11.0), muted);
    row.text(name, fonts::font(Face::Regular, 12.0), text);
    row.response.on_hover_text("Implied by the protocol or authentication of a flow");
}
