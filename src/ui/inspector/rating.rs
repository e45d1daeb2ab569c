//! Risk of what is selected: three bars and the chain of factors behind the worst threat.

use super::Inspector;
use crate::model::{Band, Disposition, Id, ThreatKey};
use crate::risk::{Explanation, Finding, FindingStatus, Rating, Step, StepKind};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{bold, caption, hatch, paint_ground, section};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Align2, Layout, Rect, Sense, Shape, Ui, WidgetInfo, WidgetType, pos2, vec2};
use std::sync::Arc;

impl Inspector {
    pub(super) fn risk_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let Some(finding) = shown(cx, id) else { return };
        let is_selected = cx.selection.threat.as_ref() == Some(&finding.key);
        let which = if is_selected { "selected threat" } else { "worst threat" };
        section(
            ui,
            ("risk", id),
            "Risk",
            None,
            |ui| drop(ui.label(caption(ui, which))),
            |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                bar(ui, "Inherent", &finding.inherent, None);
                bar(ui, "Current", &finding.current, None);
                bar(ui, "Planned", &finding.planned, Some(&finding.current));
                possible_ui(ui, cx, id, &finding.current);
                ui.add_space(6.0);
                if let Some(why) = self.why.of(cx, &finding.key) {
                    why_ui(ui, cx, finding, &why, out);
                }
            },
        );
    }
}

/// The selected threat if it is of this item, else its worst.
fn shown<'a>(cx: &ViewCx<'a>, id: &Id) -> Option<&'a Finding> {
    let selected = cx.selection.threat.as_ref().and_then(|key| cx.assessment.findings.get(key));
    let of_this = selected.filter(|f| &f.key.anchor == id);
    of_this.or_else(|| cx.assessment.at(id).filter(|f| f.counts()).max_by(|a, b| a.current.score.total_cmp(&b.current.score)))
}

/// A row with label, bar, value and letter; `ghost` is drawn as a dashed outline behind.
fn bar(ui: &mut Ui, label: &str, rating: &Rating, ghost: Option<&Rating>) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let spoken = format!("{label} risk {:.1}, {}", rating.score, rating.band.label());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &spoken));
    let painter = ui.painter();
    let text = style::ink(ui, Ink::Text);
    painter.text(rect.left_center(), Align2::LEFT_CENTER, label, fonts::font(Face::Regular, 12.0), style::ink(ui, Ink::Muted));
    let track =
        Rect::from_min_max(pos2(rect.left() + 60.0, rect.center().y - 6.0), pos2(rect.right() - 60.0, rect.center().y + 6.0));
    painter.rect_filled(track, 3.0, style::ink(ui, Ink::Raised));
    let part = |score: f64| track.with_max_x(track.left() + track.width() * (score / 100.0).clamp(0.0, 1.0) as f32);
    if let Some(ghost) = ghost.filter(|g| g.score > rating.score) {
        let r = part(ghost.score).shrink(0.5);
        let corners = [r.left_top(), r.right_top(), r.right_bottom(), r.left_bottom(), r.left_top()];
        painter.extend(Shape::dashed_line(&corners, style::line(ui, Ink::BorderStrong), 3.0, 2.0));
    }
    if rating.score > 0.0 {
        paint_ground(ui, part(rating.score.max(1.0)), 3.0, rating.band);
    }
    let at = pos2(rect.right() - 20.0, rect.center().y);
    painter.text(at, Align2::RIGHT_CENTER, format!("{:.1}", rating.score), fonts::font(Face::Bold, 12.0), text);
    let letter = style::ink(ui, Ink::RiskOutline(rating.band));
    let at = pos2(rect.right() - 2.0, rect.center().y);
    painter.text(at, Align2::RIGHT_CENTER, rating.band.letter(), fonts::font(Face::Bold, 12.0), letter);
}

/// What unanswered questions may add to this item, hatched behind what is sure.
fn possible_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, current: &Rating) {
    let open = cx.assessment.at(id).filter(|f| f.status == FindingStatus::Possible);
    let open: Vec<&Finding> = open.filter(|f| f.disposition != Disposition::NotApplicable).collect();
    let Some(worst) = open.iter().map(|f| &f.current).max_by(|a, b| a.score.total_cmp(&b.score)) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let spoken = format!("Possible risk up to {:.1}, {} threats wait for answers", worst.score, open.len());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &spoken));
    let (painter, muted) = (ui.painter(), style::ink(ui, Ink::Muted));
    painter.text(rect.left_center(), Align2::LEFT_CENTER, "Possible", fonts::font(Face::Regular, 12.0), muted);
    let track =
        Rect::from_min_max(pos2(rect.left() + 60.0, rect.center().y - 6.0), pos2(rect.right() - 60.0, rect.center().y + 6.0));
    painter.rect_filled(track, 3.0, style::ink(ui, Ink::Raised));
    let at = |score: f64| track.left() + track.width() * (score / 100.0).clamp(0.0, 1.0) as f32;
    hatch(painter, track.with_max_x(at(worst.score.max(1.0))), style::ink(ui, Ink::RiskOutline(worst.band)));
    // How far what is sure reaches already.
    painter.vline(at(current.score), track.y_range(), style::line(ui, Ink::Text));
    let value = pos2(rect.right() - 20.0, rect.center().y);
    painter.text(value, Align2::RIGHT_CENTER, format!("{:.1}", worst.score), fonts::font(Face::Regular, 12.0), muted);
    let letter = pos2(rect.right() - 2.0, rect.center().y);
    painter.text(letter, Align2::RIGHT_CENTER, "?", fonts::font(Face::Bold, 12.0), muted);
    response.on_hover_text(spoken);
}

