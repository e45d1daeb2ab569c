//! A note on a diagram.

use crate::edit::Edit;
use crate::model::{Id, Key, Note};
use crate::ui::widgets::{text_area, title};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

pub(super) fn note_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
    let Some(note) = cx.model.notes.get(id) else { return };
    ui.label(title("Note"));
    text_area(ui, out, ("note", id), "Text of the note", &note.text, "Write something", |text| {
        Edit::put(Key::Note(id.clone()), Note { text, ..note.clone() })
    });
    let mut in_report = note.in_report;
    if ui.checkbox(&mut in_report, "Show it in reports").changed() {
        out.commit(Edit::put(Key::Note(id.clone()), Note { in_report, ..note.clone() }));
    }
}
