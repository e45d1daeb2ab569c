//! Risk of what is selected: three bars and the chain of factors behind the worst threat.

use super::Inspector;
use crate::model::{Band, Id, ThreatKey};
use crate::risk::{self, Explanation, Finding, Rating, Step, StepKind};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{bold, caption, paint_ground, section};
use crate::ui::{ViewCx, fonts, style};
use egui::{Align, Align2, Layout, Rect, Sense, Shape, Ui, WidgetInfo, WidgetType, pos2, vec2};
use std::sync::Arc;

impl Inspector {
    pub(super) fn risk_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id) {
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
                ui.add_space(6.0);
                why_ui(ui, cx, finding);
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

fn why_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding) {
    let Some(why) = explanation(ui, cx, &finding.key) else { return };
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
        step_ui(ui, step);
    }
}

/// Width of the column of factors.
const FACTORS: f32 = 58.0;

fn step_ui(ui: &mut Ui, step: &Step) {
    let is_result = step.kind == StepKind::Result;
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let font = fonts::font(if is_result { Face::Bold } else { Face::Regular }, 12.0);
    // A score comes with its level, which reads better among the words.
    let level = step.factor.split_once(' ').filter(|(_, level)| Band::ALL.iter().any(|b| b.label() == *level));
    let (factor, words) = level.map_or_else(
        || (step.factor.clone(), step.words.clone()),
        |(score, level)| (score.to_owned(), format!("{level}: {}", step.words)),
    );
    let words = ui.painter().layout(words, font, text, ui.available_width() - FACTORS);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), words.size().y + 5.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{} {}", step.factor, step.words)));
    let color = if is_result { text } else { muted };
    let factor = ui.painter().layout_no_wrap(factor, fonts::font(Face::Mono, 11.0), color);
    let at = pos2(rect.left() + FACTORS - 8.0 - factor.size().x, rect.top() + 3.0);
    ui.painter().galley(at, factor, text);
    ui.painter().galley(pos2(rect.left() + FACTORS, rect.top() + 2.0), words, text);
}

/// The explanation of a threat, made once for each revision of the model.
pub(super) fn explanation(ui: &Ui, cx: &ViewCx<'_>, key: &ThreatKey) -> Option<Arc<Explanation>> {
    type Kept = Option<(u64, ThreatKey, Option<Arc<Explanation>>)>;
    let id = egui::Id::new("explanation");
    let kept = ui.data(|d| d.get_temp::<Kept>(id)).flatten();
    if let Some((revision, of, explanation)) = kept
        && revision == cx.revision
        && &of == key
    {
        return explanation;
    }
    let made = risk::explain(cx.model, cx.library, key).map(Arc::new);
    ui.data_mut(|d| d.insert_temp::<Kept>(id, Some((cx.revision, key.clone(), made.clone()))));
    made
}
