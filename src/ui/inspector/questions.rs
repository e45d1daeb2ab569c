//! Open questions about what is selected, with the answers beside them.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Authn, Channel, Element, Flow, Id, Key, Protocol, Tri};
use crate::risk::{Question, Unanswered};
use crate::text::capitalised;
use crate::theme::Ink;
use crate::ui::widgets::{caption, choice, named, section};
use crate::ui::{Outbox, ViewCx, style};
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
            |_| {},
            |ui| {
                for question in here {
                    question_ui(ui, cx, question, out);
                    ui.add_space(4.0);
                }
            },
        );
    }
}

fn question_ui(ui: &mut Ui, cx: &ViewCx<'_>, question: &Question, out: &mut Outbox) {
    let asked = question.about.question(cx.model);
    // The name is in the head of the panel already.
    let short = asked.split_once(": ").map_or(asked.as_str(), |(_, rest)| rest);
    ui.add(egui::Label::new(RichText::new(capitalised(short)).size(12.0)).wrap());
    ui.horizontal(|ui| {
        answers_ui(ui, cx, &question.about, short, out);
        let n = question.threats.len();
        let decides = format!("decides {n} threat{}", if n == 1 { "" } else { "s" });
        ui.label(caption(ui, decides));
    });
}

fn answers_ui(ui: &mut Ui, cx: &ViewCx<'_>, about: &Unanswered, asked: &str, out: &mut Outbox) {
    match about {
        Unanswered::Capability(id, capability) => {
            if let (Some(answer), Some(element)) = (yes_no(ui, asked), cx.model.elements.get(id)) {
                let mut element: Element = element.clone();
                element.capabilities.insert(*capability, answer);
                out.commit(Edit::put(Key::Element(id.clone()), element));
            }
        }
        Unanswered::Fact(id, fact) => {
            if let (Some(answer), Some(element)) = (yes_no(ui, asked), cx.model.elements.get(id)) {
                let mut element: Element = element.clone();
                element.facts.insert(*fact, answer);
                out.commit(Edit::put(Key::Element(id.clone()), element));
            }
        }
        Unanswered::Protocol(route) => {
            let Some((id, flow)) = route.first().and_then(|id| Some((id, cx.model.flows.get(id)?))) else { return };
            let all = Protocol::ALL;
            if let Some(protocol) = narrow(ui, ("ask protocol", id), asked, flow.protocol, all, Protocol::label) {
                out.commit(Edit::put(Key::Flow(id.clone()), Flow { protocol, ..flow.clone() }));
            }
        }
        Unanswered::Authn(route) => {
            let Some((id, flow)) = route.first().and_then(|id| Some((id, cx.model.flows.get(id)?))) else { return };
            if let Some(authn) = narrow(ui, ("ask authn", id), asked, flow.authn, Authn::ALL, Authn::label) {
                out.commit(Edit::put(Key::Flow(id.clone()), Flow { authn, ..flow.clone() }));
            }
        }
        Unanswered::Channel(route) => {
            let Some((id, flow)) = route.first().and_then(|id| Some((id, cx.model.flows.get(id)?))) else { return };
            if let Some(channel) = narrow(ui, ("ask channel", id), asked, flow.channel, Channel::ALL, Channel::label) {
                out.commit(Edit::put(Key::Flow(id.clone()), Flow { channel, ..flow.clone() }));
            }
        }
        // Answered by the fields above, or on the canvas.
        Unanswered::Assets(_) | Unanswered::FlowAssets(_) => drop(ui.label(caption(ui, "add data above;"))),
        Unanswered::Callers(_) | Unanswered::Sources(_) | Unanswered::Boundary(_) => {
            ui.label(caption(ui, "place it in a boundary;"));
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

fn yes_no(ui: &mut Ui, asked: &str) -> Option<Tri> {
    let mut answer = None;
    for (value, label) in [(Tri::Yes, "Yes"), (Tri::No, "No")] {
        let text = RichText::new(label).size(12.0).color(style::ink(ui, Ink::Text));
        if named(ui.button(text), &format!("{label}: {asked}")).clicked() {
            answer = Some(value);
        }
    }
    answer
}
