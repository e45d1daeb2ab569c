//! Every object in view as a node for screen readers (and for tests): named by what the scene says about it.

use super::{CanvasFrame, CanvasState};
use crate::geometry::Rect;
use crate::model::Id;
use crate::scene::{BoxKind, Detail};
use crate::tool::{Outcome, Selection};
use crate::ui::ViewCx;
use egui::{Sense, WidgetInfo, WidgetType};

/// Above this number of objects in view, seen from far, only boundaries and what is selected have a node.
const MANY: usize = 400;

pub fn nodes(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    // Nobody listens unless a screen reader (or a test) asked for the tree.
    if ui.ctx().accesskit_node_builder(frame.id, |_| ()).is_none() {
        return;
    }
    let view = frame.view(state);
    let layout = frame.cx.layout;
    let in_view = layout.near(view.visible());
    let is_crowded = in_view.len() > MANY && Detail::at_zoom(view.camera.scale) >= Detail::Heat;
    let mut clicked: Option<Id> = None;
    for id in in_view {
        let is_selected = frame.selection.items.contains(id);
        let is_boundary = || layout.boxes.get(id).is_none_or(|b| b.kind == BoxKind::Boundary) && !layout.flows.contains_key(id);
        if is_crowded && !is_selected && !is_boundary() {
            continue;
        }
        let Some(rect) = place(frame.cx, id).map(|place| view.rect_to_screen(place)) else { continue };
        if !rect.intersects(frame.rect) {
            continue;
        }
        let Some(sentence) = state.picture.sentence(frame.cx, &view, id) else { continue };
        // Not focusable: Tab walks the elements through the tools, in reading order.
        let response = ui.interact(rect, frame.id.with(id.as_str()), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_selected, sentence));
        // The pointer is the tools' business; this is a click by a screen reader.
        if response.clicked() && !response.clicked_by(egui::PointerButton::Primary) {
            clicked = Some(id.clone());
        }
    }
    if let Some(id) = clicked {
        frame.carry_out(ui.ctx(), vec![Outcome::Select(Selection::one(id))], state);
    }
}

/// The part of an item a pointer aims at.
fn place(cx: &ViewCx<'_>, id: &Id) -> Option<Rect> {
    let layout = cx.layout;
    if let Some(placed) = layout.boxes.get(id) {
        return Some(placed.tab.unwrap_or(placed.rect));
    }
    if let Some(flow) = layout.flows.get(id) {
        let label = flow.label.as_ref().map(|l| l.bounds());
        return label.or_else(|| flow.points.get(flow.points.len() / 2).map(|p| Rect::from_center(*p, 16.0, 16.0)));
    }
    let line = layout.lines.get(id)?;
    line.tab.or_else(|| line.points.first().map(|p| Rect::from_center(*p, 16.0, 16.0)))
}
