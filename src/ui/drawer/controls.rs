//! The controls: the register, what they cover by layer and function, and the checklist of good practices.

mod coverage;
mod factors;
mod practices;

use super::effects::Effects;
use super::register::Split;
use super::register::table::{Tables, facts};
use super::upkeep::Upkeep;
use crate::model::{ControlInstance, ControlStatus, Id, Key, Site};
use crate::register::{self, Column, Register};
use crate::text::icon;
use crate::ui::widgets::{bold, caption, icon_button, segmented};
use crate::ui::{Outbox, ViewCx, inspector};
use egui::{Ui, vec2};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    #[default]
    Register,
    Coverage,
    Practices,
}

const LOOKS: &[(Look, &str)] = &[(Look::Register, "Register"), (Look::Coverage, "Coverage"), (Look::Practices, "Good practice")];

#[derive(Default)]
pub struct ControlsPage {
    look: Look,
    coverage: coverage::CoverageView,
    practices: practices::PracticesView,
}

impl ControlsPage {
    /// What to look at, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        ui.allocate_ui_with_layout(vec2(250.0, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            if let Some(look) = segmented(ui, "Show", self.look, LOOKS) {
                self.look = look;
            }
        });
        if self.look == Look::Register {
            tables.of(Register::Controls).tools_ui(ui, &facts(cx), out);
        }
    }

    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        tables: &mut Tables,
        (upkeep, effects): (&mut Upkeep, &mut Effects),
        out: &mut Outbox,
    ) {
        match self.look {
            Look::Register => register_ui(ui, cx, tables, effects, out),
            Look::Coverage => {
                if let Some((layer, function)) = self.coverage.ui(ui, cx, out) {
                    let view = &mut tables.of(Register::Controls).view;
                    view.choose(Column::Layer, vec![layer.label().to_owned()]);
                    view.choose(Column::Function, vec![function.label().to_owned()]);
                    self.look = Look::Register;
                }
            }
            Look::Practices => self.practices.ui(ui, cx, upkeep, out),
        }
    }
}

fn register_ui(ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, effects: &mut Effects, out: &mut Outbox) {
    let table = tables.of(Register::Controls);
    let split = Split::of(ui);
    split.list(ui, |ui| {
        let empty = "No controls here. Attach them in the inspector, or plan one under Coverage.";
        table.ui(ui, cx, &mut |ui, row| effects.load_of(ui, cx, row), empty, out);
    });
    let chosen = match table.single() {
        Some(register::Row::Record(Key::Instance(id))) => cx.model.instances.get_key_value(id),
        _ => None,
    };
    let mut back = false;
    split.details(ui, |ui| match chosen {
        Some((id, instance)) => back = details_ui(ui, cx, id, instance, effects, out),
        None => {
            let text =
                "Choose a control to see why it does what it does, which threats it answers and how much it takes off them.";
            ui.add(egui::Label::new(caption(ui, text)).wrap());
        }
    });
    if back {
        table.choose(None);
    }
}

/// How many are in force or coming.
pub fn count(cx: &ViewCx<'_>) -> String {
    let live = cx.model.instances.values().filter(|i| i.status != ControlStatus::Retired).count();
    if live == 0 { String::new() } else { live.to_string() }
}

fn first_place(instance: &ControlInstance) -> Option<&Id> {
    instance.at.iter().find_map(|site| match site {
        Site::At(id) => Some(id),
        Site::Model => None,
    })
}

/// Everything about one; true to close it.
fn details_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    id: &Id,
    instance: &ControlInstance,
    effects: &mut Effects,
    out: &mut Outbox,
) -> bool {
    let mut back = false;
    ui.horizontal(|ui| {
        back = icon_button(ui, icon::CARET_LEFT, "Close the details").clicked();
        ui.add(egui::Label::new(bold(cx.control_name(&instance.control))).truncate());
    });
    factors::ui(ui, cx, instance);
    effects.list_ui(ui, cx, &Key::Instance(id.clone()), "It takes nothing off any threat today.", out);
    ui.add_space(4.0);
    let subject = first_place(instance).cloned().unwrap_or_else(|| Id::new(""));
    inspector::instance_ui(ui, cx, id, instance, &subject, out);
    back
}
