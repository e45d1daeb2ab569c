//! Column headings of a register: a click sorts by one, another turns the order round.

use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::elided;
use crate::ui::{fonts, style};
use egui::{Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};
use std::cmp::Ordering;

/// Height of the headings, in points.
const HEAD: f32 = 24.0;

/// By what a register is sorted; `None` for its own order, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting<C> {
    pub by: Option<C>,
    pub is_descending: bool,
}

impl<C> Default for Sorting<C> {
    fn default() -> Sorting<C> {
        Sorting { by: None, is_descending: false }
    }
}

impl<C: Copy + PartialEq> Sorting<C> {
    /// Up, down, and back to the register's own order.
    fn click(&mut self, by: C) {
        *self = match (self.by == Some(by), self.is_descending) {
            (false, _) => Sorting { by: Some(by), is_descending: false },
            (true, false) => Sorting { by: Some(by), is_descending: true },
            (true, true) => Sorting::default(),
        };
    }

    /// Sorts rows that lie in the register's own order; equal ones stay in it.
    pub fn sort<T>(&self, rows: &mut [T], compare: impl Fn(C, &T, &T) -> Ordering) {
        let Some(by) = self.by else { return };
        rows.sort_by(|a, b| {
            let order = compare(by, a, b);
            if self.is_descending { order.reverse() } else { order }
        });
    }
}

/// A column with its heading. Without `by` it is not sorted by.
pub struct Column<C> {
    pub by: Option<C>,
    pub label: &'static str,
    pub width: f32,
}

impl<C> Column<C> {
    pub fn new(by: C, label: &'static str, width: f32) -> Column<C> {
        Column { by: Some(by), label, width }
    }
}

/// Draws the headings: the first column over what is left of the others, which are named from the right end as rows fill
/// their cells.
pub fn head<C: Copy + PartialEq>(ui: &mut Ui, sorting: &mut Sorting<C>, first: (C, &'static str), columns: &[Column<C>]) {
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    ui.painter().rect_filled(whole, 0.0, style::ink(ui, Ink::Raised));
    let mut rest = whole.shrink2(vec2(8.0, 0.0));
    for column in columns {
        let cell = rest.with_min_x(rest.right() - column.width);
        rest.max.x -= column.width;
        match column.by {
            Some(by) => cell_ui(ui, sorting, by, column.label, cell),
            None => paint(ui, column.label, cell, Face::Regular, Ink::Muted),
        }
    }
    rest.min.x += 28.0;
    cell_ui(ui, sorting, first.0, first.1, rest);
}

fn cell_ui<C: Copy + PartialEq>(ui: &mut Ui, sorting: &mut Sorting<C>, by: C, label: &'static str, cell: Rect) {
    let response =
        ui.interact(cell.with_min_x(cell.left() - 4.0).with_max_x(cell.right() - 6.0), ui.id().with(label), Sense::click());
    let is_sorted = sorting.by == Some(by);
    let (mark, said) = match (is_sorted, sorting.is_descending) {
        (false, _) => ("", ""),
        (true, true) => (" ▾", ", sorted down"),
        (true, false) => (" ▴", ", sorted up"),
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Sort by {}{said}", label.to_lowercase())));
    let ink = if is_sorted || response.hovered() { Ink::Text } else { Ink::Muted };
    let face = if is_sorted { Face::Bold } else { Face::Regular };
    paint(ui, &format!("{label}{mark}"), cell, face, ink);
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect.shrink(2.0), 3.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
    }
    if response.clicked() {
        sorting.click(by);
    }
}

fn paint(ui: &Ui, text: &str, cell: Rect, face: Face, ink: Ink) {
    let color = style::ink(ui, ink);
    let galley = elided(ui, text, fonts::font(face, 11.0), color, cell.width() - 6.0);
    ui.painter().galley(pos2(cell.left(), cell.center().y - galley.size().y / 2.0), galley, color);
}
