//! Open questions: one at a time, answered with a key, and the register of all of them below, those that decide most first.

use super::register::table::{Tables, facts};
use crate::model::Id;
use crate::register::{Register, Row};
use crate::risk::{Question, Unanswered};
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::questions::{Answer, alike, answers, for_all, stake};
use crate::ui::widgets::{bold, caption, key_button, named};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, pulse, style};
use egui::{Align, Frame, Key, Label, Layout, Margin, Modifiers, Popup, RichText, Ui, vec2};
use std::collections::BTreeSet;

/// From this width on, in points, the filters of the register stand beside the answers.
const WIDE: f32 = 1000.0;

#[derive(Default)]
pub struct Questions {
    /// Keys answer: somebody asked to be asked.
    asking: bool,
    /// The next one is wanted.
    step: bool,
    /// The question shown in full.
    current: Option<Unanswered>,
    /// The question whose row was chosen last.
    row: Option<Unanswered>,
    /// Somebody works in the rows: keys answer there as well.
    is_in_rows: bool,
    skipped: BTreeSet<Unanswered>,
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

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        let all = &cx.assessment.questions;
        if let Some(before) = self.given.take_if(|before| before.revision != cx.revision) {
            self.effect = before.change_to(Standing::of(cx));
        }
        let is_elsewhere = ui.input(|i| i.pointer.any_pressed()) && !ui.rect_contains_pointer(ui.max_rect());
        self.asking &= !is_elsewhere;
        let Some(question) = self.choose(all, out) else {
            return super::empty_ui(ui, "No open questions: nothing that may apply hangs on what nobody stated.");
        };
        let table = tables.of(Register::Questions);
        self.is_in_rows = table.has_keyboard(ui);
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 6 }).show(ui, |ui| {
            self.question_ui(ui, cx, question, |ui, out| table.tools_ui(ui, &facts(cx), out), out);
        });
        let table = tables.of(Register::Questions);
        if self.row != self.current {
            table.choose(self.current.clone().map(Row::Question));
            self.row.clone_from(&self.current);
        }
        table.ui(ui, cx, &mut |_, _| None, "", out);
        // Another row was chosen there: that is the question now.
        if let Some(Row::Question(about)) = table.single()
            && self.row.as_ref() != Some(about)
        {
            self.current = Some(about.clone());
            self.row.clone_from(&self.current);
            ui.ctx().request_repaint();
        }
    }

    /// The question to show: the chosen one while it is open, else the first that was not skipped.
    fn choose<'a>(&mut self, all: &'a [Question], out: &mut Outbox) -> Option<&'a Question> {
        if std::mem::take(&mut self.step)
            && let Some(last) = self.current.take()
        {
            self.skipped.insert(last);
        }
        if let Some(question) = all.iter().find(|q| Some(&q.about) == self.current.as_ref()) {
            return Some(question);
        }
        let next = all.iter().find(|q| !self.skipped.contains(&q.about));
        // Once around.
        let next = next.or_else(|| {
            self.skipped.clear();
            all.first()
        })?;
        self.current = Some(next.about.clone());
        if self.asking {
            show(next, out);
        }
        Some(next)
    }

    fn question_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        question: &Question,
        tools: impl FnOnce(&mut Ui, &mut Outbox),
        out: &mut Outbox,
    ) {
        let is_wide = ui.available_width() >= WIDE;
        ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
        ui.horizontal(|ui| {
            ui.add(Label::new(bold(question.about.question(cx.model))).truncate());
            ui.label(caption(ui, stake(question)));
            if !self.effect.is_empty() {
                let words = RichText::new(&self.effect).font(fonts::font(Face::Bold, 11.0));
                ui.label(words.color(style::ink(ui, Ink::Accent)));
            }
            if is_wide {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| tools(ui, out));
            }
        });
        let like_it = alike(cx, &question.about);
        let given = ui.horizontal_wrapped(|ui| self.answers_ui(ui, cx, question, like_it.len(), out)).inner;
        if let Some(answer) = given {
            let like_it = if self.for_all { like_it } else { Vec::new() };
            let edit = for_all(cx, answer, &like_it, out.ids());
            out.commit(edit);
            self.given = Some(Standing::of(cx));
            (self.for_all, self.asking, self.current) = (false, true, None);
        }
    }

    /// The answers with their keys, and what else can be done with the question.
    fn answers_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        question: &Question,
        like_it: usize,
        out: &mut Outbox,
    ) -> Option<Answer> {
        let pressed = self.pressed(ui);
        let hit = |key: Key| pressed == Some(key);
        let mut given = None;
        let possible = answers(cx, &question.about, out.ids());
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
        if !self.asking && !self.is_in_rows {
            let key = Command::any_of(&[Command::NextQuestion], ui.ctx());
            ui.label(caption(ui, format!("{key}: answer by key")));
        }
        given
    }

    /// The key pressed in this frame that may be an answer; nobody else sees it then.
    fn pressed(&self, ui: &Ui) -> Option<Key> {
        let is_free = (self.asking || self.is_in_rows) && !ui.ctx().text_edit_focused() && !Popup::is_any_open(ui.ctx());
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
