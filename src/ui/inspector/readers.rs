//! Who may read things: records, kinds of detail, and words that never leave the house.

use crate::edit::Edit;
use crate::model::{Disclosure, Info, Key, Visibility};
use crate::text::icon;
use crate::ui::widgets::{Pick, caption, icon_button, labelled, optional_choice, pick, removable_chip, segmented};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;
use std::collections::BTreeSet;

const LEVELS: &[(Visibility, &str)] =
    &[(Visibility::Internal, "Internal"), (Visibility::Client, "Client"), (Visibility::Public, "Public")];

/// Who may read a record.
pub(super) fn readers_ui(ui: &mut Ui, cx: &ViewCx<'_>, key: Key, out: &mut Outbox) {
    readers_of_all(ui, cx, &[key].into(), out);
}

/// Who may read several records, all alike.
pub(super) fn readers_of_all(ui: &mut Ui, cx: &ViewCx<'_>, keys: &BTreeSet<Key>, out: &mut Outbox) {
    let Some(first) = keys.first() else { return };
    let said = |key: &Key| cx.model.get(key).and_then(|record| record.visibility());
    let one = said(first).filter(|level| keys.iter().all(|key| said(key) == Some(*level)));
    let all: Vec<(Visibility, String)> = LEVELS.iter().map(|(level, word)| (*level, (*word).to_owned())).collect();
    let usual = format!("As usual ({})", cx.model.visibility_of(first).label().to_lowercase());
    let none = if keys.iter().any(|key| said(key).is_some()) { "Not all alike" } else { usual.as_str() };
    labelled(ui, "Readers", |ui| {
        if let Some(to) = optional_choice(ui, ("readers", first), "Readers", one.as_ref(), &all, none) {
            out.commit(Edit::Disclose { keys: keys.clone(), to });
        }
    });
    if one == Some(Visibility::Internal) {
        let is_left_out = |key: &Key| matches!(key, Key::Diagram(_) | Key::Assumption(_) | Key::AttackTree(_) | Key::Scenario(_));
        let told =
            if keys.iter().all(is_left_out) { "Reports for others leave it out" } else { "Reports for others use another name" };
        labelled(ui, "", |ui| ui.label(caption(ui, told)));
    }
}

/// Who may read kinds of detail, and the words nobody outside may read.
pub(super) fn disclosure_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let info = &cx.model.info;
    let now = &info.disclosure;
    let put = |disclosure: Disclosure| Edit::put(Key::Info, Info { disclosure, ..info.clone() });
    type Part = fn(&mut Disclosure) -> &mut Visibility;
    let kinds: [(&str, Visibility, Part); 4] = [
        ("People", now.people, |d| &mut d.people),
        ("Evidence", now.evidence, |d| &mut d.evidence),
        ("Effort", now.effort, |d| &mut d.effort),
        ("Reasons", now.reasons, |d| &mut d.reasons),
    ];
    for (name, level, part) in kinds {
        labelled(ui, name, |ui| {
            if let Some(to) = segmented(ui, &format!("Readers of {}", name.to_lowercase()), level, LEVELS) {
                let mut disclosure = now.clone();
                *part(&mut disclosure) = to;
                if name == "People" {
                    disclosure.aliases = cx.model.numbered(cx.model.people.keys().cloned().map(Key::Person));
                }
                out.commit(put(disclosure));
            }
        });
    }
    labelled(ui, "Withheld", |ui| {
        ui.horizontal_wrapped(|ui| {
            let mut words = now.words.clone();
            words.retain(|word| !removable_chip(ui, word, &format!("Remove {word}")));
            let button = icon_button(ui, icon::PLUS, "Add a withheld word");
            let none = Vec::<((), String, String)>::new;
            if let Some(Pick::New(word)) = pick(&button, "Host name or code name", Some("word"), none) {
                words.extend(Some(word.trim().to_owned()).filter(|word| !word.is_empty()));
            }
            if words != now.words {
                out.commit(put(Disclosure { words, ..now.clone() }));
            }
        });
    });
    let about = "For reports whose readers are not internal. Notes never leave the house.";
    ui.add(egui::Label::new(caption(ui, about)).wrap());
}
