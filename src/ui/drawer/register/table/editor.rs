//! Writing into a cell: one field for words, days, numbers and names, with what can be picked below it.

use super::{RegisterTable, cell_rect};
use crate::register::{Column, Editor, Facts, Row};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{Row as ListRow, caption, line_edit, named};
use crate::ui::{Outbox, fonts, style};
use egui::{Align2, Area, Frame, Id, Key, Modifiers, Order, RichText, ScrollArea, Ui, pos2};

/// A cell that is being written into.
pub(super) struct CellEditor {
    row: Row,
    /// All it is written into.
    rows: Vec<Row>,
    /// Where it was last: what is decided may leave the list while its reason is asked for.
    place: Option<egui::Rect>,
    column: Column,
    editor: Editor,
    text: String,
    /// As it was in the beginning: until it is changed everything can be picked.
    before: String,
    offers: Vec<String>,
    at: Option<usize>,
    /// What is wrong with it, in words.
    fault: String,
    is_new: bool,
}

/// How a field was left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Stays,
    Keeps,
    /// And goes on with the next cell.
    GoesOn,
    Drops,
}

impl RegisterTable {
    pub(super) fn open_editor(&mut self, facts: &Facts<'_>, row: &Row, column: Column) {
        let Some(editor) = Editor::of(self.register, column) else { return };
        let before = facts.typed(row, column);
        let mut offers = editor.offers(facts);
        if matches!(editor, Editor::Person) && !before.is_empty() {
            offers.push(String::new());
        }
        let at = offers.iter().position(|offer| *offer == before);
        self.cursor = Some((row.clone(), column));
        let (rows, row, text) = (self.rows_written(row), row.clone(), before.clone());
        let (place, fault) = (None, String::new());
        self.editor = Some(CellEditor { row, rows, place, column, editor, text, before, offers, at, fault, is_new: true });
    }

    pub(super) fn edit_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, out: &mut Outbox) {
        let Some(mut editing) = self.editor.take() else { return };
        editing.place = self.place_of(&editing).or(editing.place);
        let Some(at) = editing.place else { return ui.memory_mut(|m| m.request_focus(self.id())) };
        let left = editing.ui(ui, self.id(), at, self.register);
        let keeps = matches!(left, Left::Keeps | Left::GoesOn);
        if keeps {
            let written = editing.picked();
            match editing.editor.read(facts, &written) {
                Err(fault) => {
                    editing.fault = fault;
                    self.editor = Some(editing);
                    return;
                }
                Ok(value) => {
                    let edit = facts.change(&editing.rows, editing.column, &value, out.ids());
                    edit.into_iter().for_each(|edit| out.commit(edit));
                }
            }
        }
        match left {
            Left::Stays => self.editor = Some(editing),
            Left::GoesOn => match self.next_written(facts, &editing.row, editing.column) {
                Some(next) => self.open_editor(facts, &editing.row.clone(), next),
                None => ui.memory_mut(|m| m.request_focus(self.id())),
            },
            Left::Keeps | Left::Drops => ui.memory_mut(|m| m.request_focus(self.id())),
        }
    }

    /// All that are chosen when it is one of them; else the row alone.
    pub(super) fn rows_written(&self, row: &Row) -> Vec<Row> {
        if self.chosen.contains(row) { self.chosen.iter().cloned().collect() } else { vec![row.clone()] }
    }

    /// Where the cell is on the screen, or what its row is called by while its column is not shown; nothing when the row is gone.
    fn place_of(&self, editing: &CellEditor) -> Option<egui::Rect> {
        let is_it = |line: &crate::register::Line| matches!(line, crate::register::Line::Row(row) if *row == editing.row);
        let at = self.listed.1.lines.iter().position(is_it)?;
        let room = self.room;
        let (spots, width) = self.spots(room.width());
        let of = |column| spots.iter().find(|spot| spot.column == column);
        let spot = of(editing.column).or_else(|| of(Column::Name))?;
        let top = room.top() + super::HEAD + at as f32 * super::ROW - self.scrolled.0;
        let row = egui::Rect::from_min_size(pos2(room.left() - self.across, top), egui::vec2(width, super::ROW));
        Some(cell_rect(row, spot))
    }
}

impl CellEditor {
    fn listed(&self) -> Vec<(usize, &String)> {
        let wanted = self.text.trim().to_lowercase();
        let is_untouched = self.text == self.before;
        let fits = |offer: &str| is_untouched || offer.to_lowercase().contains(&wanted);
        self.offers.iter().enumerate().filter(|(_, offer)| fits(offer)).collect()
    }

    /// What is picked below, else what is typed.
    fn picked(&self) -> String {
        let picked = self.at.and_then(|at| self.offers.get(at));
        picked.cloned().unwrap_or_else(|| self.text.clone())
    }

