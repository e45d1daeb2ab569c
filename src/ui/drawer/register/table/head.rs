//! Headings: a click sorts, a drag moves the column, its edge makes it wider, the funnel narrows it down.

use super::{HEAD, LEAD, RegisterTable, Spot, cell::focus_ring};
use crate::register::{Column, Facts, Width};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::elided;
use crate::ui::{fonts, style};
use egui::{Align2, CursorIcon, Id, Key, Popup, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Half of the width of an edge that is taken hold of.
const EDGE: f32 = 4.0;
/// From this width on a heading has room for a funnel.
const FUNNELED: f32 = 64.0;

impl RegisterTable {
    pub(super) fn head_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, spots: &[Spot], width: f32) {
        let (whole, _) = ui.allocate_exact_size(vec2(width, HEAD), Sense::hover());
        ui.painter().rect_filled(whole, 0.0, style::ink(ui, Ink::Raised));
        let mut moved = None;
        for spot in spots {
            let rect = Rect::from_min_size(pos2(whole.left() + spot.left, whole.top()), vec2(spot.width, HEAD));
            if let Some(at) = self.heading_ui(ui, facts, spot, rect) {
                let to = spots.iter().filter(|s| whole.left() + s.left + s.width / 2.0 < at && s.column != spot.column).count();
                moved = Some((spot.column, to));
            }
        }
        // Edges lie over the headings they are between.
        for spot in spots {
            self.edge_ui(ui, spot, whole);
        }
        if let Some((column, to)) = moved {
            self.view.move_column(column, to);
            self.is_changed = true;
        }
    }

    /// One heading; where it was let go of, when it was dragged.
    fn heading_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, spot: &Spot, rect: Rect) -> Option<f32> {
        let column = spot.column;
        let label = self.register.heading(column);
        let id = self.id().with(("heading", column));
        let response = ui.interact(rect.shrink2(vec2(EDGE, 0.0)), id, Sense::click_and_drag());
        let sorted = self.view.sorted(column);
        let (mark, said) = match sorted {
            None => ("", ""),
            Some(true) => (" ▾", ", sorted down"),
            Some(false) => (" ▴", ", sorted up"),
        };
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Sort by {}{said}", label.to_lowercase())));
        let narrowed = !self.view.chosen(column).is_empty();
        let funnel = self.funnel_ui(ui, facts, column, rect, response.hovered() || response.has_focus());
        let room = rect.width() - if funnel || narrowed { 30.0 } else { 12.0 };
        let strong = sorted.is_some() || response.hovered();
        let color = style::ink(ui, if strong { Ink::Text } else { Ink::Muted });
        let font = fonts::font(if sorted.is_some() { Face::Bold } else { Face::Regular }, 11.0);
        let galley = elided(ui, &format!("{label}{mark}"), font, color, room);
        let x = match column.is_number() && !funnel && !narrowed {
            true => rect.right() - 10.0 - galley.size().x,
            false => rect.left() + 6.0,
        };
        ui.painter().galley(pos2(x.max(rect.left() + 2.0), rect.center().y - galley.size().y / 2.0), galley, color);
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        if response.clicked() {
            self.view.sort_by(column, ui.input(|i| i.modifiers.shift));
            self.is_changed = true;
        }
        self.heading_keys(ui, &response, column);
        self.menu_ui(&response, column);
        if response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            if let Some(at) = response.interact_pointer_pos() {
                ui.painter().vline(at.x, rect.y_range(), egui::Stroke::new(2.0, style::ink(ui, Ink::Accent)));
            }
        }
        let is_let_go = response.drag_stopped();
        let at = response.interact_pointer_pos().filter(|_| is_let_go);
        let _ = response.on_hover_text(format!("{label}\nClick sorts, Shift with a click sorts by it as well; drag moves it"));
        at.map(|at| at.x)
    }

    /// Alt with the arrows moves a column that has the keyboard, Shift with them makes it wider or narrower.
    fn heading_keys(&mut self, ui: &Ui, response: &egui::Response, column: Column) {
        if !response.has_focus() {
            return;
        }
        let arrow = |modifiers| {
            let step = |key| ui.input_mut(|i| i.consume_key(modifiers, key)) as isize;
            step(Key::ArrowRight) - step(Key::ArrowLeft)
        };
        let (moved, wider) = (arrow(egui::Modifiers::ALT), arrow(egui::Modifiers::SHIFT));
        let at = self.view.columns.iter().position(|w| w.column == column).unwrap_or_default();
        if moved != 0 {
            self.view.move_column(column, at.saturating_add_signed(moved));
            self.is_changed = true;
        }
        if wider != 0 {
            let width = self.view.columns.get(at).map_or(Width::LEAST, |w| w.width);
            self.view.set_width(column, width + 16.0 * wider as f32);
            self.is_changed = true;
        }
    }

    fn edge_ui(&mut self, ui: &Ui, spot: &Spot, whole: Rect) {
        let x = whole.left() + spot.left + spot.width;
        let rect = Rect::from_min_max(pos2(x - EDGE, whole.top()), pos2(x + EDGE, whole.bottom()));
        let id: Id = self.id().with(("edge", spot.column));
        let response = ui.interact(rect, id, Sense::DRAG | Sense::CLICK);
        ui.painter().vline(x - 0.5, whole.shrink2(vec2(0.0, 5.0)).y_range(), style::line(ui, Ink::Border));
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
            ui.painter().vline(x - 0.5, whole.y_range(), egui::Stroke::new(2.0, style::ink(ui, Ink::Accent)));
        }
        if response.dragged() && response.drag_delta().x != 0.0 {
            self.view.set_width(spot.column, spot.width + response.drag_delta().x);
            self.is_changed = true;
        }
        if response.double_clicked() {
            self.view.set_width(spot.column, spot.column.width());
            self.is_changed = true;
        }
    }

    /// What can be done with a column, under the right button.
    fn menu_ui(&mut self, response: &egui::Response, column: Column) {
        let register = self.register;
        let mut changed = false;
        Popup::context_menu(response).id(response.id.with("menu")).show(|ui| {
            let label = register.heading(column).to_lowercase();
            for (words, is_descending) in [("Sort up", false), ("Sort down", true)] {
                if ui.button(words).clicked() {
                    self.view.sort = vec![crate::register::Sort { by: column, is_descending }];
                    changed = true;
                }
            }
            if column.groups() {
                let is_on = self.view.group == Some(column);
                let words = if is_on { "No groups".to_owned() } else { format!("In groups by {label}") };
                if ui.button(words).clicked() {
                    self.view.group = (!is_on).then_some(column);
                    changed = true;
                }
            }
            if ui.button("Narrow down…").clicked() {
                self.filter.open(column);
            }
            if column != Column::Name && ui.button("Hide this column").clicked() {
                self.view.toggle_column(register, column);
                changed = true;
            }
        });
        self.is_changed |= changed;
    }

    /// The funnel at the end of a heading; true where it is drawn.
    fn funnel_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, column: Column, heading: Rect, is_near: bool) -> bool {
        let rect = Rect::from_center_size(pos2(heading.right() - EDGE - 12.0, heading.center().y), vec2(24.0, HEAD));
        // Where there is no room for both, the menu of the heading narrows down; what is worked out row by row has no values.
        if heading.width() < FUNNELED || column == Column::Load {
            self.filter_ui(ui, facts, column, rect);
            return false;
        }
        let response = ui.interact(rect, self.id().with(("funnel", column)), Sense::click());
        let label = self.register.heading(column);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Narrow down {}", label.to_lowercase())));
        let narrowed = !self.view.chosen(column).is_empty();
        let is_open = self.filter.is_open(column);
        let is_drawn = narrowed || is_open || is_near || response.hovered() || response.has_focus();
        if is_drawn && heading.width() > LEAD {
            let ink = if narrowed || is_open { Ink::Accent } else { Ink::Muted };
            let font = fonts::font(Face::Icon, 12.0);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::FUNNEL, font, style::ink(ui, ink));
        }
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        if response.clicked() {
            self.filter.toggle(column);
        }
        self.filter_ui(ui, facts, column, rect);
        is_drawn
    }
}
