//! Chips beside the pills: by how much the last change raised or lowered the risk there.

use super::{CanvasFrame, CanvasState};
use crate::model::{Band, Id};
use crate::scene::pill_place;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::pulse::{self, Pulse};
use crate::ui::{fonts, style::color32};
use egui::{Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::collections::BTreeSet;

/// More chips than this have no room for words.
const FEW: usize = 6;

pub fn draw(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(pulse) = frame.cx.pulse else { return };
    let view = frame.view(state);
    let eased: BTreeSet<&Id> = pulse.change.eased.iter().map(|key| &key.anchor).collect();
    // On the stage names lie on the seams of boundaries.
    let is_told = |id: &Id| !frame.cx.panels.presenting || !frame.cx.model.boundaries.contains_key(id);
    // A few say what it is that rose or fell.
    let what = if pulse.change.items.len() <= FEW { "risk " } else { "" };
    for (id, by) in pulse.change.items.iter().filter(|(id, _)| is_told(id)) {
        let Some(at) = pill_place(frame.cx.layout, id).map(|p| view.to_screen(p)).filter(|p| frame.rect.contains(*p)) else {
            continue;
        };
        if eased.contains(id) {
            ring(ui, frame, at, view.camera.scale, pulse);
        }
        chip(ui, frame, at + vec2(26.0 * view.camera.scale.clamp(0.4, 1.6), 0.0), what, *by, pulse);
    }
}

/// Around the pill of what has a newly answered threat.
fn ring(ui: &Ui, frame: &CanvasFrame<'_, '_>, at: egui::Pos2, scale: f32, pulse: &Pulse) {
    let size = vec2(58.0, 32.0) * scale.clamp(0.4, 2.0);
    let color = color32(frame.cx.theme.color(Ink::Good)).gamma_multiply(pulse.opacity);
    let painter = ui.painter().with_clip_rect(frame.rect);
    painter.rect_stroke(Rect::from_center_size(at, size), size.y / 2.0, Stroke::new(2.0, color), StrokeKind::Middle);
}

fn chip(ui: &Ui, frame: &CanvasFrame<'_, '_>, at: egui::Pos2, what: &str, by: f64, pulse: &Pulse) {
    let ink = |ink| color32(frame.cx.theme.color(ink)).gamma_multiply(pulse.opacity);
    let color = ink(if by < 0.0 { Ink::Good } else { Ink::RiskOutline(Band::High) });
    let painter = ui.painter().with_clip_rect(frame.rect);
    let words = painter.layout_no_wrap(format!("{what}{}", pulse::in_words(by)), fonts::font(Face::Bold, 11.0), color);
    let rect = Rect::from_min_size(pos2(at.x, at.y - 9.0), vec2(words.size().x + 12.0, 18.0));
    painter.rect(rect, 9.0, ink(Ink::Panel), Stroke::new(1.0, color), StrokeKind::Middle);
    painter.galley(pos2(rect.left() + 6.0, rect.center().y - words.size().y / 2.0), words, color);
}
