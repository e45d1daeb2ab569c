//! The kinds a thing just made may be of, under its field until something is typed: what Tab goes through.

use crate::model::ElementKind;
use crate::theme::Ink;
use crate::ui::ViewCx;
use crate::ui::style::color32;
use crate::ui::widgets::segmented;
use egui::{Area, Frame, Order, Rect, Stroke, Ui, vec2};

const KINDS: [(ElementKind, &str); 3] =
    [(ElementKind::Process, "Process"), (ElementKind::DataStore, "Store"), (ElementKind::ExternalEntity, "Entity")];
/// Distance from the field, which leaves room for the edge of the element and its handles.
const GAP: f32 = 28.0;

/// The kind that was clicked, and whether the pointer went down or up here: that takes the keyboard from the field, but
/// does not end the typing.
pub fn show(
    ui: &Ui,
    cx: &ViewCx<'_>,
    field: egui::Id,
    kind: ElementKind,
    under: Rect,
    room: Rect,
) -> (Option<ElementKind>, bool) {
    let ink = |ink| color32(cx.theme.color(ink));
    let area = Area::new(field.with("kinds")).order(Order::Foreground).pivot(egui::Align2::CENTER_TOP);
    let shown = area.fixed_pos(under.center_bottom() + vec2(0.0, GAP)).constrain_to(room).show(ui.ctx(), |ui| {
        let frame = Frame::new().fill(ink(Ink::Panel)).corner_radius(6.0).inner_margin(2.0);
        frame.stroke(Stroke::new(1.0, ink(Ink::Border))).show(ui, |ui| segmented(ui, "Kind", kind, &KINDS)).inner
    });
    let pressed = ui.input(|i| (i.pointer.any_pressed() || i.pointer.any_released()).then(|| i.pointer.interact_pos()).flatten());
    (shown.inner, pressed.is_some_and(|at| shown.response.rect.contains(at)))
}
