//! Threats written by hand: a short form for a new one, and the fields of one that is there.

use super::LEVELS;
use crate::edit::Edit;
use crate::model::ThreatKey;
use crate::model::{Category, Dimension, Hits, Id, Key, Threat};
use crate::tool::Selection;
use crate::ui::widgets::{caption, choice, filter_chip, labelled, named, primary_button, segmented, text_area, text_field};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{Key as Press, TextEdit, Ui, vec2};

/// Title and category so far, while the form is open.
type Kept = Option<(String, Category)>;

/// The form of a new threat at `target`. Returns true when it is done with.
pub(super) fn new_threat_ui(ui: &mut Ui, target: &Id, out: &mut Outbox) -> bool {
    let id = egui::Id::new(("new threat", target));
    let kept = ui.data(|d| d.get_temp::<Kept>(id)).flatten();
    let is_new = kept.is_none();
    let (mut title, mut category) = kept.unwrap_or((String::new(), Category::T));
    let edit = TextEdit::singleline(&mut title).id(id.with("title")).hint_text("What can go wrong").desired_width(f32::INFINITY);
    let field = named(ui.add(edit.min_size(vec2(0.0, 26.0))), "Title of the new threat");
    if is_new {
        field.request_focus();
    }
    ui.add_space(4.0);
    if let Some(other) = choice(ui, id.with("category"), "Category of the new threat", category, Category::ALL, Category::label) {
        category = other;
    }
    ui.add_space(4.0);
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Press::Enter));
    let escape = field.lost_focus() && ui.input(|i| i.key_pressed(Press::Escape));
    let mut done = escape;
    ui.horizontal(|ui| {
        if (primary_button(ui, "Add threat").clicked() || enter) && !title.trim().is_empty() {
            let threat = Threat {
                title: title.trim().to_owned(),
                categories: vec![category],
                targets: [target.clone()].into(),
                ..Threat::default()
            };
            let rule = out.fresh_id();
            out.commit(Edit::put(Key::Threat(rule.clone()), threat));
            out.push(Action::Select(Selection::threat(ThreatKey::new(rule, target.clone()))));
            done = true;
        }
        done |= ui.button("Cancel").clicked();
    });
    ui.add_space(6.0);
    if done {
        ui.data_mut(|d| d.insert_temp::<Kept>(id, None));
    } else {
        ui.data_mut(|d| d.insert_temp::<Kept>(id, Some((title, category))));
    }
    done
}

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
    labelled(ui, "Likelihood", |ui| {
        if let Some(level) = segmented(ui, "Likelihood of the threat", threat.level, LEVELS) {
            out.commit(put(Threat { level, ..threat.clone() }));
        }
    });
    labelled(ui, "Impact", |ui| {
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
