//! Open questions, those that decide most first: one at a time, answered with a key.

use crate::model::Id;
use crate::risk::Question;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::questions::{Answer, alike, answers, for_all, stake};
use crate::ui::widgets::{Row, bold, caption, hatch, key_button, named};
use crate::ui::{Action, Outbox, ViewCx, fonts, pulse, style};
use egui::{Frame, Key, Label, Margin, Modifiers, Popup, Rect, RichText, ScrollArea, Ui, pos2, vec2};
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Questions {
    /// Keys answer: somebody asked to be asked.
    asking: bool,
    /// The next one is wanted.
    step: bool,
    /// The question shown in full, as it is spelled.
    current: Option<String>,
    skipped: BTreeSet<String>,
    /// An answer is given to all questions alike.
    for_all: bool,
    /// How things stood when the last answer was given, while its effect is not known.
    given: Option<Standing>,
    /// What the last answer did, in words.
    effect: String,
}

/// What an answer may change.
#[derive(Clone, Copy)]
struct Standing {
    revision: u64,
    threats: usize,
    possible: usize,
    load: f64,
}

impl Standing {
    fn of(cx: &ViewCx<'_>) -> Standing {
        let risk = &cx.assessment.totals.risk;
        Standing { revision: cx.revision, threats: risk.counts.total(), possible: risk.possible, load: risk.load }
    }

    /// "Last answer: 2 confirmed, 1 ruled out ▲ 12".
    fn change_to(self, later: Standing) -> String {
        let confirmed = later.threats.saturating_sub(self.threats);
        let ruled_out = self.possible.saturating_sub(later.possible + confirmed);
        let by = later.load - self.load;
        let load = if by.abs() < 0.05 { String::new() } else { format!(" {}", pulse::in_words(by)) };
        format!("Last answer: {confirmed} confirmed, {ruled_out} ruled out{load}")
    }
}

