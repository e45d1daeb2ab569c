//! Collapsible sections of a panel.

use super::glyph::{caption, muted};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::collapsing_header::CollapsingState;
use egui::{Align2, Id, Sense, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// A section with a header 32 points high: caret, title, count, and what `trailing` puts at the right end.
pub fn section(
    ui: &mut Ui,
    id: impl egui::AsId,
    title: &str,
    count: Option<usize>,
    trailing: impl FnOnce(&mut Ui),
    body: impl FnOnce(&mut Ui),
) {
    rule(ui);
    let id = Id::new(("section", id));
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, true);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
    let open = state.is_open();
    response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, true, open, title));
    if response.clicked() {
        state.toggle(ui);
    }
    let caret = if open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 2.0, style::line(ui, Ink::Accent), StrokeKind::Inside);
    }
    let painter = ui.painter();
    let mut x = rect.left();
    painter.text(rect.left_center(), Align2::LEFT_CENTER, caret, fonts::font(Face::Icon, 12.0), style::ink(ui, Ink::Muted));
    x += 20.0;
    let at = egui::pos2(x, rect.center().y);
    let drawn = painter.text(at, Align2::LEFT_CENTER, title, fonts::font(Face::Bold, 13.0), style::ink(ui, Ink::Text));
    if let Some(count) = count {
        let text = painter.layout_no_wrap(count.to_string(), fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Text));
        let badge =
            egui::Rect::from_min_size(egui::pos2(drawn.right() + 8.0, rect.center().y - 9.0), vec2(text.size().x + 12.0, 18.0));
        painter.rect_filled(badge, 4.0, style::ink(ui, Ink::Raised));
        painter.galley(badge.center() - text.size() / 2.0, text, style::ink(ui, Ink::Text));
    }
    let right = rect.with_min_x(rect.center().x);
    let mut end =
        ui.new_child(egui::UiBuilder::new().max_rect(right).layout(egui::Layout::right_to_left(egui::Align::Center)).id_salt(id));
    trailing(&mut end);
    state.show_body_unindented(ui, |ui| {
        body(ui);
        ui.add_space(8.0);
    });
}

/// A hair line over the whole width of the panel, through its padding.
pub fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let across = egui::Rangef::new(rect.left() - 12.0, rect.right() + 12.0);
    ui.painter().hline(across, rect.center().y, style::line(ui, Ink::Border));
}

/// What a list says when it is empty: the state, then what to do about it.
pub fn empty_note(ui: &mut Ui, state: &str, advice: &str) {
    ui.label(muted(ui, state));
    if !advice.is_empty() {
        ui.add(egui::Label::new(caption(ui, advice)).wrap());
    }
}
