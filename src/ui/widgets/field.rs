//! Fields of a form. Text is shown live while typing and becomes one undo step when the field lets go.

use super::named;
use crate::edit::Edit;
use crate::model::Date;
use crate::theme::Ink;
use crate::ui::{Action, Outbox, style};
use egui::{Align, Id, Key, KeyboardShortcut, Margin, Modifiers, Response, RichText, TextEdit, Ui, vec2};

/// Width of the column of labels, with room for a sign at its end.
pub const LABEL: f32 = 102.0;

/// Draws a label of fixed width and then the field.
pub fn labelled<R>(ui: &mut Ui, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let height = ui.spacing().interact_size.y;
        let text = RichText::new(label).size(12.0).color(style::ink(ui, Ink::Muted));
        let rect = ui.allocate_space(vec2(LABEL, height)).1;
        let galley = egui::WidgetText::from(text).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            LABEL - 12.0,
            egui::TextStyle::Small,
        );
        let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, style::ink(ui, Ink::Muted));
        ui.spacing_mut().item_spacing.x = 4.0;
        field(ui)
    })
    .inner
}

/// One line of text. `put` makes the edit that stores what was typed.
pub fn text_field(
    ui: &mut Ui,
    out: &mut Outbox,
    id: impl egui::AsId,
    name: &str,
    value: &str,
    hint: &str,
    put: impl FnOnce(String) -> Edit,
) -> Response {
    let mut text = value.to_owned();
    let response = ui.add(line_edit(&mut text).id(Id::new(id)).hint_text(hint.to_owned()));
    typed(ui, out, named(response, name), text, put)
}

/// A text field of one line, as high as the other controls and as wide as there is room.
pub fn line_edit(text: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(6, 2))
        .min_size(vec2(0.0, 24.0))
        .vertical_align(Align::Center)
}

/// Several lines of text.
pub fn text_area(
    ui: &mut Ui,
    out: &mut Outbox,
    id: impl egui::AsId,
    name: &str,
    value: &str,
    hint: &str,
    put: impl FnOnce(String) -> Edit,
) -> Response {
    let mut text = value.to_owned();
    let response = ui.add(several_lines(&mut text).id(Id::new(id)).hint_text(hint.to_owned()));
    typed(ui, out, named(response, name), text, put)
}

fn several_lines(text: &mut String) -> TextEdit<'_> {
    TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY).margin(Margin::symmetric(6, 4))
}

/// A reason: as many lines as it takes, but Enter is the end of it, as in every other field that asks why.
pub fn reason_field(
    ui: &mut Ui,
    out: &mut Outbox,
    id: impl egui::AsId,
    name: &str,
    value: &str,
    hint: &str,
    put: impl FnOnce(String) -> Edit,
) -> Response {
    let mut text = value.to_owned();
    let edit = several_lines(&mut text).return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
    let response = ui.add(edit.id(Id::new(id)).hint_text(hint.to_owned()));
    if response.has_focus() && ui.input_mut(|i| !i.modifiers.shift && i.consume_key(Modifiers::NONE, Key::Enter)) {
        response.surrender_focus();
    }
    typed(ui, out, named(response, name), text, put)
}

fn typed(ui: &Ui, out: &mut Outbox, response: Response, text: String, put: impl FnOnce(String) -> Edit) -> Response {
    if response.changed() {
        out.push(Action::Type { field: response.id, edit: put(text), tag: None });
    } else {
        restored_by_escape(ui, out, &response);
    }
    response
}

fn restored_by_escape(ui: &Ui, out: &mut Outbox, field: &Response) {
    if field.lost_focus() && ui.input(|i| i.key_pressed(Key::Escape)) {
        out.push(Action::CancelPreview);
    }
}

/// A date written as YYYY-MM-DD, or nothing. `put` makes the edit that stores it; what is no date is never stored.
pub fn date_field(
    ui: &mut Ui,
    out: &mut Outbox,
    id: impl egui::AsId,
    name: &str,
    value: Option<Date>,
    put: impl FnOnce(Option<Date>) -> Edit,
) -> Response {
    let id = Id::new(id);
    // What is no date is no value: it stays here, in the colour of a fault, until it is put right or another value comes.
    let is_writing = ui.memory(|m| m.has_focus(id));
    let unfinished = ui.data_mut(|d| d.remove_temp::<(String, Option<Date>)>(id));
    let unfinished = unfinished.filter(|(_, beside)| is_writing || *beside == value);
    let mut text = unfinished.map_or_else(|| value.map(|d| d.to_string()).unwrap_or_default(), |(text, _)| text);
    let color = if date(&text).is_some() { Ink::Text } else { Ink::Boundary };
    let color = style::ink(ui, color);
    let response = named(ui.add(line_edit(&mut text).id(id).hint_text("YYYY-MM-DD").text_color(color)), name);
    let written = date(&text);
    if written.is_none() {
        response.clone().on_hover_text("Write the date as YYYY-MM-DD, for example 2026-03-31");
    }
    match written {
        Some(date) if response.changed() => out.push(Action::Type { field: id, edit: put(date), tag: None }),
        None if response.changed() => out.push(Action::CancelPreview),
        _ => restored_by_escape(ui, out, &response),
    }
    let is_left_by_escape = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Escape));
    if response.has_focus() || (written.is_none() && !is_left_by_escape) {
        ui.data_mut(|d| d.insert_temp(id, (text, value)));
    }
    response
}

/// The date a text means, `Some(None)` for none; `None` when it is not a date.
fn date(text: &str) -> Option<Option<Date>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}