    fn ui(&mut self, ui: &Ui, table: Id, at: egui::Rect, register: crate::register::Register) -> Left {
        let (up, down, enter, tab, escape) = ui.input_mut(|i| {
            let mut take = |key| i.consume_key(Modifiers::NONE, key);
            (take(Key::ArrowUp), take(Key::ArrowDown), take(Key::Enter), take(Key::Tab), take(Key::Escape))
        });
        if escape {
            return Left::Drops;
        }
        let listed: Vec<usize> = self.listed().into_iter().map(|(n, _)| n).collect();
        let place = self.at.and_then(|at| listed.iter().position(|n| *n == at));
        if down && !listed.is_empty() {
            self.at = listed.get(place.map_or(0, |p| (p + 1).min(listed.len() - 1))).copied();
        }
        if up {
            self.at = place.and_then(|p| p.checked_sub(1)).and_then(|p| listed.get(p)).copied();
        }
        let screen = ui.ctx().content_rect();
        let width = at.width().clamp(168.0, 360.0);
        // It opens upwards where the window ends.
        let tall = 44.0 + 24.0 * listed.len().min(8) as f32;
        let is_low = screen.bottom() - at.top() < tall + 24.0;
        let (pivot, corner) = if is_low { (Align2::LEFT_BOTTOM, at.left_bottom()) } else { (Align2::LEFT_TOP, at.left_top()) };
        let area = Area::new(table.with("editor")).order(Order::Foreground).pivot(pivot).fixed_pos(corner).constrain_to(screen);
        let mut left = Left::Stays;
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(2.0).show(ui, |ui| {
                ui.set_width(width);
                if is_low {
                    left = self.list_ui(ui);
                }
                let name = format!("New {}", register.heading(self.column).to_lowercase());
                // Tab goes on to the next cell, not to what can be picked.
                let field = line_edit(&mut self.text).id(table.with("field")).lock_focus(true);
                let output = field.show(ui);
                let response = named(output.response.response.clone(), &name);
                if std::mem::take(&mut self.is_new) {
                    response.request_focus();
                    let mut state = output.state;
                    let all = egui::text::CCursorRange::two(
                        egui::text::CCursor::new(0),
                        egui::text::CCursor::new(self.text.chars().count()),
                    );
                    state.cursor.set_char_range(Some(all));
                    state.store(ui.ctx(), response.id);
                }
                if response.changed() {
                    self.fault.clear();
                    // What is picked is what begins so, as long as something has to be picked.
                    let first = self.listed().first().map(|(n, _)| *n);
                    let must_pick = matches!(self.editor, Editor::Choice(_));
                    self.at = first.filter(|_| must_pick && !self.text.trim().is_empty());
                }
                if self.rows.len() > 1 {
                    ui.label(caption(ui, format!("for {}", register.counted(self.rows.len()))));
                }
                if !self.fault.is_empty() {
                    let words = RichText::new(&self.fault).size(12.0).color(style::ink(ui, Ink::Boundary));
                    ui.add(egui::Label::new(words).wrap());
                }
                if !is_low {
                    let picked = self.list_ui(ui);
                    left = if left == Left::Stays { picked } else { left };
                }
            });
        });
        let pressed_beside =
            ui.input(|i| i.pointer.any_pressed() && i.pointer.interact_pos().is_some_and(|p| !shown.response.rect.contains(p)));
        match () {
            () if enter => Left::Keeps,
            () if tab => Left::GoesOn,
            // Like other fields it keeps what was typed when something else is taken up, unless that is no value.
            () if pressed_beside && self.text != self.before => {
                if self.fault.is_empty() {
                    Left::Keeps
                } else {
                    Left::Drops
                }
            }
            () if pressed_beside => Left::Drops,
            () => left,
        }
    }

    fn list_ui(&mut self, ui: &mut Ui) -> Left {
        let offers: Vec<(usize, String)> = self.listed().into_iter().map(|(n, offer)| (n, offer.clone())).collect();
        let mut left = Left::Stays;
        ScrollArea::vertical().max_height(196.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (n, offer) in &offers {
                let is_at = self.at == Some(*n);
                let words = if offer.is_empty() { "Nobody" } else { offer.as_str() };
                let mut row = ListRow::new(ui, 24.0, is_at, &format!("Pick {words}"));
                let color = style::ink(row.ui, Ink::Text);
                row.text(words, fonts::font(Face::Regular, 12.0), color);
                if row.response.clicked() {
                    self.at = Some(*n);
                    left = Left::Keeps;
                } else if is_at {
                    row.response.scroll_to_me(None);
                }
            }
        });
        let is_known = self.offers.iter().any(|offer| offer.to_lowercase() == self.text.trim().to_lowercase());
        if matches!(self.editor, Editor::Person) && !is_known && !self.text.trim().is_empty() && self.at.is_none() {
            ui.label(caption(ui, format!("Enter adds “{}”", self.text.trim())));
        }
        left
    }
}
