//! The fields of a threat written by hand.

use super::LEVELS;
use crate::edit::Edit;
use crate::model::{Category, Dimension, Hits, Id, Key, Threat};
use crate::ui::widgets::{caption, filter_chip, labelled, named, segmented, text_area, text_field};
use crate::ui::{Outbox, ViewCx};
use egui::{Ui, vec2};

/// The fields of a threat written by hand.
pub(super) fn manual_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
    let Some(threat) = cx.model.threats.get(id) else { return };
    let put = |threat: Threat| Edit::put(Key::Threat(id.clone()), threat);
    ui.add_space(4.0);
    ui.label(caption(ui, "This threat"));
    labelled(ui, "Title", |ui| {
        text_field(ui, out, ("title", id), "Title of the threat", &threat.title, "What can go wrong", |title| {
            put(Threat { title, ..threat.clone() })
        });
    });
    super::readers::readers_ui(ui, cx, Key::Threat(id.clone()), out);
    text_area(ui, out, ("text", id), "Description of the threat", &threat.description, "How it would happen", |description| {
        put(Threat { description, ..threat.clone() })
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for category in Category::ALL.iter().filter(|c| c.is_stride() || threat.categories.contains(c)) {
            let on = threat.categories.contains(category);
            let chip = named(filter_chip(ui, on, category.name()), category.label()).on_hover_text(category.label());
            if chip.clicked() {
                let mut categories = threat.categories.clone();
                if on {
                    categories.retain(|c| c != category);
                } else {
                    categories.push(*category);
                }
                out.commit(put(Threat { categories, ..threat.clone() }));
            }
        }
    });
    // Other words than for the levels of the decision, which count instead where they are set by hand.
    labelled(ui, "Base likelihood", |ui| {
        if let Some(level) = segmented(ui, "Likelihood of the threat", threat.level, LEVELS) {
            out.commit(put(Threat { level, ..threat.clone() }));
        }
    });
    labelled(ui, "What it hits", |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for dimension in Dimension::ALL {
            let on = threat.hits.get(*dimension) > 0.0;
            let chip = named(filter_chip(ui, on, dimension.name()), &format!("Impact on {}", dimension.label()));
            if chip.on_hover_text(dimension.label()).clicked() {
                let hits = with(threat.hits, *dimension, if on { 0.0 } else { 1.0 });
                out.commit(put(Threat { hits, ..threat.clone() }));
            }
        }
    });
    labelled(ui, "Skill", |ui| {
        if let Some(skill) = segmented(ui, "Skill", threat.skill, LEVELS) {
            out.commit(put(Threat { skill, ..threat.clone() }));
        }
    });
    if let Some(given) = &threat.severity_override {
        let words = format!("Severity {} given by {}", given.band.label(), given.source);
        ui.label(caption(ui, words));
        if ui.button("Rate it by the method instead").clicked() {
            out.commit(put(Threat { severity_override: None, ..threat.clone() }));
        }
    }
    if ui.button("Delete this threat").clicked() {
        out.commit(Edit::Remove { keys: [Key::Threat(id.clone())].into() });
    }
}

fn with(hits: Hits, dimension: Dimension, share: f64) -> Hits {
    match dimension {
        Dimension::C => Hits { c: share, ..hits },
        Dimension::I => Hits { i: share, ..hits },
        Dimension::A => Hits { a: share, ..hits },
        Dimension::P => Hits { p: share, ..hits },
        Dimension::S => Hits { s: share, ..hits },
    }
}
