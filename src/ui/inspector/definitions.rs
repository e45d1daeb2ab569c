//! Definitions of controls that a model brings itself, beside those of the library.

use super::list::{Line, RecordList};
use super::{Inspector, LEVELS};
use crate::edit::Edit;
use crate::model::{Control, ControlFunction, ControlSite, Dimension, Effects, Id, Key, Layer};
use crate::text::icon;
use crate::ui::widgets::{caption, choice, filter_chip, labelled, named, segmented, text_area, text_field};
use crate::ui::{Outbox, ViewCx};
use egui::{Ui, vec2};

/// Strengths on offer, in percent; a model file may say others.
const STRENGTHS: &[(u8, &str)] = &[(20, "20"), (40, "40"), (60, "60"), (80, "80"), (95, "95")];

impl Inspector {
    pub(super) fn definitions_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let list = RecordList {
            title: "Own controls",
            one: "control",
            empty: ["None yet.", "Controls of the library need no definition here."],
            records: cx.model.controls.iter().collect(),
            key: Key::Control,
            line: |control| Line::new(icon::SHIELD_PLUS, &control.name, control.function.label()),
            fields: definition_ui,
            fresh: Control { name: "New control".into(), ..Control::default() },
        };
        self.list_ui(ui, cx, "own controls", list, out);
    }
}

/// What a control is and does when it works.
pub(super) fn definition_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, control: &Control, out: &mut Outbox) {
    let put = |control: Control| Edit::put(Key::Control(id.clone()), control);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the control", &control.name, "Name", |name| {
            put(Control { name, ..control.clone() })
        });
    });
    labelled(ui, "Strength", |ui| {
        let strength = (control.strength * 100.0).round() as u8;
        if let Some(percent) = segmented(ui, "Strength in percent", strength, STRENGTHS) {
            out.commit(put(Control { strength: f64::from(percent) / 100.0, ..control.clone() }));
        }
    });
    labelled(ui, "", |ui| {
        let words = format!("{:.0} % less when implemented and tested", control.strength * 100.0);
        ui.add(egui::Label::new(caption(ui, words)).wrap());
    });
    labelled(ui, "Family", |ui| {
        text_field(ui, out, ("family", id), "Family of the control", &control.family, "Only the best of one counts", |family| {
            put(Control { family, ..control.clone() })
        });
    });
    labelled(ui, "Acts", |ui| {
        let all = ControlFunction::ALL;
        if let Some(function) = choice(ui, ("function", id), "When it acts", control.function, all, ControlFunction::label) {
            out.commit(put(Control { function, ..control.clone() }));
        }
    });
    labelled(ui, "Belongs to", |ui| {
        let all = ControlSite::ALL;
        if let Some(site) = choice(ui, ("site", id), "Where it belongs", control.site, all, ControlSite::label) {
            out.commit(put(Control { site, ..control.clone() }));
        }
    });
    labelled(ui, "Layer", |ui| {
        if let Some(layer) = choice(ui, ("layer", id), "Layer of the control", control.layer, Layer::ALL, Layer::label) {
            out.commit(put(Control { layer, ..control.clone() }));
        }
    });
    labelled(ui, "Effort", |ui| {
        if let Some(cost) = segmented(ui, "Effort", control.cost, LEVELS) {
            out.commit(put(Control { cost, ..control.clone() }));
        }
    });
    labelled(ui, "Effects", |ui| {
        if let Some(effects) = effects_ui(ui, &control.effects) {
            out.commit(put(Control { effects, ..control.clone() }));
        }
    });
    super::readers::readers_ui(ui, cx, Key::Control(id.clone()), out);
    text_area(ui, out, ("text", id), "Description of the control", &control.description, "What it does", |description| {
        put(Control { description, ..control.clone() })
    });
    text_area(ui, out, ("verify", id), "How to check it", &control.verify, "How to check that it works", |verify| {
        put(Control { verify, ..control.clone() })
    });
}

/// What it lowers. Returns the effects with one of them switched.
fn effects_ui(ui: &mut Ui, effects: &Effects) -> Option<Effects> {
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        if filter_chip(ui, effects.likelihood, "Likelihood").clicked() {
            changed = Some(Effects { likelihood: !effects.likelihood, ..effects.clone() });
        }
        for dimension in Dimension::ALL {
            let on = effects.impact.contains(dimension);
            let chip = named(filter_chip(ui, on, dimension.name()), &format!("Impact on {}", dimension.label()));
            if chip.on_hover_text(format!("Impact on {}", dimension.label())).clicked() {
                let mut impact = effects.impact.clone();
                if !impact.remove(dimension) {
                    impact.insert(*dimension);
                }
                changed = Some(Effects { impact, ..effects.clone() });
            }
        }
        if filter_chip(ui, effects.detect, "Detects").clicked() {
            changed = Some(Effects { detect: !effects.detect, ..effects.clone() });
        }
        if filter_chip(ui, effects.respond, "Responds").clicked() {
            changed = Some(Effects { respond: !effects.respond, ..effects.clone() });
        }
    });
    changed
}
