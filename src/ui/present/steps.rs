//! The list of steps: to go to one, leave it out, put it elsewhere, write what to say.

use super::parts::{head, key_line, quiet, row, rule, words};
use super::{Measure, Present};
use crate::session::Scope;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Key, Label, RichText, Ui};

/// What can be done with them.
const KEYS: [(&str, &str); 9] = [
    ("↑ ↓", "choose"),
    ("X", "leave out"),
    ("⇧ ↑ ↓", "move"),
    ("N", "what to say"),
    ("⇧ V", "keep this view, or not"),
    ("⇧ F", "threats it brings up"),
    ("+", "a step of what is seen"),
    ("⇧ E", "all, or the gravest"),
    ("Del", "all anew from the model"),
];

/// Heights of a step in the list, of a key, and of all that is told about a step, in letters.
const STEP: f32 = 1.75;
const KEY: f32 = 1.4;
const TOLD: f32 = 7.0;

impl Present {
    pub(super) fn steps_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let (part, n, of) = self.stage.number_in_part();
        head(ui, m, &format!("{}, {n} of {of}", part.label()));
        let (_, shown) = self.stage.number();
        let told = match self.scope {
            Scope::Gravest => format!("{shown} steps, the gravest of {}. Shift E takes in all", self.in_all.max(shown)),
            Scope::All => format!("All {shown} steps. Shift E leaves the gravest"),
        };
        quiet(ui, m, told);
        ui.add_space(m.px(8.0));
        let at = self.stage.at();
        // In a low window the lower bar has the keys.
        let keys = if m.is_low() { 0.0 } else { KEYS.len() as f32 * KEY };
        let height = ui.clip_rect().bottom() - ui.cursor().top();
        let around = ((height / m.letters(24.0) - keys - TOLD) / STEP).clamp(3.0, 24.0) as usize;
        let last = self.stage.steps().len().saturating_sub(around);
        let first = at.saturating_sub(around / 2).min(last);
        let mut go = None;
        for (n, step) in self.stage.steps().iter().enumerate().skip(first).take(around) {
            let ink = style::ink(ui, Ink::Text);
            let shown = row(ui, n == at, |ui| {
                let face = if n == at { Face::Bold } else { Face::Regular };
                let mut text = RichText::new(format!("{}  {}", n + 1, step.title)).font(m.font(face, 24.0)).color(ink);
                if step.skipped {
                    text = text.strikethrough();
                }
                ui.add(Label::new(text).truncate());
            });
            if shown.clicked() {
                go = Some(n);
            }
        }
        if let Some(n) = go {
            self.stage.go_to(n);
        }
        let Some(step) = self.stage.step() else { return };
        ui.add_space(m.px(8.0));
        let view = if step.viewport.is_some() { "View as it was kept" } else { "View by itself" };
        let filter = if step.threat.is_some() { "its threat" } else { step.filter.label() };
        words(ui, m, format!("{view}   brings up {filter}"), 24.0);
        if !step.note.is_empty() && !m.is_low() {
            quiet(ui, m, step.note.clone());
        }
        let on =
            step.diagram.as_ref().map(|id| cx.model.name_of(id)).filter(|name| !name.is_empty() && cx.model.diagrams.len() > 1);
        if let Some(on) = on {
            quiet(ui, m, format!("On {on}"));
        }
        if !m.is_low() {
            rule(ui, m);
            KEYS.iter().for_each(|(key, what)| key_line(ui, m, key, what));
        }
    }

    pub(super) fn steps_key(&mut self, key: Key, shift: bool, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let by = match key {
            Key::ArrowDown => 1,
            Key::ArrowUp => -1,
            _ => 0,
        };
        match key {
            Key::ArrowDown | Key::ArrowUp if shift => {
                if self.stage.shift(by) {
                    self.store_steps(cx, out, "move a step");
                }
            }
            Key::ArrowDown | Key::ArrowUp => {
                let at = self.stage.at().saturating_add_signed(by);
                self.stage.go_to(at);
            }
            Key::X => {
                self.stage.toggle_skip();
                self.store_steps(cx, out, "leave out a step");
            }
            Key::Delete => self.forget_steps(cx, out),
            _ => return false,
        }
        true
    }
}
