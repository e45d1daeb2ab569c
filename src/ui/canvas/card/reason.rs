//! Why a threat was accepted, transferred or ruled out: asked for in the moment it is.

use crate::edit::Edit;
use crate::model::Decision;
use crate::risk::Finding;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::widgets::text_field;
use egui::{Frame, Id, Margin, Ui};

/// The field has the keyboard right after the decision; Enter goes back to the canvas, Escape without what was typed.
pub(super) fn ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, finding: &Finding, state: &mut CanvasState) {
    let key = &finding.key;
    let Some(decision) = frame.cx.model.decisions.get(key).filter(|d| d.owes_reason()) else { return };
    let id = Id::new(("card why", key));
    if state.card.asking.as_ref() == Some(key) {
        state.card.asking = None;
        ui.memory_mut(|m| m.request_focus(id));
    }
    let with = |justification| Edit::Decide { threat: key.clone(), decision: Decision { justification, ..decision.clone() } };
    let margin = Margin { left: 10, right: 10, top: 4, bottom: 2 };
    let inner = Frame::new().inner_margin(margin).show(ui, |ui| {
        text_field(ui, frame.out, ("card why", key), "Reason", &decision.justification, "Why? Enter stores it", with)
    });
    if inner.inner.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter) || i.key_pressed(egui::Key::Escape)) {
        ui.memory_mut(|m| m.request_focus(frame.id));
    }
}
