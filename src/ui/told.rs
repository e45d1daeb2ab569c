//! What did not come over from a file as it was, beside the work until it is put away.

use super::beside::{beside, takes_escape};
use super::widgets::{icon_button, muted, title};
use crate::text::icon;
use egui::{Context, Label, ScrollArea, Ui, vec2};

const NAME: &str = "What did not come over";

/// The latest report, while it is open.
#[derive(Default)]
pub struct Told {
    shown: Option<(String, Vec<String>)>,
}

impl Told {
    /// Tells it, a sentence a line; what was told before makes way.
    pub fn tell(&mut self, head: String, lines: Vec<String>) {
        self.shown = Some((head, lines));
    }

    pub fn take_escape(&mut self, ctx: &Context) {
        if self.shown.is_some() && takes_escape(ctx, NAME) {
            self.shown = None;
        }
    }

    pub fn ui(&mut self, ctx: &Context) {
        let Some((head, lines)) = &self.shown else { return };
        let head_ui = |ui: &mut Ui| {
            let row = ui.available_width() - 32.0;
            ui.allocate_ui(vec2(row, 24.0), |ui| ui.add(Label::new(title(head)).truncate()));
            if icon_button(ui, icon::COPY, "Copy these lines").clicked() {
                ui.ctx().copy_text(lines.join("\n"));
            }
        };
        let stays = beside(ctx, NAME, vec2(480.0, 420.0), head_ui, |ui| {
            let what = if lines.len() == 1 { "One thing is".to_owned() } else { format!("{} things are", lines.len()) };
            let words = muted(ui, format!("{what} not exactly as in the file. The model can be worked on meanwhile."));
            ui.add(Label::new(words).wrap());
            ui.add_space(4.0);
            let room = ui.available_height().clamp(120.0, 340.0);
            ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
                for line in lines {
                    ui.add(Label::new(format!("• {line}")).wrap());
                }
            });
        });
        if !stays {
            self.shown = None;
        }
    }
}
