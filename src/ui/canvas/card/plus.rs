//! The button where the pill will be, on what the pointer is over and nothing threatens yet.

use super::{threats, waiting};
use crate::geometry::Point;
use crate::model::Id;
use crate::scene::pill_place;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Selection, Tool};
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::style::color32;
use crate::ui::widgets::{named, tool_tip};
use crate::ui::{Action, Command, fonts};
use egui::{Area, Button, Order, RichText, Stroke, Ui, Vec2};

/// Its diameter, in points.
const SIZE: f32 = 22.0;

pub(super) fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some((id, at)) = candidate(ui, frame, state) else {
        state.card.plus = None;
        return;
    };
    state.card.plus = Some(id.clone());
    let view = frame.view(state);
    let corner = view.to_screen(at) - Vec2::splat(SIZE / 2.0);
    let ink = |ink| color32(frame.cx.theme.color(ink));
    let area = Area::new(frame.id.with("first threat")).order(Order::Middle).fixed_pos(corner).constrain_to(frame.rect);
    let pressed = area.show(ui.ctx(), |ui| {
        let plus = RichText::new(icon::PLUS).font(fonts::font(Face::Icon, 13.0)).color(ink(Ink::Accent));
        let button = Button::new(plus).fill(ink(Ink::Panel)).stroke(Stroke::new(1.5, ink(Ink::Accent)));
        let response = ui.add(button.corner_radius(SIZE / 2.0).min_size(Vec2::splat(SIZE)));
        let label = format!("Add a first threat to {}", crate::risk::name_of(frame.cx.model, &id));
        named(response, &label).on_hover_text(tool_tip("Add a threat", Some("T".to_owned()))).clicked()
    });
    if pressed.inner {
        frame.out.push(Action::Select(Selection::one(id)));
        frame.out.run(Command::AddThreat);
        ui.ctx().request_repaint();
    }
}

/// What is under the pointer, or was until the pointer went onto the button; and where the button goes.
fn candidate(ui: &Ui, frame: &CanvasFrame<'_, '_>, state: &mut CanvasState) -> Option<(Id, Point)> {
    let is_calm = !state.gesture.is_active() && state.editor.is_none() && state.threat_popup.is_none();
    if !is_calm || frame.cx.tool != Tool::Select || egui::Popup::is_any_open(ui.ctx()) {
        return None;
    }
    let view = frame.view(state);
    let is_on_button = |id: &Id| {
        let at = pill_place(frame.cx.layout, id).map(|p| view.to_screen(p));
        at.zip(ui.ctx().pointer_latest_pos()).is_some_and(|(at, pointer)| at.distance(pointer) <= SIZE)
    };
    let kept = state.card.plus.as_ref().filter(|id| is_on_button(id)).cloned();
    // Only on the canvas: rows of other panels tell what they are about in the same way.
    let hovered = frame.cx.hover.filter(|_| state.pointer.is_some()).cloned();
    let id = kept.or(hovered)?;
    let element = frame.cx.model.elements.get(&id).map(|e| &e.out_of_scope);
    let scope = element.or_else(|| frame.cx.model.flows.get(&id).map(|f| &f.out_of_scope))?;
    let is_bare = threats(frame.cx, &frame.selection, &id).next().is_none() && waiting(frame.cx, &id) == 0;
    let is_free = scope.is_none() && is_bare;
    let at = pill_place(frame.cx.layout, &id).filter(|_| is_free)?;
    Some((id, at))
}
