//! A line at the bottom left that says what the next key would do.

use super::CanvasState;
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::{Selection, Tool};
use crate::ui::ViewCx;
use crate::ui::painter::Painter;
use crate::ui::{fonts, style::color32};
use egui::{Stroke, StrokeKind, pos2, vec2};

type Hint = (&'static str, &'static str);

pub fn draw(painter: &Painter<'_>, cx: &ViewCx<'_>, selection: &Selection, state: &CanvasState) {
    let ink = |ink| color32(painter.theme.color(ink));
    let canvas = painter.view.rect;
    let (mut x, y) = (canvas.left() + 16.0, canvas.bottom() - 21.0);
    // The zoom bar keeps its room.
    let end = canvas.right() - 190.0;
    if let Some(words) = super::containers::words(cx, state) {
        let words = painter.painter.layout_no_wrap(words, fonts::font(Face::Bold, 12.0), ink(Ink::Accent));
        let at = pos2(x, y - words.size().y / 2.0);
        x += words.size().x + 20.0;
        painter.painter.galley(at, words, ink(Ink::Accent));
    }
    for (keys, words) in hints(cx, selection, state) {
        let keys = painter.painter.layout_no_wrap((*keys).to_owned(), fonts::font(Face::Mono, 11.0), ink(Ink::Muted));
        let words = painter.painter.layout_no_wrap((*words).to_owned(), fonts::font(Face::Regular, 12.0), ink(Ink::Muted));
        let cap = egui::Rect::from_min_size(pos2(x, y - 9.0), vec2(keys.size().x + 10.0, 18.0));
        if cap.right() + 8.0 + words.size().x > end {
            break;
        }
        painter.painter.rect(cap, 3.0, ink(Ink::Panel), Stroke::new(1.0, ink(Ink::Border)), StrokeKind::Inside);
        painter.painter.galley(cap.center() - keys.size() / 2.0, keys, ink(Ink::Muted));
        let at = pos2(cap.right() + 8.0, y - words.size().y / 2.0);
        x = at.x + words.size().x + 20.0;
        painter.painter.galley(at, words, ink(Ink::Muted));
    }
}

fn hints(cx: &ViewCx<'_>, selection: &Selection, state: &CanvasState) -> &'static [Hint] {
    let of_gesture = state.gesture.hints();
    if !of_gesture.is_empty() {
        return of_gesture;
    }
    if state.editor.is_some() {
        return &[
            ("Enter", "done"),
            ("Ctrl →", "add next element"),
            ("Shift Enter", "new line"),
            ("Tab", "next without a name"),
            ("Esc", "as it was"),
        ];
    }
    if state.card.is_scoring() {
        return &[("1 to 5", "likelihood, then impact"), ("0", "by the method"), ("Enter", "done")];
    }
    match cx.tool {
        Tool::Select => {}
        Tool::Hand => return &[("Drag", "move the view"), ("V", "back to selecting")],
        Tool::Flow => return &[("Drag", "from an element to another"), ("Esc", "back to selecting")],
        Tool::Line => return &[("Click", "point by point"), ("Drag", "straight across"), ("Esc", "back to selecting")],
        _ => {
            return &[
                ("Click", "usual size"),
                ("Drag", "draw its size"),
                ("Enter", "where there is room"),
                ("Esc", "back to selecting"),
            ];
        }
    }
    match selection.single() {
        Some(id) if cx.model.elements.contains_key(id) => &[
            ("Ctrl →", "add next element"),
            ("T", "add threat"),
            (", .", "its threats"),
            ("Tab", "next element"),
            ("Enter", "name"),
        ],
        Some(id) if cx.model.flows.contains_key(id) => &[("Drag", "bend or reconnect"), ("T", "add threat"), ("Enter", "name")],
        Some(id) if cx.layout.lines.contains_key(id) => {
            &[("Drag", "adds a corner"), ("Double click", "a corner goes"), ("Shift F", "its style"), ("Enter", "name")]
        }
        Some(id) if cx.model.boundaries.contains_key(id) => {
            &[("Drag", "moves its content"), ("Alt", "the frame alone"), ("Space", "collapse or expand"), ("Enter", "name")]
        }
        Some(_) => &[("Enter", "write"), ("Del", "delete")],
        None if selection.items.len() == 2 => &[("F", "connect the two"), ("B", "boundary around them"), ("Ctrl D", "duplicate")],
        None if !selection.items.is_empty() => &[("B", "boundary around them"), ("Ctrl D", "duplicate"), ("Del", "delete")],
        None if cx.layout.boxes.is_empty() => {
            &[("P", "process"), ("E", "external entity"), ("S", "data store"), ("B", "trust boundary")]
        }
        None => &[("P S E", "add at the pointer"), ("F", "flow"), ("Tab", "first element"), ("Space", "drag the view")],
    }
}
