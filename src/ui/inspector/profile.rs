//! What an element does and is: answers of three values, each with where it comes from.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Capability, Element, ElementKind, Fact, Id, Key, Tri};
use crate::risk::Unanswered;
use crate::text::{Face, capitalised};
use crate::theme::Ink;
use crate::ui::widgets::{elided, link, section, segmented};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Align, Layout, Sense, Ui, UiBuilder, pos2, vec2};

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

/// Room for the answers, in points.
const ANSWERS_WIDTH: f32 = 92.0;

impl Inspector {
    pub(super) fn profile_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, element: &Element, out: &mut Outbox) {
        section(
            ui,
            ("profile", id),
            "What it does",
            None,
            |_| {},
            |ui| {
                let here = cx.assessment.questions.iter().filter(|q| q.about.subject() == Some(id));
                let here: Vec<&Unanswered> = here.map(|q| &q.about).collect();
                let asked = |about: &Unanswered| here.contains(&about);
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

/// A row with the words and where the answer comes from at the left, the three answers at the right.
fn answer_ui(ui: &mut Ui, label: &str, answer: Tri, origin: Origin) -> Option<Tri> {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let split = rect.right() - ANSWERS_WIDTH;
    let width = split - rect.left() - 8.0;
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let upper = elided(ui, &capitalised(label), fonts::font(Face::Regular, 12.0), text, width);
    let lower = elided(ui, origin.label(), fonts::font(Face::Regular, 11.0), muted, width);
    let is_cut = upper.elided;
    ui.painter().galley(pos2(rect.left(), rect.top() + 2.0), upper, text);
    ui.painter().galley(pos2(rect.left(), rect.top() + 17.0), lower, muted);
    let answers = UiBuilder::new().max_rect(rect.with_min_x(split)).layout(Layout::left_to_right(Align::Center));
    let chosen = segmented(&mut ui.new_child(answers), label, answer, ANSWERS);
    if is_cut {
        response.on_hover_text(label);
    }
    chosen
}
