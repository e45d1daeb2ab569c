//! Every object in view as a node for screen readers (and for tests): named by what the scene says about it.

use super::{CanvasFrame, CanvasState};
use crate::geometry::Rect;
use crate::model::Id;
use crate::tool::{Outcome, Selection};
use crate::ui::ViewCx;
use egui::{Sense, WidgetInfo, WidgetType};

pub fn nodes(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let view = frame.view(state);
    let mut clicked: Option<Id> = None;
    for item in state.picture.scene().items.iter().filter(|item| !item.alt.is_empty()) {
        let Some(id) = item.key.as_ref().and_then(|key| key.id()) else { continue };
        let Some(place) = place(frame.cx, id) else { continue };
        let rect = view.rect_to_screen(place);
        if !rect.intersects(frame.rect) {
            continue;
        }
        // Not focusable: Tab walks the elements through the tools, in reading order.
        let response = ui.interact(rect, frame.id.with(id.as_str()), Sense::CLICK);
        let selected = frame.selection.items.contains(id);
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, selected, &item.alt));
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
