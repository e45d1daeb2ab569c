//! The quick filter: what is typed narrows the rows down at once; below it stands what could come next.

use super::RegisterTable;
use crate::register::{Completion, Facts, Flag, complete};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row as ListRow, caption, line_edit, named};
use crate::ui::{Command, fonts, style};
use egui::text::CCursorRange;
use egui::{Align2, Area, Frame, Id, Key, Modifiers, Order, Rect, ScrollArea, Ui, pos2, vec2};

/// What the field remembers between frames.
#[derive(Default)]
pub(super) struct Search {
    pub wants_focus: bool,
    /// The proposal that is picked.
    at: Option<usize>,
    /// Proposals, and the text and caret they are for.
    proposed: Option<((String, usize), Vec<Completion>)>,
}

impl RegisterTable {
    fn search_id(&self) -> Id {
        self.id().with("search")
    }

    /// The field, with what is wrong in it said beside it.
    pub(super) fn search_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, width: f32) {
        let id = self.search_id();
        let name = format!("Filter {}", self.register.label().to_lowercase());
        let had_keyboard = ui.memory(|m| m.has_focus(id));
        let picked = if had_keyboard { self.search_keys(ui) } else { None };
        let keys = Command::FilterRegister.keys(ui.ctx()).unwrap_or_default();
        let field = line_edit(&mut self.view.typed).id(id).hint_text(format!("{name}   {keys}")).desired_width(width);
        let output = field.show(ui);
        let response = named(output.response.response.clone(), &name);
        if std::mem::take(&mut self.search.wants_focus) {
            response.request_focus();
        }
        if response.changed() {
            self.search.at = None;
        }
        if response.lost_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.escape(ui);
        } else if response.lost_focus() {
            self.view.remember();
            self.is_changed = true;
        }
        if !self.view.typed.is_empty() && !had_keyboard {
            self.clear_ui(ui, response.rect);
        }
        response.clone().on_hover_ui(|ui| self.explain_ui(ui));
        let notes = self.listed.1.notes.join(" ");
        if !notes.is_empty() {
            let color = style::ink(ui, Ink::Boundary);
            let text = egui::RichText::new(format!("{} {notes}", "·")).size(12.0).color(color);
            named(ui.add(egui::Label::new(text).truncate()), &notes);
        }
        if !response.has_focus() {
            return;
        }
        let caret = output.cursor_range.map_or(self.view.typed.chars().count(), |range| range.primary.index.0);
        let bytes = self.view.typed.char_indices().nth(caret).map_or(self.view.typed.len(), |(at, _)| at);
        let asked = (self.view.typed.clone(), bytes);
        if self.search.proposed.as_ref().is_none_or(|(of, _)| *of != asked) {
            let list = complete(&asked.0, asked.1, self.register, facts, self.known.1.rows());
            self.search.proposed = Some((asked, list));
        }
        if let Some(at) = picked.or_else(|| self.proposals_ui(ui, response.rect)) {
            self.take(ui, at, output.state);
        }
    }

    /// Picked by key: a proposal, or earlier searches while nothing is typed.
    fn search_keys(&mut self, ui: &Ui) -> Option<usize> {
        let many = self.offered().len();
        let (up, down, enter, tab) = ui.input_mut(|i| {
            let tab = many > 0 && self.search.at.is_some() && i.consume_key(Modifiers::NONE, Key::Tab);
            let mut take = |key| i.consume_key(Modifiers::NONE, key);
            (take(Key::ArrowUp), take(Key::ArrowDown), take(Key::Enter), tab)
        });
        if down && many > 0 {
            self.search.at = Some(self.search.at.map_or(0, |at| (at + 1).min(many - 1)));
        }
        if up {
            self.search.at = self.search.at.and_then(|at| at.checked_sub(1));
        }
        if enter && self.search.at.is_none() {
            // On to the rows that came through.
            ui.memory_mut(|m| m.request_focus(self.id()));
            let first = self.listed.1.rows().next().cloned();
            if self.cursor.is_none() {
                self.cursor = first.map(|row| (row, crate::register::Column::Name));
            }
        }
        if enter || tab { self.search.at } else { None }
    }

    /// One thing less each time: what is picked, what is typed, the keyboard.
    fn escape(&mut self, ui: &Ui) {
        let is_picking = self.search.at.take().is_some();
        let next = if is_picking || !self.view.typed.is_empty() { self.search_id() } else { self.id() };
        if !is_picking {
            self.view.typed.clear();
        }
        ui.memory_mut(|m| m.request_focus(next));
    }

    /// What stands below the field: earlier searches before own words while nothing is typed.
    fn offered(&self) -> Vec<(String, String)> {
        let proposed = self.search.proposed.iter().flat_map(|(_, list)| list);
        let proposed = proposed.map(|c| (c.with.clone(), c.about.clone()));
        let earlier = self.view.history.iter().take(if self.view.typed.is_empty() { 5 } else { 0 });
        earlier.map(|h| (h.clone(), "earlier".to_owned())).chain(proposed).collect()
    }

    fn proposals_ui(&mut self, ui: &Ui, field: Rect) -> Option<usize> {
        let offered = self.offered();
        if offered.is_empty() {
            return None;
        }
        let screen = ui.ctx().content_rect();
        let is_low = screen.bottom() - field.bottom() < 260.0;
        let (pivot, at) = match is_low {
            true => (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0)),
            false => (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0)),
        };
        let mut picked = None;
        let area = Area::new(self.search_id().with("proposals")).order(Order::Foreground).pivot(pivot).fixed_pos(at);
        area.constrain_to(screen).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(2.0).show(ui, |ui| {
                ui.set_width(340.0);
                ScrollArea::vertical().max_height(216.0).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (n, (with, about)) in offered.iter().enumerate() {
                        let is_at = self.search.at == Some(n);
                        let mut row = ListRow::new(ui, 24.0, is_at, &format!("Search for {with}"));
                        let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
                        let room = (row.whole.width() - 110.0).max(80.0);
                        let about = crate::ui::widgets::elided(row.ui, about, fonts::font(Face::Regular, 11.0), muted, room);
                        let left = row.whole.right() - 8.0 - about.size().x;
                        row.ui.painter().galley(pos2(left, row.whole.center().y - about.size().y / 2.0), about, muted);
                        row.rest.max.x = left - 8.0;
                        row.text(with, fonts::font(Face::Mono, 12.0), text);
                        if row.response.clicked() {
                            picked = Some(n);
                        } else if is_at {
                            row.response.scroll_to_me(None);
                        }
                    }
                });
            });
        });
        picked
    }

    /// Puts a proposal in, and the caret behind it.
    fn take(&mut self, ui: &Ui, at: usize, mut state: egui::text_edit::TextEditState) {
        let earlier = if self.view.typed.is_empty() { self.view.history.len().min(5) } else { 0 };
        let end = match at.checked_sub(earlier) {
            None => {
                self.view.typed = self.view.history.get(at).cloned().unwrap_or_default();
                self.view.typed.len()
            }
            Some(n) => {
                let found = self.search.proposed.as_ref().and_then(|(_, list)| list.get(n)).cloned();
                let Some(Completion { range, with, .. }) = found else { return };
                // A name of a column waits for its value; what is complete is followed by the next word.
                let with = if with.ends_with(':') { with } else { format!("{with} ") };
                let end = range.start + with.len();
                self.view.typed.replace_range(range, &with);
                end
            }
        };
        let caret = self.view.typed.get(..end).map_or(0, |text| text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::one(egui::text::CCursor::new(caret))));
        state.store(ui.ctx(), self.search_id());
        self.search.at = None;
        ui.memory_mut(|m| m.request_focus(self.search_id()));
        ui.ctx().request_repaint();
    }

    fn clear_ui(&mut self, ui: &Ui, field: Rect) {
        let rect = Rect::from_center_size(pos2(field.right() - 12.0, field.center().y), vec2(24.0, 24.0));
        let response = ui.interact(rect, self.search_id().with("clear"), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, "Clear the filter"));
        let ink = if response.hovered() || response.has_focus() { Ink::Text } else { Ink::Muted };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::X, fonts::font(Face::Icon, 11.0), style::ink(ui, ink));
        if response.clicked() {
            self.view.typed.clear();
        }
    }

    fn explain_ui(&self, ui: &mut Ui) {
        ui.set_max_width(340.0);
        ui.label("Words side by side must all hold; a minus in front means the opposite, commas mean any of them.");
        for (words, about) in [
            ("owner:me due<30d", "what stands in a column"),
            ("risk>=high -stride:S", "more than, and not"),
            ("\"personal data\"", "text as it stands"),
        ] {
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new(words).font(fonts::font(Face::Mono, 12.0)));
                ui.label(caption(ui, about));
            });
        }
        let flags: Vec<&str> = Flag::ALL.into_iter().filter(|f| f.is_of(self.register)).map(Flag::word).collect();
        ui.label(caption(ui, format!("Own words: {}", flags.join(", "))));
    }
}
