//! Rows dragged within the tree: onto a boundary to become a part of it, onto nothing to leave all of them.

use super::Tree;
use crate::edit::Edit;
use crate::model::Id;
use crate::theme::Ink;
use crate::ui::style;
use crate::ui::widgets::bold;
use crate::ui::{Action, ViewCx};
use egui::{Context, Frame, Margin, Rect, Stroke, StrokeKind, Ui, vec2};
use std::collections::BTreeSet;

/// The row in the hand.
fn held_id() -> egui::Id {
    egui::Id::new("row in the hand")
}

impl Tree<'_> {
    /// Notes that a row is dragged, and shows its name beside the pointer.
    pub(super) fn take(&self, row: &egui::Response, id: &Id, name: &str) {
        if row.drag_started() {
            row.ctx.data_mut(|data| data.insert_temp(held_id(), id.clone()));
        }
        if row.dragged() {
            ghost(&row.ctx, self.cx, name);
        }
    }

    /// Shows where the row in the hand would belong, and moves it there when it is let go of.
    pub(super) fn move_ui(&mut self, ui: &Ui, room: Rect) {
        let Some(held) = ui.data(|data| data.get_temp::<Id>(held_id())) else { return };
        let released = ui.input(|i| i.pointer.any_released());
        let target = ui.ctx().pointer_latest_pos().filter(|at| room.contains(*at)).map(|at| self.target(at, room));
        if let Some((into, rect)) = target {
            let items = self.moved(&held);
            if self.is_other(&items, into.as_ref()) {
                let painter = ui.painter().with_clip_rect(room);
                let accent = style::ink(ui, Ink::Accent);
                painter.rect(rect.shrink(1.0), 3.0, accent.gamma_multiply(0.08), Stroke::new(2.0, accent), StrokeKind::Inside);
                if released {
                    self.out.push(Action::Commit(Edit::Reparent { items, into }));
                }
            }
        }
        if released || !ui.input(|i| i.pointer.any_down()) {
            ui.data_mut(|data| data.remove::<Id>(held_id()));
        }
    }

    /// The boundary a place in the tree stands for, and what lights up: its row, or the room below all rows.
    fn target(&self, at: egui::Pos2, room: Rect) -> (Option<Id>, Rect) {
        let Some((id, rect)) = self.drawn.iter().find(|(_, rect)| rect.contains(at)) else { return (None, room) };
        if self.cx.model.boundaries.contains_key(id) {
            return (Some(id.clone()), *rect);
        }
        let home = self.cx.model.elements.get(id).and_then(|e| e.boundary.clone());
        let row = self.drawn.iter().find(|(other, _)| home.as_ref() == Some(other)).map_or(room, |(_, rect)| *rect);
        (home, row)
    }

    /// All that is selected when one of it is dragged, without what moves along anyway.
    fn moved(&self, held: &Id) -> BTreeSet<Id> {
        let model = self.cx.model;
        let chosen = if self.cx.selection.items.contains(held) { self.cx.selection.items.clone() } else { [held.clone()].into() };
        let movable = |id: &&Id| model.elements.contains_key(*id) || model.boundaries.contains_key(*id);
        let along = |id: &Id| model.boundaries_around(id).iter().any(|outer| outer != id && chosen.contains(outer));
        chosen.iter().filter(movable).filter(|id| !along(id)).cloned().collect()
    }

    /// Whether anything would change, and no boundary would come to be within itself.
    fn is_other(&self, items: &BTreeSet<Id>, into: Option<&Id>) -> bool {
        let model = self.cx.model;
        let home = |id: &Id| {
            let of_element = model.elements.get(id).map(|e| e.boundary.as_ref());
            of_element.or_else(|| model.boundaries.get(id).map(|b| b.parent.as_ref())).flatten()
        };
        let loops = into.is_some_and(|into| model.boundary_path(into).iter().any(|outer| items.contains(outer)));
        !loops && items.iter().any(|id| home(id) != into)
    }
}

/// The name of what is dragged, beside the pointer.
fn ghost(ctx: &Context, cx: &ViewCx<'_>, name: &str) {
    let Some(at) = ctx.pointer_latest_pos() else { return };
    let ink = |ink| style::color32(cx.theme.color(ink));
    let area = egui::Area::new(egui::Id::new("dragged row")).order(egui::Order::Tooltip).fixed_pos(at + vec2(12.0, 8.0));
    area.interactable(false).show(ctx, |ui| {
        let frame = Frame::new().fill(ink(Ink::AccentSoft)).corner_radius(4.0).inner_margin(Margin::symmetric(8, 4));
        frame.stroke(Stroke::new(1.0, ink(Ink::Accent))).show(ui, |ui| ui.label(bold(name)));
    });
    ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
}
