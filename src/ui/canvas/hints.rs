//! A line at the bottom left that says what the next key, click or drag would do, with what is held already.

mod empty;
mod held;
mod now;

use super::{CanvasFrame, CanvasState, containers};
use crate::model::Id;
use crate::risk::name_of;
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Overlay;
use crate::ui::{Keymap, fonts, style::color32};
use egui::{Modifiers, Sense, Stroke, StrokeKind, WidgetInfo, WidgetType, pos2, vec2};

/// What to press, and what that does.
type Hint = (&'static str, &'static str);

/// Room kept for the zoom bar at the right, in points.
const ZOOM_BAR: f32 = 220.0;

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    empty::show(ui, frame, state);
    let modifiers = ui.input(|i| i.modifiers);
    let (words, hints) = (words(frame, state), now::hints(frame, state, super::input::held(modifiers)));
    // They are written with the usual keys; people press those they chose.
    let map = Keymap::installed(ui.ctx());
    let held = if now::follows_held(state) { modifiers } else { Modifiers::NONE };
    let hints: Vec<(String, &str)> =
        hints.into_iter().filter_map(|(keys, what)| Some((map.told(keys, held, ui.ctx())?, what))).collect();
    let canvas = frame.rect;
    let line = egui::Rect::from_min_max(pos2(canvas.left() + 16.0, canvas.bottom() - 32.0), canvas.right_bottom());
    let line = line.with_max_x(canvas.right() - ZOOM_BAR);
    let spoken: Vec<String> = words.iter().cloned().chain(hints.iter().map(|(keys, what)| format!("{keys}: {what}"))).collect();
    let response = ui.interact(line, frame.id.with("hints"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("Hints: {}", spoken.join("; "))));

    let ink = |ink| color32(frame.cx.theme.color(ink));
    let painter = ui.painter().with_clip_rect(canvas);
    let (mut x, y) = (line.left(), line.center().y - 5.0);
    let plain = |words: String, face, size, ink| painter.layout_no_wrap(words, fonts::font(face, size), ink);
    // Their ground, once it is known how far they go.
    let ground = painter.add(egui::Shape::Noop);
    if let Some(words) = words {
        let words = plain(words, Face::Bold, 12.0, ink(Ink::Accent));
        let at = pos2(x, y - words.size().y / 2.0);
        x += words.size().x + 20.0;
        painter.galley(at, words, ink(Ink::Accent));
    }
    let is_held = |keys: &str| match keys {
        "Ctrl" => modifiers.command,
        "Shift" => modifiers.shift,
        "Alt" => modifiers.alt,
        _ => false,
    };
    for (keys, words) in hints {
        let (edge, fill, color) = match is_held(&keys) {
            true => (Ink::Accent, Ink::AccentSoft, Ink::Accent),
            false => (Ink::Border, Ink::Panel, Ink::Muted),
        };
        let keys = plain(keys, Face::Mono, 11.0, ink(color));
        let words = plain(words.to_owned(), Face::Regular, 12.0, ink(color));
        let cap = egui::Rect::from_min_size(pos2(x, y - 9.0), vec2(keys.size().x + 10.0, 18.0));
        if cap.right() + 8.0 + words.size().x > line.right() {
            break;
        }
        painter.rect(cap, 3.0, ink(fill), Stroke::new(1.0, ink(edge)), StrokeKind::Inside);
        painter.galley(cap.center() - keys.size() / 2.0, keys, ink(color));
        let at = pos2(cap.right() + 8.0, y - words.size().y / 2.0);
        x = at.x + words.size().x + 20.0;
        painter.galley(at, words, ink(color));
    }
    let strip = egui::Rect::from_x_y_ranges(line.left() - 8.0..=x - 12.0, y - 13.0..=y + 13.0);
    if strip.is_positive() && is_drawn_on(frame, state, strip) {
        // Words over a drawing have a ground like the zoom bar's.
        let stroke = Stroke::new(1.0, ink(Ink::Border));
        painter.set(ground, egui::epaint::RectShape::new(strip, 4.0, ink(Ink::Panel), stroke, StrokeKind::Inside));
    }
}

/// Whether anything of the diagram lies there.
fn is_drawn_on(frame: &CanvasFrame<'_, '_>, state: &mut CanvasState, place: egui::Rect) -> bool {
    let view = frame.view(state);
    let (from, to) = (view.to_world(place.min), view.to_world(place.max));
    !frame.cx.layout.near(crate::geometry::Rect::from_corners(from, to)).is_empty()
}

/// What is going on, in front of the keys: where a thing in hand would belong, where a flow that is drawn comes from,
/// which of several ways was gone.
fn words(frame: &CanvasFrame<'_, '_>, state: &CanvasState) -> Option<String> {
    let words = match state.gesture.overlay() {
        Overlay::Drop(crossed) => containers::words(frame.cx, &crossed),
        Overlay::Rubber { source: Some(source), target, .. } => {
            let name = |id: &Id| name_of(frame.cx.model, id);
            let to = target.map(|to| format!(" to {}", name(&to))).unwrap_or_default();
            Some(format!("from {}{to}", name(&source)))
        }
        _ => None,
    };
    words.or_else(|| state.gesture.words())
}
