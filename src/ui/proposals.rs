//! Proposals as people meet them: a row with its reason, and a chip that is not there yet.

use super::widgets::{bold, caption, icon_button, named};
use super::{Outbox, ViewCx, fonts, style};
use crate::detect::{Detector, Proposal, accept, decline};
use crate::model::Id;
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{Align, Label, Layout, Sense, Shape, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// What was proposed last about one thing, for a state of the model.
#[derive(Debug, Default)]
pub struct Memo {
    of: Option<(u64, Id)>,
    proposals: Vec<Proposal>,
}

impl Memo {
    pub fn of(&mut self, cx: &ViewCx<'_>, id: &Id) -> &[Proposal] {
        let wanted = Some((cx.content, id.clone()));
        if self.of != wanted {
            self.proposals = Detector::new(cx.model, cx.library).about(id);
            self.of = wanted;
        }
        &self.proposals
    }

    /// What was proposed about this when it was last asked for.
    pub fn last(&self, id: &Id) -> &[Proposal] {
        if self.of.as_ref().is_some_and(|(_, of)| of == id) { &self.proposals } else { &[] }
    }
}

/// A proposal with what it is about, how sure it is and why, and the two answers.
pub fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, proposal: &Proposal, out: &mut Outbox) {
    let value = proposal.value(cx.model, cx.library);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if icon_button(ui, icon::X, &format!("Decline {value}")).clicked() {
                out.commit(decline(cx.model, std::slice::from_ref(proposal)));
            }
            if icon_button(ui, icon::CHECK, &format!("Accept {value}")).clicked() {
                accept_one(cx, proposal, out);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(bold(&value)).truncate());
            });
        });
    });
    let (about, sure) = (proposal.what.about(), proposal.confidence.label().to_lowercase());
    ui.add(Label::new(caption(ui, format!("{about}, {sure} confidence: {}", proposal.reasons.join("; ")))).wrap());
    ui.add_space(2.0);
}

fn accept_one(cx: &ViewCx<'_>, proposal: &Proposal, out: &mut Outbox) {
    let edit = accept(cx.model, std::slice::from_ref(proposal), &mut || out.fresh_id());
    out.commit(edit);
}

/// The chip it would be, dashed. A click accepts.
pub fn ghost_chip(ui: &mut Ui, cx: &ViewCx<'_>, proposal: &Proposal, out: &mut Outbox) {
    let value = proposal.value(cx.model, cx.library);
    let ink = style::ink(ui, Ink::Muted);
    let widest = (ui.max_rect().width() - 60.0).max(24.0);
    let galley = super::widgets::elided(ui, &value, fonts::font(Face::Regular, 12.0), ink, widest);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 28.0, 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Take over {value}")));
    let painter = ui.painter();
    let edge = if response.hovered() || response.has_focus() { Ink::Accent } else { Ink::BorderStrong };
    let r = rect.shrink(0.5);
    let corners = [r.left_top(), r.right_top(), r.right_bottom(), r.left_bottom(), r.left_top()];
    painter.extend(Shape::dashed_line(&corners, style::line(ui, edge), 3.0, 2.0));
    let glyph = fonts::font(Face::Icon, 11.0);
    painter.text(
        pos2(rect.left() + 11.0, rect.center().y),
        egui::Align2::CENTER_CENTER,
        icon::SPARKLE,
        glyph,
        style::ink(ui, Ink::Accent),
    );
    painter.galley(pos2(rect.left() + 21.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    let why = format!("{} confidence: {}", proposal.confidence.label(), proposal.reasons.join("; "));
    if named(response.on_hover_text(why), &format!("Take over {value}")).clicked() {
        accept_one(cx, proposal, out);
    }
}
