//! What the file does not say: a row for each guess, to be put right by mouse or by letter.

use super::ImportDialog;
use crate::interchange::{Sure, Taken};
use crate::model::{ElementKind, Id};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{bold, choice_response, elided, key_cap, muted};
use crate::ui::{fonts, style};
use egui::{Align, Key, Layout, Modifiers, Rect, ScrollArea, Sense, Ui, pos2, vec2};

pub(super) const ROW: f32 = 30.0;
/// Heading and names of the columns.
pub(super) const HEAD: f32 = 62.0;
const CHOICE: f32 = 164.0;

/// The letters of the tools, on a row that has the keyboard.
const LETTERS: &[(Key, &str, Taken)] = &[
    (Key::P, "P", Taken::Element(ElementKind::Process)),
    (Key::S, "S", Taken::Element(ElementKind::DataStore)),
    (Key::E, "E", Taken::Element(ElementKind::ExternalEntity)),
    (Key::B, "B", Taken::Boundary),
    (Key::N, "N", Taken::Note),
];

impl ImportDialog {
    pub(super) fn guesses_ui(&mut self, ui: &mut Ui, room: f32) {
        let unsure = self.guesses.iter().filter(|guess| guess.sure < Sure::High).count();
        ui.horizontal(|ui| {
            ui.label(bold("What the file does not say"));
            let n = self.guesses.len();
            ui.label(muted(
                ui,
                format!("{n} {} guessed, {unsure} of them not for certain", if n == 1 { "kind is" } else { "kinds are" }),
            ));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let offered = |taken: Taken| self.guesses.iter().any(|g| g.taken_for == taken || g.instead.contains(&taken));
                for (_, letter, taken) in LETTERS.iter().rev().filter(|(.., taken)| offered(*taken)) {
                    ui.label(muted(ui, taken.label()));
                    key_cap(ui, letter);
                }
            });
        });
        let width = ui.available_width();
        let name = ((width - CHOICE) * 0.42).clamp(140.0, 360.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
        for (x, head) in [(8.0, "On the drawing"), (name, "Taken for"), (name + CHOICE + 16.0, "Because")] {
            let color = style::ink(ui, Ink::Muted);
            let at = pos2(rect.left() + x, rect.center().y);
            ui.painter().text(at, egui::Align2::LEFT_CENTER, head, fonts::font(Face::Bold, 11.0), color);
        }
        let mut changed = None;
        let left = (room - HEAD).max(ROW);
        let area =
            ScrollArea::vertical().id_salt("guesses").max_height(left).min_scrolled_height(left).auto_shrink([false, true]);
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.guesses.len(), |ui, rows| {
            for n in rows {
                changed = self.row_ui(ui, n, name).or(changed.take());
            }
        });
        ui.spacing_mut().item_spacing.y = 8.0;
        if let Some((id, taken)) = changed {
            self.take_for(&id, taken);
        }
    }

    fn row_ui(&self, ui: &mut Ui, n: usize, name_width: f32) -> Option<(Id, Taken)> {
        let guess = self.guesses.get(n)?;
        let said = self.corrections.get(&guess.at).copied();
        let taken = said.unwrap_or(guess.taken_for);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom(), style::line(ui, Ink::Border));
        let (strong, weak) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
        let put = |ui: &Ui, x: f32, width: f32, text: &str, font, color| {
            let galley = elided(ui, text, font, color, width);
            ui.painter().galley(pos2(rect.left() + x, rect.center().y - galley.size().y / 2.0), galley, color);
        };
        let name = self.read.name_of(&guess.at).trim();
        let shown = if name.is_empty() { "without a name" } else { name };
        put(ui, 8.0, name_width - 16.0, shown, fonts::font(Face::Regular, 13.0), if name.is_empty() { weak } else { strong });
        let sure = if said.is_some() { "as you say".to_owned() } else { format!("{} — {}", guess.sure.label(), guess.why) };
        let x = name_width + CHOICE + 16.0;
        let color = if said.is_none() && guess.sure == Sure::Low { strong } else { weak };
        put(ui, x, rect.width() - x - 8.0, &sure, fonts::font(Face::Regular, 12.0), color);
        let cell = Rect::from_min_size(pos2(rect.left() + name_width, rect.top() + 3.0), vec2(CHOICE, ROW - 6.0));
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(cell).id_salt(("guess", n)));
        let mut all: Vec<Taken> = guess.instead.clone();
        all.push(guess.taken_for);
        all.sort_by_key(|taken| Taken::ALL.iter().position(|known| known == taken));
        let label = format!("{} is taken for", if name.is_empty() { guess.what.as_str() } else { name });
        let (response, chosen) = choice_response(&mut inside, ("import guess", &guess.at), &label, taken, &all, Taken::label);
        if response.has_focus() {
            response.scroll_to_me(None);
        }
        let letter = |(key, _, taken): &(Key, &str, Taken)| {
            (all.contains(taken) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key))).then_some(*taken)
        };
        let typed = if response.has_focus() { LETTERS.iter().find_map(letter) } else { None };
        chosen.or(typed).filter(|new| *new != taken).map(|new| (guess.at.clone(), new))
    }
}
