//! Narrowing a register down by the values of one column.

use super::RegisterTable;
use crate::register::{Choices, Column, Facts};
use crate::ui::widgets::{caption, line_edit, named};
use egui::{Area, Frame, Key, Modifiers, Order, Rect, ScrollArea, Ui};

/// Most values listed at once; the rest is found by typing.
const LISTED: usize = 200;

/// The list of values of a column, while it is open.
#[derive(Default)]
pub(super) struct Filter {
    open: Option<Open>,
}

struct Open {
    column: Column,
    text: String,
    /// Worked out when it opens and after each choice.
    choices: Option<Choices>,
    is_new: bool,
}

impl Filter {
    pub fn is_open(&self, column: Column) -> bool {
        self.open.as_ref().is_some_and(|open| open.column == column)
    }

    pub fn open(&mut self, column: Column) {
        self.open = Some(Open { column, text: String::new(), choices: None, is_new: true });
    }

    pub fn toggle(&mut self, column: Column) {
        if self.is_open(column) { self.open = None } else { self.open(column) }
    }
}

impl RegisterTable {
    pub(super) fn filter_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, column: Column, under: Rect) {
        if !self.filter.is_open(column) {
            return;
        }
        let Some(mut open) = self.filter.open.take() else { return };
        let choices = open.choices.take().unwrap_or_else(|| Choices::of(facts, self.register, &self.view, column));
        let mut chosen = self.view.chosen(column);
        let before = chosen.clone();
        let screen = ui.ctx().content_rect();
        let at = egui::pos2(under.left().min(screen.right() - 240.0), under.bottom());
        // A panel at the lower edge has no room below its headings.
        let (pivot, at) = match screen.bottom() - at.y < 280.0 {
            true => (egui::Align2::LEFT_BOTTOM, egui::pos2(at.x, under.top())),
            false => (egui::Align2::LEFT_TOP, at),
        };
        let area = Area::new(self.id().with("narrow down")).order(Order::Foreground).pivot(pivot).fixed_pos(at);
        let area = area.constrain_to(screen);
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(216.0);
                let label = self.register.heading(column).to_lowercase();
                let hint = format!("Values of {label}");
                let field = named(ui.add(line_edit(&mut open.text).hint_text(hint.as_str())), &hint);
                if std::mem::take(&mut open.is_new) {
                    field.request_focus();
                }
                ScrollArea::vertical().max_height(196.0).auto_shrink([false, true]).show(ui, |ui| {
                    let wanted = open.text.trim().to_lowercase();
                    let fits = |value: &str| value.to_lowercase().contains(&wanted);
                    if choices.empty > 0 && fits("nothing said") {
                        tick(ui, &mut chosen, "none", "Nothing said", choices.empty);
                    }
                    for (value, many) in choices.values.iter().filter(|(value, _)| fits(value)).take(LISTED) {
                        tick(ui, &mut chosen, value, value, *many);
                    }
                });
                ui.horizontal(|ui| {
                    if ui.add_enabled(!chosen.is_empty(), egui::Button::new("All")).clicked() {
                        chosen.clear();
                    }
                    ui.label(caption(ui, "several: any of them"));
                });
            });
        });
        let stays = ui.input(|i| {
            let pressed_beside = i.pointer.any_pressed()
                && i.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at) && !under.contains(at));
            !pressed_beside
        });
        let escapes = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape) || i.consume_key(Modifiers::NONE, Key::Enter));
        if chosen == before {
            open.choices = Some(choices);
        } else {
            self.view.choose(column, chosen);
        }
        if stays && !escapes {
            self.filter.open = Some(open);
        } else if escapes {
            ui.memory_mut(|m| m.request_focus(self.id()));
        }
    }
}

fn tick(ui: &mut Ui, chosen: &mut Vec<String>, value: &str, label: &str, many: usize) {
    let mut is_on = chosen.iter().any(|v| v == value);
    ui.horizontal(|ui| {
        if ui.checkbox(&mut is_on, label).changed() {
            if is_on { chosen.push(value.to_owned()) } else { chosen.retain(|v| v != value) }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(caption(ui, many.to_string())));
    });
}
