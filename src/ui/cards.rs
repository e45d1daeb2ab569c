//! Prompt cards: one question at a time, and where in the model it is to be asked.

use super::widgets::{Row, bold, caption, choice, empty_note, icon_button, named, primary_button, rule};
use super::{Action, Outbox, ViewCx, fonts, style};
use crate::library::Card;
use crate::model::{Category, Id};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use egui::{Frame, Margin, RichText, ScrollArea, Stroke, Ui};

/// Which card lies on top.
pub struct Cards {
    category: Category,
    at: usize,
}

impl Default for Cards {
    fn default() -> Cards {
        Cards { category: Category::S, at: 0 }
    }
}

impl Cards {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ScrollArea::vertical().id_salt("cards").auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 16 }).show(ui, |ui| {
                self.deck_ui(ui, cx);
                let cards: Vec<&Card> = cx.library.cards_of(self.category).collect();
                self.at = self.at.min(cards.len().saturating_sub(1));
                if let Some(card) = cards.get(self.at) {
                    card_ui(ui, card);
                    places_ui(ui, cx, card, out);
                }
            });
        });
    }

    fn deck_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>) {
        let many = cx.library.cards_of(self.category).count();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.allocate_ui(egui::vec2((ui.available_width() - 108.0).max(80.0), 24.0), |ui| {
                let all = Category::ALL;
                if let Some(other) =
                    choice(ui, "category of the cards", "Category of the cards", self.category, all, Category::label)
                {
                    (self.category, self.at) = (other, 0);
                }
            });
            if icon_button(ui, icon::CARET_LEFT, "Card before").clicked() {
                self.step(cx, -1);
            }
            ui.label(caption(ui, format!("{} of {many}", self.at + 1)));
            if icon_button(ui, icon::CARET_RIGHT, "Next card").clicked() {
                self.step(cx, 1);
            }
        });
        ui.add_space(8.0);
    }

    /// The next card, of the next category after the last one.
    fn step(&mut self, cx: &ViewCx<'_>, by: isize) {
        let cards = &cx.library.cards;
        let of_category = |c: &&Card| c.category == self.category;
        let Some(first) = cards.iter().position(|c| of_category(&c)) else { return };
        let to = (first + self.at).wrapping_add_signed(by) % cards.len().max(1);
        let to = if first + self.at == 0 && by < 0 { cards.len() - 1 } else { to };
        if let Some(card) = cards.get(to) {
            self.category = card.category;
            self.at = cards.iter().take(to).filter(|c| c.category == card.category).count();
        }
    }
}

fn card_ui(ui: &mut Ui, card: &Card) {
    let frame = Frame::new().fill(style::ink(ui, Ink::Raised)).corner_radius(6.0).inner_margin(Margin::same(12));
    frame.stroke(Stroke::new(1.0, style::ink(ui, Ink::Border))).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal(|ui| {
            ui.label(RichText::new(&card.id).font(fonts::font(Face::Mono, 12.0)).color(style::ink(ui, Ink::Muted)));
            ui.label(RichText::new(card.category.label()).size(12.0).color(style::ink(ui, Ink::Muted)));
        });
        ui.label(RichText::new(&card.title).font(fonts::font(Face::Bold, 15.0)));
        ui.add(egui::Label::new(RichText::new(&card.asks).size(14.0)).wrap());
        ui.add(egui::Label::new(caption(ui, format!("For example: {}", card.example))).wrap());
        ui.add(egui::Label::new(caption(ui, format!("Helps: {}", card.helps))).wrap());
    });
    ui.add_space(8.0);
}

fn places_ui(ui: &mut Ui, cx: &ViewCx<'_>, card: &Card, out: &mut Outbox) {
    let places: Vec<Id> = card.places(cx.model).into_iter().collect();
    let here = cx.selection.single().filter(|id| places.contains(id)).cloned();
    let at = here.as_ref().and_then(|id| places.iter().position(|place| place == id));
    ui.horizontal(|ui| {
        ui.label(bold(format!("Ask it at {}", places.len())));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let next = at.map_or(0, |at| at + 1);
            if !places.is_empty() && named(ui.button("Next"), "Next place of this card").clicked() {
                go(places.get(next % places.len()), out);
            }
            if !places.is_empty() && named(ui.button("All"), "Select all places of this card").clicked() {
                out.push(Action::Select(Selection { items: places.iter().cloned().collect(), threat: None }));
            }
        });
    });
    if let Some(id) = &here {
        ui.add_space(4.0);
        if primary_button(ui, "It could happen here").on_hover_text("Writes a threat of this category").clicked() {
            out.push(Action::WriteThreat(id.clone(), Some(card.category), String::new()));
        }
        ui.add_space(4.0);
    }
    rule(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    if places.is_empty() {
        let (state, advice) = match card.is_about_people() && !cx.model.assets.values().any(crate::model::Asset::is_personal) {
            true => ("No data about people yet.", "Give an asset the kind “Personal data” and say who holds or carries it."),
            false => ("There is no such place on the diagrams.", "Draw what is missing, or take the next card."),
        };
        ui.add_space(6.0);
        empty_note(ui, state, advice);
    }
    for id in &places {
        let name = name_of(cx.model, id);
        let known = cx.assessment.at(id).filter(|f| f.counts() && f.about.categories.contains(&card.category)).count();
        let mut row = Row::new(ui, 26.0, here.as_ref() == Some(id), &name);
        let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
        row.right(if known > 0 { format!("{known} known") } else { String::new() }, fonts::font(Face::Regular, 11.0), muted);
        row.text(&name, fonts::font(Face::Regular, 13.0), text);
        if row.response.clicked() {
            go(Some(id), out);
        }
    }
}

fn go(place: Option<&Id>, out: &mut Outbox) {
    if let Some(id) = place {
        out.push(Action::Select(Selection::one(id.clone())));
        out.push(Action::Reveal(id.clone()));
    }
}
