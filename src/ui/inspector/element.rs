//! An element: what it is, where it stands, what it holds, and everything that follows from that.

use super::origin::{Origin, labelled_from};
use super::{Head, Inspector};
use crate::detect::{Confidence, Proposal, Suggestion};
use crate::edit::Edit;
use crate::model::{Asset, Element, ElementKind, Id, Key, Layer, Role};
use crate::risk::exposure_label;
use crate::text::icon;
use crate::ui::people::person_field;
use crate::ui::proposals::ghost_chip;
use crate::ui::widgets::{
    ChipDeed, Pick, choice, element_icon, icon_button, labelled, optional_choice, pick, record_chip, section, text_area,
    text_field,
};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{RichText, Ui};
use std::collections::BTreeSet;

/// What it means that nobody said so.
pub(super) const NO_ZONE: &str = "where it stands decides who reaches it";
pub(super) const NO_TAGS: &str = "technology says much by itself";
pub(super) const NO_ASSETS: &str = "what it holds decides what is at stake";
pub(super) const NO_OWNER: &str = "nobody answers for it";

impl Inspector {
    pub(super) fn element_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let Some(element) = cx.model.elements.get(id) else { return };
        let put = |element: Element| Edit::put(Key::Element(id.clone()), element);
        let (glyph, ink) = element_icon(element);
        let head = Head { glyph, ink, name: &element.name, about: about(cx, element) };
        head.ui(ui, out, id, |name| put(Element { name, ..element.clone() }));
        self.proposals_ui(ui, cx, id, out);
        let of = Origin::of(element.boundary.is_some(), NO_ZONE);
        labelled_from(ui, "Trust boundary", &of, |ui| zone_ui(ui, cx, id, element, out));
        exposure_ui(ui, cx, id);
        let ghosts: Vec<Proposal> =
            self.proposed.of(cx, id).iter().filter(|p| matches!(p.what, Suggestion::Tag(_))).cloned().collect();
        let of = Origin::of(!element.tags.is_empty(), NO_TAGS);
        labelled_from(ui, "Technology", &of, |ui| tags_ui(ui, cx, id, element, &ghosts, out));
        let of = Origin::of(!element.holds.is_empty(), NO_ASSETS);
        labelled_from(ui, "Holds", &of, |ui| {
            let chosen = assets_ui(ui, cx, ("holds", id), &element.holds, out);
            if let Some((holds, new)) = chosen {
                commit_assets(out, put(Element { holds, ..element.clone() }), new);
            }
        });
        super::places::places_ui(ui, cx, id, out);
        ui.add_space(4.0);
        self.risk_ui(ui, cx, id, out);
        self.threats_ui(ui, cx, id, out);
        self.questions_ui(ui, cx, id, out);
        self.controls_ui(ui, cx, id, out);
        self.vulnerabilities_ui(ui, cx, id, out);
        self.profile_ui(ui, cx, id, element, out);
        section(ui, ("details", id), "Details and notes", None, |_| {}, |ui| details_ui(ui, cx, id, element, out));
    }
}

fn about(cx: &ViewCx<'_>, element: &Element) -> String {
    let zone = element.boundary.as_ref().and_then(|b| cx.model.boundaries.get(b));
    let kind = element.kind.label();
    match zone {
        None => format!("{kind} outside of every trust boundary"),
        Some(zone) => {
            let trust = zone.trust.map_or_else(|| "trust unknown".to_owned(), |t| format!("trust {t}"));
            format!("{kind} in {}, {trust}", zone.name)
        }
    }
}

/// Who can get there, which nobody states.
fn exposure_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id) {
    let Some(risk) = cx.assessment.elements.get(id) else { return };
    let from = "from the flows that lead here and the trust of where they come from";
    labelled_from(ui, "Reached from", &Origin::Derived(from.to_owned()), |ui| {
        let surely = crate::text::capitalised(exposure_label(risk.exposure));
        let words = match risk.most_exposure {
            most if most == risk.exposure => surely,
            most => format!("{surely}, at worst {}: the trust of who calls is not stated", exposure_label(most)),
        };
        ui.add(egui::Label::new(RichText::new(words).size(12.0)).wrap());
    });
}

fn zone_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, element: &Element, out: &mut Outbox) {
    let zones: Vec<(Id, String)> = cx.model.boundaries.iter().map(|(id, b)| (id.clone(), zone_label(b))).collect();
    if let Some(into) = optional_choice(ui, ("zone", id), "Trust boundary", element.boundary.as_ref(), &zones, "None") {
        out.commit(Edit::Reparent { items: [id.clone()].into(), into });
    }
}

/// "Data network (T4)".
pub(super) fn zone_label(boundary: &crate::model::Boundary) -> String {
    let trust = boundary.trust.map_or_else(|| "T?".to_owned(), |t| format!("T{t}"));
    format!("{} ({trust})", boundary.name)
}

fn tags_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, element: &Element, ghosts: &[Proposal], out: &mut Outbox) {
    ui.horizontal_wrapped(|ui| {
        let changed = super::technology::chips(ui, cx, &[element], |ui| {
            for ghost in ghosts.iter().filter(|p| p.confidence >= Confidence::Medium) {
                ghost_chip(ui, cx, ghost, out);
            }
        });
        if let Some(change) = changed {
            let mut tags = element.tags.clone();
            change.apply(&mut tags);
            out.commit(Edit::put(Key::Element(id.clone()), Element { tags, ..element.clone() }));
        }
    });
}

