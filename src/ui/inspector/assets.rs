//! What is worth protecting.

use super::Inspector;
use super::list::{Line, RecordList};
use super::origin::{Origin, labelled_from};
use crate::edit::Edit;
use crate::model::{Asset, AssetKind, Id, Key, Pert, Role};
use crate::text::icon;
use crate::ui::people::person_field;
use crate::ui::widgets::{Pick, caption, icon_button, labelled, pick, removable_chip, segmented, text_area, text_field};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

const VALUES: &[(u8, &str)] = &[(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")];
const MAYBE: &[(Option<u8>, &str)] =
    &[(None, "–"), (Some(0), "0"), (Some(1), "1"), (Some(2), "2"), (Some(3), "3"), (Some(4), "4")];

impl Inspector {
    pub(super) fn assets_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let list = RecordList {
            title: "Assets",
            one: "asset",
            empty: ["None yet.", "Without assets every threat is rated at a middling impact."],
            records: cx.model.assets.iter().collect(),
            key: Key::Asset,
            line: |asset| Line::new(icon::CUBE, &asset.name, format!("C{} I{} A{}", asset.c, asset.i, asset.a)),
            fields: asset_ui,
            fresh: Asset { name: "New asset".into(), c: 2, i: 2, a: 2, ..Asset::default() },
        };
        self.list_ui(ui, cx, "assets", list, out);
    }
}

fn asset_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, asset: &Asset, out: &mut Outbox) {
    let put = |asset: Asset| Edit::put(Key::Asset(id.clone()), asset);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the asset", &asset.name, "Name", |name| put(Asset { name, ..asset.clone() }));
    });
    labelled_from(ui, "Kinds", &Origin::of(!asset.kinds.is_empty(), "whether it is about people is not known"), |ui| {
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
    labelled_from(ui, "Confidentiality", &Origin::Set, |ui| {
        if let Some(c) = segmented(ui, "Confidentiality", asset.c, VALUES) {
            out.commit(put(Asset { c, ..asset.clone() }));
        }
    });
    labelled_from(ui, "Integrity", &Origin::Set, |ui| {
        if let Some(i) = segmented(ui, "Integrity", asset.i, VALUES) {
            out.commit(put(Asset { i, ..asset.clone() }));
        }
    });
    labelled_from(ui, "Availability", &Origin::Set, |ui| {
        if let Some(a) = segmented(ui, "Availability", asset.a, VALUES) {
            out.commit(put(Asset { a, ..asset.clone() }));
        }
    });
    labelled_from(ui, "Privacy", &Origin::of_privacy(asset), |ui| {
        if let Some(p) = segmented(ui, "Privacy", asset.p, MAYBE) {
            out.commit(put(Asset { p, ..asset.clone() }));
        }
    });
    let of = if asset.s.is_some() { Origin::Set } else { Origin::Assumed("as 0: nobody is hurt by it".to_owned()) };
    labelled_from(ui, "Safety", &of, |ui| {
        if let Some(s) = segmented(ui, "Safety", asset.s, MAYBE) {
            out.commit(put(Asset { s, ..asset.clone() }));
        }
    });
    labelled_from(ui, "Owner", &Origin::of(asset.owner.is_some(), "nobody answers for it"), |ui| {
        person_field(ui, cx, out, "Owner", asset.owner.as_ref(), Role::Owner, |owner| put(Asset { owner, ..asset.clone() }));
    });
    labelled(ui, "Because", |ui| {
        text_field(ui, out, ("reason", id), "Why it is valued so", &asset.reason, "Why it is valued so", |reason| {
            put(Asset { reason, ..asset.clone() })
        });
    });
    amounts_ui(ui, id, asset, out);
    super::readers::readers_ui(ui, cx, Key::Asset(id.clone()), out);
    text_area(ui, out, ("text", id), "Description of the asset", &asset.description, "Description", |description| {
        put(Asset { description, ..asset.clone() })
    });
}

/// How many records there are, and what losing them costs.
fn amounts_ui(ui: &mut Ui, id: &Id, asset: &Asset, out: &mut Outbox) {
    let put = |asset: Asset| Edit::put(Key::Asset(id.clone()), asset);
    labelled_from(ui, "Records", &Origin::of(asset.records.is_some(), "nobody counted them"), |ui| {
        let shown = asset.records.map(|n| n.to_string()).unwrap_or_default();
        text_field(ui, out, ("records", id), "Number of records", &shown, "How many", |text| {
            put(Asset { records: digits(&text), ..asset.clone() })
        });
    });
    labelled_from(ui, "Loss", &Origin::of(asset.loss.is_some(), "its loss in money is not played through"), |ui| {
        let width = (ui.available_width() - 8.0) / 3.0;
        let loss = asset.loss.unwrap_or_default();
        let shares: [(&str, f64, fn(&mut Pert) -> &mut f64); 3] =
            [("Least", loss.min, |l| &mut l.min), ("Likely", loss.mode, |l| &mut l.mode), ("Most", loss.max, |l| &mut l.max)];
        for (word, amount, part) in shares {
            ui.scope(|ui| {
                ui.set_max_width(width);
                let shown = if asset.loss.is_some() { format!("{amount:.0}") } else { String::new() };
                text_field(ui, out, ("loss", word, id), &format!("{word} loss of one event"), &shown, word, |text| {
                    let mut loss = loss;
                    *part(&mut loss) = digits(&text).unwrap_or_default() as f64;
                    let loss = Some(loss).filter(|l| *l != Pert::default());
                    put(Asset { loss, ..asset.clone() })
                });
            });
        }
    });
    let words = "money lost in one event: least, likely, most";
    labelled(ui, "", |ui| ui.add(egui::Label::new(caption(ui, words)).wrap()));
}

/// The number that the digits of a text make; `None` without any.
fn digits(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(15).collect();
    digits.parse().ok()
}
