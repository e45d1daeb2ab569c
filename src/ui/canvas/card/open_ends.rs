//! What is open about the item of the card: what its name says that is not stated, and the question that decides most.

use super::is_small;
use crate::model::Id;
use crate::risk::Question;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::questions::{answers, short, stake};
use crate::ui::widgets::{caption, key_button, named};
use crate::ui::{Command, fonts, style};
use egui::{Align, Frame, Key, Label, Layout, Margin, RichText, Ui};

pub(super) fn ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let cx = frame.cx;
    let values: Vec<String> = state.card.likely(cx, id).map(|proposal| proposal.value(cx.model, cx.library)).collect();
    let question = cx.assessment.questions.iter().find(|q| q.about.subject() == Some(id));
    if values.is_empty() && question.is_none() {
        return;
    }
    let sign = |ui: &mut Ui, glyph| {
        let accent = style::ink(ui, Ink::Accent);
        ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 13.0)).color(accent));
    };
    Frame::new().inner_margin(Margin { left: 12, right: 10, top: 3, bottom: 2 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if !values.is_empty() {
            ui.horizontal_wrapped(|ui| {
                sign(ui, icon::SPARKLE);
                let words = values.join(", ");
                let keys = Command::AcceptProposals.keys(ui.ctx()).unwrap_or_default();
                let button = key_button(ui, &words, &keys, false).on_hover_text("What its name says; a click takes it over");
                if named(button, &format!("Proposed: {words}")).clicked() {
                    frame.out.run(Command::AcceptProposals);
                }
            });
        }
        let Some(question) = question else { return };
        if is_small(frame) {
            return asked_in_a_row(ui, frame, question, |ui| sign(ui, icon::QUESTION));
        }
        ui.horizontal_wrapped(|ui| {
            sign(ui, icon::QUESTION);
            let asked = short(&question.about.question(cx.model));
            ui.add(Label::new(RichText::new(asked).size(12.0)).wrap()).on_hover_text(stake(question));
        });
        ui.horizontal(|ui| {
            let possible = answers(cx, &question.about, frame.out.ids());
            // More than Yes and No have no room here.
            for answer in possible.into_iter().filter(|answer| matches!(answer.key, Key::Y | Key::N)) {
                if named(key_button(ui, &answer.label, "", false), &format!("On the card: {}", answer.label)).clicked() {
                    frame.out.commit(answer.edit);
                }
            }
            if named(key_button(ui, "Ask", "F7", false), "Ask by key").clicked() {
                frame.out.run(Command::NextQuestion);
            }
            ui.label(caption(ui, format!("up to {:.0}", question.value)));
        });
    });
}

/// The question on one line, with the key that asks it.
fn asked_in_a_row(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, question: &Question, sign: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        sign(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if named(key_button(ui, "Ask", "F7", false), "Ask by key").clicked() {
                frame.out.run(Command::NextQuestion);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let asked = short(&question.about.question(frame.cx.model));
                let label = Label::new(RichText::new(&asked).size(12.0)).truncate();
                ui.add(label).on_hover_text(format!("{asked} {}", stake(question)));
            });
        });
    });
}