fn why_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, why: &Explanation, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.label(bold(format!("Why {:.1}", finding.current.score)));
        if why.routes > 1 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(caption(ui, format!("{} routes, worst of them", why.routes)));
            });
        }
    });
    ui.add_space(2.0);
    for step in &why.steps {
        step_ui(ui, cx, step, out);
    }
}

/// Width of the column of factors.
const FACTORS: f32 = 50.0;

/// A row of the chain: what goes in is muted, what comes out is bold. One that is about a record of the model leads there.
fn step_ui(ui: &mut Ui, cx: &ViewCx<'_>, step: &Step, out: &mut Outbox) {
    let is_result = step.kind == StepKind::Result;
    let color = style::ink(ui, if is_result { Ink::Text } else { Ink::Muted });
    let font = fonts::font(if is_result { Face::Bold } else { Face::Regular }, 12.0);
    let (factor, words) = in_columns(step);
    let about = step.about.as_ref().filter(|id| is_there(cx, id));
    let room = ui.available_width() - FACTORS - if about.is_some() { 16.0 } else { 0.0 };
    let words = ui.painter().layout(words, font, color, room);
    let height = words.size().y + 4.0;
    let size = vec2(ui.available_width(), if about.is_some() { height.max(24.0) } else { height });
    let (rect, response) = ui.allocate_exact_size(size, if about.is_some() { Sense::click() } else { Sense::hover() });
    let said = format!("{} {}", step.factor, step.words);
    let role = if about.is_some() { WidgetType::Button } else { WidgetType::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &said));
    if about.is_some() && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(rect, 3.0, style::ink(ui, Ink::Raised));
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 3.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
        }
    }
    let factor = ui.painter().layout_no_wrap(factor, fonts::font(Face::Mono, 11.0), color);
    let at = pos2(rect.left() + FACTORS - 8.0 - factor.size().x, rect.top() + 3.0);
    ui.painter().galley(at, factor, color);
    ui.painter().galley(pos2(rect.left() + FACTORS, rect.top() + 2.0), words, color);
    if let Some(id) = about {
        let at = pos2(rect.right() - 6.0, rect.top() + 10.0);
        let accent = style::ink(ui, Ink::Accent);
        ui.painter().text(at, Align2::CENTER_CENTER, icon::CARET_RIGHT, fonts::font(Face::Icon, 11.0), accent);
        if response.on_hover_text(format!("Show {}", crate::risk::name_of(cx.model, id))).clicked() {
            out.push(Action::ShowRecord(id.clone()));
        }
    }
}

/// Whether there is such a record to be shown.
fn is_there(cx: &ViewCx<'_>, id: &Id) -> bool {
    let model = cx.model;
    let drawn = model.item_key(id).is_some() || model.assets.contains_key(id) || model.agents.contains_key(id);
    drawn || model.vulnerabilities.contains_key(id) || model.instances.contains_key(id)
}

/// The figure for the column of factors, and all words beside it.
fn in_columns(step: &Step) -> (String, String) {
    let joined = |word: &str| format!("{word}: {}", step.words);
    let is_level = |word: &str| Band::ALL.iter().any(|b| b.label() == word);
    match step.factor.split_once(' ') {
        // A score comes with its level.
        Some((score, level)) if is_level(level) => (score.to_owned(), joined(level)),
        // "held at × 8"
        Some(("held", rest)) => (rest.trim_start_matches("at ").to_owned(), joined("held")),
        None if is_level(&step.factor) => (String::new(), joined(&step.factor)),
        _ => (step.factor.clone(), step.words.clone()),
    }
}

/// The explanation made last. It belongs to one document, so it is kept with the panel.
#[derive(Default)]
pub(super) struct LastExplanation(Option<Explained>);

struct Explained {
    content: u64,
    key: ThreatKey,
    finding: Option<Finding>,
    explanation: Option<Arc<Explanation>>,
}

impl LastExplanation {
    /// Why a threat is rated as it is, made once for each state of the model; while something is in the hand, only where
    /// that changes the threat.
    pub(super) fn of(&mut self, cx: &ViewCx<'_>, key: &ThreatKey) -> Option<Arc<Explanation>> {
        let finding = || cx.actual.findings.get(key);
        let holds =
            |last: &&Explained| last.content == cx.content_now || (cx.is_previewing && last.finding.as_ref() == finding());
        if let Some(last) = self.0.as_ref().filter(|last| last.key == *key).filter(holds) {
            return last.explanation.clone();
        }
        let made = cx.live.and_then(|live| live.explain(cx.model, key)).map(Arc::new);
        let (key, finding) = (key.clone(), finding().cloned());
        self.0 = Some(Explained { content: cx.content_now, key, finding, explanation: made.clone() });
        made
    }
}