/// Chips of assets and a picker. Returns the new set, and a new asset that is in it.
pub(super) fn assets_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    salt: impl egui::AsIdSalt,
    assets: &BTreeSet<Id>,
    out: &mut Outbox,
) -> Option<(BTreeSet<Id>, Option<(Id, Asset)>)> {
    let mut changed = None;
    ui.push_id(salt, |ui| {
        ui.horizontal_wrapped(|ui| {
            for asset in assets {
                let name = cx.model.name_of(asset);
                match record_chip(ui, name, &format!("Remove {name}")) {
                    Some(ChipDeed::Remove) => {
                        let mut rest = assets.clone();
                        rest.remove(asset);
                        changed = Some((rest, None));
                    }
                    Some(ChipDeed::Open) => out.push(Action::ShowRecord(asset.clone())),
                    None => {}
                }
            }
            let button = icon_button(ui, icon::PLUS, "Add an asset");
            let items = || {
                let fresh = cx.model.assets.iter().filter(|(id, _)| !assets.contains(*id));
                fresh.map(|(id, a)| (id.clone(), a.name.clone(), format!("C{} I{} A{}", a.c, a.i, a.a))).collect()
            };
            let (id, new) = match pick(&button, "Search assets", Some("asset"), items) {
                None => return,
                Some(Pick::Item(id)) => (id, None),
                Some(Pick::New(name)) => {
                    let name = if name.is_empty() { "New asset".to_owned() } else { name };
                    let id = out.fresh_id();
                    (id.clone(), Some((id, Asset { name, c: 2, i: 2, a: 2, ..Asset::default() })))
                }
            };
            let mut more = assets.clone();
            more.insert(id);
            changed = Some((more, new));
        });
    });
    changed
}

/// Assigns assets; a new one is created in the same step.
pub(super) fn commit_assets(out: &mut Outbox, assign: Edit, new: Option<(Id, Asset)>) {
    match new {
        None => out.commit(assign),
        Some((id, asset)) => {
            let edits = vec![Edit::put(Key::Asset(id), asset), assign];
            out.push(Action::Commit(Edit::Batch { label: "add asset".into(), edits }));
        }
    }
}

fn details_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, element: &Element, out: &mut Outbox) {
    let put = |element: Element| Edit::put(Key::Element(id.clone()), element);
    labelled_from(ui, "Kind", &Origin::Set, |ui| {
        if let Some(kind) = choice(ui, ("kind", id), "Kind", element.kind, ElementKind::ALL, ElementKind::label) {
            out.commit(put(Element { kind, ..element.clone() }));
        }
    });
    let of = Origin::of_layer(element, cx.library);
    let by = if matches!(of, Origin::Assumed(_)) { "by kind" } else { "by technology" };
    labelled_from(ui, "Layer", &of, |ui| {
        let layers: Vec<(Layer, String)> = Layer::ALL.iter().map(|l| (*l, l.label().to_owned())).collect();
        let default = format!("{} ({by})", cx.library.layer_of(&Element { layer: None, ..element.clone() }).label());
        if let Some(layer) = optional_choice(ui, ("layer", id), "Layer", element.layer.as_ref(), &layers, &default) {
            out.commit(put(Element { layer, ..element.clone() }));
        }
    });
    labelled_from(ui, "Owner", &Origin::of(element.owner.is_some(), NO_OWNER), |ui| {
        person_field(ui, cx, out, "Owner", element.owner.as_ref(), Role::Owner, |owner| {
            put(Element { owner, ..element.clone() })
        });
    });
    scope_ui(ui, ("scope", id), element.out_of_scope.as_deref(), out, |reason| {
        put(Element { out_of_scope: reason, ..element.clone() })
    });
    ui.add_space(4.0);
    super::readers::readers_ui(ui, cx, Key::Element(id.clone()), out);
    text_area(ui, out, ("description", id), "Description", &element.description, "Description", |description| {
        put(Element { description, ..element.clone() })
    });
    text_area(ui, out, ("notes", id), "Notes", &element.notes, "Notes", |notes| put(Element { notes, ..element.clone() }));
}

/// The field that says why something is out of scope.
pub fn scope_reason(id: &Id) -> egui::Id {
    egui::Id::new((("scope", id), "reason"))
}

/// In scope or not, and then why not.
pub(super) fn scope_ui(
    ui: &mut Ui,
    id: impl egui::AsId + Copy,
    reason: Option<&str>,
    out: &mut Outbox,
    put: impl Fn(Option<String>) -> Edit,
) {
    let of = if reason.is_some() { Origin::Set } else { Origin::Assumed("as usual".to_owned()) };
    labelled_from(ui, "Scope", &of, |ui| {
        let mut is_in = reason.is_none();
        if ui.checkbox(&mut is_in, "In scope").changed() {
            out.commit(put((!is_in).then(String::new)));
        }
    });
    if let Some(reason) = reason {
        labelled(ui, "", |ui| {
            text_field(ui, out, (id, "reason"), "Reason", reason, "Why it is out of scope", |text| put(Some(text)));
        });
    }
}
