//! The keyboard in a register.

use super::{ROW, RegisterTable};
use crate::register::{Column, Facts, Line, Listing, Row, tsv};
use crate::tool::Tool;
use crate::ui::{Action, Command, Outbox, ViewCx, region};
use egui::{Event, EventFilter, Key, Modifiers, Rect, Sense, Ui, WidgetInfo, WidgetType};

impl RegisterTable {
    /// Rows are walked, chosen, copied and written into. Up and down also work while the pointer is over it and no
    /// panel has the keyboard.
    pub(super) fn keys(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        facts: &Facts<'_>,
        listing: &Listing,
        room: Rect,
        out: &mut Outbox,
    ) {
        let id = self.id();
        let response = ui.interact(room, id, Sense::focusable_noninteractive());
        let said = format!("Register of {}, {} rows", self.register.label().to_lowercase(), listing.many);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, &said));
        // Only now: a click on a row is one beside the table itself, and would take the keyboard away from it again.
        if std::mem::take(&mut self.takes_keyboard) {
            ui.memory_mut(|m| m.request_focus(id));
        }
        let is_on = ui.memory(|m| m.has_focus(id));
        let focused = ui.memory(|m| m.focused());
        let is_free = focused.is_none() || focused == region::canvas_focus(ui.ctx());
        let listens = is_on || (is_free && ui.rect_contains_pointer(room));
        if !listens || self.editor.is_some() {
            return;
        }
        let step = steps(ui, Modifiers::NONE, Key::ArrowDown) - steps(ui, Modifiers::NONE, Key::ArrowUp);
        if step != 0 {
            self.step(cx, facts, listing, step, false, out);
        }
        if !is_on {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        if self.cursor.is_none() {
            super::cell::focus_ring(ui, room);
        }
        let further = steps(ui, Modifiers::SHIFT, Key::ArrowDown) - steps(ui, Modifiers::SHIFT, Key::ArrowUp);
        if further != 0 {
            self.step(cx, facts, listing, further, true, out);
        }
        let page = ((self.scrolled.1 / ROW) as isize - 1).max(1);
        let all = listing.lines.len() as isize;
        for (key, by) in [(Key::PageDown, page), (Key::PageUp, -page), (Key::Home, -all), (Key::End, all)] {
            for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
                if steps(ui, modifiers, key) > 0 {
                    self.step(cx, facts, listing, by, modifiers.shift, out);
                }
            }
        }
        let across = steps(ui, Modifiers::NONE, Key::ArrowRight) - steps(ui, Modifiers::NONE, Key::ArrowLeft);
        if across != 0 {
            self.step_column(across);
        }
        if pressed(ui, Modifiers::COMMAND, Key::A) {
            self.chosen = listing.rows().cloned().collect();
            self.tell(cx, facts, out);
        }
        if pressed(ui, Modifiers::NONE, Key::Slash) {
            self.focus_search();
            ui.ctx().request_repaint();
        }
        if pressed(ui, Modifiers::NONE, Key::Enter) || pressed(ui, Modifiers::NONE, Key::F2) {
            self.enter(facts, out);
        }
        let copies = ui.input_mut(|i| {
            let before = i.events.len();
            i.events.retain(|e| !matches!(e, Event::Copy));
            i.events.len() < before
        });
        if copies || pressed(ui, Modifiers::COMMAND, Key::C) {
            ui.ctx().copy_text(self.copied(facts, listing));
        }
        self.decision_keys(ui, cx, facts, out);
        if pressed(ui, Modifiers::NONE, Key::Escape) {
            self.leave(ui, cx, out);
        }
    }

    /// The chosen rows, or all where none is, as a spreadsheet takes them.
    pub(super) fn copied(&self, facts: &Facts<'_>, listing: &Listing) -> String {
        let columns: Vec<Column> = self.view.columns.iter().map(|w| w.column).collect();
        let rows = listing.rows().filter(|row| self.chosen.is_empty() || self.chosen.contains(*row));
        tsv(facts, self.register, &columns, rows)
    }

    fn step(&mut self, cx: &ViewCx<'_>, facts: &Facts<'_>, listing: &Listing, by: isize, extends: bool, out: &mut Outbox) {
        let here = self.cursor.as_ref().map(|(row, _)| row).or(self.single());
        let at = here.and_then(|here| listing.lines.iter().position(|line| matches!(line, Line::Row(row) if row == here)));
        let last = listing.lines.len().saturating_sub(1);
        let wanted = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        // Headings are stepped over, in the direction of the step or else the other way.
        let is_row = |n: &usize| matches!(listing.lines.get(*n), Some(Line::Row(_)));
        let next = match by < 0 && at.is_some() {
            true => (0..=wanted).rev().find(is_row).or_else(|| (wanted..=last).find(is_row)),
            false => (wanted..=last).find(is_row).or_else(|| (0..=wanted).rev().find(is_row)),
        };
        let Some((n, Line::Row(row))) = next.and_then(|n| Some((n, listing.lines.get(n)?))) else { return };
        let column = self.cursor.as_ref().map_or(Column::Name, |(_, column)| *column);
        self.cursor = Some((row.clone(), column));
        self.bring = Some(n);
        if extends {
            self.extend_to(listing, row);
        } else {
            self.chosen = [row.clone()].into();
            self.anchor = Some(row.clone());
        }
        self.tell(cx, facts, out);
    }

    fn step_column(&mut self, by: isize) {
        let Some((_, column)) = &mut self.cursor else { return };
        let at = self.view.columns.iter().position(|w| w.column == *column).unwrap_or_default();
        let next = at.saturating_add_signed(by).min(self.view.columns.len().saturating_sub(1));
        if let Some(width) = self.view.columns.get(next) {
            *column = width.column;
        }
    }

    /// Writes into the cell, or shows where the row is.
    fn enter(&mut self, facts: &Facts<'_>, out: &mut Outbox) {
        let Some((row, column)) = self.cursor.clone() else { return };
        if facts.is_written(self.register, &row, column) {
            self.open_editor(facts, &row, column);
        } else {
            facts.places(&row).into_iter().take(1).for_each(|place| out.push(Action::Reveal(place)));
        }
    }

    /// One thing less each time: the tool in hand, the range, the filters, the keyboard.
    fn leave(&mut self, ui: &Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        if cx.tool != Tool::Select {
            out.run(Command::Tool(Tool::Select));
        } else if self.chosen.len() > 1 {
            self.choose(self.cursor.clone().map(|(row, _)| row));
        } else if self.view.is_filtering() {
            self.view.typed.clear();
            self.view.filters.terms.clear();
            self.dims = false;
            out.push(Action::Match(None));
        } else {
            ui.memory_mut(|m| m.surrender_focus(self.id()));
        }
    }

    /// The column to the right that can be written into, of the same row.
    pub(super) fn next_written(&self, facts: &Facts<'_>, row: &Row, column: Column) -> Option<Column> {
        let columns = self.view.columns.iter().map(|w| w.column);
        columns.skip_while(|c| *c != column).skip(1).find(|c| facts.is_written(self.register, row, *c))
    }
}

fn steps(ui: &Ui, modifiers: Modifiers, key: Key) -> isize {
    ui.input_mut(|i| {
        // Only exactly so: Shift with an arrow is another wish than the arrow alone.
        let is = |e: &Event| matches!(e, Event::Key { key: k, pressed: true, modifiers: m, .. } if *k == key && m.matches_exact(modifiers));
        let before = i.events.len();
        i.events.retain(|e| !is(e));
        (before - i.events.len()) as isize
    })
}

pub(super) fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    steps(ui, modifiers, key) > 0
}