impl Questions {
    pub fn next(&mut self) {
        (self.asking, self.step) = (true, true);
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let all = &cx.assessment.questions;
        if let Some(before) = self.given.take_if(|before| before.revision != cx.revision) {
            self.effect = before.change_to(Standing::of(cx));
        }
        let is_elsewhere = ui.input(|i| i.pointer.any_pressed()) && !ui.rect_contains_pointer(ui.max_rect());
        self.asking &= !is_elsewhere;
        let Some(question) = self.choose(all, out) else {
            return super::empty_ui(ui, "No open questions: nothing that may apply hangs on what nobody stated.");
        };
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 }).show(ui, |ui| {
            self.question_ui(ui, cx, question, out);
        });
        ui.spacing_mut().item_spacing.y = 0.0;
        let most = all.first().map_or(1.0, |q| q.value).max(1.0);
        ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, 26.0, all.len(), |ui, range| {
            for other in all.get(range).unwrap_or_default() {
                let is_shown = other.about == question.about;
                if row(ui, cx, other, is_shown, most) {
                    self.current = Some(other.about.spelled());
                    self.asking = true;
                    show(other, out);
                }
            }
        });
    }

    /// The question to show: the chosen one while it is open, else the first that was not skipped.
    fn choose<'a>(&mut self, all: &'a [Question], out: &mut Outbox) -> Option<&'a Question> {
        if std::mem::take(&mut self.step)
            && let Some(last) = self.current.take()
        {
            self.skipped.insert(last);
        }
        let is_current = |q: &&Question| Some(q.about.spelled()) == self.current;
        if let Some(question) = all.iter().find(is_current) {
            return Some(question);
        }
        let next = all.iter().find(|q| !self.skipped.contains(&q.about.spelled()));
        // Once around.
        let next = next.or_else(|| {
            self.skipped.clear();
            all.first()
        })?;
        self.current = Some(next.about.spelled());
        if self.asking {
            show(next, out);
        }
        Some(next)
    }

    fn question_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, question: &Question, out: &mut Outbox) {
        ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
        ui.horizontal(|ui| {
            ui.add(Label::new(bold(question.about.question(cx.model))).truncate());
            ui.label(caption(ui, stake(question)));
            if !self.effect.is_empty() {
                let words = RichText::new(&self.effect).font(fonts::font(Face::Bold, 11.0));
                ui.label(words.color(style::ink(ui, Ink::Accent)));
            }
        });
        let like_it = alike(cx, &question.about);
        let given = ui.horizontal_wrapped(|ui| self.answers_ui(ui, cx, question, like_it.len())).inner;
        if let Some(answer) = given {
            let like_it = if self.for_all { like_it } else { Vec::new() };
            out.commit(for_all(cx, answer, &like_it));
            self.given = Some(Standing::of(cx));
            (self.for_all, self.asking, self.current) = (false, true, None);
        }
    }

    /// The answers with their keys, and what else can be done with the question.
    fn answers_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, question: &Question, like_it: usize) -> Option<Answer> {
        let pressed = self.pressed(ui);
        let hit = |key: Key| pressed == Some(key);
        let mut given = None;
        let possible = answers(cx, &question.about);
        if possible.is_empty() {
            ui.label(caption(ui, "Say it where it is: name its data, or draw trust boundaries first."));
        }
        for answer in possible {
            let button =
                named(key_button(ui, &answer.label, answer.key.symbol_or_name(), false), &format!("Answer {}", answer.label));
            if button.clicked() || hit(answer.key) {
                given = Some(answer);
            }
        }
        if named(key_button(ui, "Skip", "S", false), "Skip this question").clicked() || hit(Key::S) {
            self.step = true;
            ui.ctx().request_repaint();
        }
        if like_it > 0 {
            let words = format!("also for {like_it} alike");
            if key_button(ui, &words, "A", self.for_all).clicked() || hit(Key::A) {
                self.for_all = !self.for_all;
            }
        }
        if hit(Key::Escape) {
            self.asking = false;
        }
        if !self.asking {
            ui.label(caption(ui, "F7: answer by key"));
        }
        given
    }

    /// The key pressed in this frame that may be an answer; nobody else sees it then.
    fn pressed(&self, ui: &Ui) -> Option<Key> {
        let is_free = self.asking && !ui.ctx().text_edit_focused() && !Popup::is_any_open(ui.ctx());
        let keys = [Key::Y, Key::N, Key::S, Key::A, Key::Escape, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
        let keys = keys.into_iter().chain([Key::Num6, Key::Num7, Key::Num8, Key::Num9]);
        ui.input_mut(|i| { keys }.filter(|_| is_free).find(|key| i.consume_key(Modifiers::NONE, *key)))
    }
}

/// Selects what a question is about and brings it into view.
fn show(question: &Question, out: &mut Outbox) {
    if let Some(id) = question.about.subject() {
        let id: Id = id.clone();
        out.push(Action::Select(Selection::one(id.clone())));
        out.push(Action::Reveal(id));
    }
}

/// One of the list, with what it is worth as a hatched bar. True when it is chosen.
fn row(ui: &mut Ui, cx: &ViewCx<'_>, question: &Question, is_shown: bool, most: f64) -> bool {
    let words = question.about.question(cx.model);
    let mut row = Row::new(ui, 26.0, is_shown, &format!("{words} {}", stake(question)));
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.right(stake(question), fonts::font(Face::Regular, 11.0), muted);
    // The bars stand in a column, however long the words beside them.
    let end = row.whole.right() - 230.0;
    let track = Rect::from_min_max(pos2(end - 90.0, row.rest.center().y - 4.0), pos2(end, row.rest.center().y + 4.0));
    let share = (question.value / most).clamp(0.03, 1.0) as f32;
    hatch(row.ui.painter(), track.with_max_x(track.left() + track.width() * share), style::ink(row.ui, Ink::Muted));
    row.rest.max.x = track.left() - 12.0;
    row.icon(Face::Icon, icon::QUESTION, 13.0, muted).text(&words, fonts::font(Face::Regular, 12.0), text);
    row.response.clicked()
}
