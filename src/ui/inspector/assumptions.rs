//! What is taken for granted.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Assumption, AssumptionStatus, Id, Key};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, icon_button, labelled, section, segmented, text_area};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui, vec2};

const STATUS: &[(AssumptionStatus, &str)] =
    &[(AssumptionStatus::Open, "Open"), (AssumptionStatus::Confirmed, "Confirmed"), (AssumptionStatus::Refuted, "Refuted")];

impl Inspector {
    pub(super) fn assumptions_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let mut add = false;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, "New assumption").clicked();
        section(ui, "assumptions", "Assumptions", Some(cx.model.assumptions.len()), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (id, assumption) in &cx.model.assumptions {
                let is_open = self.unfolded.as_ref() == Some(id);
                let mut row = Row::new(ui, 26.0, is_open, &assumption.text);
                row.rest = row.whole.shrink2(vec2(4.0, 0.0));
                let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
                row.right(assumption.status.label(), fonts::font(Face::Regular, 11.0), muted);
                row.text(&assumption.text, fonts::font(Face::Regular, 12.0), text);
                if row.response.on_hover_text(&assumption.text).clicked() {
                    self.toggle(id);
                }
                if is_open {
                    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
                    frame.show(ui, |ui| assumption_ui(ui, id, assumption, out));
                }
            }
        });
        if add {
            let id = out.fresh_id();
            let assumption = Assumption { text: "New assumption".into(), ..Assumption::default() };
            out.commit(Edit::put(Key::Assumption(id.clone()), assumption));
            self.unfolded = Some(id);
        }
    }
}

fn assumption_ui(ui: &mut Ui, id: &Id, assumption: &Assumption, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let put = |assumption: Assumption| Edit::put(Key::Assumption(id.clone()), assumption);
    text_area(ui, out, ("text", id), "Assumption", &assumption.text, "What is taken for granted", |text| {
        put(Assumption { text, ..assumption.clone() })
    });
    labelled(ui, "Status", |ui| {
        if let Some(status) = segmented(ui, "Status of the assumption", assumption.status, STATUS) {
            out.commit(put(Assumption { status, ..assumption.clone() }));
        }
    });
    if ui.button("Delete").clicked() {
        out.commit(Edit::Remove { keys: [Key::Assumption(id.clone())].into() });
    }
}
