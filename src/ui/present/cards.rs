//! Cards dealt onto what the step is about, to find threats together.

use super::parts::{key_button, quiet, rule, strong, words};
use super::run::digit;
use super::{Measure, Pane, Present};
use crate::edit::Edit;
use crate::library::Card;
use crate::model::{CardPlay, Id, Key as RecordKey, ThreatKey};
use crate::risk::name_of;
use crate::session::{Dealer, points, threat_of, worth};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Frame, Key, Margin, Stroke, Ui};
use std::collections::BTreeSet;

impl Present {
    /// Puts the next card onto what the step is about; the one on the table is put back.
    pub(super) fn deal(&mut self, cx: &ViewCx<'_>) {
        let on_table = self.dealt.take();
        let before = on_table.as_ref().map(|(_, item)| item.clone());
        self.passed.extend(on_table);
        let step = self.stage.step();
        let flows = step.into_iter().flat_map(|step| &step.highlighted);
        let mut items = before.into_iter().chain(self.subject(cx)).chain(flows.cloned());
        let Some(item) = items.find(|id| cx.model.elements.contains_key(id) || cx.model.flows.contains_key(id)) else { return };
        let session = self.session(cx).cloned().unwrap_or_default();
        let seed = self.began.minutes_until(crate::model::Moment::default()).unsigned_abs();
        let deal = |passed: &BTreeSet<(String, Id)>| {
            let card = Dealer::new(seed).next(cx.library, cx.model, &session, &item, passed);
            card.map(|card| card.id.clone())
        };
        let mut card = deal(&self.passed);
        if card.is_none() {
            // All were put back: from the beginning.
            self.passed.retain(|(_, at)| *at != item);
            card = deal(&self.passed);
        }
        self.dealt = card.map(|card| (card, item));
        self.pane = Pane::Step;
    }

    fn on_table<'a>(&self, cx: &ViewCx<'a>) -> Option<(&'a Card, Id)> {
        let (card, item) = self.dealt.as_ref()?;
        Some((cx.library.cards.iter().find(|known| known.id == *card)?, item.clone()))
    }

    pub(super) fn card_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some((card, item)) = self.on_table(cx) else { return };
        quiet(ui, m, format!("A card for {}", name_of(cx.model, &item)));
        ui.add_space(m.px(8.0));
        let frame =
            Frame::new().stroke(Stroke::new(2.0, style::ink(ui, Ink::Accent))).corner_radius(8.0).inner_margin(Margin::same(8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let accent = style::ink(ui, Ink::Accent);
            let kind = format!("{}, {} points", card.category.label(), worth(card));
            ui.add(egui::Label::new(egui::RichText::new(kind).font(m.font(Face::Bold, 24.0)).color(accent)).wrap());
            strong(ui, m, &card.title, 32.0);
            words(ui, m, &card.asks, 30.0);
            ui.add_space(m.px(8.0));
            quiet(ui, m, format!("For example: {}", card.example));
            quiet(ui, m, format!("What helps: {}", card.helps));
        });
        ui.add_space(m.px(10.0));
        let people = self.attendees(cx);
        let player = people.get(self.player.min(people.len().saturating_sub(1)));
        if let Some((_, name)) = player {
            quiet(ui, m, format!("Played by {name}"));
        }
        let gap = m.px(10.0);
        let width = (ui.available_width() - 2.0 * gap) / 3.0;
        let keys = [("Y", "Threat", Key::Y), ("X", "Not here", Key::X), ("C", "Another", Key::C)];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (letter, label, key) in keys {
                if key_button(ui, m, letter, label, key == Key::Y, width).clicked() {
                    self.card_key(key, cx, out);
                }
            }
        });
        let scored = self.session(cx).map(|session| points(session, cx.library)).unwrap_or_default();
        if !scored.is_empty() {
            rule(ui, m);
            let line: Vec<String> = scored.iter().map(|(id, points)| format!("{} {points}", name_of(cx.model, id))).collect();
            words(ui, m, line.join("   "), 26.0);
        }
    }

    pub(super) fn card_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let Some((card, item)) = self.on_table(cx) else { return false };
        if self.pick_key(key, self.attendees(cx).len()) {
            return true;
        }
        if let Some(at) = digit(key).and_then(|n| usize::from(n).checked_sub(1)) {
            self.player = at.min(self.attendees(cx).len().saturating_sub(1));
            return true;
        }
        let agreed = match key {
            Key::Y => true,
            Key::X => false,
            Key::C => {
                self.deal(cx);
                return true;
            }
            _ => return false,
        };
        let people = self.attendees(cx);
        let by = people.get(self.player.min(people.len().saturating_sub(1))).map(|(id, _)| id.clone());
        let id = out.fresh_id();
        let threat = agreed.then(|| ThreatKey { rule: id.clone(), anchor: item.clone() });
        let new = agreed.then(|| Edit::put(RecordKey::Threat(id), threat_of(card, cx.model, &item)));
        let worth = worth(card);
        self.tell(match (agreed, people.get(self.chosen_person(people.len()))) {
            (true, Some((_, name))) => format!("A threat of its own: {}. {worth} points for {name}", card.title),
            (true, None) => format!("A threat of its own: {}", card.title),
            (false, _) => format!("Not here: {}", card.title),
        });
        let play = CardPlay { card: card.id.clone(), at: Some(item.clone()), by, agreed, threat };
        self.write(cx, out, "play a card", new.into_iter().collect(), |session| session.plays.push(play));
        // The next one plays the next card, which is dealt when it is asked for.
        self.player = (self.player + 1) % people.len().max(1);
        self.passed.insert((card.id.clone(), item));
        self.dealt = None;
        true
    }
}
