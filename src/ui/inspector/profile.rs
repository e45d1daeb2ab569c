//! What an element does and is: answers of three values, each with where it comes from.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Capability, Element, ElementKind, Fact, Id, Key, Tri};
use crate::risk::Unanswered;
use crate::ui::widgets::{caption, link, section, segmented};
use crate::ui::{Outbox, ViewCx};
use egui::{Align, Layout, Ui};

/// Where an answer comes from.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    You,
    Tag,
    Default,
    Nobody,
}

impl Origin {
    fn label(self) -> &'static str {
        match self {
            Origin::You => "answered here",
            Origin::Tag => "by technology",
            Origin::Default => "assumed",
            Origin::Nobody => "not answered",
        }
    }
}

const ANSWERS: &[(Tri, &str)] = &[(Tri::Yes, "Yes"), (Tri::No, "No"), (Tri::Unknown, "?")];

impl Inspector {
    pub(super) fn profile_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, element: &Element, out: &mut Outbox) {
        section(
            ui,
            ("profile", id),
            "What it does",
            None,
            |_| {},
            |ui| {
                let asked = |about: &Unanswered| cx.assessment.questions.iter().any(|q| &q.about == about);
                if element.kind == ElementKind::Process {
                    for capability in Capability::ALL {
                        let (answer, origin) = capability_of(cx, element, *capability);
                        let matters = origin == Origin::You
                            || answer == Tri::Yes
                            || asked(&Unanswered::Capability(id.clone(), *capability));
                        if (self.all_answers || matters)
                            && let Some(answer) = answer_ui(ui, capability.label(), answer, origin)
                        {
                            let mut capabilities = element.capabilities.clone();
                            set(&mut capabilities, *capability, answer);
                            let element = Element { capabilities, ..element.clone() };
                            out.commit(Edit::put(Key::Element(id.clone()), element));
                        }
                    }
                }
                for fact in Fact::ALL {
                    let (answer, origin) = fact_of(cx, element, *fact);
                    let matters = origin == Origin::You || answer == Tri::Yes || asked(&Unanswered::Fact(id.clone(), *fact));
                    if (self.all_answers || matters)
                        && let Some(answer) = answer_ui(ui, fact.label(), answer, origin)
                    {
                        let mut facts = element.facts.clone();
                        set(&mut facts, *fact, answer);
                        out.commit(Edit::put(Key::Element(id.clone()), Element { facts, ..element.clone() }));
                    }
                }
                let more = if self.all_answers { "Show what matters here" } else { "Show all" };
                if link(ui, more).clicked() {
                    self.all_answers = !self.all_answers;
                }
            },
        );
    }
}

fn set<T: Ord>(answers: &mut std::collections::BTreeMap<T, Tri>, about: T, answer: Tri) {
    if answer == Tri::Unknown {
        answers.remove(&about);
    } else {
        answers.insert(about, answer);
    }
}

fn capability_of(cx: &ViewCx<'_>, element: &Element, capability: Capability) -> (Tri, Origin) {
    let default = if capability.is_rare() { (Tri::No, Origin::Default) } else { (Tri::Unknown, Origin::Nobody) };
    settle(element.capabilities.get(&capability), cx.library.tags.capability(&element.tags, capability), default)
}

fn fact_of(cx: &ViewCx<'_>, element: &Element, fact: Fact) -> (Tri, Origin) {
    settle(element.facts.get(&fact), cx.library.tags.fact(&element.tags, fact), (Tri::Unknown, Origin::Nobody))
}

fn settle(own: Option<&Tri>, by_tag: Tri, default: (Tri, Origin)) -> (Tri, Origin) {
    match (own, by_tag) {
        (Some(answer), _) if *answer != Tri::Unknown => (*answer, Origin::You),
        (_, Tri::Unknown) => default,
        (_, answer) => (answer, Origin::Tag),
    }
}

fn answer_ui(ui: &mut Ui, label: &str, answer: Tri, origin: Origin) -> Option<Tri> {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let chosen = ui.scope(|ui| {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.set_max_width(92.0);
                    segmented(ui, label, answer, ANSWERS)
                })
                .inner
            });
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add(egui::Label::new(egui::RichText::new(label).size(12.0)).truncate()).on_hover_text(label);
                ui.label(caption(ui, origin.label()));
            });
            chosen.inner
        })
        .inner
    })
    .inner
}
