//! What panes on the stage are made of: large words, bars, and buttons that show their key.

use super::Measure;
use crate::model::Band;
use crate::scene::band_icon;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::style;
use egui::{
    Align2, Color32, Frame, Label, Margin, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

/// Wrapped words.
pub fn words(ui: &mut Ui, m: Measure, text: impl Into<String>, pixels: f32) -> Response {
    let text = RichText::new(text).font(m.font(Face::Regular, pixels)).color(style::ink(ui, Ink::Text));
    ui.add(Label::new(text).wrap())
}

/// The same in bold.
pub fn strong(ui: &mut Ui, m: Measure, text: impl Into<String>, pixels: f32) -> Response {
    let text = RichText::new(text).font(m.font(Face::Bold, pixels)).color(style::ink(ui, Ink::Text));
    ui.add(Label::new(text).wrap())
}

/// Words beside the matter.
pub fn quiet(ui: &mut Ui, m: Measure, text: impl Into<String>) -> Response {
    let text = RichText::new(text).font(m.font(Face::Regular, 24.0)).color(style::ink(ui, Ink::Muted));
    ui.add(Label::new(text).wrap())
}

/// The head of a pane.
pub fn head(ui: &mut Ui, m: Measure, text: &str) {
    strong(ui, m, text, 32.0);
    ui.add_space(m.px(6.0));
}

/// A line across.
pub fn rule(ui: &mut Ui, m: Measure) {
    ui.add_space(m.px(10.0));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), m.px(2.0).max(1.0)), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::Border));
    ui.add_space(m.px(10.0));
}

