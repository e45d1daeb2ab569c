//! A chart as a table.

use crate::chart::Figure;
use crate::register::Term;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{elided, paint_ground};
use crate::ui::{Outbox, fonts, style};
use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

const ROW: f32 = 22.0;

/// The figures of a chart; a click on one shows its threats.
pub(super) fn ui(ui: &mut Ui, figure: &Figure, narrowed: &[Term], out: &mut Outbox) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let room = ui.available_width();
    let many = figure.columns.len().max(1) as f32;
    let each = ((room - 120.0) / many).clamp(44.0, 96.0);
    let names = (room - each * many).max(90.0);
    ScrollArea::both().id_salt("table").auto_shrink([false, false]).show(ui, |ui| {
        let width = names + each * many;
        let (head, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        ui.painter().rect_filled(head, 0.0, style::ink(ui, Ink::Raised));
        for (k, series) in figure.columns.iter().enumerate() {
            let cell = cell(head, names, each, k);
            let muted = style::ink(ui, Ink::Muted);
            let galley = elided(ui, &series.heading, fonts::font(Face::Regular, 11.0), muted, each - 6.0);
            let at = pos2(cell.right() - 6.0 - galley.size().x, cell.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, muted);
        }
        for (n, entry) in figure.rows.iter().enumerate() {
            let (row, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
            ui.painter().hline(row.x_range(), row.bottom() - 0.5, style::line(ui, Ink::Border));
            let text = style::ink(ui, Ink::Text);
            let label = if entry.mark.is_empty() { entry.label.clone() } else { format!("{}  {}", entry.mark, entry.label) };
            let galley = elided(ui, &label, fonts::font(Face::Regular, 12.0), text, names - 12.0);
            ui.painter().galley(pos2(row.left() + 4.0, row.center().y - galley.size().y / 2.0), galley, text);
            for (k, (value, series)) in entry.values.iter().zip(&figure.columns).enumerate() {
                let Some(value) = value else { continue };
                let cell = cell(row, names, each, k);
                let words =
                    if value.amount.fract() == 0.0 { format!("{:.0}", value.amount) } else { format!("{:.1}", value.amount) };
                let terms = if series.is_beside { Vec::new() } else { figure.asks(n, Some(k)) };
                let is_button = !terms.is_empty() && value.amount > 0.0;
                if is_button {
                    let response = ui.interact(cell, ui.id().with((figure.topic, n, k)), Sense::click());
                    let said = format!("{}, {}: {words}", entry.label, series.heading.to_lowercase());
                    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &said));
                    if response.hovered() || response.has_focus() || terms == narrowed {
                        ui.painter().rect_filled(cell.shrink(1.0), 3.0, style::ink(ui, Ink::AccentSoft));
                    }
                    if response.clicked() {
                        super::ask(narrowed, terms, out);
                    }
                }
                if let Some(band) = value.band {
                    let swatch = Rect::from_center_size(pos2(cell.right() - 44.0, cell.center().y), vec2(8.0, 8.0));
                    if each > 56.0 {
                        paint_ground(ui, swatch, 2.0, band);
                    }
                }
                let ink = style::ink(ui, if value.amount == 0.0 { Ink::Muted } else { Ink::Text });
                let at = pos2(cell.right() - 6.0, cell.center().y);
                ui.painter().text(at, Align2::RIGHT_CENTER, words, fonts::font(Face::Regular, 12.0), ink);
            }
        }
    });
}

fn cell(row: Rect, names: f32, each: f32, column: usize) -> Rect {
    Rect::from_min_size(pos2(row.left() + names + each * column as f32, row.top()), vec2(each, row.height()))
}
