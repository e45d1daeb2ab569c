//! A trust boundary: what it is and how far what is inside is trusted.

use super::origin::{Origin, labelled_from};
use super::{Head, Inspector};
use crate::edit::Edit;
use crate::model::{Boundary, BoundaryKind, Id, Key, Role, trust_label, trust_meaning};
use crate::text::icon;
use crate::theme::Ink;
use crate::ui::people::person_field;
use crate::ui::widgets::{caption, choice, labelled, optional_choice, section, segmented, text_area, text_field};
use crate::ui::{Outbox, ViewCx};
use egui::{Label, Ui};

const TRUST: &[(Option<u8>, &str)] =
    &[(Some(0), "0"), (Some(1), "1"), (Some(2), "2"), (Some(3), "3"), (Some(4), "4"), (None, "?")];

impl Inspector {
    pub(super) fn boundary_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let Some(boundary) = cx.model.boundaries.get(id) else { return };
        let put = |boundary: Boundary| Edit::put(Key::Boundary(id.clone()), boundary);
        let members = cx.model.elements.keys().filter(|e| cx.model.boundary_chain(e).contains(id)).count();
        let about = format!("Trust boundary with {members} element{}", if members == 1 { "" } else { "s" });
        let head = Head { glyph: icon::SELECTION, ink: Ink::Boundary, name: &boundary.name, about };
        head.ui(ui, out, id, |name| put(Boundary { name, ..boundary.clone() }));
        self.proposals_ui(ui, cx, id, out);
        let of = Origin::of(boundary.trust.is_some(), "threats that hang on it only may apply");
        labelled_from(ui, "Trust", &of, |ui| {
            if let Some(trust) = segmented(ui, "Trust", boundary.trust, TRUST) {
                out.commit(put(Boundary { trust, ..boundary.clone() }));
            }
        });
        let words = format!("{}: {}", trust_label(boundary.trust), trust_meaning(boundary.trust));
        labelled(ui, "", |ui| ui.add(Label::new(caption(ui, words)).wrap()));
        labelled_from(ui, "Kind", &Origin::Set, |ui| {
            if let Some(kind) = choice(ui, ("kind", id), "Kind", boundary.kind, BoundaryKind::ALL, BoundaryKind::label) {
                out.commit(put(Boundary { kind, ..boundary.clone() }));
            }
        });
        labelled_from(ui, "Parent", &Origin::Set, |ui| {
            // A boundary cannot be inside itself or of what it contains.
            let outside = cx.model.boundaries.iter().filter(|(other, _)| !cx.model.boundary_path(other).contains(id));
            let zones: Vec<(Id, String)> = outside.map(|(id, b)| (id.clone(), super::element::zone_label(b))).collect();
            if let Some(into) =
                optional_choice(ui, ("parent", id), "Parent trust boundary", boundary.parent.as_ref(), &zones, "None")
            {
                out.commit(Edit::Reparent { items: [id.clone()].into(), into });
            }
        });
        ui.add_space(4.0);
        self.risk_ui(ui, cx, id, out);
        self.threats_ui(ui, cx, id, out);
        self.questions_ui(ui, cx, id, out);
        self.controls_ui(ui, cx, id, out);
        section(
            ui,
            ("details", id),
            "Details and notes",
            None,
            |_| {},
            |ui| {
                labelled_from(ui, "Region", &Origin::of(boundary.region.is_some(), "no law of a place is thought of"), |ui| {
                    let region = boundary.region.as_deref().unwrap_or_default();
                    text_field(ui, out, ("region", id), "Region", region, "Law that applies, for example EU", |text| {
                        let region = Some(text).filter(|t| !t.is_empty());
                        put(Boundary { region, ..boundary.clone() })
                    });
                });
                labelled_from(ui, "Owner", &Origin::of(boundary.owner.is_some(), "nobody answers for it"), |ui| {
                    person_field(ui, cx, out, "Owner", boundary.owner.as_ref(), Role::Owner, |owner| {
                        put(Boundary { owner, ..boundary.clone() })
                    });
                });
                super::readers::readers_ui(ui, cx, Key::Boundary(id.clone()), out);
                text_area(ui, out, ("description", id), "Description", &boundary.description, "Description", |description| {
                    put(Boundary { description, ..boundary.clone() })
                });
            },
        );
    }
}
