//! The question about work an earlier window did not save.

use super::Kind;
use crate::app::App;
use crate::app::questions::{After, Question};
use crate::journal::{Found, Replayed};
use crate::ui::widgets::{bold, muted, named, primary_button};
use egui::{Context, ScrollArea, Ui};

/// What was answered about one of several.
pub(super) enum Choice {
    Recover(usize),
    Discard(usize),
    Later,
}

impl App {
    /// Asks, where there is something to ask about.
    pub(in crate::app) fn ask_about_left_behind(&mut self) {
        self.dialogs.left_behind = !self.recovery.left.is_empty();
        if self.dialogs.left_behind {
            self.dialogs.bring(Kind::LeftBehind);
        }
    }

    pub(super) fn left_behind_answered(&mut self, choice: Choice, ctx: &Context) {
        match choice {
            Choice::Recover(at) => self.guarded(After::Recover(at), ctx),
            Choice::Discard(at) => {
                let content = self.recovery.left.get(at).and_then(|found| found.content.as_ref().ok());
                self.question = content.map(|content| Question::Discard { at, what: name(content).to_owned() });
            }
            Choice::Later => self.dialogs.left_behind = false,
        }
    }
}

pub(super) fn ui(ui: &mut Ui, left: &[Found]) -> Option<Choice> {
    ui.label("Palisade ended before these changes were saved. They are still here.");
    let mut choice = None;
    ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
        for (at, found) in left.iter().enumerate() {
            if let Ok(content) = &found.content {
                ui.separator();
                choice = one_ui(ui, at, content).or(choice.take());
            }
        }
    });
    ui.separator();
    if ui.button("Decide later").clicked() {
        choice = Some(Choice::Later);
    }
    choice
}

fn one_ui(ui: &mut Ui, at: usize, content: &Replayed) -> Option<Choice> {
    ui.label(bold(name(content)));
    let place = content.file.as_ref().map_or("never saved".to_owned(), |file| file.display().to_string());
    ui.add(egui::Label::new(muted(ui, place)).wrap());
    ui.label(changes(content));
    if let Some(fault) = content.fault {
        ui.label(format!("Its journal is damaged: {fault}. What came after cannot be brought back."));
    }
    let mut choice = None;
    ui.horizontal(|ui| {
        if named(primary_button(ui, "Recover"), &format!("Recover {}", name(content))).clicked() {
            choice = Some(Choice::Recover(at));
        }
        if named(ui.button("Discard"), &format!("Discard {}", name(content))).clicked() {
            choice = Some(Choice::Discard(at));
        }
    });
    choice
}

fn name(content: &Replayed) -> &str {
    if content.name.is_empty() { "Unnamed model" } else { &content.name }
}

/// How much is at stake, in words.
fn changes(content: &Replayed) -> String {
    let history = &content.history;
    let since = history.saved.and_then(|saved| history.past.len().checked_sub(saved)).unwrap_or(history.past.len());
    let steps = if since == 1 { "1 step".to_owned() } else { format!("{since} steps") };
    match history.past.last() {
        Some(last) if since > 0 && content.file.is_none() => format!("{steps}, the last: {}", last.label),
        Some(last) if since > 0 => format!("{steps} since it was saved, the last: {}", last.label),
        _ => "Steps were taken back since it was saved".to_owned(),
    }
}
