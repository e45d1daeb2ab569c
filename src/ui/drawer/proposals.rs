//! The list of everything that is proposed about the model.

use crate::detect::{Confidence, Proposal, accept, decline};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{caption, elided, filter_chip, icon_button, primary_button};
use crate::ui::{Action, Outbox, Page, ViewCx, fonts, style};
use egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2};

/// Models with more than this are read only while somebody looks.
const LARGE: usize = 1500;
const ROW: f32 = 28.0;

/// What is proposed about a model.
#[derive(Debug)]
pub struct ProposalsFound {
    /// The content that was read.
    pub content: u64,
    /// The surest first.
    pub all: Vec<Proposal>,
}

#[derive(Default)]
pub struct Proposals {
    /// Only what is of high confidence.
    sure_only: bool,
    /// The button that accepts them takes the keyboard.
    review: bool,
}

/// How many there are, as far as that is known.
pub fn count(cx: &ViewCx<'_>) -> Option<usize> {
    cx.proposals.map(|found| found.all.len())
}

/// Has names read where they are others now; of a large model only while somebody looks at what they say.
pub fn anticipate(cx: &ViewCx<'_>, out: &mut Outbox) {
    let is_small = cx.model.elements.len() + cx.model.flows.len() <= LARGE;
    let is_looked_at = is_small || cx.docks.is_shown(Page::Proposals);
    if is_looked_at && !cx.is_previewing && cx.proposals.is_none_or(|found| found.content != cx.content_now) {
        out.push(Action::ReadNames);
    }
}

impl Proposals {
    pub fn review_sure(&mut self) {
        (self.sure_only, self.review) = (true, true);
    }

    /// The filter and the button for all that are sure, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let all = proposed(cx);
        let sure: Vec<Proposal> = all.iter().filter(|p| p.confidence == Confidence::High).cloned().collect();
        if !sure.is_empty() {
            let button = primary_button(ui, &format!("Accept {} of high confidence", sure.len()));
            if std::mem::take(&mut self.review) {
                button.request_focus();
            }
            if button.clicked() {
                let edit = accept(cx.model, &sure, &mut || out.fresh_id());
                out.commit(edit);
                self.sure_only = false;
            }
        }
        if filter_chip(ui, self.sure_only, "High confidence").clicked() {
            self.sure_only = !self.sure_only;
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let all = proposed(cx);
        let shown: Vec<&Proposal> = all.iter().filter(|p| !self.sure_only || p.confidence == Confidence::High).collect();
        if shown.is_empty() {
            let words = if cx.proposals.is_none() {
                "Reading the names…"
            } else if all.is_empty() {
                "Names say nothing that is not stated already."
            } else {
                "Nothing is of high confidence."
            };
            return super::empty_ui(ui, words);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, shown.len(), |ui, range| {
            for proposal in shown.get(range).unwrap_or_default() {
                row(ui, cx, proposal, out);
            }
        });
    }
}

fn proposed<'a>(cx: &ViewCx<'a>) -> &'a [Proposal] {
    cx.proposals.map(|found| found.all.as_slice()).unwrap_or_default()
}

fn row(ui: &mut Ui, cx: &ViewCx<'_>, proposal: &Proposal, out: &mut Outbox) {
    let name = name_of(cx.model, &proposal.at);
    let value = proposal.value(cx.model, cx.library);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (about, sure) = (proposal.what.about(), proposal.confidence.label());
    response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::SelectableLabel, true, format!("{name}: {about}, {value}, {sure} confidence"))
    });
    let is_selected = cx.selection.items.contains(&proposal.at);
    if is_selected || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, style::ink(ui, if is_selected { Ink::AccentSoft } else { Ink::Raised }));
    }
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let buttons = 64.0;
    let width = (rect.width() - buttons - 24.0).max(100.0);
    let cells = [
        (0.0, 0.2, name.as_str(), Face::Regular, text),
        (0.2, 0.34, about, Face::Regular, muted),
        (0.34, 0.54, value.as_str(), Face::Bold, text),
        (0.62, 1.0, &proposal.reasons.join("; "), Face::Regular, muted),
    ];
    for (from, to, words, face, color) in cells {
        let galley = elided(ui, words, fonts::font(face, 12.0), color, width * (to - from) - 10.0);
        ui.painter().galley(pos2(rect.left() + 12.0 + width * from, rect.center().y - galley.size().y / 2.0), galley, color);
    }
    steps(ui, pos2(rect.left() + 12.0 + width * 0.54, rect.center().y), proposal.confidence);
    let end = rect.with_min_x(rect.right() - buttons);
    let mut end = ui.new_child(UiBuilder::new().max_rect(end).layout(Layout::right_to_left(Align::Center)));
    end.add_space(8.0);
    end.spacing_mut().item_spacing.x = 2.0;
    if icon_button(&mut end, icon::X, &format!("Decline {value} for {name}")).clicked() {
        out.commit(decline(cx.model, std::slice::from_ref(proposal)));
    }
    if icon_button(&mut end, icon::CHECK, &format!("Accept {value} for {name}")).clicked() {
        let edit = accept(cx.model, std::slice::from_ref(proposal), &mut || out.fresh_id());
        out.commit(edit);
    }
    if response.hovered() {
        out.push(Action::Hover(proposal.at.clone()));
    }
    if response.clicked() {
        out.push(Action::Select(Selection::one(proposal.at.clone())));
        out.push(Action::Reveal(proposal.at.clone()));
    }
}

/// Confidence as one to three steps and its word.
fn steps(ui: &Ui, at: egui::Pos2, confidence: Confidence) {
    let full = match confidence {
        Confidence::High => 3,
        Confidence::Medium => 2,
        Confidence::Low => 1,
    };
    for n in 0..3 {
        let height = 4.0 + 3.0 * n as f32;
        let bar = egui::Rect::from_min_size(pos2(at.x + 5.0 * n as f32, at.y + 5.0 - height), vec2(3.0, height));
        ui.painter().rect_filled(bar, 0.0, style::ink(ui, if n < full { Ink::Accent } else { Ink::Border }));
    }
    let word = caption(ui, confidence.label());
    let galley = elided(ui, word.text(), fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Muted), 60.0);
    ui.painter().galley(pos2(at.x + 20.0, at.y - galley.size().y / 2.0), galley, style::ink(ui, Ink::Muted));
}
