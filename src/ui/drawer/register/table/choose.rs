//! Choosing rows with the pointer, and telling the canvas.

use super::{RegisterTable, Spot, cell, cell_rect};
use crate::register::{Column, Facts, Line, Listing, Row};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{Rect, Response, Ui};

impl RegisterTable {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn clicked(
        &mut self,
        ui: &Ui,
        cx: &ViewCx<'_>,
        facts: &Facts<'_>,
        listing: &Listing,
        (row, spots, rect): (&Row, &[Spot], Rect),
        response: &Response,
        out: &mut Outbox,
    ) {
        if !response.clicked() && !response.double_clicked() {
            return;
        }
        let under = |at: egui::Pos2| spots.iter().find(|spot| cell_rect(rect, spot).contains(at)).map(|spot| spot.column);
        let column = response.interact_pointer_pos().and_then(under).unwrap_or(Column::Name);
        let modifiers = ui.input(|i| i.modifiers);
        self.takes_keyboard = true;
        if response.double_clicked() {
            match facts.is_written(self.register, row, column) {
                true => self.open_editor(facts, row, column),
                false => facts.places(row).into_iter().take(1).for_each(|place| out.push(Action::Reveal(place))),
            }
            return;
        }
        let was_chosen = self.chosen.contains(row) && self.chosen.len() == 1;
        if modifiers.command {
            if !self.chosen.remove(row) {
                self.chosen.insert(row.clone());
            }
            self.anchor = Some(row.clone());
        } else if modifiers.shift {
            self.extend_to(listing, row);
        } else {
            self.chosen = [row.clone()].into();
            self.anchor = Some(row.clone());
        }
        self.cursor = Some((row.clone(), column));
        self.tell(cx, facts, out);
        // What asks to be filled in is filled in with one click.
        let is_plain = !modifiers.command && !modifiers.shift;
        let asks = cell::placeholder(self.register, column).is_some() && facts.cell(row, column).is_nothing();
        if is_plain && was_chosen && asks && facts.is_written(self.register, row, column) {
            self.open_editor(facts, row, column);
        }
    }

    /// Lists anew when that is called for. What the keyboard is at may leave the list by being decided: then it goes on to
    /// what took its place, as soon as nothing is asked about the one before.
    pub(super) fn list_and_go_on(&mut self, ui: &Ui, cx: &ViewCx<'_>, facts: &Facts<'_>, out: &mut Outbox) {
        let works = self.has_keyboard(ui) || self.editor.is_some();
        let is_other = self.listed.0.as_ref().is_some_and(|listed| listed.content != cx.content);
        let at = if works && is_other && self.view.is_filtering() { self.cursor_line() } else { None };
        self.list(ui.ctx(), cx, facts);
        if at.is_some() && self.cursor_line().is_none() {
            self.left = at;
        }
        let Some(line) = self.left.take_if(|_| self.editor.is_none()) else { return };
        let row = |line: &Line| if let Line::Row(row) = line { Some(row.clone()) } else { None };
        let lines = &self.listed.1.lines;
        let (before, then) = lines.split_at(line.min(lines.len()));
        let next = then.iter().find_map(row).or_else(|| before.iter().rev().find_map(row));
        let column = self.cursor.take().map_or(Column::Name, |(_, column)| column);
        if let Some(next) = next {
            self.choose(Some(next.clone()));
            self.cursor = Some((next, column));
            self.tell(cx, facts, out);
        }
    }

    /// The line the keyboard is at.
    fn cursor_line(&self) -> Option<usize> {
        let (row, _) = self.cursor.as_ref()?;
        self.listed.1.lines.iter().position(|line| matches!(line, Line::Row(r) if r == row))
    }

    /// Chooses from where the range began to a row.
    pub(super) fn extend_to(&mut self, listing: &Listing, row: &Row) {
        let place = |wanted: &Row| listing.lines.iter().position(|line| matches!(line, Line::Row(row) if row == wanted));
        let anchor = self.anchor.clone().unwrap_or_else(|| row.clone());
        let (Some(from), Some(to)) = (place(&anchor), place(row)) else { return };
        let range = listing.lines.get(from.min(to)..=from.max(to)).unwrap_or_default();
        let rows = range.iter().filter_map(|line| if let Line::Row(row) = line { Some(row.clone()) } else { None });
        self.chosen = rows.collect();
        self.anchor = Some(anchor);
    }

    /// Selects on the canvas what is chosen here.
    pub(super) fn tell(&mut self, cx: &ViewCx<'_>, facts: &Facts<'_>, out: &mut Outbox) {
        if let Some(Row::Threat(key)) = self.single() {
            return out.push(Action::ShowThreat(key.clone()));
        }
        let selection = self.selection(facts);
        if selection.items.is_empty() {
            return;
        }
        let first = self.single().and(selection.items.iter().next().cloned());
        if selection != *cx.selection {
            out.push(Action::Select(selection));
        }
        if let Some(first) = first {
            out.push(Action::Reveal(first.clone()));
            out.push(Action::Pulse(first));
        }
    }
}
