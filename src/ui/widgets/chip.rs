//! Chips: filters that are on or off, and values that can be taken away.

use super::{elided, named};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::{fonts, style};
use egui::{
    Align2, Button, CornerRadius, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

/// Width of the cross of a chip, which is also its target.
const CROSS: f32 = 24.0;

/// A filter; active ones are tinted.
pub fn filter_chip(ui: &mut Ui, on: bool, label: &str) -> Response {
    let (ground, border, text) =
        if on { (Ink::AccentSoft, Ink::Accent, Ink::Accent) } else { (Ink::Panel, Ink::Border, Ink::Text) };
    let text = RichText::new(label).size(12.0).color(style::ink(ui, text));
    let button = Button::new(text)
        .fill(style::ink(ui, ground))
        .stroke(Stroke::new(1.0, style::ink(ui, border)))
        .corner_radius(CornerRadius::same(12))
        .min_size(vec2(24.0, 24.0))
        .selected(on);
    ui.add(button)
}

/// What was done to a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipDeed {
    Remove,
    Open,
}

/// A record with a cross: its name leads to it.
pub fn record_chip(ui: &mut Ui, label: &str, remove: &str) -> Option<ChipDeed> {
    let (rect, removed) = chip(ui, label, remove, "");
    let name = ui.interact(rect.with_max_x(rect.right() - CROSS), ui.id().with((label, "open")), Sense::click());
    name.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, format!("Open {label}")));
    if name.hovered() || name.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, style::line(ui, Ink::BorderStrong), StrokeKind::Inside);
    }
    let name = name.on_hover_text("Open it in its list").on_hover_cursor(egui::CursorIcon::PointingHand);
    removed.then_some(ChipDeed::Remove).or(name.clicked().then_some(ChipDeed::Open))
}

/// A value with a cross, of a size known beforehand so that chips wrap. Returns true when the cross is clicked.
pub fn removable_chip(ui: &mut Ui, label: &str, remove: &str) -> bool {
    removable_chip_about(ui, label, remove, "")
}

/// The same; `about` is said of the value to whoever rests the pointer on it.
pub fn removable_chip_about(ui: &mut Ui, label: &str, remove: &str, about: &str) -> bool {
    chip(ui, label, remove, about).1
}

/// Draws a chip: where it is, and whether its cross was clicked.
fn chip(ui: &mut Ui, label: &str, remove: &str, about: &str) -> (Rect, bool) {
    let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
    let widest = (ui.max_rect().width() - CROSS - 8.0).max(24.0);
    let galley = elided(ui, label, fonts::font(Face::Regular, 12.0), text, widest);
    let (rect, whole) = ui.allocate_exact_size(vec2(galley.size().x + 8.0 + CROSS, 24.0), Sense::hover());
    if !about.is_empty() {
        whole.on_hover_text(about);
    }
    let cross = rect.with_min_x(rect.right() - CROSS);
    let response = named(ui.interact(cross, ui.id().with((label, remove)), Sense::click()), remove);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, remove));
    let painter = ui.painter();
    painter.rect_filled(rect, 3.0, style::ink(ui, Ink::Raised));
    painter.galley(pos2(rect.left() + 6.0, rect.center().y - galley.size().y / 2.0), galley, text);
    if response.has_focus() {
        painter.rect_stroke(rect, 3.0, style::line(ui, Ink::Accent), StrokeKind::Inside);
    }
    let color = if response.hovered() || response.has_focus() { text } else { muted };
    painter.text(cross.center(), Align2::CENTER_CENTER, icon::X, fonts::font(Face::Icon, 10.0), color);
    (rect, response.on_hover_text(remove).clicked())
}
