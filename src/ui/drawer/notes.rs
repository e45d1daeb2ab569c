//! The notes on all diagrams, in one list.

use crate::model::Id;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Selection, Tool};
use crate::ui::widgets::{Row, empty_note};
use crate::ui::{Action, Command, Outbox, ViewCx, style};
use egui::{Frame, Margin, ScrollArea, Ui};

pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ScrollArea::vertical().id_salt("notes").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if cx.model.notes.is_empty() {
            Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                let key = Command::any_of(&[Command::Tool(Tool::Note)], ui.ctx());
                let advice = format!("Press {key} over the canvas to write one. Reports leave them out unless asked.");
                empty_note(ui, "No notes yet.", &advice);
            });
        }
        for (id, note) in &cx.model.notes {
            row(ui, cx, id, &note.text, out);
        }
    });
}

fn row(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, text: &str, out: &mut Outbox) {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("Empty note");
    let on: Vec<&str> = cx.model.shown_on(id).iter().map(|d| cx.model.name_of(d)).collect();
    let mut row = Row::new(ui, 44.0, cx.selection.items.contains(id), &format!("Note {first}"));
    let muted = style::ink(row.ui, Ink::Muted);
    row.indent(4.0);
    row.icon(Face::Icon, icon::NOTE, 15.0, muted);
    row.two_lines(first, &if on.is_empty() { "on no diagram".to_owned() } else { on.join(", ") });
    if row.response.clicked() {
        out.push(Action::Select(Selection::one(id.clone())));
        out.push(Action::Reveal(id.clone()));
    }
}