/// A pill of a risk level.
pub fn pill(ui: &mut Ui, m: Measure, band: Band, text: &str) -> Response {
    let ink = style::ink(ui, Ink::OnRisk(band));
    let galley = ui.painter().layout_no_wrap(text.to_owned(), m.font(Face::Bold, 28.0), ink);
    let height = galley.size().y * 1.35;
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + height * 1.6, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    crate::ui::widgets::paint_ground(ui, rect, height / 2.0, band);
    let (face, glyph) = band_icon(band);
    let at = pos2(rect.left() + height * 0.6, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, m.font(face, 28.0), ink);
    ui.painter().galley(pos2(rect.left() + height * 1.05, rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

/// A score as a bar with its name, its value and the letter of its level; `ghost` is what it was.
pub fn score_bar(ui: &mut Ui, m: Measure, name: &str, score: f64, band: Band, ghost: Option<f64>, is_on: bool) {
    let font = m.font(if is_on { Face::Bold } else { Face::Regular }, 26.0);
    let text = style::ink(ui, Ink::Text);
    let height = m.letters(26.0) * 1.35;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{name} {score:.1} {}", band.label())));
    let painter = ui.painter();
    painter.text(rect.left_center(), Align2::LEFT_CENTER, name, font.clone(), text);
    let em = m.letters(26.0);
    let letter = style::ink(ui, Ink::RiskOutline(band));
    painter.text(rect.right_center(), Align2::RIGHT_CENTER, band.letter(), m.font(Face::Bold, 26.0), letter);
    let value = pos2(rect.right() - em * 1.2, rect.center().y);
    painter.text(value, Align2::RIGHT_CENTER, format!("{score:.1}"), m.font(Face::Bold, 26.0), text);
    let (left, right) = (rect.left() + em * 5.4, value.x - em * 2.6);
    if right - left < em {
        return;
    }
    let track = Rect::from_x_y_ranges(left..=right, rect.center().y - em * 0.4..=rect.center().y + em * 0.4);
    painter.rect_filled(track, 2.0, style::ink(ui, Ink::Raised));
    let to = |score: f64| left + (right - left) * (score / 100.0).clamp(0.0, 1.0) as f32;
    painter.rect_filled(track.with_max_x(to(score).max(left + 1.0)), 2.0, style::ink(ui, Ink::RiskFill(band)));
    if let Some(ghost) = ghost.filter(|ghost| *ghost > score + 0.05) {
        let stroke = Stroke::new(1.0, text);
        let rect = Rect::from_x_y_ranges(to(score)..=to(ghost), track.y_range());
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        painter.extend(egui::Shape::dashed_line(&corners, stroke, 3.0, 2.0));
    }
}

/// Scores beside each other, where there is no height for bars.
pub fn scores(ui: &mut Ui, m: Measure, columns: [(&str, f64, Band, bool); 3]) {
    let height = m.letters(24.0) * 2.9;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let text = style::ink(ui, Ink::Text);
    for ((name, score, band, is_on), at) in columns.into_iter().zip([0.0, 1.0, 2.0]) {
        let wide = rect.width() / 3.0;
        let column = Rect::from_min_size(pos2(rect.left() + at * wide, rect.top()), vec2(wide, height));
        let said = ui.interact(column, ui.id().with(name), Sense::hover());
        said.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{name} {score:.1} {}", band.label())));
        let painter = ui.painter();
        let face = if is_on { Face::Bold } else { Face::Regular };
        painter.text(column.left_top(), Align2::LEFT_TOP, name, m.font(face, 24.0), text);
        let bar = Rect::from_min_size(column.left_bottom() - vec2(0.0, m.px(8.0)), vec2(wide - m.px(16.0), m.px(6.0)));
        painter.rect_filled(bar, 1.0, style::ink(ui, Ink::Raised));
        let share = (score / 100.0).clamp(0.01, 1.0) as f32;
        painter.rect_filled(bar.with_max_x(bar.left() + bar.width() * share), 1.0, style::ink(ui, Ink::RiskFill(band)));
        let value = painter.layout_no_wrap(format!("{score:.1} "), m.font(Face::Bold, 26.0), text);
        let y = bar.top() - m.px(4.0) - value.size().y;
        let right = column.left() + value.size().x;
        painter.galley(pos2(column.left(), y), value, text);
        let letter = style::ink(ui, Ink::RiskOutline(band));
        painter.text(pos2(right, y), Align2::LEFT_TOP, band.letter(), m.font(Face::Bold, 26.0), letter);
    }
}

/// A button with its key on it; filled when it stands for what was chosen.
pub fn key_button(ui: &mut Ui, m: Measure, key: &str, label: &str, is_on: bool, width: f32) -> Response {
    let (ground, ink) = if is_on { (Ink::Accent, Ink::OnAccent) } else { (Ink::Panel, Ink::Text) };
    let (ground, ink) = (style::ink(ui, ground), style::ink(ui, ink));
    let height = m.letters(24.0) * if m.is_low() { 1.5 } else { 1.7 };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{label} ({key})")));
    let edge = if response.hovered() || response.has_focus() { Ink::Accent } else { Ink::BorderStrong };
    let stroke = Stroke::new(m.px(2.0).max(1.0), style::ink(ui, edge));
    ui.painter().rect(rect, 3.0, ground, stroke, StrokeKind::Inside);
    // Three beside each other need every point.
    let (before, after, end) = if m.is_low() { (0.1, 0.14, 0.06) } else { (0.2, 0.24, 0.3) };
    let cap = Rect::from_min_size(response.rect.min + vec2(height * before, height * 0.16), vec2(height * 0.68, height * 0.68));
    let on_cap = if is_on { style::ink(ui, Ink::OnAccent) } else { style::ink(ui, Ink::Raised) };
    ui.painter().rect_filled(cap, 3.0, on_cap);
    let accent = style::ink(ui, Ink::Accent);
    ui.painter().text(cap.center(), Align2::CENTER_CENTER, key, m.font(Face::Bold, 24.0), accent);
    let galley = crate::ui::widgets::elided(
        ui,
        label,
        m.font(Face::Regular, 24.0),
        ink,
        response.rect.right() - cap.right() - height * (after + end),
    );
    ui.painter().galley(pos2(cap.right() + height * after, response.rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

/// A key as it is printed on keyboards, and what it does; returns the width it takes.
pub fn hint(ui: &Ui, m: Measure, at: egui::Pos2, key: &str, what: &str, right_edge: f32) -> Option<f32> {
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::BorderStrong));
    let painter = ui.painter();
    let key = painter.layout_no_wrap(key.to_owned(), m.font(Face::Mono, 24.0), text);
    let what = painter.layout_no_wrap(what.to_owned(), m.font(Face::Regular, 24.0), text);
    let pad = m.px(10.0);
    let width = key.size().x + 2.0 * pad + m.px(10.0) + what.size().x;
    if at.x + width > right_edge {
        return None;
    }
    let cap = Rect::from_min_size(pos2(at.x, at.y - key.size().y * 0.62), vec2(key.size().x + 2.0 * pad, key.size().y * 1.24));
    painter.rect(cap, 3.0, style::ink(ui, Ink::Panel), Stroke::new(1.0, muted), StrokeKind::Inside);
    painter.galley(cap.center() - key.size() / 2.0, key, text);
    painter.galley(pos2(cap.right() + m.px(10.0), at.y - what.size().y / 2.0), what, text);
    Some(width)
}

/// A key and what it does, in the list of a pane.
pub fn key_line(ui: &mut Ui, m: Measure, key: &str, what: &str) {
    ui.horizontal_top(|ui| {
        let text = RichText::new(key).font(m.font(Face::Mono, 24.0)).color(style::ink(ui, Ink::Accent));
        ui.add_sized(vec2(m.letters(24.0) * 3.4, m.letters(24.0) * 1.2), Label::new(text));
        words(ui, m, what, 24.0);
    });
}

/// A row that can be chosen.
pub fn row<R>(ui: &mut Ui, is_on: bool, content: impl FnOnce(&mut Ui) -> R) -> Response {
    let fill = if is_on { style::ink(ui, Ink::AccentSoft) } else { Color32::TRANSPARENT };
    let frame = Frame::new().fill(fill).corner_radius(3.0).inner_margin(Margin::symmetric(4, 2));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        content(ui)
    });
    shown.response.interact(Sense::click())
}
