//! The list of steps: to go to one, leave it out, put it elsewhere, write what to say.

use super::parts::{head, quiet, row};
use super::{Measure, Present};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Key, Label, RichText, Ui};

/// Steps shown around the present one.
const AROUND: usize = 5;

impl Present {
    pub(super) fn steps_ui(&mut self, ui: &mut Ui, m: Measure) {
        let (part, n, of) = self.stage.number_in_part();
        head(ui, m, &format!("{}, {n} of {of}", part.label()));
        let at = self.stage.at();
        let first = at.saturating_sub(AROUND / 2);
        let mut go = None;
        for (n, step) in self.stage.steps().iter().enumerate().skip(first).take(AROUND) {
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
        if let Some(note) = self.stage.step().map(|step| step.note.clone()).filter(|note| !note.is_empty()) {
            ui.add_space(m.px(8.0));
            quiet(ui, m, note);
        }
        ui.add_space(m.px(8.0));
        quiet(ui, m, "↑ ↓  choose    X  leave out\nShift ↑ ↓  move    N  what to say\nDelete  all anew from the model");
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
            Key::Delete => {
                let stored = cx.model.playlists.keys().cloned().map(crate::model::Key::Playlist).collect();
                self.stage = crate::session::Stage::new(crate::session::generate(cx.model, cx.actual));
                out.commit(crate::edit::Edit::Remove { keys: stored });
            }
            _ => return false,
        }
        true
    }
}
