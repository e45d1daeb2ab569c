//! Open questions about what is selected, with the answers beside them.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Authn, Channel, Flow, Id, Key, Protocol};
use crate::risk::{Finding, Question, Unanswered};
use crate::theme::Ink;
use crate::ui::questions::{alike, answers, for_all, short, stake};
use crate::ui::widgets::{caption, choice, key_cap, named, section};
use crate::ui::{Command, Outbox, ViewCx, style};
use egui::{RichText, Ui};

impl Inspector {
    pub(super) fn questions_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let here: Vec<&Question> = cx.assessment.questions.iter().filter(|q| q.about.subject() == Some(id)).collect();
        if here.is_empty() {
            return;
        }
        section(
            ui,
            ("questions", id),
            "Questions",
            Some(here.len()),
            |ui| key_cap(ui, &Command::NextQuestion.keys(ui.ctx()).unwrap_or_default()),
            |ui| {
                for question in here {
                    question_ui(ui, cx, question, out);
                    ui.add_space(4.0);
                }
            },
        );
    }
}

/// What is not stated yet and decides whether a threat applies, to be answered on the spot.
pub(super) fn missing_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
    if finding.missing.is_empty() {
        return;
    }
    ui.label(caption(ui, "It applies only if this is answered so"));
    let about: std::collections::BTreeSet<Unanswered> = finding.missing.iter().map(Unanswered::at_source).collect();
    for question in cx.assessment.questions.iter().filter(|q| about.contains(&q.about)) {
        ui.push_id("missing", |ui| question_ui(ui, cx, question, out));
    }
}

fn question_ui(ui: &mut Ui, cx: &ViewCx<'_>, question: &Question, out: &mut Outbox) {
    // The name is in the head of the panel already.
    let asked = short(&question.about.question(cx.model));
    ui.add(egui::Label::new(RichText::new(&asked).size(12.0)).wrap());
    ui.horizontal(|ui| answers_ui(ui, cx, &question.about, &asked, out));
    ui.label(caption(ui, stake(question)));
}

fn answers_ui(ui: &mut Ui, cx: &ViewCx<'_>, about: &Unanswered, asked: &str, out: &mut Outbox) {
    let flow = |route: &crate::risk::FlowRoute| route.first().and_then(|id| Some((id.clone(), cx.model.flows.get(id)?.clone())));
    match about {
        Unanswered::Capability(..) | Unanswered::Fact(..) => yes_no_ui(ui, cx, about, asked, out),
        Unanswered::Protocol(route) => {
            let Some((id, flow)) = flow(route) else { return };
            let all = Protocol::ALL;
            if let Some(protocol) = narrow(ui, ("ask protocol", &id), asked, flow.protocol, all, Protocol::label) {
                out.commit(Edit::put(Key::Flow(id), Flow { protocol, ..flow }));
            }
        }
        Unanswered::Authn(route) => {
            let Some((id, flow)) = flow(route) else { return };
            if let Some(authn) = narrow(ui, ("ask authn", &id), asked, flow.authn, Authn::ALL, Authn::label) {
                out.commit(Edit::put(Key::Flow(id), Flow { authn, ..flow }));
            }
        }
        Unanswered::Channel(route) => {
            let Some((id, flow)) = flow(route) else { return };
            if let Some(channel) = narrow(ui, ("ask channel", &id), asked, flow.channel, Channel::ALL, Channel::label) {
                out.commit(Edit::put(Key::Flow(id), Flow { channel, ..flow }));
            }
        }
        // Answered by the fields above, or on the canvas.
        Unanswered::Assets(_) | Unanswered::FlowAssets(_) => drop(ui.label(caption(ui, "add data above"))),
        Unanswered::Callers(_) | Unanswered::Sources(_) | Unanswered::Boundary(_) => {
            ui.label(caption(ui, "place it in a boundary, or say how far that is trusted"));
        }
    }
}

fn narrow<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl egui::AsId,
    name: &str,
    current: T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    ui.scope(|ui| {
        ui.set_max_width(150.0);
        choice(ui, id, name, current, all, label)
    })
    .inner
}

/// Yes and No; with others alike also for all of them at once.
fn yes_no_ui(ui: &mut Ui, cx: &ViewCx<'_>, about: &Unanswered, asked: &str, out: &mut Outbox) {
    let like_it = alike(cx, about);
    let flag = ui.id().with(("for all", about.spelled()));
    let mut is_for_all = ui.data(|d| d.get_temp::<bool>(flag)).unwrap_or_default() && !like_it.is_empty();
    let mut given = None;
    for answer in answers(cx, about, out.ids()) {
        let text = RichText::new(&answer.label).size(12.0).color(style::ink(ui, Ink::Text));
        if named(ui.button(text), &format!("{}: {asked}", answer.label)).clicked() {
            given = Some(answer);
        }
    }
    if !like_it.is_empty() {
        let words = RichText::new(format!("also for {} alike", like_it.len())).size(11.0);
        ui.checkbox(&mut is_for_all, words);
        ui.data_mut(|d| d.insert_temp(flag, is_for_all));
    }
    if let Some(answer) = given {
        let like_it = if is_for_all { like_it } else { Vec::new() };
        let edit = for_all(cx, answer, &like_it, out.ids());
        out.commit(edit);
    }
}
