//! Scoring blind: everybody in turn, then all together.

use super::parts::{head, key_button, quiet, strong, words};
use super::run::digit;
use super::{Measure, Present};
use crate::model::{IMPACT_LABELS, Id, LIKELIHOOD_LABELS, LevelOverride};
use crate::risk::name_of;
use crate::session::{Vote, agreement};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Align2, Key, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

impl Present {
    pub(super) fn vote_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(vote) = &self.vote else { return };
        let round = if vote.round > 1 { format!(", round {}", vote.round) } else { String::new() };
        head(ui, m, &format!("Blind score{round}"));
        let is_shown = vote.is_revealed() && m.is_low();
        if let Some(finding) = cx.assessment.findings.get(&vote.threat).filter(|_| !is_shown) {
            words(ui, m, &finding.title, 26.0);
            ui.add_space(m.px(12.0));
        }
        match vote.revealed() {
            None => turn_ui(ui, m, cx, vote),
            Some(_) => self.revealed_ui(ui, m, cx, out),
        }
    }

    fn revealed_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some((agreed, ballots)) = self.vote.as_ref().and_then(|vote| Some((agreement(vote.revealed()?)?, vote.revealed()?)))
        else {
            return;
        };
        spread_ui(ui, m, cx, "Likelihood", agreed.likelihood, ballots.iter().map(|(id, b)| (id, b.likelihood)));
        spread_ui(ui, m, cx, "Impact", agreed.impact, ballots.iter().map(|(id, b)| (id, b.impact)));
        ui.add_space(m.px(10.0));
        strong(ui, m, format!("Median: likelihood {}, impact {}", agreed.likelihood, agreed.impact), 28.0);
        if agreed.needs_talk() {
            let text = egui::RichText::new(format!("{} levels apart: talk about it, then vote again", agreed.spread()));
            ui.add(egui::Label::new(text.font(m.font(Face::Bold, 26.0)).color(style::ink(ui, Ink::Boundary))).wrap());
        }
        ui.add_space(m.px(10.0));
        let width = ui.available_width();
        let take = key_button(ui, m, "⏎", "Take the median", !agreed.needs_talk(), width).clicked();
        let again = key_button(ui, m, "R", "Vote again", agreed.needs_talk(), width).clicked();
        if take {
            self.vote_key(Key::Enter, cx, out);
        } else if again {
            self.vote_key(Key::R, cx, out);
        }
    }

    pub(super) fn vote_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let Some(vote) = &mut self.vote else { return false };
        match (digit(key), key) {
            (Some(0), _) => vote.pass(),
            (Some(level), _) => drop(vote.enter(level)),
            (None, Key::Backspace) => vote.back(),
            (None, Key::R) if vote.is_revealed() => {
                self.keep_round(cx, out, false);
                self.vote.iter_mut().for_each(Vote::again);
            }
            (None, Key::Enter) if vote.is_revealed() => {
                self.keep_round(cx, out, true);
                self.vote = None;
            }
            (None, Key::Enter) => drop(vote.reveal()),
            // Nothing else happens by mistake while people vote.
            (None, key) => return !matches!(key, Key::Escape | Key::F5 | Key::F9 | Key::F4),
        }
        // The last one shows them all.
        if let Some(vote) = self.vote.as_mut().filter(|vote| vote.turn().is_none()) {
            vote.reveal();
        }
        true
    }

    /// Writes a round into the session; with `takes`, its medians become the levels of the threat.
    fn keep_round(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, takes: bool) {
        let Some((threat, ballots)) = self.vote.as_ref().and_then(|v| Some((v.threat.clone(), v.revealed()?.clone()))) else {
            return;
        };
        let Some(agreed) = agreement(&ballots) else { return };
        if takes {
            let levels = LevelOverride { likelihood: agreed.likelihood, impact: agreed.impact, reason: agreed.words() };
            self.set_levels(cx, out, &threat, Some(levels), Some(ballots));
        } else {
            self.write(cx, out, "score blind", Vec::new(), |session| session.ballots.entry(threat).or_default().push(ballots));
        }
    }
}

/// Whose turn it is. Nobody sees what was given before.
fn turn_ui(ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, vote: &Vote) {
    if let Some(voter) = vote.turn() {
        strong(ui, m, name_of(cx.model, voter), 32.0);
        let (what, labels) = match vote.waits_for_impact() {
            false => ("How likely is it? The others look away.", LIKELIHOOD_LABELS),
            true => ("How bad would it be?", IMPACT_LABELS),
        };
        words(ui, m, what, 26.0);
        ui.add_space(m.px(8.0));
        for (n, label) in labels.iter().enumerate() {
            words(ui, m, format!("{}   {label}", n + 1), 26.0);
        }
        ui.add_space(m.px(10.0));
    }
    let given = vote.voters().iter().filter(|id| vote.has_voted(id)).count();
    quiet(ui, m, format!("{given} of {} have scored", vote.voters().len()));
    let coming = vote.voters().iter().skip_while(|id| Some(*id) != vote.turn()).skip(1).filter(|id| !vote.has_voted(id));
    let coming: Vec<String> = coming.map(|id| name_of(cx.model, id)).collect();
    if !coming.is_empty() {
        let text = egui::RichText::new(format!("Then {}", coming.join(", ")));
        ui.add(egui::Label::new(text.font(m.font(Face::Regular, 24.0)).color(style::ink(ui, Ink::Muted))).truncate());
    }
}

/// Everybody's level on a line from 1 to 5, the median marked.
fn spread_ui<'a>(ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, name: &str, median: u8, levels: impl Iterator<Item = (&'a Id, u8)>) {
    let levels: Vec<(&Id, u8)> = levels.collect();
    strong(ui, m, name, 26.0);
    let em = m.letters(24.0);
    for level in (1..=5u8).rev() {
        let mut who: Vec<String> = levels.iter().filter(|(_, l)| *l == level).map(|(id, _)| name_of(cx.model, id)).collect();
        who.sort();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), em * 1.15), Sense::hover());
        let painter = ui.painter();
        let text = style::ink(ui, Ink::Text);
        painter.text(pos2(rect.left() + em * 0.5, rect.center().y), Align2::CENTER_CENTER, level, m.font(Face::Bold, 24.0), text);
        let mut x = rect.left() + em * 1.4;
        for _ in &who {
            painter.circle_filled(pos2(x, rect.center().y), em * 0.32, style::ink(ui, Ink::Accent));
            x += em * 0.8;
        }
        if level == median {
            painter.rect_stroke(rect, 3.0, Stroke::new(1.5, style::ink(ui, Ink::Accent)), StrokeKind::Inside);
        }
        let names =
            crate::ui::widgets::elided(ui, &who.join(", "), m.font(Face::Regular, 24.0), text, rect.right() - x - em * 0.3);
        painter.galley(pos2(x, rect.center().y - names.size().y / 2.0), names, text);
    }
    ui.add_space(m.px(8.0));
}
