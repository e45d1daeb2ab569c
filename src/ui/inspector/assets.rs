//! What is worth protecting.

use super::Inspector;
use super::element::people;
use crate::edit::Edit;
use crate::model::{Asset, AssetKind, Id, Key};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{
    Pick, Row, caption, empty_note, icon_button, labelled, optional_choice, pick, removable_chip, section, segmented, text_area,
    text_field,
};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui};

const VALUES: &[(u8, &str)] = &[(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")];
const MAYBE: &[(Option<u8>, &str)] =
    &[(None, "–"), (Some(0), "0"), (Some(1), "1"), (Some(2), "2"), (Some(3), "3"), (Some(4), "4")];

impl Inspector {
    pub(super) fn assets_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let mut add = false;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, "New asset").clicked();
        section(ui, "assets", "Assets", Some(cx.model.assets.len()), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if cx.model.assets.is_empty() {
                empty_note(ui, "None yet.", "Without assets every threat is rated at a middling impact.");
            }
            for (id, asset) in &cx.model.assets {
                let is_open = self.unfolded.as_ref() == Some(id);
                let mut row = Row::new(ui, 26.0, is_open, &asset.name);
                row.rest = row.whole.shrink2(egui::vec2(4.0, 0.0));
                let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
                row.icon(Face::Icon, icon::CUBE, 15.0, muted);
                let values = format!("C{} I{} A{}", asset.c, asset.i, asset.a);
                row.right(values, fonts::font(Face::Mono, 11.0), muted);
                row.text(&asset.name, fonts::font(Face::Regular, 12.0), text);
                if row.response.clicked() {
                    self.toggle(id);
                }
                if is_open {
                    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
                    frame.show(ui, |ui| asset_ui(ui, cx, id, asset, out));
                }
            }
        });
        if add {
            let id = out.fresh_id();
            let asset = Asset { name: "New asset".into(), c: 2, i: 2, a: 2, ..Asset::default() };
            out.commit(Edit::put(Key::Asset(id.clone()), asset));
            self.unfolded = Some(id);
        }
    }
}

fn asset_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, asset: &Asset, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let put = |asset: Asset| Edit::put(Key::Asset(id.clone()), asset);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the asset", &asset.name, "Name", |name| put(Asset { name, ..asset.clone() }));
    });
    labelled(ui, "Kinds", |ui| {
        ui.horizontal_wrapped(|ui| {
            let mut changed = None;
            for kind in &asset.kinds {
                if removable_chip(ui, kind.label(), &format!("Remove {}", kind.label())) {
                    let mut kinds = asset.kinds.clone();
                    kinds.remove(kind);
                    changed = Some(kinds);
                }
            }
            let button = icon_button(ui, icon::PLUS, "Add a kind");
            let fresh =
                || AssetKind::ALL.iter().filter(|k| !asset.kinds.contains(k)).map(|k| (*k, k.label().into(), String::new()));
            if let Some(Pick::Item(kind)) = pick(&button, "Search kinds", None, || fresh().collect()) {
                let mut kinds = asset.kinds.clone();
                kinds.insert(kind);
                changed = Some(kinds);
            }
            if let Some(kinds) = changed {
                out.commit(put(Asset { kinds, ..asset.clone() }));
            }
        });
    });
    ui.label(caption(ui, "Value from 0 (none) to 4 (vital)"));
    labelled(ui, "Secrecy", |ui| {
        if let Some(c) = segmented(ui, "Confidentiality", asset.c, VALUES) {
            out.commit(put(Asset { c, ..asset.clone() }));
        }
    });
    labelled(ui, "Integrity", |ui| {
        if let Some(i) = segmented(ui, "Integrity", asset.i, VALUES) {
            out.commit(put(Asset { i, ..asset.clone() }));
        }
    });
    labelled(ui, "Availability", |ui| {
        if let Some(a) = segmented(ui, "Availability", asset.a, VALUES) {
            out.commit(put(Asset { a, ..asset.clone() }));
        }
    });
    labelled(ui, "Privacy", |ui| {
        if let Some(p) = segmented(ui, "Privacy", asset.p, MAYBE) {
            out.commit(put(Asset { p, ..asset.clone() }));
        }
    });
    labelled(ui, "Safety", |ui| {
        if let Some(s) = segmented(ui, "Safety", asset.s, MAYBE) {
            out.commit(put(Asset { s, ..asset.clone() }));
        }
    });
    labelled(ui, "Owner", |ui| {
        if let Some(owner) = optional_choice(ui, ("owner", id), "Owner", asset.owner.as_ref(), &people(cx), "Nobody yet") {
            out.commit(put(Asset { owner, ..asset.clone() }));
        }
    });
    text_area(ui, out, ("text", id), "Description of the asset", &asset.description, "Description", |description| {
        put(Asset { description, ..asset.clone() })
    });
    if ui.button("Delete").clicked() {
        out.commit(Edit::Remove { keys: [Key::Asset(id.clone())].into() });
    }
}
