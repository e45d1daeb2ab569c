//! What the registers share: a list beside the details of what is chosen, and rows of cells.

mod head;
pub mod table;

pub use head::{Column, Sorting, head};

use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::elided;
use crate::ui::{fonts, style};
use egui::{Align, Frame, Layout, Margin, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

pub const ROW: f32 = 28.0;

/// Room for a list at the left and details at the right.
pub struct Split {
    whole: Rect,
    seam: f32,
}

impl Split {
    pub fn of(ui: &mut Ui) -> Split {
        Split::at(ui, 0.36, 560.0)
    }

    /// With this share of the width for details, but no more than `most`.
    pub fn at(ui: &mut Ui, share: f32, most: f32) -> Split {
        let whole = ui.available_rect_before_wrap();
        let width = (whole.width() * share).clamp(300.0, most);
        let seam = whole.right() - width;
        // Taken up whole, or the panel would shrink to nothing.
        ui.advance_cursor_after_rect(whole);
        ui.painter().vline(seam, whole.y_range(), style::line(ui, Ink::Border));
        Split { whole, seam }
    }

    pub fn list(&self, ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
        add(&mut part(ui, self.whole.with_max_x(self.seam), "list"));
    }

    pub fn details(&self, ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
        let mut right = part(ui, self.whole.with_min_x(self.seam + 1.0), "details");
        ScrollArea::vertical().id_salt("details").auto_shrink([false, false]).show(&mut right, |ui| {
            Frame::new().inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                add(ui);
            });
        });
    }
}

fn part(ui: &mut Ui, rect: Rect, salt: &str) -> Ui {
    let builder = UiBuilder::new().max_rect(rect).id_salt(salt.to_owned()).layout(Layout::top_down(Align::Min));
    let mut part = ui.new_child(builder);
    part.set_clip_rect(rect.intersect(ui.clip_rect()));
    part
}

/// Rows of which only those in sight are drawn.
pub fn rows(ui: &mut Ui, salt: &str, many: usize, mut row: impl FnMut(&mut Ui, usize)) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt(salt.to_owned()).auto_shrink([false, false]).show_rows(ui, ROW, many, |ui, range| {
        range.for_each(|n| row(ui, n));
    });
}

/// Fills a row from the right with cells of fixed width.
pub struct Cells<'a> {
    pub ui: &'a Ui,
    pub rest: Rect,
}

impl Cells<'_> {
    /// Takes a cell of this width from the right end, and writes into it.
    pub fn right(&mut self, width: f32, text: &str, face: Face, ink: Ink) -> Rect {
        let cell = self.rest.with_min_x(self.rest.right() - width);
        self.rest.max.x -= width;
        self.write(cell, text, face, ink);
        cell
    }

    /// Writes into all that is left.
    pub fn left(&self, text: &str, face: Face, ink: Ink) {
        self.write(self.rest, text, face, ink);
    }

    fn write(&self, cell: Rect, text: &str, face: Face, ink: Ink) {
        let color = style::ink(self.ui, ink);
        let galley = elided(self.ui, text, fonts::font(face, 12.0), color, cell.width() - 10.0);
        self.ui.painter().galley(pos2(cell.left(), cell.center().y - galley.size().y / 2.0), galley, color);
    }

    /// A line under the row.
    pub fn line(&self, whole: Rect) {
        self.ui.painter().hline(whole.x_range(), whole.bottom() - 0.5, style::line(self.ui, Ink::Border));
    }
}

/// A small clickable mark inside of a row that has a click of its own.
pub fn mark(ui: &Ui, rect: Rect, salt: impl std::hash::Hash + std::fmt::Debug, name: &str) -> egui::Response {
    let response = ui.interact(rect, ui.id().with(salt), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, name));
    if response.hovered() || response.has_focus() {
        let line = style::line(ui, if response.has_focus() { Ink::Accent } else { Ink::BorderStrong });
        ui.painter().rect_stroke(rect.shrink2(vec2(0.0, 2.0)), 4.0, line, egui::StrokeKind::Inside);
    }
    response.on_hover_text(name)
}
