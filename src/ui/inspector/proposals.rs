//! What the name of the selected thing says about it, to accept or decline.

use super::Inspector;
use crate::detect::{Confidence, accept};
use crate::model::Id;
use crate::ui::proposals::row_ui;
use crate::ui::widgets::{key_cap, link, named, section};
use crate::ui::{Command, Outbox, ViewCx};
use egui::Ui;

impl Inspector {
    pub(super) fn proposals_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let proposals = self.proposed.of(cx, id);
        if proposals.is_empty() {
            return;
        }
        let sure = proposals.iter().filter(|p| p.confidence >= Confidence::Medium).count();
        let mut all = false;
        section(
            ui,
            ("proposals", id),
            "Proposals",
            Some(proposals.len()),
            |ui| {
                if sure > 0 {
                    key_cap(ui, &Command::AcceptProposals.keys(ui.ctx()).unwrap_or_default());
                    all = named(link(ui, "Accept"), "Accept what is proposed here").clicked();
                }
            },
            |ui| {
                for proposal in proposals {
                    row_ui(ui, cx, proposal, out);
                }
            },
        );
        if all {
            let chosen: Vec<_> = proposals.iter().filter(|p| p.confidence >= Confidence::Medium).cloned().collect();
            let edit = accept(cx.model, &chosen, &mut || out.fresh_id());
            out.commit(edit);
        }
    }
}
