//! The page of what is to be put right, each row with the edits that do it.

use super::upkeep::Upkeep;
use crate::hygiene::{Fix, Problem, Severity, Topic};
use crate::model::{Band, Id};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{Row, elided, filter_chip, link, named, optional_choice};
use crate::ui::{Action, Command, Outbox, Page, ViewCx, fonts, style};
use egui::{Align, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2};
use std::collections::BTreeSet;

const ROW: f32 = 28.0;
/// Room for the buttons of a row: two of them, and a menu for the rest.
const BUTTONS: f32 = 430.0;

#[derive(Default)]
pub struct HygienePage {
    hidden: BTreeSet<Severity>,
    topic: Option<Topic>,
}

impl HygienePage {
    /// The filters, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, upkeep: &Upkeep) {
        let topics: Vec<(Topic, String)> = Topic::ALL.iter().map(|t| (*t, t.label().to_owned())).collect();
        ui.allocate_ui(egui::vec2(170.0, 24.0), |ui| {
            if let Some(topic) = optional_choice(ui, "topic", "Part of the work", self.topic.as_ref(), &topics, "Everything") {
                self.topic = topic;
            }
        });
        for severity in Severity::ALL.iter().rev() {
            let count = upkeep.problems.iter().filter(|p| p.check.severity() == *severity).count();
            let label = format!("{count} {}{}", severity.label().to_lowercase(), if count == 1 { "" } else { "s" });
            let is_shown = !self.hidden.contains(severity);
            if filter_chip(ui, is_shown && count > 0, &label).clicked() && !self.hidden.remove(severity) {
                self.hidden.insert(*severity);
            }
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, upkeep: &mut Upkeep, out: &mut Outbox) {
        let is_wanted =
            |p: &Problem| !self.hidden.contains(&p.check.severity()) && self.topic.is_none_or(|t| p.check.topic() == t);
        let shown: Vec<usize> = upkeep.problems.iter().enumerate().filter(|(_, p)| is_wanted(p)).map(|(n, _)| n).collect();
        if shown.is_empty() {
            let text = if upkeep.problems.is_empty() { "Nothing to put right." } else { "Nothing of this kind to put right." };
            return super::empty_ui(ui, text);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("hygiene").auto_shrink([false, false]).show_rows(ui, ROW, shown.len(), |ui, range| {
            for n in shown.get(range).into_iter().flatten() {
                if let Some(problem) = upkeep.problems.get(*n).cloned() {
                    row_ui(ui, cx, &problem, upkeep.fixes(*n, cx, out).to_vec(), out);
                }
            }
        });
    }
}

fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, problem: &Problem, fixes: Vec<Fix>, out: &mut Outbox) {
    let check = problem.check;
    let is_selected = match &problem.threat {
        Some(threat) => cx.selection.threat.as_ref() == Some(threat),
        None => !problem.about.is_empty() && cx.selection.single() == problem.about.first(),
    };
    let name = format!("{}, {}: {}", check.severity().label(), check.title(), problem.message);
    let mut row = Row::new(ui, ROW, is_selected, &name);
    let (glyph, ink) = match check.severity() {
        Severity::Error => (icon::WARNING_OCTAGON, Ink::RiskOutline(Band::Critical)),
        Severity::Warning => (icon::WARNING, Ink::RiskOutline(Band::Medium)),
        Severity::Hint => (icon::INFO, Ink::Muted),
    };
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    let color = style::ink(row.ui, ink);
    row.indent(4.0).icon(Face::Icon, glyph, 15.0, color);
    let id = row.rest;
    row.ui.painter().text(id.left_center(), egui::Align2::LEFT_CENTER, check.id(), fonts::font(Face::Mono, 11.0), muted);
    row.indent(68.0);
    row.rest.max.x -= BUTTONS.min(row.rest.width() * 0.5);
    let (rest, whole) = (row.rest, row.whole);
    let message = elided(row.ui, &problem.message, fonts::font(Face::Regular, 12.0), text, rest.width());
    let wide = message.size().x;
    row.galley(message, text);
    let why = elided(row.ui, check.why(), fonts::font(Face::Regular, 11.0), muted, rest.width() - wide - 14.0);
    row.ui.painter().galley(pos2(rest.left() + wide + 14.0, rest.center().y - why.size().y / 2.0), why, muted);
    let line = style::line(row.ui, Ink::Border);
    row.ui.painter().hline(whole.x_range(), whole.bottom() - 0.5, line);
    let response = row.response.on_hover_text_at_pointer(format!("{}. {}", check.title(), check.why()));
    if response.hovered() {
        problem.about.iter().take(1).for_each(|id| out.push(Action::Hover(id.clone())));
    }
    if response.clicked() {
        go_to(cx, problem, out);
    }
    buttons_ui(ui, Rect::from_min_max(pos2(rest.right() + 8.0, whole.top()), whole.max), problem, fixes, out);
}

/// The first two fixes as buttons, the others in a menu.
fn buttons_ui(ui: &mut Ui, rect: Rect, problem: &Problem, fixes: Vec<Fix>, out: &mut Outbox) {
    let salt = (problem.check, &problem.about, &problem.threat);
    let builder = UiBuilder::new().max_rect(rect.shrink2(egui::vec2(8.0, 2.0))).id_salt(salt);
    let mut inner = ui.new_child(builder.layout(Layout::right_to_left(Align::Center)));
    let ui = &mut inner;
    ui.spacing_mut().button_padding = egui::vec2(8.0, 2.0);
    if fixes.is_empty() {
        if link(ui, "Answer them").clicked() {
            out.run(Command::Page(Page::Questions));
        }
        return;
    }
    let mut fixes = fixes.into_iter();
    let shown: Vec<Fix> = fixes.by_ref().take(2).collect();
    let rest: Vec<Fix> = fixes.collect();
    if !rest.is_empty() {
        let more = ui.menu_button(RichText::new(icon::DOTS_THREE.to_string()).font(fonts::font(Face::Icon, 14.0)), |ui| {
            for fix in rest {
                if ui.button(&fix.label).clicked() {
                    out.commit(fix.edit);
                    ui.close();
                }
            }
        });
        named(more.response, "More ways to put it right");
    }
    for fix in shown.into_iter().rev() {
        let room = ui.available_width();
        let label = elided(ui, &fix.label, fonts::font(Face::Regular, 12.0), style::ink(ui, Ink::Text), room.min(220.0) - 20.0);
        let said = format!("{}: {}", fix.label, problem.message);
        if named(ui.add(egui::Button::new(label.text().to_owned()).min_size(egui::vec2(0.0, 22.0))), &said)
            .on_hover_text(&fix.label)
            .clicked()
        {
            out.commit(fix.edit);
        }
    }
}

/// Shows what a problem is about.
fn go_to(cx: &ViewCx<'_>, problem: &Problem, out: &mut Outbox) {
    if let Some(threat) = &problem.threat {
        return out.push(Action::ShowThreat(threat.clone()));
    }
    let items: Vec<&Id> = problem.about.iter().filter(|id| cx.model.item_key(id).is_some()).collect();
    match items.first() {
        None => out.run(Command::ModelProperties),
        Some(first) => {
            out.push(Action::Select(Selection { items: items.iter().map(|id| (*id).clone()).collect(), ..Selection::default() }));
            out.push(Action::Reveal((*first).clone()));
            out.push(Action::Pulse((*first).clone()));
        }
    }
}
